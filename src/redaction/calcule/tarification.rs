//! The computed values about the fixing of tariffs: the mode of each authority and year, and who fixes without the
//! adversarial procedure.

use crate::contrat::moyens::ModeTarif;
use crate::contrat::{Contrat, Fondement};
use crate::formats::enumerer;
use crate::regles::fondement::est_obligatoire;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// How the tariffs are fixed: `modes` by authority and mode, with their years; `sans_procedure`, the authorities whose
/// yearly fixing is out of the adversarial procedure (CASF R. 314-42, I), and whether they are all.
pub(super) fn tarification(contrat: &Contrat, fondement: Fondement) -> Json {
    let lignes = contrat.moyens.valeur().map_or(&[][..], |m| m.evolution.elements());
    let mut autorites: Vec<&str> = Vec::new();
    let mut par_mode: BTreeMap<(&str, ModeTarif), BTreeSet<u16>> = BTreeMap::new();
    for ligne in lignes {
        let id = ligne.autorite.as_str();
        if !autorites.contains(&id) {
            autorites.push(id);
        }
        if let Some(mode) = ligne.mode.valeur() {
            par_mode.entry((id, *mode)).or_default().insert(ligne.annee.valeur());
        }
    }
    let obligatoire = est_obligatoire(fondement);
    let exclue = |id: &str| {
        let modes: Vec<Option<ModeTarif>> =
            lignes.iter().filter(|l| l.autorite.as_str() == id).map(|l| l.mode.valeur().copied()).collect();
        let annuels = modes.contains(&Some(ModeTarif::AvenantsAnnuels));
        !annuels && (obligatoire || modes.iter().all(Option::is_some))
    };
    let sans_procedure: Vec<&str> = autorites.iter().copied().filter(|id| exclue(id)).collect();
    // Authorities that fix alike are said together.
    let mut modes: Vec<(ModeTarif, &BTreeSet<u16>, Vec<&str>)> = Vec::new();
    for ((autorite, mode), annees) in autorites.iter().flat_map(|id| par_mode.iter().filter(move |((a, _), _)| a == id))
    {
        match modes.iter_mut().find(|(m, a, _)| m == mode && *a == annees) {
            Some((_, _, ensemble)) => ensemble.push(autorite),
            None => modes.push((*mode, annees, vec![autorite])),
        }
    }
    let modes: Vec<Json> = modes
        .into_iter()
        .map(|(mode, annees, ensemble)| {
            json!({ "autorites": ensemble, "libelle": mode.libelle(), "rang": rang(mode), "annees": en_mots(annees) })
        })
        .collect();
    json!({ "modes": modes, "toutes": sans_procedure.len() == autorites.len(), "sans_procedure": sans_procedure })
}

/// The item of CASF R. 314-40.
fn rang(mode: ModeTarif) -> &'static str {
    match mode {
        ModeTarif::TauxOuObjectif => "1°",
        ModeTarif::Formule => "2°",
        ModeTarif::AvenantsAnnuels => "3°",
        ModeTarif::EquationOuPlafond => "4°",
    }
}

/// « 2026 à 2030 », « 2026, 2028 et 2029 ».
fn en_mots(annees: &BTreeSet<u16>) -> String {
    let (Some(premiere), Some(derniere)) = (annees.first(), annees.last()) else { return String::new() };
    if annees.len() > 2 && usize::from(derniere - premiere) + 1 == annees.len() {
        return format!("{premiere} à {derniere}");
    }
    enumerer(&annees.iter().map(ToString::to_string).collect::<Vec<_>>())
}
