//! Files of others that stop, exhaust or deceive their reader: refused by name, by every command alike, and nothing else
//! suffers from it.

use std::fs;
use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageFormat};
use serde_json::{Value, json};

use super::outils::{Atelier, json as lire_json};
use super::servir::Service;

const MINIMAL: &str = "fixtures/paca/minimal.json";

/// Where a contract names the file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Piece,
    Logo,
}

/// A short contract that names a file.
fn contrat(place: Place, nom: &str) -> Value {
    let mut contrat = lire_json(MINIMAL);
    match place {
        Place::Piece => {
            contrat["pieces"] =
                json!([{ "annexe": "evaluation", "titre": "Pièce essayée", "fichier": nom, "date": "2025-01-01" }]);
        }
        Place::Logo => {
            contrat["parties"]["gestionnaires"][0]["logo"] = json!({ "fichier": nom, "alternative": "Logo d'essai" });
        }
    }
    contrat
}

/// A PDF whose compressed objects are said to be in one another: reading one never ends.
fn pdf_en_boucle() -> Vec<u8> {
    let mut octets = b"%PDF-1.5\n".to_vec();
    let mut places = vec![(0u8, 0usize, 65_535u16)];
    for objet in ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"] {
        places.push((1, octets.len(), 0));
        octets.extend(format!("{} 0 obj\n{objet}\nendobj\n", places.len() - 1).bytes());
    }
    places.push((2, 6, 0));
    places.push((1, octets.len(), 0));
    octets.extend(b"4 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n");
    let fin = octets.len();
    places.extend([(1, fin, 0), (2, 7, 0), (2, 6, 0)]);
    octets.extend(b"5 0 obj\n<</Type/XRef/Size 8/W[1 4 2]/Root 1 0 R/Length 56>>\nstream\n");
    for (genre, place, rang) in places {
        octets.push(genre);
        octets.extend(u32::try_from(place).unwrap().to_be_bytes());
        octets.extend(rang.to_be_bytes());
    }
    octets.extend(format!("\nendstream\nendobj\nstartxref\n{fin}\n%%EOF\n").bytes());
    octets
}

/// A drawing with a filter over a square.
fn svg_filtre(region: &str, filtre: &str) -> Vec<u8> {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\"><filter id=\"f\" {region}>{filtre}</filter><rect filter=\"url(#f)\" width=\"100\" height=\"100\"/></svg>"
    )
    .into_bytes()
}

fn svg(dedans: &str) -> Vec<u8> {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"100\" height=\"100\">{dedans}</svg>"
    )
    .into_bytes()
}

fn png(largeur: u32, hauteur: u32) -> Vec<u8> {
    let mut octets = Vec::new();
    DynamicImage::new_rgb8(largeur, hauteur).write_to(&mut Cursor::new(&mut octets), ImageFormat::Png).unwrap();
    octets
}

