//! A file given with the contract is printed page by page, attached as it was, and told by name when it cannot be.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use lopdf::dictionary;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::outils::{self, Atelier, json, modifie};

const EXEMPLE: &str = "fixtures/paca/exemple.json";

/// The example, in a folder where its first piece can be changed.
fn exemple_avec(piece: &str) -> (Atelier, Value) {
    let atelier = Atelier::nouveau();
    let operations = json!([{ "op": "replace", "path": "/pieces/0/fichier", "value": piece }]);
    (atelier, modifie(&json(EXEMPLE), operations))
}

/// What is said of the contract when its first piece holds these bytes.
fn refus(nom: &str, octets: &[u8]) -> String {
    let (atelier, contrat) = exemple_avec(nom);
    atelier.ecrire(nom, octets);
    atelier.contrat(&contrat);
    let passage = atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "pdf"]);
    assert_eq!(passage.code, 1, "{nom}: {}", passage.tout());
    assert!(atelier.noms("sortie").is_empty(), "{nom}: something was written");
    // A draft prints all the same, with a gap in its place.
    let passage = atelier.cpom(&["verifier", "contrat.json", "--etat", "projet"]);
    let remarque = passage.sortie.lines().find(|ligne| ligne.contains("ANX-003")).map(String::from);
    remarque.unwrap_or_else(|| panic!("{nom}: nothing is said of it\n{}", passage.tout()))
}

/// A PNG file that announces these dimensions and holds nothing.
fn png_annonce(largeur: u32, hauteur: u32) -> Vec<u8> {
    let mut png = Vec::new();
    DynamicImage::new_rgb8(1, 1).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    png[16..20].copy_from_slice(&largeur.to_be_bytes());
    png[20..24].copy_from_slice(&hauteur.to_be_bytes());
    let somme = crc(&png[12..29]);
    png[29..33].copy_from_slice(&somme.to_be_bytes());
    png
}

fn crc(octets: &[u8]) -> u32 {
    !octets.iter().fold(!0_u32, |somme, octet| {
        (0..8).fold(somme ^ u32::from(*octet), |s, _| if s & 1 == 1 { (s >> 1) ^ 0xEDB8_8320 } else { s >> 1 })
    })
}

/// A PDF of blank pages, written by hand.
fn pdf_de(pages: usize) -> Vec<u8> {
    pdf_dessine(pages, None)
}

/// A page that is small in the file and enormous once unpacked, `tours` times over.
fn pdf_qui_se_deplie(megaoctets: usize, tours: usize) -> Vec<u8> {
    let mut octets = b"0 0 m 9 9 l S\n".repeat(megaoctets * 1024 * 1024 / 14);
    for _ in 0..tours {
        let mut flux = lopdf::Stream::new(lopdf::Dictionary::new(), octets);
        flux.compress().unwrap();
        octets = flux.content;
    }
    let filtres = vec![lopdf::Object::Name(b"FlateDecode".to_vec()); tours];
    pdf_dessine(1, Some(lopdf::Stream::new(dictionary! { "Filter" => filtres }, octets)))
}

fn pdf_dessine(pages: usize, dessin: Option<lopdf::Stream>) -> Vec<u8> {
    let mut pdf = lopdf::Document::with_version("1.7");
    let parent = pdf.new_object_id();
    let dessin = dessin.map(|flux| pdf.add_object(flux));
    let enfants: Vec<lopdf::Object> = (0..pages)
        .map(|_| {
            let mut page = dictionary! {
                "Type" => "Page", "Parent" => parent, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            };
            if let Some(dessin) = dessin {
                page.set("Contents", dessin);
            }
            pdf.add_object(page).into()
        })
        .collect();
    let nombre = i64::try_from(pages).unwrap();
    pdf.objects.insert(parent, dictionary! { "Type" => "Pages", "Kids" => enfants, "Count" => nombre }.into());
    let catalogue = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    pdf.trailer.set("Root", catalogue);
    let mut octets = Vec::new();
    pdf.save_to(&mut octets).unwrap();
    octets
}

