//! Bytes that are no Word document that can be read → what they are, by name, and what to do.

use crate::rendu::docx::ouverture::{ANCIEN, Refus};
use serde::{Deserialize, Serialize};

/// Why a file given as a returned Word document cannot be read. It follows the name of the file: « « relu.docx » ne peut pas être
/// lu : … ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WordRefuse {
    #[error("{0}.\n    À faire : {1}.")]
    AutreFichier(String, String),
    #[error(
        "ce n'est pas un document Word (.docx).\n    À faire : donnez le dossier en Word imprimé par cpom, enregistré en « .docx »."
    )]
    PasWord,
    #[error(
        "c'est un document Word abîmé, ou un fichier compressé d'une autre sorte.\n    À faire : ouvrez-le dans Word, et enregistrez-le de nouveau en « .docx »."
    )]
    Archive,
    #[error(
        "il contient des macros.\n    À faire : enregistrez-le en « Document Word (.docx) », sans macros, puis recommencez."
    )]
    Macros,
    #[error(
        "sa partie « {0} » est abîmée ou démesurée (40 Mo par partie, 200 Mo en tout).\n    À faire : ouvrez-le dans Word, et enregistrez-le de nouveau ; un document trop gros s'allège en réduisant ses images."
    )]
    Partie(String),
    #[error("{0}.\n    À faire : ouvrez-le dans Word, et enregistrez-le de nouveau.")]
    Arret(String),
    #[error("il n'a pas de texte.\n    À faire : ouvrez-le dans Word, et enregistrez-le de nouveau en « .docx ».")]
    SansTexte,
}

/// « Enregistrez-le en .docx », with the program that opens it.
fn a_enregistrer(programme: &str) -> String {
    format!("ouvrez-le dans {programme}, enregistrez-le en « Document Word (.docx) », et donnez ce fichier")
}

impl WordRefuse {
    /// What a file is that `ouverture` refuses.
    pub(super) fn de(refus: Refus, octets: &[u8]) -> Self {
        match refus {
            Refus::Macros => WordRefuse::Macros,
            Refus::Partie(chemin) => WordRefuse::Partie(chemin),
            Refus::AutreGenre(contenu) if contenu.contains("spreadsheetml") || contenu.contains("ms-excel") => {
                autre("c'est un classeur Excel", "donnez le dossier en Word imprimé par cpom")
            }
            Refus::AutreGenre(contenu) if contenu.contains("presentationml") || contenu.contains("ms-powerpoint") => {
                autre("c'est une présentation PowerPoint", "donnez le dossier en Word imprimé par cpom")
            }
            Refus::Ancien | Refus::PasWord | Refus::AutreGenre(_) => reconnaitre(octets),
        }
    }
}

impl WordRefuse {
    /// What a package without a text of Word is.
    pub(super) fn sans_texte(octets: &[u8]) -> Self {
        match reconnaitre(octets) {
            autre @ WordRefuse::AutreFichier(..) => autre,
            _ => WordRefuse::SansTexte,
        }
    }
}

fn autre(quoi: &str, a_faire: &str) -> WordRefuse {
    WordRefuse::AutreFichier(quoi.to_owned(), a_faire.to_owned())
}

