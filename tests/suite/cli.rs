//! What the command line promises: French from one end to the other, whole files or none, the exit codes.

use std::fs;

use cpom::dossier;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::outils::{Atelier, json, lire, modifie};
use super::refus::anglais;

const COMMANDES: &[&str] = &[
    "atelier",
    "generer",
    "lot",
    "servir",
    "verifier",
    "extraire",
    "controler",
    "reprendre",
    "tableur",
    "importer",
    "comparer",
    "regles",
    "modeles",
    "bibliotheque",
    "nouveau",
    "nomenclatures",
    "schema",
    "completions",
    "manuel",
];

/// A folder with the fixture `contrat.json`.
fn avec(fixture: &str) -> Atelier {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire(format!("fixtures/{fixture}")));
    atelier
}

/// The four files of the real case, in a folder.
fn hesperia() -> (Atelier, Vec<String>) {
    let atelier = Atelier::nouveau();
    let noms: Vec<String> = ["parties", "perimetre", "objectifs", "moyens"].map(|n| format!("{n}.json")).to_vec();
    for nom in &noms {
        atelier.ecrire(nom, lire(format!("fixtures/hesperia71/{nom}")));
    }
    (atelier, noms)
}

fn arguments<'a>(debut: &[&'a str], fichiers: &'a [String], fin: &[&'a str]) -> Vec<&'a str> {
    debut.iter().copied().chain(fichiers.iter().map(String::as_str)).chain(fin.iter().copied()).collect()
}

#[test]
fn the_help_is_in_french_from_one_end_to_the_other() {
    let atelier = Atelier::nouveau();
    let mut texte = String::new();
    let mut demander = |arguments: &[&str]| {
        let passage = atelier.cpom(arguments).reussi();
        assert!(passage.erreurs.is_empty());
        texte.push_str(&format!("$ cpom {}\n{}\n", arguments.join(" "), passage.sortie));
    };
    demander(&["--help"]);
    COMMANDES.iter().for_each(|commande| demander(&[commande, "--help"]));
    ["finess", "tableau"].iter().for_each(|source| demander(&["importer", source, "--help"]));
    ["exporter", "importer", "nouveau"].iter().for_each(|sens| demander(&["tableur", sens, "--help"]));
    for mot in ["Commands", "Options:", "Arguments:", "Usage:", "Print", "possible values", "default"] {
        assert!(!texte.contains(mot), "« {mot} » in:\n{texte}");
    }
    insta::assert_snapshot!(texte);
}

