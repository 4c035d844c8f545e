//! A state of a contract → its text, written apart while others work: what it lacks, and what is to be drawn.

use super::cles::Cles;
use super::mots::Mots;
use super::remarques::{self, ManqueVue, Nommes, RemarqueVue};
use super::reperage::reperer;
use crate::document::Document;
use crate::dossier::{self, Choix, Ouverture};
use std::sync::Arc;

/// What writes the text of a contract, apart from it.
pub struct Lecteur {
    pub n: u64,
    pub ouverture: Arc<Ouverture>,
    pub choix: Choix,
    pub cles: Cles,
}

/// What a text lacks.
pub struct TexteLu {
    pub n: u64,
    pub remarques: Nommes<RemarqueVue>,
    /// None when the text could not be written: what was known stays.
    pub manques: Option<Nommes<ManqueVue>>,
    /// What is drawn: the contract, or that of its first gestionnaire.
    document: Option<Document>,
}

impl TexteLu {
    /// The state that it is of, and what is to be drawn.
    pub fn a_dessiner(&mut self) -> (u64, Option<Document>) {
        (self.n, self.document.take())
    }
}

impl Lecteur {
    pub fn lire(&self) -> TexteLu {
        let Lecteur { n, ouverture, choix, cles } = self;
        let (mut remarques, mut manques, mut document) = (Nommes::new(), None, None);
        if let Ok(projet) = dossier::projet(ouverture, choix) {
            let mots = Mots::de(&ouverture.donnees);
            remarques = remarques::remarques(&projet.verification.rapport.remarques, cles, &mots);
            manques = ouverture.contrat.as_ref().map(|_| remarques::manques(&projet.manques, cles, &mots));
            document = projet.exemplaires.into_iter().next().map(|exemplaire| exemplaire.document);
            document.iter_mut().for_each(|document| reperer(document, &ouverture.donnees));
        }
        TexteLu { n: *n, remarques, manques, document }
    }
}
