//! What reading promises: strict JSON, French errors at the right place, files merged or told apart, and
//! no panic whatever the bytes.

use cpom::lecture::{ErreurLecture, Fichier, Lecture, lire, lire_fichiers, sans_commentaires};
use cpom::remarque::Remarque;
use proptest::prelude::*;
use serde_json::json;

fn fichier(nom: &str, texte: impl Into<Vec<u8>>) -> Fichier {
    Fichier { nom: nom.into(), octets: texte.into() }
}

fn lu(texte: &str) -> Lecture {
    lire_fichiers(vec![fichier("c.json", texte)]).expect("a readable file")
}

fn refus(octets: impl Into<Vec<u8>>) -> Remarque {
    match lire_fichiers(vec![fichier("c.json", octets)]) {
        Err(ErreurLecture::Syntaxe(mut remarques)) => remarques.pop().expect("one finding"),
        autre => panic!("a syntax error was expected: {autre:?}"),
    }
}

fn place(remarque: &Remarque) -> (u32, u32) {
    let position = remarque.position.as_ref().expect("a place");
    (position.ligne, position.colonne)
}

#[test]
fn places_are_those_of_values_and_keys_and_a_missing_key_is_placed_at_its_parent() {
    let lecture = lu("{\n  \"é\": { \"a/b~c\": [1, \"x\"] }\n}");
    let de = |p: &str| lecture.positions.de(p).map(|p| (p.ligne, p.colonne));
    assert_eq!(lecture.valeur, json!({"é": {"a/b~c": [1, "x"]}}));
    assert_eq!(de(""), Some((1, 1)));
    assert_eq!(de("/é/a~1b~0c/1"), Some((2, 23)));
    assert_eq!(de("/é/absente/0"), Some((2, 8)));
    let cle = lecture.positions.de_cle("/é/a~1b~0c").map(|p| (p.ligne, p.colonne));
    assert_eq!(cle, Some((2, 10)));
}

#[test]
fn a_byte_order_mark_is_accepted() {
    let lecture = lire_fichiers(vec![fichier("c.json", "\u{feff}{\"a\": 1}")]).expect("readable");
    assert_eq!(lecture.positions.de("/a").map(|p| p.colonne), Some(7));
}

/// Each mistake, where it is told, and a word of what is told.
#[test]
fn each_syntax_mistake_is_told_in_french_at_its_place() {
    let cas: &[(&str, (u32, u32), &str)] = &[
        ("", (1, 1), "vide"),
        ("{\"a\": 1,}", (1, 8), "virgule"),
        ("[1, 2,]", (1, 6), "virgule"),
        ("{\"a\": 1 \"b\": 2}", (1, 8), "il manque une virgule"),
        ("{\n// note\n}", (2, 1), "commentaires"),
        ("{ /* x", (1, 3), "commentaire"),
        ("{'a': 1}", (1, 2), "apostrophes"),
        ("{a: 1}", (1, 2), "clé s'écrit entre guillemets"),
        ("{\"a\" 1}", (1, 6), "« : »"),
        ("{\"a\": }", (1, 7), "« } »"),
        ("{\"a\": 1", (1, 8), "l'accolade « { » ouverte ligne 1"),
        ("{\"a\": [1, 2\n\n", (1, 12), "« ]} »"),
        ("{\n  \"a\": {\n    \"b\": 1\n}\n", (4, 2), "ouverte ligne 2"),
        ("{\"a\": \"IME \"Les Mimosas\" de\"}", (1, 12), "au milieu d'un texte"),
        ("{\"a\": \"dit \"oui\"\"}", (1, 12), "au milieu d'un texte"),
        ("{\"a\": \"le \"12\" rue\"}", (1, 11), "au milieu d'un texte"),
        ("{\"a\": \"x", (1, 7), "guillemet ouvert ligne 1"),
        ("{\"a\": 012}", (1, 7), "zéro"),
        ("{\"a\": 1 234}", (1, 8), "sans espace"),
        ("{\"a\": 12,50}", (1, 9), "avec un point"),
        ("{\"a\": “x”}", (1, 7), "guillemets typographiques"),
        ("{\"a\": oui}", (1, 7), "pas une valeur"),
        ("{\"a\": None}", (1, 7), "pas une valeur"),
        ("{\"a\": +1}", (1, 7), "signe +"),
        ("{\"a\": .5}", (1, 7), "point décimal"),
        ("{\"a\": 0x1F}", (1, 7), "hexadécimal"),
        ("{\"a\": 1e999}", (1, 7), "trop grand"),
        ("{\"a\": \"x\\y\"}", (1, 9), "barre oblique"),
        ("{\"a\": \"\\ud800\"}", (1, 8), "ne désigne pas"),
        ("{} {}", (1, 4), "suit la fin"),
        ("{\"a\": \"x\ny\"}", (1, 9), "retour à la ligne"),
        ("{\"a\":\u{a0}1}", (1, 6), "espace insécable"),
    ];
    for (texte, attendue, mot) in cas {
        let remarque = refus(*texte);
        assert!(remarque.message.contains(mot), "{texte:?} → {remarque}");
        assert_eq!(place(&remarque), *attendue, "{texte:?} → {remarque}");
        assert!(!remarque.remede.is_empty(), "{texte:?}");
    }
}

