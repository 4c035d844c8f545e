//! `cpom verifier` from end to end: the forms of the report, what is shown and what is decided.

use cpom::dossier::{self, Choix};
use cpom::remarque::Remarque;
use serde_json::{Value, json};

use super::outils::{Atelier, contrats, json, lire, modifie, ouvrir};

/// The example with one rule of each severity broken: a capacity, a period, and nothing else.
fn fautif() -> Value {
    modifie(
        &json("fixtures/paca/exemple.json"),
        json!([
            { "op": "replace", "path": "/perimetre/etablissements/0/capacite_declaree", "value": 61 },
            { "op": "replace", "path": "/parties/gestionnaires/0/finess_ej", "value": "130994781" }
        ]),
    )
}

/// The report of a run, as JSON.
fn rapport(atelier: &Atelier, arguments: &[&str]) -> Value {
    let mut tous = vec!["verifier", "contrat.json", "--format", "json"];
    tous.extend(arguments);
    serde_json::from_str(&atelier.cpom(&tous).sortie).expect("JSON")
}

fn codes(rapport: &Value) -> Vec<String> {
    let remarques: Vec<Remarque> = serde_json::from_value(rapport["remarques"].clone()).expect("findings");
    remarques.into_iter().map(|r| r.code).collect()
}

fn valide(schema: &str, instance: &Value) {
    // The published SARIF schema has a stray bracket in the pattern of a language, which no strict reader accepts.
    let texte = lire(schema).replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&texte).expect("a schema is JSON");
    let validateur = jsonschema::validator_for(&schema).expect("a schema");
    let fautes: Vec<String> =
        validateur.iter_errors(instance).map(|e| format!("{}: {e}", e.instance_path().as_str())).collect();
    assert!(fautes.is_empty(), "{fautes:#?}");
}

/// Reports of all kinds: contracts accepted and refused, compared, narrowed, waived, unreadable.
fn rapports(format: &str) -> Vec<String> {
    let atelier = Atelier::nouveau();
    atelier.contrat(&fautif());
    atelier.ecrire("ancien.json", lire("fixtures/paca/exemple.json"));
    atelier.ecrire("illisible.json", "{ \"reference\": ");
    atelier.ecrire("refuse.json", lire("fixtures/readme/contrat-refuse.json"));
    let mut sorties = Vec::new();
    for (_, fichiers) in contrats() {
        let chemins: Vec<String> = fichiers.iter().map(|f| f.display().to_string()).collect();
        let mut arguments = vec!["verifier", "--format", format];
        arguments.extend(chemins.iter().map(String::as_str));
        sorties.push(atelier.cpom(&arguments).sortie);
    }
    for arguments in [
        &["contrat.json", "--completude"][..],
        &["contrat.json", "--depuis", "ancien.json", "--partie", "perimetre"],
        &["ancien.json", "--depuis", "contrat.json"],
        &["contrat.json", "--etat", "definitif", "--strict"],
        &["refuse.json"],
        &["illisible.json"],
    ] {
        let mut tous = vec!["verifier", "--format", format];
        tous.extend(arguments);
        sorties.push(atelier.cpom(&tous).sortie);
    }
    sorties
}

#[test]
fn every_json_report_is_as_its_schema_says() {
    for texte in rapports("json") {
        valide("schemas/rapport.schema.json", &serde_json::from_str(&texte).expect("JSON"));
    }
}

#[test]
fn every_sarif_log_is_valid_against_the_schema_of_the_standard() {
    for texte in rapports("sarif") {
        let journal: Value = serde_json::from_str(&texte).expect("JSON");
        valide("tests/donnees/sarif-2.1.0.schema.json", &journal);
        let regles = journal["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        for resultat in journal["runs"][0]["results"].as_array().expect("results") {
            let rang = resultat["ruleIndex"].as_u64().expect("a rank") as usize;
            assert_eq!(regles[rang]["id"], resultat["ruleId"]);
        }
    }
}

