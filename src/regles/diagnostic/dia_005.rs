//! DIA-005: the diagnosis records strengths too.

use crate::contrat::diagnostic::NatureConstat;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-005",
    famille: Famille::Diagnostic,
    severite: Severite::Information,
    titre: "Le diagnostic relève aussi des forces",
    pourquoi: "Un diagnostic qui ne dit que les difficultés se partage mal, et prive les objectifs de leurs appuis.",
    remede: "ajoutez au moins une force sur laquelle les objectifs peuvent s'appuyer.",
    references: &[&ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/constats"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let natures: Vec<NatureConstat> = contexte.constats().filter_map(|c| c.valeur.nature.valeur().copied()).collect();
    if !natures.is_empty() && !natures.contains(&NatureConstat::Force) {
        findings.signaler("/diagnostic/constats", "Le diagnostic ne relève aucune force.");
    }
}
