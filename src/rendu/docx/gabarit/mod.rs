//! A house's own Word file → what its style gives to ours: styles, lists, fonts, margins, headers and footers.
//!
//! Its words are not read, but those of its headers and footers. Nothing of it runs nor is fetched: a template
//! with macros, with objects in its headers or with pictures that are elsewhere is refused.

mod couleurs;
mod entetes;
mod listes;
mod paquet;
mod refus;
mod renommage;
mod styles;

use std::sync::Arc;

use super::Erreur;
use super::bandeaux::Lieu;
use super::plan::sections::{Geometrie, Section};
use super::xml::{Element, Enfant, ecrire};

pub(super) use entetes::BandeauMaison;
use entetes::{Copie, Sections};
use paquet::Paquet;
pub use refus::GabaritRefuse;
use renommage::Renommage;

/// A house style. See `Gabarit::lire`.
#[derive(Debug)]
pub struct Gabarit {
    /// The root of its styles part.
    styles: Element,
    renommage: Renommage,
    /// The root of its numbering part.
    listes: Option<Element>,
    pub(super) theme: Option<Arc<[u8]>>,
    pub(super) polices: Option<Arc<[u8]>>,
    pub(super) geometrie: Geometrie,
    sections: Sections,
    /// Whether even pages have headers of their own.
    pub(super) pages_paires: bool,
    /// Pictures of its headers and footers.
    pub(super) copies: Vec<Copie>,
}

impl Gabarit {
    /// Reads a template (.docx or .dotx) out of its bytes.
    pub fn lire(octets: &[u8]) -> Result<Self, GabaritRefuse> {
        let mut paquet = Paquet::ouvrir(octets)?;
        let styles = paquet.xml_lie("styles")?.ok_or(GabaritRefuse::SansStyles)?;
        if !styles.elements().any(|e| e.nom == "w:style") {
            return Err(GabaritRefuse::SansStyles);
        }
        let renommage = Renommage::de(&styles);
        let mut copies = Vec::new();
        let pages_paires = paquet.xml_lie("settings")?.is_some_and(|reglages| {
            reglages
                .trouver("w:evenAndOddHeaders")
                .is_some_and(|e| !matches!(e.lire_attribut("w:val"), Some("0" | "false" | "off")))
        });
        let sections = Sections::lire(&mut paquet, &renommage, pages_paires, &mut copies)?;
        let geometrie = sections.geometrie()?;
        Ok(Gabarit {
            listes: paquet.xml_lie("numbering")?,
            theme: seul(paquet.xml_lie("theme")?, remplacer_les_images),
            polices: seul(paquet.xml_lie("fontTable")?, retirer_les_polices_incorporees),
            styles,
            renommage,
            geometrie,
            sections,
            pages_paires,
            copies,
        })
    }

    /// What the house puts at the top or bottom of the pages of a section.
    pub(super) fn bandeau(&self, section: Section, lieu: Lieu, pair: bool) -> Option<&BandeauMaison> {
        self.sections.bandeau(section, lieu, pair)
    }

    /// Whether the house prints the number of the page there, at the top or at the bottom.
    pub(super) fn numerote(&self, section: Section, pair: bool) -> bool {
        [Lieu::Entete, Lieu::Pied].iter().any(|lieu| self.bandeau(section, *lieu, pair).is_some_and(|b| b.numerote))
    }

    /// Our styles and lists dressed by the house: its definition of a style of the same name replaces ours, and
    /// those that we have not are added.
    pub(super) fn habiller(&self, styles: &[u8], listes: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Erreur> {
        let modele = styles::Modele { styles: &self.styles, renommage: &self.renommage, listes: self.listes.as_ref() };
        styles::habiller(&modele, styles, listes)
    }
}

/// A part of the template made to stand without the parts that it names.
fn seul(partie: Option<Element>, isoler: fn(&mut Element)) -> Option<Arc<[u8]>> {
    let mut partie = partie?;
    isoler(&mut partie);
    ecrire(&partie).ok().map(Into::into)
}

/// Pictures that fill the shapes of a theme become plain fills.
fn remplacer_les_images(element: &mut Element) {
    if element.nom == "a:blipFill" {
        let couleur = Element::nouveau("a:schemeClr").attribut("val", "phClr");
        *element = Element::nouveau("a:solidFill").enfant(couleur);
    }
    element.elements_mut().for_each(remplacer_les_images);
}

/// Fonts are named, not carried along: their licences are the house's.
fn retirer_les_polices_incorporees(element: &mut Element) {
    element.enfants.retain(|e| !matches!(e, Enfant::Element(e) if e.nom.starts_with("w:embed")));
    element.elements_mut().for_each(retirer_les_polices_incorporees);
}
