//! BUD-001: the groups of a budget add up to its declared total.

use crate::regles::comptes::depenses;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_40};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-001",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "La somme des groupes est le total déclaré du budget",
    pourquoi: "Un budget dont les groupes ne font pas le total ne peut être tarifé ni exécuté. Les montants sont comparés au centime, sans tolérance. La règle se tait si un groupe manque ; un groupe déclaré sans objet compte pour zéro.",
    remede: "corrigez un groupe ou le total ; sans total annoncé, cpom le calcule.",
    references: &[&R314_40, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/moyens/budgets", "/perimetre/etablissements/*/nom"],
    consequences: &["BUD-002", "BUD-003"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for budget in contexte.budgets() {
        let (Some(declare), Some(somme)) = (valeur(&budget.valeur.total_declare), depenses(budget.valeur, None)) else {
            continue;
        };
        if declare != somme {
            let id = budget.valeur.etablissement.as_str();
            let nom = contexte.nom_de(id);
            findings.signaler(
                budget.pointeur("total_declare"),
                format!("Le budget de « {nom} » déclare {declare} ; ses groupes de dépenses font {somme}."),
            );
        }
    }
}
