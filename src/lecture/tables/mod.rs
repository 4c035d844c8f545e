//! The bytes of a table in text → its rows, whichever encoding and separator its spreadsheet saved it with.

pub mod codage;
pub mod grille;
