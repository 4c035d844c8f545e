//! PER-002: the establishments add up to the declared totals.

use super::places::places_completes;
use crate::formats::{compte, quantite_entiere};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-002",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Le total des places et le nombre d'établissements déclarés sont ceux de la liste",
    pourquoi: "Le total des places et le nombre d'établissements figurent dans l'accord et dans les bilans : faux, ils suivent le contrat pendant cinq ans. Sont comptés les établissements inclus et leurs modalités en places ; la règle sur les places se tait si une capacité manque.",
    remede: "corrigez le total annoncé, ou la liste ; sans total annoncé, cpom le calcule.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/total_declare",
        "/perimetre/nombre_declare",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(perimetre) = contexte.contrat.perimetre.valeur() else { return };
    if perimetre.etablissements.valeur().is_none() {
        return;
    }
    let places: Option<Vec<u32>> = contexte.inclus().map(|e| places_completes(e.valeur)).collect();
    let total = places.map(|p| p.into_iter().fold(0u32, u32::saturating_add));
    if let (Some(declare), Some(total)) = (valeur(&perimetre.total_declare), total)
        && declare.0 != total
    {
        findings.signaler(
            "/perimetre/total_declare",
            format!(
                "Le contrat déclare {} ; les établissements inclus en comptent {}.",
                compte(declare.0 as usize, "place"),
                quantite_entiere(i64::from(total))
            ),
        );
    }
    let nombre = contexte.inclus().count();
    if let Some(declare) = valeur(&perimetre.nombre_declare).filter(|d| d.0 as usize != nombre) {
        findings.signaler(
            "/perimetre/nombre_declare",
            format!(
                "Le contrat déclare {} ; la liste en inclut {}.",
                compte_de(declare.0 as usize, "établissement ou service", "établissements et services"),
                quantite_entiere(nombre as i64)
            ),
        );
    }
}

fn compte_de(n: usize, un: &str, plusieurs: &str) -> String {
    format!("{n} {}", if n > 1 { plusieurs } else { un })
}