#[test]
fn every_command_of_the_help_is_tested_here_and_none_is_forgotten() {
    let aide = Atelier::nouveau().cpom(&["--help"]).reussi().sortie;
    let annoncees: Vec<&str> = aide
        .lines()
        .skip_while(|l| !l.starts_with("Commandes"))
        .skip(1)
        .take_while(|l| l.starts_with("  "))
        // A long description goes on below, further to the right.
        .filter(|l| !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert_eq!(annoncees, COMMANDES);
}

#[test]
fn bad_use_is_told_in_french_with_exit_code_2() {
    let atelier = avec("paca/minimal.json");
    atelier.ecrire("dossier/vide", "");
    let cas: &[&[&str]] = &[
        &[],
        &["truc"],
        &["genere", "contrat.json"],
        &["generer"],
        &["generer", "contrat.json", "--formats", "pdf"],
        &["generer", "contrat.json", "--format", "odt"],
        &["generer", "contrat.json", "--format"],
        &["generer", "contrat.json", "--etat", "final"],
        &["generer", "contrat.json", "--date", "15/01/2026"],
        &["generer", "contrat.json", "--date", "2026-02-30"],
        &["generer", "contrat.json", "--modele", "normandie"],
        &["generer", "contrat.json", "--modeles", "absent"],
        &["generer", "contrat.json", "--modeles", "dossier"],
        &["generer", "contrat.json", "--gestionnaire", "inconnu"],
        &["generer", "absent.json"],
        &["generer", "dossier"],
        &["generer", "contrat.json", "--sortie", "a", "--sortie", "b"],
        &["verifier", "absent.json"],
        &["verifier", "contrat.json", "--format", "xml"],
        &["nouveau"],
        &["nouveau", "--modele", "normandie"],
        &["completions", "tcsh"],
    ];
    let mut texte = String::new();
    for arguments in cas {
        let passage = atelier.cpom(arguments);
        texte.push_str(&format!("$ cpom {}\n", arguments.join(" ")));
        assert_eq!(passage.code, 2, "{texte}{}", passage.tout());
        assert!(passage.sortie.is_empty(), "{texte}{}", passage.tout());
        assert_eq!(anglais(&passage.erreurs), None, "{texte}{}", passage.tout());
        // Without a command, the help is the answer: it has its own test.
        let dit = if arguments.is_empty() { "(l'aide)\n" } else { passage.erreurs.as_str() };
        texte.push_str(&format!("{dit}\n"));
    }
    assert_eq!(atelier.noms("sortie"), [""; 0]);
    insta::assert_snapshot!(texte);
}

#[test]
fn the_detailed_version_has_a_checksum_for_all_that_a_file_depends_on() {
    let atelier = Atelier::nouveau();
    let sortie = atelier.cpom(&["--version", "--detaillee"]).reussi().sortie;
    let empreinte =
        |texte: &str| Sha256::digest(texte.as_bytes()).iter().fold(String::new(), |t, o| t + &format!("{o:02x}"));
    assert!(
        sortie.contains(&format!("schéma du contrat : {}", empreinte(&lire("schemas/contrat.schema.json")))),
        "{sortie}"
    );
    for modele in dossier::catalogue(None).unwrap().liste().unwrap() {
        assert!(sortie.contains(&format!("modèle {} : {}", modele.manifeste.id, modele.empreinte)), "{sortie}");
    }
    let polices: Vec<&str> = sortie.lines().filter(|l| l.starts_with("police ")).collect();
    assert!(polices.len() > 4 && polices.iter().all(|l| l.rsplit(' ').next().unwrap().len() == 64), "{sortie}");
    assert_eq!(atelier.cpom(&["--detaillee"]).code, 2);
}

#[test]
fn the_version_names_the_models_and_theirs() {
    let passage = Atelier::nouveau().cpom(&["--version"]).reussi();
    let mut lignes = passage.sortie.lines();
    assert_eq!(lignes.next(), Some(concat!("cpom ", env!("CARGO_PKG_VERSION"))));
    let modeles = dossier::catalogue(None).and_then(|c| c.liste()).expect("the embedded models");
    for modele in &modeles {
        let ligne = lignes.next().expect("a line for each model");
        assert!(ligne.contains(modele.manifeste.id.as_str()) && ligne.contains(&modele.manifeste.version), "{ligne}");
    }
    assert_eq!(lignes.next(), None);
    assert_eq!(modeles.len(), 4);
}

#[test]
fn a_draft_is_written_in_the_formats_asked_for_under_its_reference() {
    let atelier = avec("paca/minimal.json");
    let passage = atelier.cpom(&["generer", "contrat.json"]).reussi();
    assert_eq!(atelier.noms("sortie"), ["CPOM-2026-2030-MINIMAL.docx", "CPOM-2026-2030-MINIMAL.pdf"]);
    assert_eq!(
        passage.sortie,
        "écrit : sortie/CPOM-2026-2030-MINIMAL.pdf\nécrit : sortie/CPOM-2026-2030-MINIMAL.docx\n"
    );
    assert!(passage.erreurs.contains("modèle : paca "), "{}", passage.tout());
    assert!(fs::read(atelier.chemin("sortie/CPOM-2026-2030-MINIMAL.pdf")).expect("a file").starts_with(b"%PDF-"));
    assert!(fs::read(atelier.chemin("sortie/CPOM-2026-2030-MINIMAL.docx")).expect("a file").starts_with(b"PK"));

    atelier.cpom(&["generer", "contrat.json", "--format", "texte,texte", "--sortie", "t/u"]).reussi();
    assert_eq!(atelier.noms("t/u"), ["CPOM-2026-2030-MINIMAL.txt"]);
}

#[test]
fn a_draft_marks_every_gap_and_lists_it_with_its_place() {
    let atelier = avec("paca/minimal.json");
    let passage = atelier.cpom(&["generer", "contrat.json", "--etat", "projet", "--format", "texte"]).reussi();
    let texte = fs::read_to_string(atelier.chemin("sortie/CPOM-2026-2030-MINIMAL.txt")).expect("a file");
    // What is not in the file at all would be added at its end.
    let fin = format!("contrat.json:{}:1", lire("fixtures/paca/minimal.json").trim_end().lines().count());
    let places =
        [("SIREN (Association Les Gorges du Verdon)", "contrat.json:17:7"), ("lieu (signature)", fin.as_str())];
    for (libelle, place) in places {
        assert!(texte.contains(&format!("[à compléter\u{a0}: {libelle}]")), "{libelle}");
        let ligne = passage.erreurs.lines().find(|l| l.contains(libelle)).expect("the gap is listed");
        assert!(ligne.contains(place), "{ligne}");
    }
    let marquees = texte.matches("[à compléter\u{a0}: ").count();
    let annonce = passage.erreurs.lines().find(|l| l.ends_with(" à compléter dans ce projet :")).expect("the count");
    let liste = passage.erreurs.split_once(annonce).expect("the list follows").1;
    let listees = liste.lines().filter(|l| l.starts_with("  ")).count();
    let comptees: usize = annonce.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    // Equal gaps share a line; a value asked for twice counts once.
    assert!(listees > 20 && listees <= comptees && comptees <= marquees, "{listees}, {comptees}, {marquees}");
}

#[test]
fn a_definitive_contract_with_gaps_is_refused_value_by_value_and_nothing_is_touched() {
    let atelier = avec("paca/minimal.json");
    let ancien = atelier.ecrire("sortie/CPOM-2026-2030-MINIMAL.pdf", "ancien");
    let passage = atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "pdf,docx,texte"]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert!(passage.sortie.is_empty(), "{}", passage.tout());
    assert!(passage.erreurs.ends_with("rien n'a été écrit.\n"), "{}", passage.tout());
    let siren = passage.erreurs.split_once("SIREN (Association Les Gorges du Verdon)").expect("the SIREN is named");
    assert!(siren.0.rsplit('\n').next().is_some_and(|l| l.starts_with("bloquante CPL-001 À compléter : ")));
    let ou = "› SIREN (contrat.json:17:7, /parties/gestionnaires/0/siren)";
    assert!(
        siren.1.lines().nth(1).is_some_and(|l| l.starts_with("    Où : Parties › ") && l.ends_with(ou)),
        "{}",
        siren.1
    );
    assert!(passage.erreurs.contains("À faire : renseignez cette valeur"), "{}", passage.erreurs);
    assert_eq!(atelier.noms("sortie"), ["CPOM-2026-2030-MINIMAL.pdf"]);
    assert_eq!(fs::read_to_string(ancien).expect("a file"), "ancien");
}

