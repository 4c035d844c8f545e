//! Whatever a reader puts in a Word file comes back: read, or listed with its place; what is left untouched stays silent.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::outils::{Atelier, Passage, deballer, emballer};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
/// A paragraph of ours, outside the fields.
const PHRASE: &str = "Le présent contrat traduit cette démarche";

type Parties = BTreeMap<String, Vec<u8>>;

fn contrat() -> Value {
    json!({
        "version_schema": "1",
        "reference": "RELU",
        "modele": {"id": "paca"},
        "periode": {"debut": "2026-01-01", "duree_annees": 5},
        "signature": {"lieu": "Toulon", "date": "2025-12-01"},
        "parties": {
            "autorites": [{"id": "ars-paca", "type": "ars", "region": "93"}],
            "gestionnaires": [{"id": "essai", "nom": "Association d'essai"}]
        },
        "perimetre": {"etablissements": [
            {"id": "ime-essai", "nom": "IME d'essai", "gestionnaire": "essai"},
            {"id": "sessad-essai", "nom": "SESSAD d'essai", "gestionnaire": "essai"}
        ]},
        "preambule": {"contexte": "Une association **ancienne** et connue.\n\nElle se transforme."},
        "objectifs": [{"id": "obj-essai", "titre": "Un objectif d'essai"}],
        "moyens": {"cnr": [{"annee": 2026, "montant": 62400, "autorite": "ars-paca", "objet": "essai"}]}
    })
}

/// The contract of these tests and the parts of its Word file, printed once.
static IMPRIME: LazyLock<(String, Parties)> = LazyLock::new(|| {
    let atelier = Atelier::nouveau();
    atelier.contrat(&contrat());
    let passage = atelier.cpom(&["generer", "contrat.json", "--format", "docx"]);
    assert!(passage.code <= 1, "{}", passage.tout());
    let docx = std::fs::read(atelier.chemin("sortie/RELU.docx")).unwrap_or_else(|e| panic!("{e}: {}", passage.tout()));
    (serde_json::to_string_pretty(&contrat()).unwrap(), deballer(&docx))
});

/// Takes back the printed file once it is changed.
fn reprendre(changer: impl FnOnce(&mut Parties), arguments: &[&str]) -> Passage {
    let mut parties = IMPRIME.1.clone();
    changer(&mut parties);
    relire(&emballer(&parties), arguments)
}

fn relire(octets: &[u8], arguments: &[&str]) -> Passage {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", &IMPRIME.0);
    atelier.ecrire("relu.docx", octets);
    let base = ["reprendre", "relu.docx", "--contrat", "contrat.json"];
    atelier.cpom(&[&base[..], arguments].concat())
}

/// Changes the text of a part.
fn part(parties: &mut Parties, nom: &str, changer: impl FnOnce(String) -> String) {
    let octets = parties.get_mut(nom).unwrap_or_else(|| panic!("{nom}"));
    *octets = changer(String::from_utf8(std::mem::take(octets)).unwrap()).into_bytes();
}

fn dans_le_corps(changer: impl FnOnce(String) -> String) -> impl FnOnce(&mut Parties) {
    |parties| part(parties, "word/document.xml", changer)
}

/// Puts something at the end of a paragraph of ours.
fn dans_la_phrase(xml: &str, ajout: &str) -> String {
    let debut = xml.find(PHRASE).expect("the sentence");
    let fin = debut + xml[debut..].find("</w:p>").unwrap();
    format!("{}{ajout}{}", &xml[..fin], &xml[fin..])
}

/// Puts a block before that paragraph.
fn avant_la_phrase(xml: &str, ajout: &str) -> String {
    let phrase = xml.find(PHRASE).expect("the sentence");
    let debut = xml[..phrase].rfind("<w:p>").unwrap();
    format!("{}{ajout}{}", &xml[..debut], &xml[debut..])
}

fn ajouter_partie(parties: &mut Parties, nom: &str, contenu: &str, genre: &str, contenu_type: &str) {
    let chemin = format!("word/{nom}");
    parties.insert(chemin.clone(), contenu.as_bytes().to_vec());
    part(parties, "[Content_Types].xml", |xml| {
        xml.replace("</Types>", &format!("<Override PartName=\"/{chemin}\" ContentType=\"{contenu_type}\"/></Types>"))
    });
    part(parties, "word/_rels/document.xml.rels", |xml| {
        let lien = format!("<Relationship Id=\"rIdX{genre}\" Type=\"{R}/{genre}\" Target=\"{nom}\"/></Relationships>");
        xml.replace("</Relationships>", &lien)
    });
}

/// The control that has this title, changed.
fn controle(xml: &str, titre: &str, changer: impl Fn(&str) -> String) -> String {
    let alias = xml.find(&format!("<w:alias w:val=\"{titre}\"/>")).unwrap_or_else(|| panic!("no control « {titre} »"));
    let debut = xml[..alias].rfind("<w:sdt>").unwrap();
    let fin = alias + xml[alias..].find("</w:sdt>").unwrap() + "</w:sdt>".len();
    format!("{}{}{}", &xml[..debut], changer(&xml[debut..fin]), &xml[fin..])
}

/// The words of a control, replaced.
fn mots(controle: &str, mots: &str) -> String {
    let debut = controle.find("<w:t xml:space=\"preserve\">").unwrap() + "<w:t xml:space=\"preserve\">".len();
    let fin = debut + controle[debut..].find("</w:t>").unwrap();
    format!("{}{mots}{}", &controle[..debut], &controle[fin..])
}

