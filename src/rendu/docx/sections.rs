//! Page geometry: the sections of the file and the widths that go with them (twentieths of a point).

use super::xml::Element;

const A4_PETIT: u32 = 11_906;
const A4_GRAND: u32 = 16_838;
/// Left and right margins: 2.2 cm.
const MARGE: u32 = 1_247;
/// Left and right margins of a landscape page: 1.8 cm.
const MARGE_PAYSAGE: u32 = 1_021;

/// Width of the text on a portrait page.
pub(super) const LARGEUR: u32 = A4_PETIT - 2 * MARGE;
/// Width of the text on a landscape page.
pub(super) const LARGEUR_PAYSAGE: u32 = A4_GRAND - 2 * MARGE_PAYSAGE;

/// A kind of section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Cover: no header nor footer, content centred vertically.
    Garde,
    Portrait,
    Paysage,
}

impl Section {
    pub fn largeur(self) -> u32 {
        match self {
            Section::Garde | Section::Portrait => LARGEUR,
            Section::Paysage => LARGEUR_PAYSAGE,
        }
    }

    /// `w:sectPr`, children in the order of the standard.
    pub fn proprietes(self, filigrane: bool) -> Element {
        let reference = |nom: &str, id: &str| Element::nouveau(nom).attribut("w:type", "default").attribut("r:id", id);
        let mut sectpr = Element::nouveau("w:sectPr");
        match self {
            Section::Garde if filigrane => sectpr = sectpr.enfant(reference("w:headerReference", "rIdEnteteGarde")),
            Section::Garde => {}
            Section::Portrait => {
                sectpr = sectpr
                    .enfant(reference("w:headerReference", "rIdEntete"))
                    .enfant(reference("w:footerReference", "rIdPied"));
            }
            Section::Paysage => {
                sectpr = sectpr
                    .enfant(reference("w:headerReference", "rIdEntetePaysage"))
                    .enfant(reference("w:footerReference", "rIdPiedPaysage"));
            }
        }
        let (largeur, hauteur, marge) = match self {
            Section::Paysage => (A4_GRAND, A4_PETIT, MARGE_PAYSAGE),
            Section::Garde | Section::Portrait => (A4_PETIT, A4_GRAND, MARGE),
        };
        let mut page = Element::nouveau("w:pgSz").attribut("w:w", largeur).attribut("w:h", hauteur);
        if self == Section::Paysage {
            page.poser("w:orient", "landscape");
        }
        sectpr = sectpr.enfant(Element::val("w:type", "nextPage")).enfant(page).enfant(
            Element::nouveau("w:pgMar")
                .attribut("w:top", 1_418)
                .attribut("w:right", marge)
                .attribut("w:bottom", 1_247)
                .attribut("w:left", marge)
                .attribut("w:header", 624)
                .attribut("w:footer", 567)
                .attribut("w:gutter", 0),
        );
        sectpr = sectpr.enfant(Element::nouveau("w:cols").attribut("w:space", 708));
        if self == Section::Garde {
            sectpr = sectpr.enfant(Element::val("w:vAlign", "center"));
        }
        sectpr
    }
}
