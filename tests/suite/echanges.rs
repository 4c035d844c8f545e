//! What comes back from a printed dossier: its data byte for byte, what it is, and whether it still is what was
//! printed.

use std::path::Path;

use serde_json::{Value, json};

use super::outils::{Atelier, fichiers, json, lire, modifie, racine};

const EXEMPLE: &str = "fixtures/paca/exemple.json";
const PDF: &str = "sortie/CPOM-2026-2030-ADELIE.pdf";

/// The example printed in a folder of its own.
fn imprime(arguments: &[&str]) -> Atelier {
    let atelier = Atelier::nouveau();
    atelier.ecrire("exemple.json", lire(EXEMPLE));
    atelier.cpom(&[&["generer", "exemple.json", "--format", "pdf"], arguments].concat()).reussi();
    atelier
}

fn controle(atelier: &Atelier, pdf: &str) -> (i32, Value) {
    let passage = atelier.cpom(&["controler", pdf, "--format", "json"]);
    let lu = serde_json::from_str(&passage.sortie).unwrap_or_else(|e| panic!("{e}: {}", passage.tout()));
    (passage.code, lu)
}

fn conforme_au_schema(valeur: &Value, schema: &str) {
    let schema: Value = serde_json::from_str(&lire(schema)).unwrap();
    let erreurs: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(valeur).map(|e| e.to_string()).collect();
    assert!(erreurs.is_empty(), "{erreurs:?}");
}

#[test]
fn one_file_comes_back_byte_for_byte_with_the_files_it_names() {
    let atelier = imprime(&["--etat", "definitif"]);
    assert_eq!(atelier.cpom(&["extraire", PDF]).reussi().sortie, lire(EXEMPLE));
    atelier.cpom(&["extraire", PDF, "--sortie", "extrait"]).reussi();
    assert_eq!(std::fs::read_to_string(atelier.chemin("extrait/contrat.json")).unwrap(), lire(EXEMPLE));
    for (dossier, extension) in [("logos", "svg"), ("pieces", "pdf"), ("pieces", "png")] {
        for fichier in fichiers(Path::new("fixtures/paca").join(dossier), extension) {
            let nom = fichier.strip_prefix(racine().join("fixtures/paca")).unwrap();
            let rendu = std::fs::read(atelier.chemin("extrait").join(nom));
            // A logo that the contract does not name is not attached.
            if lire(EXEMPLE).contains(nom.to_str().unwrap()) {
                assert_eq!(rendu.unwrap(), std::fs::read(&fichier).unwrap(), "{}", nom.display());
            }
        }
    }
    // What was taken out prints the same dossier.
    let arguments = ["--etat", "definitif", "--format", "pdf", "--sortie", "encore"];
    atelier.cpom(&[&["generer", "extrait/contrat.json"], &arguments[..]].concat()).reussi();
    let lu = |chemin: &str| std::fs::read(atelier.chemin(chemin)).unwrap();
    let (avant, apres) = (lu(PDF), lu("encore/CPOM-2026-2030-ADELIE.pdf"));
    assert!(avant.len().abs_diff(apres.len()) < 200, "only the name of the file given may differ");
}

