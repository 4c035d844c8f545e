//! Turns the numbers of the contract file into exact amounts and rates, in integers. It must not know what
//! they measure.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::erreurs::ErreurValeur;

/// An amount in cents of euro; in JSON, a number of euros with two decimals at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Montant(i64);

impl Montant {
    pub const ZERO: Montant = Montant(0);

    /// An amount from its cents.
    pub fn depuis_centimes(centimes: i64) -> Self {
        Self(centimes)
    }

    /// The cents.
    pub fn centimes(self) -> i64 {
        self.0
    }

    /// The sum, unless it overflows.
    pub fn plus(self, autre: Self) -> Option<Self> {
        self.0.checked_add(autre.0).map(Self)
    }

    /// The amount without its sign.
    #[must_use]
    pub fn valeur_absolue(self) -> Self {
        Self(self.0.saturating_abs())
    }

    fn depuis_euros(euros: f64) -> Result<Self, ErreurValeur> {
        decimal(euros, 2)
            .filter(|_| euros.abs() <= 1e13)
            .map(Self)
            .ok_or_else(|| ErreurValeur::Montant(euros.to_string()))
    }
}

/// Saturating: an amount read from a file is at most 10^13 euros, so a sum of 9 000 of them is exact.
impl Add for Montant {
    type Output = Self;

    fn add(self, autre: Self) -> Self {
        Self(self.0.saturating_add(autre.0))
    }
}

impl AddAssign for Montant {
    fn add_assign(&mut self, autre: Self) {
        *self = *self + autre;
    }
}

impl Sub for Montant {
    type Output = Self;

    fn sub(self, autre: Self) -> Self {
        Self(self.0.saturating_sub(autre.0))
    }
}

impl Neg for Montant {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Montant {
    fn sum<I: Iterator<Item = Self>>(montants: I) -> Self {
        montants.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Montant> for Montant {
    fn sum<I: Iterator<Item = &'a Montant>>(montants: I) -> Self {
        montants.copied().sum()
    }
}

/// « 1 234 567,89 € »: narrow no-break spaces between thousands, a no-break space before the sign.
impl fmt::Display for Montant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let absolu = self.0.unsigned_abs();
        let signe = if self.0 < 0 { "\u{2212}" } else { "" };
        write!(f, "{signe}{},{:02}\u{a0}€", milliers(absolu / 100), absolu % 100)
    }
}

impl Serialize for Montant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        nombre(self.0, 100, serializer)
    }
}

impl<'de> Deserialize<'de> for Montant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(VisiteurNombre("un montant en euros, deux décimales au plus"))
            .and_then(|euros| Self::depuis_euros(euros).map_err(de::Error::custom))
    }
}

impl JsonSchema for Montant {
    fn schema_name() -> Cow<'static, str> {
        "Montant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "number",
            "minimum": -1e13,
            "maximum": 1e13,
            "multipleOf": 0.01,
            "title": "Montant",
            "description": "Un montant en euros, avec deux décimales au plus.",
            "examples": [1234567.89]
        })
    }
}

/// A rate in thousandths of a percent; in JSON, a number of percent with three decimals at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pourcentage(i64);

impl Pourcentage {
    /// A rate from its thousandths of a percent: 2 202 for 2,202 %.
    pub fn depuis_milliemes(milliemes: i64) -> Self {
        Self(milliemes)
    }

    /// The thousandths of a percent.
    pub fn milliemes(self) -> i64 {
        self.0
    }

    /// This rate of an amount, to the nearest cent, halves away from zero.
    pub fn de(self, montant: Montant) -> Montant {
        let produit = i128::from(montant.0) * i128::from(self.0);
        let demi = if produit < 0 { -50_000 } else { 50_000 };
        let centimes = (produit + demi) / 100_000;
        Montant(i64::try_from(centimes).unwrap_or(if produit < 0 { i64::MIN } else { i64::MAX }))
    }
}

/// « 2,202 % », without useless zeros, a no-break space before the sign.
impl fmt::Display for Pourcentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let absolu = self.0.unsigned_abs();
        let signe = if self.0 < 0 { "\u{2212}" } else { "" };
        let decimales = format!("{:03}", absolu % 1000);
        let decimales = decimales.trim_end_matches('0');
        let virgule = if decimales.is_empty() { "" } else { "," };
        write!(f, "{signe}{}{virgule}{decimales}\u{a0}%", milliers(absolu / 1000))
    }
}

impl Serialize for Pourcentage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        nombre(self.0, 1000, serializer)
    }
}

impl<'de> Deserialize<'de> for Pourcentage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pourcents = deserializer.deserialize_any(VisiteurNombre("un pourcentage, trois décimales au plus"))?;
        decimal(pourcents, 3)
            .filter(|_| pourcents.abs() <= 1e6)
            .map(Self)
            .ok_or_else(|| de::Error::custom(ErreurValeur::Pourcentage(pourcents.to_string())))
    }
}

