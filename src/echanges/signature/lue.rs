//! What can be said of a signature: whether its bytes are right, its sort, what it covers, of whom it says to be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be said of a field without trusting anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Ce que disent les octets d'un champ.")]
pub enum Integrite {
    #[schemars(description = "Le champ est vide.")]
    NonSigne,
    #[schemars(description = "Les octets sont ceux qui ont été signés, avec la clé du certificat joint.")]
    Intacte,
    #[schemars(description = "Les octets ont changé depuis la signature, ou elle ne les couvre pas tous.")]
    Rompue,
    #[schemars(description = "La signature n'a pas été faite avec la clé du certificat joint.")]
    Fausse,
    #[schemars(description = "La signature est abîmée, ou n'a pas la forme d'une signature de PDF.")]
    NonLue,
    #[schemars(description = "La signature est d'une sorte que cpom ne calcule pas.")]
    NonVerifiee,
}

impl Integrite {
    /// Whether something is wrong: what cannot be checked here is not.
    pub fn est_une_faute(self) -> bool {
        matches!(self, Integrite::Rompue | Integrite::Fausse | Integrite::NonLue)
    }
}

/// What kind of signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "La sorte de signature.")]
pub enum Sorte {
    #[default]
    #[schemars(description = "Celle d'une personne ou d'un cachet.")]
    Signature,
    #[schemars(description = "L'horodatage du document (RFC 3161).")]
    Horodatage,
}

/// What a signature turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::echanges) struct Lue {
    pub(in crate::echanges) integrite: Integrite,
    pub(in crate::echanges) sorte: Sorte,
    pub(in crate::echanges) motif: Option<String>,
    pub(in crate::echanges) couvre: usize,
    pub(in crate::echanges) certificat: Option<String>,
    pub(in crate::echanges) date: Option<String>,
}

impl Lue {
    pub(super) fn de(integrite: Integrite, motif: &str) -> Self {
        let motif = Some(motif).filter(|motif| !motif.is_empty()).map(String::from);
        Lue { integrite, sorte: Sorte::Signature, motif, couvre: 0, certificat: None, date: None }
    }
}
