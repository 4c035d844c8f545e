//! What validation promises: all errors, in French, at the right element, with what to do.

use cpom::remarque::{Position, Remarque};
use cpom::schema::Schema;
use serde_json::{Value, json};

/// A small schema with the shapes that schemars gives the contract's.
fn schema() -> Schema {
    Schema::depuis_valeur(json!({
        "$id": "https://exemple.invalid/contrat.schema.json",
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Contrat",
        "type": "object",
        "required": ["reference", "periode"],
        "additionalProperties": false,
        "properties": {
            "reference": { "title": "Référence", "type": "string", "minLength": 1, "pattern": "\\S",
                "description": "La référence du contrat.", "examples": ["CPOM-1"] },
            "periode": { "title": "Période", "$ref": "#/$defs/Periode" },
            "etat": { "title": "État", "anyOf": [{ "$ref": "#/$defs/Etat" }, { "$ref": "#/$defs/NonApplicable" }] },
            "etablissements": { "title": "Établissements", "anyOf": [
                { "type": "array", "items": { "$ref": "#/$defs/Etablissement" } }, { "$ref": "#/$defs/NonApplicable" }] },
            "effet": { "title": "Prise d'effet", "anyOf": [
                { "type": "string", "format": "date" }, { "const": "derniere_signature", "title": "Dernière signature" },
                { "$ref": "#/$defs/NonApplicable" }] },
            "mesure": { "title": "Mesure", "anyOf": [{ "type": "number" }, { "type": "string" }, { "$ref": "#/$defs/NonApplicable" }] }
        },
        "$defs": {
            "NonApplicable": { "title": "Sans objet", "type": "object", "required": ["non_applicable"], "additionalProperties": false,
                "properties": { "non_applicable": { "title": "Motif", "type": "string", "minLength": 3 } } },
            "Periode": { "title": "Période", "type": "object", "additionalProperties": false, "properties": {
                "debut": { "title": "Début", "anyOf": [{ "type": "string", "format": "date" }, { "$ref": "#/$defs/NonApplicable" }] },
                "duree_annees": { "title": "Durée", "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 6, "description": "La durée en années." }, { "$ref": "#/$defs/NonApplicable" }] } } },
            "Etat": { "oneOf": [{ "const": "projet", "title": "Projet" }, { "const": "definitif", "title": "Définitif" }] },
            "Etablissement": { "title": "Établissement", "type": "object", "required": ["id"], "additionalProperties": false, "properties": {
                "id": { "title": "Identifiant", "type": "string", "pattern": "^[a-z-]+$", "x-explication": "Des minuscules et des tirets." },
                "montant": { "title": "Montant", "anyOf": [{ "type": "number", "multipleOf": 0.01 }, { "$ref": "#/$defs/NonApplicable" }] },
                "genre": { "title": "Genre", "enum": ["ime", "sessad"] } } }
        }
    }))
    .expect("a valid schema")
}

fn valider(instance: &Value) -> Vec<Remarque> {
    schema().valider(instance, &|_| None)
}

/// The one finding that a contract, otherwise right, gets for one key.
fn seule(cle: &str, valeur: Value) -> Remarque {
    let mut instance = json!({"reference": "R", "periode": {}});
    instance[cle] = valeur;
    let mut remarques = valider(&instance);
    assert_eq!(remarques.len(), 1, "{cle}: {remarques:#?}");
    remarques.remove(0)
}

fn verifier(remarque: &Remarque, code: &str, pointeur: &str, message: &str, remede: &str) {
    assert_eq!((remarque.code.as_str(), remarque.pointeur.as_str()), (code, pointeur), "{remarque}");
    assert!(remarque.message.contains(message), "{remarque}");
    assert!(remarque.remede.contains(remede), "{remarque}");
}

#[test]
fn a_right_contract_has_no_remark() {
    let instance = json!({"reference": "R", "periode": {"debut": "2026-01-01", "duree_annees": {"non_applicable": "sans terme"}},
        "etat": "projet", "effet": "derniere_signature", "mesure": "oui", "etablissements": [{"id": "ime", "montant": 1234.56}]});
    assert_eq!(valider(&instance), []);
}

#[test]
fn a_missing_key_is_named_by_its_title_with_an_example() {
    let r = &valider(&json!({"periode": {}}))[0];
    verifier(
        r,
        "SCH-required",
        "",
        "il manque « Référence » (clé « reference ») dans le contrat",
        "ajoutez \"reference\": \"CPOM-1\"",
    );
}

#[test]
fn an_unknown_key_suggests_the_nearest_one() {
    let r = seule("periode", json!({"duree": 5}));
    verifier(
        &r,
        "SCH-additionalProperties",
        "/periode/duree",
        "la clé « duree » n'existe pas dans « Période »",
        "Vouliez-vous dire « duree_annees » ?",
    );
    let r = seule("periode", json!({"zzz": 5}));
    verifier(&r, "SCH-additionalProperties", "/periode/zzz", "zzz", "Clés admises ici : debut, duree_annees.");
}

#[test]
fn a_wrong_type_says_both_and_how_to_write_it() {
    verifier(
        &seule("periode", json!({"duree_annees": "5"})),
        "SCH-type",
        "/periode/duree_annees",
        "« Durée » (duree_annees) doit être un nombre entier ; le fichier donne un texte (« 5 »)",
        "retirez les guillemets : 5",
    );
    verifier(&seule("periode", json!({"debut": null})), "SCH-type", "/periode/debut", "null", "non_applicable");
    verifier(&seule("reference", json!(12)), "SCH-type", "/reference", "un texte", "\"12\"");
    verifier(&seule("etablissements", json!({"id": "a"})), "SCH-type", "/etablissements", "une liste", "crochets");
    verifier(&seule("mesure", json!(true)), "SCH-type", "/mesure", "un nombre ou un texte", "");
    verifier(
        &seule("reference", json!({"non_applicable": "non"})),
        "SCH-type",
        "/reference",
        "un objet",
        "ne peut pas être déclarée sans objet",
    );
}

#[test]
fn a_value_without_object_is_checked_as_such() {
    verifier(&seule("etat", json!({"non_applicable": ""})), "SCH-minLength", "/etat/non_applicable", "« Motif »", "");
    verifier(
        &seule("etat", json!({"non_applicable": "motif", "x": 1})),
        "SCH-additionalProperties",
        "/etat/x",
        "x",
        "",
    );
}

#[test]
fn a_choice_lists_its_values_with_their_titles() {
    verifier(
        &seule("etat", json!("definitive")),
        "SCH-enum",
        "/etat",
        "« État » (etat) ne peut pas valoir « definitive »",
        "Vouliez-vous dire « definitif » ? Valeurs admises : « projet » (Projet), « definitif » (Définitif).",
    );
    verifier(
        &seule("etablissements", json!([{"id": "a", "genre": "IME"}])),
        "SCH-enum",
        "/etablissements/0/genre",
        "« Genre » (genre) de « a »",
        "Vouliez-vous dire « ime » ?",
    );
}

#[test]
fn a_month_alone_is_told_as_such() {
    verifier(&seule("periode", json!({"debut": "2026-05"})), "SCH-format", "/periode/debut", "un mois", "2026-05-01");
    verifier(&seule("periode", json!({"debut": "2026-02-30"})), "SCH-format", "/periode/debut", "n'existe pas", "");
    verifier(
        &seule("periode", json!({"debut": "31/3/2026"})),
        "SCH-format",
        "/periode/debut",
        "pas une date",
        "2026-03-31",
    );
    verifier(&seule("effet", json!("2026-05")), "SCH-format", "/effet", "un mois", "Ou bien : « derniere_signature »");
}

#[test]
fn limits_and_patterns_give_the_value_and_the_limit() {
    verifier(
        &seule("periode", json!({"duree_annees": 9})),
        "SCH-maximum",
        "/periode/duree_annees",
        "vaut 9 ; le maximum est 6",
        "La durée en années.",
    );
    verifier(
        &seule("etablissements", json!([{"id": "A B"}])),
        "SCH-pattern",
        "/etablissements/0/id",
        "« A B »",
        "Des minuscules et des tirets.",
    );
    verifier(
        &seule("etablissements", json!([{"id": "a", "montant": 1.234}])),
        "SCH-multipleOf",
        "/etablissements/0/montant",
        "trop de décimales",
        "arrondissez",
    );
    verifier(&seule("reference", json!("")), "SCH-minLength", "/reference", "ne peut pas être vide", "");
}

/// Two decimals are always accepted, three never: the check of decimals is exact.
#[test]
fn all_amounts_with_two_decimals_are_accepted() {
    let schema = schema();
    for centimes in (0..2_000_000i64).step_by(37).chain([999_999_999_999_999, -29, 1, 10_000_000_001]) {
        let montant = centimes as f64 / 100.0;
        let instance = json!({"reference": "R", "periode": {}, "etablissements": [{"id": "a", "montant": montant}]});
        assert_eq!(schema.valider(&instance, &|_| None), [], "{montant}");
    }
}

#[test]
fn all_errors_are_told_in_order_and_capped() {
    let instance = json!({"reference": 1, "periode": {"debut": 2, "duree_annees": "x"}, "etat": "y"});
    let place = |p: &str| Some(Position { fichier: "c".into(), ligne: p.len() as u32, colonne: 1 });
    let remarques = schema().valider(&instance, &place);
    let pointeurs: Vec<_> = remarques.iter().map(|r| r.pointeur.as_str()).collect();
    assert_eq!(pointeurs, ["/etat", "/reference", "/periode/debut", "/periode/duree_annees"]);
    let beaucoup: Vec<Value> = (0..300).map(|_| json!({})).collect();
    let remarques = valider(&json!({"reference": "R", "periode": {}, "etablissements": beaucoup}));
    assert_eq!(remarques.len(), 201);
    assert!(remarques[200].message.starts_with("100 autres remarques"));
}

#[test]
fn a_broken_schema_is_the_program_s_fault() {
    assert!(Schema::compiler("{").is_err());
    assert!(Schema::compiler("{\"type\": 12}").is_err());
}

/// The committed schema, on mistakes that a drafter makes.
#[test]
fn the_schema_of_the_contract_speaks_french_too() {
    let schema = Schema::compiler(include_str!("../../schemas/contrat.schema.json")).expect("a valid schema");
    let texte = r#"{
  "version_schema": "1",
  "reference": "R",
  "$comment": "note",
  "parties": {"autorites": [{"id": "ARS PACA", "type": "ARS"}], "gestionnaires": []},
  "periode": {"debut": "2026-05", "duree": 5, "prise_effet": "signature"},
  "perimetre": {"etablissements": [{"id": "ime", "nom": "IME", "finess": 130787195, "capacites": [{"modalite": "internat", "autorisee": "40"}]}]},
  "moyens": {"budgets": [{"etablissement": "ime", "annee": 25, "depenses": {"groupe_1": 12.345}}]},
  "etat": {"non_applicable": ""},
  "fiches_actions": {"objectif": "o1"}
}"#;
    let lecture =
        cpom::lecture::lire_fichiers(vec![cpom::lecture::Fichier { nom: "contrat.json".into(), octets: texte.into() }])
            .expect("readable");
    let remarques = schema.valider(&lecture.valeur, &|p| lecture.positions.de(p));
    let rendu: Vec<String> = remarques.iter().map(ToString::to_string).collect();
    let rendu = rendu.join("\n\n");
    for mot in ["anyOf", "oneOf", "schema", "#/"] {
        assert!(!rendu.replace("version_schema", "").contains(mot), "{rendu}");
    }
    for pointeur in [
        "/periode/debut",
        "/periode/duree",
        "/periode/prise_effet",
        "/etat/non_applicable",
        "/fiches_actions",
        "/parties/autorites/0/type",
        "/perimetre/etablissements/0/finess",
        "/moyens/budgets/0/depenses/groupe_1",
    ] {
        assert!(remarques.iter().any(|r| r.pointeur == pointeur), "{pointeur} missing in\n{rendu}");
    }
    insta::assert_snapshot!(rendu);
}
