//! SUI-003: a yearly return and a final report are planned.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, PACA, R314_232};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SUI-003",
    famille: Famille::Suivi,
    severite: Severite::Alerte,
    titre: "Un compte rendu annuel et un bilan final sont prévus",
    pourquoi: "Sans remontée annuelle, les écarts se découvrent à mi-parcours ; sans bilan final, le contrat suivant repart de zéro. La règle lit les titres et les échéances des documents : « annuel », « chaque année », « revue » ou « ERRD » pour l'un, « bilan d'exécution », « bilan final » ou « final » pour l'autre.",
    remede: "ajoutez le document qui manque à « suivi.documents ».",
    references: &[&R314_232, &PACA, &ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/suivi/documents"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(documents) = contexte.contrat.suivi.valeur().and_then(|s| s.documents.valeur()) else { return };
    let prevu = |mots: &[&str]| {
        documents.iter().any(|d| {
            let echeance = d.echeance.valeur().map_or("", |e| e.as_str());
            let texte = format!("{} {echeance}", d.titre).to_lowercase();
            mots.iter().any(|mot| texte.contains(mot))
        })
    };
    if !prevu(&["annuel", "chaque année", "tous les ans", "revue", "errd", "état réalisé"]) {
        findings.signaler("/suivi/documents", "Aucun compte rendu annuel n'est prévu.");
    }
    if !prevu(&["bilan d'exécution", "bilan d\u{2019}exécution", "bilan final", "rapport final", "final"]) {
        findings.signaler("/suivi/documents", "Aucun bilan final n'est prévu.");
    }
}
