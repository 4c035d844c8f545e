//! What the computed values are made from, and what several of them look up in it.

use crate::contrat::Contrat;
use crate::contrat::parties::TypeAutorite;
use crate::document::Etat;
use crate::droit::Jours;
use crate::modele::manifeste::Intitule;
use crate::redaction::jetons::purger;
use crate::redaction::objets::{self, Pointeur};
use crate::redaction::parties;
use minijinja::Value;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What the computed values are made from.
pub struct Sources<'a> {
    pub contrat: &'a Contrat,
    /// For a contract restricted to one gestionnaire: which elements of each list were kept.
    pub rangs: Option<&'a BTreeMap<String, Vec<usize>>>,
    /// The contract as templates see it, for the objects that `calcule` points to.
    pub objets: &'a Value,
    pub etat: Etat,
    /// The days that choose between the states of the law.
    pub jours: Jours,
    /// The model's general objectives and axes.
    pub generaux: &'a [Intitule],
    pub axes: &'a [Intitule],
    /// The contract of all gestionnaires, when this one is that of a single one.
    pub ensemble: Option<Contrat>,
}

impl<'a> Sources<'a> {
    /// The place, in the file, of the nth element of a list of the contract.
    pub(super) fn place(&self, liste: &[&str], rang: usize) -> Pointeur<'a> {
        liste.iter().fold(Pointeur::racine(self.rangs), |p, cle| p.cle(cle)).element(rang)
    }

    /// The name of an establishment, which is to be given when it has none.
    pub(super) fn nom_etablissement(&self, id: &str) -> Json {
        let Some(rang) = self.contrat.etablissements().iter().position(|e| e.id.as_str() == id) else {
            return json!(id);
        };
        match self.contrat.etablissements()[rang].nom.valeur() {
            Some(nom) => json!(nom.to_string()),
            None => {
                let place = self.place(&["perimetre", "etablissements"], rang).cle("nom");
                objets::a_donner("nom de l'établissement", &place)
            }
        }
    }

    /// The name of a party, which is to be given when it has none.
    pub(super) fn nom_de_partie(&self, id: &str) -> Json {
        match parties::nom_de_partie(self.contrat, id) {
            Some(nom) => nom.nom.map_or_else(|| self.nom_a_donner(id), Json::from),
            None => json!(id),
        }
    }

    /// What would give its name to a party: its region or its département for an authority that bears one.
    pub(super) fn nom_a_donner(&self, id: &str) -> Json {
        let autorites = self.contrat.autorites();
        let place = match autorites.iter().position(|a| a.id.as_str() == id) {
            Some(rang) => {
                let cle = match autorites[rang].r#type {
                    TypeAutorite::Ars => "region",
                    TypeAutorite::Departement => "departement",
                    _ => "nom",
                };
                self.place(&["parties", "autorites"], rang).cle(cle)
            }
            None => {
                let rang = self.contrat.gestionnaires().iter().position(|g| g.id.as_str() == id);
                self.place(&["parties", "gestionnaires"], rang.unwrap_or_default()).cle("nom")
            }
        };
        objets::a_donner("nom de la partie", &place)
    }
}

/// A text of the contract, or what it has instead: its gap, its reason.
pub(super) fn ou_du_contrat(texte: Option<&str>, objet: &Value, cle: &str) -> Value {
    match texte {
        Some(texte) => Value::from(purger(texte)),
        None => objet.get_attr(cle).unwrap_or_default(),
    }
}

/// The elements of a list of the contract, as templates see them.
pub(super) fn elements(objets: &Value, chemin: &[&str]) -> Vec<Value> {
    let liste = chemin.iter().try_fold(objets.clone(), |v, cle| v.get_attr(cle).ok());
    liste.and_then(|l| l.try_iter().ok().map(Iterator::collect)).unwrap_or_default()
}
