//! The OpenAPI document of the service, out of the table of its addresses.

use super::actions::{ModeleConnu, Sante};
use super::depot::Partie;
use super::parametres::{Parametre, Valeurs};
use super::reponse;
use super::routes::{Action, GENERER, MODELES, OPENAPI, ROUTES, Route, SANTE, SCHEMA, TABLEUR, VERIFIER};
use crate::compte_rendu::CompteRendu;
use crate::dossier::Forme;
use crate::echanges::reprise::Reprise;
use crate::http::probleme::{self, Genre, Probleme};
use crate::schema::generation;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The smallest contract, as an example.
const EXEMPLE: &str = include_str!("../../fixtures/paca/minimal.json");

/// The document, as it is served and committed; `modeles` are the identifiers of the service's.
pub fn texte(modeles: &[String]) -> String {
    generation::en_texte(&document(modeles))
}

fn document(modeles: &[String]) -> Value {
    let reglages = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut schemas = reglages.into_generator();
    let mut chemins = Map::new();
    for route in ROUTES {
        let methode = match route.action {
            Action::Lire(_) => "get",
            Action::Faire { .. } => "post",
        };
        chemins.insert(route.chemin.into(), json!({ methode: operation(route, modeles, &mut schemas) }));
    }
    let mut definitions = schemas.take_definitions(true);
    definitions.insert("Contrat".into(), contrat());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "cpom",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Vérifie et imprime des CPOM",
            "description": "Du contrat en JSON à ses remarques, à son classeur, et à son dossier en PDF et en Word. Le service ne garde rien d'une demande à l'autre, et n'ouvre aucun chemin que la demande donne : les fichiers que le contrat nomme sont envoyés avec lui.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
        },
        "servers": [{ "url": "/" }],
        "paths": chemins,
        "components": { "schemas": definitions }
    })
}

/// What any tool may build on; the whole schema has an address of its own.
fn contrat() -> Value {
    json!({
        "title": "Contrat",
        "description": format!("Un contrat. Le schéma entier, que le service applique, est à {SCHEMA}."),
        "type": "object",
        "externalDocs": { "description": "Schéma JSON d'un contrat", "url": SCHEMA }
    })
}

fn operation(route: &Route, modeles: &[String], schemas: &mut SchemaGenerator) -> Value {
    let parametres: Vec<Value> = route.parametres.iter().map(|p| parametre(p, modeles)).collect();
    let mut operation = json!({
        "operationId": route.chemin.trim_matches('/').replace(".json", ""),
        "summary": route.titre,
        "description": route.dit,
        "parameters": parametres,
        "responses": reponses(route, schemas),
    });
    if let Action::Faire { parties, .. } = route.action {
        operation["requestBody"] = json!({ "required": true, "content": corps(parties) });
    }
    operation
}

fn parametre(parametre: &Parametre, modeles: &[String]) -> Value {
    let mots = |mots: Vec<&str>| json!({ "type": "string", "enum": mots });
    let schema = match parametre.valeurs {
        Valeurs::Parmi(liste) => mots(liste()),
        Valeurs::Plusieurs(liste) => {
            json!({ "type": "array", "items": mots(liste()), "minItems": 1, "uniqueItems": true })
        }
        Valeurs::OuiNon => json!({ "type": "boolean" }),
        Valeurs::Date => json!({ "type": "string", "format": "date" }),
        Valeurs::Modele => json!({ "type": "string", "enum": modeles }),
        Valeurs::Identifiant => json!({ "type": "string", "minLength": 1 }),
    };
    let mut sortie = json!({
        "name": parametre.nom,
        "in": "query",
        "required": false,
        "description": parametre.dit,
        "schema": schema,
    });
    if matches!(parametre.valeurs, Valeurs::Plusieurs(_)) {
        // Separated by commas, not repeated.
        sortie["style"] = json!("form");
        sortie["explode"] = json!(false);
    }
    sortie
}