#[test]
fn a_piece_that_cannot_be_printed_is_refused_by_name_with_its_reason() {
    let chiffre = std::fs::read(outils::racine().join("tests/donnees/chiffre.pdf")).unwrap();
    let entier = std::fs::read(outils::racine().join("fixtures/paca/pieces/evaluation.pdf")).unwrap();
    let sans_fin: Vec<u8> = [b"%PDF-1.7\n".as_slice(), &[b'['; 200_000]].concat();
    let cas: [(&str, Vec<u8>, &str); 11] = [
        ("bombe.pdf", pdf_qui_se_deplie(40, 1), "une fois déplié, son contenu est démesuré"),
        ("double.pdf", pdf_qui_se_deplie(200, 2), "une fois déplié, son contenu est démesuré"),
        ("secret.pdf", chiffre, "protégé par un mot de passe"),
        ("coupe.pdf", entier[..40].to_vec(), "ce PDF est abîmé"),
        ("imbrique.pdf", sans_fin, "abîmé"),
        ("vide.pdf", Vec::new(), "ni un PDF, ni une image PNG ou JPEG"),
        ("texte.pdf", b"Bonjour".to_vec(), "ni un PDF, ni une image PNG ou JPEG"),
        ("long.pdf", pdf_de(301), "301 pages, et une pièce en a 300 au plus"),
        ("plan.png", png_annonce(40_000, 40_000), "plus de 120 millions de points"),
        ("abime.png", png_annonce(50, 50), "l'image est abîmée"),
        ("abime.jpg", b"\xFF\xD8\xFF\xE0 rien de plus".to_vec(), "l'image est abîmée"),
    ];
    for (nom, octets, attendu) in cas {
        let remarque = refus(nom, &octets);
        assert!(remarque.contains(&format!("« {nom} »")) && remarque.contains(attendu), "{remarque}");
    }
}

/// A PDF out of its objects, from number 1; a stream is written with its dictionary.
fn pdf_brut(objets: &[String]) -> Vec<u8> {
    let mut octets = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (rang, objet) in objets.iter().enumerate() {
        places.push(octets.len());
        octets.extend(format!("{} 0 obj\n{objet}\nendobj\n", rang + 1).into_bytes());
    }
    let table = octets.len();
    octets.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).into_bytes());
    places.iter().for_each(|place| octets.extend(format!("{place:010} 00000 n \n").into_bytes()));
    let fin = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1);
    octets.extend(fin.into_bytes());
    octets
}

/// A page with this content, and objects from number 5; `page` and `catalogue` are what their dictionaries have more.
fn pdf_d_une_page(contenu: &str, page: &str, catalogue: &str, objets: &[String]) -> Vec<u8> {
    let debut = [
        format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>"),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_string(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R{page}>>"),
        flux("", contenu),
    ];
    pdf_brut(&[&debut, objets].concat())
}

fn flux(dict: &str, contenu: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{contenu}\nendstream", contenu.len())
}

/// Forms, each drawn by the next as many times.
fn formes_emboitees(niveaux: usize, fois: usize) -> Vec<u8> {
    let forme = "/Type/XObject/Subtype/Form/BBox[0 0 200 200]";
    let mut objets = vec![flux(forme, "1 0 0 rg 20 20 50 50 re f")];
    for niveau in 0..niveaux {
        let dict = format!("{forme}/Resources<</XObject<</X {} 0 R>>>>", niveau + 5);
        objets.push(flux(&dict, &"/X Do ".repeat(fois)));
    }
    pdf_d_une_page("/X Do", &format!("/Resources<</XObject<</X {} 0 R>>>>", niveaux + 5), "", &objets)
}

/// One field of a form, with the objects that it has from number 6.
fn formulaire(champ: &str, forme: &str, objets: &[String]) -> Vec<u8> {
    let police = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
    let catalogue = format!("/AcroForm<</Fields[5 0 R]/DR<</Font<</Helv {police}>>>>/DA(/Helv 12 Tf 0 g){forme}>>");
    let champ = format!("<</Type/Annot/Subtype/Widget/Rect[20 100 180 124]{champ}>>");
    pdf_d_une_page("", "/Annots[5 0 R]", &catalogue, &[&[champ], objets].concat())
}

