//! A house's own Word file gives its look to ours, and takes nothing of what the document says or does.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use cpom::document::{Document, Etat};
use cpom::rendu::docx::{self, Gabarit, GabaritRefuse, Options};
use proptest::prelude::*;

use super::arbre::exemple_arbre;
use super::docx::exemple;
use super::outils::{Atelier, deballer, emballer, racine};

type Pieces = BTreeMap<String, String>;

/// The parts of the house template of the tests; pictures are kept as bytes.
fn parties() -> BTreeMap<String, Vec<u8>> {
    let dossier = racine().join("tests/donnees/gabarit");
    let mut sortie = BTreeMap::new();
    let mut a_voir = vec![dossier.clone()];
    while let Some(ici) = a_voir.pop() {
        for entree in fs::read_dir(&ici).unwrap() {
            let chemin = entree.unwrap().path();
            if chemin.is_dir() {
                a_voir.push(chemin);
            } else {
                let nom = chemin.strip_prefix(&dossier).unwrap().to_string_lossy().into_owned();
                sortie.insert(nom, fs::read(&chemin).unwrap());
            }
        }
    }
    assert!(sortie.len() > 10);
    sortie
}

/// The template with a change in one of its parts.
fn avec(nom: &str, de: &str, a: &str) -> Vec<u8> {
    let mut parties = parties();
    let texte = String::from_utf8(parties[nom].clone()).unwrap();
    assert!(texte.contains(de), "{nom} has no {de}");
    parties.insert(nom.to_owned(), texte.replace(de, a).into_bytes());
    emballer(&parties)
}

fn imprimer(document: &Document, gabarit: &[u8]) -> Vec<u8> {
    let gabarit = Some(Arc::new(Gabarit::lire(gabarit).unwrap_or_else(|refus| panic!("{refus}"))));
    docx::rendre(document, &Options { gabarit, ..Options::default() }).unwrap()
}

fn exemple_arbre_sans_images(etat: Etat) -> Document {
    Document { images: exemple().images, ..exemple_arbre(etat) }
}

fn ouvrir(octets: &[u8]) -> Pieces {
    let octets = deballer(octets).into_iter();
    octets.map(|(nom, contenu)| (nom, String::from_utf8_lossy(&contenu).into_owned())).collect()
}

fn maison() -> Pieces {
    ouvrir(&imprimer(&exemple(), &emballer(&parties())))
}

