//! What several rules of the means read: the means that fiches announce, with the number of each fiche; which grants are common.

use crate::contrat::moyens::{Dotation, ModeVersement, Moyens, Versement};
use crate::contrat::objectifs::{FicheAction, MoyensFiche};
use crate::regles::context::{Context, Element};

/// The fiches that say their means, in order, with their printed number.
pub fn avec_moyens<'a>(contexte: &Context<'a>) -> Vec<(u32, Element<'a, FicheAction>, &'a MoyensFiche)> {
    let numeros = contexte.numeros();
    contexte
        .fiches()
        .filter_map(|fiche| {
            let moyens = fiche.valeur.moyens.valeur()?;
            Some((numeros.get(fiche.rang).copied().unwrap_or_default(), fiche, moyens))
        })
        .collect()
}

/// Whether a grant is a common one: a beneficiary is named, or its authority pays it globally.
pub fn globalisee(moyens: &Moyens, dotation: &Dotation) -> bool {
    let versee = |v: &Versement| v.autorite == dotation.autorite && v.mode == ModeVersement::DotationGlobalisee;
    moyens.beneficiaire_dgc.valeur().is_some() || moyens.versements.elements().iter().any(versee)
}
