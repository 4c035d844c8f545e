//! ACT-005: three years in a row are given.

use super::designation::designer;
use crate::formats::enumerer;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-005",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "L'activité réalisée est donnée pour trois années qui se suivent",
    pourquoi: "La moyenne de référence se calcule sur trois ans ; une année absente sans motif laisse croire à un choix. Une année sans activité s'écrit {\"non_applicable\": motif}. Un établissement à ouvrir n'est pas visé ; la règle se tait quand rien n'est encore donné.",
    remede: "ajoutez l'année qui manque, ou déclarez-la sans objet avec son motif.",
    references: &[&PACA, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/activite", "/perimetre/etablissements/*/ouverture_prevue", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for activite in contexte.activites() {
        let a = activite.valeur;
        let ouvrira = contexte
            .etablissement(a.etablissement.as_str())
            .is_some_and(|e| e.valeur.ouverture_prevue.valeur().is_some());
        let Some(realise) = a.realise.valeur().filter(|_| !ouvrira) else { continue };
        // Whatever the keys say, only years are compared.
        let annees: Vec<i32> =
            realise.keys().filter_map(|annee| annee.parse().ok()).filter(|n| (1900..2200).contains(n)).collect();
        let (Some(premiere), Some(derniere)) = (annees.iter().min(), annees.iter().max()) else { continue };
        let attendues = (derniere - 2).min(*premiere)..=*derniere;
        let manquantes: Vec<String> = attendues.filter(|n| !annees.contains(n)).map(|n| n.to_string()).collect();
        if !manquantes.is_empty() && manquantes.len() < 12 {
            findings.signaler(
                activite.pointeur("realise"),
                format!("L'activité de {} n'est pas donnée pour {}.", designer(contexte, a), enumerer(&manquantes)),
            );
        }
    }
}
