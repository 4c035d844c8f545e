//! Small files made here, and what is said of each revision added to them.

use super::{Ajout, Genre, Lu, Moment, differences, ouvrir};
use std::fmt::Write;

/// Objects by number; a stream is given by its dictionary and its content.
type Objets<'a> = &'a [(u32, &'a str)];

const CATALOGUE: &str = "/Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/Metadata 9 0 R/Names<</EmbeddedFiles<</Names[(a.txt)10 0 R]>>>>/AF[10 0 R]";
const PAGE: &str = "/Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<>>/Contents 4 0 R";
const CHAMP: &str = "/Type/Annot/Subtype/Widget/FT/Sig/F 132/Rect[10 10 200 80]/P 3 0 R";

fn flux(dict: &str, contenu: &str) -> String {
    format!("<<{dict}/Length {}>>stream\n{contenu}\nendstream", contenu.len())
}

/// A file of two pages, two empty signature fields that share nothing, and one attached file.
fn imprime() -> Vec<u8> {
    let objets = [
        (1, format!("<<{CATALOGUE}>>")),
        (2, "<</Type/Pages/Count 2/Kids[3 0 R 13 0 R]>>".into()),
        (3, format!("<<{PAGE}/Annots[6 0 R 7 0 R]>>")),
        (4, flux("", "BT ET")),
        (5, "<</Fields[6 0 R 7 0 R]/SigFlags 1>>".into()),
        (6, format!("<<{CHAMP}/T(un)/AP<</N 8 0 R>>>>")),
        (7, format!("<<{CHAMP}/T(deux)/AP<</N 14 0 R>>>>")),
        (8, flux("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "")),
        (9, flux("/Type/Metadata/Subtype/XML", "<x/>")),
        (10, "<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 11 0 R/UF 11 0 R>>>>".into()),
        (11, flux("/Type/EmbeddedFile", "bonjour")),
        (12, "<</Title(Titre)>>".into()),
        (13, format!("<<{PAGE}>>")),
        (14, flux("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "")),
    ];
    let objets: Vec<(u32, &str)> = objets.iter().map(|(n, o)| (*n, o.as_str())).collect();
    let mut octets = b"%PDF-1.7\n".to_vec();
    ecrire(&mut octets, &objets, "/Size 15/Root 1 0 R/Info 12 0 R/ID[<01><02>]");
    octets
}

/// Appends objects and their table.
fn ecrire(octets: &mut Vec<u8>, objets: Objets<'_>, trailer: &str) {
    let (mut texte, mut table) = (String::new(), String::from("xref\n"));
    for (numero, objet) in objets {
        writeln!(table, "{numero} 1\n{:010} 00000 n ", octets.len() + texte.len()).expect("a file of ours");
        writeln!(texte, "{numero} 0 obj\n{objet}\nendobj").expect("a file of ours");
    }
    let place = octets.len() + texte.len();
    octets.extend(format!("{texte}{table}trailer\n<<{trailer}>>\nstartxref\n{place}\n%%EOF\n").bytes());
}

fn prev(octets: &[u8]) -> usize {
    let texte = String::from_utf8_lossy(octets);
    let fin = texte.rfind("startxref\n").expect("a file of ours") + 10;
    texte[fin..].split('\n').next().expect("a file of ours").parse().expect("a file of ours")
}

fn reviser(octets: &[u8], objets: Objets<'_>) -> Vec<u8> {
    reviser_avec(octets, objets, "/Root 1 0 R/Info 12 0 R")
}

fn reviser_avec(octets: &[u8], objets: Objets<'_>, trailer: &str) -> Vec<u8> {
    let mut suite = octets.to_vec();
    let prev = prev(octets);
    ecrire(&mut suite, objets, &format!("/Size 100/Prev {prev}/ID[<01><03>]{trailer}"));
    suite
}

/// A first field that is signed, in form only.
fn signe(octets: &[u8]) -> Vec<u8> {
    let champ = format!("<<{CHAMP}/T(un)/V 20 0 R/AP<</N 21 0 R>>>>");
    let vue = flux("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "0 0 1 1 re f");
    reviser(octets, &[(6, &champ), (20, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>"), (21, &vue)])
}

#[track_caller]
fn lu(octets: &[u8]) -> Lu {
    ouvrir(octets).expect("a file of ours")
}

/// What the last revision is told to have changed.
#[track_caller]
fn dit(octets: &[u8]) -> Vec<(Genre, String)> {
    let lu = lu(octets);
    assert_eq!(lu.incompris, None);
    lu.revisions.last().expect("a file of ours").modifications.iter().map(|m| (m.genre, m.quoi.clone())).collect()
}

#[track_caller]
fn permis(objets: Objets<'_>) -> Vec<Ajout> {
    let octets = reviser(&imprime(), objets);
    assert_eq!(dit(&octets), []);
    lu(&octets).revisions.last().expect("a file of ours").ajouts.clone()
}

#[track_caller]
fn refuse(objets: Objets<'_>, genre: Genre, mots: &str) {
    let dit = dit(&reviser(&imprime(), objets));
    assert!(dit.iter().any(|(g, quoi)| *g == genre && quoi.contains(mots)), "{genre:?}, {mots}: {dit:?}");
}

#[test]
fn a_file_as_it_was_printed_has_no_revision() {
    let lu = lu(&imprime());
    assert_eq!((lu.revisions.len(), lu.incompris), (0, None));
    assert_eq!(lu.champs, ["un", "deux"]);
    assert_eq!(lu.joints[0].octets, b"bonjour");
    assert_eq!(lu.premiere, imprime().len());
}

#[test]
fn what_signing_adds_is_allowed() {
    let octets = signe(&imprime());
    assert_eq!(dit(&octets), []);
    let lu_ = lu(&octets);
    assert_eq!(lu_.revisions[0].ajouts, [Ajout::Signature { champ: "un".into() }]);
    assert_eq!(lu_.revisions[0].moment, Moment::AvantTouteSignature);
    // A look written in its place, when nothing else shows it.
    let champ = format!("<<{CHAMP}/T(un)/V 20 0 R/AP<</N 8 0 R>>>>");
    let vue = flux("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "0 0 1 1 re f");
    permis(&[(6, &champ), (8, &vue), (20, "<</Type/Sig>>")]);
    let ajouts = permis(&[
        (5, "<</Fields[6 0 R 7 0 R 30 0 R]/SigFlags 3>>"),
        (30, "<</FT/Sig/T(x)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/V 31 0 R>>"),
        (31, "<</Type/DocTimeStamp/SubFilter/ETSI.RFC3161>>"),
    ]);
    assert_eq!(ajouts, [Ajout::Champ { champ: "x".into() }, Ajout::Horodatage { champ: "x".into() }]);
    // Its box in the margin of a page, and a field below another.
    let page = format!("<<{PAGE}/Annots[6 0 R 7 0 R 31 0 R]>>");
    permis(&[
        (3, &page),
        (5, "<</Fields[6 0 R 7 0 R 30 0 R]/SigFlags 3>>"),
        (30, "<</T(groupe)/Kids[31 0 R]>>"),
        (31, "<</FT/Sig/T(x)/Parent 30 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>"),
    ]);
    let ajouts = permis(&[
        (1, &format!("<<{CATALOGUE}/DSS 40 0 R/Extensions<</ESIC<</ExtensionLevel 1>>>>/Version/2.0>>")),
        (40, "<</Type/DSS/Certs[41 0 R]/VRI<</AB<</Cert[41 0 R]>>>>>>"),
        (41, &flux("", "certificat")),
    ]);
    assert_eq!(ajouts, [Ajout::Preuves]);
    let ajouts = permis(&[(9, &flux("/Type/Metadata/Subtype/XML", "<y/>")), (12, "<</Title(Titre)/ModDate(D:2026)>>")]);
    assert_eq!(ajouts, [Ajout::Informations, Ajout::Metadonnees]);
    // What is written again as it was, or in another form of Unicode.
    permis(&[(12, "<</Title<FEFF00540069007400720065>>>")]);
    assert_eq!(permis(&[(3, &format!("<<{PAGE}/Annots[6 0 R 7 0 R]>>")), (4, &flux("", "BT ET"))]), []);
}

#[test]
fn what_changes_the_document_is_told_with_its_page() {
    refuse(&[(4, &flux("", "BT 0 ET"))], Genre::Contenu, "de la page 1");
    refuse(&[(13, &format!("<<{PAGE}/Rotate 90>>"))], Genre::Pages, "le cadre de la page 2");
    refuse(
        &[(3, &format!("<<{PAGE}/Annots[6 0 R 7 0 R 50 0 R]>>")), (50, "<</Subtype/FreeText>>")],
        Genre::Annotation,
        "ajoutée à la page 1",
    );
    refuse(&[(3, &format!("<<{PAGE}/Annots[6 0 R]>>"))], Genre::Annotation, "retirée à la page 1");
    refuse(&[(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")], Genre::Pages, "1 pages, il en avait 2");
    refuse(&[(2, "<</Type/Pages/Count 2/Kids[13 0 R 3 0 R]>>")], Genre::Pages, "l'ordre des pages");
    refuse(&[(2, "<</Type/Pages/Count 2/Kids[3 0 R 13 0 R]/Rotate 90>>")], Genre::Pages, "l'ensemble des pages");
    refuse(&[(11, &flux("/Type/EmbeddedFile", "bonsoir"))], Genre::FichierJoint, "« a.txt »");
    let cle = |cle: &str| format!("<<{CATALOGUE}{cle}>>");
    refuse(&[(1, &cle("/OpenAction<</S/JavaScript/JS(x)>>"))], Genre::Action, "à l'ouverture");
    refuse(&[(1, &cle("/OCProperties<<>>"))], Genre::Calques, "calques");
    refuse(&[(1, &cle("/StructTreeRoot<<>>"))], Genre::Structure, "lecteur d'écran");
    refuse(
        &[(
            1,
            &CATALOGUE
                .replace("<</EmbeddedFiles", "<</JavaScript<<>>/EmbeddedFiles")
                .replace("/Type", "<</Type")
                .replace("/AF[10 0 R]", "/AF[10 0 R]>>"),
        )],
        Genre::Script,
        "JavaScript",
    );
    // An object freed is an object changed.
    let mut octets = imprime();
    let (prev, place) = (prev(&octets), octets.len());
    octets.extend(format!("xref\n4 1\n0000000000 00001 f \ntrailer\n<</Size 15/Root 1 0 R/Info 12 0 R/Prev {prev}>>\nstartxref\n{place}\n%%EOF\n").bytes());
    assert!(
        dit(&octets).iter().any(|(genre, quoi)| *genre == Genre::Contenu && quoi.contains("page 1")),
        "{:?}",
        dit(&octets)
    );
}

#[test]
fn a_field_is_signed_once_and_nothing_else_of_it_moves() {
    let champ = |plus: &str| format!("<<{CHAMP}/T(un){plus}>>");
    refuse(&[(6, &champ("/AP<</N 50 0 R>>")), (50, &flux("/Subtype/Form", "x"))], Genre::Apparence, "« un »");
    refuse(&[(8, &flux("/Subtype/Form", "x"))], Genre::Apparence, "« un »");
    refuse(&[(6, &champ("/V 20 0 R/A<</S/URI>>")), (20, "<<>>")], Genre::Action, "« un »");
    refuse(
        &[(6, &champ("/V 20 0 R").replace("[10 10 200 80]", "[0 0 600 800]")), (20, "<<>>")],
        Genre::Champ,
        "déplacée",
    );
    refuse(&[(6, &champ("/V 20 0 R").replace("132", "134")), (20, "<<>>")], Genre::Champ, "cachée");
    refuse(&[(5, "<</Fields[7 0 R]/SigFlags 1>>")], Genre::Champ, "« un » a disparu");
    refuse(&[(5, "<</Fields[6 0 R 7 0 R 50 0 R]>>"), (50, "<</FT/Tx/T(m)/V(0)>>")], Genre::Champ, "pas une signature");
    refuse(&[(5, "<</Fields[6 0 R 7 0 R 50 0 R]>>"), (50, "<</FT/Sig/T(m)/AA<<>>>>")], Genre::Champ, "« m »");
    refuse(&[(5, "<</Fields[6 0 R 7 0 R 50 0 R]>>"), (50, "<</FT/Sig/T(un)>>")], Genre::Champ, "un second champ");
    refuse(&[(5, "<</Fields[6 0 R 7 0 R]/NeedAppearances true>>")], Genre::Formulaire, "NeedAppearances");
    // After the signature.
    let signe = signe(&imprime());
    for (objets, genre) in [
        (vec![(6, champ(""))], Genre::Signature),
        (vec![(6, champ("/V 60 0 R/AP<</N 21 0 R>>")), (60, "<</Type/Sig>>".to_string())], Genre::Signature),
        (vec![(20, "<</Type/Sig/Contents<01>>>".to_string())], Genre::Signature),
        (vec![(21, flux("/Type/XObject", "autre"))], Genre::Apparence),
        // Another field takes up the same signature.
        (vec![(7, format!("<<{CHAMP}/T(deux)/V 20 0 R/AP<</N 14 0 R>>>>"))], Genre::Signature),
    ] {
        let objets: Vec<(u32, &str)> = objets.iter().map(|(n, o)| (*n, o.as_str())).collect();
        let octets = reviser(&signe, &objets);
        let dit = dit(&octets);
        assert!(dit.iter().any(|(g, _)| *g == genre), "{objets:?}: {dit:?}");
        assert_eq!(lu(&octets).revisions[1].moment, Moment::ApresLaDerniereSignature { champ: "un".into() });
    }
}

#[test]
fn an_object_that_serves_twice_is_not_rewritten_under_the_name_of_one_use() {
    // The look of a field is also that of another.
    let partage = reviser(
        &imprime(),
        &[
            (5, "<</Fields[6 0 R 7 0 R 30 0 R]/SigFlags 1>>"),
            (30, "<</FT/Sig/T(x)/Rect[0 0 9 9]/AP<</N 31 0 R>>>>"),
            (31, &flux("", "a")),
        ],
    );
    assert_eq!(dit(&partage), []);
    let partage = reviser(
        &partage,
        &[
            (5, "<</Fields[6 0 R 7 0 R 30 0 R 32 0 R]/SigFlags 1>>"),
            (32, "<</FT/Sig/T(y)/Rect[0 0 9 9]/AP<</N 31 0 R>>>>"),
        ],
    );
    assert_eq!(dit(&partage), []);
    let repris = reviser(
        &partage,
        &[(32, "<</FT/Sig/T(y)/Rect[0 0 9 9]/V 33 0 R/AP<</N 31 0 R>>>>"), (31, &flux("", "b")), (33, "<<>>")],
    );
    assert!(dit(&repris).iter().any(|(genre, _)| *genre == Genre::Apparence), "{:?}", dit(&repris));
    // The information of the file is an object of the document.
    let info = reviser_avec(&imprime(), &[(12, "<</Title(a)>>")], "/Root 1 0 R/Info 3 0 R");
    assert!(!dit(&info).is_empty());
    // The description of the document is the content of a page.
    refuse(
        &[(1, &format!("<<{}>>", CATALOGUE.replace("/Metadata 9", "/Metadata 4")))],
        Genre::Metadonnees,
        "remplacée",
    );
    // What was named before it was there.
    let attente = reviser(
        &imprime(),
        &[(5, "<</Fields[6 0 R 7 0 R 30 0 R]/SigFlags 1>>"), (30, "<</FT/Sig/T(x)/Rect[0 0 9 9]/AP<</N 31 0 R>>>>")],
    );
    let venu = reviser(&attente, &[(31, &flux("", "b"))]);
    assert!(!dit(&venu).is_empty());
}

#[test]
fn what_is_not_understood_is_never_passed() {
    let base = imprime();
    let (prev, n) = (prev(&base), base.len());
    let objet = format!("20 0 obj\n<<>>\nendobj\nxref\n20 1\n{n:010} 00000 n \n");
    let fin = |trailer: &str, place: usize| {
        format!("trailer\n<</Size 30/Root 1 0 R/Info 12 0 R{trailer}>>\nstartxref\n{place}\n%%EOF\n")
    };
    let (place, suite) = (n + 21, format!("/Prev {prev}"));
    let juste = format!("{objet}{}", fin(&suite, place));
    let lire = |suite: &str| lu(&[&base, suite.as_bytes()].concat());
    assert_eq!((lire(&juste).incompris, lire(&juste).revisions.len()), (None, 1));
    let cas = [
        format!("{objet}{}", fin("/Prev 3", place)),
        format!("{objet}{}", fin(&format!("/Prev {place}"), place)),
        format!("{objet}{}", fin("", place)),
        format!("{objet}{}", fin(&format!("{suite}/XRefStm 9"), place)),
        format!("{objet}{}", fin(&format!("{suite}/Encrypt 9 0 R"), place)),
        format!("{objet}{}", fin(&suite, place + 1)),
        juste.replace("20 1\n", "21 1\n"),
        juste.replace("20 0 obj", "20 1 obj"),
        juste.replace("%%EOF", "%EOF"),
        juste.replace("%%EOF\n", "%%EOF1"),
        juste.replace("xref\n20", "xref\n4 1\n0000000009 00000 n \n20"),
        format!("4 0 obj\n<<>>\nendobj\n{juste}"),
        format!("n'importe quoi\n{juste}"),
        format!("% 4 0 obj <<>> endobj\n{juste}"),
        juste[..juste.len() - 8].to_string(),
        "un mot".to_string(),
        "% un commentaire".to_string(),
    ];
    for suite in cas {
        let lu = lire(&suite);
        assert!(lu.incompris.is_some_and(|(depuis, motif)| depuis == n && !motif.is_empty()), "{suite}");
        assert_eq!(lu.revisions.len(), 0, "{suite}");
    }
    // Blanks alone change nothing.
    for suite in ["\n", "\r\n", "\0\0\0\0"] {
        let lu = lire(suite);
        assert_eq!((lu.incompris, lu.blancs), (None, suite.len()));
    }
}

#[test]
fn a_file_saved_again_is_the_same_when_all_its_objects_are() {
    let numeros = |texte: &str, de: u32, vers: u32| texte.replace(&format!("{de} 0 R"), &format!("{vers} 0 R"));
    let page = numeros(&numeros(&format!("<<{PAGE}/Annots[6 0 R 7 0 R]>>"), 4, 24), 2, 22);
    let autre = |contenu: &str, titre: &str| {
        let objets = [
            (1, numeros(&format!("<<{CATALOGUE}/Version/1.7/Absent null>>"), 2, 22)),
            (22, "<</Type/Pages/Count 2/Kids[3 0 R 13 0 R]>>".into()),
            (3, page.clone()),
            (24, flux("", contenu)),
            (5, "<</Fields[6 0 R 7 0 R]/SigFlags 1>>".into()),
            (6, format!("<<{CHAMP}/T(un)/AP<</N 8 0 R>>>>")),
            (7, format!("<<{CHAMP}/T<64657578>/AP<</N 14 0 R>>>>")),
            (8, flux("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "")),
            (9, flux("/Type/Metadata/Subtype/XML", "<x/>")),
            (10, "<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 11 0 R/UF 11 0 R>>>>".into()),
            (11, flux("/Type/EmbeddedFile", "bonjour")),
            (12, format!("<</Title({titre})/ModDate(D:2026)>>")),
            (13, numeros(&numeros(&format!("<<{PAGE}>>"), 4, 24), 2, 22)),
            (14, flux("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "")),
        ];
        let objets: Vec<(u32, &str)> = objets.iter().map(|(n, o)| (*n, o.as_str())).collect();
        let mut octets = b"%PDF-1.5\n%\xE2\xE3\xCF\xD3\n".to_vec();
        ecrire(&mut octets, &objets, "/Size 30/Root 1 0 R/Info 12 0 R");
        octets
    };
    assert_eq!(differences(&imprime(), &autre("BT ET", "Titre")).expect("a file of ours"), []);
    let lu = differences(&imprime(), &autre("BT 1 ET", "Titre")).expect("a file of ours");
    assert_eq!((lu.len(), lu[0].genre, lu[0].page), (1, Genre::Contenu, Some(1)));
    assert_eq!(differences(&imprime(), &autre("BT ET", "Autre")).expect("a file of ours")[0].genre, Genre::Metadonnees);
    let coupe = autre("BT ET", "Titre");
    assert!(differences(&imprime(), &coupe[..coupe.len() - 30]).is_err());
}

#[test]
fn what_is_attached_is_given_once_and_readers_that_would_differ_are_told() {
    let fiche = "<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 11 0 R/UF 50 0 R>>>>";
    let lu = |objets: Objets<'_>| lu(&reviser(&imprime(), objets)).joints_a_la_fin.expect("told");
    let deux = lu(&[(10, fiche), (50, &flux("/Type/EmbeddedFile", "bonsoir"))]);
    assert!(deux[0].ambigu);
    let memes = lu(&[(10, fiche), (50, &flux("/Type/EmbeddedFile", "bonjour"))]);
    assert!(!memes[0].ambigu);
    let double = CATALOGUE.replace("(a.txt)10 0 R", "(a.txt)10 0 R(b.txt)50 0 R");
    let double = lu(&[(1, &format!("<<{double}>>")), (50, &fiche.replace("50 0 R", "11 0 R"))]);
    assert_eq!(double.iter().map(|joint| joint.nom.as_str()).collect::<Vec<_>>(), ["a.txt", "a.txt"]);
}
