//! The Word file says the tree's words, in a form Word accepts, with the same bytes every time.

use std::collections::{BTreeMap, HashMap};

use cpom::document::{Bloc, Document, Etat, FormatImage, Genre, Image, Inline, Liste, Partie, Serie, Style, mots};
use cpom::rendu::{docx, texte};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::arbre::{cellule, exemple_arbre, noeud, numero, par, styles, t, titre};
use super::outils::{deballer, document, json};

/// A PNG of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

pub fn exemple() -> Document {
    let mut document = exemple_arbre(Etat::Projet);
    for image in &mut document.images {
        *image = Image { octets: PNG.into(), format: FormatImage::Png };
    }
    document
}

fn partie(genre: Genre, blocs: Vec<cpom::document::Noeud>) -> Partie {
    Partie { genre, cle: "essai".to_owned(), titre: "Essai".to_owned(), blocs }
}

fn avec(blocs: Vec<cpom::document::Noeud>) -> Document {
    Document { parties: vec![partie(Genre::Socle, blocs)], ..exemple() }
}

/// The parts of a Word file, by name.
fn pieces(document: &Document) -> BTreeMap<String, Vec<u8>> {
    deballer(&docx::rendre(document, &docx::Options::default()).unwrap())
}

fn xml<'a>(pieces: &'a BTreeMap<String, Vec<u8>>, nom: &str) -> &'a str {
    std::str::from_utf8(&pieces[nom]).unwrap()
}

fn attribut(balise: &BytesStart<'_>, nom: &str) -> Option<String> {
    let attribut = balise.try_get_attribute(nom).unwrap()?;
    Some(quick_xml::escape::unescape(std::str::from_utf8(&attribut.value).unwrap()).unwrap().into_owned())
}

/// What Word counts: the levels of each heading list, and the list of each style.
#[derive(Default)]
struct Numerotation {
    niveaux: HashMap<(String, usize), (u32, String, String)>,
    instances: HashMap<String, (String, HashMap<usize, u32>)>,
    styles: HashMap<String, (String, usize)>,
    compteurs: HashMap<(String, usize), u32>,
    utilisees: Vec<String>,
}

impl Numerotation {
    fn lire(pieces: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut lu = Self::default();
        let (mut abstrait, mut multiple, mut niveau, mut num) = (String::new(), false, 0, String::new());
        parcourir(xml(pieces, "word/numbering.xml"), |evenement| {
            let (Event::Start(b) | Event::Empty(b)) = evenement else { return };
            let val = attribut(b, "w:val").unwrap_or_default();
            match b.name().as_ref() {
                b"w:abstractNum" => abstrait = attribut(b, "w:abstractNumId").unwrap(),
                b"w:multiLevelType" => multiple = val == "multilevel",
                b"w:lvl" | b"w:lvlOverride" => niveau = attribut(b, "w:ilvl").unwrap().parse().unwrap(),
                b"w:start" if multiple => {
                    lu.niveaux.insert((abstrait.clone(), niveau), (val.parse().unwrap(), String::new(), String::new()));
                }
                b"w:numFmt" if multiple => lu.niveaux.get_mut(&(abstrait.clone(), niveau)).unwrap().1 = val,
                b"w:lvlText" if multiple => lu.niveaux.get_mut(&(abstrait.clone(), niveau)).unwrap().2 = val,
                b"w:num" => num = attribut(b, "w:numId").unwrap(),
                b"w:abstractNumId" => drop(lu.instances.insert(num.clone(), (val, HashMap::new()))),
                b"w:startOverride" => drop(lu.instances.get_mut(&num).unwrap().1.insert(niveau, val.parse().unwrap())),
                _ => {}
            }
        });
        let (mut style, mut niveau) = (String::new(), 0);
        parcourir(xml(pieces, "word/styles.xml"), |evenement| {
            let (Event::Start(b) | Event::Empty(b)) = evenement else { return };
            match b.name().as_ref() {
                b"w:style" => (style, niveau) = (attribut(b, "w:styleId").unwrap(), 0),
                b"w:ilvl" => niveau = attribut(b, "w:val").unwrap().parse().unwrap(),
                b"w:numId" => drop(lu.styles.insert(style.clone(), (attribut(b, "w:val").unwrap(), niveau))),
                _ => {}
            }
        });
        lu
    }