#[test]
fn the_state_of_the_command_line_wins_over_the_file_s() {
    let atelier = avec("paca/minimal.json");
    let definitif =
        modifie(&json("fixtures/paca/minimal.json"), json!([{"op": "add", "path": "/etat", "value": "definitif"}]));
    atelier.contrat(&definitif);
    assert_eq!(atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).code, 1);
    atelier.cpom(&["generer", "contrat.json", "--format", "texte", "--etat", "projet"]).reussi();
}

#[test]
fn an_existing_file_is_replaced_by_a_complete_one() {
    let atelier = avec("paca/minimal.json");
    let fichier = atelier.ecrire("sortie/CPOM-2026-2030-MINIMAL.txt", "ancien");
    atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).reussi();
    assert!(fs::read_to_string(fichier).expect("a file").contains("Les Gorges du Verdon"));
    assert_eq!(atelier.noms("sortie"), ["CPOM-2026-2030-MINIMAL.txt"], "nothing else is left behind");
}

#[test]
fn the_date_of_the_command_line_is_the_date_of_signature() {
    let atelier = avec("paca/minimal.json");
    let signe = |date: &str| {
        atelier.cpom(&["generer", "contrat.json", "--format", "texte", "--date", date]).reussi();
        let texte = fs::read_to_string(atelier.chemin("sortie/CPOM-2026-2030-MINIMAL.txt")).expect("a file");
        texte.replace('\u{a0}', " ")
    };
    assert!(signe("2025-12-15").contains("15 décembre 2025"));
    let autre = signe("2025-11-30");
    assert!(autre.contains("30 novembre 2025") && !autre.contains("15 décembre 2025"));
    // It completes a signature, and replaces one declared without object.
    let base = json("fixtures/paca/minimal.json");
    for signature in [json!({"lieu": "Digne", "date": "2025-01-01"}), json!({"non_applicable": "à fixer ensuite"})] {
        atelier.contrat(&modifie(&base, json!([{"op": "add", "path": "/signature", "value": signature}])));
        let texte = signe("2025-12-15");
        assert!(texte.contains("15 décembre 2025") && !texte.contains("1er janvier 2025"));
        assert_eq!(texte.contains("Digne"), signature.get("lieu").is_some());
    }
}