/// A file by what it begins with: what people send instead of a .docx.
fn reconnaitre(octets: &[u8]) -> WordRefuse {
    let tete: Vec<u8> = octets.iter().take(4096).copied().filter(|o| *o != 0).collect();
    let tete = String::from_utf8_lossy(&tete);
    let tete = tete.trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start();
    let bas = tete.to_lowercase();
    let contient = |aiguille: &[u8]| octets.windows(aiguille.len()).take(1 << 24).any(|fenetre| fenetre == aiguille);
    let utf16 = |texte: &str| texte.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    if octets.is_empty() {
        return autre("le fichier est vide", "donnez le dossier en Word, entier");
    }
    if octets.starts_with(ANCIEN) {
        if contient(&utf16("EncryptedPackage")) || contient(&utf16("EncryptionInfo")) {
            return autre(
                "c'est un document protégé par un mot de passe",
                "ouvrez-le dans Word, retirez le mot de passe (Fichier, Informations, Protéger le document), et enregistrez-le",
            );
        }
        return autre("c'est un ancien document Word (.doc)", &a_enregistrer("Word"));
    }
    if bas.starts_with("{\\rtf") {
        return autre("c'est un document RTF", &a_enregistrer("Word"));
    }
    if octets.windows(5).take(1024).any(|fenetre| fenetre == b"%PDF-") {
        return autre(
            "c'est un PDF",
            "donnez le document Word lui-même ; un PDF imprimé par cpom se relit avec « cpom extraire »",
        );
    }
    if tete.starts_with("PK") {
        if contient(b"application/vnd.oasis.opendocument.text") {
            return autre("c'est un document LibreOffice (.odt)", &a_enregistrer("LibreOffice"));
        }
        if contient(b"application/vnd.oasis.opendocument") {
            return autre(
                "c'est un document OpenDocument, mais pas de texte",
                "donnez le dossier en Word imprimé par cpom",
            );
        }
        // A file that was packed again may hide its kind, never the names of its parts.
        if contient(b"META-INF/manifest.xml") && contient(b"content.xml") {
            return autre("c'est un document LibreOffice (.odt, ou d'un autre genre)", &a_enregistrer("LibreOffice"));
        }
        if contient(b"Index/Document.iwa") || contient(b"index.xml") && contient(b"buildVersionHistory.plist") {
            return autre("c'est un document Pages", "exportez-le en Word (.docx) depuis Pages, et donnez ce fichier");
        }
        return WordRefuse::Archive;
    }
    let xml = bas.starts_with("<?xml") || bas.starts_with('<');
    if xml && (bas.contains("schemas.microsoft.com/office/2006/xmlpackage") || bas.contains("pkg:package")) {
        return autre("c'est un document Word en un seul fichier XML (« Flat OPC »)", &a_enregistrer("Word"));
    }
    if xml && bas.contains("schemas.microsoft.com/office/word/2003") {
        return autre("c'est un document XML de Word 2003", &a_enregistrer("Word"));
    }
    if xml && bas.contains("urn:oasis:names:tc:opendocument") {
        return autre("c'est un document OpenDocument en un seul fichier (.fodt)", &a_enregistrer("LibreOffice"));
    }
    if bas.starts_with('{') || bas.starts_with('[') {
        return autre("c'est un fichier JSON", "donnez d'abord le dossier en Word, puis le contrat avec « --contrat »");
    }
    if bas.contains("<html") || bas.starts_with("<!doctype html") || bas.starts_with("mime-version:") {
        return autre("c'est une page web", &a_enregistrer("Word"));
    }
    WordRefuse::PasWord
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_send_instead_is_told_by_its_name() {
        let ancien =
            |suite: &str| [ANCIEN, &suite.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
        let utf16: Vec<u8> =
            "\u{FEFF}<?xml version=\"1.0\"?><pkg:package/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (octets, dit) in [
            (b"".to_vec(), "vide"),
            (ancien("WordDocument"), "ancien document Word"),
            (ancien("EncryptedPackage"), "mot de passe"),
            (b"{\\rtf1\\ansi}".to_vec(), "RTF"),
            (b"%PDF-1.7".to_vec(), "PDF"),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text".to_vec(), ".odt"),
            (b"PK\x03\x04content.xml META-INF/manifest.xml".to_vec(), "LibreOffice"),
            (b"PK\x03\x04Index/Document.iwa".to_vec(), "Pages"),
            (b"{ \"reference\": \"X\" }".to_vec(), "« --contrat »"),
            (b"PK\x03\x04".to_vec(), "abîmé"),
            (b"<?xml version=\"1.0\"?><pkg:package>".to_vec(), "Flat OPC"),
            (utf16, "Flat OPC"),
            (
                b"<?xml?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">".to_vec(),
                "2003",
            ),
            (
                b"<?xml?><office:document xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">".to_vec(),
                ".fodt",
            ),
            (b"<html><body>".to_vec(), "page web"),
            (b"Bonjour".to_vec(), "n'est pas un document Word"),
        ] {
            let refus = WordRefuse::de(Refus::PasWord, &octets).to_string();
            assert!(refus.contains(dit) && refus.contains("À faire : "), "{refus}");
        }
    }
}
