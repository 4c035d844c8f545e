//! The zip of a workbook → its parts, none of which is unpacked before the sum of all is known to be within bounds.

use super::limites::DEPLIE_MAX;
use super::refus::ClasseurRefuse;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Entries of a zip that a workbook may have.
const PARTIES_MAX: usize = 5_000;

pub(super) struct Entrepot<'o> {
    zip: ZipArchive<Cursor<&'o [u8]>>,
}

impl<'o> Entrepot<'o> {
    /// Opens a zip and unpacks it once into nothing: what it says of its sizes is not believed.
    pub fn ouvrir(octets: &'o [u8]) -> Result<Self, ClasseurRefuse> {
        let abime = || ClasseurRefuse::Abime("le fichier compressé n'est pas entier".to_owned());
        let mut zip = ZipArchive::new(Cursor::new(octets)).map_err(|_| abime())?;
        if zip.len() > PARTIES_MAX {
            return Err(ClasseurRefuse::TropGros);
        }
        let mut reste = DEPLIE_MAX;
        for rang in 0..zip.len() {
            let partie = zip.by_index(rang).map_err(|erreur| match erreur {
                zip::result::ZipError::UnsupportedArchive(mot) if mot == zip::result::ZipError::PASSWORD_REQUIRED => {
                    ClasseurRefuse::Chiffre
                }
                _ => abime(),
            })?;
            let lus = std::io::copy(&mut partie.take(reste + 1), &mut std::io::sink()).map_err(|_| abime())?;
            reste = reste.checked_sub(lus).ok_or(ClasseurRefuse::TropGros)?;
        }
        Ok(Entrepot { zip })
    }

    pub fn noms(&self) -> impl Iterator<Item = &str> {
        self.zip.file_names()
    }

    pub fn a(&self, nom: &str) -> bool {
        self.zip.index_for_name(nom).is_some()
    }

    /// The bytes of a part, if it is there.
    pub fn lire(&mut self, nom: &str) -> Option<Vec<u8>> {
        let partie = self.zip.by_name(nom).ok()?;
        let mut octets = Vec::new();
        partie.take(DEPLIE_MAX).read_to_end(&mut octets).ok()?;
        Some(octets)
    }

    /// The sentences on what is not read of it.
    pub fn alertes(&self) -> Vec<String> {
        let a = |debuts: &[&str]| self.noms().any(|nom| debuts.iter().any(|debut| nom.starts_with(debut)));
        let mut alertes = Vec::new();
        let mut dire = |oui: bool, mots: &str| {
            if oui {
                alertes.push(mots.to_owned());
            }
        };
        dire(
            a(&["xl/vbaProject", "xl/macrosheets/", "Basic/", "Scripts/"]),
            "le classeur contient des macros : elles ne sont ni lues ni exécutées.",
        );
        dire(
            a(&["xl/externalLinks/"]),
            "le classeur renvoie à d'autres fichiers : ils ne sont pas ouverts, et la dernière valeur calculée est lue.",
        );
        dire(a(&["xl/media/", "Pictures/"]), "le classeur contient des images : elles ne sont pas lues.");
        alertes
    }
}

/// Goes through the elements of an XML part: each opening with its words before the next tag.
pub(super) fn parcourir(xml: &[u8], mut voir: impl FnMut(Etape<'_>)) {
    let mut lecteur = Reader::from_reader(xml);
    let mut tampon = Vec::new();
    loop {
        tampon.clear();
        match lecteur.read_event_into(&mut tampon) {
            Ok(Event::Start(balise)) => voir(Etape::Ouvre(&balise)),
            Ok(Event::Empty(balise)) => {
                voir(Etape::Ouvre(&balise));
                voir(Etape::Ferme(balise.local_name().as_ref()));
            }
            Ok(Event::End(balise)) => voir(Etape::Ferme(balise.local_name().as_ref())),
            Ok(Event::Text(texte)) => voir(Etape::Texte(&texte.decode().unwrap_or_default())),
            Ok(Event::CData(texte)) => voir(Etape::Texte(&texte.decode().unwrap_or_default())),
            Ok(Event::GeneralRef(nom)) => voir(Etape::Texte(&entite(&nom))),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// A step in an XML part.
pub(super) enum Etape<'e> {
    Ouvre(&'e BytesStart<'e>),
    Texte(&'e str),
    /// The name without its prefix.
    Ferme(&'e [u8]),
}

/// « &amp; », « &#233; ».
pub(super) fn entite(nom: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(caractere)) = nom.resolve_char_ref() {
        return caractere.to_string();
    }
    let nom = nom.decode().unwrap_or_default();
    quick_xml::escape::resolve_predefined_entity(&nom).unwrap_or_default().to_owned()
}

/// An attribute, by its name without prefix.
pub(super) fn attribut(balise: &BytesStart<'_>, nom: &str) -> Option<String> {
    let trouve = balise.attributes().flatten().find(|a| a.key.local_name().as_ref() == nom.as_bytes())?;
    let brut = String::from_utf8_lossy(&trouve.value).into_owned();
    Some(quick_xml::escape::unescape(&brut).map(|texte| texte.into_owned()).unwrap_or(brut))
}
