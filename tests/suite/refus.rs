//! What bad input gets: each refusal says what, where and what to do, in French, and nothing is written.

use std::collections::BTreeSet;
use std::path::Path;

use cpom::dossier;
use cpom::remarque::Remarque;
use serde_json::Value;

use super::outils::{Atelier, Passage, fichiers, json, lire, modifie};

/// A refused contract: a valid one and what was done to it.
struct Refus {
    nom: String,
    attendu: Vec<String>,
    pointeur: String,
    explication: String,
    remarques: Vec<Remarque>,
}

fn refus() -> Vec<Refus> {
    fichiers("fixtures/refus", "json").iter().map(|f| refus_de(f)).collect()
}

fn refus_de(fichier: &Path) -> Refus {
    let cas = json(fichier);
    let mot = |cle: &str| cas[cle].as_str().unwrap_or_else(|| panic!("{}: {cle}", fichier.display())).to_owned();
    let base = json(Path::new("fixtures").join(mot("base")));
    let atelier = Atelier::nouveau();
    let chemin = atelier.contrat(&modifie(&base, cas["patch"].clone()));
    let ouverture =
        dossier::ouvrir(std::slice::from_ref(&chemin)).unwrap_or_else(|e| panic!("{}: {e}", fichier.display()));
    assert!(ouverture.contrat.is_none() == dossier::refuse(&ouverture.remarques), "{}", fichier.display());
    let mut remarques = ouverture.remarques;
    for position in remarques.iter_mut().filter_map(|r| r.position.as_mut()) {
        assert_eq!(position.fichier, chemin.display().to_string());
        position.fichier = "contrat.json".into();
    }
    let mut attendu: Vec<String> =
        cas["attendu"].as_array().expect("codes").iter().map(|c| c.as_str().expect("a code").to_owned()).collect();
    attendu.sort();
    Refus {
        nom: fichier.file_stem().expect("a name").to_string_lossy().into_owned(),
        attendu,
        pointeur: mot("pointeur"),
        explication: mot("explication"),
        remarques,
    }
}

#[test]
fn each_refused_contract_gets_its_codes_and_no_other_at_its_element() {
    let mut fautes = Vec::new();
    for cas in refus() {
        let mut codes: Vec<String> = cas.remarques.iter().map(|r| r.code.clone()).collect();
        codes.sort();
        if codes != cas.attendu {
            fautes.push(format!("{}: {:?} was expected, {codes:?} came", cas.nom, cas.attendu));
        }
        if !cas.remarques.iter().any(|r| r.pointeur == cas.pointeur) {
            let pointeurs: Vec<&str> = cas.remarques.iter().map(|r| r.pointeur.as_str()).collect();
            fautes.push(format!("{}: « {} » was expected, {pointeurs:?} came", cas.nom, cas.pointeur));
        }
    }
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

#[test]
fn each_refusal_has_a_place_a_sentence_and_a_remedy() {
    for cas in refus() {
        for remarque in &cas.remarques {
            assert!(remarque.position.is_some(), "{}: {remarque}", cas.nom);
            assert!(remarque.message.ends_with('.'), "{}: {remarque}", cas.nom);
            assert!(!remarque.remede.is_empty(), "{}: {remarque}", cas.nom);
            assert_eq!(anglais(&remarque.to_string()), None, "{}: {remarque}", cas.nom);
        }
    }
}

/// English words that our libraries use in their errors.
pub fn anglais(message: &str) -> Option<&'static str> {
    // Codes keep the names of the schema's keywords.
    let mots: BTreeSet<&str> = message
        .split_whitespace()
        .filter(|mot| !mot.starts_with("SCH-"))
        .flat_map(|mot| mot.split(|c: char| !c.is_alphanumeric()))
        .collect();
    [
        "the",
        "is",
        "not",
        "of",
        "expected",
        "unknown",
        "invalid",
        "missing",
        "undefined",
        "field",
        "required",
        "property",
        "error",
        "failed",
        "os",
        "syntax",
        "found",
        "cannot",
        "does",
        "too",
        "unexpected",
        "value",
        "tried",
        "unable",
        "existing",
    ]
    .into_iter()
    .find(|mot| mots.contains(mot))
}

/// What a reader judges: are these messages plain French, and do they help?
#[test]
fn the_messages_of_all_refusals_read_well() {
    let mut texte = String::new();
    for cas in refus() {
        texte.push_str(&format!("## {} – {}\n", cas.nom, cas.explication));
        for remarque in &cas.remarques {
            texte.push_str(&format!("{remarque}\n"));
        }
        texte.push('\n');
    }
    insta::assert_snapshot!(texte);
}

