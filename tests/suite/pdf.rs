//! The PDF holds the tree's words, whatever they are, always the same bytes, and says what it is.

use std::io::Write;
use std::process::{Command, Stdio};

use cpom::document::{
    Bloc, Document, Etat, FormatImage, GenreLigne, Image, Inline, Ligne, LigneFormulaire, Liste, Noeud, Style, Tableau,
    mots,
};
use cpom::rendu::pdf::{self, Erreur, Options};

use crate::arbre::{cellule, colonne, exemple_arbre, noeud, par, styles, t, titre};

/// The bytes of a document printed without anything more.
fn rendre(document: &Document) -> Result<Vec<u8>, Erreur> {
    pdf::rendre(document, Options::default()).map(|pdf| pdf.octets)
}

/// A document of one part made of `blocs`.
fn document(blocs: Vec<Noeud>) -> Document {
    let mut document = exemple_arbre(Etat::Definitif);
    document.parties.truncate(4);
    document.parties.drain(..3);
    document.parties[0].blocs = blocs;
    document
}

#[test]
fn two_printings_are_the_same_bytes() {
    let exemple = exemple_arbre(Etat::Projet);
    let premier = rendre(&exemple).unwrap();
    assert!(premier.starts_with(b"%PDF-"));
    assert!(premier == rendre(&exemple).unwrap(), "two printings of a tree differ");
}

#[test]
fn the_file_says_its_title_language_and_conformance() {
    let exemple = exemple_arbre(Etat::Definitif);
    let octets = rendre(&exemple).unwrap();
    let pdf = lopdf::Document::load_mem(&octets).unwrap();
    let catalogue = pdf.catalog().unwrap();
    assert_eq!(catalogue.get(b"Lang").unwrap().as_str().unwrap(), b"fr-FR");
    assert!(catalogue.get(b"StructTreeRoot").is_ok(), "the file is not tagged");
    let xmp = catalogue.get(b"Metadata").unwrap().as_reference().unwrap();
    let xmp = pdf.get_object(xmp).unwrap().as_stream().unwrap();
    let xmp = String::from_utf8(xmp.get_plain_content().unwrap()).unwrap();
    for attendu in [
        exemple.identite.titre.as_str(),
        exemple.identite.producteur.as_str(),
        "2024-03-15",
        "pdfuaid:part>1",
        "pdfaid:part>3",
        "pdfaid:conformance>A",
    ] {
        assert!(xmp.contains(attendu), "« {attendu} » is not in the metadata:\n{xmp}");
    }
}

#[test]
fn a_draft_without_date_prints() {
    let mut document = exemple_arbre(Etat::Projet);
    document.identite.date = String::new();
    let octets = rendre(&document).unwrap();
    assert!(octets == rendre(&document).unwrap(), "two printings of a tree without date differ");
}

#[test]
fn a_total_is_never_alone_on_its_page() {
    let ligne = |genre, texte: String| Ligne { genre, cellules: vec![cellule(&texte), cellule("1")] };
    // Whatever the place of the page break, the last row goes along with the total.
    for nombre in 30..60 {
        let mut lignes: Vec<Ligne> = (0..nombre).map(|n| ligne(GenreLigne::Normale, format!("rang{n}"))).collect();
        lignes.push(ligne(GenreLigne::Total, "Somme".to_owned()));
        let tableau = Tableau {
            legende: None,
            colonnes: vec![colonne(3, false), colonne(1, true)],
            entete: vec![cellule("Libellé"), cellule("Nombre")],
            lignes,
            paysage: false,
            densite: 0,
        };
        let Some(texte) = pdftotext(&rendre(&document(vec![noeud(Bloc::Tableau(tableau))])).unwrap()) else { return };
        let derniere = texte.split('\u{c}').find(|page| page.contains("Somme")).unwrap();
        assert!(derniere.contains(&format!("rang{}", nombre - 1)), "{nombre} rows");
    }
}

#[test]
fn only_a_definitive_text_has_signature_fields() {
    let champs = |etat| pdf::rendre(&exemple_arbre(etat), Options::default()).unwrap().champs.len();
    assert_eq!((champs(Etat::Projet), champs(Etat::Definitif)), (0, 5));
}

