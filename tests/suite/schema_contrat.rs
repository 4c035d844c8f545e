//! What the committed schemas promise: they are the types', they explain every key, and they accept exactly
//! what the types read and write back.

use cpom::contrat::Contrat;
use cpom::lecture::sans_commentaires;
use cpom::modele::manifeste::{self, Manifeste};
use cpom::schema::{Schema, generation};
use serde_json::{Map, Value, json};

use super::outils::{self, contrats, fichiers};

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    let paires = [
        ("schemas/contrat.schema.json", "", generation::texte_du_schema()),
        ("schemas/modele.schema.json", " --modele", manifeste::texte_du_schema()),
        ("schemas/textes.schema.json", " --textes", cpom::droit::texte_du_schema()),
        ("schemas/valeurs.schema.json", " --valeurs", cpom::droit::valeurs::texte_du_schema()),
        ("schemas/conformite.schema.json", " --conformite", cpom::droit::conformite::texte_du_schema()),
        ("schemas/bibliotheque.schema.json", " --bibliotheque", cpom::modele::bibliotheque::texte_du_schema()),
        ("schemas/reprise.schema.json", " --reprise", cpom::echanges::reprise::texte_du_schema()),
        ("schemas/correspondance.schema.json", " --correspondance", cpom::correspondances::texte_du_schema()),
        ("schemas/manifeste.schema.json", " --manifeste", cpom::lot::texte_du_schema()),
        ("schemas/comparaison.schema.json", " --comparaison", cpom::echanges::texte_du_schema_des_differences()),
        ("schemas/rapport.schema.json", " --rapport", cpom::compte_rendu::texte_du_schema()),
        ("schemas/signature.schema.json", " --signature", cpom::dossier::signature::texte_du_schema()),
        ("schemas/provenance.schema.json", " --provenance", cpom::dossier::joints::texte_du_schema()),
        ("schemas/openapi.json", " --openapi", cpom::servir::texte_d_openapi().expect("the models of the program")),
        ("schemas/controle.schema.json", " --controle", cpom::echanges::texte_du_schema()),
    ];
    for (fichier, option, genere) in paires {
        assert!(
            outils::lire(fichier) == genere,
            "{fichier} is out of date: cargo run --release -- schema{option} > {fichier}"
        );
    }
}

fn schema() -> Schema {
    Schema::depuis_valeur(generation::schema_contrat()).expect("a valid schema")
}

/// Every property of the schema: where it stands, and its node.
fn proprietes(schema: &Value) -> Vec<(String, &Value)> {
    fn visiter<'a>(noeud: &'a Value, chemin: &str, trouvees: &mut Vec<(String, &'a Value)>) {
        match noeud {
            Value::Object(objet) => {
                if let Some(Value::Object(proprietes)) = objet.get("properties") {
                    trouvees.extend(proprietes.iter().map(|(cle, p)| (format!("{chemin}/properties/{cle}"), p)));
                }
                for (cle, enfant) in objet.iter().filter(|(cle, _)| *cle != "examples") {
                    visiter(enfant, &format!("{chemin}/{cle}"), trouvees);
                }
            }
            Value::Array(elements) => {
                for (rang, element) in elements.iter().enumerate() {
                    visiter(element, &format!("{chemin}/{rang}"), trouvees);
                }
            }
            _ => {}
        }
    }
    let mut trouvees = Vec::new();
    visiter(schema, "#", &mut trouvees);
    trouvees
}

#[test]
fn every_key_has_a_title_a_description_and_an_example() {
    let schema = generation::schema_contrat();
    let proprietes = proprietes(&schema);
    assert!(proprietes.len() > 200, "{}", proprietes.len());
    let mut manques = Vec::new();
    for (chemin, noeud) in proprietes {
        for cle in ["title", "description"] {
            let dit = noeud.get(cle).and_then(Value::as_str).unwrap_or_default();
            if dit.trim().is_empty() || dit.contains('|') {
                manques.push(format!("{chemin}: {cle} « {dit} »"));
            }
        }
        if noeud.get("examples").and_then(Value::as_array).is_none_or(Vec::is_empty) {
            manques.push(format!("{chemin}: examples"));
        }
    }
    assert!(manques.is_empty(), "{}", manques.join("\n"));
}