#[test]
fn a_contract_per_gestionnaire_gives_two_files_with_two_references() {
    let (atelier, noms) = hesperia();
    atelier.cpom(&arguments(&["generer"], &noms, &["--format", "texte"])).reussi();
    let ecrits = atelier.noms("sortie");
    assert_eq!(
        ecrits,
        [
            "CPOM-2014-2018-HESPERIA71-papillons-blancs-chalon.txt",
            "CPOM-2014-2018-HESPERIA71-papillons-blancs-creusot.txt"
        ]
    );
    let textes: Vec<String> =
        ecrits.iter().map(|nom| fs::read_to_string(atelier.chemin("sortie").join(nom)).expect("a file")).collect();
    for (nom, texte) in ecrits.iter().zip(&textes) {
        let reference = nom.trim_end_matches(".txt");
        assert!(texte.contains(&format!("Référence\u{a0}: {reference}\n")), "{nom}: {}", &texte[..800]);
    }
    assert_ne!(textes[0], textes[1]);

    let seul = ["--format", "texte", "--gestionnaire", "papillons-blancs-chalon", "--sortie", "seul"];
    atelier.cpom(&arguments(&["generer"], &noms, &seul)).reussi();
    assert_eq!(atelier.noms("seul"), [ecrits[0].as_str()]);
    let texte = fs::read_to_string(atelier.chemin("seul").join(&ecrits[0])).expect("a file");
    assert!(texte == textes[0], "alone or with its twin, a contract is the same");
}

#[test]
fn files_of_different_references_are_refused_with_both() {
    let atelier = avec("paca/minimal.json");
    atelier.ecrire("autre.json", lire("fixtures/hesperia71/parties.json"));
    let passage = atelier.cpom(&["generer", "contrat.json", "autre.json"]);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    for mot in ["contrat.json", "CPOM-2026-2030-MINIMAL", "autre.json", "CPOM-2014-2018-HESPERIA71"] {
        assert!(passage.erreurs.contains(mot), "{}", passage.tout());
    }
    assert_eq!(atelier.noms("sortie"), [""; 0]);
}

#[test]
fn the_standard_input_is_a_file_too() {
    let atelier = avec("paca/minimal.json");
    let entree = fs::File::open(atelier.chemin("contrat.json")).expect("a file");
    let sortie = std::process::Command::new(env!("CARGO_BIN_EXE_cpom"))
        .args(["verifier", "-"])
        .current_dir(atelier.dossier.path())
        .stdin(entree)
        .output()
        .expect("the program starts");
    let texte = String::from_utf8_lossy(&sortie.stdout);
    assert!(texte.contains("(entrée standard:") && texte.contains("le contrat définitif serait refusé : "), "{texte}");
}

