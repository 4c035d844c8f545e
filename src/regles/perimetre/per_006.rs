//! PER-006: an establishment stands in the declared territory.

use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-006",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Chaque établissement inclus est dans le territoire déclaré",
    pourquoi: "Un établissement hors des départements annoncés révèle un département mal saisi, ou un territoire incomplet. La règle se tait si le territoire ou le département manque.",
    remede: "ajoutez le département au territoire, ou corrigez celui de l'établissement.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/perimetre/territoire/departements",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let territoire = contexte.contrat.perimetre.valeur().and_then(|p| p.territoire.valeur());
    let Some(departements) = territoire.and_then(|t| t.departements.valeur()) else { return };
    for etablissement in contexte.inclus() {
        let Some(code) = etablissement.valeur.departement.valeur().filter(|d| !departements.contains(d)) else {
            continue;
        };
        findings.signaler(
            etablissement.pointeur("departement"),
            format!("« {} » est dans le département {code}, hors du territoire déclaré.", nom(etablissement.valeur)),
        );
    }
}