#[test]
fn other_encodings_and_formats_are_named() {
    let message = |octets: &[u8]| refus(octets).message;
    assert!(message(b"\xff\xfe{\0}").contains("UTF-16 est abîmé"));
    assert!(message(b"\xfe\xff\xd8\0").contains("UTF-16 est abîmé"));
    assert!(message(b"{\0}\0").contains("UTF-16 sans sa marque"));
    assert!(message(b"%PDF-1.7").contains("PDF"));
    assert!(message(b"PK\x03\x04docx").contains("Word"));
    assert!(message(b"{\"a\"\0\0\0}").contains("binaire"));
    let windows = refus(b"{\n\"a\xe9\": 1}".as_slice());
    assert!(windows.message.contains("Windows-1252"));
    assert_eq!(place(&windows), (2, 3));
}

#[test]
fn deep_nesting_is_refused_before_it_is_parsed() {
    let profond = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(refus(profond).code, "LEC-profondeur");
    assert!(lire_fichiers(vec![fichier("c", format!("{}{}", "[".repeat(64), "]".repeat(64)))]).is_ok());
}

#[test]
fn a_file_of_millions_of_values_is_refused_before_it_is_parsed() {
    let liste = |n: usize| format!("{{\"x, y\": [{}1]}}", "1,".repeat(n));
    assert_eq!(refus(liste(1_000_001)).code, "LEC-taille");
    assert!(lire_fichiers(vec![fichier("c", liste(100_000))]).is_ok());
}

#[test]
fn a_key_given_twice_names_both_places_and_refuses_the_contract() {
    let lecture = lu("{\"a\": 1,\n \"a\": 2, \"b\": {\"c\": 1, \"c\": 1}}");
    assert_eq!(lecture.valeur, json!({"a": 1, "b": {"c": 1}}));
    assert!(lecture.refusee());
    let dites: Vec<_> = lecture.remarques.iter().map(|r| (r.pointeur.as_str(), place(r))).collect();
    assert_eq!(dites, [("/a", (2, 2)), ("/b/c", (2, 24))]);
    assert!(lecture.remarques[0].message.contains("ligne 1, colonne 2"));
}

#[test]
fn missing_files_and_folders_are_told_in_french() {
    let erreur = lire(&["absent.json".into()]).expect_err("no such file");
    assert!(erreur.to_string().contains("« absent.json » ne peut pas être lu : ce fichier n'existe pas"));
    let erreur = lire(&[".".into()]).expect_err("a folder");
    assert!(erreur.to_string().contains("c'est un dossier"), "{erreur}");
    assert!(matches!(lire(&[]), Err(ErreurLecture::AucunFichier)));
    assert!(matches!(lire(&["-".into(), "-".into()]), Err(ErreurLecture::EntreeStandardRepetee)));
}

#[test]
fn files_of_one_contract_are_merged_by_the_keys_of_their_lists() {
    let autorite = r#"{"reference": "R", "$schema": "a", "perimetre": {"etablissements": [
        {"id": "b", "nom": "B"}, {"id": "a", "capacites": [{"modalite": "internat", "autorisee": 10}]}]},
        "moyens": {"budgets": [{"etablissement": "a", "annee": 2025, "financeur": "ars", "total_declare": 40}]}}"#;
    let gestionnaire = r#"{"reference": "R", "$schema": "b", "perimetre": {"etablissements": [
        {"id": "a", "nom": "A", "capacites": [{"modalite": "internat", "installee": 9}, {"modalite": "externat"}]},
        {"id": "c"}]},
        "moyens": {"budgets": [{"etablissement": "a", "annee": 2025, "financeur": "ars", "total_declare": 40.0},
        {"etablissement": "a", "annee": 2026, "financeur": "ars"}], "redeploiements": [{"objet": "x"}]}}"#;
    let lecture =
        lire_fichiers(vec![fichier("1.json", autorite), fichier("2.json", gestionnaire)]).expect("one contract");
    assert_eq!(lecture.remarques, []);
    assert_eq!(
        lecture.valeur,
        json!({"reference": "R", "$schema": "a", "perimetre": {"etablissements": [
            {"id": "b", "nom": "B"},
            {"id": "a", "capacites": [{"modalite": "internat", "autorisee": 10, "installee": 9}, {"modalite": "externat"}], "nom": "A"},
            {"id": "c"}]},
            "moyens": {"budgets": [{"etablissement": "a", "annee": 2025, "financeur": "ars", "total_declare": 40},
            {"etablissement": "a", "annee": 2026, "financeur": "ars"}], "redeploiements": [{"objet": "x"}]}})
    );
    let position = lecture.positions.de("/perimetre/etablissements/1/nom").expect("a place");
    assert_eq!((position.fichier.as_str(), position.ligne), ("2.json", 2));
    assert!(sans_commentaires(&lecture.valeur).get("$schema").is_none());
}