#[test]
fn a_cut_dossier_has_its_numbered_files_and_the_body_lists_the_checksums_of_the_others() {
    let atelier = avec("paca/exemple.json");
    atelier.cpom(&["generer", "contrat.json", "--decoupe", "--format", "texte"]).reussi();
    let noms = atelier.noms("sortie");
    assert!(noms[0].ends_with("-01-socle.txt"), "{noms:?}");
    let socle = fs::read_to_string(atelier.chemin("sortie").join(&noms[0])).expect("a file");
    for (rang, nom) in noms.iter().enumerate() {
        assert!(nom.starts_with(&format!("CPOM-2026-2030-ADELIE-{:02}-", rang + 1)), "{nom}");
        let octets = fs::read(atelier.chemin("sortie").join(nom)).expect("a file");
        let empreinte: String = Sha256::digest(&octets).iter().map(|o| format!("{o:02x}")).collect();
        let ligne = socle.lines().find(|l| l.contains(nom.as_str()));
        match rang {
            0 => assert_eq!(ligne, None, "a file cannot hold its own checksum"),
            _ => assert!(ligne.is_some_and(|l| l.contains(&empreinte)), "{nom}: {ligne:?}"),
        }
    }
    insta::assert_snapshot!(noms.join("\n"));
}

#[test]
fn a_cut_dossier_says_the_words_of_the_whole_one() {
    let atelier = avec("paca/minimal.json");
    atelier.cpom(&["generer", "contrat.json", "--format", "texte", "--sortie", "entier"]).reussi();
    atelier.cpom(&["generer", "contrat.json", "--format", "texte", "--decoupe"]).reussi();
    let lignes = |texte: String| -> Vec<String> {
        let propres = texte.lines().map(|l| l.trim_start_matches('#').trim().to_owned());
        propres.filter(|l| !l.is_empty()).collect()
    };
    let entier = lignes(fs::read_to_string(atelier.chemin("entier/CPOM-2026-2030-MINIMAL.txt")).expect("a file"));
    let morceaux: Vec<String> = atelier
        .noms("sortie")
        .iter()
        .flat_map(|nom| lignes(fs::read_to_string(atelier.chemin("sortie").join(nom)).expect("a file")))
        .collect();
    let mut reste = morceaux.iter();
    for ligne in &entier {
        assert!(reste.any(|l| l == ligne), "« {ligne} » is missing from the cut dossier, or out of order");
    }
}

#[test]
fn a_starting_contract_has_a_sound_structure_and_prints_for_every_model() {
    let modeles = dossier::catalogue(None).and_then(|c| c.liste()).expect("the embedded models");
    for modele in &modeles {
        let id = modele.manifeste.id.as_str();
        let atelier = Atelier::nouveau();
        let contrat = atelier.cpom(&["nouveau", "--modele", id]).reussi().sortie;
        let valeur: Value = serde_json::from_str(&contrat).expect("JSON");
        assert_eq!((valeur["modele"]["id"].as_str(), valeur["etat"].as_str()), (Some(id), Some("projet")));
        assert!(valeur["$schema"].is_string() && contrat.matches("$comment").count() > 3, "{contrat}");
        atelier.ecrire("contrat.json", &contrat);
        // What it lacks is told by the rules; nothing is refused by the schema, nor by a reference.
        let verifie = atelier.cpom(&["verifier", "contrat.json"]).sortie;
        assert!(!verifie.contains("SCH-") && !verifie.contains("PER-007"), "{id}: {verifie}");
        atelier.cpom(&["generer", "contrat.json", "--etat", "projet", "--format", "pdf,docx,texte"]).reussi();
        assert_eq!(atelier.noms("sortie").len(), 3, "{id}");
    }
}

#[test]
fn the_schemas_printed_are_the_committed_ones() {
    let atelier = Atelier::nouveau();
    assert!(atelier.cpom(&["schema"]).reussi().sortie == lire("schemas/contrat.schema.json"));
    assert!(atelier.cpom(&["schema", "--modele"]).reussi().sortie == lire("schemas/modele.schema.json"));
    assert!(atelier.cpom(&["schema", "--rapport"]).reussi().sortie == lire("schemas/rapport.schema.json"));
}

