//! Many contracts in one command: none stops the others, nothing is lost, nothing is printed twice.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::outils::{Atelier, json as lire_json, lire, modifie};

const MINIMAL: &str = "fixtures/paca/minimal.json";

/// A folder with `nombre` contracts, in `contrats/`.
fn atelier(nombre: usize) -> Atelier {
    let atelier = Atelier::nouveau();
    for rang in 1..=nombre {
        ecrire(&atelier, rang, &format!("CPOM-LOT-{rang:02}"));
    }
    atelier
}

fn ecrire(atelier: &Atelier, rang: usize, reference: &str) {
    let contrat = modifie(
        &lire_json(MINIMAL),
        json!([{ "op": "replace", "path": "/reference", "value": reference }, { "op": "add", "path": "/intitule", "value": format!("Contrat {rang}") }]),
    );
    atelier.ecrire(&format!("contrats/{rang:02}.json"), contrat.to_string());
}

fn lot(atelier: &Atelier, options: &[&str]) -> super::outils::Passage {
    atelier.cpom(&[&["lot", "contrats", "--format", "docx", "--sortie", "sortie"], options].concat())
}

fn manifeste(atelier: &Atelier) -> Value {
    serde_json::from_str(&fs::read_to_string(atelier.chemin("sortie/manifeste.json")).expect("a manifest")).unwrap()
}

fn empreinte(fichier: &Path) -> String {
    Sha256::digest(fs::read(fichier).unwrap()).iter().map(|o| format!("{o:02x}")).collect()
}

/// Each file of the manifest is there with its checksum, and there is no other.
#[track_caller]
fn verifier_les_sorties(atelier: &Atelier) {
    let mut attendus = vec!["manifeste.csv".to_owned(), "manifeste.json".to_owned()];
    for ligne in manifeste(atelier)["contrats"].as_array().unwrap() {
        for sortie in ligne["sorties"].as_array().unwrap() {
            let nom = sortie["fichier"].as_str().unwrap();
            assert_eq!(sortie["sha256"], json!(empreinte(&atelier.chemin("sortie").join(nom))), "{nom}");
            attendus.push(nom.to_owned());
        }
    }
    attendus.sort();
    assert_eq!(atelier.noms("sortie"), attendus);
}

