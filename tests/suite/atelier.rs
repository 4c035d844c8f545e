//! The workshop as a browser sees it: who is let in, what is written, what two pages are told, what a kill leaves.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::outils::racine;
use super::poste::Atelier;

fn dossier_avec(fixture: &str) -> tempfile::TempDir {
    let dossier = tempfile::tempdir().expect("a folder");
    fs::copy(racine().join(fixture), dossier.path().join("contrat.json")).expect("a contract");
    dossier
}

const MINIMAL: &str = "fixtures/paca/minimal.json";

#[test]
fn no_one_gets_in_without_the_key_nor_from_another_site() {
    let dossier = dossier_avec(MINIMAL);
    let atelier = Atelier::sur(dossier.path());
    let (hote, cookie) = (atelier.adresse.clone(), atelier.cookie());
    let statut =
        |methode: &str, chemin: &str, entetes: &[(&str, &str)]| atelier.brut(methode, chemin, entetes, b"{}").0;
    let ici = ("Host", hote.as_str());
    let porte = ("Cookie", cookie.as_str());
    assert_eq!(statut("GET", "/api/contrats", &[ici, porte]), 200);
    for chemin in ["/", "/api/contrats", "/atelier/atelier.css", "/api/regles/BUD-002"] {
        assert_eq!(statut("GET", chemin, &[ici]), 401, "{chemin}: without the key");
        assert_eq!(statut("GET", chemin, &[ici, ("Cookie", &cookie.replace('=', "=0"))]), 401, "{chemin}: another key");
        for etranger in [
            vec![("Host", "evil.example"), porte],
            vec![porte],
            vec![ici, porte, ("Origin", "http://evil.example")],
            vec![ici, porte, ("Origin", "http://127.0.0.1:1")],
            vec![ici, porte, ("Sec-Fetch-Site", "cross-site")],
        ] {
            let statut = statut("GET", chemin, &etranger);
            assert!([400, 403].contains(&statut), "{chemin} {etranger:?}: {statut}");
        }
    }
    assert_eq!(statut("POST", "/api/contrats", &[ici, porte, ("Origin", "null")]), 403);
    // The key of the address opens the page, and the page alone.
    let avec_cle = |chemin: &str| atelier.brut("GET", &format!("{chemin}?cle={}", atelier.cle), &[ici], b"");
    let (statut, tete, page) = avec_cle("/");
    assert!(statut == 200 && String::from_utf8_lossy(&page).contains("<script type=\"module\""));
    for mot in ["HttpOnly", "SameSite=Strict", "default-src 'none'", "frame-ancestors 'none'", "nosniff", "no-referrer"]
    {
        assert!(tete.contains(mot), "{mot}: {tete}");
    }
    assert!(!tete.contains("unsafe"), "{tete}");
    assert_eq!(avec_cle("/api/contrats").0, 401);
}

