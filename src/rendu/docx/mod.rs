//! Block tree → Word file: docx-rs makes the body, the finishing pass makes it conform to the standard,
//! the other parts of the package are written here.
//!
//! ```text
//! Document ─numerotation▶ Plan ─corps▶ docx-rs + Complements ─finition▶ document.xml ─┐
//!          └─styles, entetes, parties▶ styles, numbering, settings, headers, … ───────┴─paquet▶ .docx
//! ```
//!
//! A house style (`gabarit`) gives its margins to the body, its headers to `entetes`, its styles to the parts.
//!
//! Same document, same bytes: no clock, no identifier that comes from outside the tree.

pub(crate) mod bandeaux;
mod champs;
pub mod comparaison;
mod corps;
mod entetes;
mod espaces;
mod finition;
mod gabarit;
mod images;
mod inlines;
mod numerotation;
pub(crate) mod ouverture;
pub(crate) mod paquet;
mod parties;
mod sections;
mod sommaire;
mod styles;
mod tableaux;
pub(crate) mod xml;

use std::sync::Arc;

use crate::document::{Document, Genre};

pub use gabarit::{Gabarit, GabaritRefuse};
use sections::Geometrie;

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

/// How a Word file may be edited, and how it looks.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The text is locked but for the values that the gestionnaire holds.
    pub verrouille: bool,
    /// The house style; ours without it.
    pub gabarit: Option<Arc<Gabarit>>,
}

impl Options {
    fn geometrie(&self) -> Geometrie {
        self.gabarit.as_ref().map_or_else(Geometrie::default, |gabarit| gabarit.geometrie)
    }
}

/// Prints a document as a Word file (DOCX).
pub fn rendre(document: &Document, options: &Options) -> Result<Vec<u8>, Erreur> {
    let corps = corps::imprimer(document, options)?;
    let texte = finition::finir(&corps.document, &corps.complements)?;
    paquet::emballer(&parties::assembler(document, &corps, texte, options)?)
}

/// Parts whose headings are neither numbered nor listed in the table of contents.
fn hors_plan(genre: Genre) -> bool {
    matches!(genre, Genre::Garde | Genre::Sommaire)
}