#[test]
fn a_contract_that_fails_is_a_line_of_the_manifest_and_stops_no_other() {
    let atelier = atelier(2);
    atelier.ecrire("contrats/03.json", "{ \"reference\": \"COUPE\", ");
    let homonyme = fs::read_to_string(atelier.chemin("contrats/01.json")).unwrap();
    atelier.ecrire("contrats/autre/04.json", homonyme);
    let refuse = modifie(
        &lire_json(MINIMAL),
        json!([{ "op": "replace", "path": "/reference", "value": "REFUS" }, { "op": "add", "path": "/etat", "value": "bleu" }]),
    );
    atelier.ecrire("contrats/sous/05.json", refuse.to_string());
    atelier.ecrire("contrats/reglages.json", "{ \"couleur\": \"vert\" }");
    atelier.ecrire("contrats/X.signature.json", "{ \"reference\": \"CPOM-LOT-02\" }");
    atelier.ecrire("contrats/reprise.json", "{ \"reference\": \"CPOM-LOT-99\", \"champs\": 3 }");
    atelier.ecrire("contrats/.cache/06.json", lire(MINIMAL));
    let passage = lot(&atelier, &["-j", "2"]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    let lu = manifeste(&atelier);
    let schema: Value = serde_json::from_str(&lire("schemas/manifeste.schema.json")).unwrap();
    assert!(jsonschema::is_valid(&schema, &lu), "{lu:#}");
    let lignes = lu["contrats"].as_array().unwrap();
    let issues: Vec<&str> = lignes.iter().map(|l| l["issue"].as_str().unwrap()).collect();
    assert_eq!(issues, ["imprime", "imprime", "erreur", "erreur", "refuse"], "{lu:#}");
    assert!(lignes[3]["erreur"].as_str().unwrap().contains("est aussi celle de contrats/01.json"), "{lu:#}");
    assert!(lignes[4]["bloquantes"].as_u64().unwrap() > 0 && lignes[4]["sorties"] == json!([]), "{lu:#}");
    assert!(lignes[4]["remarques"].to_string().contains("bleu"), "{lu:#}");
    verifier_les_sorties(&atelier);
    let tableau = fs::read_to_string(atelier.chemin("sortie/manifeste.csv")).unwrap();
    assert!(tableau.starts_with("\u{FEFF}entrees;reference;issue;"), "{tableau}");
    let lignes = csv::ReaderBuilder::new().delimiter(b';').from_reader(tableau.as_bytes()).records().count();
    assert_eq!(lignes, 5);
    for mot in [
        "imprimé : CPOM-LOT-01 (1 fichier,",
        "refusé : REFUS (contrats/sous/05.json) :",
        "5 contrats : 2 imprimés, 1 refusé, 2 en erreur.",
    ] {
        assert!(passage.sortie.contains(mot), "{mot}: {}", passage.tout());
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let atelier = atelier(3);
    let passer = |fils: &str, sortie: &str| {
        let passage = atelier.cpom(&["lot", "contrats", "-j", fils, "--format", "pdf,docx", "--sortie", sortie]);
        assert_eq!(passage.code, 0, "{}", passage.tout());
        let noms = atelier.noms(sortie).into_iter().filter(|nom| !nom.starts_with("manifeste"));
        noms.map(|nom| (nom.clone(), empreinte(&atelier.chemin(sortie).join(nom)))).collect::<Vec<_>>()
    };
    let un = passer("1", "un");
    assert_eq!(un.len(), 6);
    assert_eq!(un, passer("3", "trois"));
    // And those of a contract printed alone.
    atelier.cpom(&["generer", "contrats/02.json", "--format", "pdf", "--sortie", "seul"]).reussi();
    let seul = empreinte(&atelier.chemin("seul/CPOM-LOT-02.pdf"));
    assert!(un.contains(&("CPOM-LOT-02.pdf".to_owned(), seul)));
}

#[test]
fn what_is_already_right_is_left_alone_and_nothing_else_is() {
    let atelier = atelier(4);
    assert_eq!(lot(&atelier, &[]).code, 0);
    let premier = manifeste(&atelier);
    let passage = lot(&atelier, &["--continuer"]);
    assert!(passage.code == 0 && passage.sortie.contains("4 contrats : 4 déjà faits."), "{}", passage.tout());
    assert_eq!(manifeste(&atelier), premier, "the durations too are those of the printing");
    // One file changed, one gone, one contract changed: those three, and only those.
    fs::write(atelier.chemin("sortie/CPOM-LOT-01.docx"), "autre").unwrap();
    fs::remove_file(atelier.chemin("sortie/CPOM-LOT-02.docx")).unwrap();
    ecrire(&atelier, 33, "CPOM-LOT-03");
    fs::rename(atelier.chemin("contrats/33.json"), atelier.chemin("contrats/03.json")).unwrap();
    let passage = lot(&atelier, &["--continuer"]);
    assert!(passage.sortie.contains("4 contrats : 3 imprimés, 1 déjà fait."), "{}", passage.tout());
    assert!(passage.sortie.contains("déjà fait : CPOM-LOT-04"), "{}", passage.tout());
    verifier_les_sorties(&atelier);
    // Other options print other files.
    let passage = lot(&atelier, &["--continuer", "--verrouille", "autorite"]);
    assert!(passage.sortie.contains("4 contrats : 4 imprimés."), "{}", passage.tout());
    // Without the option, everything is printed again.
    assert!(lot(&atelier, &[]).sortie.contains("4 contrats : 4 imprimés."));
}

fn lancer(atelier: &Atelier, options: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cpom"))
        .args(["lot", "contrats", "--sortie", "sortie", "-j", "1"])
        .args(options)
        .current_dir(atelier.dossier.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Waits until the run has finished a contract at least.
fn attendre_une_ligne(atelier: &Atelier) {
    for _ in 0..600 {
        let journal = fs::read_to_string(atelier.chemin("sortie/manifeste.journal")).unwrap_or_default();
        if journal.lines().count() >= 1 {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("nothing was printed");
}

#[test]
fn a_killed_run_is_taken_up_where_it_was_and_leaves_no_partial_file() {
    let atelier = atelier(12);
    let mut enfant = lancer(&atelier, &["--format", "pdf"]);
    attendre_une_ligne(&atelier);
    enfant.kill().unwrap();
    enfant.wait().unwrap();
    assert!(!atelier.chemin("sortie/manifeste.json").exists(), "the run had not ended");
    // What a kill in the middle of a line, and of a file, leaves.
    fs::write(atelier.chemin("sortie/.cpom-lot-Re5te0.partiel"), "moitié").unwrap();
    let journal = atelier.chemin("sortie/manifeste.journal");
    // Cut in the middle of a letter of two bytes.
    let coupe = [fs::read(&journal).unwrap(), b"{\"entrees\":[\"contr\xC3".to_vec()].concat();
    fs::write(&journal, coupe).unwrap();
    let passage = atelier.cpom(&["lot", "contrats", "--sortie", "sortie", "--format", "pdf", "--continuer"]);
    assert_eq!(passage.code, 0, "{}", passage.tout());
    assert!(passage.sortie.contains("déjà fait : CPOM-LOT-01"), "{}", passage.tout());
    assert!(passage.sortie.contains("imprimé : CPOM-LOT-12"), "{}", passage.tout());
    assert_eq!(manifeste(&atelier)["contrats"].as_array().unwrap().len(), 12);
    verifier_les_sorties(&atelier);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_contracts_that_are_begun_and_begins_no_other() {
    let atelier = atelier(12);
    let mut enfant = lancer(&atelier, &["--format", "pdf"]);
    attendre_une_ligne(&atelier);
    assert!(Command::new("kill").args(["-INT", &enfant.id().to_string()]).status().unwrap().success());
    assert_eq!(enfant.wait().unwrap().code(), Some(130));
    let noms = atelier.noms("sortie");
    let imprimes = noms.iter().filter(|n| n.ends_with(".pdf")).count();
    assert!((1..12).contains(&imprimes), "{noms:?}");
    assert_eq!(noms.len(), imprimes + 1, "the dossiers and the journal: {noms:?}");
    let passage = atelier.cpom(&["lot", "contrats", "--sortie", "sortie", "--format", "pdf", "--continuer"]);
    assert!(passage.sortie.contains(&format!("{imprimes} déjà fait")), "{}", passage.tout());
    verifier_les_sorties(&atelier);
}

#[test]
fn two_runs_never_write_in_one_folder() {
    let atelier = atelier(1);
    fs::create_dir(atelier.chemin("sortie")).unwrap();
    let journal = fs::File::create(atelier.chemin("sortie/manifeste.journal")).unwrap();
    journal.lock().unwrap();
    let passage = lot(&atelier, &[]);
    assert_eq!(passage.code, 2);
    assert!(passage.erreurs.contains("un autre lot écrit déjà dans « sortie »"), "{}", passage.erreurs);
    drop(journal);
    assert_eq!(lot(&atelier, &[]).code, 0);
}

#[test]
fn what_cannot_be_begun_is_told_with_what_to_do() {
    let atelier = atelier(1);
    fs::create_dir(atelier.chemin("vide")).unwrap();
    atelier.ecrire("fichier", "plein");
    for (arguments, attendu) in [
        (&["lot", "absents"][..], "ce fichier n'existe pas"),
        (&["lot", "vide"], "aucun contrat dans : vide"),
        (&["lot", "contrats", "--sortie", "fichier"], "le dossier « fichier » ne peut pas être créé"),
        (&["lot", "contrats", "-j", "0"], "ne convient pas à « -j <N> »"),
    ] {
        let passage = atelier.cpom(arguments);
        assert_eq!(passage.code, 2, "{arguments:?}: {}", passage.tout());
        assert!(passage.erreurs.contains(attendu), "{arguments:?}: {}", passage.tout());
    }
}

#[test]
fn no_cell_of_the_table_begins_as_a_formula() {
    let atelier = Atelier::nouveau();
    let references = [
        "=HYPERLINK(\"http://exemple.invalid\";\"ouvrir\")",
        "+1+1",
        "-2",
        "@SOMME(A1)",
        "\t=1",
        "\u{FEFF}=1",
        " =1,2",
        "＝1",
    ];
    for (rang, reference) in references.iter().enumerate() {
        ecrire(&atelier, rang + 1, reference);
    }
    let nom = "=formule.json";
    fs::rename(atelier.chemin("contrats/01.json"), atelier.chemin(nom)).unwrap();
    atelier.cpom(&["lot", nom, "contrats", "--format", "texte", "--sortie", "sortie"]);
    let tableau = fs::read_to_string(atelier.chemin("sortie/manifeste.csv")).unwrap();
    let mut lecteur =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(tableau.trim_start_matches('\u{FEFF}').as_bytes());
    let lignes: Vec<csv::StringRecord> = lecteur.records().map(Result::unwrap).collect();
    assert_eq!(lignes.len(), references.len());
    for cellule in lignes.iter().flatten() {
        let vu = cellule.trim_start_matches(['"', ' ', '\u{FEFF}']);
        assert!(!vu.starts_with(['=', '+', '@', '\t', '\r', '＝']), "{cellule:?}");
        assert!(!vu.starts_with('-') || vu.parse::<f64>().is_ok(), "{cellule:?}");
    }
    assert!(
        lignes.iter().any(|ligne| &ligne[1] == "'+1+1") && lignes.iter().any(|ligne| &ligne[1] == "-2"),
        "{tableau}"
    );
}

#[test]
fn a_manifest_that_lies_is_not_believed() {
    let atelier = atelier(1);
    let passer = |options: &[&str]| {
        let base = ["lot", "contrats", "--format", "pdf,texte", "--decoupe", "--etat", "projet", "--sortie", "sortie"];
        atelier.cpom(&[&base[..], options].concat())
    };
    assert_eq!(passer(&[]).code, 0);
    let vrai = manifeste(&atelier);
    assert!(passer(&["--continuer"]).sortie.contains("1 déjà fait"));
    let dehors = atelier.ecrire("dehors.txt", "dehors");
    let sortie = |nom: &str, fichier: &Path| json!({ "fichier": nom, "sha256": empreinte(fichier), "octets": 6 });
    let premiere = vrai["contrats"][0]["sorties"][0].clone();
    let toutes = vrai["contrats"][0]["sorties"].as_array().unwrap().clone();
    let mensonges = [
        json!([]),
        json!([sortie("../dehors.txt", &dehors)]),
        json!([sortie(dehors.to_str().unwrap(), &dehors)]),
        json!([premiere.clone(), premiere.clone()]),
        json!(toutes[1..]),
        json!([toutes.clone(), vec![sortie("../dehors.txt", &dehors)]].concat()),
    ];
    for mensonge in mensonges {
        let mut faux = vrai.clone();
        faux["contrats"][0]["sorties"] = mensonge.clone();
        atelier.ecrire("sortie/manifeste.json", faux.to_string());
        let passage = passer(&["--continuer"]);
        assert!(passage.code == 0 && passage.sortie.contains("1 imprimé"), "{mensonge}: {}", passage.tout());
        assert_eq!(manifeste(&atelier)["contrats"][0]["sorties"], vrai["contrats"][0]["sorties"]);
    }
    assert_eq!(fs::read_to_string(dehors).unwrap(), "dehors");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_no_printed_file_and_two_names_that_look_alike_are_two() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let atelier = atelier(2);
    for (rang, octet) in [(1, 0xE8_u8), (2, 0xE9)] {
        let nom = atelier.chemin("contrats").join(OsStr::from_bytes(&[b'c', octet, b'.', b'j', b's', b'o', b'n']));
        fs::rename(atelier.chemin(&format!("contrats/{rang:02}.json")), nom).unwrap();
    }
    assert_eq!(lot(&atelier, &[]).code, 0);
    assert!(lot(&atelier, &["--continuer"]).sortie.contains("2 contrats : 2 déjà faits."));
    let (fichier, ailleurs) = (atelier.chemin("sortie/CPOM-LOT-01.docx"), atelier.chemin("ailleurs.docx"));
    fs::rename(&fichier, &ailleurs).unwrap();
    std::os::unix::fs::symlink(&ailleurs, &fichier).unwrap();
    let passage = lot(&atelier, &["--continuer"]);
    assert!(passage.sortie.contains("1 imprimé, 1 déjà fait"), "{}", passage.tout());
}

#[test]
fn a_definitive_dossier_is_left_alone_as_long_as_its_signature_fields_are_there() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire("fixtures/paca/exemple.json"));
    let lot = ["lot", "contrat.json", "--etat", "definitif", "--format", "pdf", "--sortie", "sortie"];
    atelier.cpom(&lot).reussi();
    let continuer = || atelier.cpom(&[&lot[..], &["--continuer"]].concat()).reussi().sortie;
    assert!(continuer().contains("1 déjà fait"));
    fs::remove_file(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.signature.json")).unwrap();
    assert!(continuer().contains("1 imprimé"));
    verifier_les_sorties(&atelier);
}

/// A half that was left in another folder is not printed as if it were the contract, nor takes the place of the whole one.
#[test]
fn half_a_contract_is_not_printed_and_does_not_take_the_name_of_the_whole() {
    let atelier = Atelier::nouveau();
    let entier = lire_json(MINIMAL);
    let reference = entier["reference"].as_str().expect("a reference").to_owned();
    let mut moitie = entier.clone();
    moitie.as_object_mut().expect("an object").remove("perimetre");
    atelier.ecrire("contrats/a/ars.json", moitie.to_string());
    atelier.ecrire("contrats/b/contrat.json", entier.to_string());
    let passage = lot(&atelier, &[]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    for mot in [
        format!("imprimé : {reference}"),
        "pas de « perimetre » dans contrats/a/ars.json".into(),
        "portent la sienne : contrats/b/contrat.json".into(),
        "2 contrats : 1 imprimé, 1 en erreur.".into(),
    ] {
        assert!(passage.sortie.contains(&mot), "{mot}: {}", passage.tout());
    }
    // Beside each other, they are one contract.
    let autre = json!({ "reference": reference, "version_schema": "1", "perimetre": entier["perimetre"] });
    atelier.ecrire("ensemble/ars.json", moitie.to_string());
    atelier.ecrire("ensemble/perimetre.json", autre.to_string());
    atelier.cpom(&["lot", "ensemble", "--format", "docx", "--sortie", "sortie2"]).reussi();
}
