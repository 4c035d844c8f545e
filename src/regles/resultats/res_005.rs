//! RES-005: a renewed contract shows reserves and reports.

use crate::contrat::champ::Champ;
use crate::formats::enumerer;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{DECRET_2023_1428, R314_43_3};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "RES-005",
    famille: Famille::Resultats,
    severite: Severite::Alerte,
    titre: "Un contrat renouvelé présente les réserves et les reports à nouveau",
    pourquoi: "Depuis le 1er janvier 2025, l'autorité peut tenir compte, pour fixer le tarif d'un contrat renouvelé, des réserves et reports que les conditions d'exploitation ne justifient pas : il faut qu'ils soient connus. Sont attendus les réserves et le report à nouveau de chaque établissement inclus, sauf à ouvrir. La règle vise les contrats qui disent ce qu'ils renouvellent, et qui prennent effet depuis cette date.",
    remede: "ajoutez la situation financière de l'établissement, avec ses réserves et son report à nouveau.",
    references: &[&R314_43_3, &DECRET_2023_1428],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("reserves_au_renouvellement"),
    derogeable: true,
    lit: &[
        "/periode",
        "/diagnostic/situation_financiere",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.periode.renouveles().is_empty() || contexte.debut().is_none() {
        return;
    }
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    let connus: BTreeSet<&str> = diagnostic
        .situation_financiere
        .elements()
        .iter()
        .filter(|s| !s.reserves.est_absent() && !s.report_a_nouveau.est_absent())
        .map(|s| s.etablissement.as_str())
        .collect();
    let manquants: Vec<String> = contexte
        .inclus()
        .filter(|e| e.valeur.ouverture_prevue.est_absent() && !connus.contains(e.valeur.id.as_str()))
        .map(|e| format!("« {} »", nom(e.valeur)))
        .collect();
    if !manquants.is_empty() && !matches!(diagnostic.situation_financiere, Champ::NonApplicable(_)) {
        findings.signaler(
            "/diagnostic/situation_financiere",
            format!(
                "Le contrat est renouvelé ; les réserves et les reports à nouveau manquent pour {}.",
                enumerer(&manquants)
            ),
        );
    }
}
