//! Block tree → Word file: docx-rs makes the body, the finishing pass makes it conform to the standard,
//! the other parts of the package are written around it.
//!
//! ```text
//! Document ─plan▶ Plan, geometry, styles ─corps▶ docx-rs + Complements ─finition▶ document.xml ─paquet▶ .docx
//! a house's own Word file ─ouverture▶ parts ─gabarit▶ margins and headers (corps), styles and lists (paquet)
//! ```
//!
//! No file knows a later one: `xml`, `espaces`, `ordre`, `archive`, `ouverture`, `bandeaux` are the notation, of our files
//! and of anyone's; then `plan`, `gabarit`, `corps`, `finition`, `paquet`; `comparaison` goes the same way with two documents.
//!
//! Same document, same bytes: no clock, no identifier that comes from outside the tree.

pub(crate) mod archive;
pub(crate) mod bandeaux;
pub mod comparaison;
mod corps;
mod erreurs;
pub(crate) mod espaces;
mod finition;
mod gabarit;
mod options;
mod ordre;
pub(crate) mod ouverture;
mod paquet;
mod plan;
pub(crate) mod xml;

use crate::document::Document;

pub use erreurs::Erreur;
pub use gabarit::{Gabarit, GabaritRefuse};
pub use options::Options;

/// Prints a document as a Word file (DOCX).
pub fn rendre(document: &Document, options: &Options) -> Result<Vec<u8>, Erreur> {
    let corps = corps::imprimer(document, options)?;
    let texte = finition::finir(&corps.document, &corps.complements)?;
    paquet::emballer(document, &corps, texte, options)
}