fn jpeg() -> Vec<u8> {
    let mut octets = Vec::new();
    let image = image::RgbImage::from_fn(200, 100, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
    image.write_to(&mut Cursor::new(&mut octets), ImageFormat::Jpeg).unwrap();
    octets
}

/// What stops a reader that nothing bounds.
fn bombes() -> Vec<(&'static str, Place, Vec<u8>)> {
    let vaste = "x=\"-1000\" y=\"-1000\" width=\"100000\" height=\"100000\"";
    vec![
        ("boucle.pdf", Place::Piece, pdf_en_boucle()),
        ("vaste.svg", Place::Logo, svg_filtre(vaste, "<feFlood/>")),
        ("sans-fin.svg", Place::Logo, svg_filtre("", "<feTurbulence numOctaves=\"100000\" baseFrequency=\"0.5\"/>")),
    ]
}

/// What would be drawn otherwise than it was given, or not at all.
fn trompeurs() -> Vec<(&'static str, Place, Vec<u8>)> {
    let (entier, photo) = (png(300, 200), jpeg());
    let mut gris = photo.clone();
    let milieu = gris.len() / 2;
    gris.truncate(milieu);
    vec![
        ("coupe.png", Place::Logo, entier[..entier.len() * 2 / 3].to_vec()),
        ("coupe-aussi.png", Place::Piece, entier[..entier.len() * 2 / 3].to_vec()),
        ("coupe.jpg", Place::Logo, gris.clone()),
        ("coupe-aussi.jpg", Place::Piece, gris),
        (
            "etranger.svg",
            Place::Logo,
            svg(
                "<foreignObject width=\"9\" height=\"9\"><p xmlns=\"http://www.w3.org/1999/xhtml\">Bonjour</p></foreignObject>",
            ),
        ),
        ("ailleurs.svg", Place::Logo, svg("<image xlink:href=\"photo.png\" width=\"50\" height=\"50\"/>")),
        ("reseau.svg", Place::Logo, svg("<image href=\"https://exemple.invalid/a.png\" width=\"50\" height=\"50\"/>")),
        ("utilise.svg", Place::Logo, svg("<use href=\"autre.svg#a\"/>")),
        ("feuille.svg", Place::Logo, svg("<style>@import 'autre.css';</style><rect width=\"9\" height=\"9\"/>")),
        (
            "feuille-cachee.svg",
            Place::Logo,
            svg("<style>/**/<!-- -->@IMPORT 'a.css';</style><rect width=\"9\" height=\"9\"/>"),
        ),
        (
            "feuille-a-cote.svg",
            Place::Logo,
            [b"<?xml-stylesheet href=\"a.css\"?>".as_slice(), &svg("<rect width=\"9\" height=\"9\"/>")].concat(),
        ),
        (
            "image-abimee.svg",
            Place::Logo,
            svg("<image href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"50\" height=\"50\"/>"),
        ),
        ("mot.svg", Place::Logo, svg("<text x=\"10\" y=\"50\">\u{4E2D}</text>")),
        (
            "polices.svg",
            Place::Logo,
            svg(
                "<style>@font-face{font-family:A;src:url(data:font/woff2;base64,AAAA)}</style><text y=\"20\" font-family=\"A\">Nom</text>",
            ),
        ),
        ("autre-police.svg", Place::Logo, svg("<text y=\"20\" font-family=\"Arial, sans-serif\">Nom</text>")),
        ("inconnu.svg", Place::Logo, svg("<meshgradient id=\"a\"/>")),
        ("pas-du-tout.svg", Place::Logo, b"<svg>".to_vec()),
        ("page.svg", Place::Logo, b"<html><body><svg/></body></html>".to_vec()),
        ("texte.png", Place::Logo, b"Bonjour".to_vec()),
    ]
}

fn remarque_qui_nomme<'t>(texte: &'t str, nom: &str) -> Option<&'t str> {
    texte.lines().find(|ligne| ligne.contains("ANX-003") && ligne.contains(nom))
}

#[test]
fn a_file_that_stops_its_reader_or_would_be_drawn_otherwise_is_refused_by_name_by_every_command() {
    for (nom, place, octets) in bombes().into_iter().chain(trompeurs()) {
        let atelier = Atelier::nouveau();
        atelier.ecrire(nom, &octets);
        atelier.contrat(&contrat(place, nom));
        for commande in [&["verifier", "contrat.json"][..], &["generer", "contrat.json", "--format", "pdf,docx"]] {
            let passage = atelier.cpom(commande);
            let tout = passage.tout();
            assert!(remarque_qui_nomme(&tout, nom).is_some(), "{nom}, {commande:?}: {tout}");
            assert!([0, 1].contains(&passage.code), "{nom}, {commande:?}: {tout}");
        }
    }
}