#[test]
fn a_dossier_says_what_it_is_and_prints_again_to_the_byte() {
    // Arguments, state, fields that each page adds to the four signatures.
    let cas: [(&[&str], &str, usize); 4] = [
        (&["--etat", "definitif"], "definitif", 0),
        (&["--etat", "definitif", "--paraphes", "--balises", "documenso"], "definitif", 4),
        (&["--etat", "projet"], "projet", 0),
        (&["--etat", "definitif", "--date", "2025-12-20"], "definitif", 0),
    ];
    for (arguments, etat, par_page) in cas {
        let atelier = imprime(arguments);
        let (code, lu) = controle(&atelier, PDF);
        assert_eq!(code, 0, "{arguments:?}: {lu:#}");
        conforme_au_schema(&lu, "schemas/controle.schema.json");
        assert_eq!((&lu["conforme"], &lu["etat"]), (&json!(true), &json!(etat)), "{lu:#}");
        assert_eq!(lu["reference"], json!("CPOM-2026-2030-ADELIE"));
        assert_eq!(lu["modele"]["id"], json!("paca"));
        assert_eq!(lu["cpom"], json!(env!("CARGO_PKG_VERSION")));
        assert_eq!(lu["reimpression"]["resultat"], json!("identique"));
        let pages = lopdf::Document::load(atelier.chemin(PDF)).unwrap().get_pages().len();
        let signatures = if etat == "projet" { 0 } else { 4 };
        assert_eq!(lu["signatures"].as_array().unwrap().len(), signatures + par_page * pages);
        let provenance = atelier.cpom(&["extraire", PDF, "--sortie", "extrait"]).reussi();
        assert!(provenance.sortie.contains("provenance.json"), "{}", provenance.tout());
        let provenance = std::fs::read_to_string(atelier.chemin("extrait/provenance.json")).unwrap();
        conforme_au_schema(&serde_json::from_str(&provenance).unwrap(), "schemas/provenance.schema.json");
        // A draft carries its report too.
        assert_eq!(atelier.chemin("extrait/rapport.json").exists(), etat == "projet");
    }
}

