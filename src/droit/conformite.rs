//! What each text asks of a contract, and what answers to it: data, from which the table of conformity is written.
//!
//! The data is `conformite.json` (schema `schemas/conformite.schema.json`). Texts are named by the identifiers of
//! `textes.json`; rules by their codes, which mean nothing here.

use crate::schema::generation;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::LazyLock;

const DONNEES: &str = include_str!("conformite.json");

/// The file of what the texts ask.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conformite {
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// Les sections du tableau, dans leur ordre
    pub sections: Vec<Section>,
}

/// A section of the table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub titre: String,
    /// Ce qui se lit avant le tableau
    #[serde(default)]
    pub intro: Option<String>,
    /// Le texte de toutes les lignes de la section, qui ne donnent alors que sa rubrique
    #[serde(default)]
    pub texte: Option<String>,
    #[serde(default)]
    pub lignes: Vec<Demande>,
    /// Ce qui se dit en liste plutôt qu'en tableau
    #[serde(default)]
    pub points: Vec<String>,
}

/// What a text, or several together, ask.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demande {
    /// Identifiants de « textes.json » ; aucun quand la section a son texte
    #[serde(default)]
    pub textes: Vec<String>,
    /// L'alinéa, le paragraphe ou la rubrique
    #[serde(default)]
    pub alinea: Option<String>,
    /// Ce que le texte demande, en peu de mots
    pub demande: String,
    /// Codes des règles qui le contrôlent ; trois lettres valent toute une famille
    #[serde(default)]
    pub regles: Vec<String>,
    /// Une clause d'un modèle l'imprime et cite le texte : vrai, ou le modèle, la part qui est imprimée
    #[serde(default)]
    pub imprime: Option<Impression>,
    /// Ce qu'il en reste sans règle
    #[serde(default)]
    pub reste: Option<Reste>,
    /// Une précision, en une phrase
    #[serde(default)]
    pub precision: Option<String>,
}

/// How far a clause prints it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Impression {
    Entiere(bool),
    /// Le modèle, ou la part imprimée
    Precisee(String),
}

/// What is left of a demand when no rule answers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reste {
    /// Le contrat doit en décider : cpom tient la donnée ou le texte, sans en juger
    AuRedacteur,
    /// cpom ne fait rien
    NonTraite,
}

impl Demande {
    /// Whether a clause prints it.
    pub fn est_imprimee(&self) -> bool {
        !matches!(self.imprime, None | Some(Impression::Entiere(false)))
    }

    /// The texts of the demand: its own, or that of its section.
    pub fn textes<'a>(&'a self, section: &'a Section) -> impl Iterator<Item = &'a str> {
        self.textes.iter().chain(&section.texte).map(String::as_str)
    }
}

static CONFORMITE: LazyLock<Conformite> = LazyLock::new(|| serde_json::from_str(DONNEES).unwrap_or_default());

/// What the texts ask, section by section.
pub fn sections() -> &'static [Section] {
    &CONFORMITE.sections
}

/// The schema of the file, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Conformite>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_each_demand_has_its_texts_and_words() {
        serde_json::from_str::<Conformite>(DONNEES).expect("the file follows its types");
        assert!(sections().len() > 8);
        for section in sections() {
            assert!(!section.lignes.is_empty() || !section.points.is_empty(), "{}", section.titre);
            for ligne in &section.lignes {
                assert!(ligne.textes(section).next().is_some(), "{}: {}", section.titre, ligne.demande);
                assert!(section.texte.is_none() || ligne.alinea.is_some(), "{}: {}", section.titre, ligne.demande);
                assert!(!ligne.demande.trim().is_empty(), "{}", section.titre);
            }
        }
    }
}
