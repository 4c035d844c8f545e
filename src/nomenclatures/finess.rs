//! The codes of the activities that FINESS holds → their labels, and what we propose to read in each: mode of care of a
//! contract, authority that fixes tariffs. FINESS files bear no label. It must not know the contract: what it proposes are words.
//!
//! Sources (Agence du numérique en santé, licence ouverte), with the date of each table: TRE_R404 of 23/02/2026 for the modes (54 added
//! on 29/06/2026), TRE_R403 of 23/02/2026 for the publics, TRE_R280 and R401 of 23/02/2026 for the activities, TRE_R74 of
//! 22/12/2025 for the ways of fixing tariffs. What is proposed is ours.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Public;
use super::categories::categorie;
use super::table::{Ligne, lignes};

/// A code of one of the four tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFiness {
    pub code: &'static str,
    pub libelle: &'static str,
    /// No longer given; living establishments may still bear it.
    pub retire: bool,
}

/// A mode of functioning (R404), and the modes of care of a contract that it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mode {
    pub code: CodeFiness,
    /// The first one, unless the condition asks for the second.
    pub modalites: Vec<&'static str>,
    condition: &'static str,
    /// It covers several modes of care: the reader shares the places out.
    pub agrege: bool,
}

/// What the places of an activity are to the capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emploi {
    Places,
    /// Comprised in the places of a mode of care, never added.
    Dont,
    /// An activity without places.
    HorsCapacite,
}

/// A way of fixing tariffs (R74).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tarification {
    pub code: CodeFiness,
    /// The competence that it says: « ars », « departement », « conjointe », or nothing.
    pub competence: Option<&'static str>,
    pub aide_sociale: Option<bool>,
}

impl Mode {
    /// The mode of care that is proposed for an activity of an establishment of that category.
    pub fn modalite(&self, categorie_et: &str, activite: &str) -> &'static str {
        let seconde = match self.condition {
            "enfants" => categorie(categorie_et).is_none_or(|c| c.public != Public::Enfants),
            "travail" => matches!(categorie_et, "246" | "247") || matches!(activite, "908" | "909"),
            "domicile" => matches!(categorie_et, "209" | "354" | "460"),
            // The third of three: the places of an ESAT.
            "esat" if categorie_et == "246" => return self.modalites.get(2).copied().unwrap_or(AUTRE),
            _ => false,
        };
        self.modalites.get(usize::from(seconde)).or(self.modalites.first()).copied().unwrap_or(AUTRE)
    }
}

const AUTRE: &str = "autre";

fn code(ligne: &Ligne, retire: bool) -> CodeFiness {
    CodeFiness { code: ligne.cellule("code"), libelle: ligne.cellule("libelle"), retire }
}

fn avec_retires(ligne: &Ligne) -> CodeFiness {
    code(ligne, ligne.facultative("retire").is_some())
}

static MODES: LazyLock<HashMap<&'static str, Mode>> = LazyLock::new(|| {
    let mode = |ligne: Ligne| Mode {
        code: avec_retires(&ligne),
        modalites: ligne.liste("modalites"),
        condition: ligne.cellule("condition"),
        agrege: ligne.facultative("agrege").is_some(),
    };
    lignes(include_str!("donnees/finess_modes.csv")).map(|ligne| (ligne.cellule("code"), mode(ligne))).collect()
});

static PUBLICS: LazyLock<HashMap<&'static str, CodeFiness>> = LazyLock::new(|| {
    lignes(include_str!("donnees/finess_publics.csv")).map(|l| (l.cellule("code"), avec_retires(&l))).collect()
});

static ACTIVITES: LazyLock<HashMap<&'static str, (CodeFiness, Emploi)>> = LazyLock::new(|| {
    let emploi = |ligne: &Ligne| match ligne.cellule("emploi") {
        "dont" => Emploi::Dont,
        "hors_capacite" => Emploi::HorsCapacite,
        _ => Emploi::Places,
    };
    lignes(include_str!("donnees/finess_activites.csv"))
        .map(|l| (l.cellule("code"), (code(&l, false), emploi(&l))))
        .collect()
});

static TARIFICATIONS: LazyLock<HashMap<&'static str, Tarification>> = LazyLock::new(|| {
    let tarification = |ligne: Ligne| Tarification {
        code: avec_retires(&ligne),
        competence: ligne.facultative("competence"),
        aide_sociale: ligne.facultative("aide_sociale").map(|mot| mot == "oui"),
    };
    lignes(include_str!("donnees/finess_tarification.csv"))
        .map(|ligne| (ligne.cellule("code"), tarification(ligne)))
        .collect()
});

/// The mode of functioning of a code (« 21 »).
pub fn mode(code: &str) -> Option<&'static Mode> {
    MODES.get(code)
}

/// The public of a code (« 437 »).
pub fn public(code: &str) -> Option<&'static CodeFiness> {
    PUBLICS.get(code)
}

/// The activity of a code (« 844 »); retired ones are not held, and still met.
pub fn activite(code: &str) -> Option<&'static CodeFiness> {
    ACTIVITES.get(code).map(|(activite, _)| activite)
}

/// What the places of an activity are; those of a code that is not known are places.
pub fn emploi(code: &str) -> Emploi {
    ACTIVITES.get(code).map_or(Emploi::Places, |(_, emploi)| *emploi)
}

/// The way of fixing tariffs of a code (« 57 »).
pub fn tarification(code: &str) -> Option<&'static Tarification> {
    TARIFICATIONS.get(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_the_tables_read_and_hold_what_they_should() {
        assert_eq!((MODES.len(), PUBLICS.len(), ACTIVITES.len(), TARIFICATIONS.len()), (33, 123, 90, 52));
        assert!(MODES.values().all(|mode| !mode.modalites.is_empty()));
        let connues = [None, Some("ars"), Some("departement"), Some("conjointe")];
        assert!(TARIFICATIONS.values().all(|t| connues.contains(&t.competence)));
    }

    #[test]
    fn a_mode_of_functioning_is_read_with_the_category() {
        let modalite =
            |mode: &str, categorie: &str, activite: &str| super::mode(mode).map(|m| m.modalite(categorie, activite));
        assert_eq!(modalite("11", "183", "844"), Some("internat"));
        assert_eq!(modalite("11", "500", "924"), Some("hebergement_permanent"));
        assert_eq!(modalite("14", "246", "908"), Some("travail"));
        assert_eq!(modalite("14", "183", "844"), Some("externat"));
        assert_eq!(modalite("16", "354", "358"), Some("domicile"));
        assert_eq!(modalite("16", "182", "844"), Some("milieu_ordinaire"));
        assert_eq!(modalite("47", "246", "908"), Some("travail"));
        assert_eq!(modalite("47", "183", "844"), Some("accueil_jour"));
        assert!(super::mode("47").is_some_and(|m| m.agrege) && super::mode("12").is_some_and(|m| m.code.retire));
    }

    #[test]
    fn tariffs_say_who_is_competent_unless_they_do_not() {
        let dit = |code: &str| tarification(code).and_then(|t| t.competence);
        assert_eq!(
            (dit("08"), dit("34"), dit("09"), dit("57"), dit("99")),
            (Some("departement"), Some("ars"), Some("conjointe"), None, None)
        );
        assert_eq!(emploi("962"), Emploi::Dont);
        assert_eq!((emploi("410"), emploi("936")), (Emploi::HorsCapacite, Emploi::Places));
    }
}
