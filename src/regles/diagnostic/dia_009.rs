//! DIA-009: an indicator beyond the worst quartile is answered.

use super::lecture::themes_servis;
use crate::contrat::diagnostic::{Sens, Theme};
use crate::formats::nombre;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "DIA-009",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Un indicateur au-delà du plus mauvais quartile a un objectif sur son thème",
    pourquoi: "Une valeur plus mauvaise que celle des trois quarts des établissements comparables est une faiblesse que le contrat doit traiter ou écarter. La règle ne juge que si le sens défavorable, le quartile et le thème sont donnés.",
    remede: "rattachez un objectif à un constat de ce thème, ou expliquez la valeur par un constat non retenu.",
    references: &[&ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/indicateurs", "/diagnostic/constats", "/objectifs/*/constats"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    if contexte.contrat.objectifs.elements().is_empty() {
        return;
    }
    let servis = themes_servis(contexte);
    let ecartes: BTreeSet<Theme> = contexte
        .constats()
        .filter(|c| c.valeur.non_retenu.valeur().is_some())
        .filter_map(|c| c.valeur.theme.valeur().copied())
        .collect();
    for (rang, indicateur) in diagnostic.indicateurs.elements().iter().enumerate() {
        if valeur(&indicateur.theme).is_none_or(|t| servis.contains(&t) || ecartes.contains(&t)) {
            continue;
        }
        let observe = indicateur.valeur.valeur().and_then(|v| v.nombre());
        let (Some(observe), Some(reference)) = (observe, indicateur.reference.valeur()) else { continue };
        let depasse = match indicateur.defavorable.valeur() {
            Some(Sens::Hausse) => reference.q3.valeur().map(|q| (*q, "au-dessus du troisième", observe > *q)),
            Some(Sens::Baisse) => reference.q1.valeur().map(|q| (*q, "au-dessous du premier", observe < *q)),
            _ => None,
        };
        if let Some((quartile, cote, true)) = depasse {
            findings.signaler(
                format!("/diagnostic/indicateurs/{rang}/valeur"),
                format!(
                    "« {} » vaut {}, {cote} quartile ({}), et aucun objectif ne porte sur son thème.",
                    indicateur.libelle,
                    nombre(observe),
                    nombre(quartile)
                ),
            );
        }
    }
}
