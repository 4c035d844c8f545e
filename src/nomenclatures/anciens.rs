//! Turns a category and a day into the label in use that day: a contract of 2014 is not written in the words of 2026.
//! It must not know the contract.
//!
//! Sources: décret n° 2017-982 of 9 May 2017 (EAM, EANM), décret n° 2023-608 of 13 July 2023 (services autonomie à
//! domicile), décret n° 2020-1216 of 2 October 2020 (ESRP, ESPO), loi n° 2015-1776 (résidences autonomie).

use std::sync::LazyLock;

use super::Categorie;
use super::table::lignes;

/// A label and the first day when it was no longer used.
struct Ancien {
    code: &'static str,
    avant: &'static str,
    libelle: &'static str,
    sigle: Option<&'static str>,
}

static ANCIENS: LazyLock<Vec<Ancien>> = LazyLock::new(|| {
    lignes(include_str!("donnees/libelles_anciens.csv"))
        .map(|ligne| Ancien {
            code: ligne.cellule("code"),
            avant: ligne.cellule("avant"),
            libelle: ligne.cellule("libelle_imprime"),
            sigle: ligne.facultative("sigle"),
        })
        .collect()
});

impl Categorie {
    /// What is printed of the category on a day (`AAAA-MM-JJ`): its label and its short name. Without a day, those
    /// of today.
    pub fn mots_au(&self, jour: Option<&str>) -> (&'static str, &'static str) {
        let ancien = jour.and_then(|jour| ANCIENS.iter().find(|a| a.code == self.code && jour < a.avant));
        match ancien {
            Some(ancien) => (ancien.libelle, ancien.sigle.unwrap_or(ancien.libelle)),
            None => (self.libelle_imprime, self.nom_court()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::categorie;
    use super::*;

    #[test]
    fn a_label_is_that_of_the_day() {
        let eanm = categorie("449").expect("449");
        assert_eq!(eanm.mots_au(Some("2014-06-01")).0, "Foyer pour adultes handicapés");
        assert_eq!(eanm.mots_au(Some("2017-05-10")).1, "EANM");
        assert_eq!(eanm.mots_au(None).1, "EANM");
        let saad = categorie("460").expect("460");
        assert_eq!((saad.mots_au(Some("2021-01-01")).1, saad.mots_au(Some("2026-01-01")).1), ("SAAD", "SAA"));
        assert_eq!(categorie("183").map(|c| c.mots_au(Some("1990-01-01")).1), Some("IME"));
    }

    #[test]
    fn each_older_label_is_that_of_a_known_category() {
        for a in ANCIENS.iter() {
            let connue = categorie(a.code).expect(a.code);
            assert!(a.libelle != connue.libelle_imprime && a.avant.len() == 10, "{}", a.code);
            assert!(a.sigle.is_none_or(|s| a.libelle.ends_with(&format!("({s})"))), "{}", a.code);
        }
    }
}