fn run(proprietes: &str, texte: &str) -> String {
    format!("<w:r><w:rPr>{proprietes}</w:rPr><w:t xml:space=\"preserve\">{texte}</w:t></w:r>")
}

#[track_caller]
fn silencieux(passage: &Passage) {
    assert_eq!(passage.code, 0, "{}", passage.tout());
    assert!(passage.sortie.contains("Aucune valeur n'a changé."), "{}", passage.tout());
}

/// Listed, with its place and these words, and nothing says that nothing changed.
#[track_caller]
fn liste(passage: &Passage, attendus: &[&str]) {
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert!(!passage.sortie.contains("Aucune valeur n'a changé."), "{}", passage.tout());
    for attendu in attendus {
        assert!(passage.sortie.contains(attendu), "« {attendu} » : {}", passage.tout());
    }
}

#[test]
fn an_untouched_file_says_nothing() {
    silencieux(&reprendre(|_| {}, &[]));
}

#[test]
fn parts_are_found_whatever_their_names_and_folders() {
    for nouveau in ["word/document2.xml", "texte/corps.xml", "Corps du texte.xml"] {
        let passage = reprendre(
            |parties| {
                part(parties, "word/document.xml", |xml| xml.replace(">Toulon<", ">Hyères<"));
                let (dossier, nom) = nouveau.rsplit_once('/').unwrap_or(("", nouveau));
                let separateur = if dossier.is_empty() { "" } else { "/" };
                let corps = parties.remove("word/document.xml").unwrap();
                parties.insert(nouveau.into(), corps);
                let liens = parties.remove("word/_rels/document.xml.rels").unwrap();
                // Targets from the root, since the folder is another.
                let liens = String::from_utf8(liens).unwrap().replace("Target=\"", "Target=\"/word/");
                parties.insert(format!("{dossier}{separateur}_rels/{nom}.rels"), liens.into_bytes());
                for annuaire in ["[Content_Types].xml", "_rels/.rels"] {
                    part(parties, annuaire, |xml| xml.replace("word/document.xml", &nouveau.replace(' ', "%20")));
                }
                // Content types have the name as it is.
                part(parties, "[Content_Types].xml", |xml| xml.replace("%20", " "));
            },
            &[],
        );
        assert!(passage.code == 0 && passage.sortie.contains("« Hyères »"), "{nouveau}: {}", passage.tout());
    }
}

#[test]
fn a_package_whose_names_have_other_capitals_and_slashes_is_read() {
    let parties = IMPRIME.1.clone();
    let autres: Parties = parties.into_iter().map(|(nom, octets)| (nom.replace("word/", "Word\\"), octets)).collect();
    silencieux(&relire(&emballer(&autres), &[]));
}

/// The same file under other prefixes, as other programs write it.
#[test]
fn names_are_known_by_their_notation_and_not_by_their_prefix() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    for (prefixe, adresse) in [("ns0:", W), ("", W), ("w:", strict)] {
        let passage = reprendre(
            |parties| {
                for nom in ["word/document.xml", "word/styles.xml", "word/header2.xml", "word/footer1.xml"] {
                    part(parties, nom, |xml| {
                        let xml = xml.replace("xmlns:w=", "xmlns:ecart=").replace("xmlns:w10=", "xmlns:autre=");
                        let attribut = if prefixe.is_empty() { "att:" } else { prefixe };
                        let xml = xml.replace("<w:", &format!("<{prefixe}")).replace("</w:", &format!("</{prefixe}"));
                        let xml = xml.replace(" w:", &format!(" {attribut}"));
                        let debut = xml.find("?>").map_or(0, |fin| fin + 2);
                        let place = debut + xml[debut..].find([' ', '>']).unwrap();
                        let elements = match prefixe.strip_suffix(':') {
                            Some(nu) => format!(" xmlns:{nu}=\"{adresse}\""),
                            None => format!(" xmlns=\"{adresse}\" xmlns:att=\"{adresse}\""),
                        };
                        format!("{}{elements}{}", &xml[..place], &xml[place..])
                    });
                }
                part(parties, "word/document.xml", |xml| xml.replace(">Toulon<", ">Hyères<"));
            },
            &[],
        );
        assert!(passage.code == 0 && passage.sortie.contains("« Hyères »"), "{prefixe}: {}", passage.tout());
    }
}

#[test]
fn a_part_in_utf_16_is_read() {
    for (marque, petit) in [(true, true), (true, false), (false, true), (false, false)] {
        let passage = reprendre(
            |parties| {
                let octets = parties.get_mut("word/document.xml").unwrap();
                let texte = String::from_utf8(std::mem::take(octets)).unwrap().replace(">Toulon<", ">Hyères<");
                let texte = texte.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
                let debut = if marque { "\u{FEFF}" } else { "" };
                let unites = format!("{debut}{texte}").encode_utf16().collect::<Vec<u16>>();
                *octets =
                    unites.into_iter().flat_map(|u| if petit { u.to_le_bytes() } else { u.to_be_bytes() }).collect();
            },
            &[],
        );
        assert!(passage.code == 0 && passage.sortie.contains("« Hyères »"), "{marque} {petit}: {}", passage.tout());
    }
}

