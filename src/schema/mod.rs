//! Turns a JSON value and a JSON Schema into findings in plain French: all of them, never only the first.
//!
//! The schema is made from the contract's types (`generation`). Validation must know neither them nor the
//! files: the schema's own titles and descriptions are its only words about the field, and a function
//! gives the places.

mod branches;
pub mod chemin;
mod elagage;
pub mod forme;
pub mod generation;
mod messages;
mod mots;
mod noeuds;

pub use elagage::Elague;
pub(crate) use mots::plus_proche;

use std::collections::HashSet;

use jsonschema::Validator;
use serde_json::Value;

use crate::remarque::{Position, Remarque, ordonner};

/// Most findings told at once; beyond, one line says how many more.
const MAXIMUM: usize = 200;

/// A JSON Schema (draft 2020-12), compiled once.
#[derive(Debug)]
pub struct Schema {
    racine: Value,
    validateur: Validator,
}

/// The schema itself is at fault: a mistake of the program, not of the user.
#[derive(Debug, thiserror::Error)]
pub enum ErreurSchema {
    #[error("le schéma n'est pas du JSON")]
    Json(#[from] serde_json::Error),
    #[error("le schéma n'est pas un schéma JSON valide : {0}")]
    Schema(String),
}

impl Schema {
    /// Compiles the text of a schema; formats are checked.
    pub fn compiler(texte: &str) -> Result<Self, ErreurSchema> {
        Self::depuis_valeur(serde_json::from_str(texte)?)
    }

    /// Compiles a schema already read.
    pub fn depuis_valeur(racine: Value) -> Result<Self, ErreurSchema> {
        let validateur = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&racine)
            .map_err(|erreur| ErreurSchema::Schema(erreur.to_string()))?;
        Ok(Self { racine, validateur })
    }

    /// The schema as JSON.
    pub fn racine(&self) -> &Value {
        &self.racine
    }

    /// All that the schema refuses in a value, in reading order. `positions` gives the place of a JSON
    /// pointer. The value should come without comments (`lecture::sans_commentaires`).
    pub fn valider(&self, instance: &Value, positions: &dyn Fn(&str) -> Option<Position>) -> Vec<Remarque> {
        let traducteur = messages::Traducteur::new(&self.racine, instance);
        let mut remarques = Vec::new();
        for erreur in self.validateur.iter_errors(instance) {
            traducteur.traduire(&erreur, &mut remarques);
        }
        taire_les_echos(&mut remarques);
        for remarque in &mut remarques {
            remarque.position = positions(&remarque.pointeur);
        }
        ordonner(&mut remarques);
        borner(&mut remarques);
        // A hundred thousand unknown keys are put in order; those that are shown are put in words.
        remarques.iter_mut().for_each(|remarque| traducteur.completer(remarque));
        remarques
    }

    /// Whether the schema requires a key of an element.
    pub fn exige(&self, pointeur: &str, cle: &str) -> bool {
        let requis = |noeud: &&Value| {
            let requis = noeud.get("required").and_then(Value::as_array);
            requis.is_some_and(|requis| requis.iter().any(|requise| requise == cle))
        };
        noeuds::Noeuds::new(&self.racine).de_l_instance(pointeur).iter().any(requis)
    }

    /// The pointers of all that the schema refuses, without words.
    pub fn refuses(&self, instance: &Value) -> Vec<String> {
        let traducteur = messages::Traducteur::new(&self.racine, instance);
        let mut pointeurs = Vec::new();
        for erreur in self.validateur.iter_errors(instance) {
            traducteur.pointeurs(&erreur, &mut pointeurs);
        }
        pointeurs
    }
}

/// An empty or ill-typed text also fails its pattern: told once.
fn taire_les_echos(remarques: &mut Vec<Remarque>) {
    let dites: HashSet<String> =
        remarques.iter().filter(|r| r.code != "SCH-pattern").map(|r| r.pointeur.clone()).collect();
    remarques.retain(|r| r.code != "SCH-pattern" || !dites.contains(&r.pointeur));
}

fn borner(remarques: &mut Vec<Remarque>) {
    let reste = remarques.len().saturating_sub(MAXIMUM);
    if reste > 0 {
        remarques.truncate(MAXIMUM);
        let (pluriel, verbe) = if reste > 1 { ("s", "ne sont") } else { ("", "n'est") };
        remarques.push(Remarque::bloquante(
            "SCH-suite",
            "",
            format!("{reste} autre{pluriel} remarque{pluriel} de structure {verbe} pas affichée{pluriel}."),
            "corrigez d'abord celles qui précèdent, puis relancez la vérification.",
        ));
    }
}
