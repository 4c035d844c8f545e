//! PAR-009: the board of the managing body authorised the signature, before it.

use crate::contrat::champ::Champ;
use crate::regles::context::{Context, est_public, nom_gestionnaire, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::SIGNATURE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-009",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "Le conseil du gestionnaire a autorisé la signature, avant elle",
    pourquoi: "Sans délibération, le représentant d'une association ou d'un établissement signe sans pouvoir ; la sanction est plus lourde pour une personne publique, d'où une remarque bloquante. Une délibération déclarée sans objet avec son motif est admise.",
    remede: "ajoutez la délibération et sa date, ou déclarez-la sans objet avec son motif.",
    references: &[&SIGNATURE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/parties/gestionnaires/*/deliberation",
        "/parties/gestionnaires/*/statut_juridique",
        "/parties/gestionnaires/*/mandataire",
        "/signature/date",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for gestionnaire in contexte.gestionnaires().filter(|g| g.valeur.mandataire.valeur().is_none()) {
        let g = gestionnaire.valeur;
        let public = est_public(g);
        let (pointeur, message) = match &g.deliberation {
            Champ::Absent => (
                gestionnaire.pointeur("deliberation"),
                format!("Aucune délibération n'autorise la signature pour « {} ».", nom_gestionnaire(g)),
            ),
            Champ::Valeur(deliberation) => match (valeur(&deliberation.date), contexte.signature()) {
                (Some(date), Some(signature)) if date > signature => (
                    gestionnaire.pointeur("deliberation/date"),
                    format!(
                        "La délibération de « {} » est du {date}, après la signature le {signature}.",
                        nom_gestionnaire(g)
                    ),
                ),
                _ => continue,
            },
            Champ::NonApplicable(_) => continue,
        };
        let finding = findings.signaler(pointeur, message);
        if public {
            finding.severite(Severite::Bloquante);
        }
    }
}
