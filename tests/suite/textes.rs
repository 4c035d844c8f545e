//! The words that a contract types are the words that are printed, in every format; what cannot be is told, with its place,
//! before anything is printed.

use cpom::document::{Etat, Inline, Noeud, Style};
use cpom::dossier::{self, Choix, Format, Forme, Ouverture};
use cpom::lecture::{self, Fichier};
use cpom::remarque::{Remarque, Severite};
use cpom::rendu::{Options, pdf};
use proptest::prelude::{ProptestConfig, any, prop_oneof};
use proptest::proptest;
use proptest::strategy::{Just, Strategy};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

use crate::arbre::{exemple_arbre, styles, t};
use crate::outils::{deballer, json as lire_json, modifie, pdftotext, rediger, texte};

fn minimal() -> Value {
    lire_json("fixtures/paca/minimal.json")
}

fn avec_contexte(contexte: &str) -> Value {
    modifie(&minimal(), json!([{ "op": "add", "path": "/preambule", "value": { "contexte": contexte } }]))
}

fn ouvrir(contrat: &Value) -> Ouverture {
    let fichier = Fichier { nom: "contrat.json".into(), octets: contrat.to_string().into_bytes() };
    dossier::examiner(lecture::lire_fichiers(vec![fichier]).expect("JSON")).expect("no fault of the program")
}

fn choix(etat: Etat) -> Choix {
    Choix { etat: Some(etat), ..Choix::default() }
}

/// What is said of the characters of a contract.
fn des_caracteres(contrat: &Value, etat: Etat) -> Vec<Remarque> {
    let verification = dossier::verifier(&ouvrir(contrat), &choix(etat)).expect("a report");
    verification.rapport.remarques.into_iter().filter(|r| r.code.starts_with("CAR-")).collect()
}

/// The words of a Word file, those of its fields included.
fn mots_du_word(octets: &[u8]) -> String {
    let parties = deballer(octets);
    let mut lecteur = Reader::from_reader(parties["word/document.xml"].as_slice());
    let (mut sortie, mut dans_texte) = (String::new(), false);
    loop {
        match lecteur.read_event().expect("XML") {
            Event::Eof => return sortie,
            Event::Start(b) => {
                dans_texte = b.name().as_ref() == b"w:t";
                if b.name().as_ref() == b"w:p" {
                    sortie.push('\n');
                }
            }
            Event::Empty(b) if b.name().as_ref() == b"w:br" => sortie.push('\n'),
            Event::End(_) => dans_texte = false,
            Event::Text(texte) if dans_texte => sortie.push_str(&texte.decode().expect("UTF-8")),
            Event::GeneralRef(nom) if dans_texte => {
                let brut = format!("&{};", nom.decode().expect("UTF-8"));
                sortie.push_str(&quick_xml::escape::unescape(&brut).expect("a reference"));
            }
            _ => {}
        }
    }
}