#[test]
fn a_piece_that_would_not_be_printed_as_it_is_seen_is_refused_by_name_with_its_page() {
    let coche = flux("/Type/XObject/Subtype/Form/BBox[0 0 160 24]", "0 0 160 24 re f");
    let cas: [(&str, Vec<u8>, &str); 7] = [
        ("xfa.pdf", formulaire("", "/XFA(x)/Fields[]", &[]), "c'est un formulaire XFA"),
        ("porte.pdf", pdf_d_une_page("", "", "/Collection<<>>", &[]), "c'est un porte-documents"),
        (
            "ecran.pdf",
            formulaire("/FT/Tx/T(lieu)/V(Toulon)", "", &[]),
            "à sa page 1, le champ « lieu » s'affiche à l'écran",
        ),
        (
            "contraire.pdf",
            formulaire("/F 4/FT/Btn/T(avis)/V/Oui/AS/Off/AP<</N<</Oui 6 0 R/Off 6 0 R>>>>", "", &[coche]),
            "le champ « avis » est coché selon sa valeur et ne l'est pas selon son apparence",
        ),
        (
            "surligne.pdf",
            pdf_d_une_page("", "/Annots[<</Type/Annot/Subtype/Highlight/F 4/Rect[0 0 9 9]>>]", "", &[]),
            "à sa page 1, une annotation (Highlight) n'a pas d'apparence",
        ),
        ("multiplie.pdf", formes_emboitees(10, 10), "son dessin est démesuré"),
        ("profond.pdf", formes_emboitees(60, 1), "son dessin est trop imbriqué"),
    ];
    for (nom, octets, attendu) in cas {
        let remarque = refus(nom, &octets);
        assert!(remarque.contains(&format!("« {nom} »")) && remarque.contains(attendu), "{remarque}");
        assert!(
            remarque.contains("imprimez-le en PDF") || remarque.contains("joignez chacun des fichiers"),
            "{remarque}"
        );
    }
}

#[test]
fn filled_forms_masks_patterns_and_nested_drawings_are_printed_in_an_archive_file() {
    let coche = flux("/Type/XObject/Subtype/Form/BBox[0 0 160 24]", "0 0 160 24 re f");
    let masque = flux(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Group<</S/Transparency/CS/DeviceGray>>",
        "1 g 0 0 90 90 re f",
    );
    let motif =
        flux("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 12/YStep 12/Resources<<>>", "0 0 6 6 re f");
    let pieces: [Vec<u8>; 5] = [
        formulaire("/F 4/FT/Btn/T(avis)/V/Oui/AS/Oui/AP<</N<</Oui 6 0 R>>>>", "", &[coche]),
        formulaire("/F 4/FT/Tx/T(montant)/V(125 000 EUR)", "/NeedAppearances true", &[]),
        pdf_d_une_page(
            "/M gs 1 0 0 rg 0 0 200 200 re f",
            "/Resources<</ExtGState<</M<</SMask<</S/Luminosity/G 5 0 R>>/BM/Multiply>>>>>>",
            "",
            &[masque],
        ),
        pdf_d_une_page(
            "/Pattern cs /P scn 0 0 200 200 re f 0 w 0 0 m 200 200 l S",
            "/Resources<</Pattern<</P 5 0 R>>>>",
            "",
            &[motif],
        ),
        formes_emboitees(30, 1),
    ];
    let (atelier, contrat) = exemple_avec("0.pdf");
    let mut contrat = modifie(&contrat, json!([{ "op": "test", "path": "/pieces/0/fichier", "value": "0.pdf" }]));
    let premiere = contrat["pieces"][0].clone();
    for (rang, octets) in pieces.iter().enumerate() {
        let nom = format!("{rang}.pdf");
        atelier.ecrire(&nom, octets);
        if rang > 0 {
            let mut piece = premiere.clone();
            piece["fichier"] = json!(nom);
            contrat["pieces"].as_array_mut().unwrap().push(piece);
        }
    }
    atelier.contrat(&contrat);
    atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "pdf"]).reussi();
}