#[test]
fn hostile_strings_print() {
    let hostiles = [
        "*gras* _italique_ #show: panic() $x^2$ @ref <label> [x](y) `code` {{ x }} {% raw %} \\ // /* ~ --- ' \"",
        "a\u{0}b\u{1}\u{7}c\u{fffe}\u{ffff}\u{fdd0}\u{feff}\u{e000}\u{10ffff}\u{7f}\u{9f}",
        "שלום עליכם مرحبا بالعالم \u{202e}gauche\u{202c} \u{2066}isolé\u{2069}",
        "emoji 😀 👩‍👩‍👧 🇫🇷 ❤️ 中文 हिन्दी ไทย 한국어 Ελλάδα Москва Հայ",
        "e\u{301} e\u{300}\u{302}\u{323} \u{301} z\u{301}\u{301}\u{301} א\u{5b0} ﬁ ™ ① № ½ ⅓ ‰ ≤ ≥ ± × ÷ → ✓ ☐ ☑ ■ ● Ω Ω µ μ",
        "\u{2000}\u{2003}\u{2007}\u{2009}\u{200b}\u{2060}\u{ad}\u{2011}\u{2028}\u{2029}\u{85}\t\r\n",
        "",
        " ",
    ];
    let mut tous: Vec<String> = hostiles.iter().map(|texte| texte.to_string()).collect();
    tous.push("mot".repeat(3334));
    tous.push("1234567890".repeat(1000));
    let mut document = document(tous.iter().flat_map(|texte| partout(texte)).collect());
    document.identite.titre = tous.join(" ");
    document.identite.reference = tous[1].clone();
    document.identite.auteur = tous[3].repeat(100);
    document.parties[0].titre = tous.join(" ");
    rendre(&document).unwrap();
}

/// A text in each kind of place, with each kind of character.
fn partout(texte: &str) -> Vec<Noeud> {
    let contenu = || {
        vec![
            t(texte),
            Inline::Gras { contenu: vec![t(texte)] },
            Inline::Italique { contenu: vec![Inline::Gras { contenu: vec![t(texte)] }] },
            Inline::Exposant { contenu: vec![t(texte)] },
            Inline::Lacune { texte: texte.to_owned(), pointeur: None, demande: Default::default() },
            Inline::Renvoi { ancre: texte.to_owned(), texte: texte.to_owned() },
            Inline::Lien { url: texte.to_owned(), contenu: vec![t(texte)] },
            Inline::Lien { url: "https://exemple.fr/".to_owned(), contenu: vec![t(texte)] },
        ]
    };
    let tableau = Tableau {
        legende: Some(contenu()),
        colonnes: (0..12).map(|rang| colonne(1, rang % 2 == 1)).collect(),
        entete: (0..12).map(|_| cellule(texte)).collect(),
        lignes: vec![cpom::document::Ligne {
            genre: cpom::document::GenreLigne::Normale,
            cellules: (0..12).map(|_| cellule(texte)).collect(),
        }],
        paysage: false,
        densite: 0,
    };
    vec![
        titre(2, None, texte, texte),
        styles(Style::Corps, contenu()),
        styles(Style::Note, contenu()),
        noeud(Bloc::Formulaire { lignes: vec![LigneFormulaire { terme: contenu(), blocs: vec![par(texte)] }] }),
        noeud(Bloc::Encadre { titre: contenu(), blocs: vec![par(texte)] }),
        noeud(Bloc::Tableau(tableau)),
    ]
}

