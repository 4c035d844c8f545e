//! The values of the JSON of FINESS, read as they come: its files hold texts or nothing where its schema says numbers, and the
//! other way round one day.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A text, whatever the way it is written; spaces are those of `textes::net`.
#[derive(Debug, Clone, Default)]
pub(super) struct Mot(pub Option<String>);

impl Mot {
    pub(super) fn dit(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(super) fn est(&self, mot: &str) -> bool {
        self.dit() == Some(mot)
    }

    pub(super) fn nombre(&self) -> Option<u32> {
        self.dit()?.parse().ok()
    }
}

impl<'de> Deserialize<'de> for Mot {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Lecteur;
        impl<'de> Visitor<'de> for Lecteur {
            type Value = Mot;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("un texte")
            }
            fn visit_str<E>(self, texte: &str) -> Result<Mot, E> {
                Ok(Mot(super::textes::net(texte)))
            }
            fn visit_u64<E>(self, n: u64) -> Result<Mot, E> {
                Ok(Mot(Some(n.to_string())))
            }
            fn visit_i64<E>(self, n: i64) -> Result<Mot, E> {
                Ok(Mot(Some(n.to_string())))
            }
            fn visit_f64<E>(self, n: f64) -> Result<Mot, E> {
                Ok(Mot(Some(n.to_string())))
            }
            fn visit_bool<E>(self, oui: bool) -> Result<Mot, E> {
                Ok(Mot(Some(oui.to_string())))
            }
            fn visit_unit<E>(self) -> Result<Mot, E> {
                Ok(Mot(None))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut suite: A) -> Result<Mot, A::Error> {
                while suite.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Mot(None))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut objet: A) -> Result<Mot, A::Error> {
                while objet.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Mot(None))
            }
        }
        d.deserialize_any(Lecteur)
    }
}

/// A list that may be `null`.
#[derive(Debug)]
pub(super) struct Liste<T>(pub Vec<T>);

impl<T> Default for Liste<T> {
    fn default() -> Self {
        Liste(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Liste<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Liste(Option::<Vec<T>>::deserialize(d)?.unwrap_or_default()))
    }
}
