//! The identifiers of elements, which no one types nor sees: made for what is new, made again for a copy.

use crate::contrat::renvois::NOMMEES;
use crate::formats::mots::identifiant;
use crate::regles::chemins::traverses;
use crate::schema::forme::{Forme, Nature};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A new element of a list, with what is already known of it; it bears an identifier where its kind has one.
pub fn element_neuf(donnees: &Value, liste: &str, forme: &Arc<Forme>, lus: Vec<(String, Value)>) -> Value {
    if forme.nature != Nature::Objet {
        return lus.into_iter().next().map_or_else(|| json!(""), |(_, valeur)| valeur);
    }
    let mut element = Map::new();
    if forme.requises.iter().any(|cle| cle == "id") {
        let nom = ["nom", "titre", "libelle"].iter().find_map(|cle| lus.iter().find(|(c, _)| c == cle)?.1.as_str());
        let nomme = nom.map(identifiant).filter(|base| !base.is_empty());
        let base = nomme.clone().unwrap_or_else(|| genre(liste).to_owned());
        element.insert("id".into(), json!(libre(&pris(donnees), &base, nomme.is_none())));
    }
    element.extend(lus);
    Value::Object(element)
}

/// A copy of an element, to stand beside it: other identifiers, another name.
pub fn copie(donnees: &Value, liste: &str, original: &Value) -> Value {
    let mut copie = original.clone();
    let mut pris = pris(donnees);
    renommer(&mut copie, &mut pris);
    if NOMMEES.contains(&liste) {
        for cle in ["nom", "titre"] {
            if let Some(Value::String(nom)) = copie.get_mut(cle) {
                nom.push_str(" (copie)");
            }
        }
    }
    copie
}

/// The identifier of the element that a place is in, or is about.
pub fn designe(donnees: &Value, pointeur: &str) -> Option<String> {
    let mot = |element: &Value, cle: &str| element.get(cle).and_then(Value::as_str).map(str::to_owned);
    let traverses = traverses(donnees, pointeur);
    let cles = ["id", "etablissement", "objectif", "annexe", "autorite"];
    traverses.iter().rev().find_map(|element| cles.iter().find_map(|cle| mot(element, cle)))
}

fn renommer(valeur: &mut Value, pris: &mut BTreeSet<String>) {
    match valeur {
        Value::Object(objet) => {
            if let Some(Value::String(id)) = objet.get_mut("id") {
                *id = libre(pris, id, false);
                pris.insert(id.clone());
            }
            objet.values_mut().for_each(|enfant| renommer(enfant, pris));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|enfant| renommer(enfant, pris)),
        _ => {}
    }
}

/// The identifiers of a contract, wherever they stand.
fn pris(donnees: &Value) -> BTreeSet<String> {
    fn relever(valeur: &Value, sortie: &mut BTreeSet<String>) {
        match valeur {
            Value::Object(objet) => {
                sortie.extend(objet.get("id").and_then(Value::as_str).map(str::to_owned));
                objet.values().for_each(|enfant| relever(enfant, sortie));
            }
            Value::Array(elements) => elements.iter().for_each(|enfant| relever(enfant, sortie)),
            _ => {}
        }
    }
    let mut sortie = BTreeSet::new();
    relever(donnees, &mut sortie);
    sortie
}

/// The first that is free: « ime », « ime-2 »; numbered from 1 where the word says only what it is.
fn libre(pris: &BTreeSet<String>, base: &str, numerotee: bool) -> String {
    let racine = match base.rsplit_once('-') {
        Some((racine, rang)) if rang.len() < 4 && rang.bytes().all(|octet| octet.is_ascii_digit()) => racine,
        _ => base,
    };
    let candidats = (1_usize..).map(|n| match (n, numerotee) {
        (1, false) => base.to_owned(),
        _ => format!("{racine}-{n}"),
    });
    candidats.into_iter().find(|id| !pris.contains(id)).unwrap_or_default()
}

/// « /perimetre/etablissements » → « etablissement ».
fn genre(liste: &str) -> &str {
    liste.rsplit('/').next().unwrap_or_default().trim_end_matches('s')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::forme::forme_du_contrat;

    #[test]
    fn identifiers_are_made_of_names_and_never_twice() {
        let donnees =
            json!({ "perimetre": { "etablissements": [{ "id": "ime-les-mimosas" }, { "id": "etablissement-1" }] } });
        let liste = "/perimetre/etablissements";
        let forme = forme_du_contrat().a("/perimetre/etablissements/0").expect("a shape");
        let neuf = |nom: Option<&str>| {
            let lus = nom.map(|nom| ("nom".to_owned(), json!(nom))).into_iter().collect();
            element_neuf(&donnees, liste, &forme, lus)["id"].as_str().map(str::to_owned)
        };
        assert_eq!(neuf(Some("IME « Les Mimosas »")).as_deref(), Some("ime-les-mimosas-2"));
        assert_eq!(neuf(Some("3 Îles")).as_deref(), Some("3-iles"));
        assert_eq!(neuf(Some("…")).as_deref(), Some("etablissement-2"));
        assert_eq!(neuf(None).as_deref(), Some("etablissement-2"));
        let copie = copie(&donnees, liste, &json!({ "id": "ime-les-mimosas", "nom": "IME", "l": [{ "id": "x" }] }));
        assert_eq!(copie, json!({ "id": "ime-les-mimosas-2", "nom": "IME (copie)", "l": [{ "id": "x" }] }));
    }
}
