//! Two versions of a contract: what changed is listed, and the tracked changes give either version back.

use serde_json::{Value, json};

use cpom::echanges::word::{DossierWord, Suivi};

use super::outils::{Atelier, json, lire, modifie};

const PACA: &str = "fixtures/paca/exemple.json";
const BRETAGNE: &str = "fixtures/bretagne/exemple.json";
const ARA: &str = "fixtures/ara/exemple.json";

/// The two versions and their comparison, in a folder.
fn compares(avant: &Value, apres: &Value) -> Atelier {
    let atelier = Atelier::nouveau();
    for (nom, contrat) in [("avant", avant), ("apres", apres)] {
        atelier.ecrire(&format!("{nom}.json"), contrat.to_string());
        let fichier = format!("{nom}.json");
        atelier.cpom(&["generer", &fichier, "--etat", "projet", "--format", "docx", "--sortie", nom]).reussi();
    }
    atelier
        .cpom(&[
            "comparer",
            "avant.json",
            "apres.json",
            "--docx",
            "suivi.docx",
            "--auteur",
            "ARS",
            "--date",
            "2026-01-15",
        ])
        .reussi();
    atelier
}

/// The paragraphs of a Word file; empty ones do not count.
fn paragraphes(octets: &[u8], suivi: Suivi) -> Vec<String> {
    let dossier = DossierWord::lire(octets, suivi).unwrap();
    dossier.paragraphes.into_iter().map(|p| p.texte).filter(|t| !t.trim().is_empty()).collect()
}

fn imprime(atelier: &Atelier, nom: &str) -> Vec<String> {
    let noms = atelier.noms(nom);
    let docx = noms.iter().find(|n| n.ends_with(".docx")).unwrap();
    paragraphes(&std::fs::read(atelier.chemin(&format!("{nom}/{docx}"))).unwrap(), Suivi::Accepte)
}

#[track_caller]
fn memes(obtenus: &[String], attendus: &[String], quoi: &str) {
    let ecart = obtenus.iter().zip(attendus).position(|(a, b)| a != b).unwrap_or(obtenus.len().min(attendus.len()));
    let autour = |suite: &[String]| suite.iter().skip(ecart.saturating_sub(1)).take(4).cloned().collect::<Vec<_>>();
    assert!(obtenus == attendus, "{quoi}, at {ecart}:\n{:#?}\nis not\n{:#?}", autour(obtenus), autour(attendus));
}

/// What is changed in turn, then all at once: a value, a title, an element less, one more, one moved.
fn changements(contrat: &Value) -> Vec<Value> {
    let mut sorties = Vec::new();
    let objectifs = contrat["objectifs"].as_array().unwrap();
    let titre = objectifs[0]["titre"].as_str().unwrap();
    let nom = contrat["perimetre"]["etablissements"][0]["nom"].as_str().unwrap();
    sorties.push(modifie(
        contrat,
        json!([{ "op": "replace", "path": "/objectifs/0/titre", "value": format!("{titre} et ses suites") }]),
    ));
    sorties.push(modifie(
        contrat,
        json!([{ "op": "replace", "path": "/perimetre/etablissements/0/nom", "value": format!("Nouvel {nom}") }]),
    ));
    sorties.push(modifie(contrat, json!([{ "op": "replace", "path": "/periode/debut", "value": "2026-02-01" }])));
    sorties.push(modifie(contrat, json!([{ "op": "remove", "path": "/objectifs/1" }])));
    sorties.push(modifie(contrat, json!([{ "op": "move", "from": "/objectifs/2", "path": "/objectifs/0" }])));
    sorties.push(modifie(contrat, json!([{ "op": "remove", "path": "/suivi" }])));
    sorties.push(modifie(contrat, json!([{ "op": "remove", "path": "/diagnostic" }])));
    sorties
}

#[test]
fn accepting_all_gives_the_second_version_and_rejecting_all_the_first() {
    for fixture in [PACA, BRETAGNE, ARA] {
        let contrat = json(fixture);
        for (rang, change) in changements(&contrat).into_iter().enumerate() {
            let sens = [(&contrat, &change), (&change, &contrat)];
            for (avant, apres) in &sens[..if fixture == PACA { 2 } else { 1 }] {
                let atelier = compares(avant, apres);
                let suivi = std::fs::read(atelier.chemin("suivi.docx")).unwrap();
                let quoi = format!("{fixture}, change {rang}");
                memes(&paragraphes(&suivi, Suivi::Accepte), &imprime(&atelier, "apres"), &format!("{quoi}, accepted"));
                memes(&paragraphes(&suivi, Suivi::Original), &imprime(&atelier, "avant"), &format!("{quoi}, rejected"));
            }
        }
    }
}

