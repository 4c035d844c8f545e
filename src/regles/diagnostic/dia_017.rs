//! DIA-017: a definitive contract whose diagnosis is dated.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-017",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Le diagnostic d'un contrat définitif est daté",
    pourquoi: "Un diagnostic sans date ne dit pas de quelle situation partent les objectifs, et nul ne peut juger s'il est trop ancien. La règle ne vaut que pour un contrat définitif ; elle se tait tant que le diagnostic n'est pas écrit.",
    remede: "donnez le jour où le diagnostic a été arrêté.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    let ecrit = !diagnostic.constats.elements().is_empty() || !diagnostic.situation_financiere.elements().is_empty();
    if ecrit && diagnostic.date.est_absent() && contexte.definitif() {
        findings.signaler("/diagnostic/date", "Le diagnostic n'est pas daté.");
    }
}
