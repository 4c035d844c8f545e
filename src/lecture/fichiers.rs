//! Turns paths into bytes, and bytes into text. It must not know JSON.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::codage;
use super::erreurs::ErreurLecture;
use super::ouverture::{self, PasUnFichier};
use crate::remarque::{Position, Remarque};

/// The name of the standard input in places and messages.
pub const ENTREE_STANDARD: &str = "entrée standard";

/// A file as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fichier {
    /// The path as the user wrote it.
    pub nom: String,
    pub octets: Vec<u8>,
}

/// Largest file read, in bytes.
const TAILLE_MAXIMALE: u64 = 20 * 1024 * 1024;

/// Loads all files; stops at the first that cannot be.
pub(super) fn charger(chemins: &[PathBuf]) -> Result<Vec<Fichier>, ErreurLecture> {
    let est_entree = |chemin: &&PathBuf| chemin.as_path() == Path::new("-");
    if chemins.iter().filter(est_entree).count() > 1 {
        return Err(ErreurLecture::EntreeStandardRepetee);
    }
    chemins
        .iter()
        .map(|chemin| {
            if chemin.as_path() == Path::new("-") {
                contenu(ENTREE_STANDARD.to_owned(), Ok(io::stdin().lock()))
            } else if ouverture::deja_ouvert(chemin) {
                contenu(chemin.display().to_string(), File::open(chemin))
            } else {
                contenu(chemin.display().to_string(), ouverture::ouvrir(chemin))
            }
        })
        .collect()
}

fn contenu(nom: String, entree: io::Result<impl Read>) -> Result<Fichier, ErreurLecture> {
    let mut octets = Vec::new();
    let lu = entree.and_then(|e| e.take(TAILLE_MAXIMALE + 1).read_to_end(&mut octets));
    match lu {
        Err(source) => {
            let (motif, remede) = acces(&source);
            Err(ErreurLecture::Acces { nom, motif, remede, source })
        }
        Ok(_) if octets.len() as u64 > TAILLE_MAXIMALE => Err(ErreurLecture::TropGros { nom }),
        Ok(_) => Ok(Fichier { nom, octets }),
    }
}

/// A file that came without a disk; `nom` is how its sender calls it.
pub fn recu(nom: String, octets: Vec<u8>) -> Result<Fichier, ErreurLecture> {
    contenu(nom, Ok(octets.as_slice()))
}

/// Why the system refuses a file, and what to do, in French.
pub fn acces(erreur: &io::Error) -> (String, &'static str) {
    if let Some(autre) = erreur.get_ref().and_then(|cause| cause.downcast_ref::<PasUnFichier>()) {
        return (autre.to_string(), "donnez un fichier, ou « - » pour lire l'entrée standard.");
    }
    match erreur.kind() {
        ErrorKind::NotFound => {
            ("ce fichier n'existe pas".into(), "vérifiez le nom et le dossier où vous lancez la commande.")
        }
        ErrorKind::PermissionDenied => (
            "vous n'avez pas le droit de le lire".into(),
            "demandez l'accès, ou copiez le fichier dans un dossier à vous.",
        ),
        ErrorKind::IsADirectory => ("c'est un dossier".into(), "donnez le fichier du contrat qui s'y trouve."),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            ("un fichier se trouve là où un dossier est attendu".into(), "vérifiez le chemin.")
        }
        ErrorKind::StorageFull => ("le disque est plein".into(), "faites de la place, puis recommencez."),
        ErrorKind::QuotaExceeded => {
            ("la place qui vous est donnée sur ce disque est pleine".into(), "faites de la place, puis recommencez.")
        }
        ErrorKind::FileTooLarge => {
            ("ce disque n'accepte pas de fichier de cette taille".into(), "choisissez un autre dossier.")
        }
        ErrorKind::ReadOnlyFilesystem => ("ce disque est en lecture seule".into(), "choisissez un autre dossier."),
        _ => {
            let motif = du_systeme(erreur)
                .map_or_else(|| format!("le système répond « {erreur} »"), |motif| (*motif).to_string());
            (motif, "vérifiez que le fichier est accessible, puis recommencez.")
        }
    }
}

