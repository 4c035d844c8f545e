//! ACT-008: the occupancy rate alone never measures the activity.

use super::designation::designer;
use crate::contrat::Fondement;
use crate::contrat::activite::{BaseCapacite, UniteActivite};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{L313_12_2, R314_43_2};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-008",
    famille: Famille::Activite,
    severite: Severite::Bloquante,
    titre: "Une modulation ne mesure pas l'activité par la seule occupation",
    pourquoi: "L'activité d'un contrat obligatoire n'est jamais appréciée par le seul taux d'occupation : une clause qui ne compte que des journées serait privée d'effet. Le taux se calcule sur la capacité autorisée et financée ; une autre capacité de référence est une alerte.",
    remede: "ajoutez un indicateur : les personnes accompagnées (« file_active »), les prestations, les séances ou les actes.",
    references: &[&L313_12_2, &R314_43_2],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("occupation_seule_exclue"),
    derogeable: false,
    lit: &[
        "/moyens/modulation",
        "/activite/*/capacite_de_reference",
        "/activite/*/etablissement",
        "/fondement",
        "/signature/date",
        "/periode",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
        "/parties/autorites/*/type",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(modulation) = contexte.moyens().and_then(|m| m.modulation.valeur()) else { return };
    let indicateurs = modulation.indicateurs.elements();
    let occupation = |i: &UniteActivite| matches!(i, UniteActivite::Journees | UniteActivite::DemiJournees);
    let obligatoire = contexte.fondement() == Fondement::EtablissementsHandicapEtSoins;
    if obligatoire && !indicateurs.is_empty() && indicateurs.iter().all(occupation) {
        findings.signaler(
            "/moyens/modulation/indicateurs",
            "La modulation ne mesure l'activité que par l'occupation : la loi ne l'admet pas.",
        );
    }
    if !indicateurs.iter().any(occupation) {
        return;
    }
    let visees = modulation.etablissements.elements();
    for activite in contexte.activites().filter(|a| visees.contains(&a.valeur.etablissement)) {
        let base = activite.valeur.capacite_de_reference.valeur();
        if base.is_some_and(|b| *b != BaseCapacite::Financee) {
            findings
                .signaler(
                    activite.pointeur("capacite_de_reference"),
                    format!(
                        "La modulation se mesure sur la capacité autorisée et financée ; {} a une autre capacité de référence.",
                        designer(contexte, activite.valeur)
                    ),
                )
                .severite(Severite::Alerte)
                .remede("prenez la capacité financée comme référence, ou retirez l'établissement de la modulation.");
        }
    }
}
