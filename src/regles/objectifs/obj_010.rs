//! OBJ-010: each objective answers a scheme or the regional plan.

use super::libelles::titre;
use crate::contrat::champ::Champ;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::ARA;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-010",
    famille: Famille::Objectifs,
    severite: Severite::Alerte,
    titre: "Chaque objectif dit à quel schéma ou projet régional il répond",
    pourquoi: "La correspondance avec le projet régional de santé et les schémas départementaux permet de vérifier que le contrat sert les priorités publiques. « Sans correspondance », avec son motif, est une réponse admise.",
    remede: "ajoutez « correspondance », ou {\"non_applicable\": \"sans correspondance : motif\"}.",
    references: &[&ARA],
    limites: &[],
    sur_demande: true,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/objectifs"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for objectif in contexte.objectifs() {
        let vide = match &objectif.valeur.correspondance {
            Champ::Absent => true,
            Champ::Valeur(lignes) => lignes.is_empty(),
            Champ::NonApplicable(_) => false,
        };
        if vide {
            findings.signaler(
                objectif.pointeur("correspondance"),
                format!(
                    "L'objectif « {} » ne dit pas à quel schéma ou projet régional il répond.",
                    titre(objectif.valeur)
                ),
            );
        }
    }
}
