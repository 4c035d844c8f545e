//! What is said of a contract: its remarks, what would block it as definitive, what it lacks; each thing once.

use super::cles::Cles;
use super::mots::Mots;
use super::remarques::{self, Ecart, ManqueVue, Nommes, RemarqueVue};
use crate::compte_rendu::deja_dit;
use crate::dossier::Projet;
use crate::regles::Rapport;
use crate::remarque::Severite;
use std::collections::BTreeSet;

/// What the rules said, and what was said of the text as it was last written.
#[derive(Debug, Clone, Default)]
pub struct Dit {
    des_regles: Nommes<RemarqueVue>,
    du_texte: Nommes<RemarqueVue>,
    /// All that would block a definitive contract, and all that the text lacks.
    du_definitif: Nommes<RemarqueVue>,
    lacunes: Nommes<ManqueVue>,
    /// Those of them that nothing else asks for, when the text was last written: until it is again, pages keep them.
    au_definitif: Nommes<RemarqueVue>,
    manques: Nommes<ManqueVue>,
}

/// What of it came and went.
#[derive(Debug, Default)]
pub struct Change {
    pub remarques: Ecart<RemarqueVue>,
    pub au_definitif: Ecart<RemarqueVue>,
    pub manques: Ecart<ManqueVue>,
}

impl Dit {
    /// Of a draft whose rules were run and whose text was written.
    pub fn du_projet(projet: &Projet, cles: &Cles, mots: &Mots) -> Self {
        let mut dit = Dit::default();
        dit.par_les_regles(&projet.verification.rapport, cles, mots);
        dit.par_le_texte(Nommes::new(), Some(remarques::manques(&projet.manques, cles, mots)));
        dit
    }

    pub fn par_les_regles(&mut self, rapport: &Rapport, cles: &Cles, mots: &Mots) {
        self.des_regles = remarques::remarques(&rapport.remarques, cles, mots);
        self.du_definitif = remarques::remarques(&rapport.au_definitif, cles, mots);
    }

    /// When the text could not be written, what was known to be missing stays.
    pub fn par_le_texte(&mut self, mut remarques: Nommes<RemarqueVue>, manques: Option<Nommes<ManqueVue>>) {
        // What the rules say too goes when they no longer say it.
        remarques.retain(|id, _| !self.des_regles.contains_key(id));
        self.du_texte = remarques;
        self.lacunes = manques.unwrap_or_else(|| std::mem::take(&mut self.lacunes));
        self.trier();
    }

    /// Each thing is asked for once.
    fn trier(&mut self) {
        let toutes = self.des_regles.values().chain(self.du_texte.values());
        let bloquantes = toutes.filter(|r| r.severite == Severite::Bloquante && !r.chemin.is_empty());
        let mut dites: BTreeSet<&str> = bloquantes.map(|r| r.chemin.as_str()).collect();
        let manquent = |m: &ManqueVue| !dites.contains(m.chemin.as_str());
        let manques = self.lacunes.iter().filter(|(_, m)| manquent(m)).map(|(id, m)| (id.clone(), m.clone())).collect();
        dites.extend(self.lacunes.values().map(|m| m.chemin.as_str()));
        let neuves = |r: &RemarqueVue| !deja_dit(&r.chemin, &dites);
        let du_definitif = self.du_definitif.iter().filter(|(_, r)| neuves(r));
        let au_definitif = du_definitif.map(|(id, r)| (id.clone(), r.clone())).collect();
        (self.manques, self.au_definitif) = (manques, au_definitif);
    }

    /// All remarks on the contract as it is.
    pub fn remarques(&self) -> Nommes<RemarqueVue> {
        let mut toutes = self.du_texte.clone();
        toutes.extend(self.des_regles.clone());
        toutes
    }

    /// What is missing, but where a blocking remark asks for it.
    pub fn manques(&self) -> Nommes<ManqueVue> {
        self.manques.clone()
    }

    /// What blocks only a definitive contract, but where a remark or a gap asks for it.
    pub fn au_definitif(&self) -> Nommes<RemarqueVue> {
        self.au_definitif.clone()
    }

    /// How many things are to be done before the contract can be signed.
    pub fn reste(&self) -> usize {
        let bloquantes = self.remarques().into_values().filter(|r| r.severite == Severite::Bloquante).count();
        bloquantes + self.au_definitif.len() + self.manques.len()
    }

    pub fn change_depuis(&self, avant: &Dit) -> Change {
        Change {
            remarques: Ecart::entre(&avant.remarques(), &self.remarques()),
            au_definitif: Ecart::entre(&avant.au_definitif, &self.au_definitif),
            manques: Ecart::entre(&avant.manques, &self.manques),
        }
    }
}

impl Change {
    pub fn est_vide(&self) -> bool {
        self.remarques.est_vide() && self.au_definitif.est_vide() && self.manques.est_vide()
    }
}