#[test]
fn files_that_disagree_are_told_with_both_places_all_of_them() {
    let lecture = lire_fichiers(vec![
        fichier("1.json", "{\"reference\": \"R\",\n\"a\": 1, \"b\": [\"x\"], \"$comment\": \"u\"}"),
        fichier("2.json", "{\"reference\": \"R\",\n\n\"a\": 2, \"b\": [\"y\"], \"$comment\": \"v\"}"),
    ])
    .expect("one contract");
    assert!(lecture.refusee());
    assert_eq!(lecture.remarques.len(), 2);
    assert_eq!(
        lecture.remarques[0].message,
        "deux valeurs différentes sont données pour « a » : 1 (1.json, ligne 2) et 2 (2.json, ligne 3)."
    );
    assert_eq!(lecture.valeur["a"], 1);
}

#[test]
fn files_of_different_contracts_are_refused() {
    for (a, b) in [("{\"reference\": \"R\"}", "{\"reference\": \"S\"}"), ("{\"reference\": \"R\"}", "{}"), ("[]", "[]")]
    {
        let erreur = lire_fichiers(vec![fichier("1.json", a), fichier("2.json", b)]).expect_err("two contracts");
        assert!(matches!(erreur, ErreurLecture::ReferencesDifferentes(_)));
        assert!(erreur.to_string().contains("un contrat à la fois"));
    }
}

#[test]
fn a_list_may_repeat_a_key_within_one_file() {
    let a =
        r#"{"reference": "R", "capacites": [{"modalite": "m", "libelle": "1"}, {"modalite": "m", "libelle": "2"}]}"#;
    let lecture = lire_fichiers(vec![fichier("1.json", a), fichier("2.json", a)]).expect("one contract");
    assert_eq!(lecture.remarques, []);
    assert_eq!(lecture.valeur["capacites"].as_array().map(Vec::len), Some(2));
}

/// JSON-like soup: tokens in any order, so that parsing goes further than with arbitrary bytes.
fn soupe() -> impl Strategy<Value = String> {
    let jetons = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"id\"",
        "\"reference\"",
        "1",
        "0",
        "-",
        "1.5e3",
        "true",
        "null",
        " ",
        "\n",
        "\"",
        "\\",
        "\\u",
        "d800",
        "'",
        "/",
        "/*",
        "//",
        "é",
        "“",
        "\u{a0}",
        "\u{feff}",
        "oui",
        "Infinity",
    ]);
    prop::collection::vec(jetons, 0..40).prop_map(|jetons| jetons.concat())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(octets in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = lire_fichiers(vec![fichier("c", octets)]);
    }

    #[test]
    fn json_like_text_never_panics_and_is_read_as_a_strict_parser_reads_it(texte in soupe()) {
        let lu = lire_fichiers(vec![fichier("c", texte.clone())]);
        let strict = serde_json::from_str::<serde_json::Value>(texte.trim_start_matches('\u{feff}'));
        match (lu, strict) {
            (Ok(lecture), Ok(valeur)) if lecture.remarques.is_empty() => prop_assert_eq!(lecture.valeur, valeur),
            (Ok(_), Err(erreur)) => prop_assert!(false, "{texte:?} is not JSON: {erreur}"),
            (Err(ErreurLecture::Syntaxe(remarques)), _) => {
                prop_assert!(remarques.iter().all(|r| r.position.is_some() && !r.message.is_empty()));
            }
            _ => {}
        }
    }

    #[test]
    fn two_arbitrary_contracts_merge_without_panic(a in soupe(), b in soupe()) {
        let entoure = |t: &str| format!("{{\"reference\": 1, \"x\": {t}}}");
        let _ = lire_fichiers(vec![fichier("1", entoure(&a)), fichier("2", entoure(&b))]);
    }
}
