//! The means that fiches announce, with the number of each fiche.

use crate::contrat::objectifs::{FicheAction, MoyensFiche};
use crate::regles::context::{Context, Element};

/// The fiches that say their means, in order, with their printed number.
pub fn avec_moyens<'a>(contexte: &Context<'a>) -> Vec<(u32, Element<'a, FicheAction>, &'a MoyensFiche)> {
    let numeros: Vec<u32> = contexte.contrat.fiches_numerotees().into_iter().map(|(numero, _)| numero).collect();
    contexte
        .fiches()
        .filter_map(|fiche| {
            let moyens = fiche.valeur.moyens.valeur()?;
            Some((numeros.get(fiche.rang).copied().unwrap_or_default(), fiche, moyens))
        })
        .collect()
}
