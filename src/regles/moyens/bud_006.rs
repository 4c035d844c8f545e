//! BUD-006: « à moyens constants » brings no new money.

use super::fiches::avec_moyens;
use crate::contrat::objectifs::{SourceFinancement, StatutMoyens};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-006",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Une fiche à moyens constants ne reçoit pas de crédits nouveaux",
    pourquoi: "« À moyens constants » et un financement accordé se contredisent : l'autorité croira n'avoir rien donné, le gestionnaire croira l'avoir. Sont visés les financements par dotation, crédits non reconductibles ou fonds d'intervention régional.",
    remede: "changez le statut des moyens en « finance », ou retirez le financement.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions/*/moyens", "/fiches_actions/*/numero"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for (numero, fiche, moyens) in avec_moyens(contexte) {
        if moyens.statut.valeur() != Some(&StatutMoyens::MoyensConstants) {
            continue;
        }
        for (rang, financement) in moyens.financements.elements().iter().enumerate() {
            let nouveau = matches!(
                financement.source,
                SourceFinancement::Dotation | SourceFinancement::Cnr | SourceFinancement::Fir
            );
            if let Some(montant) = valeur(&financement.montant).filter(|m| nouveau && m.centimes() > 0) {
                findings.signaler(
                    fiche.pointeur(&format!("moyens/financements/{rang}")),
                    format!("La fiche {numero} est dite à moyens constants et reçoit {montant}."),
                );
            }
        }
    }
}
