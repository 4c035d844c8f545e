//! Turns the texts of FINESS, SIREN and SIRET numbers into checked numbers. It must not know which body
//! bears them.

use std::fmt;
use std::str::FromStr;

use super::erreurs::ErreurValeur;

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

/// A FINESS number, legal entity (EJ) or establishment (ET): nothing in it tells them apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finess(String);

impl Finess {
    /// The nine characters, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last digit is the key: Luhn over the nine characters, A worth 1 and B worth 2 (Corsica).
    /// The form alone is checked on reading, because a wrong key may be the register's own.
    pub fn cle_valide(&self) -> bool {
        let valeurs: Option<Vec<u32>> = self
            .0
            .chars()
            .map(|c| match c {
                'A' => Some(1),
                'B' => Some(2),
                autre => autre.to_digit(10),
            })
            .collect();
        valeurs.is_some_and(|v| luhn(v.into_iter()).is_multiple_of(10))
    }
}

impl FromStr for Finess {
    type Err = ErreurValeur;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        let valide = texte.len() == 9
            && texte
                .bytes()
                .enumerate()
                .all(|(rang, octet)| octet.is_ascii_digit() || (rang == 1 && octet.is_ascii_uppercase()));
        valide.then(|| Self(texte.to_owned())).ok_or_else(|| ErreurValeur::Finess(texte.to_owned()))
    }
}

/// « 13 078 719 5 », with no-break spaces.
impl fmt::Display for Finess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        groupes(f, &self.0, &[2, 3, 3, 1])
    }
}

texte_verifie!(
    Finess,
    "^[0-9][0-9A-Z][0-9]{7}$",
    "Numéro FINESS",
    "Numéro FINESS : 9 caractères sans espace, dont les deux premiers disent le département (2A et 2B en Corse).",
    "130787195"
);

/// A SIREN number: the body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siren(String);

impl Siren {
    /// The nine digits, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last digit is the key (Luhn).
    pub fn cle_valide(&self) -> bool {
        luhn(chiffres(&self.0)).is_multiple_of(10)
    }
}

impl FromStr for Siren {
    type Err = ErreurValeur;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        n_chiffres(texte, 9).map(Self).ok_or_else(|| ErreurValeur::Siren(texte.to_owned()))
    }
}

/// « 732 829 320 », with no-break spaces.
impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        groupes(f, &self.0, &[3, 3, 3])
    }
}

texte_verifie!(Siren, "^[0-9]{9}$", "Numéro SIREN", "Numéro SIREN : 9 chiffres sans espace.", "732829320");

/// A SIRET number: the body and one of its places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret(String);

/// La Poste numbers its places by a sum of digits, its head office excepted.
const LA_POSTE: &str = "356000000";
const SIEGE_DE_LA_POSTE: &str = "35600000000048";

impl Siret {
    /// The fourteen digits, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The SIREN number of the body.
    pub fn siren(&self) -> Siren {
        Siren(self.0.chars().take(9).collect())
    }

    /// Whether the last digit is the key (Luhn; for La Poste, a sum of digits multiple of 5), as well as
    /// that of the SIREN number.
    pub fn cle_valide(&self) -> bool {
        if self.0.starts_with(LA_POSTE) && self.0 != SIEGE_DE_LA_POSTE {
            return chiffres(&self.0).sum::<u32>().is_multiple_of(5);
        }
        luhn(chiffres(&self.0)).is_multiple_of(10) && self.siren().cle_valide()
    }
}

impl FromStr for Siret {
    type Err = ErreurValeur;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        n_chiffres(texte, 14).map(Self).ok_or_else(|| ErreurValeur::Siret(texte.to_owned()))
    }
}

/// « 732 829 320 00074 », with no-break spaces.
impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        groupes(f, &self.0, &[3, 3, 3, 5])
    }
}

texte_verifie!(
    Siret,
    "^[0-9]{14}$",
    "Numéro SIRET",
    "Numéro SIRET : 14 chiffres sans espace, dont les 9 premiers sont le numéro SIREN.",
    "73282932000074"
);

fn chiffres(texte: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    texte.chars().filter_map(|c| c.to_digit(10))
}

fn n_chiffres(texte: &str, n: usize) -> Option<String> {
    (texte.len() == n && texte.bytes().all(|b| b.is_ascii_digit())).then(|| texte.to_owned())
}

/// Writes an ASCII text by groups separated by no-break spaces.
fn groupes(f: &mut fmt::Formatter<'_>, texte: &str, tailles: &[usize]) -> fmt::Result {
    let mut reste = texte;
    for (rang, taille) in tailles.iter().enumerate() {
        let (groupe, suite) = reste.split_at_checked(*taille).unwrap_or((reste, ""));
        if rang > 0 {
            f.write_str("\u{a0}")?;
        }
        f.write_str(groupe)?;
        reste = suite;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finess(texte: &str) -> Finess {
        texte.parse().expect("a well-formed FINESS number")
    }

    #[test]
    fn published_finess_numbers_have_a_valid_key_corsica_included() {
        for numero in ["130787195", "830101259", "840000103", "040785024", "2A0001798", "2B0003784"] {
            assert!(finess(numero).cle_valide(), "{numero}");
        }
        assert!(!finess("130787196").cle_valide());
    }

    #[test]
    fn ill_formed_finess_numbers_are_refused() {
        for numero in ["", "13078719", "1307871950", "A30787195", "13O787195", "2a0001798", "13 078 719 5", "é30787195"]
        {
            assert!(numero.parse::<Finess>().is_err(), "{numero}");
        }
    }

    #[test]
    fn siren_and_siret_keys_are_checked_la_poste_excepted() {
        let siren = |t: &str| t.parse::<Siren>().expect("well-formed");
        let siret = |t: &str| t.parse::<Siret>().expect("well-formed");
        assert!(siren("404833048").cle_valide() && !siren("404833047").cle_valide());
        assert!(siret("73282932000074").cle_valide() && !siret("73282932000079").cle_valide());
        assert!(siret("35600000000048").cle_valide());
        assert!(siret("35600000049837").cle_valide());
        assert!(!siret("35600000049838").cle_valide());
        assert_eq!(siret("73282932000074").siren(), siren("732829320"));
    }

    #[test]
    fn numbers_are_printed_by_groups() {
        let imprime = |t: String| t.replace('\u{a0}', " ");
        assert_eq!(imprime(finess("130787195").to_string()), "13 078 719 5");
        assert_eq!(imprime("732829320".parse::<Siren>().expect("siren").to_string()), "732 829 320");
        assert_eq!(imprime("73282932000074".parse::<Siret>().expect("siret").to_string()), "732 829 320 00074");
    }

    #[test]
    fn json_goes_through_the_constructor() {
        assert_eq!(serde_json::to_string(&finess("130787195")).expect("json"), "\"130787195\"");
        let erreur = serde_json::from_str::<Finess>("\"13\"").expect_err("too short");
        assert!(erreur.to_string().contains("« 13 » n'a pas la forme d'un numéro FINESS"));
    }
}
