//! OBJ-008: axes and objectives answer each other.

use super::libelles::titre;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, ARA};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "OBJ-008",
    famille: Famille::Objectifs,
    severite: Severite::Alerte,
    titre: "Chaque axe a un objectif, chaque objectif a son axe",
    pourquoi: "Un axe sans objectif est une intention ; un objectif hors des axes n'entre pas dans la stratégie partagée. La règle se tait quand ni le contrat ni le modèle n'ont d'axes ; un axe inconnu est l'affaire de PER-007.",
    remede: "rattachez l'objectif à un axe, ou retirez l'axe.",
    references: &[&ANAP, &ARA],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/axes", "/objectifs"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let axes = contexte.contrat.axes.elements();
    let objectifs = contexte.contrat.objectifs.elements();
    if objectifs.is_empty() || (axes.is_empty() && contexte.modele.axes.is_empty()) {
        return;
    }
    let servis: BTreeSet<&str> = objectifs.iter().filter_map(|o| o.axe.valeur()).map(|id| id.as_str()).collect();
    for axe in contexte.axes().filter(|a| !servis.contains(a.valeur.id.as_str())) {
        let titre = axe.valeur.titre.valeur().map_or(axe.valeur.id.as_str(), |t| t.as_str());
        findings.signaler(axe.pointeur(""), format!("Aucun objectif ne sert l'axe « {titre} »."));
    }
    for objectif in contexte.objectifs().filter(|o| o.valeur.axe.est_absent()) {
        let message = format!("L'objectif « {} » n'est rattaché à aucun axe.", titre(objectif.valeur));
        findings.signaler(objectif.pointeur("axe"), message);
    }
}
