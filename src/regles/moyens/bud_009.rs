//! BUD-009: each year of the contract has its money, its rule, or « non fixé ».

use crate::formats::enumerer;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::R314_40;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "BUD-009",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Chaque année du contrat a un montant, une règle d'évolution ou « non fixé »",
    pourquoi: "Le volet financier couvre toute la durée du contrat : une année muette laisse le gestionnaire sans base. Est examinée chaque autorité qui finance (budgets, dotations) ; une dotation chiffrée ou une ligne d'évolution, même « non fixe », suffit. La règle se tait sans dates ou tant que rien n'est financé.",
    remede: "ajoutez la ligne d'évolution de l'année, au besoin « non fixe ».",
    references: &[&R314_40],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_40, DateChoisie::Effet),
    derogeable: true,
    lit: &["/periode", "/moyens/budgets", "/moyens/dotations", "/moyens/evolution", "/parties/autorites/*/id"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let budgets = contexte.budgets().filter_map(|b| b.valeur.financeur.valeur()).map(|id| id.as_str());
    let dotees = contexte.dotations().map(|d| d.valeur.autorite.as_str());
    let financeurs: BTreeSet<&str> = budgets.chain(dotees).filter(|id| contexte.autorite(id).is_some()).collect();
    let chiffrees = contexte
        .dotations()
        .filter(|d| !d.valeur.montant.est_absent())
        .map(|d| (d.valeur.autorite.as_str(), d.valeur.annee.valeur()));
    let reglees = moyens.evolution.elements().iter().map(|e| (e.autorite.as_str(), e.annee.valeur()));
    let couvertes: BTreeSet<(&str, u16)> = chiffrees.chain(reglees).collect();
    for financeur in financeurs {
        let manquantes: Vec<String> = contexte
            .annees()
            .into_iter()
            .filter(|annee| u16::try_from(*annee).is_ok_and(|a| !couvertes.contains(&(financeur, a))))
            .map(|annee| annee.to_string())
            .collect();
        if !manquantes.is_empty() {
            findings.signaler(
                "/moyens/evolution",
                format!(
                    "« {} » n'a ni dotation ni règle d'évolution pour {}.",
                    contexte.partie(financeur),
                    enumerer(&manquantes)
                ),
            );
        }
    }
}
