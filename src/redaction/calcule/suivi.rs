//! What templates know of the follow-up beyond the contract's own keys: the contracts renewed, the years of dialogue.

use crate::contrat::Contrat;
use crate::contrat::identifiants::Date;
use crate::contrat::suivi::{Dialogue, TypeDialogue};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// The contracts that this one renews: reference, identifiers of the gestionnaires whose contract it was, last day,
/// and whether they are over when this one takes effect.
pub fn renouveles(contrat: &Contrat) -> Json {
    let debut = contrat.periode.debut.valeur().copied();
    contrat
        .periode
        .renouveles()
        .into_iter()
        .map(|r| {
            json!({
                "reference": r.reference,
                "gestionnaires": r.gestionnaires.iter().map(|g| g.as_str()).collect::<Vec<_>>(),
                "fin": r.fin.map(Date::iso),
                "acheve": matches!((r.fin, debut), (Some(fin), Some(debut)) if fin < debut),
            })
        })
        .collect()
}

/// All dialogues together: how many, in which years, and the years of those that have a role.
pub fn dialogues(contrat: &Contrat) -> Json {
    let annees = contrat.periode.annees();
    let derniere = annees.last().copied();
    let dialogues = contrat.dialogues();
    let du_type = |convient: &dyn Fn(&Dialogue) -> bool| -> BTreeSet<i16> {
        dialogues.iter().filter(|d| convient(d)).flat_map(|d| d.annees(derniere)).collect()
    };
    let de = |genre: TypeDialogue| du_type(&|d| d.r#type.valeur() == Some(&genre));
    let toutes = du_type(&|_| true);
    let nombre: usize = dialogues.iter().map(|d| d.annees(derniere).len() * d.par_an()).sum();
    json!({
        "nombre": nombre,
        "annees": toutes,
        // Every year of the contract has its own.
        "chaque_annee": !annees.is_empty() && annees.iter().all(|a| toutes.contains(a)),
        "mi_parcours": de(TypeDialogue::MiParcours),
        "final": de(TypeDialogue::Final),
        "lignes": dialogues.iter().map(|d| d.annees(derniere)).collect::<Vec<_>>(),
    })
}