#[test]
fn no_path_of_a_request_is_opened() {
    let dossier = dossier_avec(MINIMAL);
    fs::write(dossier.path().join("secret.txt"), "secret").expect("a file");
    let atelier = Atelier::sur(dossier.path());
    for chemin in [
        "/atelier/../Cargo.toml",
        "/atelier/%2e%2e/Cargo.toml",
        "/atelier//etc/passwd",
        "/atelier/fournis/FOURNIS.md",
        "/secret.txt",
        "/api/contrats/..%2f..%2fetc/valeurs",
        "/api/contrats/contrat.json/valeurs",
        "/api/contrats/x/pages/..%2f..%2fsecret.txt",
    ] {
        let (statut, _, corps) = atelier.octets("GET", chemin, b"");
        assert!((400..500).contains(&statut), "{chemin}: {statut}");
        assert!(!String::from_utf8_lossy(&corps).contains("secret\n"), "{chemin}");
    }
    let id = atelier.seul();
    let (statut, recu) = {
        let (statut, _, corps) =
            atelier.octets("POST", &format!("/api/contrats/{id}/pieces?nom=..%2f..%2fa%2Fb.pdf"), b"%PDF-1.7 x");
        (statut, serde_json::from_slice::<Value>(&corps).unwrap_or_default())
    };
    assert_eq!((statut, recu["fichier"].as_str()), (201, Some("pieces/b.pdf")));
    assert!(dossier.path().join("pieces/b.pdf").is_file());
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_written_through() {
    let dossier = dossier_avec(MINIMAL);
    let dehors = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(dehors.path(), dossier.path().join("pieces")).expect("a link");
    let atelier = Atelier::sur(dossier.path());
    let id = atelier.seul();
    let (statut, ..) = atelier.octets("POST", &format!("/api/contrats/{id}/pieces?nom=a.pdf"), b"%PDF-1.7 x");
    assert_eq!(statut, 422);
    assert_eq!(fs::read_dir(dehors.path()).expect("a folder").count(), 0);
    drop(atelier);
    let ailleurs = tempfile::tempdir().expect("a folder");
    fs::remove_dir_all(dossier.path().join(".cpom")).expect("removed");
    std::os::unix::fs::symlink(ailleurs.path(), dossier.path().join(".cpom")).expect("a link");
    let sortie = Command::new(env!("CARGO_BIN_EXE_cpom"))
        .args(["atelier", "--sans-navigateur"])
        .arg(dossier.path())
        .output()
        .expect("it ends");
    assert_eq!(sortie.status.code(), Some(2));
    assert_eq!(fs::read_dir(ailleurs.path()).expect("a folder").count(), 0);
}

#[test]
fn what_is_typed_is_in_the_file_before_the_answer_and_a_kill_loses_nothing() {
    let dossier = dossier_avec(MINIMAL);
    let fichier = dossier.path().join("contrat.json");
    let premiers = fs::read(&fichier).expect("a file");
    let mut n = 0;
    let (id, ancienne) = {
        let atelier = Atelier::sur(dossier.path());
        let id = atelier.seul();
        for texte in ["Un", "Deux", "Trois"] {
            let avant = (n > 0).then_some(["", "Un", "Deux"][n]);
            let (statut, delta) =
                atelier.operer(&id, json!([{ "op": "poser", "chemin": "/intitule", "texte": texte, "avant": avant }]));
            assert_eq!(statut, 200, "{delta}");
            let lu: Value = serde_json::from_slice(&fs::read(&fichier).expect("a file")).expect("JSON");
            assert_eq!(lu["intitule"], texte);
            n += 1;
        }
        (id, (atelier.adresse.clone(), atelier.cle.clone()))
        // Killed here, as `Drop` does.
    };
    let atelier = Atelier::sur(dossier.path());
    assert_eq!((atelier.adresse.clone(), atelier.cle.clone()), ancienne, "a page that is still open finds it again");
    let (_, etat) = atelier.demander("GET", &format!("/api/contrats/{id}/valeurs"), None);
    assert_eq!(etat["valeurs"]["/intitule"]["t"], "Trois");
    for _ in 0..n {
        let (_, etat) = atelier.demander("GET", &format!("/api/contrats/{id}/valeurs"), None);
        let (statut, delta) = atelier.operer(&id, json!([{ "op": "annuler", "n": etat["annuler"]["n"] }]));
        assert_eq!(statut, 200, "{delta}");
    }
    assert_eq!(fs::read(&fichier).expect("a file"), premiers);
}

#[test]
fn one_program_at_a_time_works_on_a_folder_and_the_next_is_told_where() {
    let dossier = dossier_avec(MINIMAL);
    let atelier = Atelier::sur(dossier.path());
    let sortie = Command::new(env!("CARGO_BIN_EXE_cpom"))
        .args(["atelier", "--sans-navigateur"])
        .arg(dossier.path())
        .output()
        .expect("it ends");
    let dit = String::from_utf8_lossy(&sortie.stderr).into_owned();
    assert_eq!(sortie.status.code(), Some(2), "{dit}");
    assert!(dit.contains("un autre atelier est ouvert") && dit.contains(&atelier.cle), "{dit}");
    // What it keeps beside the contracts is not for git, nor for the list of contracts.
    assert_eq!(fs::read_to_string(dossier.path().join(".cpom/.gitignore")).expect("a file"), "*\n");
    let (_, accueil) = atelier.demander("GET", "/api/contrats", None);
    assert_eq!(accueil["contrats"].as_array().map(Vec::len), Some(1));
}

#[test]
fn two_pages_see_each_other_and_a_conflict_shows_both_values() {
    let dossier = dossier_avec(MINIMAL);
    let atelier = Atelier::sur(dossier.path());
    let id = atelier.seul();
    let mut flux = TcpStream::connect(&atelier.adresse).expect("a connection");
    flux.set_read_timeout(Some(Duration::from_secs(30))).expect("a delay");
    let demande = format!(
        "GET /api/contrats/{id}/suite?depuis=0 HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
        atelier.adresse,
        atelier.cookie()
    );
    flux.write_all(demande.as_bytes()).expect("sent");
    let mut lignes = BufReader::new(flux).lines().map_while(Result::ok);
    assert!(lignes.any(|ligne| ligne.contains(": ouvert")));
    let poser = |texte: &str| json!([{ "op": "poser", "chemin": "/intitule", "texte": texte, "avant": null }]);
    assert_eq!(atelier.operer(&id, poser("Le mien")).0, 200);
    let dit = lignes.find(|ligne| ligne.contains("Le mien")).expect("the other page is told");
    assert!(dit.starts_with("data: {"), "{dit}");
    let (statut, refus) = atelier.operer(&id, poser("Le sien"));
    assert_eq!(statut, 409);
    assert_eq!((&refus["conflit"][0]["votre"], &refus["conflit"][0]["actuel"]), (&json!("Le sien"), &json!("Le mien")));
    let (statut, refus) =
        atelier.operer(&id, json!([{ "op": "poser", "chemin": "/signature/date", "texte": "bientôt" }]));
    assert_eq!((statut, &refus["illisible"]["texte"]), (422, &json!("bientôt")));
    assert!(refus["detail"].as_str().is_some_and(|d| d.contains("bientôt")), "{refus}");
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_nothing_is_lost_nor_half_written_and_it_is_told() {
    let dossier = dossier_avec("fixtures/paca/exemple.json");
    let fichier = dossier.path().join("contrat.json");
    let (avant, taille) = (fs::read(&fichier).expect("a file"), fs::metadata(&fichier).expect("a file").len());
    let atelier = Atelier::a_l_etroit(dossier.path(), taille / 512 + 20);
    let id = atelier.seul();
    let historique = || fs::read(dossier.path().join(format!(".cpom/historique-{id}.jsonl"))).unwrap_or_default();
    let lire = || atelier.demander("GET", &format!("/api/contrats/{id}/valeurs"), None).1;
    let vu = lire()["valeurs"]["/intitule"]["t"].clone();
    let poser = |texte: String| json!([{ "op": "poser", "chemin": "/intitule", "texte": texte, "avant": vu }]);
    // The history has room for it, the file has not; then neither.
    for longueur in [15_000, 90_000] {
        let (statut, refus) = atelier.operer(&id, poser("é".repeat(longueur)));
        assert!(statut >= 400, "{statut}");
        let dit = refus.to_string();
        assert!(dit.contains("faites de la place") && !dit.contains("os error"), "{dit}");
        assert_eq!(fs::read(&fichier).expect("a file"), avant);
        assert!(historique().is_empty());
        assert_eq!(lire()["valeurs"]["/intitule"]["t"], vu);
    }
    let (statut, delta) = atelier.operer(&id, poser("Court".into()));
    assert_eq!((statut, &delta["valeurs"]["/intitule"]["t"]), (200, &json!("Court")));
}

/// From nothing to printed pages, as the page does it.
#[test]
fn a_contract_is_born_filled_and_printed() {
    let dossier = tempfile::tempdir().expect("a folder");
    let atelier = Atelier::sur(dossier.path());
    let (_, accueil) = atelier.demander("GET", "/api/contrats", None);
    assert_eq!(accueil["contrats"], json!([]));
    let naissance = json!({ "modele": "paca", "gestionnaire": "Association Mimosa", "annee": "2027",
        "departements": ["13"], "etablissements": "IME Les Mimosas\t13 098 215 0\nSESSAD Les Mimosas" });
    let (statut, ne) = atelier.demander("POST", "/api/contrats", Some(naissance));
    assert_eq!(statut, 201, "{ne}");
    let id = ne["id"].as_str().expect("an id");
    let (_, grille) = atelier.demander("GET", &format!("/api/contrats/{id}/grilles/budgets"), None);
    let cellules = |rang: usize| grille["lignes"][rang]["cellules"].clone();
    let ops: Vec<Value> = (0..2)
        .flat_map(|ligne| [0, 1, 2].map(|colonne| (ligne, colonne)))
        .map(|(ligne, colonne)| {
            json!({ "op": "poser", "chemin": cellules(ligne)[colonne], "texte": "361 200,50 €", "avant": null })
        })
        .collect();
    let (statut, delta) = atelier.operer(id, Value::Array(ops));
    assert_eq!(statut, 200, "{delta}");
    let lu: Value =
        serde_json::from_slice(&fs::read(dossier.path().join("CPOM-2027-2031-MIMOSA.json")).expect("a file"))
            .expect("JSON");
    assert_eq!(lu["moyens"]["budgets"][1]["depenses"]["groupe_3"], json!(361_200.5));
    let imprimer = format!("/api/contrats/{id}/generer");
    let (statut, tete, pdf) = atelier.octets("POST", &imprimer, br#"{"format":"pdf","etat":"projet"}"#);
    assert!(statut == 200 && pdf.starts_with(b"%PDF-") && tete.contains("filename=\"CPOM-2027-2031"), "{tete}");
    fs::write(dossier.path().join("moitie.json"), r#"{"reference":"X","version_schema":"1","parties":{}}"#)
        .expect("a file");
    let (statut, tete, zip) = atelier.octets("POST", "/api/imprimer", br#"{"format":"texte","etat":"projet"}"#);
    let noms = String::from_utf8_lossy(&zip).into_owned();
    assert!(statut == 200 && tete.contains("dossiers.zip"), "{tete}");
    assert!(noms.contains("CPOM-2027-2031-MIMOSA/CPOM-2027-2031-MIMOSA.txt") && noms.contains("bilan.txt"));
    let (statut, refus) = atelier.demander("POST", &imprimer, Some(json!({ "format": "pdf", "etat": "definitif" })));
    assert_eq!(statut, 422);
    assert!(
        refus["remarques"]
            .as_array()
            .is_some_and(|r| r.iter().all(|r| r["severite"] == "bloquante" && r["chemin"].is_string()))
    );
}
