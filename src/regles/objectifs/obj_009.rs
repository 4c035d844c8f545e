//! OBJ-009: every objective is taken from the model's library.

use super::libelles::titre;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::BRETAGNE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-009",
    famille: Famille::Objectifs,
    severite: Severite::Bloquante,
    titre: "Chaque objectif vient de la bibliothèque du modèle",
    pourquoi: "Un modèle à bibliothèque fait choisir les objectifs dans une liste commune, pour que la région puisse les suivre ensemble. Un objectif propre demande une dérogation motivée. Un code que la bibliothèque n'a pas est l'affaire de PER-007.",
    remede: "choisissez l'objectif de la bibliothèque qui convient (clé « bibliotheque »), ou écartez la règle pour cet objectif par une dérogation.",
    references: &[&BRETAGNE],
    limites: &[],
    sur_demande: true,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/objectifs"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.modele.bibliotheque.is_empty() {
        return;
    }
    for objectif in contexte.objectifs().filter(|o| o.valeur.bibliotheque.valeur().is_none()) {
        findings.signaler(
            objectif.pointeur("bibliotheque"),
            format!("L'objectif « {} » n'est pas de la bibliothèque du modèle.", titre(objectif.valeur)),
        );
    }
}
