//! The manifest of a regional model: what `modele.json` may say, and how a region inherits.
//!
//! Types only (the schema `schemas/modele.schema.json` is generated from them); no file is read here.

use crate::contrat::identifiants::Date;
use crate::contrat::textes::Id;
use crate::nomenclatures::Public;
use crate::remarque::Severite;
use crate::schema::generation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A manifest as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifeste {
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Identifiant du modèle
    pub id: Id,
    /// Intitulé du modèle
    pub nom: String,
    /// Version du modèle
    pub version: String,
    /// Dossier du modèle dont celui-ci hérite
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub herite: Option<String>,
    /// Codes INSEE des régions dont c'est le modèle par défaut
    #[serde(default)]
    pub regions: Vec<String>,
    /// D'où viennent l'ordre, les titres et les chiffres
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Les parties du dossier, dans l'ordre ; absent : celles du modèle parent
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<Element>,
    /// Les textes visés ; absent : ceux du modèle parent
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visas: Vec<Visa>,
    /// Les paramètres, repris du parent puis remplacés un à un
    #[serde(default)]
    pub parametres: BTreeMap<String, Parametre>,
    /// Les objectifs généraux
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectifs_generaux: Vec<Intitule>,
    /// Les axes
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub axes: Vec<Intitule>,
    /// Les objectifs proposés
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bibliotheque: Vec<ObjectifPropose>,
    /// Les réglages des règles de cohérence
    #[serde(default)]
    pub regles: BTreeMap<String, Reglage>,
}

/// The kind of a plan element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GenreElement {
    Garde,
    Sommaire,
    Liminaire,
    Socle,
    Section,
    Titre,
    Article,
    SousArticle,
    Annexe,
}

/// An element of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Element {
    pub genre: GenreElement,
    pub id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titre: Option<String>,
    /// Fichier de la clause
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Expression Jinja : l'élément n'est imprimé que si elle est vraie
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<Element>,
    /// L'annexe est fournie sous forme de fichier
    #[serde(default)]
    pub piece: bool,
    /// L'annexe doit être fournie ou déclarée sans objet
    #[serde(default)]
    pub obligatoire: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiches: Option<Fiches>,
    /// Note du rédacteur du modèle (source d'un choix) ; jamais imprimée
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The fiches that an annex holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fiches {
    /// Fichier de la clause d'une fiche
    pub clause: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Une fiche vide est imprimée si aucune ne convient
    #[serde(default)]
    pub obligatoire: bool,
    /// Titre de la fiche vide
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titre: Option<String>,
}

/// A text that the contract rests on, in force between two dates compared with the signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visa {
    /// Le texte, sans « Vu »
    pub texte: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_du: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_au: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A value that the model sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parametre {
    pub valeur: serde_json::Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub libelle: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unite: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_du: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_au: Option<Date>,
}

/// A named heading: a general objective or an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intitule {
    pub id: Id,
    pub titre: String,
}

/// An objective of the model's library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectifPropose {
    pub code: Id,
    pub titre: String,
    #[serde(default)]
    pub obligatoire: bool,
    /// Publics pour lesquels l'objectif est proposé ; vide : tous
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub publics: Vec<Public>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How a model sets a consistency rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reglage {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severite: Option<Severite>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limite: Option<serde_json::Value>,
    #[serde(default)]
    pub inactive: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motif: Option<String>,
}

impl Manifeste {
    /// Completes what this manifest leaves out with its parent's.
    pub fn heriter(mut self, parent: &Manifeste) -> Manifeste {
        fn reprendre<T: Clone>(propre: &mut Vec<T>, du_parent: &[T]) {
            if propre.is_empty() {
                propre.extend_from_slice(du_parent);
            }
        }
        reprendre(&mut self.plan, &parent.plan);
        reprendre(&mut self.visas, &parent.visas);
        reprendre(&mut self.objectifs_generaux, &parent.objectifs_generaux);
        reprendre(&mut self.axes, &parent.axes);
        reprendre(&mut self.bibliotheque, &parent.bibliotheque);
        for (cle, valeur) in &parent.parametres {
            self.parametres.entry(cle.clone()).or_insert_with(|| valeur.clone());
        }
        for (cle, valeur) in &parent.regles {
            self.regles.entry(cle.clone()).or_insert_with(|| valeur.clone());
        }
        self
    }
}

/// The schema of a manifest, draft 2020-12.
pub fn schema() -> serde_json::Value {
    generation::schema_de::<Manifeste>()
}

/// The schema as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&schema())
}
