//! A fault of the program → how it is told, wherever it is found.

/// How the sentence begins.
pub(super) const DEFAUT: &str = "défaut du programme, à signaler avec le contrat : ";

/// What the phases before had promised, and is not.
#[derive(Debug, thiserror::Error)]
#[error("{DEFAUT}{0}")]
pub struct DefautDuProgramme(pub String);