#[test]
fn completions_know_the_commands_and_their_options() {
    let atelier = Atelier::nouveau();
    for interpreteur in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let texte = atelier.cpom(&["completions", interpreteur]).reussi().sortie;
        for mot in COMMANDES.iter().chain(&["decoupe", "gestionnaire"]) {
            assert!(texte.contains(mot), "{interpreteur}: {mot}");
        }
    }
}

/// A file where the folder should be, a folder where the file should be, a folder of the system.
#[test]
fn an_output_that_cannot_be_written_is_told_in_french_and_leaves_nothing() {
    let atelier = avec("paca/minimal.json");
    atelier.ecrire("fichier", "précieux");
    atelier.ecrire("occupe/CPOM-2026-2030-MINIMAL.txt/dedans", "précieux");
    for sortie in ["fichier", "fichier/dessous", "occupe", "/proc/cpom"] {
        let passage = atelier.cpom(&["generer", "contrat.json", "--format", "texte", "--sortie", sortie]);
        assert_eq!(passage.code, 2, "{sortie}: {}", passage.tout());
        assert!(passage.sortie.is_empty(), "{sortie}: {}", passage.tout());
        assert!(passage.erreurs.contains(sortie), "{sortie}: {}", passage.tout());
        assert_eq!(anglais(&passage.erreurs), None, "{sortie}: {}", passage.tout());
    }
    assert_eq!(fs::read_to_string(atelier.chemin("fichier")).expect("a file"), "précieux");
    assert_eq!(atelier.noms("occupe"), ["CPOM-2026-2030-MINIMAL.txt"], "no partial file");
    assert_eq!(atelier.noms("occupe/CPOM-2026-2030-MINIMAL.txt"), ["dedans"]);
}

#[test]
fn a_reference_never_leads_out_of_the_folder() {
    let base = json("fixtures/paca/minimal.json");
    for reference in ["../../dehors", "/etc/cpom", "a/b", "..", "CON", "C:\\x", "é\u{301}", "x\u{0}y"] {
        let atelier = Atelier::nouveau();
        atelier.contrat(&modifie(&base, json!([{"op": "replace", "path": "/reference", "value": reference}])));
        atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).reussi();
        assert_eq!(atelier.noms("sortie").len(), 1, "{reference}");
        assert_eq!(atelier.noms("."), ["contrat.json", "logos", "pieces", "sortie"], "{reference}");
    }
}

