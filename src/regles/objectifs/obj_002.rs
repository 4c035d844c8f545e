//! OBJ-002: the number of objectives is within the model's limits.

use crate::formats::{compte, entier};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{ANAP, INSTRUCTION_2017};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-002",
    famille: Famille::Objectifs,
    severite: Severite::Bloquante,
    titre: "Le nombre d'objectifs est dans les limites du modèle",
    pourquoi: "Trop d'objectifs ne se suivent pas ; trop peu ne couvrent pas le diagnostic. La doctrine nationale demande des objectifs « en nombre resserré », sans chiffre : seul un modèle fixe les limites, et la gravité.",
    remede: "réunissez des objectifs, ou renvoyez-en au plan d'action interne ; s'il en manque, reprenez le diagnostic.",
    references: &[&ANAP, &INSTRUCTION_2017],
    limites: &[
        Limite {
            nom: "maximum",
            valeur: Seuil::DuModele,
            unite: "objectifs",
            libelle: "nombre maximal, fixé par le modèle",
        },
        Limite {
            nom: "minimum",
            valeur: Seuil::DuModele,
            unite: "objectifs",
            libelle: "nombre minimal, fixé par le modèle",
        },
        Limite {
            nom: "attendu",
            valeur: Seuil::DuModele,
            unite: "objectifs",
            libelle: "nombre attendu par le modèle ; un autre nombre dans les limites est une alerte",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/objectifs"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(objectifs) = contexte.contrat.objectifs.valeur() else { return };
    let nombre = objectifs.len();
    if let Some(minimum) = findings.limite("minimum").filter(|m| (nombre as f64) < *m) {
        let message = format!(
            "Le contrat compte {} ; le modèle en demande {} au moins.",
            compte(nombre, "objectif"),
            entier(minimum as i64)
        );
        findings.signaler("/objectifs", message);
    }
    if let Some(maximum) = findings.limite("maximum").filter(|m| (nombre as f64) > *m) {
        let message = format!(
            "Le contrat compte {} ; le modèle en admet {} au plus.",
            compte(nombre, "objectif"),
            entier(maximum as i64)
        );
        findings.signaler("/objectifs", message);
        return;
    }
    if let Some(attendu) = findings.limite("attendu").filter(|a| (nombre as f64) != *a) {
        let message = format!(
            "Le contrat compte {} ; le modèle en attend {}.",
            compte(nombre, "objectif"),
            entier(attendu as i64)
        );
        findings.signaler("/objectifs", message).severite(Severite::Alerte);
    }
}
