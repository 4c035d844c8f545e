//! BUD-012: each included establishment has a budget.

use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{PACA, R314_40};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "BUD-012",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Chaque établissement inclus a un budget de référence",
    pourquoi: "Un établissement sans budget n'a pas de moyens au contrat. Un établissement à ouvrir peut n'en avoir que plus tard ; la règle se tait tant qu'aucun budget n'est écrit, ou s'ils sont déclarés sans objet.",
    remede: "ajoutez le budget de référence de l'établissement, ou excluez-le du périmètre avec un motif.",
    references: &[&R314_40, &PACA],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/budgets/*/etablissement",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["BUD-003"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let dotes: BTreeSet<&str> = contexte.budgets().map(|b| b.valeur.etablissement.as_str()).collect();
    if dotes.is_empty() {
        return;
    }
    for etablissement in contexte.inclus() {
        let e = etablissement.valeur;
        if !dotes.contains(e.id.as_str()) && e.ouverture_prevue.est_absent() {
            findings.signaler(etablissement.pointeur(""), format!("« {} » n'a pas de budget de référence.", nom(e)));
        }
    }
}
