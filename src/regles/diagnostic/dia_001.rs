//! DIA-001: a weakness leads to an objective, or says why not.

use super::lecture::extrait;
use crate::contrat::diagnostic::{NatureConstat, Priorite};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, ARRETE_2017};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "DIA-001",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Chaque faiblesse donne lieu à un objectif, ou dit pourquoi elle n'est pas retenue",
    pourquoi: "Le diagnostic perd son sens si ses faiblesses restent sans suite (le cahier des charges cité est celui des EHPAD, suivi par analogie). Sont visés les faiblesses et les constats de priorité haute, hors forces ; un constat « non retenu », avec son motif, est une réponse. La règle se tait tant qu'aucun objectif n'est écrit.",
    remede: "rattachez le constat à un objectif (« constats »), ou ajoutez « non_retenu » avec son motif.",
    references: &[&ANAP, &ARRETE_2017],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/constats", "/objectifs/*/constats"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.objectifs.elements().is_empty() {
        return;
    }
    let suivis: BTreeSet<&str> =
        contexte.objectifs().flat_map(|o| o.valeur.constats.elements().iter().map(|id| id.as_str())).collect();
    for constat in contexte.constats() {
        let c = constat.valeur;
        let faiblesse = c.nature.valeur() == Some(&NatureConstat::Faiblesse);
        let prioritaire =
            c.priorite.valeur() == Some(&Priorite::Haute) && c.nature.valeur() != Some(&NatureConstat::Force);
        if (faiblesse || prioritaire) && c.non_retenu.valeur().is_none() && !suivis.contains(c.id.as_str()) {
            let quoi = if faiblesse { "La faiblesse" } else { "Le constat prioritaire" };
            findings
                .signaler(constat.pointeur(""), format!("{quoi} « {} » ne donne lieu à aucun objectif.", extrait(c)));
        }
    }
}
