//! The JSON tree with the place of each node: what parsing gives, what merging joins, turned at the end
//! into a plain value and its places. It must not know what the keys mean.

use serde_json::{Map, Number, Value};

use super::positions::{Lieu, Place};

/// A value and where it stands. Small, for a file may hold a million of them: a plain value takes 72 bytes.
#[derive(Debug)]
pub(super) struct Noeud {
    pub(super) contenu: Contenu,
    pub(super) lieu: Lieu,
}

#[derive(Debug)]
pub(super) enum Contenu {
    /// Keys in the order of the file, each once.
    Objet(Vec<Champ>),
    Liste(Vec<Noeud>),
    Texte(String),
    Nombre(Number),
    Booleen(bool),
    Nul,
}

/// A key of an object, where it stands, and its value.
#[derive(Debug)]
pub(super) struct Champ {
    pub(super) cle: String,
    pub(super) lieu: Lieu,
    pub(super) noeud: Noeud,
}

impl Noeud {
    /// The value of a key, if this is an object that has it.
    pub(super) fn champ(&self, cle: &str) -> Option<&Noeud> {
        match &self.contenu {
            Contenu::Objet(champs) => champs.iter().find(|c| c.cle == cle).map(|c| &c.noeud),
            _ => None,
        }
    }

    /// The plain value.
    pub(super) fn valeur(&self) -> Value {
        match &self.contenu {
            Contenu::Objet(champs) => Value::Object(champs.iter().map(|c| (c.cle.clone(), c.noeud.valeur())).collect()),
            Contenu::Liste(elements) => Value::Array(elements.iter().map(Noeud::valeur).collect()),
            Contenu::Texte(texte) => Value::String(texte.clone()),
            Contenu::Nombre(nombre) => Value::Number(nombre.clone()),
            Contenu::Booleen(booleen) => Value::Bool(*booleen),
            Contenu::Nul => Value::Null,
        }
    }

    /// The plain value, and where each of its elements stands.
    pub(super) fn en_valeur(self) -> (Value, Place) {
        let lieu = self.lieu;
        match self.contenu {
            Contenu::Objet(champs) => {
                let mut objet = Map::with_capacity(champs.len());
                let mut places = Vec::with_capacity(champs.len());
                for Champ { cle, lieu, noeud } in champs {
                    let (valeur, place) = noeud.en_valeur();
                    places.push((cle.as_str().into(), lieu, place));
                    objet.insert(cle, valeur);
                }
                (Value::Object(objet), Place::objet(lieu, places))
            }
            Contenu::Liste(elements) => {
                let (valeurs, places) = elements.into_iter().map(Noeud::en_valeur).unzip();
                (Value::Array(valeurs), Place::liste(lieu, places))
            }
            Contenu::Texte(texte) => (Value::String(texte), Place::seule(lieu)),
            Contenu::Nombre(nombre) => (Value::Number(nombre), Place::seule(lieu)),
            Contenu::Booleen(booleen) => (Value::Bool(booleen), Place::seule(lieu)),
            Contenu::Nul => (Value::Null, Place::seule(lieu)),
        }
    }
}
