//! Turns the years and dates of the contract file into checked ones, with the arithmetic of contracts.
//! It must not know today's date.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::erreurs::ErreurValeur;

/// A year from 1990 to 2100; an integer in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Annee(u16);

impl Annee {
    const PREMIERE: u16 = 1990;
    const DERNIERE: u16 = 2100;

    /// The year, if it is in the range a contract can name.
    pub fn new(annee: i64) -> Result<Self, ErreurValeur> {
        u16::try_from(annee)
            .ok()
            .filter(|a| (Self::PREMIERE..=Self::DERNIERE).contains(a))
            .map(Self)
            .ok_or_else(|| ErreurValeur::Annee(annee.to_string()))
    }

    /// The number of the year.
    pub fn valeur(self) -> u16 {
        self.0
    }

    /// The year after; 2100 stays 2100.
    #[must_use]
    pub fn suivante(self) -> Self {
        Self((self.0 + 1).min(Self::DERNIERE))
    }

    /// The year before; 1990 stays 1990.
    #[must_use]
    pub fn precedente(self) -> Self {
        Self((self.0 - 1).max(Self::PREMIERE))
    }

    /// The 1st of January.
    pub fn debut(self) -> Date {
        Date(civil::date(self.annee_civile(), 1, 1))
    }

    /// The 31st of December.
    pub fn fin(self) -> Date {
        Date(civil::date(self.annee_civile(), 12, 31))
    }

    fn annee_civile(self) -> i16 {
        i16::try_from(self.0).expect("a checked year fits in 16 bits")
    }
}

impl fmt::Display for Annee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Annee {
    type Err = ErreurValeur;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        if texte.len() == 4 && texte.bytes().all(|b| b.is_ascii_digit()) {
            Self::new(texte.parse().unwrap_or_default())
        } else {
            Err(ErreurValeur::Annee(texte.to_owned()))
        }
    }
}

impl Serialize for Annee {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl<'de> Deserialize<'de> for Annee {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // `u16` rather than `any`: a year that is the key of a map arrives as a text that serde turns
        // into a number only if it is asked for one.
        deserializer.deserialize_u16(VisiteurAnnee)
    }
}

struct VisiteurAnnee;

impl Visitor<'_> for VisiteurAnnee {
    type Value = Annee;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une année (quatre chiffres, de 1990 à 2100)")
    }

    fn visit_u64<E: de::Error>(self, valeur: u64) -> Result<Annee, E> {
        Annee::new(i64::try_from(valeur).unwrap_or(i64::MAX)).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, valeur: i64) -> Result<Annee, E> {
        Annee::new(valeur).map_err(E::custom)
    }

    /// JSON Schema holds `2026.0` for an integer: so do we.
    fn visit_f64<E: de::Error>(self, valeur: f64) -> Result<Annee, E> {
        if valeur.fract() == 0.0 && valeur.abs() < 1e6 {
            Annee::new(valeur as i64).map_err(E::custom)
        } else {
            Err(E::custom(ErreurValeur::Annee(valeur.to_string())))
        }
    }
}

impl JsonSchema for Annee {
    fn schema_name() -> Cow<'static, str> {
        "Annee".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "minimum": Self::PREMIERE,
            "maximum": Self::DERNIERE,
            "title": "Année",
            "description": "Une année, en quatre chiffres.",
            "examples": [2026]
        })
    }
}

/// A civil date; `AAAA-MM-JJ` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// The months, from January.
pub const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

impl Date {
    /// A date from its year, month and day, if it exists.
    pub fn new(annee: i16, mois: i8, jour: i8) -> Option<Self> {
        civil::Date::new(annee, mois, jour).ok().map(Self)
    }

    /// The same day so many months later (or earlier); the last day of the month when there is none.
    #[must_use]
    pub fn plus_mois(self, mois: i16) -> Self {
        Self(self.0.saturating_add(i32::from(mois).months()))
    }

    /// The same day so many years later (or earlier); 29 February becomes 28 in ordinary years.
    #[must_use]
    pub fn plus_annees(self, annees: i16) -> Self {
        // A calendar span holds 19 998 years at most.
        Self(self.0.saturating_add(annees.clamp(-19_998, 19_998).years()))
    }

    /// The same date so many days later (or earlier).
    #[must_use]
    pub fn plus_jours(self, jours: i32) -> Self {
        // A calendar span holds 7 304 484 days at most.
        Self(self.0.saturating_add(jours.clamp(-7_304_484, 7_304_484).days()))
    }