#[test]
fn one_byte_changed_anywhere_is_seen() {
    let atelier = imprime(&["--etat", "definitif"]);
    let octets = std::fs::read(atelier.chemin(PDF)).unwrap();
    for rang in 1..12 {
        let mut change = octets.clone();
        let place = octets.len() * rang / 12;
        change[place] ^= 1;
        atelier.ecrire("change.pdf", &change);
        let passage = atelier.cpom(&["controler", "change.pdf"]);
        assert_ne!(passage.code, 0, "byte {place}: {}", passage.tout());
        assert!(passage.code <= 2, "byte {place}: {}", passage.tout());
    }
    let mut ajoute = octets.clone();
    ajoute.extend_from_slice(b"\n% un commentaire\n");
    atelier.ecrire("ajoute.pdf", &ajoute);
    let passage = atelier.cpom(&["controler", "ajoute.pdf"]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert!(
        passage.sortie.contains("une partie a été ajoutée au fichier que l'on ne reconnaît pas"),
        "{}",
        passage.tout()
    );
    // What is wrong comes first.
    assert!(passage.sortie.starts_with("Ce qui ne va pas :\n"), "{}", passage.tout());
    // What a mail gateway adds is no word of the contract.
    for blancs in ["\n", "\r\n", "\0\0\0\0"] {
        atelier.ecrire("blancs.pdf", [&octets, blancs.as_bytes()].concat());
        let passage = atelier.cpom(&["controler", "blancs.pdf"]).reussi();
        assert!(passage.sortie.contains("sans effet"), "{}", passage.tout());
    }
}

/// The increment that gives one object another text, in a file that has an old-fashioned table or not.
fn reviser(octets: &[u8], numero: u32, objet: &str) -> Vec<u8> {
    let texte = String::from_utf8_lossy(octets);
    let prev =
        texte.rfind("startxref\n").map(|place| &texte[place + 10..]).and_then(|fin| fin.split('\n').next()).unwrap();
    let pdf = lopdf::Document::load_mem(octets).unwrap();
    let reference = |cle: &[u8]| pdf.trailer.get(cle).unwrap().as_reference().unwrap().0;
    let suite = format!("{numero} 0 obj\n{objet}\nendobj\n");
    let table = octets.len() + suite.len();
    let fin = format!(
        "xref\n{numero} 1\n{:010} 00000 n \ntrailer\n<</Size 1000000/Prev {prev}/Root {} 0 R/Info {} 0 R>>\nstartxref\n{table}\n%%EOF\n",
        octets.len(),
        reference(b"Root"),
        reference(b"Info"),
    );
    [octets, suite.as_bytes(), fin.as_bytes()].concat()
}

#[test]
fn a_page_changed_by_an_increment_is_told_with_its_number_and_extraire_says_it_too() {
    let atelier = imprime(&["--etat", "definitif"]);
    let octets = std::fs::read(atelier.chemin(PDF)).unwrap();
    let pdf = lopdf::Document::load_mem(&octets).unwrap();
    let page = pdf.get_dictionary(pdf.get_pages()[&5]).unwrap();
    let contenu = page.get(b"Contents").unwrap().as_reference().unwrap().0;
    atelier.ecrire("change.pdf", reviser(&octets, contenu, "<</Length 5>>stream\nBT ET\nendstream"));
    let (code, lu) = controle(&atelier, "change.pdf");
    assert_eq!(
        (code, &lu["verdict"], &lu["reimpression"]["resultat"]),
        (1, &json!("non_conforme"), &json!("identique"))
    );
    conforme_au_schema(&lu, "schemas/controle.schema.json");
    let modification = &lu["revisions"][0]["modifications"][0];
    assert_eq!((&modification["genre"], &modification["page"]), (&json!("contenu"), &json!(5)), "{lu:#}");
    let passage = atelier.cpom(&["controler", "change.pdf"]);
    let attendu = "Ce qui ne va pas :\n  - Avant toute signature, le contenu de la page 5 a changé.\n";
    assert!(
        passage.sortie.starts_with(attendu) && passage.sortie.ends_with("Dossier non conforme.\n"),
        "{}",
        passage.tout()
    );
    let passage = atelier.cpom(&["extraire", "change.pdf"]);
    assert_eq!((passage.code, passage.sortie.as_str()), (1, lire(EXEMPLE).as_str()));
    assert!(passage.erreurs.contains("le contenu de la page 5 a changé"), "{}", passage.tout());
}

#[test]
fn the_data_given_back_are_those_that_were_printed_whatever_was_written_over_them() {
    let atelier = imprime(&["--etat", "definitif"]);
    let octets = std::fs::read(atelier.chemin(PDF)).unwrap();
    let pdf = lopdf::Document::load_mem(&octets).unwrap();
    let contrat = pdf.objects.iter().find_map(|(id, objet)| {
        let fiche = objet.as_dict().ok()?;
        let nom = lopdf::decode_text_string(fiche.get(b"UF").ok()?).ok()?;
        (nom == "contrat.json")
            .then(|| (id.0, fiche.get(b"EF").ok()?.as_dict().ok()?.get(b"F").ok()?.as_reference().ok()).into())?
    });
    let (_, Some(flux)) = contrat.unwrap() else { panic!("no data") };
    atelier.ecrire("change.pdf", reviser(&octets, flux.0, "<</Type/EmbeddedFile/Length 2>>stream\n{}\nendstream"));
    let (code, lu) = controle(&atelier, "change.pdf");
    assert_eq!(
        (code, &lu["joints_changes"]),
        (1, &json!([{ "nom": "contrat.json", "changement": "modifie" }])),
        "{lu:#}"
    );
    let passage = atelier.cpom(&["extraire", "change.pdf"]);
    assert_eq!((passage.code, passage.sortie.as_str()), (1, lire(EXEMPLE).as_str()));
    assert!(passage.erreurs.contains("Fichier joint modifié : contrat.json"), "{}", passage.tout());
}

#[test]
fn a_file_that_differs_is_replaced_only_when_asked_and_none_is_written_before_all_may_be() {
    let atelier = imprime(&["--etat", "definitif"]);
    let ici = |nom: &str| std::fs::read_to_string(atelier.chemin(nom)).ok();
    atelier.ecrire("la/provenance.json", "à moi");
    let passage = atelier.cpom(&["extraire", PDF, "--sortie", "la"]);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    assert!(
        passage.erreurs.contains("la/provenance.json") && passage.erreurs.contains("--remplacer"),
        "{}",
        passage.tout()
    );
    assert_eq!((ici("la/provenance.json").unwrap().as_str(), ici("la/contrat.json")), ("à moi", None));
    atelier.cpom(&["extraire", PDF, "--sortie", "la", "--remplacer"]).reussi();
    assert_eq!(ici("la/contrat.json").unwrap(), lire(EXEMPLE));
    // The same files again are no difference.
    atelier.cpom(&["extraire", PDF, "--sortie", "la"]).reussi();
}

#[test]
fn several_files_come_back_as_one_that_prints_the_same() {
    let atelier = Atelier::nouveau();
    let chemins = fichiers("fixtures/hesperia71", "json");
    let mut arguments = vec!["generer", "--format", "pdf"];
    let noms: Vec<String> = chemins.iter().map(|c| c.display().to_string()).collect();
    arguments.extend(noms.iter().map(String::as_str));
    atelier.cpom(&arguments).reussi();
    let pdfs: Vec<String> = atelier.noms("sortie").into_iter().filter(|n| n.ends_with(".pdf")).collect();
    assert_eq!(pdfs.len(), 2, "one dossier per gestionnaire");
    let mut contrats = Vec::new();
    for pdf in &pdfs {
        let (code, lu) = controle(&atelier, &format!("sortie/{pdf}"));
        assert_eq!((code, &lu["reimpression"]["resultat"]), (0, &json!("identique")), "{lu:#}");
        let contrat: Value =
            serde_json::from_str(&atelier.cpom(&["extraire", &format!("sortie/{pdf}")]).reussi().sortie).unwrap();
        contrats.push(contrat);
    }
    // Each holds its own establishments only.
    let ids = |contrat: &Value| -> Vec<String> {
        let liste = contrat["perimetre"]["etablissements"].as_array().unwrap();
        liste.iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect()
    };
    let (premiers, seconds) = (ids(&contrats[0]), ids(&contrats[1]));
    assert!(!premiers.is_empty() && premiers.iter().all(|id| !seconds.contains(id)), "{premiers:?} {seconds:?}");
}

#[test]
fn a_cut_dossier_keeps_its_data_in_its_body_and_its_other_parts_say_so() {
    let atelier = imprime(&["--etat", "definitif", "--decoupe"]);
    let socle = "sortie/CPOM-2026-2030-ADELIE-01-socle.pdf";
    assert_eq!(atelier.cpom(&["extraire", socle]).reussi().sortie, lire(EXEMPLE));
    assert_eq!(controle(&atelier, socle).0, 0);
    let annexe = atelier.noms("sortie").into_iter().find(|n| n.contains("-02-") && n.ends_with(".pdf")).unwrap();
    let passage = atelier.cpom(&["extraire", &format!("sortie/{annexe}")]);
    assert_eq!(passage.code, 2);
    assert!(passage.erreurs.contains("01-socle.pdf"), "{}", passage.tout());
}

#[test]
fn a_file_that_is_no_dossier_is_refused_with_what_to_do() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("vide.pdf", b"");
    atelier.ecrire("texte.pdf", b"Bonjour");
    atelier.ecrire("coupe.pdf", b"%PDF-1.7\n1 0 obj\n<<");
    for (fichier, attendu) in [
        ("vide.pdf", "ce n'est pas un PDF"),
        ("texte.pdf", "ce n'est pas un PDF"),
        ("coupe.pdf", "abîmé"),
        ("pieces/evaluation.pdf", "ne contient pas de données de cpom"),
        ("absent.pdf", "n'existe pas"),
    ] {
        for commande in ["extraire", "controler"] {
            let passage = atelier.cpom(&[commande, fichier]);
            assert_eq!(passage.code, 2, "{commande} {fichier}: {}", passage.tout());
            assert!(passage.erreurs.contains(attendu) && passage.erreurs.contains(fichier), "{}", passage.tout());
            assert!(passage.erreurs.contains("À faire"), "{}", passage.tout());
        }
    }
}

