//! A file of anyone's → its bytes, unpacked and counted, and what they are: JSON or lines of the former extractions.
//!
//! The kind is told by the content, never by the name. What is read is bounded, in all and for one element, so that no file
//! makes the program wait or grow without end: a published file of 1.45 GB is read in the memory of its largest entity.

use super::erreurs::FinessRefuse;
use crate::lecture::{acces, ouverture};
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::rc::Rc;
use zip::ZipArchive;

/// What is read at the most: five times the largest file that is published.
const LU_MAX: u64 = 8 << 30;
/// What one element may weigh: twenty times the largest entity.
const ELEMENT_MAX: u64 = 64 << 20;
/// What an archive may weigh, and how many files it may hold: its table is read whole.
const ARCHIVE_MAX: u64 = 1 << 30;
const MEMBRES_MAX: usize = 1_000;
const TAMPON: usize = 256 << 10;

/// What is still to be read, in all and of the current element.
#[derive(Clone)]
pub(super) struct Budget {
    total: Rc<Cell<u64>>,
    element: Rc<Cell<u64>>,
}

impl Budget {
    fn nouveau() -> Self {
        Budget { total: Rc::new(Cell::new(LU_MAX)), element: Rc::new(Cell::new(ELEMENT_MAX)) }
    }

    /// Another element begins.
    pub(super) fn element(&self) {
        self.element.set(ELEMENT_MAX);
    }
}

/// Why the reading was stopped: a cause that is found again in the error of the reader.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Demesure(pub &'static str);

/// A reader that counts.
struct Compte<R> {
    entree: R,
    budget: Budget,
}

impl<R: Read> Read for Compte<R> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        let lus = self.entree.read(tampon)?;
        let n = lus as u64;
        for (reste, quoi) in [
            (&self.budget.total, "une fois déplié, il dépasse 8 Go"),
            (&self.budget.element, "un seul de ses éléments dépasse 64 Mo"),
        ] {
            let suite = reste.get().checked_sub(n).ok_or_else(|| io::Error::other(Demesure(quoi)))?;
            reste.set(suite);
        }
        Ok(lus)
    }
}

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forme {
    Json,
    Etalab,
}

/// Opened bytes: their form, and how much may be read.
pub(super) struct Flux<'f> {
    pub forme: Forme,
    pub entree: &'f mut dyn BufRead,
    pub budget: Budget,
}

