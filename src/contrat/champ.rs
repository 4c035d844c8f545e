//! The wrapper of every optional value: absent, known, or declared « non applicable » with its reason.
//!
//! Also the macro that declares the objects of the contract. It must know nothing of the field.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value that the schema does not require.
///
/// In JSON: the key is missing, or holds the value, or holds `{"non_applicable": "motif"}`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Champ<T> {
    /// Not known yet: a gap in a draft, a refusal in a definitive contract.
    #[default]
    Absent,
    Valeur(T),
    /// Declared without object, with the reason given by the drafter.
    NonApplicable(String),
}

impl<T> Champ<T> {
    pub fn est_absent(&self) -> bool {
        matches!(self, Champ::Absent)
    }

    /// The value when there is one.
    pub fn valeur(&self) -> Option<&T> {
        match self {
            Champ::Valeur(v) => Some(v),
            _ => None,
        }
    }
}

impl<T> Champ<Vec<T>> {
    /// The elements, none when the list is absent or not applicable.
    pub fn elements(&self) -> &[T] {
        self.valeur().map_or(&[], Vec::as_slice)
    }
}

/// The only key of a value declared without object.
pub const NON_APPLICABLE: &str = "non_applicable";

#[derive(Serialize)]
struct NonApplicable {
    non_applicable: String,
}

/// From a map only: a derived struct would also be read from a list of one text.
impl<'de> Deserialize<'de> for NonApplicable {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut entrees = BTreeMap::<String, String>::deserialize(d)?;
        match (entrees.remove(NON_APPLICABLE), entrees.is_empty()) {
            (Some(non_applicable), true) => Ok(NonApplicable { non_applicable }),
            _ => Err(serde::de::Error::custom("la seule clé attendue est « non_applicable »")),
        }
    }
}

impl<T: Serialize> Serialize for Champ<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Champ::Absent => s.serialize_none(),
            Champ::Valeur(v) => v.serialize(s),
            Champ::NonApplicable(motif) => NonApplicable { non_applicable: motif.clone() }.serialize(s),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Champ<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Forme<T> {
            NonApplicable(NonApplicable),
            Valeur(T),
        }
        Ok(match Forme::deserialize(d)? {
            Forme::NonApplicable(n) => Champ::NonApplicable(n.non_applicable),
            Forme::Valeur(v) => Champ::Valeur(v),
        })
    }
}

impl<T: JsonSchema> JsonSchema for Champ<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Champ_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let valeur = generator.subschema_for::<T>();
        let absent = generator.subschema_for::<SansObjet>();
        json_schema!({ "anyOf": [valeur, absent] })
    }
}

/// Schema of `{"non_applicable": "motif"}`, under the name `NonApplicable`.
struct SansObjet;

impl JsonSchema for SansObjet {
    fn schema_name() -> Cow<'static, str> {
        "NonApplicable".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Sans objet",
            "description": "Déclare que la valeur ne s'applique pas à ce contrat, avec le motif qui sera imprimé.",
            "type": "object",
            "properties": {
                "non_applicable": {
                    "title": "Motif",
                    "description": "Pourquoi cette valeur est sans objet.",
                    "type": "string",
                    "minLength": 3,
                    "examples": ["le service ne dispose pas de places d'internat"]
                }
            },
            "required": ["non_applicable"],
            "additionalProperties": false,
            "examples": [{ "non_applicable": "le service ne dispose pas de places d'internat" }]
        })
    }
}

/// Declares an object of the contract: required keys, then optional ones (each a [`Champ`]).
///
/// The doc comment of a key reads `Title | Description | example in JSON`: the schema is made from it
/// (the example may be left out for objects and lists: it is then composed from their own keys). A fourth part,
/// `toujours`, says of an optional key that it is never without object: it is known one day, or its element is not there.
macro_rules! objet {
    ($(#[$m:meta])* $nom:ident {
        requis { $($(#[$rm:meta])* $r:ident : $rt:ty,)* }
        facultatif { $($(#[$fm:meta])* $f:ident : $ft:ty,)* }
    }) => {
        $(#[$m])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $nom {
            $($(#[$rm])* pub $r: $rt,)*
            $(
                $(#[$fm])*
                #[serde(default, skip_serializing_if = "crate::contrat::champ::Champ::est_absent")]
                pub $f: crate::contrat::champ::Champ<$ft>,
            )*
        }
    };
}

/// Declares an enumeration: each value with the label that is printed, in the doc comment.
macro_rules! choix {
    ($(#[$m:meta])* $nom:ident { $(#[doc = $libelle:literal] $(#[$vm:meta])* $v:ident,)* }) => {
        $(#[$m])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $nom { $(#[doc = $libelle] $(#[$vm])* $v,)* }

        impl $nom {
            /// The label of the value, as it is printed.
            pub fn libelle(self) -> &'static str {
                match self { $($nom::$v => $libelle.trim(),)* }
            }
        }
    };
}

pub(crate) use {choix, objet};