#[test]
fn a_folder_of_models_is_used_and_said_to_be_local() {
    let atelier = avec("paca/minimal.json");
    atelier
        .ecrire("modeles/essai/modele.json", r#"{"id": "essai", "nom": "Essai", "version": "1", "herite": "commun"}"#);
    atelier.ecrire("modeles/essai/litiges.md", "Les parties se parlent d'abord.\n");
    let passage = atelier
        .cpom(&["generer", "contrat.json", "--format", "texte", "--modeles", "modeles", "--modele", "essai"])
        .reussi();
    assert!(passage.erreurs.contains("modèle : essai 1 (modèle local)"), "{}", passage.tout());
    let texte = fs::read_to_string(atelier.chemin("sortie/CPOM-2026-2030-MINIMAL.txt")).expect("a file");
    assert!(texte.contains("Les parties se parlent d’abord."));
}

#[test]
fn the_manual_has_a_page_for_each_command_in_french() {
    let atelier = Atelier::nouveau();
    atelier.cpom(&["manuel", "--sortie", "man1"]).reussi();
    let pages = atelier.noms("man1");
    for commande in COMMANDES {
        assert!(pages.contains(&format!("cpom-{commande}.1")), "{commande}");
        let page = std::fs::read_to_string(atelier.chemin(&format!("man1/cpom-{commande}.1"))).unwrap();
        assert_eq!(atelier.cpom(&["manuel", commande]).reussi().sortie, page);
    }
    for nom in pages {
        let page = std::fs::read_to_string(atelier.chemin("man1").join(&nom)).unwrap();
        assert!(page.contains(".SH NOM\n") && page.contains(".SH OPTIONS\n"), "{nom}:\n{page}");
        for mot in ["NAME", "EXTRA", "SUBCOMMANDS", "Possible values", "[default", "Print"] {
            assert!(!page.contains(mot), "« {mot} » in {nom}:\n{page}");
        }
    }
}

#[test]
fn what_files_hold_is_shown_and_never_obeyed_nor_taken_for_an_answer() {
    const FAUX: &str = "X\nDossier conforme.\r\u{1b}[2J\u{1b}[8m\u{9b}8m\u{202e}\u{200b}\u{7f}\t\u{2028}";
    let atelier = avec("paca/exemple.json");
    let mut contrat = json("fixtures/paca/exemple.json");
    contrat["reference"] = json!(FAUX);
    contrat["etat"] = json!(format!("{FAUX}\n    À faire : rien"));
    contrat[FAUX] = json!(1);
    contrat["parties"]["autorites"][0]["id"] = json!(FAUX);
    atelier.contrat(&contrat);
    let mut imprimable = json("fixtures/paca/exemple.json");
    imprimable["reference"] = json!(FAUX);
    imprimable["intitule"] = json!(FAUX);
    atelier.ecrire("imprimable.json", imprimable.to_string());
    atelier.ecrire(
        "inconnu.json",
        modifie(&imprimable, json!([{ "op": "replace", "path": "/modele", "value": { "id": FAUX } }])).to_string(),
    );
    atelier.ecrire("casse.json", format!("{{ \"a\": \"{}\", ", "\u{9b}8m\u{202e}"));
    let nom = "f\nDossier conforme.\u{1b}[2J.json";
    if cfg!(unix) {
        atelier.ecrire(nom, contrat.to_string());
    }
    let pdf = |atelier: &Atelier| {
        let noms = atelier.noms("sortie");
        format!("sortie/{}", noms.iter().find(|nom| nom.ends_with(".pdf")).expect("a PDF"))
    };
    atelier.cpom(&["generer", "imprimable.json", "--format", "pdf"]).reussi();
    let dossier = pdf(&atelier);
    for arguments in [
        &["verifier", "contrat.json"][..],
        &["verifier", "imprimable.json", "--completude"],
        &["verifier", "inconnu.json"],
        &["verifier", "casse.json"],
        &["verifier", nom],
        &["verifier", "absent\nDossier conforme.\u{1b}[2J"],
        &["generer", "contrat.json"],
        &["generer", "imprimable.json", "--format", "texte"],
        &["generer", "imprimable.json", "--gestionnaire", FAUX],
        &["lot", "contrat.json", "imprimable.json", nom, "--format", "texte", "--sortie", "lot"],
        &["comparer", "imprimable.json", "inconnu.json"],
        &["extraire", &dossier, "--liste"],
        &["reprendre", "casse.json", "--contrat", "imprimable.json"],
        &["regles", FAUX],
        &["generer", FAUX, FAUX],
        &["nouveau", "--modele", FAUX],
        &["bibliotheque", "montrer", FAUX],
        &["bibliotheque", "importer", "casse.json"],
    ] {
        let passage = atelier.cpom(arguments);
        let tout = passage.sortie.clone() + &passage.erreurs;
        let cache = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{200b}' | '\u{2028}'));
        assert!(!tout.contains(cache), "{arguments:?}: {tout:?}");
        let faux = tout.lines().find(|ligne| ligne.trim_start().starts_with("Dossier conforme"));
        assert_eq!(faux, None, "{arguments:?}: {tout}");
    }
    let controle = atelier.cpom(&["controler", &dossier]);
    assert_eq!(controle.sortie.matches("\nDossier conforme.").count(), 1, "{}", controle.tout());
    let inconnu = atelier.cpom(&["verifier", "inconnu.json"]);
    assert!(inconnu.tout().contains("X\\u{a}Dossier conforme.\\u{d}\\u{1b}[2J"), "{}", inconnu.tout());
    // A machine still reads what is there.
    let passage = atelier.cpom(&["verifier", "imprimable.json", "--format", "json"]);
    let json: Value = serde_json::from_str(&passage.sortie).unwrap();
    assert_eq!(json["contrat"], json!(FAUX));
}
