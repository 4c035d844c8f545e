//! How messages name an objective, and words compared without accents, case or punctuation.

use crate::contrat::objectifs::Objectif;

/// The title of an objective, else its identifier.
pub fn titre(objectif: &Objectif) -> &str {
    objectif.titre.valeur().map_or(objectif.id.as_str(), |t| t.as_str())
}