/// Gives a file, unpacked, to whoever reads it.
pub(super) fn avec<T>(
    chemin: &Path,
    lire: impl FnOnce(Flux<'_>) -> Result<T, FinessRefuse>,
) -> Result<T, FinessRefuse> {
    let nom = chemin.display().to_string();
    let refus = |erreur: io::Error| {
        let (motif, remede) = acces(&erreur);
        FinessRefuse::Acces { nom: nom.clone(), motif, remede }
    };
    let fichier = ouverture::ouvrir(chemin).map_err(refus)?;
    let taille = fichier.metadata().map_err(refus)?.len();
    deplier::<File, T>(&nom, fichier, taille, lire)
}

/// Gives bytes, unpacked, to whoever reads them.
pub(super) fn avec_octets<T>(
    nom: &str,
    octets: &[u8],
    lire: impl FnOnce(Flux<'_>) -> Result<T, FinessRefuse>,
) -> Result<T, FinessRefuse> {
    deplier(nom, io::Cursor::new(octets), octets.len() as u64, lire)
}

fn deplier<R: Read + Seek, T>(
    nom: &str,
    mut fichier: R,
    taille: u64,
    lire: impl FnOnce(Flux<'_>) -> Result<T, FinessRefuse>,
) -> Result<T, FinessRefuse> {
    let mut tete = Vec::new();
    (&mut fichier).take(4).read_to_end(&mut tete).and_then(|_| fichier.rewind()).map_err(|e| illisible(nom, &e))?;
    match tete.as_slice() {
        [0x1f, 0x8b, ..] => donner(nom, MultiGzDecoder::new(BufReader::with_capacity(TAMPON, fichier)), lire),
        [b'P', b'K', 3, 4] => de_l_archive(nom, fichier, taille, lire),
        _ => donner(nom, fichier, lire),
    }
}

/// The one file of FINESS that an archive holds.
fn de_l_archive<R: Read + Seek, T>(
    nom: &str,
    fichier: R,
    taille: u64,
    lire: impl FnOnce(Flux<'_>) -> Result<T, FinessRefuse>,
) -> Result<T, FinessRefuse> {
    let autre = |quoi: &str| FinessRefuse::AutreFichier { nom: nom.to_owned(), quoi: quoi.to_owned() };
    if taille > ARCHIVE_MAX {
        return Err(FinessRefuse::Demesure { nom: nom.to_owned(), quoi: "l'archive dépasse 1 Go" });
    }
    let mut archive = ZipArchive::new(BufReader::new(fichier)).map_err(|_| autre("c'est une archive abîmée"))?;
    if archive.len() > MEMBRES_MAX {
        return Err(autre("c'est une archive de plus de mille fichiers"));
    }
    let mut siens = Vec::new();
    for rang in 0..archive.len() {
        let Ok(membre) = archive.by_index(rang) else { continue };
        let mut tete = Vec::new();
        if !membre.is_dir() && membre.take(4096).read_to_end(&mut tete).is_ok() && forme(&tete).is_some() {
            siens.push(rang);
        }
    }
    match siens.as_slice() {
        [] => Err(autre("c'est une archive ou un classeur, qui ne contient aucun fichier FINESS")),
        [rang] => match archive.by_index(*rang) {
            Ok(membre) => donner(nom, membre, lire),
            Err(_) => Err(autre("c'est une archive abîmée ou protégée par un mot de passe")),
        },
        _ => Err(autre(
            "c'est une archive qui contient plusieurs fichiers FINESS : sortez-les-en, et donnez-les l'un après l'autre",
        )),
    }
}

fn donner<T>(
    nom: &str,
    entree: impl Read,
    lire: impl FnOnce(Flux<'_>) -> Result<T, FinessRefuse>,
) -> Result<T, FinessRefuse> {
    let budget = Budget::nouveau();
    let mut entree = BufReader::with_capacity(TAMPON, Compte { entree, budget: budget.clone() });
    let tete = entree.fill_buf().map_err(|e| illisible(nom, &e))?;
    if let Some(quoi) = autre_chose(tete) {
        return Err(FinessRefuse::AutreFichier { nom: nom.to_owned(), quoi: quoi.to_owned() });
    }
    let Some(forme) = forme(tete) else {
        let debut: String = String::from_utf8_lossy(tete.get(..tete.len().min(40)).unwrap_or_default()).into_owned();
        let debut = debut.lines().next().unwrap_or_default().trim().to_owned();
        return Err(FinessRefuse::AutreFichier { nom: nom.to_owned(), quoi: format!("il commence par « {debut} »") });
    };
    let marque = if tete.starts_with(MARQUE) { MARQUE.len() } else { 0 };
    entree.consume(marque);
    lire(Flux { forme, entree: &mut entree, budget })
}

const MARQUE: &[u8] = b"\xef\xbb\xbf";

fn forme(tete: &[u8]) -> Option<Forme> {
    let tete = tete.strip_prefix(MARQUE).unwrap_or(tete).trim_ascii_start();
    if tete.starts_with(b"{") {
        return Some(Forme::Json);
    }
    tete.get(..14).is_some_and(|debut| debut.eq_ignore_ascii_case(b"finess;etalab;")).then_some(Forme::Etalab)
}

/// What people give instead.
fn autre_chose(tete: &[u8]) -> Option<&'static str> {
    match tete {
        [] => Some("il est vide"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("il est écrit en UTF-16, non tel que FINESS le publie"),
        [b'%', b'P', b'D', b'F', ..] => Some("c'est un PDF"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("c'est un classeur Excel"),
        [b'<', ..] => Some("c'est une page web ou un fichier XML"),
        _ => None,
    }
}

/// Bytes that stop coming.
pub(super) fn illisible(nom: &str, erreur: &io::Error) -> FinessRefuse {
    if let Some(Demesure(quoi)) = demesure(erreur) {
        return FinessRefuse::Demesure { nom: nom.to_owned(), quoi };
    }
    match erreur.kind() {
        io::ErrorKind::UnexpectedEof => FinessRefuse::Tronque { nom: nom.to_owned(), ligne: 1, colonne: 1 },
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::Other => FinessRefuse::AutreFichier {
            nom: nom.to_owned(),
            quoi: "c'est un fichier compressé, et il est abîmé".to_owned(),
        },
        _ => {
            let (motif, remede) = acces(erreur);
            FinessRefuse::Acces { nom: nom.to_owned(), motif, remede }
        }
    }
}

pub(super) fn demesure(erreur: &io::Error) -> Option<&Demesure> {
    erreur.get_ref()?.downcast_ref()
}
