//! PAR-013: a habilitation clause needs its département as a party.

use crate::contrat::parties::TypeAutorite;
use crate::regles::context::{Context, nom_autorite};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{L313_6, L313_8_1, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-013",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "L'habilitation à l'aide sociale est consentie par un département partie",
    pourquoi: "Le contrat vaut convention d'habilitation : seul le département qui habilite peut la consentir, en le signant. La règle se tait quand l'autorité de l'habilitation n'est pas indiquée et qu'un département est partie ; un identifiant inconnu est l'affaire de PER-007.",
    remede: "ajoutez le département aux parties, ou retirez l'habilitation.",
    references: &[&L313_8_1, &L313_6, &PACA],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/moyens/habilitation_aide_sociale", "/parties/autorites/*/type"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let departement = |t: TypeAutorite| matches!(t, TypeAutorite::Departement | TypeAutorite::Metropole);
    let habilitations = contexte.moyens().map_or(&[][..], |m| m.habilitation_aide_sociale.elements());
    for (rang, habilitation) in habilitations.iter().enumerate() {
        let ici = format!("/moyens/habilitation_aide_sociale/{rang}");
        match habilitation.autorite.valeur().map(|id| (id, contexte.autorite(id.as_str()))) {
            Some((_, Some(autorite))) if !departement(autorite.valeur.r#type) => {
                let message = format!(
                    "L'habilitation à l'aide sociale est attribuée à « {} », qui n'est pas un département.",
                    nom_autorite(autorite.valeur)
                );
                findings.signaler(format!("{ici}/autorite"), message);
            }
            None if !contexte.autorites().any(|a| departement(a.valeur.r#type)) => {
                findings.signaler(
                    ici,
                    "Une habilitation à l'aide sociale est prévue sans qu'aucun département soit partie au contrat.",
                );
            }
            _ => {}
        }
    }
}