#[test]
fn every_junit_report_is_well_formed_and_counts_what_fails() {
    for texte in rapports("junit") {
        let mut lecteur = quick_xml::Reader::from_str(&texte);
        let (mut ouverts, mut cas) = (0, 0);
        loop {
            match lecteur.read_event().unwrap_or_else(|e| panic!("{e}\n{texte}")) {
                quick_xml::events::Event::Start(e) => {
                    ouverts += 1;
                    cas += usize::from(e.name().as_ref() == b"testcase");
                }
                quick_xml::events::Event::Empty(e) => cas += usize::from(e.name().as_ref() == b"testcase"),
                quick_xml::events::Event::End(_) => ouverts -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(ouverts, 0);
        assert!(texte.contains(&format!("tests=\"{cas}\"")) && cas > cpom::regles::RULES.len(), "{cas}");
    }
}

#[test]
fn the_markdown_report_reads_well() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&fautif());
    let ancien = lire("fixtures/paca/exemple.json");
    atelier.ecrire("ancien.json", ancien);
    let passage = atelier.cpom(&["verifier", "contrat.json", "--format", "markdown", "--depuis", "ancien.json"]);
    assert_eq!(passage.code, 1);
    insta::assert_snapshot!(passage.sortie);
}

#[test]
fn the_report_prints_as_pdf_and_as_word_with_the_same_words() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&fautif());
    for format in ["pdf", "docx", "texte"] {
        let nom = format!("rapport.{format}");
        let passage = atelier.cpom(&["verifier", "contrat.json", "--format", format, "--sortie", &nom]);
        assert_eq!(passage.code, 1, "{}", passage.tout());
        assert!(atelier.chemin(&nom).metadata().expect("a file").len() > 300, "{nom}");
    }
    let sans = atelier.cpom(&["verifier", "contrat.json", "--format", "pdf"]);
    assert_eq!(sans.code, 2, "{}", sans.tout());
    assert!(sans.erreurs.contains("--sortie rapport.pdf"), "{}", sans.tout());
}

#[test]
fn since_another_version_only_what_is_new_or_solved_is_shown_whatever_moved() {
    let atelier = Atelier::nouveau();
    let mut deplace = fautif();
    deplace["perimetre"]["etablissements"].as_array_mut().expect("a list").reverse();
    atelier.contrat(&deplace);
    atelier.ecrire("ancien.json", fautif().to_string());
    let rien = rapport(&atelier, &["--depuis", "ancien.json"]);
    assert_eq!(codes(&rien), [""; 0], "moving elements is no news");
    assert_eq!(rien["comparaison"]["resolues"], json!([]));
    assert!(rien["comparaison"]["inchangees"].as_u64().expect("a count") >= 2);
    assert_eq!(rien["refuse"], json!(true), "the verdict is that of the whole contract");

    atelier.ecrire("ancien.json", lire("fixtures/paca/exemple.json"));
    let nouvelles = codes(&rapport(&atelier, &["--depuis", "ancien.json"]));
    assert!(nouvelles.contains(&"IDN-001".to_string()), "{nouvelles:?}");
    atelier.contrat(&json("fixtures/paca/exemple.json"));
    atelier.ecrire("ancien.json", fautif().to_string());
    let resolues = rapport(&atelier, &["--depuis", "ancien.json"]);
    assert_eq!(codes(&resolues), [""; 0]);
    let resolues = resolues["comparaison"]["resolues"].to_string();
    assert!(resolues.contains("IDN-001"), "{resolues}");
}

#[test]
fn a_drafter_sees_its_own_part_and_the_verdict_of_the_whole() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&fautif());
    for partie in cpom::compte_rendu::Partie::TOUTES {
        let rapport = rapport(&atelier, &["--partie", partie.cle()]);
        for remarque in rapport["remarques"].as_array().expect("findings") {
            assert_eq!(remarque["partie"], json!(partie.cle()));
        }
        assert_eq!(rapport["refuse"], json!(true));
    }
    assert!(codes(&rapport(&atelier, &["--partie", "parties"])).contains(&"IDN-001".to_string()));
}

#[test]
fn strict_makes_alerts_blocking() {
    let atelier = Atelier::nouveau();
    let contrat = modifie(
        &json("fixtures/paca/exemple.json"),
        json!([{ "op": "add", "path": "/perimetre/etablissements/0/capacites/0/installee", "value": 19 }]),
    );
    atelier.contrat(&contrat);
    let (souple, strict) = (rapport(&atelier, &[]), rapport(&atelier, &["--strict"]));
    assert!(codes(&souple).contains(&"PER-003".to_string()), "{:?}", codes(&souple));
    assert_eq!((&souple["refuse"], &strict["refuse"]), (&json!(false), &json!(true)));
    assert_eq!(codes(&souple), codes(&strict));
    assert_eq!(strict["bilan"]["alertes"], json!(0));
    assert_eq!(atelier.cpom(&["verifier", "contrat.json", "--strict"]).code, 1);
}