#[test]
fn another_model_is_told_rather_than_taken_for_a_change() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&modifie(&json(EXEMPLE), json!([{ "op": "remove", "path": "/clauses_particulieres" }])));
    let manifeste = r#"{"id": "essai", "nom": "Essai", "version": "1", "herite": "paca"}"#;
    atelier.ecrire("modeles/essai/modele.json", manifeste);
    let choix = ["--modeles", "modeles", "--modele", "essai", "--format", "pdf"];
    atelier.cpom(&[&["generer", "contrat.json"], &choix[..]].concat()).reussi();
    let passage = atelier.cpom(&["controler", PDF]);
    assert_eq!(passage.code, 3);
    assert!(
        passage.sortie.contains("Réimpression impossible")
            && passage.sortie.contains("essai")
            && passage.sortie.contains("À faire : ")
            && passage.sortie.contains("Dossier non vérifiable ici"),
        "{}",
        passage.tout()
    );
    assert_eq!(atelier.cpom(&["controler", PDF, "--modeles", "modeles"]).code, 0);
    // The same name, another text.
    atelier.ecrire("modeles/essai/litiges.md", "Les parties saisissent le juge.\n");
    let (code, lu) = controle(&atelier, PDF);
    assert_eq!((code, &lu["verdict"], &lu["conforme"]), (3, &json!("non_verifiable"), &json!(false)), "{lu:#}");
    conforme_au_schema(&lu, "schemas/controle.schema.json");
    let passage = atelier.cpom(&["controler", PDF, "--modeles", "modeles"]);
    assert_eq!(passage.code, 3);
    assert!(passage.sortie.contains("empreinte"), "{}", passage.tout());
    // What was added since is judged all the same.
    let octets = std::fs::read(atelier.chemin(PDF)).unwrap();
    let pdf = lopdf::Document::load_mem(&octets).unwrap();
    let page = pdf.get_pages()[&1].0;
    atelier.ecrire("change.pdf", reviser(&octets, page, "<</Type/Page>>"));
    assert_eq!(controle(&atelier, "change.pdf").0, 1);
}