#[test]
fn what_is_no_word_document_is_refused_by_its_name() {
    let macros = {
        let mut parties = IMPRIME.1.clone();
        part(&mut parties, "[Content_Types].xml", |xml| {
            xml.replace(&format!("{TYPES}document.main+xml"), "application/vnd.ms-word.document.macroEnabled.main+xml")
        });
        emballer(&parties)
    };
    let classeur = {
        let mut parties = IMPRIME.1.clone();
        part(&mut parties, "[Content_Types].xml", |xml| {
            xml.replace("wordprocessingml.document.main", "spreadsheetml.sheet.main")
        });
        emballer(&parties)
    };
    let ole = |nom: &str| {
        let suite = nom.encode_utf16().flat_map(u16::to_le_bytes);
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].into_iter().chain(suite).collect::<Vec<u8>>()
    };
    let odt: Parties = [("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec())].into();
    for (octets, dit) in [
        (macros, "macros"),
        (classeur, "classeur"),
        (ole("WordDocument"), "(.doc)"),
        (ole("EncryptedPackage"), "mot de passe"),
        (b"{\\rtf1 bonjour}".to_vec(), "RTF"),
        (b"%PDF-1.7 ...".to_vec(), "PDF"),
        (b"<?xml version=\"1.0\"?><pkg:package/>".to_vec(), "Flat OPC"),
        (emballer(&Parties::new()), "abîmé"),
        (Vec::new(), "vide"),
        (stocke(&odt), ".odt"),
    ] {
        let passage = relire(&octets, &[]);
        assert_eq!(passage.code, 2, "{dit}: {}", passage.tout());
        assert!(passage.erreurs.contains(dit) && passage.erreurs.contains("À faire : "), "{dit}: {}", passage.tout());
    }
}

/// A zip whose parts are not compressed.
fn stocke(parties: &Parties) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (nom, octets) in parties {
        zip.start_file(nom.as_str(), options).unwrap();
        zip.write_all(octets).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_emptied_field_is_told_and_its_value_is_kept() {
    let invitation = "Cliquez ou appuyez ici pour entrer du texte.";
    let style = |c: &str| mots(c, invitation).replacen("<w:sdtPr>", "<w:sdtPr><w:showingPlcHdr/>", 1);
    let sans_marque = |c: &str| mots(c, invitation);
    let rien = |c: &str| {
        let debut = c.find("<w:sdtContent>").unwrap() + "<w:sdtContent>".len();
        format!("{}{}", &c[..debut], &c[c.rfind("</w:sdtContent>").unwrap()..])
    };
    for vider in [&style as &dyn Fn(&str) -> String, &sans_marque, &rien] {
        let passage = reprendre(dans_le_corps(|xml| controle(&xml, "Lieu", vider)), &["--ecrire"]);
        liste(&passage, &["champ vidé : Lieu (/signature/lieu)", "1 point à traiter"]);
        assert!(!passage.sortie.contains("Cliquez"), "{}", passage.tout());
    }
}

#[test]
fn doubtful_words_are_refused_with_how_to_write_them() {
    for (texte, dit) in [
        ("62.500 €", "écrivez « 62 500 » ou « 62,5 »"),
        ("1,250", "écrivez « 1 250 » ou « 1,25 »"),
        ("3/4", "« 0,75 »"),
        ("(300)", "négatif"),
    ] {
        let passage = reprendre(dans_le_corps(|xml| controle(&xml, "Montant", |c| mots(c, texte))), &[]);
        liste(&passage, &["valeur refusée : Montant", dit]);
    }
    let passage = reprendre(dans_le_corps(|xml| controle(&xml, "Montant", |c| mots(c, "62,5 k€"))), &[]);
    let lu = format!("→ {}", cpom::formats::euros(62_500.0));
    assert!(passage.code == 0 && passage.sortie.contains(&lu), "{}", passage.tout());
}

#[test]
fn looks_are_words_of_a_long_text_and_nothing_elsewhere() {
    let gras = |c: &str| c.replacen("<w:r>", "<w:r><w:rPr><w:b/><w:i/></w:rPr>", 1);
    silencieux(&reprendre(dans_le_corps(|xml| controle(&xml, "Lieu", gras)), &[]));
    let en_gras = |c: &str| mots(&gras(c), "Hyères");
    let passage = reprendre(dans_le_corps(|xml| controle(&xml, "Lieu", en_gras)), &[]);
    assert!(passage.code == 0 && passage.sortie.contains("→ « Hyères »"), "{}", passage.tout());
    // A bold word, a paragraph cut in two: the long text has changed.
    let prose = reprendre(
        dans_le_corps(|xml| {
            xml.replacen(
                "Elle se transforme.</w:t>",
                "Elle se </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>transforme</w:t></w:r><w:r><w:t>.</w:t>",
                1,
            )
        }),
        &[],
    );
    assert!(prose.code == 0 && prose.sortie.contains("Elle se **transforme**."), "{}", prose.tout());
    let coupe = "Elle se</w:t></w:r></w:p><w:p><w:r><w:t>transforme.";
    let prose = reprendre(dans_le_corps(|xml| xml.replacen("Elle se transforme.", coupe, 1)), &[]);
    assert!(prose.code == 0 && prose.sortie.contains("Elle se ¶ transforme"), "{}", prose.tout());
}

#[test]
fn notes_are_listed_with_their_place() {
    for (nom, sorte) in [("footnote", "note de bas de page"), ("endnote", "note de fin")] {
        let note = |id: &str, texte: &str| {
            format!("<w:{nom} w:id=\"{id}\"><w:p><w:r><w:t>{texte}</w:t></w:r></w:p></w:{nom}>")
        };
        let contenu = format!(
            "<w:{nom}s xmlns:w=\"{W}\"><w:{nom} w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:{nom}>{}{}{}</w:{nom}s>",
            note("2", "Sous réserve du conseil."),
            note("3", "Retirée."),
            note("4", "Sans appel.")
        );
        let appel = |id: &str| format!("<w:r><w:{nom}Reference w:id=\"{id}\"/></w:r>");
        let passage = reprendre(
            |parties| {
                let ajout = format!("{}<w:del w:id=\"9\" w:author=\"x\">{}</w:del>", appel("2"), appel("3"));
                part(parties, "word/document.xml", |xml| dans_la_phrase(&xml, &ajout));
                ajouter_partie(
                    parties,
                    "notes_a_part.xml",
                    &contenu,
                    &format!("{nom}s"),
                    &format!("{TYPES}{nom}s+xml"),
                );
            },
            &[],
        );
        liste(&passage, &[&format!("{sorte} ajoutée"), "Sous réserve du conseil.", "Sans appel."]);
        assert!(!passage.sortie.contains("Retirée.") && !passage.sortie.contains("---"), "{}", passage.tout());
        assert!(!passage.sortie.contains("ajoutée (début du document) : Sous réserve"), "{}", passage.tout());
    }
}

#[test]
fn comments_come_with_their_answers_and_whether_they_are_resolved() {
    let commentaire = |id: u8, para: &str, texte: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"ARS\"><w:p w14:paraId=\"{para}\"><w:r><w:t>{texte}</w:t></w:r></w:p></w:comment>"
        )
    };
    let contenu = format!(
        "<w:comments xmlns:w=\"{W}\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\">{}{}</w:comments>",
        commentaire(0, "0000000A", "A revoir ensemble"),
        commentaire(1, "0000000B", "Vu avec le siège")
    );
    let etats = "<w15:commentsEx xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"><w15:commentEx w15:paraId=\"0000000A\" w15:done=\"1\"/><w15:commentEx w15:paraId=\"0000000B\" w15:paraIdParent=\"0000000A\" w15:done=\"1\"/></w15:commentsEx>";
    let passage = reprendre(
        |parties| {
            part(parties, "word/document.xml", |xml| {
                // A range that begins between two paragraphs.
                let xml = avant_la_phrase(&xml, "<w:commentRangeStart w:id=\"0\"/>");
                dans_la_phrase(
                    &xml,
                    "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:commentReference w:id=\"1\"/></w:r>",
                )
            });
            ajouter_partie(parties, "comments2.xml", &contenu, "comments", &format!("{TYPES}comments+xml"));
            parties.insert("word/etats.xml".into(), etats.into());
            part(parties, "word/_rels/document.xml.rels", |xml| {
                xml.replace("</Relationships>", "<Relationship Id=\"rIdE\" Type=\"http://schemas.microsoft.com/office/2011/relationships/commentsExtended\" Target=\"etats.xml\"/></Relationships>")
            });
        },
        &[],
    );
    assert_eq!(passage.code, 0, "{}", passage.tout());
    for attendu in [
        "Aucune valeur de champ n'a changé ; 2 commentaires.",
        "– ARS (résolu) : A revoir ensemble",
        "en réponse à « A revoir ensemble »",
        PHRASE,
    ] {
        assert!(passage.sortie.contains(attendu), "« {attendu} » : {}", passage.tout());
    }
}

