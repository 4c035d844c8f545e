//! What people write as they are used to is read, told, and changes nothing of their file.

use super::outils::{Atelier, json, lire, modifie};
use serde_json::{Value, json};
use std::fs;

/// The example, with values as a person writes them.
fn en_mots() -> Value {
    modifie(
        &json("fixtures/paca/exemple.json"),
        json!([
            { "op": "replace", "path": "/etat", "value": "Projet" },
            { "op": "replace", "path": "/parties/autorites/0/region", "value": "PACA" },
            { "op": "replace", "path": "/parties/gestionnaires/0/statut_juridique", "value": "association" },
            { "op": "replace", "path": "/parties/gestionnaires/0/siren", "value": 989_412_762 },
            { "op": "replace", "path": "/periode/debut", "value": "1er janvier 2026" },
            { "op": "replace", "path": "/periode/duree_annees", "value": "5" },
            { "op": "replace", "path": "/perimetre/etablissements/0/categorie", "value": "I.M.E." },
            { "op": "replace", "path": "/perimetre/etablissements/0/departement", "value": "Bouches-du-Rhône" },
            { "op": "replace", "path": "/perimetre/etablissements/0/finess", "value": "13 098 215 0" },
            { "op": "replace", "path": "/perimetre/etablissements/0/inclus", "value": "oui" },
            { "op": "replace", "path": "/perimetre/etablissements/0/evaluation/prochaine", "value": "4e trimestre 2028" },
            { "op": "replace", "path": "/moyens/budgets/0/depenses/groupe_1", "value": "361 200,00 €" },
        ]),
    )
}

#[test]
fn a_contract_written_in_words_is_the_same_contract_and_its_file_is_left_alone() {
    let atelier = Atelier::nouveau();
    let original = serde_json::to_string_pretty(&json("fixtures/paca/exemple.json")).expect("JSON");
    let mots = serde_json::to_string_pretty(&en_mots()).expect("JSON");
    atelier.ecrire("original.json", &original);
    atelier.ecrire("mots.json", &mots);
    let passage = atelier.cpom(&["comparer", "original.json", "mots.json", "--format", "json"]).reussi();
    let reponse: Value = serde_json::from_str(&passage.sortie).expect("JSON");
    assert_eq!(reponse["differences"], json!([]), "{}", passage.tout());
    for (nom, fichier) in [("o", "original.json"), ("m", "mots.json")] {
        atelier.cpom(&["generer", fichier, "--format", "texte", "--sortie", nom]).reussi();
    }
    let imprime = |nom: &str| lire(atelier.chemin(nom).join("CPOM-2026-2030-ADELIE.txt"));
    assert_eq!(imprime("o"), imprime("m"));
    assert_eq!(fs::read_to_string(atelier.chemin("mots.json")).expect("there"), mots);
    // What is attached to the PDF is what the user wrote.
    atelier.cpom(&["generer", "mots.json", "--format", "pdf", "--sortie", "pdf"]).reussi();
    assert_eq!(atelier.cpom(&["extraire", "pdf/CPOM-2026-2030-ADELIE.pdf"]).reussi().sortie, mots);
    assert_eq!(atelier.cpom(&["controler", "pdf/CPOM-2026-2030-ADELIE.pdf"]).code, 0);
}

#[test]
fn what_is_read_of_words_is_told_with_its_place() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&en_mots());
    let passage = atelier.cpom(&["verifier", "contrat.json", "--format", "json"]);
    let rapport: Value = serde_json::from_str(&passage.sortie).expect("JSON");
    let lues: Vec<&Value> =
        rapport["remarques"].as_array().expect("a list").iter().filter(|r| r["code"] == "SAI-001").collect();
    assert_eq!(lues.len(), 12, "{lues:#?}");
    assert!(lues.iter().all(|r| r["severite"] == "information" && r["ligne"].is_u64()));
    let messages: Vec<&str> = lues.iter().filter_map(|r| r["message"].as_str()).collect();
    for dit in [
        "lu « I.M.E. » comme « 183 » (Institut médico-éducatif (IME)).",
        "lu « association » comme « 60 » (association).",
        "lu « 1er janvier 2026 » comme « 2026-01-01 ».",
        "lu « 361 200,00 € » comme 361200.",
        "lu 989412762 comme « 989412762 ».",
        "lu « Projet » comme « projet » (Projet).",
    ] {
        assert!(messages.iter().any(|m| m.contains(dit)), "{dit}: {messages:#?}");
    }
}

#[test]
fn a_contract_to_be_signed_says_nowhere_to_be_completed() {
    let atelier = Atelier::nouveau();
    let contrat = modifie(
        &json("fixtures/paca/exemple.json"),
        json!([
            { "op": "replace", "path": "/parties/gestionnaires/0/sigle", "value": "à compléter" },
            { "op": "add", "path": "/preambule/contexte", "value": "[À compléter : le contexte]" },
        ]),
    );
    atelier.contrat(&contrat);
    let projet = atelier.cpom(&["verifier", "contrat.json"]).sortie;
    assert!(projet.contains("SAI-002 2 valeurs disent « à compléter »"), "{projet}");
    let definitif = atelier.cpom(&["verifier", "contrat.json", "--etat", "definitif"]);
    assert_eq!(definitif.code, 1);
    assert!(
        definitif.sortie.contains("bloquante SAI-002 « Sigle » dit encore « à compléter »."),
        "{}",
        definitif.sortie
    );
    let imprime = atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).reussi();
    assert!(!lire(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.txt")).contains("le contexte]"), "{}", imprime.tout());
}

