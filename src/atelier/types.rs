//! The types of what the server says and takes → `atelier/js/api.d.ts`, which must be the committed one.
//!
//! What is said is described as it is written (serde's `skip_serializing_if`), what is asked as it is read (`default`): a key is
//! optional where it may be absent. A shape that has no words here stops the test.

use super::apercu::{ListeDePages, PlaceVue, ZoneVue};
use super::cibles::{Depart, LigneDHistorique, RegleDite};
use super::collage::{ListeCollee, ListeLue};
use super::commandes::{Differences, PieceDeposee, RepriseVue};
use super::demande::{Demande, DemandeDeJalon};
use super::dossier::{Accueil, ContratRouvert};
use super::etat::{Delta, Etat, Jalon};
use super::formulaire::Formulaire;
use super::grilles::Grille;
use super::impression::DemandeDImpression;
use super::naissance::{ContratNe, Naissance};
use super::refus::{Nommant, ProblemeVue};
use crate::echanges::Controle;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const TETE: &str = "\
// What the server says and takes, as types: made from those of Rust (`src/atelier/types.rs`), not by hand; nothing here runs.
// When they change: CPOM_ECRIRE_TYPES=1 cargo test --release --lib atelier::types
";
/// Longest line of a union, or of an object inside another type.
const LARGEUR: usize = 120;

type Racine = fn(&mut SchemaGenerator) -> Schema;

/// What routes answer; refusals come last, since they name a report that the page never reads.
const DIT: [Racine; 22] = [
    SchemaGenerator::subschema_for::<Accueil>,
    SchemaGenerator::subschema_for::<Depart>,
    SchemaGenerator::subschema_for::<ContratNe>,
    SchemaGenerator::subschema_for::<ListeCollee>,
    SchemaGenerator::subschema_for::<ListeLue>,
    SchemaGenerator::subschema_for::<Formulaire>,
    SchemaGenerator::subschema_for::<Etat>,
    SchemaGenerator::subschema_for::<Delta>,
    SchemaGenerator::subschema_for::<Nommant>,
    SchemaGenerator::subschema_for::<Grille>,
    SchemaGenerator::subschema_for::<LigneDHistorique>,
    SchemaGenerator::subschema_for::<Jalon>,
    SchemaGenerator::subschema_for::<RegleDite>,
    SchemaGenerator::subschema_for::<ListeDePages>,
    SchemaGenerator::subschema_for::<PlaceVue>,
    SchemaGenerator::subschema_for::<ZoneVue>,
    SchemaGenerator::subschema_for::<Differences>,
    SchemaGenerator::subschema_for::<RepriseVue>,
    SchemaGenerator::subschema_for::<Controle>,
    SchemaGenerator::subschema_for::<PieceDeposee>,
    SchemaGenerator::subschema_for::<ContratRouvert>,
    SchemaGenerator::subschema_for::<ProblemeVue>,
];

/// What pages send.
const DEMANDE: [Racine; 4] = [
    SchemaGenerator::subschema_for::<Demande>,
    SchemaGenerator::subschema_for::<Naissance>,
    SchemaGenerator::subschema_for::<DemandeDImpression>,
    SchemaGenerator::subschema_for::<DemandeDeJalon>,
];

fn typescript() -> String {
    let mut types = declarations(SchemaSettings::draft2020_12().for_serialize(), &DIT);
    for (nom, type_) in declarations(SchemaSettings::draft2020_12(), &DEMANDE) {
        let autre = types.insert(nom.clone(), type_.clone());
        assert!(autre.is_none_or(|autre| autre == type_), "{nom} is not the same in what is said and what is asked");
    }
    let mut texte = TETE.to_owned();
    for type_ in types.values() {
        texte.push('\n');
        texte.push_str(type_);
    }
    texte
}

/// The types that the roots lead to, by name.
fn declarations(reglages: SchemaSettings, racines: &[Racine]) -> BTreeMap<String, String> {
    let dit = reglages.contract.is_serialize();
    let mut generateur = reglages.into_generator();
    let mut a_voir: Vec<String> = Vec::new();
    for racine in racines {
        noms(racine(&mut generateur).as_value(), &mut a_voir);
    }
    let toutes = generateur.take_definitions(true);
    let mut sortie = BTreeMap::new();
    while let Some(nom) = a_voir.pop() {
        if sortie.contains_key(&nom) {
            continue;
        }
        assert!(!nom.ends_with(|c: char| c.is_ascii_digit()), "two types have the name of {nom}: rename one");
        noms(&toutes[&nom], &mut a_voir);
        let type_ = Ecriture { dit }.declaration(&nom, &toutes[&nom]);
        sortie.insert(nom, type_);
    }
    sortie
}

