//! Small workbooks made here, and what is read of them.

use super::genre::lire;
use super::limites::DEPLIE_MAX;
use super::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Note as NoteEcrite, Workbook};

fn texte(feuille: &Feuille, ligne: u32, colonne: u32) -> Option<&Contenu> {
    feuille.a(ligne, colonne).map(|c| &c.contenu)
}

#[test]
fn a_workbook_is_read_with_its_types_its_merges_its_names_and_its_notes() {
    let mut classeur = Workbook::new();
    classeur.set_properties(&DocProperties::new().set_custom_property("cpom.reference", "CPOM-É"));
    let feuille = classeur.add_worksheet().set_name("Budgets").unwrap();
    feuille.write_string(0, 0, "Été &\nhiver").unwrap();
    feuille.write_number(0, 1, 12.5).unwrap();
    feuille.write_boolean(0, 2, true).unwrap();
    let jour = Format::new().set_num_format("dd/mm/yyyy");
    feuille.write_datetime_with_format(0, 3, ExcelDateTime::from_ymd(2026, 9, 1).unwrap(), &jour).unwrap();
    feuille.write_formula(0, 4, Formula::new("=B1*2").set_result("25")).unwrap();
    feuille.merge_range(1, 0, 2, 1, "fusion", &Format::new()).unwrap();
    feuille.insert_note(0, 1, &NoteEcrite::new("à revoir").add_author_prefix(false)).unwrap();
    classeur.define_name("cpom_essai", "=Budgets!$A$1:$B$2").unwrap();
    let octets = classeur.save_to_buffer().unwrap();
    let lu = lire("x.xlsx", &octets).unwrap();
    let feuille = &lu.feuilles[0];
    assert_eq!(feuille.nom, "Budgets");
    assert_eq!(texte(feuille, 0, 0), Some(&Contenu::Texte("Été &\nhiver".into())));
    assert_eq!(texte(feuille, 0, 1), Some(&Contenu::Nombre(12.5)));
    assert_eq!(texte(feuille, 0, 2), Some(&Contenu::Booleen(true)));
    assert_eq!(texte(feuille, 0, 3), Some(&Contenu::Date("2026-09-01".into())));
    assert_eq!(texte(feuille, 0, 4), Some(&Contenu::Nombre(25.0)));
    assert_eq!(feuille.a(0, 4).unwrap().formule.as_deref(), Some("B1*2"));
    assert_eq!(texte(feuille, 2, 1), Some(&Contenu::Texte("fusion".into())), "the top left speaks for all");
    let note = &feuille.notes[0];
    assert_eq!((note.ligne, note.colonne, note.texte.as_str()), (0, 1, "à revoir"));
    assert_eq!(lu.proprietes.get("cpom.reference").map(String::as_str), Some("CPOM-É"));
    assert_eq!(lu.noms_definis[0].0, "cpom_essai");
}

#[test]
fn a_table_in_text_is_read_whatever_its_separator_and_its_encoding() {
    for octets in [
        "\u{FEFF}Nom;Montant\r\n\"L'été; ici\";1 234,56\r\n".as_bytes().to_vec(),
        "Nom\tMontant\nL'été; ici\t1 234,56\n".as_bytes().to_vec(),
        "Nom|Montant\nL'été; ici|1 234,56\n".as_bytes().to_vec(),
        b"Nom;Montant\r\n\"L'\xE9t\xE9; ici\";1 234,56\r\n".to_vec(),
    ] {
        let lu = lire("dossier/Budgets.csv", &octets).unwrap();
        assert_eq!(lu.feuilles[0].nom, "Budgets");
        assert_eq!(texte(&lu.feuilles[0], 1, 0), Some(&Contenu::Texte("L'été; ici".into())));
        assert_eq!(texte(&lu.feuilles[0], 1, 1), Some(&Contenu::Texte("1 234,56".into())));
    }
}

#[test]
fn a_cell_beyond_the_bounds_is_told_by_its_name_and_costs_nothing() {
    let mut classeur = Workbook::new();
    classeur.add_worksheet().write_number(200_000, 1_999, 1).unwrap();
    let octets = classeur.save_to_buffer().unwrap();
    let refus = lire("x.xlsx", &octets).unwrap_err();
    assert_eq!(refus, ClasseurRefuse::HorsLimites { feuille: "Sheet1".into(), cellule: "BXX200001".into() });
    assert!(refus.to_string().contains("20\u{A0}000 lignes"), "{refus}");
}

