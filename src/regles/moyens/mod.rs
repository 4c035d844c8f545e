//! BUD: budgets, grants, means of the fiches.