    /// The day before.
    #[must_use]
    pub fn veille(self) -> Self {
        self.plus_jours(-1)
    }

    /// The day after.
    #[must_use]
    pub fn lendemain(self) -> Self {
        self.plus_jours(1)
    }

    /// The calendar year.
    pub fn annee(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1 to 12.
    pub fn mois(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1 to 31.
    pub fn jour(self) -> i8 {
        self.0.day()
    }

    /// `AAAA-MM-JJ`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.annee(), self.mois(), self.jour())
    }

    /// The date of the calendar library, for what is not here.
    pub fn civile(self) -> civil::Date {
        self.0
    }
}

impl FromStr for Date {
    type Err = ErreurValeur;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        let refus = || ErreurValeur::Date(texte.to_owned());
        let parties: Vec<&str> = texte.split('-').collect();
        let tailles: Vec<usize> = parties.iter().map(|p| p.len()).collect();
        if !parties.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit())) {
            return Err(refus());
        }
        match (parties.as_slice(), tailles.as_slice()) {
            ([annee, mois, jour], [4, 2, 2]) => {
                let (Ok(a), Ok(m), Ok(j)) = (annee.parse(), mois.parse(), jour.parse()) else {
                    return Err(refus());
                };
                Self::new(a, m, j).ok_or_else(refus)
            }
            (_, [4, 2]) => Err(ErreurValeur::MoisSeul(texte.to_owned())),
            _ => Err(refus()),
        }
    }
}

/// « 31 mars 2026 », « 1er avril 2026 »: the day and the month are never parted.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rang = usize::try_from(self.mois() - 1).unwrap_or_default();
        let suffixe = if self.jour() == 1 { "er" } else { "" };
        let mois = MOIS.get(rang).copied().unwrap_or_default();
        write!(f, "{}{suffixe}\u{a0}{mois} {}", self.jour(), self.annee())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    // No pattern beside the format: one wrong date would be told twice.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date",
            "title": "Date",
            "description": "Une date : année, mois et jour (AAAA-MM-JJ).",
            "examples": ["2026-03-31"]
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn date(texte: &str) -> Date {
        texte.parse().expect("a date")
    }

    #[test]
    fn contracts_are_extended_by_months_and_years_and_end_the_day_before() {
        assert_eq!(date("2026-01-31").plus_mois(1), date("2026-02-28"));
        assert_eq!(date("2024-02-29").plus_annees(5), date("2029-02-28"));
        assert_eq!(date("2022-01-01").plus_annees(5).veille(), date("2026-12-31"));
        assert!(date("2026-01-31") < date("2026-02-01"));
        assert_eq!(date("9999-12-31").lendemain(), date("9999-12-31"));
        assert_eq!(date("2026-03-31").plus_annees(i16::MIN), date("2026-03-31").plus_jours(i32::MIN));
    }

    #[test]
    fn a_month_alone_has_its_own_message() {
        let erreur = "2026-05".parse::<Date>().expect_err("a month");
        assert!(erreur.to_string().contains("« 2026-05 » est un mois"));
        for texte in ["", "2026", "2026-2-3", "2026-02-30", "31/03/2026", "2026-03-31T00:00", "+026-01-01", "2026-é-1"]
        {
            assert!(matches!(texte.parse::<Date>(), Err(ErreurValeur::Date(_))), "{texte}");
        }
    }

    #[test]
    fn dates_are_printed_in_french() {
        assert_eq!(date("2026-04-01").to_string(), "1er\u{a0}avril 2026");
        assert_eq!(date("2026-08-31").to_string(), "31\u{a0}août 2026");
        assert_eq!(serde_json::to_string(&date("2026-08-31")).expect("json"), "\"2026-08-31\"");
    }

    #[test]
    fn a_year_is_an_integer_and_may_be_the_key_of_a_map() {
        assert_eq!(serde_json::from_str::<Annee>("2026").expect("a year").valeur(), 2026);
        for json in ["1989", "2101", "2026.5", "-5", "\"2026\"", "99999999999999999999"] {
            assert!(serde_json::from_str::<Annee>(json).is_err(), "{json}");
        }
        let valeur = serde_json::json!({"2025": 1, "2026": 2});
        let carte: BTreeMap<Annee, i32> = serde_json::from_value(valeur.clone()).expect("a map");
        assert_eq!(serde_json::to_value(&carte).expect("json"), valeur);
        assert_eq!(Annee::new(2026).expect("a year").fin(), date("2026-12-31"));
    }
}