/// The five mistakes that a drafter makes with a file, each on the small contract.
fn cinq_refus() -> Vec<(&'static str, Passage)> {
    let base = lire("fixtures/paca/minimal.json");
    let valeur: Value = json("fixtures/paca/minimal.json");
    let change = |operations: Value| serde_json::to_vec_pretty(&modifie(&valeur, operations)).expect("JSON");
    let milieu = base.find("\"perimetre\"").expect("a place to cut") + 40;
    let cas: [(&str, Vec<u8>); 5] = [
        ("clé requise absente", change(serde_json::json!([{"op": "remove", "path": "/periode"}]))),
        (
            "clé mal orthographiée",
            change(serde_json::json!([{"op": "move", "from": "/objectifs", "path": "/objectif"}])),
        ),
        (
            "type changé",
            change(serde_json::json!([{"op": "replace", "path": "/periode/duree_annees", "value": "cinq"}])),
        ),
        ("fichier tronqué", base.as_bytes()[..milieu].to_vec()),
        ("fichier binaire", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0".to_vec()),
    ];
    cas.into_iter()
        .map(|(nom, octets)| {
            let atelier = Atelier::nouveau();
            atelier.ecrire("contrat.json", octets);
            let avant = atelier.ecrire("sortie/CPOM-2026-2030-MINIMAL.pdf", "avant");
            let passage = atelier.cpom(&["generer", "contrat.json", "--sortie", "sortie"]);
            assert_eq!(atelier.noms("sortie"), ["CPOM-2026-2030-MINIMAL.pdf"], "{nom}: something was written");
            assert_eq!(std::fs::read(avant).expect("still there"), b"avant", "{nom}: a file was touched");
            (nom, passage)
        })
        .collect()
}

#[test]
fn five_mistakes_get_five_clear_refusals_with_places_and_nothing_is_written() {
    let mut messages = BTreeSet::new();
    let mut texte = String::new();
    for (nom, passage) in cinq_refus() {
        assert!(matches!(passage.code, 1 | 2), "{nom}: {}", passage.tout());
        assert!(passage.sortie.is_empty(), "{nom}: {}", passage.tout());
        assert!(passage.erreurs.contains("contrat.json:"), "{nom}: {}", passage.tout());
        assert!(passage.erreurs.contains("À faire : "), "{nom}: {}", passage.tout());
        assert_eq!(anglais(&passage.erreurs), None, "{nom}: {}", passage.tout());
        messages.insert(passage.erreurs.clone());
        texte.push_str(&format!("## {nom}\n{}\n", passage.tout()));
    }
    assert_eq!(messages.len(), 5);
    insta::assert_snapshot!(texte);
}

#[test]
fn verifier_tells_machines_the_same_findings_in_json() {
    let atelier = Atelier::nouveau();
    let contrat = modifie(
        &json("fixtures/paca/minimal.json"),
        serde_json::json!([{"op": "remove", "path": "/periode"}, {"op": "replace", "path": "/reference", "value": 12}]),
    );
    atelier.contrat(&contrat);
    let passage = atelier.cpom(&["verifier", "contrat.json", "--format", "json"]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert!(passage.erreurs.is_empty(), "{}", passage.tout());
    let rapport: Value = serde_json::from_str(&passage.sortie).expect("JSON");
    assert_eq!(rapport["refuse"], true);
    let remarques: Vec<Remarque> = serde_json::from_value(rapport["remarques"].clone()).expect("findings");
    let codes: Vec<&str> = remarques.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(codes.iter().filter(|c| c.starts_with("SCH-")).collect::<Vec<_>>(), [&"SCH-required", &"SCH-type"]);
    assert!(remarques.iter().all(|r| r.position.as_ref().is_some_and(|p| p.fichier == "contrat.json")));

    atelier.ecrire("coupe.json", "{\"reference\": ");
    let passage = atelier.cpom(&["verifier", "coupe.json", "--format", "json"]);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    let rapport: Value = serde_json::from_str(&passage.sortie).expect("JSON");
    assert_eq!((&rapport["refuse"], &rapport["remarques"][0]["ligne"]), (&true.into(), &1.into()));
}

#[test]
fn a_logo_that_cannot_be_read_refuses_the_contract_where_it_is_named() {
    let base = json("fixtures/paca/exemple.json");
    for (nom, contenu, mot) in
        [("logos/absent.png", None, "logos/absent.png"), ("logos/faux.png", Some("texte"), "PNG")]
    {
        let atelier = Atelier::nouveau();
        if let Some(contenu) = contenu {
            atelier.ecrire(nom, contenu);
        }
        let operation =
            serde_json::json!([{"op": "replace", "path": "/parties/autorites/0/logo/fichier", "value": nom}]);
        atelier.contrat(&modifie(&base, operation));
        let passage = atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "texte"]);
        assert_eq!(passage.code, 1, "{}", passage.tout());
        assert!(passage.erreurs.contains("ANX-003") && passage.erreurs.contains(mot), "{}", passage.tout());
        assert_eq!(anglais(&passage.erreurs), None, "{}", passage.tout());
        assert_eq!(atelier.noms("sortie"), [""; 0]);
    }
}
