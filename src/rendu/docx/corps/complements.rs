//! What the body says beyond what docx-rs can write: kept in document order for the finishing pass.

use crate::document::ChampModifiable;
use crate::rendu::docx::xml::Element;

/// What docx-rs cannot carry, each list in document order (an outer table before those it holds).
#[derive(Debug, Default)]
pub(in crate::rendu::docx) struct Complements {
    pub tableaux: Vec<FicheTableau>,
    /// Properties of the sections, the last one being the document's.
    pub sections: Vec<Element>,
    pub dessins: Vec<Dessin>,
    /// The editable values, in the order of their first printing.
    pub champs: Vec<Champ>,
}

/// The properties of a table.
#[derive(Debug, Default)]
pub(in crate::rendu::docx) struct FicheTableau {
    pub style: &'static str,
    /// Column widths, in twentieths of a point.
    pub grille: Vec<u32>,
    /// Number of rows repeated on each page.
    pub entetes: usize,
    pub premiere_colonne: bool,
    /// For each row: whether it must stay on one page.
    pub insecables: Vec<bool>,
    pub hauteur: Option<u32>,
    /// Alternative title: the caption.
    pub legende: Option<String>,
}

/// A picture: its name and alternative text.
#[derive(Debug)]
pub(in crate::rendu::docx) struct Dessin {
    pub alternative: String,
}

/// Start of the style that marks a run: `@c12`, or `@c12:Lacune` when the run has a style of its own.
pub(in crate::rendu::docx) const MARQUE: &str = "@c";

/// A marked value: what it is, and whether a locked file leaves it free.
#[derive(Debug, Clone)]
pub(in crate::rendu::docx) struct Champ {
    pub champ: ChampModifiable,
    pub libre: bool,
}

/// Prefix of the anchors that the finishing pass turns into external links.
pub(in crate::rendu::docx) const MARQUE_LIEN: &str = "@lien:";

/// Alias by which the finishing pass knows the table of contents.
pub(in crate::rendu::docx) const MARQUE_SOMMAIRE: &str = "@sommaire";
