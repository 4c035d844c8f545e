//! A table of anyone's comes in by a correspondence: each that travels with the program on its sample, one's own, one that is suggested.

use super::outils::{Atelier, lire};
use serde_json::{Value, json};

const EXEMPLE: &str = "fixtures/paca/exemple.json";

fn atelier(table: &str) -> Atelier {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire(EXEMPLE));
    let octets = std::fs::read(super::outils::racine().join("fixtures/tableaux").join(table)).expect("a sample");
    atelier.ecrire(table, octets);
    atelier
}

fn importer(atelier: &Atelier, table: &str, arguments: &[&str]) -> (i32, Value) {
    let nom = table.trim_end_matches(".csv");
    let base = ["importer", "tableau", table, "--correspondance", nom, "--contrat", "contrat.json", "--format", "json"];
    let passage = atelier.cpom(&[&base, arguments].concat());
    let lu = serde_json::from_str(&passage.sortie).unwrap_or_else(|e| panic!("{e}: {}", passage.tout()));
    (passage.code, lu)
}

/// What is proposed, as « liste or pointer, key: value ».
fn propositions(reprise: &Value) -> Vec<String> {
    let mut dites = Vec::new();
    for changement in reprise["changements"].as_array().unwrap() {
        dites.push(format!("{}: {}", changement["pointeur"].as_str().unwrap(), changement["apres"]));
    }
    for element in reprise["elements"].as_array().unwrap() {
        dites.push(format!("{}: {}", element["liste"].as_str().unwrap(), element["element"]));
    }
    dites
}

#[track_caller]
fn contient(dites: &[String], attendu: &str) {
    assert!(dites.iter().any(|dit| dit.contains(attendu)), "{attendu}\n{dites:#?}");
}

#[test]
fn the_errd_of_diamant_is_read_with_its_negative_expenses_and_its_binary_cents() {
    let (_, reprise) = importer(&atelier("diamant-errd-et.csv"), "diamant-errd-et.csv", &["--annee", "2024"]);
    let dites = propositions(&reprise);
    contient(&dites, "\"depenses\":{\"groupe_1\":402310.75,\"groupe_2\":3120450.18,\"groupe_3\":611208.4}");
    contient(&dites, "\"recettes\":{\"groupe_1\":4002310.22");
    contient(&dites, "12450.12");
    contient(&dites, "91.25");
    assert!(!dites.iter().any(|dit| dit.contains("2023")), "one year only: {dites:#?}");
    assert!(!dites.iter().any(|dit| dit.contains("hébergement permanent")), "empty is no zero: {dites:#?}");
    let lieux = reprise["elements"].to_string();
    assert!(lieux.contains("diamant-errd-et.csv, diamant-errd-et!"), "{lieux}");
}

#[test]
fn the_other_exports_are_read_each_by_its_correspondence() {
    for (table, annee, attendus) in [
        ("diamant-ca-et.csv", "2023", &["640490.49", "3807665.04", "26381.93", "\"valeur\":7.12"][..]),
        (
            "diamant-tdb-et.csv",
            "2024",
            &["\"valeur\":98.12", "\"valeur\":9.28", "\"code\":\"tdb:rotation\"", "\"valeur\":13.26"][..],
        ),
        ("hapi-engagements.csv", "2025", &["/moyens/fir: ", "\"montant\":19741", "MI2-3-99 : Exemple"][..]),
        ("tdb-regional.csv", "2024", &["etp/administratif: 6.3", "etp/paramedical: 7.85", "\"valeur\":9.28"][..]),
        ("importerrd-restitution.csv", "2024", &["4002310.22", "4133969.33"][..]),
    ] {
        let atelier = atelier(table);
        let (_, reprise) = importer(&atelier, table, &["--annee", annee]);
        let dites = propositions(&reprise);
        attendus.iter().for_each(|attendu| contient(&dites, attendu));
        assert_eq!(reprise["ecarts"], json!([]), "{table}");
        if table == "tdb-regional.csv" {
            assert!(reprise["notes"].to_string().contains("a perdu son zéro"), "{}", reprise["notes"]);
        }
        // What is written is found again, and changes nothing.
        let (_, ecrite) = importer(&atelier, table, &["--annee", annee, "--ecrire", "--malgre-les-remarques"]);
        assert_ne!(ecrite["fichiers_ecrits"], json!([]), "{table}: {ecrite}");
        let (code, reprise) = importer(&atelier, table, &["--annee", annee]);
        assert_eq!((propositions(&reprise), code), (vec![], 0), "{table}");
    }
}

#[test]
fn a_table_without_a_year_asks_for_it_and_a_wrong_file_says_what_it_has() {
    let atelier = atelier("tdb-regional.csv");
    let passage = atelier.cpom(&["importer", "tableau", "tdb-regional.csv", "--correspondance", "tdb-regional"]);
    assert!(passage.code == 2 && passage.tout().contains("--annee"), "{}", passage.tout());
    let passage = atelier.cpom(&["importer", "tableau", "tdb-regional.csv", "--correspondance", "hapi-engagements"]);
    assert!(passage.code == 2 && passage.tout().contains("« ID_BENEFICIAIRE »"), "{}", passage.tout());
    let passage = atelier.cpom(&["importer", "tableau", "tdb-regional.csv", "--correspondance", "rien"]);
    assert!(passage.code == 2 && passage.tout().contains("diamant-errd-et, "), "{}", passage.tout());
    atelier.ecrire("faux.json", "{\"titre\": \"x\", \"colonnes\": []}");
    let passage = atelier.cpom(&["importer", "tableau", "tdb-regional.csv", "--correspondance", "faux.json"]);
    assert!(passage.code == 2 && passage.tout().contains("« colonnes » n'y a pas sa place"), "{}", passage.tout());
}

