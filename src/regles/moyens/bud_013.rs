//! BUD-013: an ESAT has its production budget.

use crate::contrat::champ::Champ;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{PACA, R314_39_1};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-013",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Chaque ESAT a son budget de production et de commercialisation",
    pourquoi: "Les budgets de production et de commercialisation des ESAT doivent être retracés dans le contrat. Déclarés sans objet avec un motif, ils sont admis ; la règle se tait tant que les moyens ne sont pas écrits.",
    remede: "ajoutez le budget à « moyens.esat_production ».",
    references: &[&R314_39_1, &PACA],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_39_1, DateChoisie::Signature),
    derogeable: true,
    lit: &[
        "/moyens",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

/// FINESS category of an ESAT.
const ESAT: &str = "246";

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    if matches!(moyens.esat_production, Champ::NonApplicable(_)) {
        return;
    }
    for etablissement in contexte.inclus() {
        let e = etablissement.valeur;
        let esat = e.categorie.valeur().is_some_and(|c| c.as_str() == ESAT);
        if esat && !moyens.esat_production.elements().iter().any(|b| b.etablissement == e.id) {
            findings.signaler(
                "/moyens/esat_production",
                format!("Le budget de production et de commercialisation de « {} » n'est pas retracé.", nom(e)),
            );
        }
    }
}
