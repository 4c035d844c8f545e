//! A document → a file of one format.

use crate::document::Document;
use crate::rendu;

/// Why a document could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum ErreurFormat {
    #[error("le PDF ne peut pas être imprimé : {0}")]
    Pdf(#[from] rendu::pdf::Erreur),
    #[error("le document Word ne peut pas être imprimé : {0}")]
    Docx(#[from] rendu::docx::Erreur),
}

/// The formats that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Pdf,
    Docx,
    Texte,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Texte => "txt",
        }
    }
}

/// Prints a document in one format.
pub fn imprimer(document: &Document, format: Format, options: &rendu::Options) -> Result<Vec<u8>, ErreurFormat> {
    Ok(match format {
        Format::Pdf => rendu::pdf::rendre(document, options.pdf)?.octets,
        Format::Docx => rendu::docx::rendre(document, &options.docx)?,
        Format::Texte => rendu::texte::rendre(document).into_bytes(),
    })
}
