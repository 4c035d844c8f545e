//! The library of a model: the objectives that it proposes, with their indicators (`bibliotheque.json`).
//!
//! Types only (the schema `schemas/bibliotheque.schema.json` is generated from them); no file is read here.

use crate::contrat::diagnostic::Sens;
use crate::contrat::objectifs::NatureIndicateur;
use crate::contrat::textes::Id;
use crate::nomenclatures::Public;
use crate::schema::generation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A library as its file gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Bibliothèque d'objectifs", description = "Les objectifs qu'un modèle régional propose.")]
pub struct Bibliotheque {
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// D'où vient la liste
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Les objectifs, dans l'ordre où ils sont proposés
    pub objectifs: Vec<ObjectifPropose>,
}

/// An objective of a library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectifPropose {
    /// Code de l'objectif, à reprendre sous « bibliotheque » dans le contrat
    pub code: Id,
    /// Intitulé de l'objectif
    pub titre: String,
    /// Tout contrat dont un établissement est concerné comporte cet objectif
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub obligatoire: bool,
    /// Publics pour lesquels l'objectif est proposé ; vide : tous
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub publics: Vec<Public>,
    /// Thème de l'objectif
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Si l'objectif vient de la source du modèle, ou s'il est proposé
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origine: Option<OrigineProposition>,
    /// Indicateurs proposés pour cet objectif
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicateurs: Vec<IndicateurPropose>,
    /// Note du rédacteur du modèle
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An indicator of a library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicateurPropose {
    /// Nom court de l'indicateur
    pub id: Id,
    /// Ce que mesure l'indicateur
    pub libelle: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<NatureIndicateur>,
    /// Ce qui est compté au-dessus de la barre d'un taux
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerateur: Option<String>,
    /// Ce qui est compté au-dessous
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominateur: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unite: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sens: Option<Sens>,
    /// D'où vient la valeur
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Rythme de la mesure
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequence: Option<String>,
    /// Si l'indicateur vient de la source du modèle, ou s'il est proposé
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origine: Option<OrigineProposition>,
}

/// Whether a source gives an entry, or we propose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrigineProposition {
    /// Donné par la source du modèle
    Source,
    /// Proposé, à défaut de source
    Proposition,
}

/// The schema of a library, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Bibliotheque>())
}
