//! The values that the law sets, each at its dates: what a clause prints and what a rule compares with, read at the day
//! that the contract chooses.
//!
//! They are data (`valeurs.json`, schema `schemas/valeurs.schema.json`): a change of law is one dated line there.

use super::periode::dans;
use crate::contrat::identifiants::Date;
use crate::schema::generation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const DONNEES: &str = include_str!("valeurs.json");

/// The file of the values.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Valeurs {
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    pub valeurs: Vec<Valeur>,
}

/// A value that the law sets, with what it was and what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Valeur {
    /// Identifiant, que les clauses et les règles emploient
    pub id: String,
    /// Ce que la valeur est, en une phrase
    pub libelle: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unite: Option<String>,
    /// La date du contrat qui la choisit
    pub selon: DateChoisie,
    /// Ses valeurs, de la plus ancienne à la plus récente
    pub valeurs: Vec<Datee>,
}

/// The date that says which texts hold; the other one when it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateChoisie {
    /// La signature du contrat
    Signature,
    /// La prise d'effet du contrat
    Effet,
    /// L'année du chiffre ou du versement ; à défaut, la prise d'effet
    Annee,
}

/// What a value is between two days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Datee {
    /// Premier jour
    pub du: Date,
    /// Dernier jour ; absent : encore en vigueur
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub au: Option<Date>,
    pub valeur: serde_json::Value,
    /// Les textes qui la fixent (identifiants de « textes.json »)
    pub textes: Vec<String>,
}

/// The days of a contract that choose between the states of the law.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Jours {
    pub signature: Option<Date>,
    pub effet: Option<Date>,
}

impl Jours {
    /// Every choice falls on one day.
    pub fn au(jour: Option<Date>) -> Self {
        Jours { signature: jour, effet: jour }
    }

    pub fn choisi(&self, choisie: DateChoisie) -> Option<Date> {
        match choisie {
            DateChoisie::Signature => self.signature.or(self.effet),
            DateChoisie::Effet | DateChoisie::Annee => self.effet.or(self.signature),
        }
    }
}

impl DateChoisie {
    /// « à la date de signature du contrat ».
    pub fn en_mots(self) -> &'static str {
        match self {
            DateChoisie::Signature => "à la date de signature du contrat",
            DateChoisie::Effet => "à la date d'effet du contrat",
            DateChoisie::Annee => "à l'année du chiffre",
        }
    }
}

impl Valeur {
    /// What it is at a day; on an unknown one, what it is now. Nothing where no text sets it.
    pub fn datee(&self, jour: Option<Date>) -> Option<&Datee> {
        match jour {
            Some(jour) => self.valeurs.iter().rev().find(|v| dans(jour, Some(v.du), v.au)),
            None => self.valeurs.last().filter(|v| v.au.is_none()),
        }
    }

    /// What it is for a contract, or for a year of it.
    pub fn pour(&self, jours: Jours, annee: Option<i16>) -> Option<&Datee> {
        let de_l_annee = annee.filter(|_| self.selon == DateChoisie::Annee).and_then(|a| Date::new(a, 1, 1));
        self.datee(de_l_annee.or_else(|| jours.choisi(self.selon)))
    }

    /// « depuis le 27 juillet 2019, à la date de signature du contrat ».
    pub fn periode(&self) -> String {
        let selon = self.selon.en_mots();
        match (self.valeurs.first(), self.valeurs.last()) {
            (Some(premiere), Some(derniere)) => match derniere.au {
                Some(au) => format!("du {} au {au}, {selon}", premiere.du),
                None => format!("depuis le {}, {selon}", premiere.du),
            },
            _ => selon.into(),
        }
    }
}

static VALEURS: LazyLock<Valeurs> = LazyLock::new(|| serde_json::from_str(DONNEES).unwrap_or_default());

static PAR_ID: LazyLock<BTreeMap<&'static str, &'static Valeur>> =
    LazyLock::new(|| VALEURS.valeurs.iter().map(|v| (v.id.as_str(), v)).collect());

/// All values, in the order of their file.
pub fn valeurs() -> &'static [Valeur] {
    &VALEURS.valeurs
}

/// The value of an identifier.
pub fn valeur(id: &str) -> Option<&'static Valeur> {
    PAR_ID.get(id).copied()
}

/// The number that the law sets for a contract.
pub fn nombre(id: &str, jours: Jours) -> Option<f64> {
    valeur(id)?.pour(jours, None)?.valeur.as_f64()
}

/// The schema of the file, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Valeurs>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::droit::{Etat, texte};

    fn jour(iso: &str) -> Date {
        iso.parse().expect("a date")
    }

    #[test]
    fn the_file_is_read_and_no_two_values_share_an_identifier() {
        serde_json::from_str::<Valeurs>(DONNEES).expect("the file follows its types");
        assert!(valeurs().len() > 20);
        assert_eq!(PAR_ID.len(), valeurs().len());
    }

    #[test]
    fn the_states_of_a_value_follow_one_another() {
        for valeur in valeurs() {
            let bornees = valeur.valeurs.iter().all(|v| v.au.is_none_or(|au| v.du <= au));
            let suivies = valeur.valeurs.windows(2).all(|v| v[0].au.is_some_and(|au| au < v[1].du));
            assert!(bornees && suivies && !valeur.valeurs.is_empty(), "{}", valeur.id);
        }
    }

    #[test]
    fn a_value_rests_on_texts_that_are_known_and_in_force_at_its_first_day() {
        for (valeur, datee) in valeurs().iter().flat_map(|v| v.valeurs.iter().map(move |d| (v, d))) {
            assert!(!datee.textes.is_empty(), "{}", valeur.id);
            let fondee = datee.textes.iter().any(|id| {
                let texte = texte(id).unwrap_or_else(|| panic!("{}: {id} is no text", valeur.id));
                assert_ne!(texte.lecture.etat, Etat::NonLu, "{}: {id} was not read", valeur.id);
                texte.version_au(datee.du).is_some()
            });
            assert!(fondee, "{}: no text of {} is in force then", valeur.id, datee.du);
        }
    }

    #[test]
    fn a_value_is_that_of_the_day_that_it_chooses() {
        let jours = Jours { signature: Some(jour("2019-07-26")), effet: Some(jour("2020-01-01")) };
        assert_eq!(nombre("duree_prorogee", jours), Some(5.0));
        assert_eq!(nombre("duree_prorogee", Jours::au(Some(jour("2019-07-27")))), Some(6.0));
        assert_eq!(nombre("duree_prorogee", Jours::default()), Some(6.0), "of an unknown day, the law of today");
        assert_eq!(nombre("part_de_l_ecart", jours), Some(50.0));
        assert_eq!(nombre("part_de_l_ecart", Jours::au(Some(jour("2014-06-01")))), None);
    }

    #[test]
    fn the_year_of_a_figure_comes_before_the_days_of_the_contract() {
        let acompte = valeur("acompte_departement").expect("the interim payments");
        let jours = Jours::au(Some(jour("2020-01-01")));
        let dit = |annee| acompte.pour(jours, annee).map(|d| d.valeur.clone());
        assert_eq!(dit(Some(2015)), Some("annee_precedente".into()));
        assert_eq!(dit(None), Some("sans_tarif_provisoire".into()));
    }
}
