//! Turns a FINESS category code into the number of the I of article L. 312-1 of the CASF that it belongs to, and who is competent for it.
//! It must not know the contract.
//!
//! The article L. 313-3 says who authorises by that number and by who pays (social aid of the département, health insurance); which of
//! the two pays for a category is what the project infers from the services that it gives. A category whose payer varies has no line.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::lignes;

/// Who may be competent for a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competences {
    /// The number of the list (« 7° »).
    pub numero: &'static str,
    /// Values of the key `competence` of the contract.
    pub admises: Vec<&'static str>,
}

static COMPETENCES: LazyLock<HashMap<&'static str, Competences>> = LazyLock::new(|| {
    lignes(include_str!("donnees/competences.csv"))
        .map(|ligne| {
            let admises = ligne.liste("competences");
            (ligne.cellule("code"), Competences { numero: ligne.cellule("numero"), admises })
        })
        .collect()
});

/// Who may be competent for a category, when the law and the services that it gives say so.
pub fn competences(categorie: &str) -> Option<&'static Competences> {
    COMPETENCES.get(categorie)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nomenclatures::categories;

    #[test]
    fn every_line_is_of_a_category_and_of_known_competences() {
        assert!(!COMPETENCES.is_empty());
        for (code, competences) in COMPETENCES.iter() {
            assert!(categories().iter().any(|c| c.code == *code), "{code}");
            assert!(!competences.admises.is_empty(), "{code}");
            for admise in &competences.admises {
                assert!(["ars", "departement", "conjointe"].contains(admise), "{code}: {admise}");
            }
        }
    }

    #[test]
    fn the_law_is_read_by_the_number_of_the_list() {
        assert_eq!(competences("255").map(|c| c.admises.as_slice()), Some(["ars"].as_slice()));
        assert_eq!(
            competences("190").map(|c| (c.numero, c.admises.as_slice())),
            Some(("3°", ["conjointe"].as_slice()))
        );
        assert_eq!(competences("370"), None);
    }
}
