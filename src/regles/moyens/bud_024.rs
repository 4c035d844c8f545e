//! BUD-024: a budget is given once.

use crate::regles::comptes::annee;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "BUD-024",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Un budget n'est donné qu'une fois",
    pourquoi: "Deux budgets pour un même établissement, un même financeur, une même année et une même section se comptent deux fois dans tous les totaux. Il en va de même de deux dotations d'une autorité pour une année, un gestionnaire, et de deux lignes d'évolution.",
    remede: "réunissez les deux éléments, ou corrigez l'année, le financeur ou la section de l'un d'eux.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/moyens/dotations",
        "/moyens/evolution",
        "/perimetre/etablissements/*/nom",
        "/parties/autorites",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut budgets = BTreeSet::new();
    for budget in contexte.budgets() {
        let b = budget.valeur;
        let financeur = b.financeur.valeur().map(|f| f.as_str());
        let annee = annee(contexte, b);
        if !budgets.insert((b.etablissement.as_str(), financeur, annee, b.section.valeur())) {
            let etablissement = contexte.nom_de(b.etablissement.as_str());
            let annee = annee.map(|a| format!(" {a}")).unwrap_or_default();
            let par = financeur.map(|f| format!(" par « {} »", contexte.partie(f))).unwrap_or_default();
            findings.signaler(
                budget.pointeur(""),
                format!("Le budget{annee} de « {etablissement} »{par} est donné deux fois."),
            );
        }
    }
    let mut dotations = BTreeSet::new();
    for dotation in contexte.dotations() {
        let d = dotation.valeur;
        let gestionnaire = d.gestionnaire.valeur().map(|g| g.as_str());
        if !dotations.insert((d.autorite.as_str(), d.annee.valeur(), gestionnaire)) {
            findings.signaler(
                dotation.pointeur(""),
                format!(
                    "La dotation {} de « {} » est donnée deux fois.",
                    d.annee,
                    contexte.partie(d.autorite.as_str())
                ),
            );
        }
    }
    let mut evolutions = BTreeSet::new();
    let lignes = contexte.moyens().map_or(&[][..], |m| m.evolution.elements());
    for (rang, ligne) in lignes.iter().enumerate() {
        let gestionnaire = ligne.gestionnaire.valeur().map(|g| g.as_str());
        let regle = ligne.regle.valeur().map(|r| r.as_str());
        if !evolutions.insert((ligne.autorite.as_str(), ligne.annee.valeur(), gestionnaire, ligne.mode.valeur(), regle))
        {
            findings.signaler(
                format!("/moyens/evolution/{rang}"),
                format!(
                    "L'évolution {} de « {} » est donnée deux fois.",
                    ligne.annee,
                    contexte.partie(ligne.autorite.as_str())
                ),
            );
        }
    }
}