    /// The number Word prints before a paragraph, counting it; nothing for ordinary lists.
    fn compter(&mut self, num: &str, niveau: usize) -> String {
        let Some((abstrait, departs)) = self.instances.get(num).cloned() else { return String::new() };
        if !self.niveaux.contains_key(&(abstrait.clone(), niveau)) {
            return String::new();
        }
        if !self.utilisees.contains(&num.to_owned()) {
            self.utilisees.push(num.to_owned());
            for (niveau, depart) in departs {
                self.compteurs.insert((abstrait.clone(), niveau), depart - 1);
            }
        }
        let depart = self.niveaux[&(abstrait.clone(), niveau)].0;
        let compteur = self.compteurs.entry((abstrait.clone(), niveau)).or_insert(depart - 1);
        *compteur += 1;
        self.compteurs.retain(|(a, n), _| *a != abstrait || *n <= niveau);
        let mut texte = self.niveaux[&(abstrait.clone(), niveau)].2.clone();
        for n in 0..=niveau {
            let format = &self.niveaux[&(abstrait.clone(), n)].1;
            let compte = self.compteurs[&(abstrait.clone(), n)];
            let ecrit = match format.as_str() {
                "decimal" => compte.to_string(),
                "upperRoman" => ["", "I", "II", "III", "IV", "V", "VI"][compte as usize].to_owned(),
                "upperLetter" => char::from_u32('A' as u32 + compte - 1).unwrap().to_string(),
                autre => panic!("format {autre}"),
            };
            texte = texte.replace(&format!("%{}", n + 1), &ecrit);
        }
        texte
    }
}

