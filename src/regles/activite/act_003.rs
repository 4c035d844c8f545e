//! ACT-003: the retained activity is between the mean and the theoretical one.

use super::designation::designer;
use crate::formats::{decimales, nombre};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-003",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "L'activité retenue est entre la moyenne réalisée et l'activité théorique",
    pourquoi: "Retenir moins que la moyenne des trois années entérine une baisse ; retenir plus que le théorique est impossible à tenir. Les deux peuvent se justifier (travaux, sous-capacité) : un commentaire ou une dérogation le dit. Tolérance : une demi-unité.",
    remede: "corrigez l'activité retenue, ou expliquez-la dans « commentaire » et écartez la règle par une dérogation.",
    references: &[&PACA, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
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
        let Some(retenue) = a.retenue.valeur().map(|q| q.0) else { continue };
        let borne = match (a.moyenne(), a.theorique_calculee(contexte.contrat)) {
            (Some(moyenne), _) if retenue < moyenne - 0.5 => {
                format!("au-dessous de la moyenne des années réalisées ({})", decimales(moyenne, 1))
            }
            (_, Some(theorique)) if retenue > theorique + 0.5 => {
                format!("au-dessus de l'activité théorique ({})", nombre(theorique))
            }
            _ => continue,
        };
        findings.signaler(
            activite.pointeur("retenue"),
            format!("L'activité retenue pour {} est de {}, {borne}.", designer(contexte, a), nombre(retenue)),
        );
    }
}