#[test]
fn every_example_is_accepted_by_its_own_key() {
    let schema = generation::schema_contrat();
    let mut faux = Vec::new();
    for (chemin, noeud) in proprietes(&schema) {
        let mut seul = noeud.clone();
        seul["$defs"] = schema["$defs"].clone();
        let validateur = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&seul)
            .expect("a valid schema");
        for exemple in noeud["examples"].as_array().expect("examples") {
            for erreur in validateur.iter_errors(exemple) {
                faux.push(format!("{chemin}: {exemple}: {erreur}"));
            }
        }
    }
    assert!(faux.is_empty(), "{}", faux.join("\n"));
}

#[test]
fn every_choice_has_a_label_and_every_pattern_an_explanation() {
    fn visiter(noeud: &Value, chemin: &str, manques: &mut Vec<String>) {
        match noeud {
            Value::Object(objet) => {
                if objet.contains_key("const") && objet.get("title").and_then(Value::as_str).is_none() {
                    manques.push(format!("{chemin}: const without title"));
                }
                if objet.contains_key("enum") {
                    manques.push(format!("{chemin}: enum without labels"));
                }
                let explique = ["x-explication", "description"].iter().any(|cle| objet.contains_key(*cle));
                if objet.contains_key("pattern") && !explique {
                    manques.push(format!("{chemin}: pattern without explanation"));
                }
                for (cle, enfant) in objet.iter().filter(|(cle, _)| !matches!(cle.as_str(), "examples" | "properties"))
                {
                    visiter(enfant, &format!("{chemin}/{cle}"), manques);
                }
                for (cle, enfant) in objet.get("properties").and_then(Value::as_object).into_iter().flatten() {
                    visiter(enfant, &format!("{chemin}/properties/{cle}"), manques);
                }
            }
            Value::Array(elements) => {
                elements.iter().enumerate().for_each(|(rang, e)| visiter(e, &format!("{chemin}/{rang}"), manques));
            }
            _ => {}
        }
    }
    let mut manques = Vec::new();
    visiter(&generation::schema_contrat(), "#", &mut manques);
    assert!(manques.is_empty(), "{}", manques.join("\n"));
}

/// The same JSON with each number as a float: 12 and 12.0 are one number.
fn par_valeur(valeur: &Value) -> Value {
    match valeur {
        Value::Number(n) => json!(n.as_f64()),
        Value::Array(elements) => elements.iter().map(par_valeur).collect(),
        Value::Object(objet) => objet.iter().map(|(cle, v)| (cle.clone(), par_valeur(v))).collect(),
        autre => autre.clone(),
    }
}

fn fixture(fichiers: &[std::path::PathBuf]) -> Value {
    let lecture = cpom::lecture::lire(fichiers).expect("a readable fixture");
    assert!(lecture.remarques.is_empty(), "{:#?}", lecture.remarques);
    lecture.valeur
}

#[test]
fn every_fixture_is_accepted_read_and_written_back_to_itself() {
    let schema = schema();
    for (nom, fichiers) in contrats() {
        let valeur = fixture(&fichiers);
        assert_eq!(schema.valider(&valeur, &|_| None), [], "{nom}");
        let donnees = sans_commentaires(&valeur);
        let contrat: Contrat = serde_json::from_value(donnees.clone()).unwrap_or_else(|e| panic!("{nom}: {e}"));
        let rendu = serde_json::to_value(&contrat).expect("a contract serialises");
        let ecart = json_patch::diff(&par_valeur(&donnees), &par_valeur(&rendu));
        assert!(ecart.0.is_empty(), "{nom} does not come back to itself: {ecart}");
    }
}

#[test]
fn every_example_of_a_key_is_read_by_the_types_too() {
    let schema = generation::schema_contrat();
    let racine = schema["properties"].as_object().expect("properties");
    let base = outils::json("fixtures/paca/minimal.json");
    for (cle, noeud) in racine.iter().filter(|(cle, _)| !cle.starts_with('$')) {
        for exemple in noeud["examples"].as_array().expect("examples") {
            let mut contrat = sans_commentaires(&base);
            contrat[cle] = exemple.clone();
            let lu: Result<Contrat, _> = serde_json::from_value(contrat);
            assert!(lu.is_ok(), "{cle}: {exemple}: {}", lu.expect_err("refused"));
        }
    }
}

