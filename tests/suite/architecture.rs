//! What the shape of the code promises: imports point one way, modules say what they do and stay short, and
//! nothing in them depends on the hour or panics in passing.

use std::collections::BTreeSet;
use std::path::Path;

use super::outils::{fichiers, lire, racine};

/// The phases, each of which may import those before it and itself.
///
/// `dossier` orchestrates all phases and so comes after the printers; only `cli` knows it.
const ORDRE: &[&str] = &[
    "nomenclatures",
    "remarque",
    "contrat",
    "formats",
    "isolement",
    "schema",
    "saisie",
    "lecture",
    "modele",
    "regles",
    "document",
    "redaction",
    "compte_rendu",
    "rendu",
    "dossier",
    "echanges",
    "lot",
    "servir",
    "cli",
];

/// Phases that need nothing of the ones before: the tree is known to printers and writers, and knows no one.
const SANS_IMPORT: &[&str] = &["document", "isolement", "nomenclatures", "remarque"];

/// The printers know the tree only.
const RENDU: &[&str] = &["document", "rendu"];

/// The file without its tests, and without comments nor doc links.
fn code(fichier: &Path) -> String {
    let texte = lire(fichier);
    let sans_tests = texte.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    sans_tests
        .lines()
        .filter(|ligne| !ligne.trim_start().starts_with("//"))
        .fold(String::new(), |texte, ligne| texte + ligne + "\n")
}

fn sources() -> Vec<(String, String)> {
    let src = racine().join("src");
    fichiers("src", "rs")
        .into_iter()
        .map(|f| {
            let nom = f.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
            let code = code(&f);
            (nom, code)
        })
        .collect()
}

fn phase(nom: &str) -> &str {
    nom.split(['/', '.']).next().unwrap_or_default()
}

/// The names that follow `crate::` in a text, one level of braces opened.
fn imports(code: &str) -> BTreeSet<String> {
    let mut noms = BTreeSet::new();
    for morceau in code.split("crate::").skip(1) {
        let groupe = match morceau.strip_prefix('{') {
            Some(reste) => reste.split('}').next().unwrap_or_default(),
            None => morceau.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
        };
        for nom in groupe.split(',') {
            let nom: String = nom.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !nom.is_empty() {
                noms.insert(nom);
            }
        }
    }
    noms
}

#[test]
fn imports_point_one_way() {
    let rang = |phase: &str| ORDRE.iter().position(|p| *p == phase);
    let mut vus = 0;
    for (nom, code) in sources() {
        let ici = phase(&nom);
        if ici == "lib" || ici == "main" {
            continue;
        }
        let rang_ici = rang(ici).unwrap_or_else(|| panic!("{nom}: say in ORDRE where « {ici} » stands"));
        for importe in imports(&code) {
            let rang_importe =
                rang(&importe).unwrap_or_else(|| panic!("{nom}: « crate::{importe} » is no phase of ORDRE"));
            assert!(rang_importe <= rang_ici, "{nom} imports {importe}, which comes after {ici}");
            let permis = match ici {
                _ if importe == ici => true,
                _ if SANS_IMPORT.contains(&ici) => false,
                "rendu" => RENDU.contains(&importe.as_str()),
                "lecture" => ["remarque", "isolement"].contains(&importe.as_str()),
                _ => true,
            };
            assert!(permis, "{nom} may not import {importe}");
            vus += 1;
        }
    }
    assert!(vus > 60, "the walk saw only {vus} imports");
}

#[test]
fn every_phase_has_its_rank_and_every_module_is_declared_in_the_crate() {
    let lib = lire("src/lib.rs");
    let phases: BTreeSet<String> =
        sources().iter().map(|(nom, _)| phase(nom).to_owned()).filter(|p| p != "lib" && p != "main").collect();
    for phase in &phases {
        assert!(ORDRE.contains(&phase.as_str()), "say in ORDRE where « {phase} » stands");
        assert!(lib.contains(&format!("pub mod {phase};")), "{phase}");
    }
}

