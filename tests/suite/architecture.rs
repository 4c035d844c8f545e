//! What the shape of the code promises: imports point one way, modules say what they do and stay short, and
//! nothing in them depends on the hour or panics in passing.

use std::collections::BTreeSet;
use std::path::Path;

use super::graphe::Graphe;
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
    "droit",
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
    "tableur",
    "registres",
    "correspondances",
    "lot",
    "http",
    "servir",
    "atelier",
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
        // Tests that have a file of their own.
        .filter(|f| !f.ends_with("tests.rs"))
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

/// The whole text of each file.
fn textes() -> Vec<(String, String)> {
    let src = racine().join("src");
    let nom = |f: &Path| f.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
    fichiers("src", "rs").iter().map(|f| (nom(f), lire(f))).collect()
}

/// A file that needs, through others, itself can be read by no one from its first line to its last.
#[test]
fn no_file_needs_itself_through_others() {
    let graphe = Graphe::lire(&textes());
    assert!(graphe.perdus.is_empty(), "no module declares {:?}", graphe.perdus);
    assert!(graphe.aretes.len() > 1_000, "the walk saw only {} needs", graphe.aretes.len());
    let cercles: Vec<String> = graphe.cercles().iter().map(|cercle| graphe.dire(cercle)).collect();
    assert!(cercles.is_empty(), "{} circles\n{}", cercles.len(), cercles.join("\n"));
}

#[test]
fn an_implementation_stands_with_its_type_or_with_its_trait() {
    let graphe = Graphe::lire(&textes());
    assert!(graphe.a_l_ecart.is_empty(), "{:#?}", graphe.a_l_ecart);
}

/// Whatever the way a file names another: the words that follow `crate::` are only one of them.
#[test]
fn no_file_needs_a_later_phase() {
    let graphe = Graphe::lire(&textes());
    let rang = |fichier: usize| ORDRE.iter().position(|p| *p == phase(&graphe.fichiers[fichier]));
    for ((de, a), quoi) in &graphe.aretes {
        let (Some(ici), Some(la)) = (rang(*de), rang(*a)) else { continue };
        assert!(la <= ici, "{} needs {} for {quoi:?}", graphe.fichiers[*de], graphe.fichiers[*a]);
    }
}

/// The Word file is made in one way, as `rendu::docx` says: what comes later is not known before.
#[test]
fn the_word_file_is_made_in_one_way() {
    const CHEMIN: [&str; 5] = ["plan", "gabarit", "corps", "finition", "paquet"];
    let graphe = Graphe::lire(&textes());
    let etape = |fichier: usize| {
        let reste = graphe.fichiers[fichier].strip_prefix("rendu/docx/")?;
        CHEMIN.iter().position(|etape| *etape == phase(reste))
    };
    let mut vus = 0;
    for ((de, a), quoi) in &graphe.aretes {
        if let Some(la) = etape(*a).filter(|_| graphe.fichiers[*de].starts_with("rendu/docx/")) {
            // The notation, of our files and of anyone's, comes before them all; the whole and what is compared, after.
            let apres = ["rendu/docx/mod.rs", "rendu/docx/comparaison.rs", "rendu/docx/options.rs"];
            let ici = etape(*de).or(apres.contains(&graphe.fichiers[*de].as_str()).then_some(CHEMIN.len()));
            let dit = format!("{} needs {} for {quoi:?}", graphe.fichiers[*de], graphe.fichiers[*a]);
            assert!(ici.is_some_and(|ici| la <= ici), "{dit}");
            vus += 1;
        }
    }
    assert!(vus > 20, "the walk saw only {vus} needs");
}

/// The circles of made-up sources, each as the names of its files.
fn cercles(sources: &[(&str, &str)]) -> Vec<Vec<String>> {
    let sources: Vec<(String, String)> = sources.iter().map(|(nom, texte)| ((*nom).into(), (*texte).into())).collect();
    let graphe = Graphe::lire(&sources);
    assert!(graphe.perdus.is_empty(), "{:?}", graphe.perdus);
    graphe.cercles().iter().map(|c| c.iter().map(|rang| graphe.fichiers[*rang].clone()).collect()).collect()
}

