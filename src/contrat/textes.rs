//! The textual newtypes of the contract: identifiers, prose, deadlines, free indicator values.
//!
//! They check their form; they know nothing of the objects that hold them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Declares a string newtype whose schema carries a pattern and a French explanation.
macro_rules! texte {
    ($(#[$m:meta])* $nom:ident, $schema:tt) => {
        $(#[$m])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $nom(pub String);

        impl JsonSchema for $nom {
            fn schema_name() -> Cow<'static, str> {
                stringify!($nom).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }

        impl std::fmt::Display for $nom {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $nom {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

texte!(
    /// A short text on one line.
    Texte, {
        "title": "Texte court",
        "type": "string",
        "minLength": 1,
        "maxLength": 12000,
        "pattern": "\\S",
        "description": "Un texte court, sans mise en forme ; il ne peut être vide.",
        "examples": ["Réunion de lancement"]
    }
);

texte!(
    /// A long text: paragraphs, lists, bold and italics; any other sign is a word.
    Prose, {
        "title": "Texte long",
        "type": "string",
        "minLength": 1,
        "maxLength": 200000,
        "pattern": "\\S",
        "x-prose": true,
        "description": "Un texte de un ou plusieurs paragraphes, séparés par une ligne vide. Listes (« - »), **gras** et *italique* sont admis, tout autre signe s'imprime tel quel ; il ne peut être vide.",
        "examples": ["Le constat est partagé.\n\n- premier point\n- second point"]
    }
);

texte!(
    /// The name by which another part of the file refers to an element.
    Id, {
        "title": "Identifiant",
        "type": "string",
        "pattern": "^[a-z0-9][a-z0-9-]*$",
        "maxLength": 80,
        "description": "Un nom court et unique, en minuscules sans accent, chiffres et tirets, par lequel le reste du fichier désigne cet élément.",
        "examples": ["ime-les-oliviers"]
    }
);

impl Id {
    /// A name that follows the pattern of the schema, or nothing.
    pub fn lire(texte: &str) -> Option<Id> {
        let lettre = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let valide = texte.starts_with(lettre) && texte.len() <= 80 && texte.chars().all(|c| lettre(c) || c == '-');
        valide.then(|| Id(texte.to_string()))
    }
}

texte!(
    /// A date known to the day, the month, the quarter or the year.
    Echeance, {
        "title": "Échéance",
        "type": "string",
        "pattern": "^(19|20)\\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?|-T[1-4])?$",
        "description": "Une échéance : un jour (2027-06-30), un mois (2027-06), un trimestre (2027-T2) ou une année (2027).",
        "examples": ["2027-T2"]
    }
);

texte!(
    /// INSEE code of a département, 69M for the Métropole de Lyon.
    CodeDepartement, {
        "title": "Code du département",
        "type": "string",
        "pattern": "^(0[1-9]|1\\d|2[1-9AB]|[3-8]\\d|9[0-5]|97[1-6]|69M)$",
        "description": "Le code INSEE du département : deux chiffres, 2A ou 2B pour la Corse, trois chiffres outre-mer, 69M pour la métropole de Lyon.",
        "examples": ["13"]
    }
);

texte!(
    /// INSEE code of a region.
    CodeRegion, {
        "title": "Code de la région",
        "type": "string",
        "pattern": "^\\d{2}$",
        "description": "Le code INSEE de la région, sur deux chiffres.",
        "examples": ["93"]
    }
);

texte!(
    /// FINESS category of an establishment.
    CodeCategorie, {
        "title": "Catégorie FINESS",
        "type": "string",
        "pattern": "^\\d{3}$",
        "description": "Le code de la catégorie d'établissement dans FINESS, sur trois chiffres (183 pour un IME, 182 pour un SESSAD…).",
        "examples": ["183"]
    }
);

texte!(
    /// FINESS legal status of a legal entity.
    CodeStatut, {
        "title": "Statut juridique FINESS",
        "type": "string",
        "pattern": "^\\d{2}$",
        "description": "Le code du statut juridique dans FINESS, sur deux chiffres (60 : association, 61 : association reconnue d'utilité publique, 63 : fondation…).",
        "examples": ["60"]
    }
);

texte!(
    /// The activity, the mode and the public of a line of FINESS.
    CodeFiness, {
        "title": "Code FINESS d'une activité",
        "type": "string",
        "pattern": "^\\d{3}/\\d{2}/\\d{3}$",
        "description": "L'activité (trois chiffres), le mode de fonctionnement (deux) et le public (trois) de FINESS, séparés par « / ».",
        "examples": ["844/11/437"]
    }
);

texte!(
    /// SHA-256 of a file, in hexadecimal.
    Empreinte, {
        "title": "Empreinte SHA-256",
        "type": "string",
        "pattern": "^[0-9a-f]{64}$",
        "description": "L'empreinte SHA-256 du fichier : 64 caractères hexadécimaux en minuscules.",
        "examples": ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]
    }
);

texte!(
    /// A path below the folder of the contract.
    Chemin, {
        "title": "Fichier",
        "type": "string",
        "minLength": 1,
        "maxLength": 400,
        "pattern": "^(?!/)(?!.*(^|/)\\.\\.(/|$))[^\\\\:]+$",
        "description": "Le chemin d'un fichier, relatif au dossier du contrat, sans « .. » ni chemin absolu.",
        "examples": ["pieces/evaluation.pdf"]
    }
);

/// The value of an indicator: a number, or words when it does not count (« oui », « réalisé »).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(
    title = "Valeur d'indicateur",
    description = "Un nombre, ou quelques mots quand l'indicateur ne se compte pas.",
    example = 12
)]
pub enum Mesure {
    Nombre(f64),
    Mots(Texte),
}

impl Mesure {
    /// The number, when the indicator counts.
    pub fn nombre(&self) -> Option<f64> {
        match self {
            Mesure::Nombre(n) => Some(*n),
            Mesure::Mots(_) => None,
        }
    }
}

/// A non-negative quantity with decimals (ETP, days).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantite(pub f64);

impl JsonSchema for Quantite {
    fn schema_name() -> Cow<'static, str> {
        "Quantite".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Quantité",
            "type": "number",
            "minimum": 0,
            "maximum": 1e12,
            "description": "Un nombre positif ou nul, éventuellement avec des décimales.",
            "examples": [12.5]
        })
    }
}

