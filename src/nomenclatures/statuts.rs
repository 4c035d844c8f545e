//! Turns a FINESS legal status code into its label, its nature and the words that name a body of that
//! status (« la fondation », « de l'association »). It must not know the contract.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Genre;
use super::table::lignes;

/// A legal status in FINESS (two digits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statut {
    pub code: &'static str,
    pub libelle: &'static str,
    /// Aggregate: `1100` and `1200` are public.
    pub agregat: &'static str,
    pub nature: Nature,
    /// The common noun: « association », « établissement public social et médico-social départemental ».
    pub libelle_imprime: &'static str,
    pub genre: Genre,
    /// With its article: « l'association ».
    pub le: &'static str,
    /// After « de »: « de l'association », « du groupement… ».
    pub de: &'static str,
    /// Other names that people write (« CCAS »); never printed.
    pub usuels: Vec<&'static str>,
}

impl Statut {
    /// Public body: decides fungibility (CASF R. 314-235), the calendar and the chart of accounts.
    pub fn public(&self) -> bool {
        self.nature == Nature::Public
    }
}

/// The nature of a legal status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    Public,
    PriveNonLucratif,
    PriveCommercial,
    Etranger,
}

static STATUTS: LazyLock<Vec<Statut>> = LazyLock::new(|| {
    lignes(include_str!("donnees/statuts.csv"))
        .map(|ligne| Statut {
            code: ligne.cellule("code"),
            libelle: ligne.cellule("libelle"),
            agregat: ligne.cellule("agregat"),
            nature: match ligne.cellule("nature") {
                "public" => Nature::Public,
                "prive_non_lucratif" => Nature::PriveNonLucratif,
                "prive_commercial" => Nature::PriveCommercial,
                "etranger" => Nature::Etranger,
                autre => unreachable!("embedded table: nature « {autre} »"),
            },
            libelle_imprime: ligne.cellule("libelle_imprime"),
            genre: Genre::lu(ligne.cellule("genre")),
            le: ligne.cellule("le"),
            de: ligne.cellule("de"),
            usuels: ligne.liste("usuels"),
        })
        .collect()
});

static PAR_CODE: LazyLock<HashMap<&'static str, &'static Statut>> =
    LazyLock::new(|| STATUTS.iter().map(|s| (s.code, s)).collect());

/// The legal status of a code (« 60 »).
pub fn statut(code: &str) -> Option<&'static Statut> {
    PAR_CODE.get(code).copied()
}

/// All legal statuses, by code.
pub fn statuts() -> &'static [Statut] {
    &STATUTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_an_article_that_agrees() {
        assert_eq!(statuts().len(), 69);
        for s in statuts() {
            let attendu = match s.le.strip_prefix("le ") {
                Some(nom) => format!("du {nom}"),
                None => format!("de {}", s.le),
            };
            assert_eq!(s.de, attendu);
            assert!(s.le.ends_with(s.libelle_imprime), "{}", s.code);
            assert!(!s.le.starts_with("la ") || s.genre.feminin(), "{}", s.code);
            assert!(!s.le.starts_with("le ") || !s.genre.feminin(), "{}", s.code);
            assert_eq!(s.public(), matches!(s.agregat, "1100" | "1200"), "{}", s.code);
        }
    }

    #[test]
    fn the_usual_gestionnaires_are_named() {
        let le = |code| statut(code).map(|s| s.le);
        assert_eq!(le("60"), Some("l'association"));
        assert_eq!(le("63"), Some("la fondation"));
        assert_eq!(le("19"), Some("l'établissement public social et médico-social départemental"));
        assert!(statut("60").is_some_and(|s| s.genre.feminin() && !s.public()));
    }
}
