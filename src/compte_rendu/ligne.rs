//! A remark → a line of the report: the part of the contract that it is about, and its path that ranks do not change.

use super::Partie;
use crate::remarque::Remarque;
use schemars::JsonSchema;
use serde::Serialize;

/// A remark, the part of the contract that it is about, and its path that ranks do not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Une remarque et la partie du contrat qu'elle concerne.")]
pub struct Ligne {
    #[serde(flatten)]
    pub remarque: Remarque,
    pub partie: Partie,
    #[serde(skip)]
    pub stable: String,
}