/// The number of a functional group of a budget: I, II or III.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64")]
pub struct GroupeFonctionnel(pub u8);

impl TryFrom<f64> for GroupeFonctionnel {
    type Error = &'static str;

    fn try_from(n: f64) -> Result<Self, Self::Error> {
        match n {
            1.0 => Ok(GroupeFonctionnel(1)),
            2.0 => Ok(GroupeFonctionnel(2)),
            3.0 => Ok(GroupeFonctionnel(3)),
            _ => Err("un groupe fonctionnel est 1, 2 ou 3"),
        }
    }
}

impl JsonSchema for GroupeFonctionnel {
    fn schema_name() -> Cow<'static, str> {
        "GroupeFonctionnel".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Groupe fonctionnel",
            "type": "integer",
            "minimum": 1,
            "maximum": 3,
            "description": "Le numéro d'un groupe fonctionnel : 1, 2 ou 3.",
            "examples": [2]
        })
    }
}

/// A count of things: places, persons, days.
///
/// JSON Schema calls `40.0` an integer: so do we.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64")]
pub struct Entier(pub u32);

impl TryFrom<f64> for Entier {
    type Error = &'static str;

    fn try_from(n: f64) -> Result<Self, Self::Error> {
        if n.fract() == 0.0 && (0.0..=4_000_000.0).contains(&n) {
            Ok(Entier(n as u32))
        } else {
            Err("un nombre entier entre 0 et 4 000 000 est attendu")
        }
    }
}

impl JsonSchema for Entier {
    fn schema_name() -> Cow<'static, str> {
        "Entier".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Nombre entier",
            "type": "integer",
            "minimum": 0,
            "maximum": 4_000_000,
            "description": "Un nombre entier, positif ou nul.",
            "examples": [40]
        })
    }
}
