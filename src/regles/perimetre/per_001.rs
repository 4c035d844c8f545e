//! PER-001: the modes of an establishment add up to its declared capacity.

use super::places::places_completes;
use crate::formats::{compte, quantite_entiere};
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-001",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "La somme des modalités est la capacité déclarée de l'établissement",
    pourquoi: "Deux capacités pour un même établissement rendent incertains l'autorisation, l'activité théorique et le budget. Seules les modalités comptées en places s'ajoutent ; les « dont » sont compris dans leur modalité et ne s'ajoutent pas. La règle se tait si la capacité d'une modalité manque.",
    remede: "corrigez la capacité déclarée ou celle d'une modalité, d'après l'arrêté d'autorisation.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/capacite_declaree",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["PER-002"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.inclus() {
        let e = etablissement.valeur;
        let (Some(declaree), Some(calculee)) = (valeur(&e.capacite_declaree), places_completes(e)) else { continue };
        if declaree.0 != calculee {
            findings.signaler(
                etablissement.pointeur("capacite_declaree"),
                format!(
                    "« {} » déclare {} ; ses modalités en comptent {}.",
                    nom(e),
                    compte(declaree.0 as usize, "place"),
                    quantite_entiere(i64::from(calculee))
                ),
            );
        }
    }
}
