//! What is edited in Word comes home: values into the data, everything else listed, nothing lost.

use std::io::{Cursor, Read, Write};

use serde_json::{Value, json};

use super::outils::{Atelier, json, lire, modifie};

const EXEMPLE: &str = "fixtures/paca/exemple.json";
const DOCX: &str = "sortie/CPOM-2026-2030-ADELIE.docx";

/// The example and its Word file, in a folder.
fn imprime(arguments: &[&str]) -> Atelier {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire(EXEMPLE));
    atelier.cpom(&[&["generer", "contrat.json", "--format", "docx"], arguments].concat()).reussi();
    atelier
}

/// Edits the body of the Word file.
fn editer(atelier: &Atelier, changer: impl Fn(&str) -> String) {
    parties(atelier, |nom, texte| if nom == "word/document.xml" { changer(&texte) } else { texte });
}

fn parties(atelier: &Atelier, changer: impl Fn(&str, String) -> String) {
    let octets = std::fs::read(atelier.chemin(DOCX)).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(octets)).unwrap();
    let mut sortie = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for rang in 0..archive.len() {
        let mut partie = archive.by_index(rang).unwrap();
        let nom = partie.name().to_owned();
        let mut contenu = Vec::new();
        partie.read_to_end(&mut contenu).unwrap();
        sortie.start_file(&nom, zip::write::SimpleFileOptions::default()).unwrap();
        match String::from_utf8(contenu) {
            Ok(texte) => sortie.write_all(changer(&nom, texte).as_bytes()).unwrap(),
            Err(binaire) => sortie.write_all(&binaire.into_bytes()).unwrap(),
        }
    }
    atelier.ecrire("edite.docx", sortie.finish().unwrap().into_inner());
}

fn une_fois(texte: &str, avant: &str, apres: &str) -> String {
    assert!(texte.contains(avant), "« {avant} » is not in the file");
    texte.replacen(avant, apres, 1)
}

/// Changes words inside the control that holds them, wherever else they stand.
fn dans_son_controle(xml: &str, avant: &str, apres: &str) -> String {
    let place = xml
        .match_indices(&format!(">{avant}<"))
        .find(|(i, _)| xml[..*i].rfind("<w:sdtContent>") > xml[..*i].rfind("</w:sdtContent>"));
    let (debut, trouve) = place.unwrap_or_else(|| panic!("« {avant} » is in no control"));
    format!("{}>{apres}<{}", &xml[..debut], &xml[debut + trouve.len()..])
}

fn reprise(atelier: &Atelier, arguments: &[&str]) -> (i32, Value) {
    let base = ["reprendre", "edite.docx", "--contrat", "contrat.json", "--format", "json"];
    let passage = atelier.cpom(&[&base[..], arguments].concat());
    let lu: Value = serde_json::from_str(&passage.sortie).unwrap_or_else(|e| panic!("{e}: {}", passage.tout()));
    let schema: Value = serde_json::from_str(&lire("schemas/reprise.schema.json")).unwrap();
    let erreurs: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&lu).map(|e| e.to_string()).collect();
    assert!(erreurs.is_empty(), "{erreurs:?}");
    (passage.code, lu)
}

#[test]
fn a_file_that_nobody_touched_changes_nothing() {
    for arguments in [&["--etat", "definitif"][..], &["--etat", "projet"], &["--verrouille", "autorite"]] {
        let atelier = imprime(arguments);
        editer(&atelier, str::to_owned);
        let (code, lu) = reprise(&atelier, &["--ecrire"]);
        assert_eq!((code, &lu["changements"], &lu["ecarts"]), (0, &json!([]), &json!([])), "{arguments:?}");
        assert!(lu["champs"].as_u64().unwrap() > 500);
        assert_eq!(std::fs::read_to_string(atelier.chemin("contrat.json")).unwrap(), lire(EXEMPLE));
    }
}

