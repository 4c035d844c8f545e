//! Budgets read as accounts: complete totals, years, funders. An incomplete budget has no total: what adds it up
//! says nothing.

use crate::contrat::champ::Champ;
use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::{Budget, Groupes};
use crate::regles::context::Context;
use std::collections::BTreeMap;

/// The amount of one group, or of the three; `None` while one of them is missing.
pub fn depenses(budget: &Budget, groupe: Option<u8>) -> Option<Montant> {
    montant(budget.depenses.valeur()?, groupe)
}

/// Revenue of the three groups; `None` while one is missing.
pub fn recettes(budget: &Budget) -> Option<Montant> {
    montant(budget.recettes.valeur()?, None)
}

/// The expenses of each establishment that has a budget, of one group or of the three: those of the year of reference, else of its last
/// year; `None` while a budget is incomplete.
pub fn par_etablissement<'a>(contexte: &Context<'a>, groupe: Option<u8>) -> BTreeMap<&'a str, Option<Montant>> {
    let reference = contexte.moyens().and_then(|m| m.annee_reference.valeur()).map(|a| a.valeur());
    let mut annees: BTreeMap<&str, Option<u16>> = BTreeMap::new();
    for budget in contexte.contrat.budgets() {
        let ici = annee(contexte, budget);
        let choisie = annees.entry(budget.etablissement.as_str()).or_insert(ici);
        if *choisie != reference && (ici == reference || ici > *choisie) {
            *choisie = ici;
        }
    }
    let mut sommes: BTreeMap<&str, Option<Montant>> = BTreeMap::new();
    for budget in contexte.contrat.budgets() {
        let id = budget.etablissement.as_str();
        if annees.get(id) == Some(&annee(contexte, budget)) {
            let somme = sommes.entry(id).or_insert(Some(Montant::default()));
            *somme = somme.zip(depenses(budget, groupe)).map(|(a, b)| a + b);
        }
    }
    sommes
}

/// A group declared without object counts for nothing.
fn montant(groupes: &Groupes, groupe: Option<u8>) -> Option<Montant> {
    let un = |champ: &Champ<Montant>| match champ {
        Champ::Absent => None,
        Champ::NonApplicable(_) => Some(Montant::default()),
        Champ::Valeur(montant) => Some(*montant),
    };
    match groupe {
        None => Some(un(&groupes.groupe_1)? + un(&groupes.groupe_2)? + un(&groupes.groupe_3)?),
        Some(1) => un(&groupes.groupe_1),
        Some(2) => un(&groupes.groupe_2),
        Some(3) => un(&groupes.groupe_3),
        Some(_) => None,
    }
}

/// The year of a budget: its own, else the reference year.
pub fn annee(contexte: &Context<'_>, budget: &Budget) -> Option<u16> {
    let reference = || contexte.moyens().and_then(|m| m.annee_reference.valeur());
    budget.annee.valeur().or_else(reference).map(|a| a.valeur())
}