#[test]
fn broken_trees_print() {
    let mut profond = par("fond");
    for _ in 0..60 {
        profond = noeud(Bloc::Liste(Liste { depart: None, elements: vec![vec![profond]] }));
    }
    let mut gras = t("gras");
    for _ in 0..60 {
        gras = Inline::Gras { contenu: vec![gras] };
    }
    let large = |etendue| cpom::document::Cellule { etendue, ..cellule("large") };
    let bancal = Tableau {
        legende: None,
        colonnes: vec![colonne(0, true), colonne(u16::MAX, false)],
        entete: vec![large(9)],
        lignes: vec![
            cpom::document::Ligne { genre: cpom::document::GenreLigne::Normale, cellules: vec![] },
            cpom::document::Ligne { genre: cpom::document::GenreLigne::Groupe, cellules: vec![large(0)] },
            cpom::document::Ligne {
                genre: cpom::document::GenreLigne::Total,
                cellules: vec![large(u16::MAX), large(3), large(1)],
            },
        ],
        paysage: true,
        densite: 200,
    };
    let vide = Tableau { legende: None, colonnes: vec![], entete: vec![], lignes: vec![], paysage: true, densite: 0 };
    let blocs = vec![
        titre(4, None, "Un titre qui saute trois niveaux", "double"),
        titre(9, None, "La même ancre", "double"),
        noeud(Bloc::SautDePage),
        noeud(Bloc::SautDePage),
        profond,
        styles(
            Style::Corps,
            vec![
                gras,
                Inline::Renvoi { ancre: "nulle-part".into(), texte: "renvoi perdu".into() },
                Inline::Renvoi { ancre: "double".into(), texte: "ici".into() },
            ],
        ),
        noeud(Bloc::Tableau(bancal)),
        noeud(Bloc::Tableau(vide)),
        noeud(Bloc::Encadre { titre: vec![], blocs: vec![noeud(Bloc::SautDePage)] }),
        noeud(Bloc::Liste(Liste { depart: Some(u32::MAX), elements: vec![vec![], vec![par("x")]] })),
        noeud(Bloc::Formulaire { lignes: vec![] }),
        noeud(Bloc::Signatures { signatures: vec![] }),
        noeud(Bloc::Images { images: vec![], hauteur_mm: 0 }),
        noeud(Bloc::SautDePage),
    ];
    rendre(&document(blocs)).unwrap();
    rendre(&document(vec![])).unwrap();
    let mut rien = document(vec![]);
    rien.parties.clear();
    rien.identite.titre.clear();
    rendre(&rien).unwrap();
}

/// Width of each page is greater than its height?
fn paysages(document: &Document) -> Vec<bool> {
    let pdf = lopdf::Document::load_mem(&rendre(document).unwrap()).unwrap();
    let large = |id| {
        let boite = pdf.get_dictionary(id).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        boite[2].as_float().unwrap() > boite[3].as_float().unwrap()
    };
    pdf.get_pages().into_values().map(large).collect()
}

#[test]
fn landscape_tables_share_a_page_with_their_heading_and_leave_no_blank_one() {
    let large = || {
        noeud(Bloc::Tableau(Tableau {
            legende: None,
            colonnes: vec![colonne(1, false), colonne(1, true)],
            entete: vec![cellule("Compte"), cellule("Montant")],
            lignes: vec![],
            paysage: true,
            densite: 0,
        }))
    };
    let note = styles(Style::Note, vec![t("Source")]);
    let saut = || noeud(Bloc::SautDePage);
    let seuls = document(vec![saut(), titre(1, None, "Annexe", "a"), large(), note, large(), large(), saut()]);
    assert_eq!(paysages(&seuls), [true]);
    let entoures = document(vec![par("avant"), titre(1, None, "Annexe", "a"), large(), saut(), large(), par("après")]);
    assert_eq!(paysages(&entoures), [false, true, true, false]);
}

#[test]
fn errors_name_the_picture_or_the_date() {
    let mut abime = exemple_arbre(Etat::Projet);
    abime.images[2] = Image { octets: b"pas une image".as_slice().into(), format: FormatImage::Png };
    let erreur = rendre(&abime).unwrap_err();
    assert!(matches!(&erreur, Erreur::Image { quelle, .. } if quelle.contains("n° 3")), "{erreur}");
    let mut absente = exemple_arbre(Etat::Projet);
    absente.images.truncate(1);
    assert!(matches!(rendre(&absente).unwrap_err(), Erreur::ImageAbsente { rang: 2, total: 1 }));
    let mut sans_date = exemple_arbre(Etat::Projet);
    sans_date.identite.date = "hier".to_owned();
    assert!(matches!(rendre(&sans_date).unwrap_err(), Erreur::Date { .. }));
}

#[test]
fn a_long_reference_is_whole_at_the_head_of_the_pages() {
    let reference = "CPOM-2026-2030-ASSOCIATION-DES-GORGES-DU-VERDON-ET-ENVIRONS";
    let mut long = exemple_arbre(Etat::Projet);
    long.identite.reference = reference.to_owned();
    let mut fichier = tempfile::NamedTempFile::new().unwrap();
    fichier.write_all(&rendre(&long).unwrap()).unwrap();
    let Ok(lu) = Command::new("pdftotext").arg("-raw").arg(fichier.path()).arg("-").output() else { return };
    let texte = String::from_utf8(lu.stdout).unwrap();
    assert!(texte.matches(reference).count() > 2, "{texte}");
}

