//! The JSON tree with the place of each node: what parsing gives, what merging joins, turned at the end
//! into a plain value and its positions. It must not know what the keys mean.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::positions::{Lieu, Positions, Source};
use crate::remarque::jeton_de_pointeur;

/// A value, where it stands, and where its key stands if it has one.
#[derive(Debug)]
pub(super) struct Noeud {
    pub(super) contenu: Contenu,
    pub(super) lieu: Lieu,
    pub(super) cle: Option<Lieu>,
    /// Where the other files write the same element.
    pub(super) aussi: Vec<Lieu>,
}

#[derive(Debug)]
pub(super) enum Contenu {
    /// Keys in the order of the file, each once.
    Objet(Vec<(String, Noeud)>),
    Liste(Vec<Noeud>),
    Scalaire(Value),
}

impl Noeud {
    /// The value of a key, if this is an object that has it.
    pub(super) fn champ(&self, cle: &str) -> Option<&Noeud> {
        match &self.contenu {
            Contenu::Objet(champs) => champs.iter().find(|(c, _)| c == cle).map(|(_, n)| n),
            _ => None,
        }
    }

    /// The plain value.
    pub(super) fn valeur(&self) -> Value {
        match &self.contenu {
            Contenu::Objet(champs) => Value::Object(champs.iter().map(|(c, n)| (c.clone(), n.valeur())).collect()),
            Contenu::Liste(elements) => Value::Array(elements.iter().map(Noeud::valeur).collect()),
            Contenu::Scalaire(valeur) => valeur.clone(),
        }
    }

    /// The plain value and the place of each of its elements.
    pub(super) fn en_valeur(self, sources: Vec<Source>) -> (Value, Positions) {
        let (mut lieux, mut aussi) = (HashMap::new(), HashMap::new());
        let valeur = self.deposer(String::new(), &mut lieux, &mut aussi);
        (valeur, Positions::new(sources, lieux, aussi))
    }

    fn deposer(
        self,
        pointeur: String,
        lieux: &mut HashMap<String, (Lieu, Option<Lieu>)>,
        aussi: &mut HashMap<String, Vec<Lieu>>,
    ) -> Value {
        let valeur = match self.contenu {
            Contenu::Objet(champs) => {
                let mut objet = Map::new();
                for (cle, noeud) in champs {
                    let enfant = format!("{pointeur}/{}", jeton_de_pointeur(&cle));
                    objet.insert(cle, noeud.deposer(enfant, lieux, aussi));
                }
                Value::Object(objet)
            }
            Contenu::Liste(elements) => Value::Array(
                elements
                    .into_iter()
                    .enumerate()
                    .map(|(rang, noeud)| noeud.deposer(format!("{pointeur}/{rang}"), lieux, aussi))
                    .collect(),
            ),
            Contenu::Scalaire(valeur) => valeur,
        };
        if !self.aussi.is_empty() {
            aussi.insert(pointeur.clone(), self.aussi);
        }
        lieux.insert(pointeur, (self.lieu, self.cle));
        valeur
    }
}
