//! A disk that is full or closed: a clear error, what was there intact, and nothing half written.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use super::outils::{Atelier, Passage, json as lire_json, lire, modifie};

/// Runs the program where no file may grow over that many blocks of 512 bytes.
fn a_l_etroit(atelier: &Atelier, blocs: u32, arguments: &[&str]) -> Passage {
    let borne = format!("trap '' XFSZ; ulimit -f {blocs}; exec \"$0\" \"$@\"");
    let sortie = Command::new("sh")
        .args(["-c", &borne, env!("CARGO_BIN_EXE_cpom")])
        .args(arguments)
        .current_dir(atelier.dossier.path())
        .output()
        .expect("a shell");
    Passage::de(sortie, atelier.dossier.path())
}

fn atelier() -> Atelier {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire("fixtures/paca/minimal.json"));
    atelier
}

#[test]
fn a_dossier_that_does_not_fit_leaves_the_former_one_intact() {
    let atelier = atelier();
    let generer = ["generer", "contrat.json", "--format", "pdf,docx,texte", "--sortie", "sortie"];
    atelier.cpom(&generer).reussi();
    let avant: Vec<(String, Vec<u8>)> = atelier
        .noms("sortie")
        .into_iter()
        .map(|nom| (nom.clone(), fs::read(atelier.chemin("sortie").join(nom)).unwrap()))
        .collect();
    assert_eq!(avant.len(), 3);
    atelier.ecrire("contrat.json", lire("fixtures/paca/minimal.json").replace("2026-01-01", "2026-02-01"));
    // The text fits, the PDF does not.
    let passage = a_l_etroit(&atelier, 60, &generer);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    assert!(
        passage.erreurs.contains("ne peut pas être écrit") && passage.erreurs.contains("À faire : "),
        "{}",
        passage.tout()
    );
    assert!(!passage.erreurs.contains("os error"), "{}", passage.tout());
    let noms: Vec<&String> = avant.iter().map(|(nom, _)| nom).collect();
    assert_eq!(atelier.noms("sortie").iter().collect::<Vec<_>>(), noms);
    for (nom, octets) in &avant {
        assert!(fs::read(atelier.chemin("sortie").join(nom)).unwrap() == *octets, "{nom}");
    }
}

#[test]
fn a_run_goes_on_past_the_dossier_that_does_not_fit() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrats/petit.json", lire("fixtures/paca/minimal.json"));
    atelier.ecrire("contrats/grand/grand.json", lire("fixtures/paca/exemple.json"));
    let lot = ["lot", "contrats", "--format", "docx", "--sortie", "sortie"];
    let passage = a_l_etroit(&atelier, 120, &lot);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert!(passage.sortie.contains("1 imprimé, 1 en erreur"), "{}", passage.tout());
    assert_eq!(atelier.noms("sortie"), ["CPOM-2026-2030-MINIMAL.docx", "manifeste.csv", "manifeste.json"]);
    let suite = atelier.cpom(&[&lot[..], &["--continuer"]].concat()).reussi();
    assert!(suite.sortie.contains("1 imprimé, 1 déjà fait"), "{}", suite.tout());
}

#[test]
fn a_contract_is_never_lost_by_what_is_written_in_it() {
    let atelier = atelier();
    let avant = lire("fixtures/paca/minimal.json");
    let ajouter = ["bibliotheque", "ajouter", "viatrajectoire", "contrat.json", "--modele", "bretagne"];
    let passage = a_l_etroit(&atelier, 1, &ajouter);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    assert_eq!(fs::read_to_string(atelier.chemin("contrat.json")).unwrap(), avant);
    atelier.cpom(&ajouter).reussi();
}

#[test]
fn a_folder_that_is_closed_is_told_with_what_to_do() {
    // Not even an administrator writes there.
    if !fs::exists("/sys/kernel").unwrap_or(false) {
        return;
    }
    let atelier = atelier();
    for arguments in [
        &["generer", "contrat.json", "--sortie", "/sys/cpom"][..],
        &["lot", "contrat.json", "--sortie", "/sys/cpom"],
        &["verifier", "contrat.json", "--sortie", "/sys/cpom.json"],
        &["manuel", "--sortie", "/sys/cpom"],
    ] {
        let passage = atelier.cpom(arguments);
        assert_eq!(passage.code, 2, "{}", passage.tout());
        let motifs = ["vous n'avez pas le droit d'y écrire", "ce disque est en lecture seule"];
        assert!(motifs.iter().any(|motif| passage.erreurs.contains(motif)), "{}", passage.tout());
        assert!(passage.erreurs.contains("À faire : "), "{}", passage.tout());
    }
}

