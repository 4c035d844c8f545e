//! The data of a contract → what the page shows of them: words by path, elements of lists by name, notes; and what changed
//! from one state to the next.

use super::cles::Cles;
use super::mots::{distinguer, nom_de};
use crate::contrat::champ::NON_APPLICABLE;
use crate::formats::majuscule;
use crate::lecture::sans_commentaires;
use crate::remarque::jeton_de_pointeur;
use crate::saisie::afficher;
use crate::schema::chemin::Chemins;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The key of a note for the drafters.
pub const NOTE: &str = "$comment";

/// A single value as it stands in the contract: the type that a page gives to what is here a `Value`.
pub enum Brut {}

impl JsonSchema for Brut {
    fn schema_name() -> Cow<'static, str> {
        "Brut".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A single value as it stands in the contract.",
            "type": ["string", "number", "boolean"]
        })
    }
}

/// What is shown of a value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Feuille {
    /// The words, and the value when it is not those words.
    Valeur {
        t: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Brut>")]
        v: Option<Value>,
    },
    /// Declared without object, with the reason.
    SansObjet { so: String },
}

/// An element of a list: its token in the paths, and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ligne {
    pub cle: String,
    pub nom: String,
}

/// What the page shows of a contract, by path.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Vue {
    pub valeurs: BTreeMap<String, Feuille>,
    pub listes: BTreeMap<String, Vec<Ligne>>,
    pub notes: BTreeMap<String, String>,
}

/// What changed: what is no longer there is nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    pub valeurs: BTreeMap<String, Option<Feuille>>,
    pub listes: BTreeMap<String, Option<Vec<Ligne>>>,
    pub notes: BTreeMap<String, Option<String>>,
}

impl Vue {
    /// `donnees` with their notes.
    pub fn de(donnees: &Value, cles: &Cles) -> Self {
        let nommees = sans_commentaires(donnees);
        let mut vue = Vue::default();
        let mut visite = Visite { cles, chemins: &Chemins::de(&nommees), vue: &mut vue };
        visite.noeud(donnees, &forme_du_contrat(), "", "");
        vue
    }

    /// Pieces that have no title of their own are called by that of the annex that they are given for.
    pub fn nommer_les_pieces(&mut self, titres: &BTreeMap<String, String>) {
        let Vue { valeurs, listes, .. } = self;
        let mot = |chemin: &str, cle: &str| match valeurs.get(&format!("/pieces/{chemin}/{cle}"))? {
            Feuille::Valeur { t, .. } => Some(t.as_str()),
            Feuille::SansObjet { .. } => None,
        };
        for ligne in listes.get_mut("/pieces").into_iter().flatten() {
            if mot(&ligne.cle, "titre").is_none()
                && let Some(titre) = mot(&ligne.cle, "annexe").and_then(|id| titres.get(id))
            {
                ligne.nom.clone_from(titre);
            }
        }
    }

    pub fn difference(&self, avant: &Vue) -> Difference {
        Difference {
            valeurs: difference(&avant.valeurs, &self.valeurs),
            listes: difference(&avant.listes, &self.listes),
            notes: difference(&avant.notes, &self.notes),
        }
    }
}

fn difference<V: Clone + PartialEq>(
    avant: &BTreeMap<String, V>,
    apres: &BTreeMap<String, V>,
) -> BTreeMap<String, Option<V>> {
    let nouveaux = apres.iter().filter(|(chemin, v)| avant.get(*chemin) != Some(v));
    let mut sortie: BTreeMap<String, Option<V>> = nouveaux.map(|(c, v)| (c.clone(), Some(v.clone()))).collect();
    sortie.extend(avant.keys().filter(|chemin| !apres.contains_key(*chemin)).map(|chemin| (chemin.clone(), None)));
    sortie
}

/// The reason of a value declared without object.
pub fn sans_objet(valeur: &Value) -> Option<&str> {
    let objet = valeur.as_object()?;
    let motif = objet.get(NON_APPLICABLE)?.as_str()?;
    objet.keys().all(|cle| cle == NON_APPLICABLE || cle.starts_with('$')).then_some(motif)
}

/// What is shown of a single value.
pub fn feuille(forme: &Forme, valeur: &Value) -> Option<Feuille> {
    if let Some(motif) = sans_objet(valeur) {
        return Some(Feuille::SansObjet { so: motif.to_owned() });
    }
    let t = afficher(forme, valeur)?;
    let v = (valeur.as_str() != Some(t.as_str())).then(|| valeur.clone());
    Some(Feuille::Valeur { t, v })
}

