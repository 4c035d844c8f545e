//! SUI-001: every party sits on the follow-up committee.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SUI-001",
    famille: Famille::Suivi,
    severite: Severite::Alerte,
    titre: "Chaque partie siège au comité de suivi",
    pourquoi: "Une partie absente du comité apprend les difficultés trop tard et ne peut être saisie. La règle se tait tant que le comité n'est pas composé ; les mandataires ne sont pas visés.",
    remede: "ajoutez la partie au comité de suivi (« suivi.comite »).",
    references: &[&PACA, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/suivi/comite", "/parties"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(comite) = contexte.contrat.suivi.valeur().and_then(|s| s.comite.valeur()) else { return };
    for signataire in contexte.contrat.signataires() {
        if !comite.iter().any(|m| m.partie.valeur().is_some_and(|p| p.as_str() == signataire.id())) {
            findings.signaler(
                "/suivi/comite",
                format!("« {} » ne siège pas au comité de suivi.", contexte.partie(signataire.id())),
            );
        }
    }
}