#[test]
fn a_header_told_twice_or_nowhere_is_told_with_its_cells() {
    let atelier = atelier("diamant-errd-et.csv");
    let texte = lire("fixtures/tableaux/diamant-errd-et.csv");
    let texte =
        texte.replacen("655 Quotes-parts de résultat sur opérations faites en commun", "Dépenses Groupe I ERRD", 1);
    let texte = texte.replacen("Recettes Groupe III ERRD", "Recettes autres", 1);
    let texte = texte.replacen("3120450.180000000000001", "#REF!", 1);
    atelier.ecrire("diamant-errd-et.csv", texte.replacen("-402310.75", "", 1));
    let (code, reprise) = importer(&atelier, "diamant-errd-et.csv", &["--annee", "2024"]);
    let ecarts = reprise["ecarts"].to_string();
    assert_eq!(code, 1);
    for dit in ["diamant-errd-et!F1, diamant-errd-et!G1", "recettes groupe iii errd", "-#REF!", "diamant-errd-et!H2"] {
        assert!(ecarts.contains(dit), "{dit}: {ecarts}");
    }
    assert!(
        !propositions(&reprise).iter().any(|dit| dit.contains("groupe_1\":402310")),
        "the column told twice is not read"
    );
}

#[test]
fn a_form_is_read_by_its_labels_in_each_part_and_a_doubtful_label_is_told() {
    let atelier = atelier("tdb-regional.csv");
    let feuille = "Cadre;;;\nFINESS ET :;130982150;;\nExercice;;2025;\nCHARGES;Budget;Réalisé;\nGroupe I (en €);1;400 000,50;\n\
                   Groupe II;2;3 000 000;\nPRODUITS;Budget;Réalisé;\nGroupe I;3;4 000 000;\n";
    atelier.ecrire("CRP 1.csv", feuille);
    let lire = |mots: &str, apres: &str| json!([{ "mots": mots, "apres": apres, "colonne": "Réalisé" }]);
    let mut correspondance = json!({
        "titre": "CRP", "feuilles": "CRP *", "presentation": "formulaire",
        "finess": { "mots": "finess et" }, "annee": { "mots": "Exercice" },
        "apports": [{ "liste": "/moyens/budgets", "annee": "annee", "valeurs": [
            { "champ": "depenses/groupe_1", "lire": lire("Groupe I", "CHARGES") },
            { "champ": "depenses/groupe_2", "lire": lire("Groupe II", "CHARGES") },
            { "champ": "recettes/groupe_1", "lire": lire("Groupe I", "PRODUITS") }
        ] }]
    });
    atelier.ecrire("crp.json", correspondance.to_string());
    let voir = ["importer", "tableau", "CRP 1.csv", "--correspondance", "crp.json", "--voir"];
    let vu = atelier.cpom(&voir).reussi().sortie;
    for dit in ["depenses/groupe_1 = 400000.5 (CRP 1!C5)", "recettes/groupe_1 = 4000000 (CRP 1!C8)", "130982150, 2025"]
    {
        assert!(vu.contains(dit), "{dit}: {vu}");
    }
    correspondance["apports"][0]["valeurs"][0]["lire"] = json!([{ "mots": "Groupe I" }]);
    atelier.ecrire("crp.json", correspondance.to_string());
    let vu = atelier.cpom(&voir);
    assert!(vu.code == 1 && vu.sortie.contains("CRP 1!A5, CRP 1!A8"), "{}", vu.tout());
}

#[test]
fn a_correspondence_is_suggested_by_headers_kept_and_then_used() {
    let atelier = atelier("tdb-regional.csv");
    atelier.ecrire("suivi.csv", "N° FINESS;Exercice;Charges du groupe 1;Dépenses groupe II;Recettes - Groupe III;Couleur\n130982150;2025;100,10;-200;30;bleu\n");
    let passage = atelier.cpom(&["importer", "tableau", "suivi.csv", "--garder", "suivi.json"]).reussi();
    assert!(passage.erreurs.contains("suivi!F1 « Couleur »"), "{}", passage.tout());
    let vu =
        atelier.cpom(&["importer", "tableau", "suivi.csv", "--correspondance", "suivi.json", "--voir"]).reussi().sortie;
    for dit in ["depenses/groupe_1 = 100.1", "depenses/groupe_2 = 200", "recettes/groupe_3 = 30"] {
        assert!(vu.contains(dit), "{dit}: {vu}");
    }
    let schema: Value = serde_json::from_str(&atelier.cpom(&["schema", "--correspondance"]).reussi().sortie).unwrap();
    let gardee: Value = serde_json::from_slice(&std::fs::read(atelier.chemin("suivi.json")).unwrap()).unwrap();
    assert!(jsonschema::is_valid(&schema, &gardee));
}

#[test]
fn every_correspondence_of_the_program_follows_the_published_schema() {
    let schema = super::outils::json("schemas/correspondance.schema.json");
    for fichier in super::outils::fichiers("src/correspondances/donnees", "json") {
        assert!(jsonschema::is_valid(&schema, &super::outils::json(&fichier)), "{}", fichier.display());
    }
}