#[test]
fn the_attached_files_are_declared_as_pdf_a_3_wants_them() {
    let atelier = imprime(&["--etat", "definitif"]);
    let octets = std::fs::read(atelier.chemin(PDF)).unwrap();
    let pdf = lopdf::Document::load_mem(&octets).unwrap();
    let associes = pdf.catalog().unwrap().get_deref(b"AF", &pdf).unwrap().as_array().unwrap().clone();
    let mut relations = Vec::new();
    for associe in &associes {
        let fiche = pdf.dereference(associe).unwrap().1.as_dict().unwrap();
        let nom = lopdf::decode_text_string(fiche.get(b"UF").unwrap()).unwrap();
        let relation = String::from_utf8_lossy(fiche.get(b"AFRelationship").unwrap().as_name().unwrap()).into_owned();
        assert!(fiche.get(b"Desc").is_ok(), "{nom} is not described");
        let flux = fiche.get(b"EF").unwrap().as_dict().unwrap().get_deref(b"F", &pdf).unwrap().as_stream().unwrap();
        let genre = String::from_utf8_lossy(flux.dict.get(b"Subtype").unwrap().as_name().unwrap()).into_owned();
        assert!(genre.contains('/'), "{nom} has no media type: {genre}");
        relations.push((nom, relation));
    }
    for (nom, relation) in [("contrat.json", "Source"), ("provenance.json", "Data"), ("evaluation.pdf", "Supplement")] {
        assert!(relations.contains(&(nom.to_owned(), relation.to_owned())), "{nom}: {relations:?}");
    }
}
