//! What a page is told of a contract: the whole, then what changed, operation by operation.

use super::refus::Illisible;
use super::remarques::{Ecart, ManqueVue, RemarqueVue};
use super::vue::{Difference, Vue};
use schemars::JsonSchema;
use serde::Serialize;

/// What a contract is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entete {
    pub reference: String,
    pub titre: String,
    pub modele: String,
    pub modele_titre: String,
    pub etat: String,
}

/// An operation of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Nomme {
    pub n: u64,
    pub nom: String,
}

/// The whole of what a page shows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Etat {
    pub n: u64,
    #[serde(flatten)]
    pub entete: Entete,
    #[serde(flatten)]
    pub vue: Vue,
    pub remarques: Vec<RemarqueVue>,
    /// What blocks only a definitive contract, and that no gap says.
    pub au_definitif: Vec<RemarqueVue>,
    pub manques: Vec<ManqueVue>,
    pub annuler: Option<Nomme>,
    pub retablir: Option<Nomme>,
    pub fichiers: Vec<EtatDeFichier>,
}

/// A file of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EtatDeFichier {
    pub nom: String,
    pub lisible: bool,
    /// Why it does not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// What changed since the state before.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Delta {
    pub n: u64,
    /// The page that asked.
    pub client: String,
    pub nom: String,
    #[serde(flatten)]
    pub vue: Difference,
    pub remarques: Ecart<RemarqueVue>,
    pub au_definitif: Ecart<RemarqueVue>,
    pub manques: Ecart<ManqueVue>,
    pub annuler: Option<Nomme>,
    pub retablir: Option<Nomme>,
    /// When it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entete: Option<Entete>,
    pub fichiers: Vec<EtatDeFichier>,
    /// Path of the new element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cree: Option<String>,
    /// Whether the request had been done before: the page reads the whole state again.
    #[serde(skip_serializing_if = "est_faux")]
    pub deja: bool,
    /// Words that were not read, and were left aside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ecartes: Vec<Illisible>,
}

/// A state that was given a name: the number of the operation that says it.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Jalon {
    pub n: u64,
}

fn est_faux(vrai: &bool) -> bool {
    !vrai
}
