//! The texts of FINESS → clean ones: spaces, dates, addresses, départements.

use super::extrait::Note;
use crate::contrat::identifiants::Date;
use crate::nomenclatures::departement;
use std::str::FromStr;

/// Trimmed, spaces collapsed; what a former system wrote « \ » is « / ».
pub(super) fn net(texte: &str) -> Option<String> {
    let texte = texte.replace('\\', "/");
    let texte = texte.split_whitespace().collect::<Vec<_>>().join(" ");
    (!texte.is_empty()).then_some(texte)
}

/// Years before the first that a register can hold.
const PREMIERE_ANNEE: i32 = 1850;
/// Years after the extraction that a decision may announce.
const ANNEES_A_VENIR: i32 = 5;

/// Reads the dates of a file, and tells those that cannot be.
pub(super) struct Dates<'n> {
    /// The day of the file, when it says it.
    pub du_fichier: Option<&'n str>,
    pub notes: &'n mut Vec<Note>,
}

impl Dates<'_> {
    /// The day (`AAAA-MM-JJ`), or nothing and a word when it is absurd.
    pub(super) fn lire(&mut self, numero: &str, quoi: &str, texte: Option<&str>) -> Option<String> {
        let texte = texte?;
        let jour = texte.get(..10)?;
        let annee: i32 = jour.get(..4)?.parse().ok()?;
        let max = self.du_fichier.and_then(|d| d.get(..4)?.parse::<i32>().ok()).map(|a| a + ANNEES_A_VENIR);
        let absurde = annee < PREMIERE_ANNEE || max.is_some_and(|max| annee > max);
        if absurde || Date::from_str(jour).is_err() {
            let message = format!("{quoi} : la date « {jour} » ne se peut pas ; elle n'est pas reprise.");
            self.notes.push(Note { numero: numero.to_owned(), message });
            return None;
        }
        Some(jour.to_owned())
    }

    /// A day of the past only: after that of the file, it is told and left.
    pub(super) fn passee(&mut self, numero: &str, quoi: &str, texte: Option<&str>) -> Option<String> {
        let jour = self.lire(numero, quoi, texte)?;
        match self.du_fichier {
            Some(fichier) if jour.as_str() > fichier => {
                let message = format!(
                    "{quoi} : la date « {jour} » est après celle du fichier ({fichier}) ; elle n'est pas reprise."
                );
                self.notes.push(Note { numero: numero.to_owned(), message });
                None
            }
            _ => Some(jour),
        }
    }
}

/// An address on one line: « 5 RUE DU LYCEE, 01000 BOURG EN BRESSE ».
pub(super) fn adresse(voie: &[Option<&str>], ville: &[Option<&str>]) -> Option<String> {
    let joindre = |parties: &[Option<&str>]| {
        let mots: Vec<String> = parties.iter().flatten().filter_map(|p| net(p)).collect();
        (!mots.is_empty()).then(|| mots.join(" "))
    };
    let parties: Vec<String> = [joindre(voie), joindre(ville)].into_iter().flatten().collect();
    (!parties.is_empty()).then(|| parties.join(", "))
}

/// The département of an INSEE code of commune (« 01053 », « 2A004 », « 97302 »).
pub(super) fn departement_de_commune(commune: &str) -> Option<String> {
    let longueur = if commune.starts_with("97") { 3 } else { 2 };
    connu(commune.get(..longueur)?)
}

/// The département of a former line: its own code, or that of the postal code overseas (FINESS has letters of its own there).
pub(super) fn departement_etalab(code: &str, acheminement: &str) -> Option<String> {
    match acheminement.get(..5) {
        // Saint-Barthélemy and Saint-Martin, which are not in Guadeloupe.
        Some("97133" | "97150") => None,
        Some(postal) if postal.starts_with("97") => connu(postal.get(..3)?),
        _ => connu(code),
    }
}

fn connu(code: &str) -> Option<String> {
    departement(code).map(|d| d.code.to_owned())
}
