//! A disk that is full or closed: a clear error, what was there intact, and nothing half written.

use std::fs;
use std::process::{Command, Stdio};

use super::outils::{Atelier, Passage, lire};

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