#[test]
fn edited_values_go_back_to_their_place_and_the_rest_of_the_file_stays() {
    let atelier = imprime(&[]);
    editer(&atelier, |xml| {
        let xml =
            une_fois(xml, ">12 avenue des Pins, 13090 Aix-en-Provence<", ">14 avenue des Pins, 13090 Aix-en-Provence<");
        une_fois(&xml, ">Les équipes ont engagé en 2023 ", ">Les équipes ont engagé en 2024 ")
    });
    let (code, lu) = reprise(&atelier, &["--ecrire"]);
    let pointeurs: Vec<&str> =
        lu["changements"].as_array().unwrap().iter().map(|c| c["pointeur"].as_str().unwrap()).collect();
    assert_eq!((code, pointeurs.len()), (0, 2), "{lu:#}");
    let avant = lire(EXEMPLE);
    let apres = std::fs::read_to_string(atelier.chemin("contrat.json")).unwrap();
    let differentes: Vec<(&str, &str)> = avant.lines().zip(apres.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!((differentes.len(), avant.lines().count()), (2, apres.lines().count()), "{differentes:#?}");
    assert!(apres.contains("14 avenue des Pins") && apres.contains("engagé en 2024"));
    atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "docx"]).reussi();
    let encore = atelier.cpom(&["reprendre", DOCX, "--contrat", "contrat.json"]).reussi();
    assert!(encore.sortie.contains("Aucune valeur n'a changé"), "{}", encore.tout());
}

#[test]
fn dates_and_amounts_are_read_as_what_they_are() {
    let atelier = imprime(&[]);
    let depense = json(EXEMPLE)["moyens"]["budgets"][0]["depenses"]["groupe_1"].as_f64().unwrap();
    editer(&atelier, |xml| {
        let xml = dans_son_controle(xml, "24\u{a0}octobre 2025", "25 octobre 2025");
        dans_son_controle(&xml, &cpom::formats::euros(depense), "1 234,50 €")
    });
    let (code, lu) = reprise(&atelier, &["--ecrire", "--malgre-les-remarques"]);
    let apres: Vec<&Value> = lu["changements"].as_array().unwrap().iter().map(|c| &c["apres"]).collect();
    assert_eq!(code, 0, "{lu:#}");
    assert!(apres.contains(&&json!("2025-10-25")) && apres.contains(&&json!(1234.5)), "{lu:#}");
}

#[test]
fn what_cannot_be_taken_is_listed_and_never_lost() {
    let atelier = imprime(&[]);
    editer(&atelier, |xml| {
        // A paragraph outside the fields, a date that is none, a control deleted, another copied with other words.
        let xml = une_fois(xml, "Les solutions se construisent", "Les réponses se construisent");
        let xml = dans_son_controle(&xml, "24\u{a0}octobre 2025", "à la rentrée");
        let debut = xml.find("<w:sdt><w:sdtPr><w:alias w:val=\"Siège").or_else(|| xml.find("<w:sdt>")).unwrap();
        let fin = debut + xml[debut..].find("</w:sdt>").unwrap() + "</w:sdt>".len();
        let controle = xml[debut..fin].to_owned();
        let copie = controle.replace("<w:t xml:space=\"preserve\">", "<w:t xml:space=\"preserve\">Autre ");
        format!("{}{controle}{copie}{}", &xml[..debut], &xml[fin..])
    });
    let (code, lu) = reprise(&atelier, &["--ecrire"]);
    assert_eq!(code, 1);
    let natures: Vec<&str> = lu["ecarts"].as_array().unwrap().iter().map(|e| e["nature"].as_str().unwrap()).collect();
    for nature in ["valeur_refusee", "champ_double", "hors_champ"] {
        assert!(natures.contains(&nature), "{nature}: {lu:#}");
    }
    let hors = lu["ecarts"].as_array().unwrap().iter().find(|e| e["nature"] == json!("hors_champ")).unwrap();
    assert!(hors["apres"].as_str().unwrap().contains("Les réponses se construisent"), "{hors}");
    assert!(!hors["clause"].as_str().unwrap().is_empty(), "{hors}");
    assert_eq!(std::fs::read_to_string(atelier.chemin("contrat.json")).unwrap(), lire(EXEMPLE));
    let dit = atelier.cpom(&["reprendre", "edite.docx", "--contrat", "contrat.json"]);
    assert!(
        dit.sortie.contains("À traiter à la main") && dit.sortie.contains("clauses_particulieres"),
        "{}",
        dit.tout()
    );
}

