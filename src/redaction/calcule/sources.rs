//! What the computed values are made from, and what several of them look up in it.

use crate::contrat::Contrat;
use crate::document::Etat;
use crate::modele::manifeste::Intitule;
use minijinja::Value;
use serde_json::{Value as Json, json};

/// What the computed values are made from.
pub struct Sources<'a> {
    pub contrat: &'a Contrat,
    /// The contract as templates see it, for the objects that `calcule` points to.
    pub objets: &'a Value,
    pub etat: Etat,
    /// The model's general objectives and axes.
    pub generaux: &'a [Intitule],
    pub axes: &'a [Intitule],
    /// The contract of all gestionnaires, when this one is that of a single one.
    pub ensemble: Option<Contrat>,
}

/// The elements of a list of the contract, as templates see them.
pub(super) fn elements(objets: &Value, chemin: &[&str]) -> Vec<Value> {
    let liste = chemin.iter().try_fold(objets.clone(), |v, cle| v.get_attr(cle).ok());
    liste.and_then(|l| l.try_iter().ok().map(Iterator::collect)).unwrap_or_default()
}

pub(super) fn nom_etablissement(contrat: &Contrat, id: &str) -> Json {
    json!(contrat.etablissement(id).and_then(|e| e.nom.valeur()).map_or(id.to_string(), ToString::to_string))
}