#[test]
fn an_answer_that_the_disk_loses_is_told() {
    let Ok(plein) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let atelier = atelier();
    for arguments in
        [&["schema"][..], &["verifier", "contrat.json"], &["nouveau", "--modele", "paca"], &["--version"], &["regles"]]
    {
        let sortie = Command::new(env!("CARGO_BIN_EXE_cpom"))
            .args(arguments)
            .current_dir(atelier.dossier.path())
            .stdout(plein.try_clone().unwrap())
            .output()
            .expect("the program starts");
        let erreurs = String::from_utf8(sortie.stderr).unwrap();
        assert_eq!(sortie.status.code(), Some(2), "{arguments:?}: {erreurs}");
        assert!(erreurs.contains("le disque est plein"), "{erreurs}");
    }
    // A reader that has read enough is no fault.
    let mut enfant = Command::new(env!("CARGO_BIN_EXE_cpom"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(enfant.stdout.take());
    assert_eq!(enfant.wait_with_output().unwrap().status.code(), Some(0));
}

const AJOUTER: [&str; 6] = ["bibliotheque", "ajouter", "viatrajectoire", "contrat.json", "--modele", "bretagne"];

fn droits(chemin: &Path) -> u32 {
    fs::metadata(chemin).unwrap().mode() & 0o7777
}

fn donner(chemin: &Path, droits: u32) {
    fs::set_permissions(chemin, fs::Permissions::from_mode(droits)).unwrap();
}

/// Runs the program with a mask of rights.
fn sous_le_masque(atelier: &Atelier, masque: &str, arguments: &[&str]) -> Passage {
    let sortie = Command::new("sh")
        .args(["-c", &format!("umask {masque}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_cpom")])
        .args(arguments)
        .current_dir(atelier.dossier.path())
        .output()
        .expect("a shell");
    Passage::de(sortie, atelier.dossier.path())
}

#[test]
fn a_file_that_is_written_again_keeps_its_rights_and_a_new_one_has_those_of_its_user() {
    let atelier = atelier();
    let contrat = atelier.chemin("contrat.json");
    for mode in [0o600, 0o640, 0o664, 0o755] {
        fs::write(&contrat, lire("fixtures/paca/minimal.json")).unwrap();
        donner(&contrat, mode);
        atelier.cpom(&AJOUTER).reussi();
        assert_eq!(droits(&contrat), mode);
        assert!(fs::read_to_string(&contrat).unwrap().contains("viatrajectoire"));
    }
    let generer = ["generer", "contrat.json", "--format", "texte", "--sortie", "sortie"];
    let texte = atelier.chemin("sortie/CPOM-2026-2030-MINIMAL.txt");
    for (masque, attendu) in [("077", 0o600), ("027", 0o640), ("022", 0o644), ("002", 0o664)] {
        fs::remove_dir_all(atelier.chemin("sortie")).ok();
        sous_le_masque(&atelier, masque, &generer).reussi();
        assert_eq!(droits(&texte), attendu, "umask {masque}");
    }
    donner(&texte, 0o400 | 0o200);
    sous_le_masque(&atelier, "022", &generer).reussi();
    assert_eq!(droits(&texte), 0o600, "a private file remains private");
}

#[test]
fn a_link_stays_a_link_and_a_file_of_two_names_or_read_only_is_left_alone() {
    let atelier = atelier();
    let contrat = atelier.chemin("contrat.json");
    fs::create_dir(atelier.chemin("ailleurs")).unwrap();
    fs::rename(&contrat, atelier.chemin("ailleurs/vrai.json")).unwrap();
    symlink("ailleurs/vrai.json", &contrat).unwrap();
    atelier.cpom(&AJOUTER).reussi();
    assert!(fs::symlink_metadata(&contrat).unwrap().is_symlink());
    assert!(fs::read_to_string(atelier.chemin("ailleurs/vrai.json")).unwrap().contains("viatrajectoire"));
    assert_eq!(atelier.noms("ailleurs"), ["vrai.json"], "nothing is left beside it");
    // A dossier too.
    fs::create_dir(atelier.chemin("sortie")).unwrap();
    fs::write(atelier.chemin("ailleurs/ancien.txt"), "ancien").unwrap();
    symlink("../ailleurs/ancien.txt", atelier.chemin("sortie/CPOM-2026-2030-MINIMAL.txt")).unwrap();
    let generer = ["generer", "contrat.json", "--format", "texte", "--sortie", "sortie"];
    atelier.cpom(&generer).reussi();
    assert!(fs::read_to_string(atelier.chemin("ailleurs/ancien.txt")).unwrap().contains("Verdon"));
    fs::remove_file(atelier.chemin("ailleurs/ancien.txt")).unwrap();
    let passage = atelier.cpom(&generer);
    assert!(
        passage.code == 2 && passage.erreurs.contains("un lien vers un fichier qui n'existe pas"),
        "{}",
        passage.tout()
    );

    let avant = lire("fixtures/paca/minimal.json");
    fs::remove_file(&contrat).unwrap();
    fs::write(&contrat, &avant).unwrap();
    fs::hard_link(&contrat, atelier.chemin("autre-nom.json")).unwrap();
    let passage = atelier.cpom(&AJOUTER);
    assert!(passage.code == 2 && passage.erreurs.contains("il porte 2 noms"), "{}", passage.tout());
    fs::remove_file(atelier.chemin("autre-nom.json")).unwrap();
    donner(&contrat, 0o444);
    let passage = atelier.cpom(&AJOUTER);
    assert!(passage.code == 2 && passage.erreurs.contains("il est en lecture seule"), "{}", passage.tout());
    assert_eq!(fs::read_to_string(&contrat).unwrap(), avant);
    let passage = atelier.cpom(&["bibliotheque", "ajouter", "viatrajectoire", "-", "--modele", "bretagne"]);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    assert!(!atelier.chemin("-").exists());
}

#[test]
fn nothing_is_written_where_something_that_was_read_stands() {
    let atelier = atelier();
    let mut contrat = lire_json("fixtures/paca/minimal.json");
    contrat["reference"] = json!("plan");
    contrat["pieces"] = json!([{ "id": "plan", "titre": "Plan", "fichier": "plan.pdf", "annexe": "1" }]);
    atelier.ecrire("contrat.json", contrat.to_string());
    fs::copy(super::outils::racine().join("fixtures/paca/pieces/evaluation.pdf"), atelier.chemin("plan.pdf")).unwrap();
    let piece = fs::read(atelier.chemin("plan.pdf")).unwrap();
    for arguments in [
        &["verifier", "contrat.json", "--format", "json", "--sortie", "./contrat.json"][..],
        &["bibliotheque", "importer", "contrat.json", "--sortie", "contrat.json"],
    ] {
        let passage = atelier.cpom(arguments);
        assert!(matches!(passage.code, 1 | 2), "{}", passage.tout());
        assert_eq!(fs::read_to_string(atelier.chemin("contrat.json")).unwrap(), contrat.to_string());
    }
    let passage = atelier.cpom(&["generer", "contrat.json", "--format", "pdf", "--sortie", "."]);
    assert!(fs::read(atelier.chemin("plan.pdf")).unwrap() == piece, "the piece was replaced: {}", passage.tout());
    assert_ne!(passage.code, 0, "{}", passage.tout());
}

#[test]
fn what_a_killed_run_left_is_cleaned_and_nothing_else_is() {
    let atelier = atelier();
    fs::create_dir(atelier.chemin("sortie")).unwrap();
    for nom in [".cpom-Ab12Cd.partiel", ".cpom-notes", ".cpom-config.json", ".cpom-lot-Zz9Yy8.partiel"] {
        fs::write(atelier.chemin("sortie").join(nom), "reste").unwrap();
    }
    fs::write(atelier.chemin("ailleurs"), "vivant").unwrap();
    symlink("../ailleurs", atelier.chemin("sortie/.cpom-LienXX.partiel")).unwrap();
    let tenu = fs::File::create(atelier.chemin("sortie/.cpom-Tenu01.partiel")).unwrap();
    tenu.lock().unwrap();
    atelier.cpom(&["generer", "contrat.json", "--format", "texte", "--sortie", "sortie"]).reussi();
    assert_eq!(
        atelier.noms("sortie"),
        [
            ".cpom-LienXX.partiel",
            ".cpom-Tenu01.partiel",
            ".cpom-config.json",
            ".cpom-lot-Zz9Yy8.partiel",
            ".cpom-notes",
            "CPOM-2026-2030-MINIMAL.txt"
        ]
    );
    atelier.cpom(&["lot", "contrat.json", "--format", "texte", "--sortie", "sortie"]).reussi();
    assert!(!atelier.chemin("sortie/.cpom-lot-Zz9Yy8.partiel").exists());
    drop(tenu);
    atelier.cpom(&["generer", "contrat.json", "--format", "texte", "--sortie", "sortie"]).reussi();
    assert!(!atelier.chemin("sortie/.cpom-Tenu01.partiel").exists());
    assert_eq!(fs::read_to_string(atelier.chemin("ailleurs")).unwrap(), "vivant");
}

#[test]
fn a_pipe_is_refused_wherever_a_file_is_expected_and_never_waited_for() {
    let atelier = Atelier::nouveau();
    let tube = |nom: &str| {
        let chemin = atelier.chemin(nom);
        assert!(Command::new("mkfifo").arg(&chemin).status().unwrap().success());
    };
    for nom in ["tube.json", "tube.pdf", "tube.svg", "tube.docx", "tube.csv", "dossiers/tube.json"] {
        fs::create_dir_all(atelier.chemin("dossiers")).unwrap();
        tube(nom);
    }
    atelier.ecrire("contrat.json", lire("fixtures/paca/minimal.json"));
    let refuse = |arguments: &[&str]| {
        let passage = atelier.cpom(arguments);
        assert_eq!(passage.code, 2, "{arguments:?}: {}", passage.tout());
        assert!(passage.erreurs.contains("ce n'est pas un fichier ordinaire : c'est un tube"), "{}", passage.tout());
    };
    refuse(&["verifier", "tube.json"]);
    refuse(&["generer", "tube.json"]);
    refuse(&["verifier", "contrat.json", "--depuis", "tube.json"]);
    refuse(&["comparer", "contrat.json", "tube.json"]);
    refuse(&["generer", "contrat.json", "--format", "docx", "--gabarit", "tube.docx"]);
    refuse(&["reprendre", "tube.docx", "--contrat", "contrat.json"]);
    refuse(&["controler", "tube.pdf"]);
    refuse(&["extraire", "tube.pdf"]);
    refuse(&["bibliotheque", "importer", "tube.csv"]);
    refuse(&["verifier", "contrat.json", "--format", "json", "--sortie", "tube.json"]);
    // A contract that names one, alone and in a run.
    let nomme = modifie(
        &lire_json("fixtures/paca/minimal.json"),
        json!([{ "op": "add", "path": "/parties/gestionnaires/0/logo", "value": { "fichier": "tube.svg" } },
               { "op": "add", "path": "/perimetre/organigramme", "value": "tube.pdf" }]),
    );
    atelier.ecrire("nomme.json", nomme.to_string());
    let passage = atelier.cpom(&["verifier", "nomme.json"]);
    for tube in ["« tube.svg »", "« tube.pdf »"] {
        let dit = |ligne: &str| ligne.contains("c'est un tube") && ligne.contains(tube);
        assert!(passage.sortie.lines().any(dit), "{tube}: {}", passage.tout());
    }
    let passage = atelier.cpom(&["lot", "tube.json", "nomme.json", "--format", "texte", "--sortie", "lot"]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert_eq!(atelier.noms("lot"), ["CPOM-2026-2030-MINIMAL.txt", "manifeste.csv", "manifeste.json"]);
    // What the shell opened is read as the standard input is.
    let sortie = Command::new("sh")
        .args(["-c", "cat contrat.json | \"$0\" verifier /dev/stdin", env!("CARGO_BIN_EXE_cpom")])
        .current_dir(atelier.dossier.path())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&sortie.stdout).contains("imprimable") || sortie.status.code() != Some(2));
}

#[test]
fn a_journal_that_is_a_link_or_a_pipe_leads_nowhere() {
    let atelier = atelier();
    fs::create_dir(atelier.chemin("sortie")).unwrap();
    fs::write(atelier.chemin("precieux"), "sans fin de ligne").unwrap();
    let journal = atelier.chemin("sortie/manifeste.journal");
    symlink("../precieux", &journal).unwrap();
    let lot = ["lot", "contrat.json", "--format", "texte", "--sortie", "sortie"];
    for options in [&[][..], &["--continuer"]] {
        let passage = atelier.cpom(&[&lot[..], options].concat());
        assert_eq!(passage.code, 2, "{}", passage.tout());
        assert_eq!(fs::read_to_string(atelier.chemin("precieux")).unwrap(), "sans fin de ligne");
    }
    fs::remove_file(&journal).unwrap();
    assert!(Command::new("mkfifo").arg(&journal).status().unwrap().success());
    assert_eq!(atelier.cpom(&[&lot[..], &["--continuer"]].concat()).code, 2);
}