/// The answers of a system that the library gives in English only.
#[cfg(unix)]
fn du_systeme(erreur: &io::Error) -> Option<&'static str> {
    use rustix::io::Errno;
    let reponses: [(Errno, &str); 13] = [
        (Errno::BADF, "l'entrée est fermée"),
        (Errno::MFILE, "trop de fichiers sont ouverts à la fois"),
        (Errno::NFILE, "trop de fichiers sont ouverts à la fois sur cette machine"),
        (Errno::IO, "le disque ne répond pas comme il faut"),
        (Errno::LOOP, "des liens y mènent en rond"),
        (Errno::NAMETOOLONG, "son nom est trop long"),
        (Errno::NOMEM, "la mémoire manque"),
        (Errno::AGAIN, "le système est à court de moyens"),
        (Errno::STALE, "le disque du réseau ne le connaît plus"),
        (Errno::INVAL, "le système n'accepte pas ce nom"),
        (Errno::PERM, "le système ne le permet pas"),
        (Errno::TXTBSY, "un programme l'emploie en ce moment"),
        (Errno::BUSY, "il est employé en ce moment"),
    ];
    let numero = erreur.raw_os_error()?;
    reponses.into_iter().find(|(errno, _)| errno.raw_os_error() == numero).map(|(_, motif)| motif)
}

#[cfg(not(unix))]
fn du_systeme(_: &io::Error) -> Option<&'static str> {
    None
}

impl Fichier {
    /// The text of the file; nothing when it is none.
    pub fn texte(&self) -> Option<String> {
        codage::texte(&self.octets)
    }

    /// The bytes of another text in the encoding of this file.
    pub fn recoder(&self, texte: &str) -> Vec<u8> {
        codage::comme(&self.octets, texte)
    }
}

/// The text of a file in UTF-8, or in UTF-16 with its mark, without its byte order mark.
pub(super) fn texte(fichier: &Fichier) -> Result<String, Box<Remarque>> {
    if codage::est_en_utf16(&fichier.octets) {
        return fichier.texte().ok_or_else(|| {
            let message = "ce fichier en UTF-16 est abîmé : il ne peut pas être lu jusqu'au bout.";
            refus(fichier, 1, 1, "LEC-codage", message, "enregistrez-le de nouveau, en choisissant le codage UTF-8.")
        });
    }
    let octets = fichier.octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&fichier.octets);
    if let Some((message, remede)) = autre_format(octets) {
        return Err(refus(fichier, 1, 1, "LEC-format", message, remede));
    }
    match std::str::from_utf8(octets) {
        Ok(texte) => Ok(texte.to_owned()),
        Err(erreur) => {
            let (lisible, _) = octets.split_at(erreur.valid_up_to());
            let lisible = String::from_utf8_lossy(lisible);
            let ligne = lisible.matches('\n').count() + 1;
            let colonne = lisible.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            Err(refus(
                fichier,
                ligne,
                colonne,
                "LEC-codage",
                "ce caractère n'est pas écrit en UTF-8 ; le fichier l'est sans doute en Windows-1252 (ANSI).",
                "enregistrez le fichier en choisissant le codage UTF-8.",
            ))
        }
    }
}

/// Recognises what is plainly not UTF-8 text.
fn autre_format(octets: &[u8]) -> Option<(&'static str, &'static str)> {
    const JSON_ATTENDU: &str = "donnez le fichier JSON du contrat.";
    const UTF8: &str = "enregistrez le fichier en choisissant le codage UTF-8.";
    let debut = octets.get(..4096.min(octets.len())).unwrap_or_default();
    if debut.starts_with(b"%PDF") {
        return Some(("c'est un fichier PDF, non un contrat en JSON.", JSON_ATTENDU));
    }
    if debut.starts_with(b"PK\x03\x04") {
        return Some((
            "c'est une archive ou un document Word, Excel ou LibreOffice, non un contrat en JSON.",
            JSON_ATTENDU,
        ));
    }
    if matches!(debut, [0, premier, ..] | [premier, 0, ..] if *premier != 0) {
        return Some(("ce fichier est écrit en UTF-16 sans sa marque ; il est attendu en UTF-8.", UTF8));
    }
    debut.contains(&0).then_some(("c'est un fichier binaire, non un texte.", JSON_ATTENDU))
}

fn refus(fichier: &Fichier, ligne: usize, colonne: usize, code: &str, message: &str, remede: &str) -> Box<Remarque> {
    let borne = |n| u32::try_from(n).unwrap_or(u32::MAX);
    Box::new(Remarque::bloquante(code, "", message, remede).placee(Some(Position {
        fichier: fichier.nom.clone(),
        ligne: borne(ligne),
        colonne: borne(colonne),
    })))
}