fn parcourir(xml: &str, mut voir: impl FnMut(&Event<'_>)) {
    let mut lecteur = Reader::from_str(xml);
    loop {
        match lecteur.read_event().unwrap() {
            Event::Eof => break,
            evenement => voir(&evenement),
        }
    }
}

/// The words a reader of the Word file sees in the body, automatic numbers included, the table of contents
/// left out.
fn mots_du_word(pieces: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut numerotation = Numerotation::lire(pieces);
    let mut sortie = String::new();
    let (mut controle, mut dans_texte, mut dans_ppr) = (0, false, false);
    let (mut style, mut num, mut niveau) = (String::new(), None, None);
    parcourir(xml(pieces, "word/document.xml"), |evenement| match evenement {
        Event::Start(b) | Event::Empty(b) => {
            let vide = matches!(evenement, Event::Empty(_));
            match b.name().as_ref() {
                b"w:sdt" if !vide => controle += 1,
                b"w:p" => {
                    sortie.push('\n');
                    (style, num, niveau) = (String::new(), None, None);
                }
                b"w:pPr" => dans_ppr = !vide,
                b"w:pStyle" => style = attribut(b, "w:val").unwrap(),
                b"w:numId" if dans_ppr => num = attribut(b, "w:val"),
                b"w:ilvl" if dans_ppr => niveau = attribut(b, "w:val").and_then(|n| n.parse().ok()),
                b"w:t" => dans_texte = !vide && controle == 0,
                b"w:br" | b"w:tab" if controle == 0 => sortie.push(' '),
                _ => {}
            }
        }
        Event::End(b) => match b.name().as_ref() {
            b"w:sdt" => controle -= 1,
            b"w:t" => dans_texte = false,
            b"w:pPr" => {
                dans_ppr = false;
                let du_style = numerotation.styles.get(&style).cloned();
                let place = match (&num, du_style) {
                    (Some(num), _) => Some((num.clone(), niveau.unwrap_or(0))),
                    (None, du_style) => du_style,
                };
                if let (Some((num, niveau)), 0) = (place, controle) {
                    sortie.push_str(&numerotation.compter(&num, niveau));
                }
            }
            _ => {}
        },
        Event::Text(texte) if dans_texte => sortie.push_str(&texte.decode().unwrap()),
        Event::GeneralRef(reference) if dans_texte => {
            let brut = format!("&{};", reference.decode().unwrap());
            sortie.push_str(&quick_xml::escape::unescape(&brut).unwrap());
        }
        _ => {}
    });
    sortie.split_whitespace().map(str::to_owned).collect()
}

/// The words of the tree that XML can hold.
fn mots_de_l_arbre(document: &Document) -> Vec<String> {
    let permis = |c: &char| c.is_whitespace() || *c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let texte: String = mots::texte(document).chars().map(|c| if permis(&c) { c } else { ' ' }).collect();
    texte.split_whitespace().map(str::to_owned).collect()
}

#[track_caller]
fn memes_mots(document: &Document) {
    assert_eq!(mots_du_word(&pieces(document)), mots_de_l_arbre(document));
}

#[test]
fn the_words_are_those_of_the_tree() {
    memes_mots(&exemple());
    memes_mots(&Document { identite: exemple_arbre(Etat::Definitif).identite, ..exemple() });
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert!(pieces(&exemple()) == pieces(&exemple()));
    let octets = || docx::rendre(&exemple(), &docx::Options::default()).unwrap();
    assert!(octets() == octets());
}

#[test]
fn every_part_is_well_formed_and_no_declared_part_is_missing() {
    let pieces = pieces(&exemple());
    for (nom, contenu) in &pieces {
        if !nom.starts_with("word/media/") {
            parcourir(std::str::from_utf8(contenu).unwrap(), |_| {});
        }
    }
    parcourir(xml(&pieces, "[Content_Types].xml"), |evenement| {
        if let Event::Empty(b) = evenement
            && let Some(nom) = attribut(b, "PartName")
        {
            assert!(pieces.contains_key(nom.trim_start_matches('/')), "{nom}");
        }
    });
}

#[test]
fn relationships_and_bookmarks_that_are_named_exist() {
    let pieces = pieces(&exemple());
    let (mut relations, mut signets, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    parcourir(xml(&pieces, "word/_rels/document.xml.rels"), |evenement| {
        if let Event::Empty(b) = evenement {
            relations.push(attribut(b, "Id").unwrap());
        }
    });
    let mut voulus = Vec::new();
    parcourir(xml(&pieces, "word/document.xml"), |evenement| {
        let (Event::Start(b) | Event::Empty(b)) = evenement else { return };
        for nom in ["r:id", "r:embed"] {
            if let Some(id) = attribut(b, nom) {
                assert!(relations.contains(&id), "{id}");
            }
        }
        if b.name().as_ref() == b"w:bookmarkStart" {
            signets.push(attribut(b, "w:name").unwrap());
            ids.push(attribut(b, "w:id").unwrap());
        }
        voulus.extend(attribut(b, "w:anchor"));
    });
    for voulu in voulus {
        assert!(signets.contains(&voulu), "{voulu}");
    }
    for liste in [&mut signets, &mut ids] {
        let nombre = liste.len();
        liste.sort();
        liste.dedup();
        assert_eq!(liste.len(), nombre, "a bookmark is repeated");
    }
}

#[test]
fn header_rows_repeat_and_the_language_is_french() {
    let pieces = pieces(&exemple());
    let corps = xml(&pieces, "word/document.xml");
    assert_eq!(corps.matches("<w:tblHeader/>").count(), 4);
    assert!(corps.contains("<w:cantSplit/>"));
    assert!(corps.contains(r#"w:orient="landscape""#));
    assert!(corps.contains(r#"descr="Carte des établissements""#));
    assert!(xml(&pieces, "word/styles.xml").contains(r#"<w:lang w:val="fr-FR""#));
}

#[test]
fn the_note_of_a_table_stays_with_its_last_row() {
    let pieces = pieces(&exemple());
    let corps = xml(&pieces, "word/document.xml");
    let (avant, _) = corps.split_once("états prévisionnels transmis").unwrap();
    let derniere = &avant[avant.rfind("<w:tr>").or(avant.rfind("<w:tr ")).unwrap()..];
    let (ligne, entre) = derniere.split_once("</w:tr>").unwrap();
    assert!(!entre.contains("<w:tr>"), "the note follows the table");
    assert_eq!(ligne.matches("<w:keepNext/>").count(), ligne.matches("<w:p>").count(), "{ligne}");
    // The row before is kept with the total; those above are free to break.
    let haut = avant.rsplit("<w:tr>").nth(2).unwrap();
    assert!(!haut.contains("<w:keepNext/>"), "{haut}");
}

#[test]
fn a_value_with_a_superscript_is_in_a_control_that_can_hold_it() {
    let pieces = pieces(&document(&json("fixtures/ara/exemple.json")));
    let corps = xml(&pieces, "word/document.xml");
    let (avant, apres) = corps.split_once("Saint-Priest et Lyon 8<").unwrap();
    let controle = &avant[avant.rfind("<w:sdtPr>").unwrap()..];
    assert!(controle.contains("<w:richText/>") && !controle.contains("<w:text/>"), "{controle}");
    assert!(apres.split("</w:sdtContent>").next().unwrap().contains(r#"<w:vertAlign w:val="superscript"/>"#));
    assert!(corps.matches("<w:text/>").count() > 100, "values of one look are plain text");
}

#[test]
fn article_numbers_are_words_own_when_they_follow_each_other() {
    let pieces = pieces(&exemple());
    let (_, corps) = xml(&pieces, "word/document.xml").split_once("</w:sdt>").unwrap();
    assert!(!corps.contains(">Article"), "articles are numbered by Word");
    assert!(xml(&pieces, "word/numbering.xml").contains("w:lvlText w:val=\"Article\u{a0}%1\u{a0}– \""));
}

#[test]
fn numbers_word_cannot_count_are_printed_as_text() {
    let article = |texte: &str, rang| titre(2, numero(Serie::Article, "Article ", texte, rang), "Suite", "");
    let sous = |texte: &str, rang| titre(3, numero(Serie::SousArticle, "", texte, rang), "Détail", "");
    let suites: [Vec<cpom::document::Noeud>; 6] = [
        // A part printed alone, a gap, a restart.
        vec![article("5", 5), sous("5-1", 1), article("8", 8), sous("8-1", 1), sous("8-2", 2), article("1", 1)],
        vec![sous("3-1", 1), sous("3-2", 2)],
        vec![article("1er", 1), article("2", 2), article("3", 3)],
        vec![article("2", 2), sous("2-1", 1), sous("2-3", 3), sous("2-4", 4), article("3", 3), sous("3-1", 1)],
        vec![article("IV", 4), sous("IV.1", 1), article("V", 5), sous("V-1", 1)],
        vec![
            titre(2, numero(Serie::Article, "100 %1 ", "1", 1), "Pour cent", ""),
            titre(2, None, "Sans numéro", ""),
            titre(2, numero(Serie::Article, "Article ", "2000000000", 2_000_000_000), "Grand", ""),
            titre(1, numero(Serie::Annexe, "Annexe ", "B", 2), "Lettre", ""),
            titre(1, numero(Serie::Annexe, "Annexe ", "C", 3), "Lettre", ""),
        ],
    ];
    for suite in suites {
        memes_mots(&avec(suite));
    }
}

#[test]
fn hostile_texts_come_out_as_they_are() {
    let longs = "x".repeat(10_000);
    let hostiles = [
        "a & b < c > d \"e\" 'f'",
        "&amp; &lt;w:p/&gt; &#10; &quot;",
        "]]> <![CDATA[ --> <?xml?>",
        "ctrl \u{0}\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f} fin",
        "\u{FFFE}\u{FFFF} bords",
        "emoji 👩‍👩‍👧 🇫🇷 arabe العربية hébreu עברית",
        "ligne\nsuivante\r\nencore\ttabulation",
        "{{ x }} #let *gras* _it_ \\n %s \u{202e}",
        &longs,
    ];
    for hostile in hostiles {
        let inline = || vec![t(hostile), Inline::Lien { url: hostile.to_owned(), contenu: vec![t(hostile)] }];
        let mut document = avec(vec![
            titre(1, numero(Serie::Titre, hostile, "1", 1), hostile, "a"),
            titre(2, numero(Serie::Article, "Article ", hostile, 1), hostile, hostile),
            styles(Style::Corps, inline()),
            noeud(Bloc::Encadre { titre: inline(), blocs: vec![par(hostile)] }),
            noeud(Bloc::Tableau(cpom::document::Tableau {
                legende: Some(inline()),
                colonnes: Vec::new(),
                entete: vec![cellule(hostile)],
                lignes: vec![cpom::document::Ligne {
                    genre: cpom::document::GenreLigne::Normale,
                    cellules: (0..70).map(|_| cellule(hostile)).collect(),
                }],
                paysage: true,
                densite: 9,
            })),
        ]);
        document.identite.titre = hostile.to_owned();
        document.identite.reference = hostile.to_owned();
        document.identite.date = hostile.to_owned();
        memes_mots(&document);
        let pieces = pieces(&document);
        for (nom, contenu) in &pieces {
            if !nom.starts_with("word/media/") {
                parcourir(std::str::from_utf8(contenu).unwrap(), |_| {});
            }
        }
    }
}

#[test]
fn empty_things_do_not_break_the_file() {
    memes_mots(&Document { parties: Vec::new(), ..exemple() });
    memes_mots(&avec(vec![
        noeud(Bloc::SautDePage),
        noeud(Bloc::Liste(Liste { depart: Some(u32::MAX), elements: vec![Vec::new(), vec![par("")]] })),
        noeud(Bloc::Formulaire { lignes: Vec::new() }),
        noeud(Bloc::Signatures { signatures: Vec::new() }),
        noeud(Bloc::Encadre { titre: Vec::new(), blocs: Vec::new() }),
        noeud(Bloc::Images { images: Vec::new(), hauteur_mm: 0 }),
        noeud(Bloc::Sommaire { profondeur: 0 }),
    ]));
}

#[test]
fn a_picture_word_cannot_show_is_replaced_by_its_alternative_text() {
    let mut document = avec(vec![noeud(Bloc::Image { source: 0, alternative: "Le plan".to_owned(), largeur_mm: 50 })]);
    for (octets, format) in [(b"<svg".to_vec(), FormatImage::Svg), (b"\x89PNG".to_vec(), FormatImage::Png)] {
        document.images = vec![Image { octets: octets.into(), format }];
        assert_eq!(mots_du_word(&pieces(&document)), ["[Le", "plan]"]);
    }
}

#[test]
fn an_svg_is_drawn_and_loads_nothing_from_outside() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"><rect width="40" height="20" fill="#123456"/><image x:href="/etc/hostname" width="9" height="9"/><text y="9">ARS</text></svg>"##;
    let mut document = avec(vec![noeud(Bloc::Images { images: vec![(0, "L’agence".to_owned())], hauteur_mm: 10 })]);
    document.images = vec![Image { octets: svg.as_bytes().into(), format: FormatImage::Svg }];
    let pieces = pieces(&document);
    let png = &pieces["word/media/image0.png"];
    assert!(png.starts_with(b"\x89PNG"));
    // 10 mm high at 300 dots an inch, twice as wide.
    assert_eq!(png[16..24], [0, 0, 0, 236, 0, 0, 0, 118]);
    assert!(xml(&pieces, "word/document.xml").contains(r#"descr="L’agence""#));
}

#[test]
fn the_table_of_contents_lists_the_plan_only() {
    let mut dedans = titre(2, None, "Un intertitre", "b");
    let Bloc::Titre(t) = &mut dedans.bloc else { unreachable!() };
    t.au_sommaire = false;
    let document = avec(vec![
        noeud(Bloc::Sommaire { profondeur: 3 }),
        titre(1, numero(Serie::Titre, "TITRE ", "1", 1), "Un titre", "a"),
        dedans,
        titre(2, numero(Serie::Article, "Article ", "1", 1), "Un article", "c"),
    ]);
    let pieces = pieces(&document);
    let corps = xml(&pieces, "word/document.xml");
    assert_eq!(corps.matches("Un intertitre").count(), 1);
    assert_eq!(corps.matches("Un article").count(), 2);
    // Word makes the same list again: from its heading styles, whatever the outline level of others.
    assert!(corps.contains(r#"w:val="Intertitre2""#));
    assert!(corps.contains(r#"TOC \o "1-3" \h \z "#) || corps.contains(r"TOC \o &quot;1-3&quot; \h \z "));
    assert!(!corps.contains(r"\u"));
    assert!(xml(&pieces, "word/styles.xml").contains(r#"w:styleId="Intertitre2""#));
}

#[test]
fn a_draft_without_date_prints() {
    let mut document = exemple();
    document.identite.etat = Etat::Projet;
    document.identite.date = String::new();
    memes_mots(&document);
    assert!(!xml(&pieces(&document), "docProps/core.xml").contains("dcterms:created"));
}

#[test]
fn the_plain_text_says_every_word_of_the_tree() {
    let document = exemple();
    let texte = texte::rendre(&document);
    for mot in mots_de_l_arbre(&document) {
        assert!(texte.contains(&mot), "{mot}");
    }
    assert!(texte.contains("\n## Article\u{a0}1\u{a0}– Objet\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_gives_a_readable_file(texte in any::<String>(), adresse in any::<String>()) {
        let lien = Inline::Lien { url: format!("https://a{adresse}"), contenu: vec![t(&texte)] };
        memes_mots(&avec(vec![par(&texte), styles(Style::Note, vec![lien])]));
    }
}
