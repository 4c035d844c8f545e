//! ACT-002: a declared mean or rate is the computed one.

use super::designation::designer;
use crate::formats::{decimales, nombre, pourcent};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, HELIOS};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-002",
    famille: Famille::Activite,
    severite: Severite::Bloquante,
    titre: "La moyenne et le taux déclarés sont ceux que donnent les trois années",
    pourquoi: "La moyenne des années réalisées sert de base à l'activité retenue ; annoncée fausse, elle engage le gestionnaire sur un chiffre qu'il n'a pas atteint. Tolérance : une demi-unité pour la moyenne, un dixième de point pour le taux. La règle se tait s'il manque une année.",
    remede: "corrigez la valeur annoncée, ou retirez-la : cpom la calcule.",
    references: &[&HELIOS, &COHERENCE],
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
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for activite in contexte.activites() {
        let a = activite.valeur;
        if let (Some(declaree), Some(calculee)) = (a.moyenne_declaree.valeur().map(|q| q.0), a.moyenne())
            && (declaree - calculee).abs() > 0.5
        {
            let message = format!(
                "La moyenne annoncée pour {} est de {} ; les années réalisées donnent {}.",
                designer(contexte, a),
                nombre(declaree),
                decimales(calculee, 1)
            );
            findings.signaler(activite.pointeur("moyenne_declaree"), message);
        }
        if let (Some(declare), Some(calcule)) = (a.taux_declare.valeur(), a.taux(contexte.contrat)) {
            let valeur = declare.milliemes() as f64 / 1000.0;
            if (valeur - calcule).abs() > 0.1 {
                let message = format!(
                    "Le taux annoncé pour {} est de {declare} ; la moyenne rapportée à l'activité théorique donne {}.",
                    designer(contexte, a),
                    pourcent((calcule * 10.0).round() / 10.0)
                );
                findings.signaler(activite.pointeur("taux_declare"), message);
            }
        }
    }
}