#[test]
fn a_circle_is_seen_whatever_the_way_it_is_written() {
    // What `a` defines, what `b` says; `a` needs `b` each time.
    let vus = [
        "use super::a::un; pub fn deux() { un(); }",
        "use crate::piece::a::un; pub fn deux() { un(); }",
        "use crate::{piece::a::{self, un as premier}}; pub fn deux() { a::un(); premier(); }",
        "pub fn deux() { super::a::un(); }",
        "pub fn deux() { use super::a::*; un(); }",
        "use super::*; pub fn deux() { repris(); }",
        "use crate::repris; pub fn deux() { repris(); }",
        "pub fn deux() { println!(\"{}\", crate::piece::a::un()); }",
        "pub mod dedans { pub fn x() { super::super::a::un(); } } pub fn deux() {}",
        "#[serde(with = \"super::a\")] pub struct S; pub fn deux() -> super::a::T { loop {} }",
        "#[derive(Deserialize)] pub struct S { #[serde(default = \"super::a::un\")] x: u8 } pub fn deux() {}",
        "impl super::a::T { pub fn methode(&self) {} } pub fn deux() {}",
        "pub fn deux() { fait!(); }",
    ];
    let a = "use super::b::deux; pub struct T; pub fn un() { deux(); } pub fn appelle(t: &T) { t.methode(); } \
             macro_rules! fait { () => {} }";
    for b in vus {
        let sources = [
            ("lib.rs", "pub mod piece; pub use piece::repris;"),
            ("piece/mod.rs", "mod a; mod b; pub use a::un as repris;"),
            ("piece/a.rs", a),
            ("piece/b.rs", b),
        ];
        assert_eq!(cercles(&sources), [["piece/a.rs", "piece/b.rs"]], "{b}");
    }
}

#[test]
fn what_a_parent_defines_is_a_circle_and_what_it_repeats_is_none() {
    let racine = ("lib.rs", "mod piece;");
    let enfant = ("piece/a.rs", "use super::commun; pub fn un() { commun(); }");
    let defini = "mod a; fn commun() {} fn tout() { a::un(); }";
    assert_eq!(cercles(&[racine, ("piece/mod.rs", defini), enfant]), [["piece/mod.rs", "piece/a.rs"]]);
    for parent in ["mod a; mod b; pub use a::un; use b::commun;", "mod a; mod b; use b::commun; fn tout() { a::un(); }"]
    {
        let sources = [racine, ("piece/mod.rs", parent), enfant, ("piece/b.rs", "pub fn commun() {}")];
        assert!(cercles(&sources).is_empty(), "{parent}");
    }
}

#[test]
fn tests_comments_texts_and_other_crates_make_no_circle() {
    let sources = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::deux; pub fn un() { deux(); }"),
        (
            "b.rs",
            "//! See `crate::a`.\n/// [`crate::a::un`]\npub fn deux() { let un = \"crate::a::un\"; ::a::un(un.a::<u8>()); }\n\
             #[cfg(test)] mod tests { use crate::a::un; }\n#[cfg(test)] mod essais;",
        ),
        ("b/essais.rs", "use crate::a::un;"),
    ];
    assert!(cercles(&sources).is_empty());
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
        // When an operation was made goes to the history alone.
        let code = if nom == "atelier/horloge.rs" { String::new() } else { code };
        // How long a request has waited is taken off the time that its work has.
        let code = if nom == "servir/etablis.rs" { code.replace("Instant::now()", "") } else { code };
        for interdit in [".unwrap()", "std::time", "SystemTime", "Instant::now", "unsafe {", "todo!(", "dbg!("] {
            assert!(!code.contains(interdit), "{nom}: {interdit}");
        }
        // The service and the workshop listen; nothing calls out.
        let ecoute = ["http", "servir", "atelier"].contains(&phase(&nom))
            || ["servir.rs", "atelier.rs"].iter().any(|fin| nom.ends_with(fin));
        let reseau = ["std::net", "tokio::net"].iter().any(|m| code.contains(m));
        assert!(!reseau || ecoute, "{nom} knows the network; only `servir` and `atelier` may");
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
        interdits(LIRE, &["lecture/ouverture.rs", "lecture/fichiers.rs", "dossier/ecriture.rs", "dossier/registre.rs"]);
        interdits(ECRIRE, &[]);
        // An assistant answers to a program.
        interdits(DIRE, &["cli/ecran.rs", "isolement/assistant.rs"]);
    }
}
