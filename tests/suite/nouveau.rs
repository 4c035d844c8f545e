//! Where a contract begins: a start file that says nothing false, and leads to the rest.

use super::outils::{Atelier, json};
use serde_json::Value;
use std::fs;

#[test]
fn without_a_terminal_nor_an_option_the_models_are_named() {
    let passage = Atelier::nouveau().cpom(&["nouveau"]);
    assert_eq!(passage.code, 2);
    assert!(passage.sortie.is_empty());
    for mot in ["paca (Provence-Alpes-Côte d'Azur)", "bretagne (Bretagne)", "national (toute autre région)", "--region"]
    {
        assert!(passage.erreurs.contains(mot), "{mot}: {}", passage.tout());
    }
}

#[test]
fn a_file_that_is_there_is_never_replaced_unasked() {
    let atelier = Atelier::nouveau();
    for commande in [&["nouveau", "--region", "Bretagne"][..], &["schema"]] {
        let avec = |autres: &[&str]| atelier.cpom(&[commande, &["--sortie", "ici.json"], autres].concat());
        assert!(avec(&[]).reussi().sortie.contains("écrit : ici.json"));
        let ecrit = fs::read(atelier.chemin("ici.json")).expect("written");
        atelier.ecrire("ici.json", "à moi");
        let passage = avec(&[]);
        assert_eq!(passage.code, 2, "{}", passage.tout());
        assert!(passage.erreurs.contains("« ici.json » existe déjà"), "{}", passage.tout());
        assert_eq!(fs::read(atelier.chemin("ici.json")).expect("still there"), "à moi".as_bytes());
        avec(&["--remplacer"]).reussi();
        assert_eq!(fs::read(atelier.chemin("ici.json")).expect("replaced"), ecrit);
        // The same on the standard output.
        assert_eq!(atelier.cpom(commande).reussi().sortie.as_bytes(), ecrit);
        fs::remove_file(atelier.chemin("ici.json")).expect("removed");
    }
    assert_eq!(atelier.cpom(&["nouveau", "--region", "paca", "--remplacer"]).code, 2);
}

#[test]
fn options_say_what_the_questions_ask_and_wrong_ones_say_why() {
    let atelier = Atelier::nouveau();
    let options =
        ["--gestionnaire", "fondation", "--etablissements", "EHPAD,IME", "--autorites", "ars,Rhône", "--annee", "2028"];
    let arguments = [&["nouveau", "--region", "84"][..], &options, &["--sortie", "c.json"]].concat();
    let dit = atelier.cpom(&arguments).reussi().sortie;
    assert!(dit.contains("modèle ara 2015.1, 2 établissements") && dit.contains("cpom verifier c.json"), "{dit}");
    let contrat: Value = json(atelier.chemin("c.json"));
    assert_eq!(contrat["modele"]["id"], "ara");
    assert_eq!(contrat["parties"]["gestionnaires"][0]["statut_juridique"], "63");
    assert_eq!(contrat["perimetre"]["etablissements"][1]["id"], "ime-1");
    assert_eq!(contrat["parties"]["autorites"][1]["departement"], "69");
    assert_eq!(contrat["periode"]["debut"], "2028-01-01");
    assert_eq!(contrat["objectifs"].as_array().map(Vec::len), Some(4), "one for each axis of the model");
    for (option, valeur, dit) in [
        ("--region", "Syldavie", "n'est pas une région"),
        ("--gestionnaire", "assoc", "« 60 » (association)"),
        ("--etablissements", "IMEE", "« 183 » (IME)"),
        ("--etablissements", "0", "de 1 à 100"),
        ("--autorites", "", "au moins une autorité"),
        ("--annee", "28", "année"),
    ] {
        let passage = atelier.cpom(&["nouveau", "--modele", "paca", option, valeur]);
        assert_eq!(passage.code, 2, "{option} {valeur}: {}", passage.tout());
        assert!(passage.erreurs.contains(dit) && passage.erreurs.contains(option), "{}", passage.tout());
    }
}

/// What is to be written is asked where it is to be written.
#[test]
fn each_gap_of_a_start_file_that_names_a_value_stands_on_the_line_that_says_so() {
    for modele in ["national", "paca", "ara", "bretagne"] {
        let atelier = Atelier::nouveau();
        let options = ["--etablissements", "IME,SESSAD", "--autorites", "ars,13", "--sortie", "contrat.json"];
        atelier.cpom(&[&["nouveau", "--modele", modele][..], &options].concat()).reussi();
        let passage = atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).reussi();
        let texte = fs::read_to_string(atelier.chemin("contrat.json")).expect("written");
        let lignes: Vec<&str> = texte.lines().collect();
        // « (contrat.json:17:19, /pointeur) », or « (contrat.json, lignes 101, 158) » for several structures.
        let lacunes: Vec<&str> = passage
            .erreurs
            .lines()
            .filter(|l| l.starts_with("  ") && l.contains("(contrat.json") && !l.contains("Où"))
            .collect();
        assert!(lacunes.len() > 20, "{modele}: {}", passage.erreurs);
        let sur_sa_ligne = lacunes.iter().filter(|lacune| {
            let place = lacune.split_once("(contrat.json").map_or("", |(_, place)| place);
            let nombre = place.split(|c: char| !c.is_ascii_digit()).find_map(|n| n.parse::<usize>().ok());
            nombre.and_then(|n| lignes.get(n - 1)).is_some_and(|l| l.contains("à compléter"))
        });
        let (bonnes, toutes) = (sur_sa_ligne.count(), lacunes.len());
        assert!(bonnes * 10 >= toutes * 7, "{modele}: {bonnes} of {toutes}\n{}", lacunes.join("\n"));
        let imprime = atelier.noms("sortie");
        let dossier = fs::read_to_string(atelier.chemin("sortie").join(&imprime[0])).expect("printed");
        for hote in ["une date (1er", "un montant en euros", "« cpom nomenclatures", "à l'infinitif"] {
            assert!(!dossier.contains(hote), "{modele}: what helps to type is printed: {hote}");
        }
    }
}
