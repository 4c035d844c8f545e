//! Two versions of a contract: which remarks are new, which are solved.

use super::Ligne;
use crate::formats::compte;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What another version of the contract had.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(description = "Les remarques affichées sont nouvelles depuis l'autre version ; celles-ci n'y sont plus.")]
pub struct Comparaison {
    #[schemars(description = "Fichiers de l'autre version.")]
    pub fichiers: Vec<String>,
    #[schemars(description = "Remarques de l'autre version qui n'ont plus lieu d'être.")]
    pub resolues: Vec<Ligne>,
    #[schemars(description = "Nombre de remarques communes aux deux versions, non affichées.")]
    pub inchangees: usize,
}

impl Comparaison {
    /// « 2 nouvelles, 1 résolue, 4 inchangées (non affichées) ».
    pub fn en_mots(&self, nouvelles: usize) -> String {
        let inchangees = compte(self.inchangees, "inchangée");
        let non_affichees = match self.inchangees {
            0 => "",
            1 => " (non affichée)",
            _ => " (non affichées)",
        };
        let (nouvelles, resolues) = (compte(nouvelles, "nouvelle"), compte(self.resolues.len(), "résolue"));
        format!("{nouvelles}, {resolues}, {inchangees}{non_affichees}")
    }
}

/// The lines that the others have not, as many times as they miss, and how many they share.
pub(super) fn absentes(lignes: &[Ligne], autres: &[Ligne]) -> (Vec<Ligne>, usize) {
    let mut connues: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for autre in autres {
        *connues.entry((&autre.remarque.code, &autre.stable)).or_insert(0) += 1;
    }
    let mut restent = Vec::new();
    for ligne in lignes {
        match connues.get_mut(&(ligne.remarque.code.as_str(), ligne.stable.as_str())) {
            Some(n) if *n > 0 => *n -= 1,
            _ => restent.push(ligne.clone()),
        }
    }
    let communes = lignes.len() - restent.len();
    (restent, communes)
}
