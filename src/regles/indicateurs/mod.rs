//! IND: how the objectives are measured.
