//! SUI: committee, documents, deadlines.