#[test]
fn a_waiver_sets_its_rule_aside_for_its_element_and_the_report_says_so() {
    let atelier = Atelier::nouveau();
    let deroge = |element: &str, regle: &str| {
        modifie(
            &fautif(),
            json!([
                { "op": "replace", "path": "/perimetre/etablissements/0/capacite_declaree", "value": 60 },
                { "op": "add", "path": "/derogations", "value": [{
                    "regle": regle, "element": element, "motif": "numéro inscrit ainsi au répertoire",
                    "auteur": "la direction de l'offre médico-sociale", "date": "2025-11-03" }] }
            ]),
        )
    };
    atelier.contrat(&deroge("adelie", "IDN-001"));
    let ecartee = rapport(&atelier, &[]);
    assert!(!codes(&ecartee).contains(&"IDN-001".to_string()));
    assert_eq!(ecartee["derogations"][0]["ecartees"], json!(1));
    let texte = atelier.cpom(&["verifier", "contrat.json"]).sortie;
    assert!(texte.contains("IDN-001 pour « adelie » : 1 remarque écartée"), "{texte}");

    atelier.contrat(&deroge("ime-les-oliviers", "IDN-001"));
    let autre = rapport(&atelier, &[]);
    assert!(codes(&autre).contains(&"IDN-001".to_string()), "another element");
    assert!(autre["derogations"][0]["sans_effet"].is_string());

    atelier.contrat(&deroge("adelie", "IDN-002"));
    let interdite = rapport(&atelier, &[]);
    assert!(interdite["derogations"][0]["sans_effet"].as_str().expect("a reason").contains("ne peut être écartée"));
}

/// One run tells everything: what the schema refuses and what the rules find in the rest, each in its place.
#[test]
fn structure_and_consistency_are_told_at_once_with_right_places() {
    let atelier = Atelier::nouveau();
    let contrat = modifie(
        &fautif(),
        json!([
            { "op": "remove", "path": "/activite/0/etablissement" },
            { "op": "add", "path": "/perimetre/etablissements/0/jours_ouverture", "value": "210 jours" },
            { "op": "replace", "path": "/perimetre/etablissements/2/finess", "value": "840981178" }
        ]),
    );
    let chemin = atelier.contrat(&contrat);
    let ouverture = ouvrir(&[chemin]);
    assert!(ouverture.contrat.is_none());
    let verification = dossier::verifier(&ouverture, &Choix::default()).expect("a report");
    let dites: Vec<(&str, &str)> =
        verification.rapport.remarques.iter().map(|r| (r.code.as_str(), r.pointeur.as_str())).collect();
    assert!(dites.contains(&("SCH-type", "/perimetre/etablissements/0/jours_ouverture")), "{dites:?}");
    assert!(dites.iter().any(|(code, p)| *code == "SCH-required" && p.starts_with("/activite/0")), "{dites:?}");
    assert!(dites.contains(&("IDN-001", "/perimetre/etablissements/2/finess")), "{dites:?}");
    assert!(dites.contains(&("IDN-001", "/parties/gestionnaires/0/finess_ej")), "{dites:?}");
    for remarque in &verification.rapport.remarques {
        assert_eq!(remarque.position, ouverture.lecture.positions.de(&remarque.pointeur), "{remarque}");
    }
}

#[test]
fn in_a_contract_of_several_files_each_remark_names_its_own() {
    let atelier = Atelier::nouveau();
    let fautif = fautif();
    let (mut parties, mut reste) = (json!({ "version_schema": "1", "reference": fautif["reference"] }), fautif.clone());
    parties["parties"] = fautif["parties"].clone();
    reste.as_object_mut().expect("an object").remove("parties");
    atelier.ecrire("parties.json", serde_json::to_string_pretty(&parties).expect("JSON"));
    atelier.ecrire("reste.json", serde_json::to_string_pretty(&reste).expect("JSON"));
    let passage = atelier.cpom(&["verifier", "parties.json", "reste.json", "--format", "json"]);
    let rapport: Value = serde_json::from_str(&passage.sortie).expect("JSON");
    let remarques: Vec<Remarque> = serde_json::from_value(rapport["remarques"].clone()).expect("findings");
    let fichier = |code: &str| {
        let remarque = remarques.iter().find(|r| r.code == code).unwrap_or_else(|| panic!("{code}"));
        remarque.position.as_ref().expect("a place").fichier.clone()
    };
    assert_eq!((fichier("IDN-001").as_str(), fichier("PER-001").as_str()), ("parties.json", "reste.json"));
}

