//! From a block tree to a file: one folder per format; no printer decides about words.

pub mod apercu;
pub mod docx;
pub mod pdf;
pub mod texte;

/// What the files carry beside the words: each format has its own.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub pdf: pdf::Options,
    pub docx: docx::Options,
}