/// What a reader may put in a paragraph, and what is said of it.
#[test]
fn what_is_not_plain_words_is_read_or_listed() {
    let boite = "<w:txbxContent><w:p><w:r><w:t>Texte en marge</w:t></w:r></w:p></w:txbxContent>";
    let dessin = |dedans: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"9\" name=\"Objet 9\" descr=\"Plan du site\"/><a:graphic><a:graphicData>{dedans}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let champ = |instruction: &str, suite: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> {instruction} </w:instrText></w:r>{suite}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    for (ajout, attendus) in [
        (
            format!("<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx>{boite}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{boite}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"),
            vec!["zone de texte ajoutée", "Texte en marge", "1 point"],
        ),
        (format!("<w:r><w:pict><v:shape><v:textbox>{boite}</v:textbox></v:shape></w:pict></w:r>"), vec!["zone de texte ajoutée"]),
        (dessin("<pic:pic><pic:blipFill><a:blip r:embed=\"rIdAbsent\"/></pic:blipFill></pic:pic>"), vec!["image ajoutée", "Plan du site"]),
        (dessin("<c:chart r:id=\"rIdG\"/>"), vec!["graphique ajouté", "Plan du site"]),
        (dessin("<dgm:relIds r:dm=\"rIdD\"/>"), vec!["diagramme ajouté"]),
        (dessin("<wps:wsp/>"), vec!["dessin ajouté", "Plan du site"]),
        ("<w:r><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r>".into(), vec!["objet incorporé ajouté", "Excel.Sheet.12"]),
        ("<w:r><w:object><v:shape/><w:control w:name=\"Case1\"/></w:object></w:r>".into(), vec!["objet incorporé ajouté"]),
        ("<w:r><w14:contentPart r:id=\"rIdI\"/></w:r>".into(), vec!["annotation à l'encre ajoutée"]),
        ("<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>".into(), vec!["texte changé hors champ", "a/b"]),
        ("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>".into(), vec!["texte changé hors champ", "☑"]),
        ("<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>o</w:t></w:r>".into(), vec!["☐"]),
        ("<w:r><w:sym w:font=\"Webdings\" w:char=\"F04A\"/></w:r>".into(), vec!["symbole que cpom ne lit pas ajouté", "Webdings"]),
        (run("<w:strike/>", "biffé"), vec!["texte barré ajouté", ": biffé"]),
        (run("<w:dstrike/>", "biffé"), vec!["texte barré ajouté"]),
        (run("<w:vanish/>", "caché"), vec!["texte masqué ajouté", ": caché"]),
        (run("<w:rPrChange w:id=\"1\" w:author=\"x\"><w:rPr/></w:rPrChange>", ""), vec!["mise en forme en modification suivie ajoutée"]),
        (format!("<w:smartTag><w:customXml>{}</w:customXml></w:smartTag>", run("", "balisé")), vec!["hors champ", "balisé"]),
        (format!("<w:ins w:id=\"1\" w:author=\"x\">{}</w:ins><w:del w:id=\"2\" w:author=\"x\"><w:r><w:delText>ôté</w:delText></w:r></w:del>", run("", "inséré")), vec!["hors champ", "inséré"]),
        (format!("<w:moveTo w:id=\"1\" w:author=\"x\">{}</w:moveTo>", run("", "déplacé ici")), vec!["hors champ", "déplacé ici"]),
        ("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>ruby</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>".into(), vec!["base", "ruby"]),
        (format!("<w:fldSimple w:instr=\" DATE \">{}</w:fldSimple>", run("", "12/03/2026")), vec!["12/03/2026"]),
        (champ("MACROBUTTON Rien Cliquez", ""), vec!["champ calculé par Word", "MACROBUTTON"]),
        (champ("HYPERLINK \"https://exemple.invalid/x\"", &format!("<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}", run("", "ici"))), vec!["lien ajouté", "https://exemple.invalid/x"]),
        ("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>".into(), vec!["☒"]),
        ("<w:subDoc r:id=\"rIdS\"/>".into(), vec!["document inséré ajouté"]),
        ("<w:nouveaute><w:r><w:t>du futur</w:t></w:r></w:nouveaute>".into(), vec!["élément que cpom ne lit pas", "w:nouveaute", "du futur"]),
        ("<x:chose xmlns:x=\"urn:x\"/>".into(), vec!["élément que cpom ne lit pas", "x:chose"]),
        ("<w:hyperlink w:anchor=\"_Toc00000001\"><w:r><w:t> voir plus haut</w:t></w:r></w:hyperlink>".into(), vec!["voir plus haut"]),
    ] {
        let passage = reprendre(dans_le_corps(|xml| dans_la_phrase(&xml, &ajout)), &[]);
        liste(&passage, &attendus);
        let place = passage.sortie.lines().any(|l| l.contains('(') && !l.contains("début du document") && l.starts_with("  "));
        assert!(place, "no place: {}", passage.tout());
    }
}