/// A small zip of an ods whose content is this.
fn ods(contenu: &str) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("mimetype", options).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    zip.start_file("content.xml", options).unwrap();
    let tete = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"F\">";
    zip.write_all(
        format!("{tete}{contenu}</table:table></office:spreadsheet></office:body></office:document-content>")
            .as_bytes(),
    )
    .unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_an_ods_repeats_is_repeated_within_bounds() {
    let vide = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let plein = "<table:table-row><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"3.5\"><text:p>3,5</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"2\"/>&amp;</text:p><text:p>b</text:p></table:table-cell></table:table-row>";
    let lu = lire("x.ods", &ods(&format!("{plein}{vide}"))).unwrap();
    assert_eq!(texte(&lu.feuilles[0], 0, 1), Some(&Contenu::Nombre(3.5)));
    assert_eq!(texte(&lu.feuilles[0], 0, 2), Some(&Contenu::Texte("a  &\nb".into())));
    let bombe = plein.replacen("<table:table-row>", "<table:table-row table:number-rows-repeated=\"1048576\">", 1);
    assert!(matches!(lire("x.ods", &ods(&bombe)), Err(ClasseurRefuse::HorsLimites { .. })));
    let large = plein.replace("number-columns-repeated=\"2\"", "number-columns-repeated=\"16384\"");
    assert!(matches!(lire("x.ods", &ods(&large)), Err(ClasseurRefuse::HorsLimites { .. })));
}

#[test]
fn what_is_no_workbook_is_named() {
    for (octets, mot) in [
        (&b""[..], "vide"),
        (b"%PDF-1.7", "PDF"),
        (b"<html>", "XML"),
        (b"{\"a\": 1}", "JSON"),
        (b"PK\x03\x04....", "abîmé"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "abîmé"),
    ] {
        let refus = lire("x", octets).unwrap_err().to_string();
        assert!(refus.contains(mot) && refus.contains("À faire"), "{refus}");
    }
    let mut chiffre = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    chiffre.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(lire("x.xlsx", &chiffre), Err(ClasseurRefuse::Chiffre));
}

/// The same workbook with one file more in its package.
fn avec(octets: &[u8], nom: &str, contenu: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut zip = zip::ZipWriter::new_append(Cursor::new(octets.to_vec())).unwrap();
    zip.start_file(nom, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(contenu).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn macros_are_told_and_what_swells_is_refused() {
    let mut classeur = Workbook::new();
    let feuille = classeur.add_worksheet().set_name("Budgets").unwrap();
    feuille.write_number(0, 0, 1).unwrap();
    let octets = classeur.save_to_buffer().unwrap();
    let lu = lire("x.xlsm", &avec(&octets, "xl/vbaProject.bin", b"macro")).unwrap();
    assert_eq!(texte(&lu.feuilles[0], 0, 0), Some(&Contenu::Nombre(1.0)));
    assert!(lu.alertes.iter().any(|alerte| alerte.contains("macros")), "{:?}", lu.alertes);
    let gonfle = avec(&octets, "xl/media/x.bin", &vec![0; DEPLIE_MAX as usize + 1]);
    assert!(gonfle.len() < 1_000_000);
    assert_eq!(lire("x.xlsx", &gonfle), Err(ClasseurRefuse::TropGros));
}

#[test]
fn merges_that_are_not_held_are_told() {
    let mut classeur = Workbook::new();
    let feuille = classeur.add_worksheet().set_name("Plan").unwrap();
    for ligne in 0..2_003 {
        feuille.merge_range(ligne, 0, ligne, 1, "x", &Format::new()).unwrap();
    }
    let lu = avertir(lire("x.xlsx", &classeur.save_to_buffer().unwrap()).unwrap());
    assert!(lu.alertes.iter().any(|a| a.starts_with("feuille « Plan » : 3 cellules fusionnées")), "{:?}", lu.alertes);
}

#[test]
fn cells_and_days_are_named_as_spreadsheets_do() {
    assert_eq!(nom_de_cellule(11, 5), "F12");
    assert_eq!(nom_de_cellule(0, 26), "AA1");
    assert_eq!(date_du_nombre(46_266.0, false).as_deref(), Some("2026-09-01"));
    assert_eq!(date_du_nombre(44_804.0, true).as_deref(), Some("2026-09-01"));
    assert_eq!(date_du_nombre(2026.0, false), None, "a year is no day");
    assert_eq!(date_du_nombre(f64::NAN, false), None);
}