fn corps(parties: &[Partie]) -> Value {
    let exemple: Value = serde_json::from_str(EXEMPLE).unwrap_or_default();
    let contrat = json!({ "$ref": "#/components/schemas/Contrat" });
    let mut proprietes = Map::new();
    let mut encodage = Map::new();
    for partie in parties {
        let un = match partie.r#type {
            reponse::JSON => contrat.clone(),
            _ => json!({ "type": "string", "format": "binary" }),
        };
        // A list of contracts is sent as parts of one name, which no tool writes out of a list of objects.
        let liste = partie.plusieurs && partie.r#type != reponse::JSON;
        let mut schema = if liste { json!({ "type": "array", "items": un }) } else { un };
        schema["description"] = json!(partie.dit);
        proprietes.insert(partie.cle().into(), schema);
        encodage.insert(partie.cle().into(), json!({ "contentType": partie.r#type }));
    }
    json!({
        reponse::JSON: { "schema": contrat, "examples": { "minimal": { "summary": "Le plus petit contrat", "value": exemple } } },
        "multipart/form-data": {
            "schema": { "type": "object", "required": ["contrat"], "properties": proprietes, "additionalProperties": false },
            "encoding": encodage
        }
    })
}

fn reponses(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    let fichier = || json!({});
    let mut contenu = Map::new();
    let mut entetes = Map::new();
    if matches!(route.chemin, VERIFIER | GENERER | TABLEUR) {
        entetes.insert(
            "Content-Disposition".into(),
            json!({ "description": "Le nom du fichier, quand c'en est un.", "schema": { "type": "string" } }),
        );
    }
    match route.chemin {
        VERIFIER => {
            let rapport = schemas.subschema_for::<CompteRendu>();
            for forme in Forme::TOUTES {
                let schema = if forme == Forme::Json { json!({ "schema": rapport }) } else { fichier() };
                contenu.insert(reponse::type_de_forme(forme).into(), schema);
            }
        }
        GENERER => {
            for r#type in [reponse::PDF, reponse::DOCX, reponse::TEXTE, reponse::ZIP] {
                contenu.insert(r#type.into(), fichier());
            }
        }
        TABLEUR => {
            let reprise = schemas.subschema_for::<Reprise>();
            let contrat = json!({ "$ref": "#/components/schemas/Contrat" });
            contenu.insert(reponse::JSON.into(), json!({ "schema": { "anyOf": [reprise, contrat] } }));
            for r#type in [reponse::XLSX, reponse::ZIP] {
                contenu.insert(r#type.into(), fichier());
            }
        }
        SANTE => drop(contenu.insert(reponse::JSON.into(), json!({ "schema": schemas.subschema_for::<Sante>() }))),
        MODELES => {
            let modeles = schemas.subschema_for::<Vec<ModeleConnu>>();
            contenu.insert(reponse::JSON.into(), json!({ "schema": modeles }));
        }
        SCHEMA => drop(contenu.insert(reponse::SCHEMA_JSON.into(), json!({ "schema": { "type": "object" } }))),
        OPENAPI => drop(contenu.insert(reponse::JSON.into(), json!({ "schema": { "type": "object" } }))),
        _ => (),
    }
    if matches!(route.chemin, VERIFIER | GENERER) {
        entetes.insert(
            "Cpom-Bilan".into(),
            json!({ "description": "Nombre de remarques par gravité, et de lacunes.", "schema": { "type": "string" }, "example": "bloquantes=0, alertes=2, informations=5, lacunes=12" }),
        );
    }
    let mut reponses = Map::new();
    reponses.insert("200".into(), json!({ "description": route.titre, "content": contenu, "headers": entetes }));
    let probleme = schemas.subschema_for::<Probleme>();
    for genre in Genre::TOUS {
        if !se_peut(genre, route) {
            continue;
        }
        let code = genre.statut().as_u16().to_string();
        let deja = reponses.get(&code).and_then(|r| r["description"].as_str()).map(|texte| format!("{texte} ; "));
        let description = deja.unwrap_or_default() + genre.titre();
        let contenu = json!({ probleme::TYPE: { "schema": probleme } });
        let mut reponse = json!({ "description": description, "content": contenu });
        if genre == Genre::Occupe {
            let secondes = json!({ "description": "Secondes à attendre.", "schema": { "type": "integer" } });
            reponse["headers"] = json!({ "Retry-After": secondes });
        }
        reponses.insert(code, reponse);
    }
    Value::Object(reponses)
}

/// Whether an address may answer with a problem of this kind.
fn se_peut(genre: Genre, route: &Route) -> bool {
    match genre {
        Genre::Demande | Genre::Etranger | Genre::Defaut => true,
        Genre::Occupe if route.chemin == SANTE => true,
        // Of another address, and of another method.
        Genre::Introuvable | Genre::Methode => false,
        _ => matches!(route.action, Action::Faire { .. }),
    }
}