#[test]
fn a_rewritten_article_is_offered_as_a_clause_of_the_contract_that_prints_it() {
    let atelier = imprime(&[]);
    editer(&atelier, |xml| {
        let xml = une_fois(xml, "Les solutions se construisent", "Les réponses se construisent");
        // A paragraph added under an article that has a table.
        let place = xml.find("Un redéploiement").or_else(|| xml.find("Les redéploiements")).expect("redeployments");
        let debut = xml[..place].rfind("<w:p>").unwrap();
        let neuf =
            "<w:p><w:pPr><w:pStyle w:val=\"Corps\"/></w:pPr><w:r><w:t>Ajout au sujet des moyens.</w:t></w:r></w:p>";
        format!("{}{neuf}{}", &xml[..debut], &xml[debut..])
    });
    let (code, lu) = reprise(&atelier, &[]);
    assert_eq!(code, 1);
    let clauses = lu["clauses_proposees"].as_array().unwrap();
    assert_eq!(clauses.len(), 2, "{lu:#}");
    let (reecrite, ajoutee) = (&clauses[0], &clauses[1]);
    assert_eq!(reecrite["place"], json!("remplace"));
    let texte = reecrite["texte"].as_str().unwrap();
    assert!(
        texte.contains("Les réponses se construisent") && texte.contains("\n- ") && texte.contains("**"),
        "{texte}"
    );
    assert_eq!((&ajoutee["place"], &ajoutee["texte"]), (&json!("apres"), &json!("Ajout au sujet des moyens.")));
    let hors: Vec<&Value> =
        lu["ecarts"].as_array().unwrap().iter().filter(|e| e["nature"] == json!("hors_champ")).collect();
    assert!(hors.iter().all(|e| e["clause"].as_str().is_some_and(|c| c.contains(" › "))), "{hors:#?}");
    assert!(hors.iter().any(|e| e["clause"].as_str().unwrap().starts_with("3-2 – ")), "{hors:#?}");
    // The clauses go into the contract as they are.
    let mut contrat = json(EXEMPLE);
    contrat["clauses_particulieres"].as_array_mut().unwrap().extend(clauses.iter().cloned());
    atelier.contrat(&contrat);
    atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).reussi();
    let imprime = std::fs::read_to_string(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.txt")).unwrap();
    assert!(imprime.contains("Les réponses se construisent") && !imprime.contains("Les solutions se construisent"));
    assert!(imprime.contains("Ajout au sujet des moyens."));
    let dit = atelier.cpom(&["reprendre", "edite.docx", "--contrat", "contrat.json"]);
    assert!(!dit.sortie.contains("Les solutions"), "{}", dit.tout());
}

#[test]
fn a_control_deleted_is_told_and_its_value_is_kept() {
    let atelier = imprime(&[]);
    editer(&atelier, |xml| {
        let debut = xml.find("<w:bookmarkStart w:id=\"1000").unwrap();
        let fin = debut + xml[debut..].find("<w:bookmarkEnd w:id=\"1000").unwrap();
        let fin = fin + xml[fin..].find("/>").unwrap() + 2;
        format!("{}{}", &xml[..debut], &xml[fin..])
    });
    let (code, lu) = reprise(&atelier, &["--ecrire"]);
    let absents = lu["ecarts"].as_array().unwrap().iter().filter(|e| e["nature"] == json!("champ_absent")).count();
    assert_eq!((code, absents, &lu["changements"]), (1, 1, &json!([])), "{lu:#}");
}

#[test]
fn a_gap_filled_in_word_fills_the_contract() {
    let atelier = Atelier::nouveau();
    let sans = modifie(&json(EXEMPLE), json!([{ "op": "remove", "path": "/signature/lieu" }]));
    atelier.contrat(&sans);
    atelier.cpom(&["generer", "contrat.json", "--format", "docx"]).reussi();
    editer(&atelier, |xml| {
        let debut = xml.find("[à compléter").expect("a gap");
        let fin = debut + xml[debut..].find("</w:t>").unwrap();
        format!("{}Marseille{}", &xml[..debut], &xml[fin..])
    });
    let (code, lu) = reprise(&atelier, &["--ecrire"]);
    assert_eq!((code, &lu["changements"][0]["pointeur"]), (0, &json!("/signature/lieu")), "{lu:#}");
    let apres: Value = serde_json::from_str(&std::fs::read_to_string(atelier.chemin("contrat.json")).unwrap()).unwrap();
    assert_eq!(apres["signature"]["lieu"], json!("Marseille"));
}

