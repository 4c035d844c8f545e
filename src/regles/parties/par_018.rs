//! PAR-018: the deliberation of a public body is enforceable.

use crate::regles::context::{Context, est_public, nom_gestionnaire, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::SIGNATURE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-018",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "La délibération d'un établissement public est exécutoire",
    pourquoi: "La délibération d'un établissement public n'engage qu'une fois exécutoire : transmise, et publiée s'il y a lieu. La règle demande la date dans un contrat définitif, et qu'elle ne suive pas la signature. Elle ne vise que les gestionnaires dont le statut est public ; le département et la métropole sont l'affaire de PAR-011.",
    remede: "ajoutez la date où la délibération est devenue exécutoire, ou reportez la signature.",
    references: &[&SIGNATURE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/parties/gestionnaires/*/deliberation",
        "/parties/gestionnaires/*/statut_juridique",
        "/parties/gestionnaires/*/mandataire",
        "/parties/gestionnaires/*/sigle",
        "/parties/gestionnaires/*/nom",
        "/signature/date",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for gestionnaire in contexte.gestionnaires().filter(|g| g.valeur.mandataire.valeur().is_none()) {
        let g = gestionnaire.valeur;
        let public = est_public(g);
        let Some(deliberation) = g.deliberation.valeur().filter(|_| public) else { continue };
        let message = match (valeur(&deliberation.executoire_le), contexte.signature()) {
            (None, _) if deliberation.executoire_le.est_absent() && contexte.definitif() => {
                format!(
                    "La délibération de « {} » n'a pas de date où elle est devenue exécutoire.",
                    nom_gestionnaire(g)
                )
            }
            (Some(jour), Some(signature)) if jour > signature => format!(
                "La délibération de « {} » est exécutoire le {jour}, après la signature le {signature}.",
                nom_gestionnaire(g)
            ),
            _ => continue,
        };
        findings.signaler(gestionnaire.pointeur("deliberation/executoire_le"), message);
    }
}
