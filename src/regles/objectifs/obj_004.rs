//! OBJ-004: an objective worded without any deliverable.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-004",
    famille: Famille::Objectifs,
    severite: Severite::Alerte,
    titre: "Chaque objectif annonce un résultat",
    pourquoi: "« Réfléchir à », « étudier », « envisager » n'engagent à rien qui se vérifie : à l'échéance, nul ne peut dire si l'objectif est atteint. La règle lit seulement le début du titre de l'objectif : elle signale une formule, elle ne juge pas le fond.",
    remede: "dites ce qui existera à l'échéance (convention signée, service ouvert, taux atteint) plutôt que la démarche.",
    references: &[&ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/objectifs/*/titre"],
    consequences: &[],
    check,
};

/// How a title begins that announces no result.
const FORMULES: [&str; 14] = [
    "réfléchir",
    "étudier",
    "envisager",
    "explorer",
    "examiner l'opportunité",
    "examiner la possibilité",
    "poursuivre la réflexion",
    "poursuivre les réflexions",
    "mener une réflexion",
    "engager une réflexion",
    "conduire une réflexion",
    "lancer une réflexion",
    "initier une réflexion",
    "réflexion sur",
];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for objectif in contexte.objectifs() {
        let Some(titre) = objectif.valeur.titre.valeur() else { continue };
        let bas = titre.as_str().trim_start().to_lowercase().replace('\u{2019}', "'");
        if let Some(formule) = FORMULES.iter().find(|f| bas.starts_with(**f)) {
            findings.signaler(
                objectif.pointeur("titre"),
                format!("L'objectif « {titre} » commence par « {formule} » et n'annonce aucun résultat."),
            );
        }
    }
}
