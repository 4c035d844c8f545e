//! DAT-007: management dialogues: the model's years and their number.

use crate::formats::{compte, enumerer};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{ANAP, PACA};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "DAT-007",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "Les dialogues de gestion sont prévus à mi-parcours, à la fin et en nombre suffisant",
    pourquoi: "Sans rendez-vous, les objectifs ne sont ni suivis ni corrigés. Les fiches de l'ANAP demandent un dialogue la troisième année et la dernière ; un modèle peut fixer d'autres années (paramètre « dialogues ») et un nombre minimal. La règle se tait si la période ou la liste des dialogues manque.",
    remede: "ajoutez le dialogue qui manque à « suivi.dialogues ».",
    references: &[&ANAP, &PACA],
    limites: &[Limite {
        nom: "nombre",
        valeur: Seuil::Fixe(2.0),
        unite: "dialogues",
        libelle: "nombre minimal de dialogues (usage : mi-parcours et final)",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/periode", "/suivi/dialogues"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(suivi) = contexte.contrat.suivi.valeur() else { return };
    let Some(dialogues) = suivi.dialogues.valeur() else { return };
    let annees = contexte.contrat.periode.annees();
    let derniere = annees.last().copied();
    let prevues: BTreeSet<i16> = dialogues.iter().flat_map(|d| d.annees(derniere)).collect();
    if contexte.debut().is_some() && !annees.is_empty() {
        let manquantes: Vec<String> = rangs(contexte, annees.len())
            .into_iter()
            .filter_map(|rang| annees.get(rang - 1))
            .filter(|annee| !prevues.contains(annee))
            .map(ToString::to_string)
            .collect();
        if !manquantes.is_empty() {
            findings.signaler(
                "/suivi/dialogues",
                format!("Aucun dialogue de gestion n'est prévu en {}.", enumerer(&manquantes)),
            );
            return;
        }
    }
    let minimum = findings.limite("nombre").map_or(0, |n| n as usize);
    let nombre: usize = dialogues.iter().map(|d| d.annees(derniere).len() * d.par_an()).sum();
    if nombre < minimum {
        findings.signaler(
            "/suivi/dialogues",
            format!("Le contrat prévoit {} ; il en faut {minimum} au moins.", compte(nombre, "dialogue")),
        );
    }
}

/// The ranks of the years that need a dialogue: the model's, else the third and the last.
fn rangs(contexte: &Context<'_>, duree: usize) -> BTreeSet<usize> {
    let du_modele = contexte.valeur_du_parametre("dialogues").and_then(|v| v.as_array());
    let mut rangs: BTreeSet<usize> = match du_modele {
        Some(rangs) => rangs.iter().filter_map(|r| usize::try_from(r.as_u64()?).ok()).collect(),
        None => BTreeSet::from([3, duree]),
    };
    rangs.retain(|rang| (1..=duree).contains(rang));
    rangs
}
