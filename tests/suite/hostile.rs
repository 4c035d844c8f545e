//! Hostile strings in every text of a contract: they print as they are in all formats, break no file and run
//! nothing.

use std::io::{Cursor, Read};

use cpom::document::{Bloc, Cellule, Document, Inline, Noeud};
use cpom::dossier::{self, Format};
use cpom::rendu::Options;
use cpom::schema::{Schema, generation};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

use super::outils::{document, json, modifie};

/// What is put in every text, and what must be read of it in the printed text (spaces made plain).
const CHAINES: &[(&str, &str)] = &[
    ("*a* _b_ **c** `d` ~~e~~ ^f^ [g](h) ![i](j) \\* |", "*a* _b_ **c** `d` ~~e~~ ^f^ [g](h) ![i](j) \\* |"),
    ("# a = b - c + d / e > f 1. g", "# a = b - c + d / e > f 1. g"),
    ("#panic(1) $x^2$ @ref <label> #read(\\u{41}) //* */ ~", "#panic(1) $x^2$ @ref <label> #read(\\u{41}) //* */ ~"),
    ("{{ 7*7 }} {% raw %} {% endif %} {# note #} {{ contrat", "{{ 7*7 }} {% raw %} {% endif %} {# note #} {{ contrat"),
    // Typography may part a semicolon from its word, as in any French text.
    ("<script>alert(1)</script> <br> & ]]> <a b='c'> &amp; <!-- -->", "<script>alert(1)</script> <br> & ]]> <a b="),
    ("a\u{0}b\u{1}c\u{8}d\u{b}e\u{1b}[31mf\u{7f}g\u{85}h", "a b c d e [31mf g h"),
    ("a\u{fffe}b\u{ffff}c\u{fdd0}d\u{1fffe}e", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e"),
    (
        "a\u{e000}\u{e010}\u{e001}b\u{e002}\u{e011}\u{e002}\u{e011}\u{e001}c\u{f0000}d\u{10fffd}",
        "a\u{fffd}\u{fffd}\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}c\u{fffd}d\u{fffd}",
    ),
    ("\u{202e}gauche\u{202c} \u{2067}droite\u{2069} עברית العربية", "gauche droite עברית العربية"),
    ("🏳️‍🌈 👩🏽‍⚕️ 🇫🇷 😀 e\u{301}\u{302}\u{303} ﷽ 漢字 \u{200d}", "🇫🇷 😀"),
    ("[à compléter", "[à compléter"),
    ("[à compléter : faux] § total", "[à compléter : faux] § total"),
    ("\r\n a\r b \t c \u{2028} d", "b c d"),
    (
        "-----BEGIN $(touch /tmp/x) `id` %s %n ../../etc/passwd \\input{x}",
        "-----BEGIN $(touch /tmp/x) `id` %s %n ../../etc/passwd \\input{x}",
    ),
];

fn schema() -> Schema {
    Schema::depuis_valeur(generation::schema_contrat()).expect("a valid schema")
}

/// The pointers of the texts that the schema leaves free.
fn textes_libres(contrat: &Value, schema: &Schema) -> Vec<String> {
    fn textes(valeur: &Value, pointeur: &str, trouves: &mut Vec<String>) {
        match valeur {
            Value::String(_) => trouves.push(pointeur.to_owned()),
            Value::Array(elements) => {
                elements.iter().enumerate().for_each(|(rang, e)| textes(e, &format!("{pointeur}/{rang}"), trouves));
            }
            Value::Object(objet) => objet
                .iter()
                .filter(|(cle, _)| !cle.starts_with('$'))
                .for_each(|(cle, v)| textes(v, &format!("{pointeur}/{cle}"), trouves)),
            _ => {}
        }
    }
    let mut pointeurs = Vec::new();
    textes(contrat, "", &mut pointeurs);
    loop {
        let mut essai = contrat.clone();
        for pointeur in &pointeurs {
            *essai.pointer_mut(pointeur).expect("a text") = json!("*Texte libre*");
        }
        let refuses: Vec<String> = schema.valider(&essai, &|_| None).into_iter().map(|r| r.pointeur).collect();
        if refuses.is_empty() {
            // A file must be readable to be printed.
            pointeurs.retain(|p| !p.ends_with("/fichier") && !p.ends_with("/organigramme"));
            return pointeurs;
        }
        let avant = pointeurs.len();
        pointeurs.retain(|p| !refuses.contains(p));
        assert!(pointeurs.len() < avant, "{refuses:?}");
    }
}

fn avec(contrat: &Value, pointeurs: &[String], chaine: &str) -> Value {
    let mut contrat = contrat.clone();
    for pointeur in pointeurs {
        *contrat.pointer_mut(pointeur).expect("a text") = json!(chaine);
    }
    contrat
}

/// Prints in all formats, checks that the files are whole, and gives the plain text.
fn imprimer(document: &Document, quoi: &str) -> String {
    let octets =
        |format| dossier::imprimer(document, format, &Options::default()).unwrap_or_else(|e| panic!("{quoi}: {e}"));
    let pdf = lopdf::Document::load_mem(&octets(Format::Pdf)).unwrap_or_else(|e| panic!("{quoi}: {e}"));
    assert!(!pdf.get_pages().is_empty(), "{quoi}");
    let mut archive = zip::ZipArchive::new(Cursor::new(octets(Format::Docx))).unwrap_or_else(|e| panic!("{quoi}: {e}"));
    for rang in 0..archive.len() {
        let mut piece = archive.by_index(rang).expect("a part");
        let nom = piece.name().to_owned();
        if !nom.ends_with(".xml") && !nom.ends_with(".rels") {
            continue;
        }
        let mut xml = String::new();
        piece.read_to_string(&mut xml).unwrap_or_else(|e| panic!("{quoi}: {nom}: {e}"));
        let interdit = |c: char| {
            (c < ' ' && !"\t\r\n".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}')
        };
        assert!(!xml.contains(interdit), "{quoi}: {nom} holds a forbidden character");
        let mut lecteur = Reader::from_str(&xml);
        loop {
            match lecteur.read_event() {
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(e) => panic!("{quoi}: {nom}: {e}"),
            }
        }
    }
    String::from_utf8(octets(Format::Texte)).unwrap_or_else(|e| panic!("{quoi}: {e}"))
}

/// A text with all its spaces plain and single: typography may make some of them unbreakable.
fn a_plat(texte: &str) -> String {
    texte.split(char::is_whitespace).filter(|m| !m.is_empty()).collect::<Vec<_>>().join(" ")
}

fn lacunes(document: &Document) -> usize {
    fn inlines(contenu: &[Inline]) -> usize {
        contenu
            .iter()
            .map(|i| match i {
                Inline::Lacune { .. } => 1,
                Inline::Gras { contenu }
                | Inline::Italique { contenu }
                | Inline::Exposant { contenu }
                | Inline::Lien { contenu, .. } => inlines(contenu),
                _ => 0,
            })
            .sum()
    }
    fn cellules(liste: &[Cellule]) -> usize {
        liste.iter().map(|c| blocs(&c.blocs)).sum()
    }
    fn blocs(noeuds: &[Noeud]) -> usize {
        noeuds
            .iter()
            .map(|n| match &n.bloc {
                Bloc::Titre(t) => inlines(&t.contenu),
                Bloc::Paragraphe(p) => inlines(&p.contenu),
                Bloc::Liste(l) => l.elements.iter().map(|e| blocs(e)).sum(),
                Bloc::Tableau(t) => {
                    t.legende.as_deref().map_or(0, inlines)
                        + cellules(&t.entete)
                        + t.lignes.iter().map(|l| cellules(&l.cellules)).sum::<usize>()
                }
                Bloc::Formulaire { lignes } => lignes.iter().map(|l| inlines(&l.terme) + blocs(&l.blocs)).sum(),
                Bloc::Encadre { titre, blocs: dedans } => inlines(titre) + blocs(dedans),
                _ => 0,
            })
            .sum()
    }
    document.parties.iter().map(|p| blocs(&p.blocs)).sum()
}

fn eprouver(fixture: &str) {
    let contrat = json(fixture);
    let pointeurs = textes_libres(&contrat, &schema());
    assert!(pointeurs.len() > 4, "{pointeurs:?}");
    let temoin = lacunes(&document(&avec(&contrat, &pointeurs, "Texte")));
    for (chaine, attendu) in CHAINES {
        let document = document(&avec(&contrat, &pointeurs, chaine));
        let texte = imprimer(&document, &format!("{fixture}: {chaine:?}"));
        assert!(a_plat(&texte).contains(&a_plat(attendu)), "{chaine:?} is not printed as it is in {fixture}");
        assert_eq!(lacunes(&document), temoin, "{chaine:?} makes or hides a gap in {fixture}");
        let interdit = |c: char| (c.is_control() && c != '\n') || ('\u{e000}'..='\u{f8ff}').contains(&c);
        assert!(!texte.contains(interdit), "{chaine:?} leaves a forbidden character in {fixture}");
    }
}

#[test]
fn hostile_texts_print_as_they_are_in_the_small_contract() {
    eprouver("fixtures/paca/minimal.json");
}

#[test]
fn hostile_texts_print_as_they_are_in_the_rich_contract() {
    eprouver("fixtures/paca/exemple.json");
}

#[test]
fn words_of_ten_thousand_characters_print_in_every_kind_of_place() {
    let contrat = json("fixtures/paca/exemple.json");
    let mut vus = std::collections::BTreeSet::new();
    let genre = |p: &str| p.split('/').filter(|m| m.parse::<usize>().is_err()).collect::<Vec<_>>().join("/");
    // One text of each kind, so that the file stays of a size to print.
    let pointeurs: Vec<String> =
        textes_libres(&contrat, &schema()).into_iter().filter(|p| vus.insert(genre(p))).collect();
    assert!(pointeurs.len() > 60, "{pointeurs:?}");
    let mot = "m".repeat(10_000);
    let mut contrat = avec(&contrat, &pointeurs, &mot);
    contrat["reference"] = json!("CPOM-LONG");
    let texte = imprimer(&document(&contrat), "long words");
    assert!(texte.matches(&mot).count() > 40, "{}", texte.matches(&mot).count());
}

#[test]
fn an_expression_in_a_text_is_not_computed_even_where_clauses_are_templates() {
    let operations = json!([
        {"op": "add", "path": "/clauses_particulieres", "value": [
            {"article": "litiges", "place": "remplace", "texte": "Somme {{ 41 + 1 }} {% include 'litiges.md' %}"}]},
        {"op": "replace", "path": "/perimetre/etablissements/0/nom", "value": "IME {{ 41 + 1 }}"},
        {"op": "add", "path": "/intitule", "value": "Contrat {{ contrat.reference }}"}
    ]);
    let texte = a_plat(&imprimer(&document(&modifie(&json("fixtures/paca/minimal.json"), operations)), "expressions"));
    for attendu in ["Somme {{ 41 + 1 }}", "IME {{ 41 + 1 }}", "Contrat {{ contrat.reference }}"] {
        assert!(texte.contains(attendu), "{attendu}");
    }
}