#[test]
fn a_file_in_utf_16_with_its_mark_is_read_everywhere_and_written_back_as_it_was() {
    let atelier = Atelier::nouveau();
    let texte = lire("fixtures/bretagne/exemple.json");
    let octets: Vec<u8> = std::iter::once(0xFEFF).chain(texte.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    atelier.ecrire("utf16/contrat.json", &octets);
    atelier.ecrire("utf8/contrat.json", &texte);
    for dossier in ["utf8", "utf16"] {
        for (de, vers) in [("logos", "logos"), ("pieces", "pieces")] {
            let Ok(lu) = fs::read_dir(super::outils::racine().join("fixtures/bretagne").join(de)) else { continue };
            for fichier in lu.map(|e| e.expect("an entry").path()) {
                let nom = fichier.file_name().expect("a name").to_string_lossy().into_owned();
                atelier.ecrire(&format!("{dossier}/{vers}/{nom}"), fs::read(&fichier).expect("a file"));
            }
        }
        let contrat = format!("{dossier}/contrat.json");
        atelier.cpom(&["generer", &contrat, "--format", "texte", "--sortie", &format!("{dossier}/s")]).reussi();
    }
    let noms = atelier.noms("utf8/s");
    assert_eq!((noms.len(), &noms), (1, &atelier.noms("utf16/s")));
    let imprime = |dossier: &str| lire(atelier.chemin(dossier).join("s").join(&noms[0]));
    assert_eq!(imprime("utf8"), imprime("utf16"));
    assert_eq!(atelier.cpom(&["lot", "utf16", "--format", "texte", "--sortie", "lot"]).code, 0);
    let ajout = atelier.cpom(&["bibliotheque", "lister", "--modele", "bretagne"]).reussi().sortie;
    let code = ajout
        .lines()
        .filter_map(|l| l.trim().split_once(" – "))
        .map(|(code, _)| code)
        .find(|code| !texte.contains(code));
    atelier.cpom(&["bibliotheque", "ajouter", code.expect("a free objective"), "utf16/contrat.json"]).reussi();
    let apres = fs::read(atelier.chemin("utf16/contrat.json")).expect("there");
    assert!(apres.starts_with(b"\xff\xfe") && apres.len() > octets.len());
}

#[test]
fn the_codes_are_listed_and_found_by_their_words() {
    let atelier = Atelier::nouveau();
    let liste = |arguments: &[&str]| atelier.cpom(&[&["nomenclatures"], arguments].concat());
    let categories = liste(&["categories"]).reussi().sortie;
    assert!(
        categories.lines().count() > 80 && categories.contains("  183 Institut médico-éducatif (IME)"),
        "{categories}"
    );
    assert!(
        categories
            .contains("437 Foyer d'accueil médicalisé pour adultes handicapés (FAM) – n'est plus employé depuis le")
    );
    let trouve = liste(&["categories", "medico", "educatif"]).reussi().sortie;
    assert!(trouve.contains("183") && !trouve.contains("255"), "{trouve}");
    assert!(liste(&["statuts", "association"]).reussi().sortie.contains("  60  association\n"));
    let territoires = liste(&["territoires", "rhone"]).reussi().sortie;
    assert!(
        territoires.contains("Régions : 1 code") && territoires.contains("  69  Rhône – région 84"),
        "{territoires}"
    );
    let juges = liste(&["juges", "vaucluse"]).reussi().sortie;
    let actuel = "  84  Vaucluse – tribunal administratif de Toulouse, depuis le 1er\u{a0}janvier 2025 ; délai de recours : 2 mois";
    assert!(juges.contains(actuel) && juges.contains("interrégional") && !juges.contains("Marseille"), "{juges}");
    let rien = liste(&["categories", "sous-marin"]);
    assert_eq!(rien.code, 1);
    assert!(rien.sortie.is_empty() && rien.erreurs.contains("À faire : "), "{}", rien.tout());
    let json: Value =
        serde_json::from_str(&liste(&["categories", "FAM", "--format", "json"]).reussi().sortie).expect("JSON");
    assert_eq!((&json[0]["code"], &json[0]["remplace_par"]), (&json!("437"), &json!("448")));
    let json: Value = serde_json::from_str(&liste(&["juges", "84", "--format", "json"]).reussi().sortie).expect("JSON");
    let dernier = json.as_array().and_then(|a| a.last()).expect("a court");
    assert_eq!((&dernier["departement"], &dernier["du"]), (&json!("84"), &json!("2025-01-01")));
    assert_eq!(liste(&["villes"]).code, 2);
}
