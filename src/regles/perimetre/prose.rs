//! Counts written in a free text: a number, in figures or in words, and what it counts.

use crate::formats::en_lettres;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objet {
    Etablissements,
    Fiches,
    Places,
}

/// A count found in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Decompte {
    pub nombre: usize,
    pub objet: Objet,
    /// As written: « environ 30 fiches ».
    pub mots: String,
}

/// Largest number read in words.
const LETTRES_MAX: usize = 999;
/// Words of the longest one.
const MOTS_MAX: usize = 6;

static EN_LETTRES: LazyLock<HashMap<String, usize>> =
    LazyLock::new(|| (1..=LETTRES_MAX).filter_map(|n| Some((en_lettres(i64::try_from(n).ok()?), n))).collect());

/// Words before a number that make it a part of the whole.
const PARTIEL_AVANT: [&str; 5] = ["dont", "parmi", "ces", "les", "autres"];
/// Words after the thing counted that make it a part of the whole.
const PARTIEL_APRES: [&str; 14] =
    ["du", "de", "des", "d", "sur", "parmi", "dont", "au", "pour", "en", "à", "relevant", "concernés", "concernées"];

/// The counts of a text, in order; a partial one is left out, and so is what is not clearly a total.
pub fn nombres(texte: &str) -> Vec<Decompte> {
    let mots: Vec<&str> = texte.split_whitespace().collect();
    let nus: Vec<String> = mots.iter().map(|m| nu(m)).collect();
    (1..nus.len()).filter_map(|place| decompte(&mots, &nus, place)).collect()
}

/// The count whose object begins at a place.
fn decompte(mots: &[&str], nus: &[String], place: usize) -> Option<Decompte> {
    let (objet, longueur) = objet(nus, place)?;
    let (nombre, debut) = nombre_avant(nus, place)?;
    let apres = nus.get(place + longueur).map(String::as_str).unwrap_or_default();
    let ponctue = mots.get(place + longueur - 1).is_some_and(|m| m.ends_with([',', ';', '.', ':', ')']));
    let avant = debut.checked_sub(1).and_then(|rang| nus.get(rang)).map(String::as_str).unwrap_or_default();
    if PARTIEL_AVANT.contains(&avant) || (!ponctue && objet != Objet::Places && PARTIEL_APRES.contains(&apres)) {
        return None;
    }
    let debut = if avant == "environ" { debut - 1 } else { debut };
    let mots = mots.get(debut..place + longueur)?.join(" ");
    Some(Decompte { nombre, objet, mots: mots.trim_end_matches([',', ';', '.', ':', ')']).to_owned() })
}

/// What begins at a place, and how many words it takes.
fn objet(nus: &[String], place: usize) -> Option<(Objet, usize)> {
    let mot = |rang: usize| nus.get(place + rang).map(String::as_str).unwrap_or_default();
    match mot(0) {
        "établissements" if matches!(mot(1), "et" | "ou") && mot(2) == "services" => Some((Objet::Etablissements, 3)),
        "esms" | "essms" => Some((Objet::Etablissements, 1)),
        "fiches" if matches!(mot(1), "action" | "actions") => Some((Objet::Fiches, 2)),
        "fiches" | "fiches-action" | "fiches-actions" => Some((Objet::Fiches, 1)),
        "places" if mot(1) == "au" && mot(2) == "total" => Some((Objet::Places, 3)),
        _ => None,
    }
}

/// The number that ends just before a place, and where it begins: figures, else the longest words.
fn nombre_avant(nus: &[String], place: usize) -> Option<(usize, usize)> {
    let dernier = place.checked_sub(1)?;
    if let Ok(nombre) = nus.get(dernier)?.parse() {
        // « 1 204 » in two words.
        let milliers = dernier.checked_sub(1).and_then(|rang| Some((nus.get(rang)?.parse::<usize>().ok()?, rang)));
        return Some(match milliers {
            Some((mille, rang)) if nus.get(dernier)?.len() == 3 && mille < 1000 => (mille * 1000 + nombre, rang),
            _ => (nombre, dernier),
        });
    }
    (1..=MOTS_MAX)
        .rev()
        .filter_map(|n| place.checked_sub(n))
        .find_map(|debut| EN_LETTRES.get(&nus.get(debut..place)?.join(" ")).map(|n| (*n, debut)))
}

/// A word alone: lower case, without the punctuation around it.
fn nu(mot: &str) -> String {
    mot.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lus(texte: &str) -> Vec<(usize, Objet)> {
        nombres(texte).into_iter().map(|d| (d.nombre, d.objet)).collect()
    }

    #[test]
    fn totals_are_read_in_figures_and_in_words() {
        assert_eq!(lus("Le contrat porte sur huit établissements et services."), [(8, Objet::Etablissements)]);
        assert_eq!(lus("Les actions tiennent dans environ 30 fiches."), [(30, Objet::Fiches)]);
        assert_eq!(
            lus("Vingt-cinq fiches actions, soit 1 204 places au total."),
            [(25, Objet::Fiches), (1204, Objet::Places)]
        );
        assert_eq!(nombres("dans environ 30 fiches.")[0].mots, "environ 30 fiches");
    }

    #[test]
    fn partial_counts_and_other_numbers_are_left_out() {
        for texte in [
            "dont trois établissements et services",
            "Trois établissements et services du pôle enfance",
            "une section de huit places",
            "quatre fiches pour le siège",
            "parmi 15 ESMS",
            "les établissements et services",
            "établissements et services",
            "",
        ] {
            assert_eq!(lus(texte), [], "{texte}");
        }
    }
}
