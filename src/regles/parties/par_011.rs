//! PAR-011: the deliberation that enables the president of a département or métropole.

use crate::contrat::champ::Champ;
use crate::contrat::parties::TypeAutorite;
use crate::regles::context::{Context, nom_autorite, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{L3131_1, L3211_2, SIGNATURE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-011",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Le président du département est habilité par une délibération exécutoire",
    pourquoi: "Le président d'un conseil départemental ou d'une métropole signe un contrat sur délibération de son assemblée ; elle doit être exécutoire à la signature. L'absence est bloquante ; une délibération exécutoire après la signature donne une alerte. Déclarée sans objet avec son motif, elle est admise.",
    remede: "ajoutez la délibération et la date où elle est devenue exécutoire, ou reportez la signature.",
    references: &[&L3131_1, &L3211_2, &SIGNATURE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/parties/autorites/*/type", "/parties/autorites/*/deliberation", "/signature/date"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let assemblees =
        contexte.autorites().filter(|a| matches!(a.valeur.r#type, TypeAutorite::Departement | TypeAutorite::Metropole));
    for autorite in assemblees {
        let partie = nom_autorite(autorite.valeur);
        match &autorite.valeur.deliberation {
            Champ::Absent => {
                let message = format!("Aucune délibération n'habilite « {partie} » à signer.");
                findings.signaler(autorite.pointeur("deliberation"), message);
            }
            Champ::Valeur(deliberation) => {
                let Some(signature) = contexte.signature() else { continue };
                let (cle, effet) = match valeur(&deliberation.executoire_le) {
                    Some(executoire) => ("deliberation/executoire_le", Some(executoire)),
                    None => ("deliberation/date", valeur(&deliberation.date)),
                };
                if let Some(effet) = effet.filter(|e| *e > signature) {
                    let message = format!(
                        "La délibération de « {partie} » n'a d'effet que le {effet}, après la signature le {signature}."
                    );
                    findings.signaler(autorite.pointeur(cle), message).severite(Severite::Alerte);
                }
            }
            Champ::NonApplicable(_) => {}
        }
    }
}
