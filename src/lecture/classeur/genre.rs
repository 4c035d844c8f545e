//! The first bytes of a file → which kind of workbook it is, whatever its name.

use super::cellules::Classeur;
use super::entrepot::Entrepot;
use super::limites::ANCIEN_MAX;
use super::refus::ClasseurRefuse;
use super::{ancien, ods, ooxml, texte};

/// What begins a file of Excel 97, or an encrypted one.
const ANCIEN: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

pub(super) fn lire(nom: &str, octets: &[u8]) -> Result<Classeur, ClasseurRefuse> {
    if octets.is_empty() {
        return Err(ClasseurRefuse::Vide);
    }
    if octets.starts_with(ANCIEN) {
        return if contient(octets, &utf16("EncryptedPackage")) {
            Err(ClasseurRefuse::Chiffre)
        } else if octets.len() > ANCIEN_MAX {
            Err(ClasseurRefuse::AncienTropGros)
        } else {
            ancien::lire(octets)
        };
    }
    if octets.starts_with(b"PK") {
        return zip(octets);
    }
    match autre(octets) {
        Some(autre) => Err(ClasseurRefuse::AutreFichier(autre.to_owned())),
        None => texte::lire(nom, octets),
    }
}

fn zip(octets: &[u8]) -> Result<Classeur, ClasseurRefuse> {
    let mut entrepot = Entrepot::ouvrir(octets)?;
    let genre = entrepot.lire("mimetype").unwrap_or_default();
    let genre = String::from_utf8_lossy(&genre).into_owned();
    let refus = |quoi: &str| Err(ClasseurRefuse::AutreFichier(quoi.to_owned()));
    if genre.contains("opendocument.spreadsheet") {
        return ods::lire(&mut entrepot);
    }
    if genre.contains("opendocument") {
        return refus("un document de LibreOffice, non un classeur");
    }
    if entrepot.a("xl/workbook.bin") {
        return if octets.len() > ANCIEN_MAX {
            Err(ClasseurRefuse::AncienTropGros)
        } else {
            ooxml::lire_binaire(octets, &mut entrepot)
        };
    }
    if entrepot.noms().any(|nom| nom.starts_with("word/")) {
        return refus("un document Word, non un classeur");
    }
    if entrepot.noms().any(|nom| nom.starts_with("ppt/")) {
        return refus("une présentation PowerPoint, non un classeur");
    }
    if entrepot.a("[Content_Types].xml") {
        return ooxml::lire(octets, &mut entrepot);
    }
    refus("un fichier compressé, non un classeur")
}

/// What is neither a workbook nor a table in text.
fn autre(octets: &[u8]) -> Option<&'static str> {
    let debut = octets.get(..octets.len().min(512)).unwrap_or_default();
    let debut = String::from_utf8_lossy(debut).trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
    if debut.starts_with("%pdf") {
        Some("un PDF, non un classeur")
    } else if debut.starts_with('<') {
        Some("une page ou un fichier XML, non un classeur")
    } else if debut.starts_with('{') {
        Some("un fichier JSON, non un classeur")
    } else if [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8"].iter().any(|image| octets.starts_with(image)) {
        Some("une image, non un classeur")
    } else {
        None
    }
}

fn utf16(texte: &str) -> Vec<u8> {
    texte.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contient(octets: &[u8], cherche: &[u8]) -> bool {
    octets.windows(cherche.len()).any(|fenetre| fenetre == cherche)
}
