//! PER-007: every identifier refers to an element that exists, once.

use super::renvois::{Cibles, doublons, tous};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "PER-007",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Chaque renvoi désigne un élément qui existe, et un seul",
    pourquoi: "Le contrat tient par ses renvois : un identifiant faux détache un budget de son établissement ou une fiche de son objectif, sans que rien d'autre ne le montre. Sont contrôlés tous les identifiants du fichier, les articles des clauses particulières, les règles des dérogations, et les identifiants donnés deux fois dans une même liste. Les autres règles tiennent un renvoi rompu pour une valeur absente.",
    remede: "corrigez l'identifiant, ou ajoutez l'élément qu'il désigne.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    derogeable: false,
    lit: &[
        "/parties",
        "/periode/contrats_renouveles",
        "/perimetre",
        "/diagnostic",
        "/objectifs",
        "/fiches_actions",
        "/axes",
        "/activite",
        "/moyens",
        "/suivi",
        "/contrats_lies",
        "/clauses_particulieres",
        "/derogations",
        "/tracabilite",
    ],
    consequences: &["OBJ-001", "OBJ-005", "OBJ-008", "DIA-001", "DIA-002", "BUD-012", "BUD-003"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let cibles = Cibles::nouvelles(contexte);
    for renvoi in tous(contexte) {
        let Some(connus) = cibles.de(renvoi.vers) else { continue };
        if connus.contains(renvoi.id) {
            continue;
        }
        let message = format!("« {} » ne désigne {}.", renvoi.id, renvoi.vers.aucun());
        let finding = findings.signaler(renvoi.pointeur, message);
        if let Some(proche) = proche(renvoi.id, connus) {
            finding.remede(format!("vouliez-vous dire « {proche} » ?"));
        } else if renvoi.vers.est_du_modele() {
            let id = &contexte.modele.id;
            finding.remede(format!("corrigez l'identifiant : « cpom modeles montrer {id} » donne ceux du modèle."));
        }
    }
    for (pointeur, id) in doublons(contexte) {
        findings.signaler(pointeur, format!("L'identifiant « {id} » est donné à deux éléments de la même liste."));
    }
}

/// The nearest known identifier, when it is near enough to be a slip.
fn proche<'a>(id: &str, connus: &BTreeSet<&'a str>) -> Option<&'a str> {
    let distance = |autre: &&str| strsim::damerau_levenshtein(id, autre);
    let meilleur = connus.iter().min_by_key(|c| (distance(c), c.len(), **c)).copied()?;
    (distance(&meilleur) <= 2.max(id.chars().count() / 3)).then_some(meilleur)
}
