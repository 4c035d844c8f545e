//! The manifest of a regional model: what `modele.json` may say, and how a region inherits.
//!
//! Types only (the schema `schemas/modele.schema.json` is generated from them); no file is read here.

use super::bibliotheque::ObjectifPropose;
use super::visas::Visa;
use crate::contrat::identifiants::Date;
use crate::contrat::textes::Id;
use crate::droit::{DateChoisie, Jours, dans};
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
    /// Les années de signature que le modèle vise ; absent : toutes
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<Generation>,
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
    /// Les objectifs proposés ; une longue liste se donne à part, dans « bibliotheque.json »
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bibliotheque: Vec<ObjectifPropose>,
    /// Les réglages des règles de cohérence
    #[serde(default)]
    pub regles: BTreeMap<String, Reglage>,
    /// Ce que le schéma accepte et que le modèle n'imprime pas, par chemin (« * » pour un élément de liste ou une
    /// année, « **/id » pour une clé où qu'elle soit), avec la raison ; repris du parent puis remplacé un à un
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub non_imprimees: BTreeMap<String, NonImprimee>,
    /// Les documents tirés du contrat pour d'autres lecteurs (« generer --pour »)
    #[serde(default)]
    pub extraits: Extraits,
}

/// The years of signature that a model was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// Première année
    pub du: i16,
    /// Dernière année ; absent : sans fin annoncée
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub au: Option<i16>,
}

impl Generation {
    /// Whether a contract signed in a year is of this generation.
    pub fn comprend(self, annee: i16) -> bool {
        self.du <= annee && self.au.is_none_or(|au| annee <= au)
    }

    /// « de 2017 à 2022 », « à partir de 2017 ».
    pub fn en_mots(self) -> String {
        self.au.map_or_else(|| format!("à partir de {}", self.du), |au| format!("de {} à {au}", self.du))
    }
}

/// A key of the contract that the model does not print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NonImprimee {
    pub usage: UsageSansImpression,
    /// Pourquoi, en une phrase que lit le rédacteur du contrat
    pub motif: String,
}

/// What a key that is not printed is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UsageSansImpression {
    /// Sert à composer le dossier (identifiant, fichier, empreinte) : rien n'y est à lire
    Composition,
    /// Dite par une valeur calculée que le dossier imprime, et à laquelle une règle la compare
    Calculee,
    /// Lue par les règles seulement
    Regles,
    /// Ni imprimée ni lue par une règle
    Aucun,
    /// Imprimée par ce modèle, quoi qu'en dise son parent
    Imprimee,
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
    // A section for what is declared without object and that nothing else prints; left out when nothing is left.
    SansObjet,
}

/// An element of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Element {
    pub genre: GenreElement,
    pub id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titre: Option<String>,
    /// Les titres d'autres périodes de signature, qui l'emportent à leurs dates
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titres: Vec<TitreDate>,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etablissements: Option<ParEtablissement>,
    /// Note du rédacteur du modèle (source d'un choix) ; jamais imprimée
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The title of an element between two days of signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TitreDate {
    pub titre: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_du: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_au: Option<Date>,
}

impl Element {
    /// Its title for a contract signed at a date.
    pub fn titre_au(&self, date: Option<Date>) -> Option<&str> {
        let d_alors = |date| self.titres.iter().find(|t| dans(date, t.valide_du, t.valide_au));
        date.and_then(d_alors).map(|t| t.titre.as_str()).or(self.titre.as_deref())
    }
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

/// One page per establishment of the perimeter, in an annex.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParEtablissement {
    /// Fichier de la clause d'un établissement (variable « esms »)
    pub clause: String,
    /// Expression Jinja sur « esms » : les établissements qui ont leur page ; à défaut, tous ceux du périmètre
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// The documents drawn from a contract for other readers: `generer --pour`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extraits {
    /// Pour les équipes : une page simple par fiche action
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equipes: Option<Extrait>,
    /// Pour un établissement : sa feuille de route
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etablissement: Option<Extrait>,
}

/// A document drawn from a contract: its title and its plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extrait {
    /// Titre du document
    pub titre: String,
    /// Ses parties, dans l'ordre
    pub plan: Vec<Element>,
}

/// A value that the model sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parametre {
    pub valeur: serde_json::Value,
    /// Les valeurs d'autres périodes, qui l'emportent à leurs dates
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periodes: Vec<PeriodeDeParametre>,
    /// La date du contrat qui choisit la période ; à défaut, la signature
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selon: Option<DateChoisie>,
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

/// What a value of the model is between two days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodeDeParametre {
    pub valeur: serde_json::Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_du: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_au: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A named heading: a general objective or an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intitule {
    pub id: Id,
    pub titre: String,
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

impl Parametre {
    /// Its value for a contract of these days; null when it is for other dates.
    pub fn valeur_pour(&self, jours: Jours) -> &serde_json::Value {
        let Some(date) = jours.choisi(self.selon.unwrap_or(DateChoisie::Signature)) else { return &self.valeur };
        let periode = self.periodes.iter().find(|p| dans(date, p.valide_du, p.valide_au));
        match periode {
            Some(periode) => &periode.valeur,
            None if !dans(date, self.valide_du, self.valide_au) => &serde_json::Value::Null,
            None => &self.valeur,
        }
    }
}

impl NonImprimee {
    /// Whether a place of the contract is one that this path names, or lies below it.
    ///
    /// `*` stands for any step; a path that begins with `**` names a key wherever it is.
    fn designe(chemin: &str, pointeur: &str) -> bool {
        if let Some(cle) = chemin.strip_prefix("**") {
            return pointeur.ends_with(cle);
        }
        let mut etapes = pointeur.split('/');
        chemin.split('/').all(|voulue| etapes.next().is_some_and(|etape| voulue == "*" || voulue == etape))
    }
}

impl Manifeste {
    /// Whether it is the model of one of these regions; one of no region is that of all.
    pub fn est_d_une_region(&self, regions: &[&str]) -> bool {
        self.regions.is_empty()
            || regions.is_empty()
            || regions.iter().any(|r| self.regions.iter().any(|sienne| sienne == r))
    }

    /// What the model says of a place that it does not print.
    pub fn non_imprimee(&self, pointeur: &str) -> Option<(&str, &NonImprimee)> {
        let dites = self.non_imprimees.iter().filter(|(_, n)| n.usage != UsageSansImpression::Imprimee);
        dites.map(|(chemin, n)| (chemin.as_str(), n)).find(|(chemin, _)| NonImprimee::designe(chemin, pointeur))
    }

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
        self.extraits.equipes = self.extraits.equipes.or_else(|| parent.extraits.equipes.clone());
        self.extraits.etablissement = self.extraits.etablissement.or_else(|| parent.extraits.etablissement.clone());
        for (cle, valeur) in &parent.parametres {
            self.parametres.entry(cle.clone()).or_insert_with(|| valeur.clone());
        }
        for (cle, valeur) in &parent.non_imprimees {
            self.non_imprimees.entry(cle.clone()).or_insert_with(|| valeur.clone());
        }
        for (cle, valeur) in &parent.regles {
            self.regles.entry(cle.clone()).or_insert_with(|| valeur.clone());
        }
        self
    }
}

/// The schema of a manifest, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Manifeste>())
}