/// The names of the types that a schema needs.
fn noms(schema: &Value, sortie: &mut Vec<String>) {
    match schema {
        Value::Object(objet) => {
            sortie.extend(objet.get("$ref").map(nom));
            objet.values().for_each(|enfant| noms(enfant, sortie));
        }
        Value::Array(elements) => elements.iter().for_each(|enfant| noms(enfant, sortie)),
        _ => {}
    }
}

fn nom(reference: &Value) -> String {
    let nom = reference.as_str().and_then(|r| r.strip_prefix("#/$defs/"));
    nom.unwrap_or_else(|| panic!("{reference} is no name")).to_owned()
}

/// Schemas in words of TypeScript; of what is said, or of what is asked.
struct Ecriture {
    dit: bool,
}

impl Ecriture {
    fn declaration(&self, nom: &str, schema: &Value) -> String {
        let doc = doc(schema, "");
        match choix(schema) {
            None if schema.get("properties").is_some() => {
                format!("{doc}export interface {nom} {}\n", self.objet(schema, "", &[]))
            }
            Some(choix) => {
                let variantes = self.variantes(&choix, "  ");
                let une_ligne = format!("{doc}export type {nom} = {};\n", variantes.join(" | "));
                let documentees = choix.iter().any(|c| c.get("description").is_some());
                if !documentees && une_ligne.lines().all(|ligne| ligne.len() <= LARGEUR) {
                    return une_ligne;
                }
                let lignes = choix.iter().zip(&variantes);
                let lignes = lignes.map(|(schema, type_)| format!("{}  | {type_}", self::doc(schema, "  ")));
                format!("{doc}export type {nom} =\n{};\n", lignes.collect::<Vec<_>>().join("\n"))
            }
            None => format!("{doc}export type {nom} = {};\n", self.type_(schema, "")),
        }
    }

    /// A type, where lines begin with `marge`.
    fn type_(&self, schema: &Value, marge: &str) -> String {
        let Value::Object(objet) = schema else {
            assert_eq!(schema, &Value::Bool(true), "no type");
            return "unknown".to_owned();
        };
        if let Some(reference) = objet.get("$ref") {
            return nom(reference);
        }
        if let Some(constante) = objet.get("const") {
            return constante.to_string();
        }
        if let Some(choix) = choix(schema) {
            assert!(!objet.contains_key("properties"), "keys and alternatives together: {schema}");
            return self.variantes(&choix, marge).join(" | ");
        }
        match objet.get("type") {
            Some(Value::Array(genres)) => {
                let un = |genre: &Value| self.simple(genre, objet, marge);
                genres.iter().map(un).collect::<Vec<_>>().join(" | ")
            }
            Some(genre) => self.simple(genre, objet, marge),
            None => "unknown".to_owned(),
        }
    }

    fn simple(&self, genre: &Value, objet: &Map<String, Value>, marge: &str) -> String {
        match genre.as_str().unwrap_or_default() {
            "null" => "null".to_owned(),
            "string" => "string".to_owned(),
            "boolean" => "boolean".to_owned(),
            "integer" | "number" => "number".to_owned(),
            "array" => self.liste(objet, marge),
            "object" => match (objet.get("properties"), objet.get("additionalProperties")) {
                (Some(_), _) => self.objet(&Value::Object(objet.clone()), marge, &[]),
                (None, Some(valeurs)) => format!("Record<string, {}>", self.type_(valeurs, marge)),
                (None, None) => "Record<string, unknown>".to_owned(),
            },
            autre => panic!("« {autre} » has no words in TypeScript"),
        }
    }

    fn liste(&self, objet: &Map<String, Value>, marge: &str) -> String {
        if let Some(Value::Array(places)) = objet.get("prefixItems") {
            let places: Vec<String> = places.iter().map(|place| self.type_(place, marge)).collect();
            return format!("[{}]", places.join(", "));
        }
        let element = self.type_(objet.get("items").unwrap_or(&Value::Bool(true)), marge);
        if element.contains(" | ") && !element.starts_with(['{', '[']) {
            format!("({element})[]")
        } else {
            format!("{element}[]")
        }
    }

