//! What a page asks of a contract: operations on paths, each with what the page had seen.

use super::vue::Brut;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Operations that are done together or not at all, as one line of the history.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Demande {
    /// The page that asks; the others are told.
    #[serde(default)]
    pub client: String,
    /// The number that the page gives to its request: one that was done and whose answer was lost is not done twice.
    #[serde(default)]
    pub numero: Option<u64>,
    /// What the history calls it; composed when it is not given.
    #[serde(default)]
    pub nom: Option<String>,
    /// What is not read is left aside and told, instead of refusing the whole: a pasted block.
    #[serde(default)]
    pub souple: bool,
    pub ops: Vec<Op>,
}

/// An operation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Op {
    /// Words typed (an empty text takes the value away), or the value itself: a code, a reference, yes or no.
    Poser {
        chemin: String,
        #[serde(default)]
        texte: Option<String>,
        #[serde(default)]
        #[schemars(with = "Option<Brut>")]
        valeur: Option<Value>,
        /// What the page had seen: the words, or the value.
        #[serde(default)]
        #[schemars(with = "Option<Brut>")]
        avant: Option<Value>,
    },
    /// Without object, for a reason; no reason: with object again.
    SansObjet {
        chemin: String,
        #[serde(default)]
        motif: Option<String>,
    },
    /// The note for the drafters of an object.
    Note {
        chemin: String,
        texte: String,
        #[serde(default)]
        avant: Option<String>,
    },
    /// A new element of a list, after one of them or at the end, with words in some of its fields.
    Ajouter {
        liste: String,
        #[serde(default)]
        apres: Option<String>,
        #[serde(default)]
        valeurs: BTreeMap<String, String>,
    },
    Dupliquer {
        chemin: String,
    },
    Deplacer {
        chemin: String,
        rang: usize,
    },
    /// With what names it when `cascade` says so.
    Retirer {
        chemin: String,
        #[serde(default)]
        cascade: bool,
    },
    /// A value of a list of references or of choices, present or not.
    Cocher {
        liste: String,
        #[schemars(with = "Brut")]
        valeur: Value,
        present: bool,
    },
    /// A rule set aside, for the remark of that name.
    Deroger {
        remarque: String,
        motif: String,
        #[serde(default)]
        auteur: String,
    },
    /// An objective of the library of the model, with its fiche.
    Bibliotheque {
        code: String,
    },
    Annuler {
        n: u64,
    },
    Retablir {
        n: u64,
    },
    /// All that came after that operation is undone.
    Revenir {
        n: u64,
    },
}

/// The state that a contract is in is to have a name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct DemandeDeJalon {
    #[serde(default)]
    pub nom: String,
}
