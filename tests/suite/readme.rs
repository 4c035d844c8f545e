//! What the README shows is what the program does: its refused contract, to the letter, and its first command.

use std::path::Path;
use std::process::{Command, Output};

fn racine() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cpom(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cpom")).args(arguments).current_dir(racine()).output().unwrap()
}

/// The tested block: its command line after « $ cpom », and the output it shows.
fn bloc_teste(readme: &str) -> (Vec<String>, String) {
    let bloc = readme.split("<!-- test:readme -->").nth(1).unwrap();
    let bloc = bloc.split("```console\n").nth(1).unwrap().split("```").next().unwrap();
    let (commande, sortie) = bloc.split_once('\n').unwrap();
    let arguments = commande.strip_prefix("$ cpom ").unwrap().split(' ').map(String::from).collect();
    (arguments, sortie.to_string())
}

#[test]
fn the_refused_contract_of_the_readme_is_refused_in_those_words() {
    let readme = std::fs::read_to_string(racine().join("README.md")).unwrap();
    let (arguments, attendu) = bloc_teste(&readme);
    let resultat = cpom(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let sortie = String::from_utf8([resultat.stderr, resultat.stdout].concat()).unwrap();
    assert_eq!(sortie, attendu);
    assert_eq!(resultat.status.code(), Some(1));
}

#[test]
fn the_first_command_of_the_readme_writes_the_two_files_it_names() {
    let readme = std::fs::read_to_string(racine().join("README.md")).unwrap();
    let commande = readme.lines().find_map(|l| l.strip_prefix("$ cargo run --release -- ")).unwrap();
    let dossier = tempfile::tempdir().unwrap();
    let sortie = dossier.path().to_string_lossy().into_owned();
    let arguments: Vec<&str> = commande.split(' ').map(|a| if a == "sortie" { sortie.as_str() } else { a }).collect();
    assert_eq!(cpom(&arguments).status.code(), Some(0));
    for extension in ["pdf", "docx"] {
        let nom = format!("CPOM-2026-2030-ADELIE.{extension}");
        assert!(readme.contains(&format!("sortie/{nom}")), "the README does not name {nom}");
        assert!(dossier.path().join(&nom).metadata().unwrap().len() > 10_000, "{nom} is too small");
    }
}