/// The pointers of all objects of a value.
fn objets(valeur: &Value, pointeur: &str, trouves: &mut Vec<String>) {
    match valeur {
        Value::Object(objet) => {
            trouves.push(pointeur.to_owned());
            objet.iter().for_each(|(cle, v)| objets(v, &format!("{pointeur}/{}", cle.replace('/', "~1")), trouves));
        }
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(rang, e)| objets(e, &format!("{pointeur}/{rang}"), trouves));
        }
        _ => {}
    }
}

/// A pointer with its ranks left out: one object of each kind is enough.
fn genre(pointeur: &str) -> String {
    pointeur.split('/').map(|m| if m.parse::<usize>().is_ok() { "*" } else { m }).collect::<Vec<_>>().join("/")
}

#[test]
fn an_unknown_key_is_refused_by_the_schema_and_by_the_types_wherever_it_stands() {
    let schema = schema();
    let mut vus = std::collections::BTreeSet::new();
    for (nom, fichiers) in contrats() {
        let donnees = sans_commentaires(&fixture(&fichiers));
        let mut pointeurs = Vec::new();
        objets(&donnees, "", &mut pointeurs);
        for pointeur in pointeurs.into_iter().filter(|p| vus.insert(genre(p))) {
            let mut modifie = donnees.clone();
            let objet = modifie.pointer_mut(&pointeur).and_then(Value::as_object_mut).expect("an object");
            objet.insert("cle_inconnue".into(), json!("x"));
            let remarques = schema.valider(&modifie, &|_| None);
            assert!(
                remarques.iter().any(|r| r.pointeur.starts_with(&pointeur)),
                "{nom}: the schema accepts an unknown key at « {pointeur} »: {remarques:#?}"
            );
            let lu: Result<Contrat, _> = serde_json::from_value(modifie);
            assert!(lu.is_err(), "{nom}: the types accept an unknown key at « {pointeur} »");
        }
    }
    assert!(vus.len() > 40, "{vus:?}");
}

#[test]
fn every_manifest_follows_its_schema_and_unknown_keys_are_refused_on_both_sides() {
    let schema: Value = serde_json::from_str(&manifeste::texte_du_schema()).expect("JSON");
    let validateur = jsonschema::validator_for(&schema).expect("a valid schema");
    let mut lus = 0;
    for fichier in fichiers("templates", "json").into_iter().filter(|f| f.ends_with("modele.json")) {
        let texte = outils::lire(&fichier);
        let valeur: Value = serde_json::from_str(&texte).expect("JSON");
        let erreurs: Vec<String> = validateur.iter_errors(&valeur).map(|e| e.to_string()).collect();
        assert_eq!(erreurs, Vec::<String>::new(), "{}", fichier.display());
        serde_json::from_str::<Manifeste>(&texte).unwrap_or_else(|e| panic!("{}: {e}", fichier.display()));
        lus += 1;
        let mut pointeurs = Vec::new();
        objets(&valeur, "", &mut pointeurs);
        // A table's keys are names chosen by the model.
        pointeurs.retain(|p| !matches!(p.as_str(), "/parametres" | "/regles"));
        for pointeur in pointeurs {
            if valeur.pointer(&pointeur).and_then(Value::as_object).is_some_and(Map::is_empty) {
                continue;
            }
            let mut modifie = valeur.clone();
            let objet = modifie.pointer_mut(&pointeur).and_then(Value::as_object_mut).expect("an object");
            objet.insert("cle_inconnue".into(), json!("x"));
            if pointeur.contains("/valeur") || pointeur.contains("/limite") {
                continue;
            }
            assert!(!validateur.is_valid(&modifie), "the schema accepts an unknown key at « {pointeur} »");
            let lu: Result<Manifeste, _> = serde_json::from_value(modifie);
            assert!(lu.is_err(), "the types accept an unknown key at « {pointeur} »");
        }
    }
    assert!(lus >= 2);
}
