//! Words → the thing that a number before them counts.

use super::categories::{Sorte, sorte};
use super::mots::Phrase;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objet {
    Places,
    /// « établissements et services », « ESMS », « structures ».
    Structures,
    /// « établissements » alone: with or without the services.
    Etablissements,
    Services,
    Sorte(&'static Sorte),
    Fiches,
    Objectifs,
    Axes,
    /// « jeunes adultes », whom a text may say maintained.
    JeunesAdultes,
}

/// What begins at a word, and where it ends.
pub fn objet(phrase: &Phrase<'_>, debut: usize) -> Option<(Objet, usize)> {
    let mot = |rang: usize| phrase.nu(debut + rang);
    let (objet, longueur) = match mot(0) {
        "place" | "places" => (Objet::Places, 1),
        "etablissement" | "etablissements" if matches!(mot(1), "et" | "ou") && mot(2).starts_with("service") => {
            (Objet::Structures, 3)
        }
        "etablissements" if mot(1) == "sociaux" && mot(2) == "et" && mot(3) == "medico" => (Objet::Structures, 5),
        "etablissements" if mot(1) == "medico" => (Objet::Structures, 3),
        "esms" | "essms" | "structures" => (Objet::Structures, 1),
        "etablissements" => (Objet::Etablissements, 1),
        "services" => (Objet::Services, 1),
        "fiches" | "fiche" if matches!(mot(1), "action" | "actions") => (Objet::Fiches, 2),
        "fiches" => (Objet::Fiches, 1),
        "objectifs" => (Objet::Objectifs, 1),
        "axes" => (Objet::Axes, 1),
        "jeunes" if mot(1) == "adultes" => (Objet::JeunesAdultes, 2),
        _ => return sorte(phrase, debut).map(|(sorte, fin)| (Objet::Sorte(sorte), fin)),
    };
    Some((objet, debut + longueur + qualifies(phrase, objet, debut + longueur)))
}

/// Words that say nothing less than the thing itself: « médico-sociaux », « stratégiques », « autorisées ».
fn qualifies(phrase: &Phrase<'_>, objet: Objet, rang: usize) -> usize {
    if rang.checked_sub(1).and_then(|r| phrase.mots.get(r)).is_none_or(|m| m.ponctue()) {
        return 0;
    }
    match (objet, phrase.nu(rang)) {
        (Objet::Places, "autorisees" | "installees" | "financees" | "agreees") => 1,
        (Objet::Axes, "strategiques") | (Objet::Objectifs, "operationnels") => 1,
        (Objet::Structures, "medico") if phrase.nu(rang + 1).starts_with("socia") => 2,
        (Objet::Structures, "sociales") if phrase.suite(rang + 1, &["et", "medico", "sociales"]) => 4,
        _ => 0,
    }
}

/// Whether a text may name a thing that is counted: told before anything is cut, an accent parting two words.
pub fn peut_nommer(texte: &str) -> bool {
    const DEBUTS: [&[u8]; 25] = [
        b"place",
        b"tablissement",
        b"structure",
        b"service",
        b"fiche",
        b"objectif",
        b"axe",
        b"jeune",
        b"foyer",
        b"institut",
        b"maison",
        b"centre",
        b"sidence",
        b"village",
        b"pouponni",
        b"aire",
        b"bureau",
        b"entreprise",
        b"club",
        b"logement",
        b"jardin",
        b"interm",
        b"lieu",
        b"unit",
        b"pension",
    ];
    texte.as_bytes().split(|o| !o.is_ascii_alphabetic()).filter(|mot| mot.len() > 1).any(|mot| {
        let sigle = mot.iter().take(2).all(u8::is_ascii_uppercase);
        sigle
            || DEBUTS.iter().any(|d| {
                mot.len() >= d.len() && mot[0].eq_ignore_ascii_case(&d[0]) && mot[..d.len()].eq_ignore_ascii_case(d)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::super::categories::noms;
    use super::*;

    #[test]
    fn every_kind_is_named_in_a_text_that_may_name_something() {
        assert!(noms().count() > 60);
        for nom in noms() {
            assert!(peut_nommer(nom), "{nom}");
        }
        assert!(!peut_nommer("les familles ont deux enfants"));
    }
}
