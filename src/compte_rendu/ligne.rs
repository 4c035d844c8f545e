//! A remark → a line of the report: the part of the contract that it is about, and its path that ranks do not change.

use super::Partie;
use crate::regles;
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
    #[schemars(description = "Pourquoi la règle importe, pour une règle du catalogue.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pourquoi: Option<&'static str>,
    #[serde(skip)]
    pub stable: String,
}

/// Why a rule of the catalogue matters.
pub(super) fn pourquoi(code: &str) -> Option<&'static str> {
    regles::rule(code).map(|r| r.pourquoi)
}
