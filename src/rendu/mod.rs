//! From a block tree to a file: one folder per format; no printer decides about words.

pub mod docx;
pub mod pdf;
pub mod texte;
