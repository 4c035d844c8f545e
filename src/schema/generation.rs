//! From the types of the contract to the JSON Schema that editors load and that validation uses.
//!
//! The doc comments of the types (`Title | Description | example`) become `title`, `description` and
//! `examples`. It must not know how a contract is read or judged.

use crate::contrat::Contrat;
use serde_json::{Map, Value, json};

/// Address that identifies the schema; nothing is ever fetched from it.
pub const IDENTIFIANT: &str = "https://cpom.invalid/schemas/contrat.schema.json";

/// The schema of a contract file, draft 2020-12.
pub fn schema_contrat() -> Value {
    let mut schema = schema_de::<Contrat>();
    presenter(&mut schema);
    let definitions = schema.get("$defs").cloned().unwrap_or_default();
    illustrer(&mut schema, &definitions);
    if let Value::Object(racine) = &mut schema {
        racine.insert("$id".into(), json!(IDENTIFIANT));
        if let Some(Value::Object(proprietes)) = racine.get_mut("properties") {
            proprietes.insert(
                "$schema".into(),
                json!({
                    "title": "Schéma",
                    "description": "L'adresse de ce schéma, pour que l'éditeur explique chaque clé.",
                    "type": "string",
                    "examples": ["../schemas/contrat.schema.json"]
                }),
            );
        }
    }
    schema
}

/// The schema of a contract as it is committed and printed.
pub fn texte_du_schema() -> String {
    en_texte(&schema_contrat())
}

/// The schema of a type, draft 2020-12, its doc comments as they are.
pub fn schema_de<T: schemars::JsonSchema>() -> Value {
    schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}

/// A schema as it is committed and printed: indented, with a final newline.
pub fn en_texte(schema: &Value) -> String {
    let mut texte = serde_json::to_string_pretty(schema).unwrap_or_default();
    texte.push('\n');
    texte
}

/// Splits the doc comments, labels the enumerations, allows `$comment` in every object.
fn presenter(noeud: &mut Value) {
    match noeud {
        Value::Object(objet) => {
            decouper_description(objet);
            if let Some(Value::Array(choix)) = objet.get_mut("oneOf") {
                choix.iter_mut().filter_map(Value::as_object_mut).for_each(libelle_de_constante);
            }
            if let Some(Value::Object(proprietes)) = objet.get_mut("properties") {
                proprietes.insert(
                    "$comment".into(),
                    json!({
                        "title": "Commentaire",
                        "description": "Une note pour les rédacteurs ; elle n'est ni lue ni imprimée.",
                        "type": "string",
                        "examples": ["À confirmer avec le gestionnaire."]
                    }),
                );
            }
            objet
                .iter_mut()
                .filter(|(cle, _)| !matches!(cle.as_str(), "examples" | "const" | "enum" | "required"))
                .for_each(|(_, enfant)| presenter(enfant));
        }
        Value::Array(elements) => elements.iter_mut().for_each(presenter),
        _ => {}
    }
}

fn decouper_description(objet: &mut Map<String, Value>) {
    let Some(Value::String(description)) = objet.get("description").cloned() else { return };
    let mut morceaux = description.splitn(4, " | ").map(|m| m.trim().replace('\n', " "));
    let (Some(titre), Some(texte)) = (morceaux.next(), morceaux.next()) else { return };
    objet.insert("title".into(), titre.into());
    objet.insert("description".into(), texte.into());
    if let Some(exemple) = morceaux.next().and_then(|e| serde_json::from_str::<Value>(&e).ok()) {
        objet.insert("examples".into(), json!([exemple]));
    }
    if morceaux.next().as_deref() == Some(TOUJOURS) {
        toujours_une_valeur(objet);
    }
}

/// The fourth part of the doc comment of a key that may be unknown for a while, and never without object.
const TOUJOURS: &str = "toujours";

/// Leaves the value alone where it may be declared without object.
fn toujours_une_valeur(objet: &mut Map<String, Value>) {
    let choix = objet.remove("anyOf").unwrap_or_default();
    if let Some(Value::Object(valeur)) = choix.get(0) {
        for (cle, v) in valeur {
            objet.entry(cle).or_insert_with(|| v.clone());
        }
    }
}

/// The label of a value of an enumeration is its title.
fn libelle_de_constante(choix: &mut Map<String, Value>) {
    if choix.contains_key("const")
        && let Some(libelle) = choix.remove("description")
    {
        choix.insert("title".into(), libelle);
    }
}

/// Gives every property without example one that is composed from its own keys.
fn illustrer(noeud: &mut Value, definitions: &Value) {
    match noeud {
        Value::Object(objet) => {
            if let Some(Value::Object(proprietes)) = objet.get_mut("properties") {
                for propriete in proprietes.values_mut() {
                    if propriete.get("examples").is_none()
                        && let Some(exemple) = exemple(propriete, definitions, 6)
                        && let Value::Object(p) = propriete
                    {
                        p.insert("examples".into(), json!([exemple]));
                    }
                }
            }
            objet
                .iter_mut()
                .filter(|(cle, _)| cle.as_str() != "examples")
                .for_each(|(_, enfant)| illustrer(enfant, definitions));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|e| illustrer(e, definitions)),
        _ => {}
    }
}

/// An example for a schema node: its own, or one made of the required keys and the first optional ones.
fn exemple(noeud: &Value, definitions: &Value, profondeur: u8) -> Option<Value> {
    if profondeur == 0 {
        return None;
    }
    if let Some(exemple) = noeud.pointer("/examples/0") {
        return Some(exemple.clone());
    }
    if let Some(reference) = noeud.get("$ref").and_then(Value::as_str) {
        let nom = reference.strip_prefix("#/$defs/")?;
        return exemple(definitions.get(nom)?, definitions, profondeur);
    }
    if let Some(premier) = noeud.pointer("/anyOf/0").or_else(|| noeud.pointer("/oneOf/0")) {
        return exemple(premier, definitions, profondeur);
    }
    if let Some(constante) = noeud.get("const") {
        return Some(constante.clone());
    }
    if let Some(elements) = noeud.get("items") {
        return Some(json!([exemple(elements, definitions, profondeur - 1)?]));
    }
    let proprietes = noeud.get("properties")?.as_object()?;
    let requis: Vec<&str> = noeud
        .get("required")
        .and_then(Value::as_array)
        .map(|r| r.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let mut objet = Map::new();
    for (cle, propriete) in proprietes.iter().filter(|(c, _)| !c.starts_with('$')) {
        if (requis.contains(&cle.as_str()) || objet.len() < 2)
            && let Some(valeur) = exemple(propriete, definitions, profondeur - 1)
        {
            objet.insert(cle.clone(), valeur);
        }
    }
    Some(Value::Object(objet))
}
