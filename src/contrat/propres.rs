//! The rules of the means that a gestionnaire may have of its own: each with its pointer and the one it binds.
//!
//! Pure functions of the contract, shared by the rules and by the printed text.

use super::champ::Champ;
use super::moyens::{Moyens, MoyensGestionnaire};
use super::resultats::AffectationResultats;
use super::siege::{FraisSiege, QuotePart};
use super::textes::Id;
use super::trajectoire::Rebasage;

/// A rule, where it is written, and the gestionnaire that it binds; `None` when it is common.
#[derive(Debug, Clone)]
pub struct Regle<'a, T> {
    pub pointeur: String,
    pub gestionnaire: Option<&'a Id>,
    pub valeur: &'a T,
}

impl Moyens {
    pub fn rebasages(&self) -> Vec<Regle<'_, Rebasage>> {
        self.regles("rebasage", &self.rebasage, |g| &g.rebasage)
    }

    pub fn affectations(&self) -> Vec<Regle<'_, AffectationResultats>> {
        self.regles("affectation_resultats", &self.affectation_resultats, |g| &g.affectation_resultats)
    }

    pub fn sieges(&self) -> Vec<Regle<'_, FraisSiege>> {
        self.regles("frais_siege", &self.frais_siege, |g| &g.frais_siege)
    }

    pub fn quotes_parts(&self) -> Vec<Regle<'_, QuotePart>> {
        self.regles("quote_part", &self.quote_part, |g| &g.quote_part)
    }

    /// The common rule, then those of each gestionnaire.
    fn regles<'a, T>(
        &'a self,
        cle: &str,
        commune: &'a Champ<T>,
        propre: impl Fn(&'a MoyensGestionnaire) -> &'a Champ<T>,
    ) -> Vec<Regle<'a, T>> {
        let commune =
            commune.valeur().map(|valeur| Regle { pointeur: format!("/moyens/{cle}"), gestionnaire: None, valeur });
        let propres = self.par_gestionnaire.elements().iter().enumerate().filter_map(|(rang, g)| {
            let pointeur = format!("/moyens/par_gestionnaire/{rang}/{cle}");
            propre(g).valeur().map(|valeur| Regle { pointeur, gestionnaire: Some(&g.gestionnaire), valeur })
        });
        commune.into_iter().chain(propres).collect()
    }
}