#[test]
fn a_piece_outside_the_contract_s_folder_absent_or_too_heavy_is_refused_by_name() {
    for (chemin, attendu) in [
        ("../secret.pdf", "sans « .. » ni chemin absolu"),
        ("/etc/hostname", "sans « .. » ni chemin absolu"),
        ("pieces/absente.pdf", "n'existe pas"),
    ] {
        let (atelier, contrat) = exemple_avec(chemin);
        atelier.contrat(&contrat);
        let passage = atelier.cpom(&["verifier", "contrat.json", "--etat", "definitif"]);
        assert_eq!(passage.code, 1);
        assert!(passage.sortie.contains(chemin) && passage.sortie.contains(attendu), "{}", passage.tout());
    }
    let lourd = [b"%PDF-1.7\n".as_slice(), &vec![b' '; 50 * 1024 * 1024]].concat();
    assert!(refus("lourd.pdf", &lourd).contains("dépasse 50 Mo"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_outside_the_contract_s_folder_is_refused() {
    let (atelier, contrat) = exemple_avec("pieces/lien.pdf");
    let ailleurs = tempfile::tempdir().unwrap();
    let secret = ailleurs.path().join("secret.pdf");
    std::fs::write(&secret, pdf_de(1)).unwrap();
    std::os::unix::fs::symlink(&secret, atelier.chemin("pieces/lien.pdf")).unwrap();
    atelier.contrat(&contrat);
    let passage = atelier.cpom(&["verifier", "contrat.json"]);
    assert!(passage.sortie.contains("sort du dossier du contrat"), "{}", passage.tout());
}

#[test]
fn pieces_are_listed_with_date_pages_and_checksum_and_each_page_is_described() {
    let (atelier, contrat) = exemple_avec("pieces/trois.pdf");
    let octets = pdf_de(3);
    atelier.ecrire("pieces/trois.pdf", &octets);
    atelier.contrat(&contrat);
    atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "pdf,docx,texte"]).reussi();
    let texte = std::fs::read_to_string(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.txt")).unwrap();
    let empreinte: String = Sha256::digest(&octets).iter().map(|o| format!("{o:02x}")).collect();
    let texte = texte.replace('\u{a0}', " ");
    let ligne = texte.lines().find(|l| l.contains(&empreinte) && l.contains(" | ")).expect("a row of the table");
    assert!(ligne.contains("12 juin 2024") && ligne.contains("| 3 |"), "{ligne}");

    let octets_pdf = std::fs::read(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.pdf")).unwrap();
    let pdf = lopdf::Document::load_mem(&octets_pdf).unwrap();
    let alternatives: Vec<String> = pdf
        .objects
        .values()
        .filter_map(|objet| objet.as_dict().ok()?.get(b"Alt").ok())
        .filter_map(|alt| lopdf::decode_text_string(alt).ok())
        .collect();
    for page in 1..=3 {
        let trouves = alternatives.iter().filter(|a| a.contains(&format!("page {page} sur 3"))).count();
        assert_eq!(trouves, 1, "page {page}: {alternatives:?}");
    }
}

#[test]
fn a_piece_goes_in_the_pdf_as_it_was_given_and_its_checksum_can_be_required() {
    let (atelier, mut contrat) = exemple_avec("pieces/photo.jpg");
    let mut jpeg = Vec::new();
    DynamicImage::new_rgb8(60, 30).write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg).unwrap();
    atelier.ecrire("pieces/photo.jpg", &jpeg);
    contrat["pieces"][0]["sha256"] = json!("0".repeat(64));
    atelier.contrat(&contrat);
    let passage = atelier.cpom(&["verifier", "contrat.json"]);
    assert!(passage.sortie.contains("ANX-003") && passage.sortie.contains("empreinte"), "{}", passage.tout());

    let empreinte: String = Sha256::digest(&jpeg).iter().map(|o| format!("{o:02x}")).collect();
    contrat["pieces"][0]["sha256"] = json!(empreinte);
    atelier.contrat(&contrat);
    atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "pdf"]).reussi();
    atelier.cpom(&["extraire", "sortie/CPOM-2026-2030-ADELIE.pdf", "--sortie", "extrait"]).reussi();
    assert_eq!(std::fs::read(atelier.chemin("extrait/pieces/photo.jpg")).unwrap(), jpeg);
}

#[test]
fn a_landscape_page_is_printed_on_a_landscape_page() {
    let (atelier, contrat) = exemple_avec("pieces/large.png");
    let mut png = Vec::new();
    // Sixteen bits a colour and a transparent ground: what PDF/A does not take as it is.
    DynamicImage::new_rgba16(80, 40).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    let pages = |octets: &[u8]| {
        let pdf = lopdf::Document::load_mem(octets).unwrap();
        let large = |id: lopdf::ObjectId| {
            let boite = pdf.get_dictionary(id).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
            boite[2].as_float().unwrap() > boite[3].as_float().unwrap()
        };
        pdf.get_pages().into_values().filter(|id| large(*id)).count()
    };
    let imprimer = |contrat: &Value| {
        atelier.contrat(contrat);
        atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "pdf"]).reussi();
        std::fs::read(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.pdf")).unwrap()
    };
    let avant = pages(&imprimer(&json(EXEMPLE)));
    atelier.ecrire("pieces/large.png", png);
    assert_eq!(pages(&imprimer(&contrat)), avant + 1);
}