#[test]
fn tracked_changes_are_read_accepted_or_as_before() {
    let atelier = imprime(&[]);
    let neuf = "<w:ins w:id=\"1\" w:author=\"x\"><w:r><w:t>14 avenue des Pins</w:t></w:r></w:ins>\
        <w:del w:id=\"2\" w:author=\"x\"><w:r><w:delText>12 avenue des Pins, 13090 Aix-en-Provence</w:delText></w:r></w:del>";
    editer(&atelier, |xml| {
        let texte = xml.find(">12 avenue des Pins, 13090 Aix-en-Provence<").unwrap();
        // The run that holds the words gives its place to two tracked ones, inside the control of the value.
        let controle = xml[..texte].rfind("<w:sdtContent>").unwrap() + "<w:sdtContent>".len();
        let fin = texte + xml[texte..].find("</w:r>").unwrap() + "</w:r>".len();
        format!("{}{neuf}{}", &xml[..controle], &xml[fin..])
    });
    let (_, accepte) = reprise(&atelier, &[]);
    assert_eq!(accepte["changements"][0]["apres"], json!("14 avenue des Pins"), "{accepte:#}");
    let (code, original) = reprise(&atelier, &["--original"]);
    assert_eq!((code, &original["changements"]), (0, &json!([])), "{original:#}");
}

#[test]
fn comments_come_with_their_place() {
    let atelier = imprime(&[]);
    let partie = "<?xml version=\"1.0\"?><w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
        <w:comment w:id=\"7\" w:author=\"ARS\"><w:p><w:r><w:t>À revoir.</w:t></w:r></w:p></w:comment></w:comments>";
    editer(&atelier, |xml| {
        let place = xml.find("<w:r><w:t xml:space=\"preserve\">Les solutions se construisent").unwrap();
        let fin = place + xml[place..].find("</w:r>").unwrap() + "</w:r>".len();
        format!(
            "{}<w:commentRangeStart w:id=\"7\"/>{}<w:commentRangeEnd w:id=\"7\"/>{}",
            &xml[..place],
            &xml[place..fin],
            &xml[fin..]
        )
    });
    let octets = std::fs::read(atelier.chemin("edite.docx")).unwrap();
    let mut sortie = zip::ZipWriter::new_append(Cursor::new(octets)).unwrap();
    sortie.start_file("word/comments.xml", zip::write::SimpleFileOptions::default()).unwrap();
    sortie.write_all(partie.as_bytes()).unwrap();
    atelier.ecrire("edite.docx", sortie.finish().unwrap().into_inner());
    let (code, lu) = reprise(&atelier, &[]);
    assert_eq!(code, 0, "{lu:#}");
    let commentaire = &lu["commentaires"][0];
    assert_eq!((&commentaire["auteur"], &commentaire["texte"]), (&json!("ARS"), &json!("À revoir.")));
    assert!(commentaire["passage"].as_str().unwrap().starts_with("Les solutions"), "{commentaire}");
    assert!(!commentaire["clause"].as_str().unwrap().is_empty());
}

#[test]
fn a_file_that_is_no_dossier_or_another_s_is_refused() {
    let atelier = imprime(&[]);
    atelier.ecrire("texte.docx", b"Bonjour");
    atelier.ecrire("minimal.json", lire("fixtures/paca/minimal.json"));
    for (fichier, contrat, attendu) in [
        ("texte.docx", "contrat.json", "n'est pas un document Word"),
        ("absent.docx", "contrat.json", "n'existe pas"),
        (DOCX, "minimal.json", "est celui du contrat CPOM-2026-2030-ADELIE"),
    ] {
        let passage = atelier.cpom(&["reprendre", fichier, "--contrat", contrat]);
        assert!(passage.code == 2 && passage.erreurs.contains(attendu), "{fichier}: {}", passage.tout());
    }
}