/// The definition of a style.
fn style<'p>(pieces: &'p Pieces, id: &str) -> &'p str {
    let styles = &pieces["word/styles.xml"];
    let debut = styles.find(&format!(r#"w:styleId="{id}""#)).unwrap_or_else(|| panic!("no style {id}"));
    let reste = &styles[debut..];
    &reste[..reste.find("</w:style>").unwrap()]
}

#[test]
fn a_style_of_the_house_replaces_ours_of_the_same_name_and_keeps_what_the_document_does() {
    let pieces = maison();
    let titre = style(&pieces, "Heading1");
    assert!(titre.contains(r#"<w:color w:val="6A003C"/>"#) && titre.contains("<w:caps/>"), "{titre}");
    // Ours: the number that the tree gives, the outline, staying with what follows.
    assert!(titre.contains("<w:keepNext/>") && titre.contains(r#"<w:outlineLvl w:val="0"/>"#), "{titre}");
    let seul = ouvrir(&docx::rendre(&exemple(), &Options::default()).unwrap());
    let numero =
        |style: &str| style.split("<w:numPr>").nth(1).map(|s| s.split("</w:numPr>").next().unwrap().to_owned());
    assert_eq!(numero(titre), numero(style(&seul, "Heading1")));
    assert!(
        titre.contains(r#"<w:next w:val="Corps"/>"#) && titre.contains(r#"<w:link w:val="Titre1Car"/>"#),
        "{titre}"
    );
    // French identifiers of the template lead to ours, and what nothing names is let go.
    assert!(style(&pieces, "Titre1Car").contains(r#"<w:basedOn w:val="DefaultParagraphFont"/>"#));
    assert!(style(&pieces, "Heading2").contains(r#"<w:basedOn w:val="Heading1"/>"#));
    assert!(style(&pieces, "Corps").contains(r#"<w:spacing w:after="140"/>"#));
    assert!(!pieces["word/styles.xml"].contains("Absent") && !pieces["word/styles.xml"].contains(r#"="en-"#));
    assert!(pieces["word/styles.xml"].contains("Georgia"));
}

#[test]
fn missing_styles_are_added_and_unknown_ones_kept_under_a_name_of_their_own() {
    let pieces = maison();
    // « Note » is an identifier of ours, « Encadré » a name of ours.
    assert!(style(&pieces, "NoteGabarit1").contains(r#"<w:name w:val="Note de service"/><w:basedOn w:val="Corps"/>"#));
    assert!(style(&pieces, "Lacune2").contains(r#"<w:name w:val="Encadré (gabarit)"/>"#));
    for id in ["Heading5", "TOC1", "Caption", "TableauCpom", "Celluleentetecentree", "Intertitre3"] {
        style(&pieces, id);
    }
    // Our tables take the colour of the house's headings.
    assert!(!pieces["word/styles.xml"].contains("1F3864"), "our blue beside the house's red");
    // The house's own list comes along, its heading list does not lead.
    let puce = style(&pieces, "PuceARS");
    assert!(puce.contains(r#"<w:numId w:val="100002"/>"#), "{puce}");
    let listes = &pieces["word/numbering.xml"];
    assert!(listes.contains(r#"<w:num w:numId="100002"><w:abstractNumId w:val="100001"/>"#), "{listes}");
    assert!(!listes.contains(r#"w:abstractNumId="100000""#), "{listes}");
    assert!(listes.contains(r#"<w:pStyle w:val="PuceARS"/>"#));
}

#[test]
fn a_style_that_rests_on_a_numbered_heading_has_no_number() {
    let pieces = maison();
    for id in ["TOCHeading", "Intertitre2"] {
        assert!(style(&pieces, id).contains(r#"<w:numPr><w:numId w:val="2"/></w:numPr>"#), "{}", style(&pieces, id));
    }
}

#[test]
fn the_margins_of_the_house_are_those_of_the_pages_and_of_their_tables() {
    let pieces = maison();
    let corps = &pieces["word/document.xml"];
    let portrait = r#"<w:pgMar w:top="1985" w:right="1134" w:bottom="1418" w:left="1418" w:header="567" w:footer="567" w:gutter="0"/>"#;
    assert!(corps.contains(portrait));
    assert!(corps.contains(r#"w:left="1021" w:header="567""#), "a landscape page keeps narrow sides");
    let largeur = 11_906 - 1_418 - 1_134;
    assert!(style(&pieces, "TOC1").contains(&format!(r#"w:leader="dot" w:pos="{largeur}""#)));
    // Another template, whose landscape pages have margins of their own, in centimetres.
    let deux = avec(
        "word/document.xml",
        "<w:sectPr>",
        r#"<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="2cm" w:right="1.5cm" w:bottom="2cm" w:left="1.5cm" w:header="1cm" w:footer="1cm" w:gutter="0"/></w:sectPr></w:pPr></w:p><w:sectPr>"#,
    );
    let corps = ouvrir(&imprimer(&exemple(), &deux))["word/document.xml"].clone();
    assert!(corps.contains(r#"<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="850" w:header="567""#));
    assert!(corps.contains(portrait));
}

/// The header or footer that a section names, by its orientation.
fn bandeaux(pieces: &Pieces, genre: &str) -> Vec<String> {
    let relations = &pieces["word/_rels/document.xml.rels"];
    let cible = |id: &str| {
        let ligne = relations.split("<Relationship ").find(|r| r.contains(&format!(r#"Id="{id}""#))).unwrap();
        let cible = ligne.split(r#"Target=""#).nth(1).unwrap().split('"').next().unwrap();
        pieces[&format!("word/{cible}")].clone()
    };
    let noms = ["Garde", "Portrait", "Paysage"].map(|section| format!("rId{genre}{section}"));
    noms.iter().filter(|id| relations.contains(&format!(r#"Id="{id}""#))).map(|id| cible(id)).collect()
}

#[test]
fn headers_and_footers_are_the_house_s_with_our_reference_below() {
    let pieces = maison();
    let entetes = bandeaux(&pieces, "Entete");
    let [garde, portrait, paysage] = entetes.as_slice() else { panic!("three headers: {entetes:?}") };
    // The first page of the template is our cover.
    assert!(garde.contains("1440000") && garde.contains("PROJET") && !garde.contains("Direction"), "{garde}");
    for entete in [portrait, paysage] {
        assert!(entete.contains("720000") && entete.contains("Direction de l’offre"), "{entete}");
        assert!(entete.contains(r#"<w:pStyle w:val="Header"/>"#), "the house's style under our name: {entete}");
        assert!(entete.contains("PROJET") && entete.contains(&exemple().identite.reference), "{entete}");
        assert!(!entete.contains("ancien intitulé") && !entete.contains("<w:ins") && !entete.contains("bookmark"));
    }
    // The house numbers its pages: no second number, and no footer on the cover, where it has none.
    let pieds = bandeaux(&pieces, "Pied");
    assert_eq!(pieds.len(), 2);
    assert!(pieds.iter().all(|p| p.contains("Agence") && !p.contains("NUMPAGES")), "{pieds:?}");
    // One copy of the logo, that each header names.
    assert!(pieces.contains_key("word/media/gabarit1.png") && !pieces.contains_key("word/media/gabarit2.png"));
    assert!(pieces["word/_rels/header1.xml.rels"].contains("media/gabarit1.png"));
    assert!(pieces["[Content_Types].xml"].contains(r#"PartName="/word/media/gabarit1.png" ContentType="image/png""#));
    assert!(!pieces["word/fontTable.xml"].contains("embedRegular"));
    // Without a number in the house's footer, ours is there.
    let sans = avec("word/footer1.xml", "PA</w:instrText>", "AUTHOR</w:instrText>");
    assert!(bandeaux(&ouvrir(&imprimer(&exemple(), &sans)), "Pied").iter().all(|p| p.contains("NUMPAGES")));
}

#[test]
fn a_file_of_ours_saved_by_a_word_processor_leaves_no_line_of_another_contract() {
    // Word and LibreOffice make identifiers again out of names, and number drawings again.
    let mut premier =
        deballer(&docx::rendre(&exemple_arbre_sans_images(Etat::Definitif), &Options::default()).unwrap());
    for (nom, octets) in &mut premier {
        if nom.ends_with(".xml") {
            let texte = String::from_utf8_lossy(octets).into_owned();
            let texte = ["EntetePortrait", "EntetePaysage", "PiedPortrait", "PiedPaysage"]
                .iter()
                .fold(texte, |texte, id| texte.replace(&format!("\"{id}\""), &format!("\"{id}Autre\"")));
            *octets = texte.replace("Filigrane", "_x0000_s").into_bytes();
        }
    }
    let autre = Document {
        identite: cpom::document::Identite { reference: "AUTRE-CONTRAT".to_owned(), ..exemple().identite },
        ..exemple()
    };
    let entetes = bandeaux(&ouvrir(&imprimer(&autre, &emballer(&premier))), "Entete");
    for entete in &entetes {
        assert!(!entete.contains(&exemple().identite.reference), "{entete}");
        assert!(entete.matches("<v:textpath ").count() <= 2, "{entete}");
    }
    assert!(entetes.iter().any(|e| e.contains("AUTRE-CONTRAT")));
}

#[test]
fn a_cover_that_is_a_section_of_its_own_dresses_the_cover_alone() {
    let couverture = avec(
        "word/document.xml",
        "<w:p><w:r>",
        r#"<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId6"/><w:pgSz w:w="11906.4" w:h="16837.9"/><w:pgMar w:top="0" w:right="0" w:bottom="0" w:left="0" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr></w:pPr></w:p><w:p><w:r>"#,
    );
    let mut parties = deballer(&couverture);
    let document = String::from_utf8(parties["word/document.xml"].clone()).unwrap();
    parties.insert(
        "word/document.xml".to_owned(),
        document.replace("<w:titlePg/>", "").replace("1418", "1418.4").into_bytes(),
    );
    let pieces = ouvrir(&imprimer(&exemple(), &emballer(&parties)));
    let entetes = bandeaux(&pieces, "Entete");
    assert!(entetes[0].contains("1440000") && !entetes[0].contains("Direction"), "{}", entetes[0]);
    assert!(entetes[1].contains("Direction de l’offre"), "{}", entetes[1]);
    assert!(
        pieces["word/document.xml"].contains(r#"<w:pgMar w:top="1985" w:right="1134" w:bottom="1418" w:left="1418""#)
    );
}

#[test]
fn even_pages_have_their_headers_where_the_house_has_some() {
    let mut parties = parties();
    let mut changer = |nom: &str, de: &str, a: &str| {
        let texte = String::from_utf8(parties[nom].clone()).unwrap();
        assert!(texte.contains(de));
        parties.insert(nom.to_owned(), texte.replace(de, a).into_bytes());
    };
    changer("word/settings.xml", "<w:zoom", "<w:evenAndOddHeaders/><w:zoom");
    changer(
        "word/document.xml",
        "<w:footerReference",
        r#"<w:headerReference w:type="even" r:id="rId6"/><w:footerReference"#,
    );
    let pieces = ouvrir(&imprimer(&exemple(), &emballer(&parties)));
    assert!(pieces["word/settings.xml"].contains("<w:evenAndOddHeaders/>"));
    assert!(pieces["word/document.xml"].contains(r#"<w:headerReference w:type="even" r:id="rIdEntetePortraitPair"/>"#));
}

/// Text of all the paragraphs, in order.
fn mots(pieces: &Pieces) -> String {
    let corps = &pieces["word/document.xml"];
    let morceaux = corps.replace("<w:t xml:space=\"preserve\">", "<w:t>");
    morceaux.split("<w:t>").skip(1).filter_map(|t| t.split("</w:t>").next()).collect()
}

#[test]
fn the_words_and_the_definitive_form_do_not_change() {
    for etat in [Etat::Projet, Etat::Definitif] {
        let document = Document { images: exemple().images, ..exemple_arbre(etat) };
        let seul = ouvrir(&docx::rendre(&document, &Options::default()).unwrap());
        let habille = ouvrir(&imprimer(&document, &emballer(&parties())));
        assert_eq!(mots(&seul), mots(&habille));
        assert!(!mots(&habille).contains("Texte du modèle"));
        assert_eq!(etat == Etat::Definitif, !habille.values().any(|p| p.contains("PROJET")));
    }
}

#[test]
fn a_file_of_ours_is_a_house_style_that_changes_nothing() {
    let document = exemple();
    let premier = docx::rendre(&document, &Options::default()).unwrap();
    let second = imprimer(&document, &premier);
    let (un, deux) = (ouvrir(&premier), ouvrir(&second));
    assert_eq!(un["word/document.xml"], deux["word/document.xml"]);
    assert_eq!(bandeaux(&un, "Entete").len(), 3);
    for (avant, apres) in bandeaux(&un, "Entete").iter().zip(bandeaux(&deux, "Entete")) {
        assert_eq!(avant.matches("PROJET").count(), apres.matches("PROJET").count(), "{apres}");
    }
    assert_eq!(
        style(&un, "Heading1").matches("w:spacing").count(),
        style(&deux, "Heading1").matches("w:spacing").count()
    );
    assert_eq!(second, imprimer(&document, &second), "and once more");
}

#[test]
fn a_bad_template_is_refused_with_what_to_do() {
    let refus = |octets: &[u8]| Gabarit::lire(octets).expect_err("a refusal");
    let sans = |nom: &str| {
        let mut parties = parties();
        assert!(parties.remove(nom).is_some());
        emballer(&parties)
    };
    assert_eq!(refus(b"bonjour"), GabaritRefuse::PasWord);
    assert_eq!(refus(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]), GabaritRefuse::Ancien);
    assert_eq!(refus(&sans("[Content_Types].xml")), GabaritRefuse::PasWord);
    assert_eq!(refus(&sans("word/styles.xml")), GabaritRefuse::SansStyles);
    assert_eq!(refus(&sans("word/document.xml")), GabaritRefuse::PartieIllisible("word/document.xml".to_owned()));
    let document = "wordprocessingml.document.main+xml";
    let contenus = "[Content_Types].xml";
    assert_eq!(
        refus(&avec(
            contenus,
            &format!("openxmlformats-officedocument.{document}"),
            "ms-word.document.macroEnabled.main+xml"
        )),
        GabaritRefuse::Macros
    );
    assert_eq!(refus(&avec(contenus, document, "spreadsheetml.sheet.main+xml")), GabaritRefuse::PasWord);
    let relations = "word/_rels/document.xml.rels";
    let ole = r#"<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>"#;
    assert_eq!(refus(&avec(relations, "</Relationships>", ole)), GabaritRefuse::Macros);
    let strict =
        ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/");
    assert_eq!(refus(&avec("_rels/.rels", strict.0, strict.1)), GabaritRefuse::Strict);
    assert_eq!(
        refus(&avec("word/styles.xml", "</w:styles>", "")),
        GabaritRefuse::PartieIllisible("word/styles.xml".to_owned())
    );
    let champ = avec("word/footer1.xml", "PA</w:instrText>", "INCLUDETEXT \"C:\\x\" </w:instrText>");
    assert_eq!(refus(&champ), GabaritRefuse::Champ { lieu: "pied de page", champ: "INCLUDETEXT".to_owned() });
    for marge in ["€", "141\u{FFFD}", "5500", "-20", "beaucoup", "99999999999"] {
        let large = avec("word/document.xml", r#"w:left="1418""#, &format!(r#"w:left="{marge}""#));
        assert_eq!(refus(&large), GabaritRefuse::Marges, "{marge}");
    }
    let externe = r#"Target="https://exemple.fr/logo.png" TargetMode="External""#;
    let entete = "word/_rels/header1.xml.rels";
    assert_eq!(
        refus(&avec(entete, r#"Target="media/image1.png""#, externe)),
        GabaritRefuse::ImageExterne { lieu: "en-tête", adresse: "https://exemple.fr/logo.png".to_owned() }
    );
    assert_eq!(
        refus(&avec(entete, "relationships/image", "relationships/oleObject")),
        GabaritRefuse::Objet { lieu: "en-tête" }
    );
    assert_eq!(
        refus(&avec(contenus, "image/png", "application/x-msdownload")),
        GabaritRefuse::Image { lieu: "en-tête", fichier: "image1.png".to_owned() }
    );
    let profond = format!("{}{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
    assert_eq!(
        refus(&avec("word/document.xml", "<w:sectPr>", &format!("{profond}<w:sectPr>"))),
        GabaritRefuse::PartieIllisible("word/document.xml".to_owned())
    );
    for message in [refus(b""), refus(&sans("word/styles.xml"))] {
        assert!(message.to_string().contains("À faire : "), "{message}");
    }
}

#[test]
fn styles_that_rest_on_each_other_rest_on_nothing() {
    let boucle = avec(
        "word/styles.xml",
        r#"<w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>"#,
        r#"<w:name w:val="Body Text"/><w:basedOn w:val="Note"/>"#,
    );
    let pieces = ouvrir(&imprimer(&exemple(), &boucle));
    let bases = ["Corps", "NoteGabarit1"].map(|id| style(&pieces, id).contains("basedOn"));
    assert!(bases != [true, true], "{bases:?}");
}

#[test]
fn the_command_takes_a_house_style_or_says_why_not_and_writes_nothing() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("maison.docx", emballer(&parties()));
    atelier.ecrire("faux.docx", "bonjour");
    let contrat = racine().join("fixtures/bretagne/exemple.json").display().to_string();
    let refus = atelier.cpom(&["generer", &contrat, "--format", "docx", "--gabarit", "faux.docx"]);
    assert_eq!(refus.code, 2, "{}", refus.erreurs);
    assert!(
        refus.erreurs.contains("le gabarit « faux.docx » ne peut pas servir : ce n'est pas un document Word"),
        "{}",
        refus.erreurs
    );
    assert!(atelier.noms("sortie").is_empty());
    let fait = atelier.cpom(&["generer", &contrat, "--format", "docx", "--gabarit", "maison.docx"]);
    assert_eq!(fait.code, 0, "{}", fait.erreurs);
    // What comes back from it comes back the same.
    let nom = atelier.noms("sortie").remove(0);
    let reprise = atelier.cpom(&["reprendre", &format!("sortie/{nom}"), "--contrat", &contrat]);
    assert_eq!(reprise.code, 0, "{}{}", reprise.sortie, reprise.erreurs);
    assert!(reprise.sortie.contains("Aucune valeur n'a changé."), "{}", reprise.sortie);
    // Tracked changes too may wear it.
    let suivi = atelier.cpom(&["comparer", &contrat, &contrat, "--docx", "suivi.docx", "--gabarit", "maison.docx"]);
    assert_eq!(suivi.code, 0, "{}", suivi.erreurs);
    assert!(ouvrir(&fs::read(atelier.chemin("suivi.docx")).unwrap()).contains_key("word/media/gabarit1.png"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is changed in it, a template is read or refused, and a file that could be read can be printed with.
    #[test]
    fn a_damaged_template_never_breaks_the_program(partie in 0usize..14, place in 0usize..100_000, octet: u8, coupe: bool) {
        let mut parties = parties();
        let nom = parties.keys().nth(partie % parties.len()).unwrap().clone();
        let octets = parties.get_mut(&nom).unwrap();
        let place = place % octets.len();
        if coupe {
            octets.truncate(place);
        } else {
            octets[place] = octet;
        }
        if let Ok(gabarit) = Gabarit::lire(&emballer(&parties)) {
            let options = Options { gabarit: Some(Arc::new(gabarit)), ..Options::default() };
            docx::rendre(&exemple(), &options).unwrap();
        }
    }
}
