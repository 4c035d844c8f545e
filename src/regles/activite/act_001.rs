//! ACT-001: the theoretical activity is the capacity times the days.

use super::designation::designer;
use crate::formats::nombre;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{CNSA_ACTIVITE, COHERENCE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-001",
    famille: Famille::Activite,
    severite: Severite::Bloquante,
    titre: "L'activité théorique est la capacité multipliée par les jours d'ouverture",
    pourquoi: "L'activité théorique fonde les taux et la modulation ; une erreur y fausse tout le reste. La règle ne s'applique qu'à une modalité comptée en journées, dont la capacité de référence (autorisée, installée ou financée) et les jours sont donnés. Tolérance : une demi-journée.",
    remede: "corrigez l'activité théorique, ou retirez-la : cpom la calcule.",
    references: &[&CNSA_ACTIVITE, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/activite",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/jours_ouverture",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["ACT-002", "ACT-003", "ACT-004", "DIA-008"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for activite in contexte.activites() {
        let a = activite.valeur;
        let stricte =
            a.modalite.valeur().is_some() && a.capacite_de_reference.valeur().is_some() && a.jours.valeur().is_some();
        let (Some(declaree), true) = (a.theorique.valeur().map(|q| q.0), stricte) else { continue };
        let Some(calculee) = a.capacite_par_jours(contexte.contrat) else { continue };
        if (declaree - calculee).abs() > 0.5 {
            findings
                .signaler(
                    activite.pointeur("theorique"),
                    format!(
                        "L'activité théorique de {} est de {} ; la capacité multipliée par les jours donne {}.",
                        designer(contexte, a),
                        nombre(declaree),
                        nombre(calculee)
                    ),
                )
                .remede(format!("écrivez {}, ou corrigez la capacité ou les jours.", nombre(calculee)));
        }
    }
}
