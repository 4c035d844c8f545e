//! Turns a FINESS category code into its labels and what it implies (public, service or establishment).
//! It must not know the contract.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Genre;
use super::table::lignes;

/// A category of establishment in FINESS (three digits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Categorie {
    pub code: &'static str,
    /// Label of the nomenclature, abbreviations included.
    pub libelle: &'static str,
    pub libelle_court: &'static str,
    /// Aggregate of level 2: `4100` disabled children, `4300` disabled adults, `4400` elderly…
    pub agregat: &'static str,
    pub sous_agregat: &'static str,
    pub libelle_sous_agregat: &'static str,
    /// Date (`AAAA-MM-JJ`) from which the nomenclature no longer uses the code.
    pub deprecie: Option<&'static str>,
    /// The category to use instead of a deprecated one.
    pub remplace_par: Option<&'static str>,
    /// « Institut médico-éducatif (IME) ».
    pub libelle_imprime: &'static str,
    /// « IME », when the field uses one.
    pub sigle: Option<&'static str>,
    /// Other names that people write, former ones included; never printed.
    pub usuels: Vec<&'static str>,
    pub genre: Genre,
    pub public: Public,
    /// A service (SESSAD, SAVS, CMPP…) rather than an establishment.
    pub service: bool,
}

impl Categorie {
    /// The short name of the field if there is one, the printed label otherwise.
    pub fn nom_court(&self) -> &'static str {
        self.sigle.unwrap_or(self.libelle_imprime)
    }

    /// The category that replaces this one, if it is deprecated and has a successor.
    pub fn remplacante(&self) -> Option<&'static Categorie> {
        self.remplace_par.and_then(categorie)
    }
}

/// Whom a category is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Public {
    Enfants,
    Adultes,
    Ages,
    Tous,
}

static CATEGORIES: LazyLock<Vec<Categorie>> = LazyLock::new(|| {
    lignes(include_str!("donnees/categories.csv"))
        .map(|ligne| Categorie {
            code: ligne.cellule("code"),
            libelle: ligne.cellule("libelle"),
            libelle_court: ligne.cellule("libelle_court"),
            agregat: ligne.cellule("agregat"),
            sous_agregat: ligne.cellule("sous_agregat"),
            libelle_sous_agregat: ligne.cellule("libelle_sous_agregat"),
            deprecie: ligne.facultative("deprecie"),
            remplace_par: ligne.facultative("remplace_par"),
            libelle_imprime: ligne.cellule("libelle_imprime"),
            sigle: ligne.facultative("sigle"),
            usuels: ligne.liste("usuels"),
            genre: Genre::lu(ligne.cellule("genre")),
            public: match ligne.cellule("public") {
                "enfants" => Public::Enfants,
                "adultes" => Public::Adultes,
                "ages" => Public::Ages,
                "tous" => Public::Tous,
                autre => unreachable!("embedded table: public « {autre} »"),
            },
            service: ligne.cellule("service") == "oui",
        })
        .collect()
});

static PAR_CODE: LazyLock<HashMap<&'static str, &'static Categorie>> =
    LazyLock::new(|| CATEGORIES.iter().map(|c| (c.code, c)).collect());

/// The category of a code (« 183 »), deprecated ones included.
pub fn categorie(code: &str) -> Option<&'static Categorie> {
    PAR_CODE.get(code).copied()
}

/// All categories, by code.
pub fn categories() -> &'static [Categorie] {
    &CATEGORIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ime_is_printed_in_full_with_its_short_name() {
        let ime = categorie("183").expect("183 exists");
        assert_eq!(ime.libelle_imprime, "Institut médico-éducatif (IME)");
        assert_eq!((ime.nom_court(), ime.public, ime.service), ("IME", Public::Enfants, false));
        let sessad = categorie("182").expect("182 exists");
        assert!(sessad.service && !sessad.genre.feminin());
        assert!(categorie("255").expect("255 exists").genre.feminin());
    }

    #[test]
    fn categories_withdrawn_in_2018_name_their_successor() {
        for (ancienne, nouvelle) in [("437", "EAM"), ("252", "EANM"), ("253", "EANM")] {
            let ancienne = categorie(ancienne).expect("still known");
            assert_eq!(ancienne.deprecie, Some("2018-10-26"));
            assert_eq!(ancienne.remplacante().and_then(|c| c.sigle), Some(nouvelle));
        }
    }

    #[test]
    fn the_2026_labels_are_applied() {
        assert_eq!(categorie("209").expect("209").sigle, Some("SAAS"));
        assert_eq!(categorie("460").expect("460").libelle, "Service autonomie aide (SAA)");
        assert!(categorie("640").is_some() && categorie("242").is_some());
    }

    #[test]
    fn printed_labels_hold_no_dotted_abbreviation_and_end_with_their_short_name() {
        assert!(categories().len() >= 86);
        for c in categories() {
            let imprime = c.libelle_imprime;
            assert!(!imprime.is_empty() && !imprime.contains('.'), "{imprime}");
            assert!(imprime.chars().next().is_some_and(char::is_uppercase), "{imprime}");
            assert!(c.code.len() == 3 && categorie(c.code) == Some(c), "{}", c.code);
            assert!(c.remplace_par.is_none() || c.remplacante().is_some(), "{}", c.code);
        }
    }
}