#[test]
fn every_file_says_first_what_it_does() {
    for racine in ["src", "tests"] {
        for fichier in fichiers(racine, "rs") {
            let texte = lire(&fichier);
            let premiere = texte.lines().next().unwrap_or_default();
            let phrase = premiere.strip_prefix("//! ").unwrap_or_default().trim();
            assert!(phrase.len() > 20, "{}: « {premiere} »", fichier.display());
        }
    }
}

#[test]
fn no_file_of_the_program_is_longer_than_six_hundred_lines() {
    for fichier in fichiers("src", "rs") {
        let lignes = lire(&fichier).lines().count();
        assert!(lignes <= 600, "{}: {lignes} lines", fichier.display());
    }
}

/// `unwrap` hides an invariant that `expect` would state; the clock, the environment and the network would make
/// a file depend on more than its inputs.
#[test]
fn the_program_neither_unwraps_nor_asks_the_hour_nor_the_network() {
    for (nom, code) in sources() {
        // A length of time asks no hour: it bounds the wait for the reader of a hostile file.
        let code = code.replace("use std::time::Duration;", "");
        // How long a contract of a run took goes to the manifest alone.
        let code = if nom == "lot/chronometre.rs" { String::new() } else { code };
        // How long a request has waited is taken off the time that its work has.
        let code = if nom == "servir/atelier.rs" { code.replace("Instant::now()", "") } else { code };
        for interdit in [".unwrap()", "std::time", "SystemTime", "Instant::now", "unsafe {", "todo!(", "dbg!("] {
            assert!(!code.contains(interdit), "{nom}: {interdit}");
        }
        // The service listens; nothing calls out.
        let ecoute = phase(&nom) == "servir" || nom.ends_with("servir.rs");
        let reseau = ["std::net", "tokio::net"].iter().any(|m| code.contains(m));
        assert!(!reseau || ecoute, "{nom} knows the network; only `servir` may");
        assert!(!code.contains("TcpStream::connect"), "{nom} calls out");
        let parle = ["println!(", "print!("].iter().any(|m| code.contains(m));
        assert!(!parle || phase(&nom) == "cli", "{nom} prints to the terminal; only `cli` may");
    }
}

/// What a region says belongs to templates.
#[test]
fn nothing_of_paca_is_written_in_rust() {
    for (nom, code) in sources() {
        // Help texts name a model as an example of what to type.
        if phase(&nom) == "cli" || phase(&nom) == "nomenclatures" {
            continue;
        }
        let bas = code.to_lowercase();
        // Rules say which model a figure comes from, and read it from the manifest all the same.
        let mots: &[&str] = if phase(&nom) == "regles" { &["\"paca\""] } else { &["\"paca\"", "provence"] };
        for mot in mots {
            assert!(!bas.contains(mot), "{nom}: {mot}");
        }
    }
}

/// A pipe must not hold the program, a write must not lose a file, a value must not reach the terminal raw: each of the
/// three has one way in or out.
#[test]
fn files_are_opened_and_written_and_the_terminal_spoken_to_in_one_place() {
    const LIRE: &[&str] = &["File::open(", "fs::read(", "read_to_string(", "OpenOptions::new("];
    const ECRIRE: &[&str] = &["fs::write(", "File::create(", "File::create_new(", "fs::rename(", "fs::copy("];
    const DIRE: &[&str] = &["stdout()", "anstream::"];
    for (nom, code) in sources() {
        let interdits = |mots: &[&str], permis: &[&str]| {
            for mot in mots.iter().filter(|_| !permis.contains(&nom.as_str())) {
                assert!(!code.contains(mot), "{nom}: {mot} (only {permis:?})");
            }
        };
        // What the shell opened, the folder that the disk keeps, the journal that is locked.
        interdits(LIRE, &["lecture/ouverture.rs", "lecture/fichiers.rs", "dossier/ecriture.rs", "lot/journal.rs"]);
        interdits(ECRIRE, &[]);
        // An assistant answers to a program.
        interdits(DIRE, &["cli/ecran.rs", "isolement/assistant.rs"]);
    }
}