    /// The alternatives of a union. Objects that no key tells apart say that they have not the keys of the others.
    fn variantes(&self, choix: &[Value], marge: &str) -> Vec<String> {
        let cles = |schema: &Value| -> Vec<String> {
            let proprietes = schema.get("properties").and_then(Value::as_object);
            proprietes.into_iter().flat_map(|p| p.keys().cloned()).collect()
        };
        let etiquete = |schema: &Value| {
            let proprietes = schema.get("properties").and_then(Value::as_object);
            proprietes.is_some_and(|p| p.values().any(|valeur| valeur.get("const").is_some()))
        };
        let toutes: Vec<String> = choix.iter().filter(|schema| !etiquete(schema)).flat_map(cles).collect();
        let dire = |schema: &Value| {
            let siennes = cles(schema);
            match siennes.is_empty() || etiquete(schema) {
                true => self.type_(schema, marge),
                false => {
                    let autres: Vec<&String> = toutes.iter().filter(|cle| !siennes.contains(cle)).collect();
                    self.objet(schema, marge, &autres)
                }
            }
        };
        choix.iter().map(dire).collect()
    }

    /// An object: its keys, and those that it never has.
    fn objet(&self, schema: &Value, marge: &str, jamais: &[&String]) -> String {
        let proprietes = schema.get("properties").and_then(Value::as_object);
        let requises = schema.get("required").and_then(Value::as_array);
        let dedans = format!("{marge}  ");
        let mut lignes = Vec::new();
        for (cle, valeur) in proprietes.into_iter().flatten() {
            let requise = requises.is_some_and(|toutes| toutes.iter().any(|une| une == cle));
            let mut type_ = self.type_(valeur, &dedans);
            // What is not written when there is nothing to say is never written as nothing.
            if self.dit && !requise {
                type_ = type_.strip_suffix(" | null").unwrap_or(&type_).to_owned();
            }
            let marque = if requise { "" } else { "?" };
            lignes.push(format!("{}{dedans}{cle}{marque}: {type_};\n", doc(valeur, &dedans)));
        }
        lignes.extend(jamais.iter().map(|cle| format!("{dedans}{cle}?: undefined;\n")));
        let serre: Vec<&str> = lignes.iter().map(|ligne| ligne.trim().trim_end_matches(';')).collect();
        let serre = format!("{{ {} }}", serre.join("; "));
        match marge.is_empty() || serre.contains('\n') || serre.contains("/**") || serre.len() > LARGEUR {
            true => format!("{{\n{}{marge}}}", lignes.concat()),
            false => serre,
        }
    }
}

/// The alternatives of a schema, each word of an enumeration being one.
fn choix(schema: &Value) -> Option<Vec<Value>> {
    if let Some(Value::Array(mots)) = schema.get("enum") {
        return Some(mots.iter().map(|mot| json!({ "const": mot })).collect());
    }
    let choix = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()?;
    Some(choix.iter().flat_map(|un| self::choix(un).unwrap_or_else(|| vec![un.clone()])).collect())
}

/// The comment of a type or of a key.
fn doc(schema: &Value, marge: &str) -> String {
    let Some(description) = schema.get("description").and_then(Value::as_str) else { return String::new() };
    let lignes: Vec<&str> = description.lines().map(str::trim).filter(|ligne| !ligne.is_empty()).collect();
    match lignes.as_slice() {
        [seule] => format!("{marge}/** {seule} */\n"),
        plusieurs => {
            let lignes: String = plusieurs.iter().map(|ligne| format!("{marge} * {ligne}\n")).collect();
            format!("{marge}/**\n{lignes}{marge} */\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::typescript;
    use std::path::Path;

    const FICHIER: &str = "atelier/js/api.d.ts";
    /// The file is written again, instead of compared, when this is set.
    const REECRIRE: &str = "CPOM_ECRIRE_TYPES";

    #[test]
    #[expect(clippy::disallowed_methods, reason = "who runs the test asks for the file")]
    fn the_types_of_the_page_are_those_of_the_server() {
        let fichier = Path::new(env!("CARGO_MANIFEST_DIR")).join(FICHIER);
        let voulu = typescript();
        if std::env::var_os(REECRIRE).is_some() {
            std::fs::write(&fichier, &voulu).unwrap();
        }
        let lu = std::fs::read_to_string(&fichier).unwrap();
        assert!(lu == voulu, "{FICHIER} is out of date: {REECRIRE}=1 cargo test --release --lib atelier::types");
    }
}
