//! The package of a template → its parts by relationship, or the reason why it is no template.

use super::refus::GabaritRefuse;
use crate::rendu::docx::ouverture::{Lien, Ouverture};
use crate::rendu::docx::xml::Element;

/// The most that is unpacked of a template, in bytes.
const MAX: u64 = 64 * 1024 * 1024;

/// A template being read.
pub(super) struct Paquet<'o> {
    ouverture: Ouverture<'o>,
}

impl<'o> Paquet<'o> {
    pub fn ouvrir(octets: &'o [u8]) -> Result<Self, GabaritRefuse> {
        let ouverture = Ouverture::ouvrir(octets, MAX)?;
        if ouverture.strict() {
            return Err(GabaritRefuse::Strict);
        }
        Ok(Paquet { ouverture })
    }

    /// The main part.
    pub fn document(&mut self) -> Result<Element, GabaritRefuse> {
        let chemin = self.ouverture.document().to_owned();
        self.xml(&chemin)?.ok_or(GabaritRefuse::PartieIllisible(chemin))
    }

    /// The place of the part that the main one names by this identifier.
    pub fn cible(&self, id: &str) -> Option<&str> {
        self.ouverture.liens().iter().find(|lien| lien.id == id && !lien.externe).map(|lien| lien.cible.as_str())
    }

    /// The part of a kind that the main one names.
    pub fn xml_lie(&mut self, genre: &str) -> Result<Option<Element>, GabaritRefuse> {
        let lien = self.ouverture.liens().iter().find(|lien| lien.genre == genre && !lien.externe);
        match lien.map(|lien| lien.cible.clone()) {
            Some(chemin) => self.xml(&chemin),
            None => Ok(None),
        }
    }

    /// A part as a tree; `None` when it is not there.
    pub fn xml(&mut self, chemin: &str) -> Result<Option<Element>, GabaritRefuse> {
        Ok(self.ouverture.xml(chemin)?)
    }

    pub fn octets(&mut self, chemin: &str) -> Result<Option<Vec<u8>>, GabaritRefuse> {
        Ok(self.ouverture.octets(chemin)?)
    }

    /// The relationships of a part.
    pub fn relations(&mut self, chemin: &str) -> Result<Vec<Lien>, GabaritRefuse> {
        let liens = self.ouverture.relations(chemin)?;
        if liens.iter().any(|lien| lien.strict) { Err(GabaritRefuse::Strict) } else { Ok(liens) }
    }

    /// The content type of a part.
    pub fn contenu(&self, chemin: &str) -> Option<&str> {
        self.ouverture.contenu(chemin)
    }
}