impl JsonSchema for Pourcentage {
    fn schema_name() -> Cow<'static, str> {
        "Pourcentage".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "number",
            "minimum": -1_000_000,
            "maximum": 1_000_000,
            "multipleOf": 0.001,
            "title": "Pourcentage",
            "description": "Un pourcentage, avec trois décimales au plus : 2.5 pour 2,5 %.",
            "examples": [2.202]
        })
    }
}

/// A number times 10^`decimales`, if it has no more decimals than that. The shortest decimal writing of a
/// float is what the file said, as long as it has fifteen digits at most.
fn decimal(nombre: f64, decimales: usize) -> Option<i64> {
    if !nombre.is_finite() {
        return None;
    }
    let ecrit = nombre.to_string();
    let (entier, fraction) = ecrit.split_once('.').unwrap_or((&ecrit, ""));
    if fraction.len() > decimales {
        return None;
    }
    format!("{entier}{fraction:0<decimales$}").parse().ok()
}

/// An integer when it is whole, the decimal otherwise.
fn nombre<S: Serializer>(valeur: i64, unite: i64, serializer: S) -> Result<S::Ok, S::Error> {
    if valeur % unite == 0 {
        serializer.serialize_i64(valeur / unite)
    } else {
        serializer.serialize_f64(valeur as f64 / unite as f64)
    }
}

/// Digits by groups of three.
fn milliers(nombre: u64) -> String {
    let chiffres = nombre.to_string();
    let mut sortie = String::with_capacity(chiffres.len() * 2);
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            sortie.push('\u{a0}');
        }
        sortie.push(chiffre);
    }
    sortie
}

/// Reads any JSON number; the text says what was expected.
struct VisiteurNombre(&'static str);

impl Visitor<'_> for VisiteurNombre {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_i64<E: de::Error>(self, valeur: i64) -> Result<f64, E> {
        Ok(valeur as f64)
    }

    fn visit_u64<E: de::Error>(self, valeur: u64) -> Result<f64, E> {
        Ok(valeur as f64)
    }

    fn visit_f64<E: de::Error>(self, valeur: f64) -> Result<f64, E> {
        Ok(valeur)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lu(json: &str) -> Option<i64> {
        serde_json::from_str::<Montant>(json).ok().map(Montant::centimes)
    }

    #[test]
    fn euros_become_exact_cents() {
        assert_eq!(lu("1234567.89"), Some(123_456_789));
        assert_eq!(lu("0.1"), Some(10));
        assert_eq!(lu("-0.29"), Some(-29));
        assert_eq!(lu("1e3"), Some(100_000));
        assert_eq!(lu("9999999999999.99"), Some(999_999_999_999_999));
        for json in ["0.001", "1.005", "10000000000001", "1e14", "\"12\"", "null", "18446744073709551615"] {
            assert_eq!(lu(json), None, "{json}");
        }
    }

    #[test]
    fn amounts_are_printed_in_french() {
        let imprime = |centimes| Montant(centimes).to_string().replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(imprime(123_456_789), "1 234 567,89 €");
        assert_eq!(imprime(5), "0,05 €");
        assert_eq!(imprime(-100_000), "\u{2212}1 000,00 €");
        assert!(Montant(123_456_789).to_string().contains("1\u{a0}234\u{a0}567,89\u{a0}€"));
        assert!(imprime(i64::MIN).starts_with('\u{2212}'));
    }

    #[test]
    fn sums_never_overflow() {
        let tout = Montant(i64::MAX);
        assert_eq!(tout + Montant(1), tout);
        assert_eq!(tout.plus(Montant(1)), None);
        assert_eq!([Montant(1), Montant(2)].iter().sum::<Montant>(), Montant(3));
        assert_eq!(-Montant(i64::MIN), tout);
    }

    #[test]
    fn rates_keep_three_decimals_and_apply_to_the_cent() {
        let lu = |json: &str| serde_json::from_str::<Pourcentage>(json).ok();
        let siege = lu("2.202").expect("a rate");
        assert_eq!(siege.to_string(), "2,202\u{a0}%");
        assert_eq!(siege.de(Montant(1_000_000)), Montant(22_020));
        assert_eq!(lu("2.5").map(|p| p.to_string()), Some("2,5\u{a0}%".into()));
        assert_eq!(lu("100").map(|p| p.to_string()), Some("100\u{a0}%".into()));
        assert_eq!(lu("-0.5").map(|p| p.de(Montant(100))), Some(Montant(-1)));
        assert_eq!(lu("2.2021"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(centimes in -1_000_000_000_000_000i64..=1_000_000_000_000_000) {
            let json = serde_json::to_string(&Montant(centimes)).expect("json");
            prop_assert_eq!(lu(&json), Some(centimes));
            prop_assert_eq!(json.contains('.'), centimes % 100 != 0);
        }
    }
}
