//! What one file gives, before it is joined with the others.

use super::extrait::{Activite, Entite, Etablissement, Note};
use std::collections::BTreeMap;

/// What one file gives of what was asked for.
#[derive(Debug, Default)]
pub(super) struct Releve {
    pub sorte: &'static str,
    pub date: Option<String>,
    pub codage: Option<&'static str>,
    /// How many legal entities it has.
    pub entites: usize,
    /// Entities with their names; their establishments stand below.
    pub nommees: Vec<Entite>,
    /// Establishments, each with the number of its entity.
    pub etablissements: Vec<(String, Etablissement)>,
    /// Activities by establishment.
    pub activites: BTreeMap<String, Vec<Activite>>,
    pub donne_structures: bool,
    pub donne_activites: bool,
    pub notes: Vec<Note>,
}