#[test]
fn a_file_that_stops_its_reader_costs_a_run_one_contract() {
    let atelier = Atelier::nouveau();
    for (rang, (nom, place, octets)) in bombes().into_iter().enumerate().filter(|(_, b)| b.0 != "sans-fin.svg") {
        atelier.ecrire(&format!("contrats/{nom}"), octets);
        let mut contrat = contrat(place, nom);
        contrat["reference"] = json!(format!("BOMBE-{rang}"));
        contrat["etat"] = json!("definitif");
        atelier.ecrire(&format!("contrats/{rang}.json"), contrat.to_string());
    }
    for rang in 0..3 {
        let mut contrat = lire_json(MINIMAL);
        contrat["reference"] = json!(format!("BON-{rang}"));
        atelier.ecrire(&format!("contrats/bon-{rang}.json"), contrat.to_string());
    }
    let passage = atelier.cpom(&["lot", "contrats", "--format", "pdf", "-j", "1", "--sortie", "sortie"]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    let manifeste: Value = serde_json::from_slice(&fs::read(atelier.chemin("sortie/manifeste.json")).unwrap()).unwrap();
    for ligne in manifeste["contrats"].as_array().unwrap() {
        let bon = ligne["reference"].as_str().unwrap().starts_with("BON");
        assert_eq!(ligne["issue"], json!(if bon { "imprime" } else { "refuse" }), "{ligne}");
        assert_eq!(ligne["erreur"], Value::Null, "{ligne}");
    }
    assert!(atelier.chemin("sortie/BON-2.pdf").exists());
}

#[test]
fn a_file_that_stops_its_reader_costs_a_service_one_answer() {
    let service = Service::lancer(&["-j", "1"]);
    for (nom, place, octets) in bombes() {
        let contrat = contrat(place, nom).to_string();
        let parties = [("contrat", "c.json", contrat.as_bytes()), ("piece", nom, octets.as_slice())];
        for chemin in ["/verifier?format=texte", "/generer?format=docx"] {
            let reponse = service.formulaire(chemin, &parties);
            let texte = reponse.texte();
            assert!([200, 422].contains(&reponse.statut), "{nom}, {chemin}: {texte}");
            if reponse.statut != 200 || chemin.starts_with("/verifier") {
                assert!(texte.contains(nom), "{nom}, {chemin}: {texte}");
            }
        }
        assert_eq!(
            service.envoyer("/verifier", &fs::read_to_string(super::outils::racine().join(MINIMAL)).unwrap()).statut,
            200
        );
    }
    let sante = service.lire("/sante").json();
    assert_eq!((&sante["en_cours"], &sante["arretees"]), (&json!(0), &json!(0)), "{sante}");
    let memoire = service.memoire();
    assert!(memoire.is_none_or(|kibioctets| kibioctets < 200 * 1024), "{memoire:?} KiB");
}

#[test]
fn a_picture_is_printed_whatever_its_kind() {
    let image =
        image::RgbaImage::from_fn(64, 48, |x, y| image::Rgba([(x * 4) as u8, (y * 5) as u8, 90, 255 - (x * 2) as u8]));
    let image = DynamicImage::from(image);
    let ecrire = |image: &DynamicImage, format| {
        let mut octets = Vec::new();
        image.write_to(&mut Cursor::new(&mut octets), format).unwrap();
        octets
    };
    let mut telephone = jpeg();
    // What a phone adds of the way it was held: orientation 6.
    let exif = b"\xFF\xE1\x00\x22Exif\x00\x00MM\x00\x2A\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00";
    telephone.splice(2..2, exif.iter().copied());
    let cas = [
        ("alpha.png", ecrire(&image, ImageFormat::Png)),
        ("gris.png", ecrire(&image.to_luma8().into(), ImageFormat::Png)),
        ("gris-alpha.png", ecrire(&image.to_luma_alpha8().into(), ImageFormat::Png)),
        ("seize.png", ecrire(&image.to_rgb16().into(), ImageFormat::Png)),
        ("seize-alpha.png", ecrire(&image.to_rgba16().into(), ImageFormat::Png)),
        ("gris-seize.png", ecrire(&image.to_luma16().into(), ImageFormat::Png)),
        ("photo.jpg", jpeg()),
        ("gris.jpg", ecrire(&image.to_luma8().into(), ImageFormat::Jpeg)),
        ("telephone.jpg", telephone),
        ("encres.jpg", STANDARD.decode(ENCRES[0].1).unwrap()),
        (
            "dessin.svg",
            svg("<text y=\"20\">Nom</text><svg x=\"10\" width=\"20\" height=\"20\"><circle r=\"9\"/></svg>"),
        ),
        ("flou.svg", svg_filtre("", "<feGaussianBlur stdDeviation=\"3\"/>")),
    ];
    for (nom, octets) in cas {
        for place in [Place::Logo, Place::Piece] {
            if place == Place::Piece && nom.ends_with(".svg") {
                continue;
            }
            let atelier = Atelier::nouveau();
            atelier.ecrire(nom, &octets);
            atelier.contrat(&contrat(place, nom));
            let passage = atelier.cpom(&["generer", "contrat.json", "--format", "pdf,docx"]);
            assert!(
                passage.code == 0 && remarque_qui_nomme(&passage.tout(), nom).is_none(),
                "{nom}: {}",
                passage.tout()
            );
        }
    }
}

#[test]
fn a_photograph_is_printed_the_way_it_was_held() {
    let mut octets = jpeg();
    let exif = b"\xFF\xE1\x00\x22Exif\x00\x00MM\x00\x2A\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00";
    octets.splice(2..2, exif.iter().copied());
    let debout = cpom::lecture::pages::pages(&octets.into()).unwrap();
    let droite = cpom::lecture::pages::pages(&jpeg().into()).unwrap();
    assert!(!debout[0].paysage && droite[0].paysage);
    let lue = image::load_from_memory(&debout[0].octets).unwrap();
    assert_eq!((lue.width(), lue.height()), (100, 200));
}

/// One ink of a printer each, sixteen points wide: a JPEG in four colours.
const ENCRES: [(&str, &str, [u8; 3]); 5] = [
    (
        "cyan",
        "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAICf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAWAQEBAQAAAAAAAAAAAAAAAAAACAn/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADgQBAAIRAxEEAAA/AIvSm38b+AAAAP/Z",
        [0, 255, 255],
    ),
    (
        "magenta",
        "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAHCf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAACf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAOBAEAAhEDEQQAAD8ArCV6KbfwAAAB/9k=",
        [255, 0, 255],
    ),
    (
        "jaune",
        "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAJ/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABYBAQEBAAAAAAAAAAAAAAAAAAAHCf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAOBAEAAhEDEQQAAD8Ajm38StfwAAAB/9k=",
        [255, 255, 0],
    ),
    (
        "noir",
        "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAK/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABQBAQAAAAAAAAAAAAAAAAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADgQBAAIRAxEEAAA/AJ/wT/gAAAP/2Q==",
        [0, 0, 0],
    ),
    (
        "blanc",
        "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAJCv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAA4EAQACEQMRBAAAPwDP+C/gAAAD/9k=",
        [255, 255, 255],
    ),
];

#[test]
fn the_inks_of_printers_are_the_colours_of_screens() {
    for (nom, base64, attendue) in ENCRES {
        let octets = STANDARD.decode(base64).unwrap();
        let pages = cpom::lecture::pages::pages(&octets.into()).unwrap();
        let point = image::load_from_memory(&pages[0].octets).unwrap().to_rgb8().get_pixel(8, 8).0;
        let ecart = point.iter().zip(attendue).map(|(a, b)| a.abs_diff(b)).max();
        assert!(ecart < Some(12), "{nom}: {point:?}");
    }
}

/// Runs the program where it may have so many KiB of addresses.
#[cfg(target_os = "linux")]
fn a_l_etroit(atelier: &Atelier, kibioctets: u32, arguments: &[&str]) -> super::outils::Passage {
    let borne = format!("ulimit -v {kibioctets}; exec \"$0\" \"$@\"");
    let sortie = std::process::Command::new("sh")
        .args(["-c", &borne, env!("CARGO_BIN_EXE_cpom")])
        .args(arguments)
        .current_dir(atelier.dossier.path())
        .output()
        .expect("a shell");
    super::outils::Passage::de(sortie, atelier.dossier.path())
}

/// Rust says it in English and ends on the spot: another process tells it.
#[cfg(target_os = "linux")]
#[test]
fn memory_that_is_refused_is_told_in_french() {
    let atelier = Atelier::nouveau();
    let mut contrat = lire_json(MINIMAL);
    atelier.ecrire("bon.json", contrat.to_string());
    contrat["inconnue"] = json!(vec![1; 900_000]);
    atelier.ecrire("lourd.json", contrat.to_string());
    for commande in
        [&["verifier", "lourd.json"][..], &["generer", "lourd.json"], &["comparer", "lourd.json", "bon.json"]]
    {
        let passage = a_l_etroit(&atelier, 180_000, commande);
        assert_eq!(passage.code, 2, "{commande:?}: {}", passage.tout());
        assert!(passage.erreurs.starts_with("erreur : la mémoire a manqué"), "{commande:?}: {}", passage.tout());
        assert!(passage.erreurs.contains("À faire : ") && !passage.erreurs.contains("memory"), "{}", passage.tout());
    }
    // What needs no more than it may have goes on as anywhere, with its code and its two outputs.
    let passage = a_l_etroit(&atelier, 1_500_000, &["generer", "bon.json", "--format", "texte"]).reussi();
    assert!(passage.sortie.starts_with("écrit : ") && passage.erreurs.contains("modèle : "), "{}", passage.tout());
    let passage = a_l_etroit(&atelier, 1_500_000, &["verifier", "absent.json"]);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    assert!(passage.erreurs.starts_with("erreur : « absent.json »"), "{}", passage.tout());
}