/// The words of a value, for a sentence; none of what is not single.
pub fn en_mots(forme: &Forme, valeur: &Value) -> String {
    match feuille(forme, valeur) {
        Some(Feuille::Valeur { t, .. }) => t,
        Some(Feuille::SansObjet { so }) => format!("sans objet ({so})"),
        None => String::new(),
    }
}

struct Visite<'a> {
    cles: &'a Cles,
    chemins: &'a Chemins<'a>,
    vue: &'a mut Vue,
}

impl Visite<'_> {
    fn noeud(&mut self, valeur: &Value, forme: &Forme, pointeur: &str, chemin: &str) {
        if let Some(feuille) = feuille(forme, valeur) {
            self.vue.valeurs.insert(chemin.to_owned(), feuille);
            return;
        }
        match valeur {
            Value::Object(objet) => {
                for (cle, enfant) in objet {
                    let jeton = jeton_de_pointeur(cle);
                    let (ici, la) = (format!("{pointeur}/{jeton}"), format!("{chemin}/{jeton}"));
                    match (cle.as_str(), enfant) {
                        (NOTE, Value::String(note)) => {
                            self.vue.notes.insert(chemin.to_owned(), note.clone());
                        }
                        _ => {
                            let sous_forme = forme.cles.get(cle).or(forme.element.as_ref());
                            if let Some(sous_forme) = sous_forme {
                                self.noeud(enfant, sous_forme, &ici, &la);
                            }
                        }
                    }
                }
            }
            Value::Array(elements) if forme.nature == Nature::Liste => {
                let Some(sous_forme) = &forme.element else { return };
                let nommer = |(rang, element)| majuscule(&nom_de(self.chemins, element, Some(sous_forme), rang));
                let mut noms: Vec<String> = elements.iter().enumerate().map(nommer).collect();
                distinguer(&mut noms, elements, Some(sous_forme));
                let mut lignes = Vec::with_capacity(elements.len());
                for ((rang, element), nom) in elements.iter().enumerate().zip(noms) {
                    let Some(cle) = self.cles.jeton(pointeur, rang) else { continue };
                    self.noeud(element, sous_forme, &format!("{pointeur}/{rang}"), &format!("{chemin}/{cle}"));
                    lignes.push(Ligne { cle, nom });
                }
                self.vue.listes.insert(chemin.to_owned(), lignes);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_page_shows_words_names_and_reasons() {
        let donnees = json!({
            "perimetre": { "etablissements": [
                { "id": "ime", "nom": "IME Les Mimosas", "categorie": "183", "$comment": "à confirmer",
                  "capacites": { "non_applicable": "pas de place" } }
            ] },
            "moyens": { "budgets": [{ "etablissement": "ime", "annee": 2025, "depenses": { "groupe_1": 361200.5 } }] },
            "inconnue": { "x": 1 }
        });
        let cles = Cles::de(&donnees);
        let vue = Vue::de(&donnees, &cles);
        let ime = "/perimetre/etablissements/@ime";
        assert_eq!(
            serde_json::to_value(&vue.valeurs).unwrap(),
            json!({
                format!("{ime}/id"): { "t": "ime" },
                format!("{ime}/nom"): { "t": "IME Les Mimosas" },
                format!("{ime}/categorie"): { "t": "183 – Institut médico-éducatif (IME)", "v": "183" },
                format!("{ime}/capacites"): { "so": "pas de place" },
                "/moyens/budgets/@ime-2025/annee": { "t": "2025", "v": 2025 },
                "/moyens/budgets/@ime-2025/depenses/groupe_1": { "t": "361\u{A0}200,50", "v": 361200.5 },
                "/moyens/budgets/@ime-2025/etablissement": { "t": "ime" },
            })
        );
        assert_eq!(vue.listes["/perimetre/etablissements"][0].nom, "IME Les Mimosas");
        assert_eq!(vue.listes["/moyens/budgets"][0].nom, "IME Les Mimosas, 2025");
        assert_eq!(vue.notes, BTreeMap::from([(ime.to_owned(), "à confirmer".to_owned())]));

        let mut apres = donnees.clone();
        apres["moyens"]["budgets"][0]["depenses"] = json!({ "groupe_2": 1 });
        let difference = Vue::de(&apres, &cles).difference(&vue);
        assert_eq!(difference.valeurs["/moyens/budgets/@ime-2025/depenses/groupe_1"], None);
        assert_eq!((difference.valeurs.len(), difference.listes.len()), (2, 0));
    }
}
