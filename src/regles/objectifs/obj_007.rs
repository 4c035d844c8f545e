//! OBJ-007: the authorities that bear an objective are parties.

use super::libelles::titre;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-007",
    famille: Famille::Objectifs,
    severite: Severite::Bloquante,
    titre: "Les autorités qui portent un objectif sont parties au contrat",
    pourquoi: "Un objectif conjoint engage chacune des autorités qu'il nomme : celle qui n'est pas partie ne peut être engagée par le contrat.",
    remede: "retirez l'autorité de l'objectif, corrigez son identifiant, ou ajoutez-la aux parties.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/objectifs/*/autorites", "/objectifs/*/titre", "/parties/autorites"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.parties.autorites.valeur().is_none() {
        return;
    }
    for objectif in contexte.objectifs() {
        for (rang, id) in objectif.valeur.autorites.elements().iter().enumerate() {
            if contexte.autorite(id.as_str()).is_none() {
                findings.signaler(
                    objectif.pointeur(&format!("autorites/{rang}")),
                    format!(
                        "L'objectif « {} » est porté par « {id} », qui n'est pas une autorité partie.",
                        titre(objectif.valeur)
                    ),
                );
            }
        }
    }
}
