//! The legal texts that clauses and rules rest on: what each says, from when to when, and whether it was read at its
//! source.
//!
//! The texts are data (`textes.json`, schema `schemas/textes.schema.json`): a change of law is a dated version there.
//! `valeurs` holds what they set, dated too.

pub mod periode;
pub mod valeurs;

pub use periode::dans;
pub use valeurs::{DateChoisie, Jours};

pub mod conformite;

use crate::contrat::Fondement;
use crate::contrat::identifiants::Date;
use crate::schema::generation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const DONNEES: &str = include_str!("textes.json");

/// The file of the texts.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Textes {
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// Les textes, par nature puis par numéro
    pub textes: Vec<Texte>,
}

/// A text: an article of a code, a law, a model, a method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Texte {
    /// Identifiant, que les règles emploient
    pub id: String,
    pub nature: Nature,
    /// La référence, telle qu'elle s'imprime
    pub reference: String,
    /// L'intitulé officiel complet
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titre: Option<String>,
    /// Ce qu'il dit qui compte pour un contrat, en une phrase
    pub objet: String,
    /// Ses rédactions, de la plus ancienne à la plus récente
    pub versions: Vec<Version>,
    pub lecture: Lecture,
    /// Les contrats qu'il vise, par leur fondement ; absent : tous
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contrats: Vec<Fondement>,
    /// Un doute, une réserve
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    Code,
    Loi,
    Decret,
    Arrete,
    Instruction,
    /// Un modèle régional de contrat
    Modele,
    /// Une méthode ou un répertoire publiés
    Methode,
    /// Un contrôle de ce programme : rien ne l'impose que la cohérence du contrat
    Controle,
}

/// What a text says between two days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Premier jour de cette rédaction
    pub du: Date,
    /// Dernier jour ; absent : encore en vigueur à la date de la source
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub au: Option<Date>,
    /// Ce que cette rédaction dit ou change
    pub objet: String,
}

/// Whether a text was read, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lecture {
    pub etat: Etat,
    /// Le code et son état, ou la page
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ou: Option<String>,
    /// Légifrance, sinon l'éditeur
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adresse: Option<String>,
}

/// How a text is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Etat {
    Lu,
    /// Connu par une source qui le cite ou l'explique
    Cite,
    NonLu,
}

impl Texte {
    /// What it says at a date; nothing before it was written or after it ended.
    pub fn version_au(&self, date: Date) -> Option<&Version> {
        self.versions.iter().rev().find(|v| dans(date, Some(v.du), v.au))
    }

    /// Whether it is in force at a day; on an unknown one, whether it still is.
    pub fn en_vigueur(&self, jour: Option<Date>) -> bool {
        match jour {
            Some(jour) => self.version_au(jour).is_some(),
            None => self.versions.last().is_some_and(|v| v.au.is_none()),
        }
    }

    /// The number of an article and its code in full: « R. 312-11 », « code de justice administrative ».
    pub fn article(&self) -> Option<(&str, &'static str)> {
        let (sigle, numero) = self.reference.split_once(", art. ")?;
        nom_du_code(sigle).map(|code| (numero, code))
    }

    /// « depuis le 1er janvier 2017 », « du … au … »; nothing for what has no date.
    pub fn periode(&self) -> Option<String> {
        let (premiere, derniere) = (self.versions.first()?, self.versions.last()?);
        Some(match derniere.au {
            Some(au) => format!("du {} au {au}", premiere.du),
            None => format!("depuis le {}", premiere.du),
        })
    }
}

/// Codes by the sign that references begin with, as a contract writes them.
const CODES: [(&str, &str); 6] = [
    ("C. éduc.", "code de l'éducation"),
    ("CASF", "code de l'action sociale et des familles"),
    ("CGCT", "code général des collectivités territoriales"),
    ("CJA", "code de justice administrative"),
    ("CSP", "code de la santé publique"),
    ("CSS", "code de la sécurité sociale"),
];

/// The name of a code in full, by its sign.
pub fn nom_du_code(sigle: &str) -> Option<&'static str> {
    CODES.iter().find(|(connu, _)| *connu == sigle).map(|(_, code)| *code)
}

static TEXTES: LazyLock<Textes> = LazyLock::new(|| serde_json::from_str(DONNEES).unwrap_or_default());

static PAR_ID: LazyLock<BTreeMap<&'static str, &'static Texte>> =
    LazyLock::new(|| TEXTES.textes.iter().map(|t| (t.id.as_str(), t)).collect());

/// All texts, in the order of their file.
pub fn textes() -> &'static [Texte] {
    &TEXTES.textes
}

/// The text of an identifier.
pub fn texte(id: &str) -> Option<&'static Texte> {
    PAR_ID.get(id).copied()
}

/// The schema of the file, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Textes>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nomenclatures::{departements, juges};

    #[test]
    fn the_file_is_read_and_no_two_texts_share_an_identifier() {
        serde_json::from_str::<Textes>(DONNEES).expect("the file follows its types");
        assert!(textes().len() > 200);
        assert_eq!(PAR_ID.len(), textes().len());
    }

    #[test]
    fn the_versions_of_a_text_follow_one_another() {
        for texte in textes() {
            let bornees = texte.versions.iter().all(|v| v.au.is_none_or(|au| v.du <= au));
            let suivies = texte.versions.windows(2).all(|v| v[0].au.is_some_and(|au| au < v[1].du));
            assert!(bornees && suivies, "{}: {:?}", texte.id, texte.versions);
            assert!(!texte.objet.is_empty() && !texte.reference.is_empty(), "{}", texte.id);
        }
    }

    #[test]
    fn a_text_is_that_of_its_day() {
        let jour = |iso: &str| iso.parse::<Date>().expect("a date");
        let affectation = texte("casf-r-314-234").expect("the allocation of results");
        assert!(affectation.version_au(jour("2014-06-01")).is_none());
        assert!(affectation.version_au(jour("2026-01-01")).is_some());
        assert!(affectation.periode().is_some_and(|p| p.starts_with("depuis le 1er") && p.ends_with("2017")));
    }

    #[test]
    fn an_article_is_named_with_its_code() {
        let article = |id| texte(id).and_then(Texte::article);
        assert_eq!(article("cja-r-312-11"), Some(("R. 312-11", "code de justice administrative")));
        assert_eq!(article("casf-l-351-1").map(|(_, code)| code), Some("code de l'action sociale et des familles"));
        assert_eq!(article("decret-2024-1168"), None);
    }

    #[test]
    fn the_courts_of_the_tariffs_rest_on_texts_in_force_on_their_days() {
        let jour = |iso: &str| iso.parse::<Date>().expect("a date");
        for d in departements() {
            for juge in juges(d.code) {
                assert!(!juge.sources.is_empty(), "{}", d.code);
                for source in &juge.sources {
                    let texte = texte(source).unwrap_or_else(|| panic!("{source}"));
                    assert_eq!(texte.lecture.etat, Etat::Lu, "{source}");
                    assert!(texte.article().is_some() && texte.version_au(jour(juge.du)).is_some(), "{source}");
                    let fin = juge.au.map_or_else(|| jour("2026-04-03"), jour);
                    assert!(texte.version_au(fin).is_some(), "{source}");
                }
            }
        }
    }

    #[test]
    fn what_is_said_to_be_read_says_where() {
        let muets = textes().iter().filter(|t| t.lecture.etat == Etat::Lu && t.lecture.ou.is_none());
        assert_eq!(muets.map(|t| t.id.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