fn a_plat(texte: &str) -> String {
    texte.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Signs that Markdown would take for its own, one line each.
const LIGNES: [&str; 17] = [
    "+ 3 places en 2027",
    "+ 2 places en 2028",
    "* avec étoile",
    "1. premier",
    "2) second",
    "a) ensuite",
    "# dièse",
    "> chevron",
    "3*4=12*5 et 5 * 3 * 2",
    "`accents` et ``` graves",
    "[texte](adresse) ![image](adresse)",
    "<b>balise</b> & amp \\* ~~barré~~ _souligné_ &amp",
    "| a | b |",
    "|---|---|",
    "    quatre espaces",
    "=====",
    "fin",
];

#[test]
fn signs_of_markdown_print_as_typed_in_every_format() {
    let document = crate::outils::document(&avec_contexte(&LIGNES.join("\n")));
    let imprime = |format| dossier::imprimer(&document, format, &Options::default()).expect("a file");
    let texte = String::from_utf8(imprime(Format::Texte)).expect("UTF-8");
    let word = mots_du_word(&imprime(Format::Docx));
    let pdf = pdftotext(&imprime(Format::Pdf));
    for ligne in LIGNES {
        let attendu = a_plat(ligne);
        assert!(a_plat(&texte).contains(&attendu), "text: {ligne}");
        assert!(a_plat(&word).contains(&attendu), "Word: {ligne}");
        // On a page, a word may be cut at the end of a line.
        let serre = |texte: &str| -> String { texte.chars().filter(|c| c.is_ascii_graphic() && *c != '-').collect() };
        if let Some(pdf) = &pdf {
            assert!(serre(pdf).contains(&serre(ligne)), "PDF: {ligne}");
        }
    }
    // What was typed on lines of its own stays so.
    for ligne in &LIGNES[..7] {
        assert!([&texte, &word].iter().all(|t| t.lines().any(|l| a_plat(l) == *ligne)), "{ligne}");
    }
}

#[test]
fn the_promises_of_a_long_text_are_kept() {
    let texte = texte(&avec_contexte("Un **gras**, un *italique*.\n\n- point\n- autre\n  suite\n\nFin"));
    assert!(texte.contains("Un gras, un italique.\n- point\n- autre suite\nFin\n"), "{texte}");
}

fn fragment() -> impl Strategy<Value = String> {
    let signes = [
        "*",
        "**",
        "***",
        "- ",
        "+ ",
        "1. ",
        "# ",
        "> ",
        "`",
        "[",
        "](",
        ")",
        "<b>",
        "&amp;",
        "\\",
        "|",
        "---",
        "===",
        "    ",
        "\n",
        "\n\n",
        " ",
        "\u{2028}",
        "\u{b}",
        "\r\n",
        "\u{85}",
        "\u{F0A8}",
        "\u{200B}",
        "\u{A0}",
        "{{ x }}",
        "{% if %}",
        "§",
        "!",
        "e\u{301}",
        "é",
        "王",
        "mot",
        "deux mots",
        "3",
        "😀",
        "\u{0}",
        "\u{92}",
    ];
    prop_oneof![
        proptest::sample::select(signes.to_vec()).prop_map(String::from),
        any::<char>().prop_map(String::from),
        Just("a".into())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Stars apart (they may be marks) and signs that typography parts from their word, all that is typed is printed,
    /// in its order; no two words are glued, none is cut.
    #[test]
    fn whatever_is_typed_in_a_long_text_its_words_are_printed(fragments in proptest::collection::vec(fragment(), 0..40)) {
        let typed = format!("Début {} fin", fragments.concat());
        let imprime = texte(&avec_contexte(&typed));
        let plat = |texte: &str| {
            let lignes: Vec<String> = texte
                .split('\n')
                .map(|l| l.trim_start().trim_start_matches("- ").replace(['*', '’', '\''], ""))
                .collect();
            let mots = lignes.join("\n").replace(['«', '»', ';', ':', '!', '?', '%', '€', '-'], " ");
            mots.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let attendu = plat(&cpom::formats::caracteres::purger(&typed));
        assert!(plat(&imprime).contains(&attendu), "{typed:?}\n{attendu}\n{imprime}");
    }
}

#[test]
fn line_ends_of_any_system_part_words() {
    for fin in ["\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\t", "\u{7}", "\u{1c}"] {
        let contrat = modifie(
            &avec_contexte(&format!("avant{fin}après")),
            json!([{ "op": "add", "path": "/intitule", "value": format!("Titre{fin}suite") }]),
        );
        let imprime = a_plat(&texte(&contrat));
        assert!(imprime.contains("avant après") && imprime.contains("Titre suite"), "{fin:?}: {imprime}");
    }
}

#[test]
fn boxes_of_wingdings_are_boxes_in_every_format() {
    let document = crate::outils::document(&avec_contexte(
        "\u{F0FE} oui \u{F0A8} non \u{F0FD} barré \u{F0FC} fait \u{F0B7} point \u{F0E0} suite",
    ));
    let attendu = "☑ oui ☐ non ☒ barré ✓ fait • point → suite";
    for format in [Format::Texte, Format::Docx, Format::Pdf] {
        let octets = dossier::imprimer(&document, format, &Options::default()).expect("a file");
        let lu = match format {
            Format::Texte => Some(String::from_utf8(octets).expect("UTF-8")),
            Format::Docx => Some(mots_du_word(&octets)),
            Format::Pdf => pdftotext(&octets),
        };
        assert!(lu.is_none_or(|lu| a_plat(&lu).contains(attendu)), "{format:?}");
    }
    assert!(des_caracteres(&avec_contexte("\u{F0FE} oui"), Etat::Definitif).is_empty());
}

#[test]
fn marks_are_drawn_in_every_weight_and_slope() {
    let marques = "☑ ☐ ☒ ✓ ✔ ✗ ✘ → ← ↑ ↓ ⇒ ≤ ≥ ≠ ≈ • ▪ ■ □ ● ○ ◆ ➢ ➔ ★ ☆ ⚠ ☎ ✉ ① ½ ⅓ ₂ № Ω Ελλάδα Москва Հայաստան საქართველო Đặng";
    assert!(pdf::manquants(marques).is_empty(), "{:?}", pdf::manquants(marques));
    let document = un_paragraphe(marques);
    let octets = pdf::rendre(&document, pdf::Options::default()).expect("every glyph is drawn").octets;
    if let Some(lu) = pdftotext(&octets) {
        assert_eq!(lu.matches("☑").count(), 4, "{lu}");
        assert!(!lu.contains('\u{FFFD}'), "{lu}");
    }
}

/// A text as it is, bold, italic and both.
fn un_paragraphe(texte: &str) -> cpom::document::Document {
    let mut document = exemple_arbre(Etat::Projet);
    document.parties.truncate(4);
    document.parties.drain(..3);
    let contenu = vec![
        t(texte),
        Inline::RetourLigne,
        Inline::Gras { contenu: vec![t(texte)] },
        Inline::RetourLigne,
        Inline::Italique { contenu: vec![t(texte)] },
        Inline::RetourLigne,
        Inline::Gras { contenu: vec![Inline::Italique { contenu: vec![t(texte)] }] },
    ];
    let bloc: Noeud = styles(Style::Corps, contenu);
    document.parties[0].blocs = vec![bloc];
    document
}

/// PDF/A refuses a file with a glyph that is not there: what is said to be drawn must be, whatever the face.
#[test]
fn every_character_said_to_be_drawn_is() {
    let tous: Vec<char> = (0x20..0x1_0000).filter_map(char::from_u32).collect();
    let dessines: Vec<char> = tous.into_iter().filter(|c| pdf::manquants(&c.to_string()).is_empty()).collect();
    assert!(dessines.len() > 3_000, "{}", dessines.len());
    let texte: Vec<String> = dessines.chunks(40).map(|c| c.iter().collect()).collect();
    pdf::rendre(&un_paragraphe(&texte.join(" ")), pdf::Options::default()).expect("every glyph is drawn");
}

#[test]
fn a_character_that_no_font_draws_is_told_with_its_place_and_refuses_a_definitive() {
    let contrat = modifie(
        &minimal(),
        json!([
            { "op": "add", "path": "/signature", "value": { "lieu": "Toulon ☑ 王伟", "date": "2025-12-01" } },
            { "op": "add", "path": "/intitule", "value": "Contrat 😀" },
        ]),
    );
    let du_projet = des_caracteres(&contrat, Etat::Projet);
    assert_eq!(du_projet.len(), 2, "{du_projet:#?}");
    let lieu = du_projet.iter().find(|r| r.pointeur == "/signature/lieu").expect("the place");
    assert_eq!((lieu.code.as_str(), lieu.severite), ("CAR-001", Severite::Alerte));
    assert!(lieu.message.contains("« 王 » (U+738B), « 伟 » (U+4F1F)") && !lieu.message.contains('☑'), "{lieu}");
    assert!(lieu.position.is_some() && !lieu.remede.is_empty());
    // A draft is printed, and says the same; a definitive is not.
    let ouverture = ouvrir(&contrat);
    assert_eq!(rediger(&ouverture, &choix(Etat::Projet)).len(), 1);
    let du_definitif = des_caracteres(&contrat, Etat::Definitif);
    assert!(
        du_definitif.len() == 2 && du_definitif.iter().all(|r| r.severite == Severite::Bloquante),
        "{du_definitif:#?}"
    );
    let verification = dossier::verifier(&ouverture, &choix(Etat::Definitif)).expect("a report");
    assert!(matches!(
        dossier::rediger(&ouverture, &choix(Etat::Definitif), &verification),
        Err(dossier::ErreurExemplaires::NonConforme)
    ));
}

#[test]
fn what_nobody_can_read_is_told_and_letters_with_their_marks_are_not() {
    let codes = |texte: &str| -> Vec<String> {
        des_caracteres(&avec_contexte(texte), Etat::Projet).into_iter().map(|r| r.code).collect()
    };
    assert_eq!(codes("une case \u{F0A3} ambiguë"), ["CAR-002"]);
    assert_eq!(codes("mal d\u{FFFD}cod\u{FFFD}"), ["CAR-002"]);
    assert_eq!(codes("signe \u{E123}, lettre 漢"), ["CAR-001", "CAR-002"]);
    for bon in
        ["e\u{301}tablissement", "L’œuvre ; à 3 € – « oui »", "coupe\u{AD}ment\u{200B}", "l\u{92}\u{9c}uvre\u{b}suite"]
    {
        assert!(codes(bon).is_empty(), "{bon:?}");
    }
}

#[test]
fn names_that_only_an_invisible_character_tells_apart_are_told() {
    for c in ["\u{200B}", "\u{200D}", "\u{2060}", "\u{AD}", "\u{FEFF}", "\u{200E}", "\u{202E}"] {
        let nom = format!("Les{c} Oliviers");
        let contrat =
            modifie(&minimal(), json!([{ "op": "replace", "path": "/perimetre/etablissements/0/nom", "value": nom }]));
        let remarques = des_caracteres(&contrat, Etat::Definitif);
        let [une] = remarques.as_slice() else { panic!("{c:?}: {remarques:#?}") };
        assert_eq!((une.code.as_str(), une.severite), ("CAR-003", Severite::Information), "{c:?}");
        assert_eq!(une.pointeur, "/perimetre/etablissements/0/nom");
    }
}

#[test]
fn a_letter_under_thousands_of_marks_is_refused_by_its_place_and_nothing_draws_it() {
    let lourd = format!("IME a{}", "\u{301}".repeat(66_000));
    let contrat =
        modifie(&minimal(), json!([{ "op": "replace", "path": "/perimetre/etablissements/0/nom", "value": lourd }]));
    let ouverture = ouvrir(&contrat);
    assert!(ouverture.contrat.is_none());
    for etat in [Etat::Projet, Etat::Definitif] {
        let compte_rendu = dossier::controler(&ouverture, &choix(etat), false).expect("a report");
        let remarque =
            compte_rendu.remarques.iter().find(|l| l.remarque.code == "CAR-004").expect("told").remarque.clone();
        assert_eq!(
            (remarque.pointeur.as_str(), remarque.severite),
            ("/perimetre/etablissements/0/nom", Severite::Bloquante)
        );
        assert!(compte_rendu.refuse);
        // The report itself is drawn.
        assert!(!dossier::ecrire_rapport(&compte_rendu, Forme::Pdf).expect("a PDF").is_empty());
    }
    // What does not come from a contract is drawn with the marks that a letter may bear.
    pdf::rendre(&un_paragraphe(&lourd), pdf::Options::default()).expect("a page");
}
