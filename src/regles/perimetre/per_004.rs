//! PER-004: an excluded establishment carries no fiche, budget nor activity.

use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "PER-004",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Un établissement exclu ne porte ni fiche, ni budget, ni activité",
    pourquoi: "Un établissement hors du périmètre que le contrat finance ou charge d'objectifs n'est ni dedans ni dehors : ses places ne sont pas comptées, ses moyens le sont. Sa part des frais de siège reste admise.",
    remede: "incluez l'établissement, ou retirez-le de l'objectif, du budget ou de l'activité.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/objectifs/*/etablissements",
        "/moyens/budgets/*/etablissement",
        "/activite/*/etablissement",
        "/moyens/dotations/*/repartition",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let exclus: BTreeMap<&str, &str> = contexte
        .etablissements()
        .filter(|e| !e.valeur.est_inclus())
        .map(|e| (e.valeur.id.as_str(), nom(e.valeur)))
        .collect();
    if exclus.is_empty() {
        return;
    }
    let mut signaler = |id: &str, pointeur: String, quoi: &str| {
        if let Some(nom) = exclus.get(id) {
            findings.signaler(pointeur, format!("« {nom} », hors du périmètre, porte {quoi}."));
        }
    };
    for objectif in contexte.objectifs() {
        for (rang, id) in objectif.valeur.etablissements.elements().iter().enumerate() {
            signaler(id.as_str(), objectif.pointeur(&format!("etablissements/{rang}")), "un objectif");
        }
    }
    for budget in contexte.budgets() {
        signaler(budget.valeur.etablissement.as_str(), budget.pointeur("etablissement"), "un budget");
    }
    for dotation in contexte.dotations() {
        for (rang, part) in dotation.valeur.repartition.elements().iter().enumerate() {
            let ici = dotation.pointeur(&format!("repartition/{rang}/etablissement"));
            signaler(part.etablissement.as_str(), ici, "une part de dotation");
        }
    }
    for activite in contexte.activites() {
        signaler(activite.valeur.etablissement.as_str(), activite.pointeur("etablissement"), "une activité");
    }
}
