//! SUI-002: documents to send, with their deadlines.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{PACA, R314_42};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SUI-002",
    famille: Famille::Suivi,
    severite: Severite::Alerte,
    titre: "Les documents attendus sont listés avec leur échéance",
    pourquoi: "Un document sans échéance n'est jamais en retard. Quand la procédure contradictoire est écartée, le contrat doit lister les documents à transmettre et leurs dates. Un modèle peut nommer les documents qu'il attend (paramètre « documents_attendus », une liste de mots cherchés dans les titres). La règle se tait tant que la liste n'est pas écrite.",
    remede: "ajoutez le document, ou son échéance.",
    references: &[&R314_42, &PACA],
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
    for (rang, document) in documents.iter().enumerate().filter(|(_, d)| d.echeance.est_absent()) {
        let message = format!("Le document « {} » n'a pas d'échéance.", document.titre);
        findings.signaler(format!("/suivi/documents/{rang}/echeance"), message);
    }
    let attendus = contexte.valeur_du_parametre("documents_attendus").and_then(|v| v.as_array());
    for attendu in attendus.into_iter().flatten().filter_map(|v| v.as_str()) {
        let mot = attendu.to_lowercase();
        if !documents.iter().any(|d| d.titre.as_str().to_lowercase().contains(&mot)) {
            let message = format!("Le modèle attend le document « {attendu} », que le contrat ne prévoit pas.");
            findings.signaler("/suivi/documents", message);
        }
    }
}