#[test]
fn a_name_is_the_same_however_its_accents_are_written() {
    let (compose, decompose) = ("pi\u{E8}ces/\u{E9}valuation.pdf", "pie\u{300}ces/e\u{301}valuation.pdf");
    for (nomme, sur_le_disque) in [(compose, decompose), (decompose, compose)] {
        let (atelier, contrat) = exemple_avec(nomme);
        atelier.ecrire(sur_le_disque, pdf_de(2));
        atelier.contrat(&contrat);
        let passage = atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "pdf"]).reussi();
        assert!(!passage.tout().contains("ANX-003"), "{}", passage.tout());
        let pdf = "sortie/CPOM-2026-2030-ADELIE.pdf";
        let liste = atelier.cpom(&["extraire", pdf, "--liste"]).reussi().sortie;
        assert!(liste.lines().any(|ligne| ligne.starts_with("\u{E9}valuation.pdf ")), "{liste}");
        // The same when a service receives it.
        let octets: std::sync::Arc<[u8]> = pdf_de(2).into();
        let mut recus = std::collections::BTreeMap::from([(sur_le_disque.to_owned(), octets.clone())]);
        let dire = |recus: &std::collections::BTreeMap<String, std::sync::Arc<[u8]>>| {
            let fichier = cpom::lecture::recu("contrat.json".into(), contrat.to_string().into_bytes()).unwrap();
            let ouverture = cpom::dossier::ouvrir_recus(vec![fichier], recus.clone()).unwrap();
            let rapport = cpom::dossier::controler(&ouverture, &cpom::dossier::Choix::default(), false).unwrap();
            let fautes = rapport.remarques.iter().filter(|ligne| ligne.remarque.pointeur.starts_with("/pieces/0"));
            fautes.map(|ligne| ligne.remarque.message.clone()).collect::<Vec<_>>().join("\n")
        };
        assert!(!dire(&recus).contains("n'accompagne pas"), "{}", dire(&recus));
        recus.insert("pie\u{300}ces/\u{E9}valuation.pdf".to_owned(), octets);
        assert!(dire(&recus).contains("désigne deux fichiers"), "{}", dire(&recus));
    }
    let (atelier, contrat) = exemple_avec("\u{E9}t\u{E9}.pdf");
    atelier.ecrire("e\u{301}t\u{E9}.pdf", pdf_de(1));
    atelier.ecrire("\u{E9}te\u{301}.pdf", pdf_de(1));
    atelier.contrat(&contrat);
    let passage = atelier.cpom(&["verifier", "contrat.json"]);
    assert!(passage.sortie.contains("« \u{E9}t\u{E9}.pdf » désigne deux fichiers"), "{}", passage.tout());
}

#[test]
fn attachments_have_names_that_any_system_tells_apart() {
    let (atelier, mut contrat) = exemple_avec("pieces/nul.pdf");
    atelier.ecrire("pieces/nul.pdf", pdf_de(1));
    let mut seconde = contrat["pieces"][0].clone();
    seconde["titre"] = json!("Seconde");
    seconde["fichier"] = json!("autres/NUL.PDF");
    atelier.ecrire("autres/NUL.PDF", pdf_de(2));
    contrat["pieces"].as_array_mut().unwrap().push(seconde);
    atelier.contrat(&contrat);
    atelier.cpom(&["generer", "contrat.json", "--etat", "projet", "--format", "pdf"]).reussi();
    let liste = atelier.cpom(&["extraire", "sortie/CPOM-2026-2030-ADELIE.pdf", "--liste"]).reussi().sortie;
    let noms: Vec<String> = liste.lines().filter_map(|l| Some(l.split(' ').next()?.to_lowercase())).collect();
    assert!(noms.contains(&"fichier-nul.pdf".to_owned()), "{liste}");
    let distincts: std::collections::BTreeSet<&String> = noms.iter().collect();
    assert_eq!(distincts.len(), noms.len(), "{liste}");
}
