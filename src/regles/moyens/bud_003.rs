//! BUD-003: budgets add up to the totals, and shares to the grants.

use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::TotalDeclare;
use crate::regles::comptes::{annee, depenses};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_40, R314_43_1};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-003",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Les budgets font les totaux déclarés, et les parts font les dotations",
    pourquoi: "Des totaux qui ne s'accordent pas entre annexes sont la première cause de renvoi d'un contrat. Chaque total déclaré est comparé à la somme des budgets de son année, de son financeur et de son groupe ; chaque dotation à la somme de sa répartition, au centime. La règle se tait si un budget est incomplet ou vise un établissement inconnu.",
    remede: "corrigez le total, ou le budget qui s'en écarte.",
    references: &[&R314_40, &R314_43_1, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/moyens/totaux_declares",
        "/moyens/dotations",
        "/perimetre/etablissements/*/id",
        "/perimetre/etablissements/*/gestionnaire",
    ],
    consequences: &["BUD-005", "BUD-008", "BUD-010"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let totaux = contexte.moyens().map_or(&[][..], |m| m.totaux_declares.elements());
    for (rang, total) in totaux.iter().enumerate() {
        if let Some(somme) = somme_des_budgets(contexte, total).filter(|s| *s != total.montant) {
            findings.signaler(
                format!("/moyens/totaux_declares/{rang}/montant"),
                format!(
                    "Le total déclaré{} est de {} ; la somme des budgets est de {somme}.",
                    portee(contexte, total),
                    total.montant
                ),
            );
        }
    }
    for dotation in contexte.dotations() {
        let parts = dotation.valeur.repartition.elements();
        let Some(montant) = valeur(&dotation.valeur.montant).filter(|_| !parts.is_empty()) else { continue };
        let somme: Montant = parts.iter().map(|p| p.montant).sum();
        if somme != montant {
            findings.signaler(
                dotation.pointeur("montant"),
                format!(
                    "La dotation {} de « {} » est de {montant} ; sa répartition fait {somme}.",
                    dotation.valeur.annee,
                    contexte.partie(dotation.valeur.autorite.as_str())
                ),
            );
        }
    }
}

/// The sum of the budgets that a total covers; `None` when there is none or when one is incomplete.
fn somme_des_budgets(contexte: &Context<'_>, total: &TotalDeclare) -> Option<Montant> {
    let reference = contexte.moyens()?.annee_reference.valeur();
    let voulue = total.annee.valeur().or(reference).map(|a| a.valeur());
    let groupe = valeur(&total.groupe).map(|g| g.0);
    let financeur = total.financeur.valeur();
    let mut somme = None;
    for budget in contexte.budgets().map(|b| b.valeur) {
        if annee(contexte, budget) != voulue || financeur.is_some_and(|f| budget.financeur.valeur() != Some(f)) {
            continue;
        }
        let etablissement = contexte.etablissement(budget.etablissement.as_str())?;
        let gestionnaire = total.gestionnaire.valeur();
        if gestionnaire.is_some_and(|g| etablissement.valeur.gestionnaire.valeur() != Some(g)) {
            continue;
        }
        // A budget that gives its total only has no groups to add.
        let declare = || groupe.is_none().then(|| valeur(&budget.total_declare)).flatten();
        somme = Some(somme.unwrap_or_default() + depenses(budget, groupe).or_else(declare)?);
    }
    somme
}

/// « pour 2025, du groupe 2, de « ars-paca » ».
fn portee(contexte: &Context<'_>, total: &TotalDeclare) -> String {
    let reference = contexte.moyens().and_then(|m| m.annee_reference.valeur());
    let annee = total.annee.valeur().or(reference).map(|a| format!(" pour {a}")).unwrap_or_default();
    let groupe = valeur(&total.groupe).map(|g| format!(", groupe {}", g.0)).unwrap_or_default();
    let financeur = total
        .financeur
        .valeur()
        .map(|f| format!(", financeur « {} »", contexte.partie(f.as_str())))
        .unwrap_or_default();
    format!("{annee}{groupe}{financeur}")
}