#[test]
fn the_pdf_prints_every_word_of_the_tree_in_order_and_no_other() {
    let mut exemple = exemple_arbre(Etat::Definitif);
    // The table of contents has words that the tree has once only.
    exemple.parties.remove(1);
    let Some(extrait) = pdftotext(&rendre(&exemple).unwrap()) else {
        eprintln!("pdftotext is not installed: words not compared");
        return;
    };
    let attendus = mots_de(&mots::texte(&exemple));
    let imprimes = mots_de(&extrait);
    let mut suite = imprimes.iter();
    for (rang, mot) in attendus.iter().enumerate() {
        let contexte = || attendus[rang.saturating_sub(8)..(rang + 3).min(attendus.len())].join(" ");
        assert!(suite.any(|imprime| imprime == mot), "« {mot} » is missing or out of order, near « {} »", contexte());
    }
    // What is left: repeated table headers and list marks.
    let mut reste = imprimes;
    for mot in &attendus {
        if let Some(rang) = reste.iter().position(|imprime| imprime == mot) {
            reste.remove(rang);
        }
    }
    let mut admis = mots_de("– • 1. 2. 3.");
    for noeud in exemple.parties.iter().flat_map(|partie| &partie.blocs) {
        if let Bloc::Tableau(tableau) = &noeud.bloc {
            let mut entete = exemple.parties[0].clone();
            entete.blocs = tableau.entete.iter().flat_map(|c| c.blocs.clone()).collect();
            let mut texte = String::new();
            mots::texte_partie(&entete, &mut texte);
            admis.extend(mots_de(&texte));
        }
    }
    let intrus: Vec<_> = reste.iter().filter(|mot| !admis.contains(mot)).collect();
    assert!(intrus.is_empty(), "words that the tree does not have: {intrus:?}");
}

/// Text of the body of each page (headers and footers left out), in the order of the content.
fn pdftotext(octets: &[u8]) -> Option<String> {
    let pages = lopdf::Document::load_mem(octets).unwrap();
    let mut fichier = tempfile::NamedTempFile::new().unwrap();
    fichier.write_all(octets).unwrap();
    let mut texte = String::new();
    for (numero, id) in pages.get_pages() {
        let boite: Vec<f32> = pages
            .get_dictionary(id)
            .unwrap()
            .get(b"MediaBox")
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_float().unwrap())
            .collect();
        let n = numero.to_string();
        let (largeur, hauteur) = (format!("{}", boite[2] as u32), format!("{}", boite[3] as u32 - 60 - 65));
        let sortie = Command::new("pdftotext")
            .args(["-raw", "-r", "72", "-f", &n, "-l", &n, "-x", "0", "-y", "60", "-W", &largeur, "-H", &hauteur])
            .arg(fichier.path())
            .arg("-")
            .stderr(Stdio::null())
            .output()
            .ok()?;
        texte.push_str(&String::from_utf8(sortie.stdout).unwrap());
        texte.push('\n');
    }
    Some(texte)
}

/// Words without the marks that line breaking adds (hyphens at the end of a line), nor the narrow spaces,
/// that pdftotext takes for kerning.
fn mots_de(texte: &str) -> Vec<String> {
    let texte = texte.replace("-\n", "-").replace("\u{ad}\n", "");
    let texte: String = texte.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{c}' | '\u{202f}')).collect();
    texte.split_whitespace().map(|mot| mot.replace('-', "")).filter(|mot| !mot.is_empty()).collect()
}

/// Writes the two samples for whoever wants to look at them: `cargo test --release -- --ignored regarder`.
#[test]
#[ignore = "writes files to look at"]
#[expect(clippy::disallowed_methods, reason = "tells whoever looks how long printing takes")]
fn regarder() {
    let dossier = std::env::temp_dir().join("pdf-look");
    std::fs::create_dir_all(&dossier).unwrap();
    for (nom, etat) in [("projet", Etat::Projet), ("definitif", Etat::Definitif)] {
        let debut = std::time::Instant::now();
        let octets = rendre(&exemple_arbre(etat)).unwrap();
        eprintln!("{nom}: {} bytes in {:?}", octets.len(), debut.elapsed());
        std::fs::write(dossier.join(format!("{nom}.pdf")), octets).unwrap();
    }
}