/// What a reader may put between two paragraphs.
#[test]
fn blocks_of_any_kind_are_read_or_listed() {
    let p = |texte: &str| format!("<w:p><w:r><w:t>{texte}</w:t></w:r></w:p>");
    let cellule = |dedans: &str| format!("<w:tc><w:tcPr/>{dedans}</w:tc>");
    let ligne = |dedans: &str| format!("<w:tr>{dedans}</w:tr>");
    for (ajout, attendus) in [
        ("<w:altChunk r:id=\"rIdA\"/>".to_owned(), vec!["document inséré ajouté"]),
        (format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", p("Dans un contrôle")), vec!["Dans un contrôle"]),
        (format!("<w:customXml>{}</w:customXml>", p("Dans une balise")), vec!["Dans une balise"]),
        (
            format!("<w:tbl><w:tblPr/><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tbl>", ligne(&format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", cellule(&p("Dans une cellule"))))),
            vec!["tableau ajouté", "1 ligne, 1 colonne", "Dans une cellule"],
        ),
        (
            format!("<w:tbl>{}</w:tbl>", ligne(&cellule(&format!("<w:tbl>{}</w:tbl>{}", ligne(&cellule(&p("Emboîté"))), p(""))))),
            vec!["Emboîté", "3 points", "tableau ajouté"],
        ),
        (format!("<w:tbl>{}</w:tbl>", ligne(&cellule(&p("")))), vec!["tableau ajouté"]),
        ("<m:oMathPara><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></m:oMathPara>".into(), vec!["texte ajouté hors champ", "x+y"]),
        (format!("<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", p("Une fois"), p("Une fois")), vec!["Une fois", "1 point"]),
        ("<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r><w:t>Une remarque dans le sommaire 12</w:t></w:r></w:p>".into(), vec!["ligne du sommaire ajoutée", "Une remarque"]),
        ("<w:inconnu/>".into(), vec!["élément que cpom ne lit pas", "w:inconnu"]),
    ] {
        liste(&reprendre(dans_le_corps(|xml| avant_la_phrase(&xml, &ajout)), &[]), &attendus);
    }
    // A paragraph whose mark is deleted goes on in the next one.
    let fusion = |xml: String| {
        let debut = xml.find(PHRASE).unwrap();
        let ppr = xml[..debut].rfind("<w:pPr>").unwrap() + "<w:pPr>".len();
        let fin = ppr + xml[ppr..].find("</w:pPr>").unwrap();
        format!("{}<w:rPr><w:del w:id=\"8\" w:author=\"x\"/></w:rPr>{}", &xml[..fin], &xml[fin..])
    };
    liste(&reprendre(dans_le_corps(fusion), &[]), &["texte changé hors champ", PHRASE]);
    silencieux(&reprendre(dans_le_corps(fusion), &["--original"]));
}

#[test]
fn what_strikes_hides_or_draws_in_a_field_stops_its_value() {
    for (ajout, dit) in [
        (run("<w:strike/>", " biffé"), "du texte barré"),
        (run("<w:vanish/>", " caché"), "du texte masqué"),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>".to_owned(), "une équation"),
        ("<w:r><w:sym w:font=\"Webdings\" w:char=\"F04A\"/></w:r>".into(), "un symbole"),
    ] {
        let changer = |c: &str| c.replace("</w:sdtContent>", &format!("{ajout}</w:sdtContent>"));
        let passage = reprendre(dans_le_corps(|xml| controle(&xml, "Lieu", changer)), &["--ecrire"]);
        liste(&passage, &["valeur refusée : Lieu", dit]);
    }
    let barre = |c: &str| c.replacen("<w:r>", "<w:r><w:rPr><w:strike/></w:rPr>", 1);
    liste(&reprendre(dans_le_corps(|xml| controle(&xml, "Lieu", barre)), &[]), &["valeur refusée : Lieu", "barré"]);
}

#[test]
fn rows_cells_and_fields_that_come_go_or_move_are_told() {
    // The row of a table of establishments, not that of the cover, which holds everything.
    let ligne_de = |xml: &str, mot: &str| {
        let dans_sa_ligne = |place: &usize| xml[..*place].rfind("<w:tr>") > xml[..*place].rfind("</w:tr>");
        let places = xml.match_indices(mot).map(|(place, _)| place);
        let place =
            places.filter(dans_sa_ligne).find(|place| xml[..*place].rfind("<w:tbl>") > xml[..*place].rfind("</w:tbl>"));
        let place = place.unwrap_or_else(|| panic!("{mot}"));
        let debut = xml[..place].rfind("<w:tr>").unwrap();
        (debut, place + xml[place..].find("</w:tr>").unwrap() + "</w:tr>".len())
    };
    let sans = |xml: String| {
        let (debut, fin) = ligne_de(&xml, ">SESSAD d\u{2019}essai<");
        format!("{}{}", &xml[..debut], &xml[fin..])
    };
    // Told once, as the element that it was: not as a table and as each of its fields.
    let retiree = |passage: &Passage| {
        let dites = ["1 ligne retirée d'un tableau du contrat", "« SESSAD d'essai »", "« --prendre 1 --ecrire »"];
        assert!(dites.iter().all(|dite| passage.sortie.contains(dite)), "{}", passage.tout());
        assert!(!passage.sortie.contains("champ effacé"), "{}", passage.tout());
        assert_eq!(passage.code, 1);
    };
    retiree(&reprendre(dans_le_corps(sans), &[]));
    let vide = |xml: String| {
        let (_, fin) = ligne_de(&xml, ">SESSAD d\u{2019}essai<");
        format!("{}<w:tr><w:tc><w:p/></w:tc></w:tr>{}", &xml[..fin], &xml[fin..])
    };
    liste(&reprendre(dans_le_corps(vide), &[]), &["tableau changé", "1 point"]);
    let fusionnee = |xml: String| {
        let (debut, fin) = ligne_de(&xml, ">SESSAD d\u{2019}essai<");
        let ligne = xml[debut..fin].replacen("<w:tcPr>", "<w:tcPr><w:vMerge/>", 1);
        format!("{}{ligne}{}", &xml[..debut], &xml[fin..])
    };
    liste(&reprendre(dans_le_corps(fusionnee), &[]), &["tableau changé", "cellule fusionnée"]);
    let supprimee = |xml: String| {
        let (debut, fin) = ligne_de(&xml, ">SESSAD d\u{2019}essai<");
        let ligne = xml[debut..fin].replacen("<w:tr>", "<w:tr><w:trPr><w:del w:id=\"1\" w:author=\"x\"/></w:trPr>", 1);
        format!("{}{ligne}{}", &xml[..debut], &xml[fin..])
    };
    retiree(&reprendre(dans_le_corps(supprimee), &[]));
    let echangees = |xml: String| {
        let ((a, b), (c, d)) = (ligne_de(&xml, ">IME d\u{2019}essai<"), ligne_de(&xml, ">SESSAD d\u{2019}essai<"));
        assert!(b <= c, "two rows that follow each other");
        format!("{}{}{}{}{}", &xml[..a], &xml[c..d], &xml[b..c], &xml[a..b], &xml[d..])
    };
    liste(&reprendre(dans_le_corps(echangees), &[]), &["champ déplacé"]);
}

#[test]
fn a_field_copied_as_it_is_is_told_and_its_value_is_read() {
    let copie = |c: &str| {
        let c = mots(c, "Hyères");
        format!("{c}{c}")
    };
    let passage = reprendre(dans_le_corps(|xml| controle(&xml, "Lieu", copie)), &[]);
    liste(&passage, &["→ « Hyères »", "champ en plusieurs exemplaires : Lieu"]);
}

#[test]
fn headers_and_footers_are_compared_with_those_that_were_printed() {
    let entete = |parties: &mut Parties, xml: &str| {
        part(parties, "word/header2.xml", |avant| avant.replacen("</w:p>", &format!("{xml}</w:p>"), 1))
    };
    let change = reprendre(|p| entete(p, "<w:r><w:t> – relu par le siège</w:t></w:r>"), &[]);
    liste(&change, &["en-tête ou pied de page, ajouté", "relu par le siège"]);
    let image = reprendre(|p| entete(p, "<w:r><w:pict><v:imagedata r:id=\"x\"/></w:pict></w:r>"), &[]);
    liste(&image, &["en-tête ou pied de page, ajouté : une image"]);
    let vide = reprendre(
        |p| {
            for nom in ["word/header2.xml", "word/header3.xml"] {
                part(p, nom, |avant| avant.replace("<w:t", "<w:vide").replace("</w:t>", "</w:vide>"));
            }
        },
        &[],
    );
    liste(&vide, &["en-tête ou pied de page, retiré"]);
    let suivi = "<w:ins w:id=\"7\" w:author=\"x\"><w:r><w:t> – relu par le siège</w:t></w:r></w:ins>";
    liste(&reprendre(|p| entete(p, suivi), &[]), &["en-tête ou pied de page, ajouté"]);
    silencieux(&reprendre(|p| entete(p, suivi), &["--original"]));
    // Another number of page is no change.
    silencieux(&reprendre(|p| part(p, "word/footer1.xml", |xml| xml.replace("<w:t>1</w:t>", "<w:t>12</w:t>")), &[]));
}

/// What a house style prints in headers is known by its digest alone.
#[test]
fn a_header_of_the_house_is_silent_until_a_reader_changes_it() {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", &IMPRIME.0);
    let mut maison = IMPRIME.1.clone();
    let ligne = "<w:p><w:r><w:t>Service des contrats</w:t></w:r></w:p></w:hdr>";
    part(&mut maison, "word/header2.xml", |xml| xml.replace("</w:hdr>", ligne));
    atelier.ecrire("maison.docx", emballer(&maison));
    let imprime = atelier.cpom(&["generer", "contrat.json", "--format", "docx", "--gabarit", "maison.docx"]);
    assert!(imprime.code <= 1, "{}", imprime.tout());
    let mut parties = deballer(&std::fs::read(atelier.chemin("sortie/RELU.docx")).unwrap());
    let reprendre = |parties: &Parties| {
        atelier.ecrire("relu.docx", emballer(parties));
        atelier.cpom(&["reprendre", "relu.docx", "--contrat", "contrat.json"])
    };
    silencieux(&reprendre(&parties));
    let mut vus = 0;
    for nom in parties.keys().cloned().collect::<Vec<_>>() {
        if nom.starts_with("word/header") {
            part(&mut parties, &nom, |xml| {
                vus += xml.matches("Service des contrats").count();
                xml.replace("Service des contrats", "Service juridique")
            });
        }
    }
    assert!(vus > 0);
    liste(&reprendre(&parties), &["ajouté : Service juridique", "retiré : un texte ou une image du gabarit"]);
}

#[test]
fn a_part_that_nobody_knows_is_told() {
    let passage = reprendre(
        |p| ajouter_partie(p, "taches.xml", "<t:taches xmlns:t=\"urn:t\"/>", "documentTasks", "application/x"),
        &[],
    );
    liste(&passage, &["élément que cpom ne lit pas", "documentTasks"]);
}

/// What word processors do to a file that nobody edits.
#[test]
fn the_habits_of_word_processors_are_no_change() {
    let habitudes: [&dyn Fn(String) -> String; 6] = [
        // Revision marks, spelling, page breaks, bookmarks of the cursor.
        &|xml| {
            xml.replace("<w:r>", "<w:proofErr w:type=\"spellStart\"/><w:r w:rsidR=\"00A1\"><w:lastRenderedPageBreak/>")
        },
        &|xml| dans_la_phrase(&xml, "<w:bookmarkStart w:id=\"99\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"99\"/>"),
        // Runs cut anywhere.
        &|xml| {
            xml.replacen(
                PHRASE,
                "Le présent</w:t></w:r><w:r><w:t xml:space=\"preserve\"> contrat traduit cette démarche",
                1,
            )
        },
        &|xml| xml.replacen(">Toulon<", ">Tou</w:t></w:r><w:r><w:rPr><w:lang w:val=\"en-US\"/></w:rPr><w:t>lon<", 1),
        // Straight apostrophes for curly ones, ordinary spaces for fixed ones.
        &|xml| xml.replace('\u{2019}', "'").replace('\u{A0}', " "),
        // A table of contents brought up to date.
        &|xml| {
            xml.replace("<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink>", "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink>")
        },
    ];
    for (rang, habitude) in habitudes.into_iter().enumerate() {
        let passage = reprendre(dans_le_corps(habitude), &[]);
        assert!(passage.sortie.contains("Aucune valeur n'a changé."), "{rang}: {}", passage.tout());
        silencieux(&passage);
    }
}

/// Styles under French names, as a French Word writes them.
#[test]
fn renamed_styles_are_known_by_their_names() {
    let passage = reprendre(
        |parties| {
            for nom in ["word/document.xml", "word/styles.xml"] {
                part(parties, nom, |xml| {
                    let xml = xml
                        .replace("\"Heading", "\"Titre")
                        .replace("\"TOC", "\"TM")
                        .replace("\"ListParagraph\"", "\"Paragraphedeliste\"");
                    xml.replace("\"Corps\"", "\"Corpsdetexte\"")
                });
            }
            part(parties, "word/document.xml", |xml| dans_la_phrase(&xml, &run("", " Ajout.")));
        },
        &[],
    );
    liste(&passage, &["texte changé hors champ", "1 point"]);
    assert!(!passage.sortie.contains("début du document"), "{}", passage.tout());
}

/// What remains beside a gap that was filled is told: it was lost before.
#[test]
fn words_written_beside_a_gap_are_refused_rather_than_lost() {
    let passage = reprendre(
        dans_le_corps(|xml| {
            let debut = xml.find("[à compléter").expect("a gap");
            let fin = debut + xml[debut..].find("</w:t>").unwrap();
            format!("{} vu avec le siège{}", &xml[..fin], &xml[fin..])
        }),
        &[],
    );
    liste(&passage, &["valeur refusée", "est resté à côté"]);
}

#[test]
fn a_field_of_another_contract_and_the_marks_of_ours_are_words() {
    let etranger = "<w:sdt><w:sdtPr><w:tag w:val=\"c0123456789abcdef\"/></w:sdtPr><w:sdtContent><w:r><w:t>venu d'ailleurs</w:t></w:r></w:sdtContent></w:sdt>";
    for ajout in [etranger, "<w:r><w:t>‹venu d'ailleurs›</w:t></w:r>", "<w:r><w:t>‹venu d'ailleurs</w:t></w:r>"] {
        let passage = reprendre(dans_le_corps(|xml| avant_la_phrase(&xml, &format!("<w:p>{ajout}</w:p>"))), &[]);
        liste(&passage, &["texte ajouté hors champ", "venu d'ailleurs"]);
        let passage = reprendre(dans_le_corps(|xml| dans_la_phrase(&xml, ajout)), &[]);
        liste(&passage, &["texte changé hors champ", "venu d'ailleurs"]);
    }
}

/// As deep as XML is read, in the kinds of elements that hold each other.
#[test]
fn deep_nesting_is_read_to_its_last_words_or_refused() {
    use cpom::echanges::word::{DossierWord, Suivi};
    let lire = |ouvrir: &str, fermer: &str, fois: usize| {
        let dedans = "<w:p><w:r><w:t>au fond</w:t></w:r></w:p>";
        let corps = format!("{}{dedans}{}", ouvrir.repeat(fois), fermer.repeat(fois));
        let mut parties = IMPRIME.1.clone();
        parties.insert(
            "word/document.xml".into(),
            format!("<w:document xmlns:w=\"{W}\"><w:body>{corps}</w:body></w:document>").into(),
        );
        DossierWord::lire(&emballer(&parties), Suivi::Accepte)
    };
    for (ouvrir, fermer, niveaux) in [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 2),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3),
        ("<w:customXml>", "</w:customXml>", 1),
        ("<w:p><w:r><w:pict><v:textbox><w:txbxContent>", "</w:txbxContent></v:textbox></w:pict></w:r></w:p>", 5),
        ("<w:inconnu>", "</w:inconnu>", 1),
    ] {
        let lu = lire(ouvrir, fermer, 380 / niveaux).unwrap();
        let paragraphes = lu.paragraphes.iter().map(|p| p.texte.as_str());
        assert!(
            paragraphes.chain(lu.objets.iter().map(|o| o.texte.as_str())).any(|t| t.contains("au fond")),
            "{ouvrir}"
        );
        assert!(lire(ouvrir, fermer, 100_000).is_err(), "{ouvrir}");
    }
}

/// The words of the text that comments cover are held once, whatever the number of comments that cover them.
#[test]
fn comments_that_cover_the_whole_text_cost_no_more_than_their_number() {
    use cpom::echanges::word::{DossierWord, Suivi};
    let lire = |n: usize| {
        let bornes = |nom: &str| (0..n).map(|id| format!("<w:{nom} w:id=\"{id}\"/>")).collect::<String>();
        let texte: String = (0..n).map(|rang| format!("<w:p><w:r><w:t>paragraphe {rang}</w:t></w:r></w:p>")).collect();
        let corps =
            format!("<w:p>{}</w:p>{texte}<w:p>{}</w:p>", bornes("commentRangeStart"), bornes("commentRangeEnd"));
        let commentaires: String = (0..n)
            .map(|id| format!("<w:comment w:id=\"{id}\"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:comment>"))
            .collect();
        let mut parties = IMPRIME.1.clone();
        parties.insert(
            "word/document.xml".into(),
            format!("<w:document xmlns:w=\"{W}\"><w:body>{corps}</w:body></w:document>").into(),
        );
        parties.insert(
            "word/comments.xml".into(),
            format!("<w:comments xmlns:w=\"{W}\">{commentaires}</w:comments>").into(),
        );
        DossierWord::lire(&emballer(&parties), Suivi::Accepte).unwrap()
    };
    let poids = |n: usize| serde_json::to_vec(&lire(n)).unwrap().len();
    let (un, deux) = (poids(4_000), poids(8_000));
    assert!(deux < un * 22 / 10, "{un} {deux}");
    let lu = lire(20_000);
    assert_eq!(lu.commentaires.len(), 20_000);
    assert!(lu.commentaires.iter().all(|c| c.passage.starts_with("paragraphe 0 ") && c.passage.ends_with("19999")));
    // What is read in another process comes back whole.
    let relu: DossierWord = serde_json::from_slice(&serde_json::to_vec(&lu).unwrap()).unwrap();
    assert_eq!(relu, lu);
}