#[test]
fn two_models_of_one_contract_are_compared_too() {
    let contrat = json(PACA);
    let atelier = compares(&contrat, &json(BRETAGNE));
    let suivi = std::fs::read(atelier.chemin("suivi.docx")).unwrap();
    memes(&paragraphes(&suivi, Suivi::Accepte), &imprime(&atelier, "apres"), "accepted");
    memes(&paragraphes(&suivi, Suivi::Original), &imprime(&atelier, "avant"), "rejected");
}

#[test]
fn the_differences_are_listed_in_text_and_in_json() {
    let contrat = json(PACA);
    let jours = contrat["perimetre"]["etablissements"][0]["jours_ouverture"].as_u64().unwrap();
    let change = modifie(
        &contrat,
        json!([
            { "op": "replace", "path": "/perimetre/etablissements/0/jours_ouverture", "value": jours + 3 },
            { "op": "remove", "path": "/objectifs/1" }
        ]),
    );
    let atelier = compares(&contrat, &change);
    let texte = atelier.cpom(&["comparer", "avant.json", "apres.json"]).reussi().sortie;
    // The value, where it prints, before and after; an objective that is gone, where the former version printed it.
    let article = "Article 1 – Identification du gestionnaire et périmètre du contrat";
    assert!(texte.contains(&format!("› Jours d'ouverture ({article}) : {jours} → {}", jours + 3)), "{texte}");
    assert!(texte.contains(") : retiré"), "{texte}");
    assert!(texte.trim_end().ends_with("2 différences."), "{texte}");
    let lu: Value = serde_json::from_str(
        &atelier.cpom(&["comparer", "avant.json", "apres.json", "--format", "json"]).reussi().sortie,
    )
    .unwrap();
    let schema: Value = serde_json::from_str(&lire("schemas/comparaison.schema.json")).unwrap();
    assert!(jsonschema::is_valid(&schema, &lu), "{lu}");
    let differences = lu["differences"].as_array().unwrap();
    for difference in differences {
        for (cle, version) in [("pointeur_avant", &contrat), ("pointeur_apres", &change)] {
            if let Some(pointeur) = difference[cle].as_str() {
                assert!(version.pointer(pointeur).is_some(), "{pointeur}");
            }
        }
    }
    let rien = atelier.cpom(&["comparer", "avant.json", "avant.json"]).reussi().sortie;
    assert_eq!(rien.trim_end(), "Les deux versions disent la même chose.");
}

#[test]
fn the_same_comparison_gives_the_same_bytes_and_without_a_day_none_is_written() {
    let contrat = json(PACA);
    let atelier = compares(&contrat, &modifie(&contrat, json!([{ "op": "remove", "path": "/objectifs/1" }])));
    let deux: Vec<Vec<u8>> = ["un.docx", "deux.docx"]
        .iter()
        .map(|nom| {
            atelier.cpom(&["comparer", "avant.json", "apres.json", "--docx", nom]).reussi();
            std::fs::read(atelier.chemin(nom)).unwrap()
        })
        .collect();
    assert_eq!(deux[0], deux[1]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&deux[0])).unwrap();
    let xml = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    assert!(xml.contains("<w:del ") && !xml.contains("w:date="));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire(PACA));
    atelier.ecrire("faux.json", r#"{ "reference": 1 }"#);
    let refuse = atelier.cpom(&["comparer", "contrat.json", "faux.json"]);
    assert_eq!(refuse.code, 1);
    assert!(
        refuse.tout().contains("faux.json est refusé par le schéma : il ne peut pas être comparé."),
        "{}",
        refuse.tout()
    );
    let date = atelier.cpom(&["comparer", "contrat.json", "contrat.json", "--docx", "s.docx", "--date", "hier"]);
    assert_eq!(date.code, 2, "{}", date.tout());
    assert!(!atelier.chemin("s.docx").exists());
}