#[test]
fn what_is_missing_is_listed_by_who_holds_it_and_by_part() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire("fixtures/paca/minimal.json"));
    let rapport = rapport(&atelier, &["--completude"]);
    let manques = rapport["completude"].as_array().expect("a list");
    let tient = |detenteur: &str, pointeur: &str| {
        manques
            .iter()
            .any(|m| m["detenteur"] == *detenteur && m["pointeur"].as_str().is_some_and(|p| p.starts_with(pointeur)))
    };
    assert!(manques.len() > 10, "{manques:#?}");
    assert!(tient("autorite", "/signature") && tient("gestionnaire", "/diagnostic"), "{manques:#?}");
    assert!(manques.iter().all(|m| !m["libelle"].as_str().unwrap_or_default().is_empty()));
    let texte = atelier.cpom(&["verifier", "contrat.json", "--completude"]).sortie;
    assert!(
        texte.contains("À compléter par les autorités") && texte.contains("À compléter par le gestionnaire"),
        "{texte}"
    );
}

#[test]
fn a_definitive_contract_is_checked_for_what_its_text_lacks_too() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire("fixtures/paca/minimal.json"));
    assert!(!codes(&rapport(&atelier, &[])).contains(&"CPL-001".to_string()));
    let definitif = rapport(&atelier, &["--etat", "definitif"]);
    assert!(codes(&definitif).contains(&"CPL-001".to_string()));
    assert_eq!(definitif["etat"], json!("definitif"));
}

#[test]
fn the_catalogue_is_listed_whole_filtered_and_explained_offline() {
    let atelier = Atelier::nouveau();
    let liste = atelier.cpom(&["regles"]).reussi().sortie;
    assert_eq!(liste.lines().count(), cpom::regles::RULES.len());
    assert_eq!(cpom::regles::RULES.len(), 169, "the catalogue of the design");
    let budgets = atelier.cpom(&["regles", "--famille", "bud", "--severite", "bloquante"]).reussi().sortie;
    assert!(
        !budgets.is_empty() && budgets.lines().all(|l| l.starts_with("BUD-") && l.contains("bloquante")),
        "{budgets}"
    );
    // PACA makes the dialogues blocking and does not run the library rule.
    let paca = atelier.cpom(&["regles", "--modele", "paca"]).reussi().sortie;
    let ligne = |texte: &str, code: &str| texte.lines().find(|l| l.starts_with(code)).map(str::to_owned);
    assert!(ligne(&paca, "DAT-007").expect("a line").contains("bloquante"));
    assert!(ligne(&liste, "DAT-007").expect("a line").contains("alerte"));
    assert_eq!(ligne(&paca, "OBJ-009"), None);
    let entree = atelier.cpom(&["regles", "dat-002"]).reussi().sortie;
    for mot in ["DAT-002 – ", "Pourquoi : ", "À faire : ", "L. 313-11", "legifrance.gouv.fr", "Dérogation : impossible"]
    {
        assert!(entree.contains(mot), "{mot}: {entree}");
    }
    let inconnue = atelier.cpom(&["regles", "BUD-099"]);
    assert_eq!(inconnue.code, 2);
    assert!(inconnue.erreurs.contains("vouliez-vous dire"), "{}", inconnue.tout());
}

#[test]
fn the_example_has_nothing_blocking_even_as_definitive() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&json("fixtures/paca/exemple.json"));
    for etat in ["projet", "definitif"] {
        let passage = atelier.cpom(&["verifier", "contrat.json", "--etat", etat]);
        assert_eq!(passage.code, 0, "{}", passage.tout());
        // What the model does not print is told, and that it was written for earlier years: nothing else.
        assert!(passage.sortie.ends_with("contrat accepté : 1 alerte, 2 informations.\n"), "{}", passage.tout());
        assert_eq!(passage.sortie.matches("information IMP-001").count(), 2, "{}", passage.tout());
    }
}

