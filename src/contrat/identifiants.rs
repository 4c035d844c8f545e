//! Checked values: turns a number or a text of the contract file into an identifier, date or amount that
//! cannot be ill-formed. It must not know where the value stands, nor whether it is plausible.

mod dates;
mod montants;
mod numeros;

pub use dates::{Annee, Date, MOIS};
pub use montants::{Montant, Pourcentage};
pub use numeros::{Finess, Siren, Siret};

/// Why a value is refused; each message says the form expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErreurValeur {
    #[error(
        "« {0} » n'a pas la forme d'un numéro FINESS : 9 caractères sans espace, par exemple 130787195 ou 2A0001798"
    )]
    Finess(String),
    #[error("« {0} » n'a pas la forme d'un numéro SIREN : 9 chiffres sans espace, par exemple 732829320")]
    Siren(String),
    #[error("« {0} » n'a pas la forme d'un numéro SIRET : 14 chiffres sans espace, par exemple 73282932000074")]
    Siret(String),
    #[error("{0} n'est pas une année attendue : quatre chiffres, de 1990 à 2100")]
    Annee(String),
    #[error("« {0} » est un mois : il faut une date entière, avec le jour, par exemple {0}-01")]
    MoisSeul(String),
    #[error("« {0} » n'est pas une date : il faut l'année, le mois et le jour (AAAA-MM-JJ), par exemple 2026-03-31")]
    Date(String),
    #[error("{0} n'est pas un montant en euros : un nombre, deux décimales au plus, moins de dix mille milliards")]
    Montant(String),
    #[error("{0} n'est pas un pourcentage : un nombre, trois décimales au plus")]
    Pourcentage(String),
}

/// The Luhn sum of digits given from left to right; valid numbers give a multiple of 10.
fn luhn(chiffres: impl DoubleEndedIterator<Item = u32>) -> u32 {
    chiffres
        .rev()
        .enumerate()
        .map(|(rang, chiffre)| match (rang % 2, chiffre * 2) {
            (0, _) => chiffre,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum()
}

/// Serialises a checked text, and reads it back through its constructor.
macro_rules! texte_verifie {
    ($type:ident, $motif:literal, $titre:literal, $description:literal, $exemple:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "pattern": $motif,
                    "title": $titre,
                    "description": $description,
                    "examples": [$exemple]
                })
            }
        }
    };
}
use texte_verifie;
