//! Why a Word file could not be printed, in French.

/// Why a document could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    /// docx-rs or the finishing pass wrote or read something that is not XML: our bug.
    #[error(
        "Le document Word n'a pas pu être mis en forme : XML invalide. C'est un défaut de cpom, merci de le signaler."
    )]
    Xml(#[from] quick_xml::Error),
    /// The body does not have the shape the finishing pass relies on: our bug.
    #[error("Le document Word n'a pas pu être mis en forme : {0}. C'est un défaut de cpom, merci de le signaler.")]
    Structure(&'static str),
    /// The zip could not be written.
    #[error("L'archive du document Word n'a pas pu être écrite.")]
    Archive(#[from] zip::result::ZipError),
    /// Memory could not be written to.
    #[error("Le document Word n'a pas pu être écrit.")]
    Ecriture(#[from] std::io::Error),
}