/// What a real contract got wrong, kept on purpose in its fixture.
#[test]
fn the_hesperia_contract_shows_its_real_anomalies() {
    let atelier = Atelier::nouveau();
    let fichiers: Vec<String> =
        super::outils::fichiers("fixtures/hesperia71", "json").iter().map(|f| f.display().to_string()).collect();
    let mut arguments = vec!["verifier", "--format", "json"];
    arguments.extend(fichiers.iter().map(String::as_str));
    let rapport: Value = serde_json::from_str(&atelier.cpom(&arguments).sortie).expect("JSON");
    let remarques: Vec<Remarque> = serde_json::from_value(rapport["remarques"].clone()).expect("findings");
    let dite = |code: &str, mots: &[&str]| {
        remarques.iter().any(|r| {
            let message = r.message.replace('\u{A0}', " ");
            r.code == code && mots.iter().all(|m| message.contains(m))
        })
    };
    for (code, mots) in [
        ("PER-001", &["132", "131"][..]),
        ("PER-002", &["607", "606"]),
        ("PER-002", &["18", "15"]),
        ("PER-013", &["environ 30", "38"]),
        ("SIE-001", &["18 100 000", "23 000 000"]),
    ] {
        let tout: Vec<String> = remarques.iter().map(|r| format!("{} {}", r.code, r.message)).collect();
        assert!(dite(code, mots), "{code} {mots:?}:\n{}", tout.join("\n"));
    }
}

#[test]
fn a_report_in_xml_is_well_formed_whatever_the_values_hold() {
    let hostiles = "\u{FFFE}\u{FFFF}\u{1}\u{B}\u{1B}\u{7F}\u{85}\u{9B}\u{2028}]]>&<'\"\u{1FFFE}\u{10FFFF}";
    let atelier = Atelier::nouveau();
    let mut contrat = fautif();
    contrat["reference"] = json!(format!("R{hostiles}"));
    contrat["etat"] = json!(hostiles);
    contrat[hostiles] = json!(hostiles);
    atelier.contrat(&contrat);
    let passage = atelier.cpom(&["verifier", "contrat.json", "--format", "junit"]);
    let mut lecteur = quick_xml::Reader::from_str(&passage.sortie);
    let mut suivant = || lecteur.read_event().unwrap_or_else(|e| panic!("{e}: {}", passage.sortie));
    while suivant() != quick_xml::events::Event::Eof {}
    let interdit =
        |c: char| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(!passage.sortie.contains(interdit), "{:?}", passage.sortie);
    assert!(!passage.sortie.contains("&#"), "no escape of what XML forbids either: {}", passage.sortie);
}

/// A renamed establishment is one mistake, however many places name it, and the message says its new name.
#[test]
fn an_unknown_identifier_is_told_once_with_its_places_and_what_was_meant() {
    let atelier = Atelier::nouveau();
    let base = json("fixtures/paca/exemple.json");
    let ancien = base["perimetre"]["etablissements"][0]["id"].as_str().expect("an identifier").to_owned();
    let patch = |neuf: &str| {
        modifie(&base, json!([{ "op": "replace", "path": "/perimetre/etablissements/0/id", "value": neuf }]))
    };
    for (neuf, dit) in
        [("maison-d-aix", "« maison-d-aix »"), ("ime-les-olivier", "vouliez-vous dire « ime-les-olivier » ?")]
    {
        atelier.contrat(&patch(neuf));
        let passage = atelier.cpom(&["verifier", "contrat.json", "--format", "json"]);
        let rapport: Value = serde_json::from_str(&passage.sortie).expect("JSON");
        let remarques = rapport["remarques"].as_array().expect("a list");
        let inconnus: Vec<&Value> = remarques.iter().filter(|r| r["code"] == "PER-007").collect();
        assert_eq!(inconnus.len(), 1, "{inconnus:#?}");
        let message = inconnus[0]["message"].as_str().expect("a message");
        for mot in [
            format!("« {ancien} » ne désigne aucun établissement"),
            "places ; de même : ".into(),
            "Partenariats n° 1".into(),
        ] {
            assert!(message.contains(&mot), "{mot}: {message}");
        }
        assert!(inconnus[0]["remede"].as_str().is_some_and(|r| r.contains(dit)), "{:#?}", inconnus[0]);
    }
}
