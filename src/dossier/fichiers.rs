//! From bytes to files: safe names, whole files or none.

use super::{Erreur, Fichier};
use crate::lecture::{ErreurLecture, acces};
use crate::rendu::docx::{Gabarit, GabaritRefuse};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;

/// Longest name kept, in characters.
const LONGUEUR_MAX: usize = 120;

/// Why a file could not be written; nothing was replaced.
#[derive(Debug, thiserror::Error)]
pub enum ErreurEcriture {
    #[error(
        "le dossier « {dossier} » ne peut pas être créé : {motif}.\n    À faire : donnez un autre emplacement, puis recommencez ; rien n'a été écrit."
    )]
    Dossier { dossier: String, motif: String },
    #[error(
        "« {fichier} » ne peut pas être écrit : {motif} ; le fichier précédent, s'il y en avait un, est intact.\n    À faire : faites de la place ou donnez un autre emplacement, puis recommencez."
    )]
    Fichier { fichier: String, motif: String },
}

/// A file name made from a reference: letters without accents, digits, `-`, `_` and `.`.
///
/// Two references never share a name: when making it safe loses something, a short checksum is added.
pub fn nom_de_fichier(reference: &str) -> String {
    let mut nom = String::new();
    for c in reference.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => nom.push(c),
            _ => match sans_accent(c) {
                Some(lettre) => nom.push_str(lettre),
                None if !nom.ends_with('-') => nom.push('-'),
                None => {}
            },
        }
    }
    let propre: String = nom.trim_matches(['-', '.']).chars().take(LONGUEUR_MAX).collect();
    if propre == reference && !nom_reserve(&propre) {
        return propre;
    }
    let empreinte: String = Sha256::digest(reference.as_bytes()).iter().take(4).map(|o| format!("{o:02x}")).collect();
    if propre.is_empty() { format!("contrat-{empreinte}") } else { format!("{propre}-{empreinte}") }
}

fn sans_accent(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'â' | 'ä' => "a",
        'ç' => "c",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'î' | 'ï' => "i",
        'ô' | 'ö' => "o",
        'ù' | 'û' | 'ü' => "u",
        'À' | 'Â' => "A",
        'Ç' => "C",
        'É' | 'È' | 'Ê' => "E",
        'Î' => "I",
        'Ô' => "O",
        'Û' => "U",
        'œ' => "oe",
        'Œ' => "OE",
        _ => return None,
    })
}

/// Names that some systems keep for devices.
fn nom_reserve(nom: &str) -> bool {
    let racine = nom.split('.').next().unwrap_or_default().to_ascii_uppercase();
    matches!(racine.as_str(), "" | "CON" | "PRN" | "AUX" | "NUL")
        || (racine.len() == 4 && (racine.starts_with("COM") || racine.starts_with("LPT")))
}

/// Largest printed dossier read, in megabytes: its files are in it twice, whole and page by page.
const DOSSIER_MAX: u64 = 600;

impl ErreurEcriture {
    /// Why a folder cannot be made or used.
    pub fn du_dossier(nom: &str, erreur: &std::io::Error) -> Self {
        ErreurEcriture::Dossier { dossier: nom.to_owned(), motif: motif_d_ecriture(erreur) }
    }

    /// Why a file cannot be written.
    pub fn du_fichier(chemin: &Path, erreur: &std::io::Error) -> Self {
        ErreurEcriture::Fichier { fichier: chemin.display().to_string(), motif: motif_d_ecriture(erreur) }
    }
}

/// The bytes of a printed dossier.
pub fn lire_dossier(fichier: &Path) -> Result<Vec<u8>, ErreurLecture> {
    let nom = || fichier.display().to_string();
    let mut octets = Vec::new();
    let lu = File::open(fichier).and_then(|f| f.take(DOSSIER_MAX * 1024 * 1024 + 1).read_to_end(&mut octets));
    match lu {
        Err(source) => {
            let (motif, remede) = acces(&source);
            Err(ErreurLecture::Acces { nom: nom(), motif, remede, source })
        }
        Ok(lus) if lus as u64 > DOSSIER_MAX * 1024 * 1024 => {
            Err(ErreurLecture::DossierTropGros { nom: nom(), max: DOSSIER_MAX })
        }
        Ok(_) => Ok(octets),
    }
}

/// Largest template, in mebibytes.
const GABARIT_MAX: u64 = 64;

/// The house style of a Word file.
pub fn lire_gabarit(fichier: &Path) -> Result<Arc<Gabarit>, Erreur> {
    let nom = fichier.display().to_string();
    let mut octets = Vec::new();
    let lu = File::open(fichier).and_then(|f| f.take(GABARIT_MAX * 1024 * 1024 + 1).read_to_end(&mut octets));
    match lu {
        Ok(_) => gabarit_de(&nom, &octets),
        Err(source) if source.kind() == ErrorKind::IsADirectory => {
            Err(Erreur::Gabarit { nom, source: GabaritRefuse::PasWord })
        }
        Err(source) => {
            let (motif, remede) = acces(&source);
            Err(ErreurLecture::Acces { nom, motif, remede, source }.into())
        }
    }
}

/// The house style that the bytes of a Word file hold; `nom` is how the user calls it.
pub fn gabarit_de(nom: &str, octets: &[u8]) -> Result<Arc<Gabarit>, Erreur> {
    let gabarit = match octets.len() as u64 {
        taille if taille > GABARIT_MAX * 1024 * 1024 => Err(GabaritRefuse::TropGros(GABARIT_MAX)),
        _ => Gabarit::lire(octets),
    };
    gabarit.map(Arc::new).map_err(|source| Erreur::Gabarit { nom: nom.to_owned(), source })
}

/// Start of the name of a file that is being written.
pub const EN_COURS: &str = ".cpom-";

/// Writes a whole file, or leaves what was there: the bytes go to a neighbour, then take its name.
pub fn ecrire(dossier: &Path, nom: &str, octets: &[u8]) -> Result<(), ErreurEcriture> {
    ecrire_ensemble(dossier, &[(nom.to_owned(), octets.to_vec())], EN_COURS)
}

/// Writes files that go together: none takes its name before all are on the disk. `en_cours` begins the names of those
/// that are being written.
pub fn ecrire_ensemble(dossier: &Path, fichiers: &[Fichier], en_cours: &str) -> Result<(), ErreurEcriture> {
    std::fs::create_dir_all(dossier).map_err(|e| ErreurEcriture::du_dossier(&dossier.display().to_string(), &e))?;
    let mut voisins = Vec::new();
    for (nom, octets) in fichiers {
        let erreur = |e: std::io::Error| ErreurEcriture::du_fichier(&dossier.join(nom), &e);
        let mut voisin = tempfile::Builder::new().prefix(en_cours).tempfile_in(dossier).map_err(erreur)?;
        voisin.write_all(octets).map_err(erreur)?;
        voisin.as_file().sync_all().map_err(erreur)?;
        rendre_lisible(voisin.as_file()).map_err(erreur)?;
        voisins.push((voisin, nom));
    }
    for (voisin, nom) in voisins {
        voisin.persist(dossier.join(nom)).map_err(|e| ErreurEcriture::du_fichier(&dossier.join(nom), &e.error))?;
    }
    Ok(())
}

/// Writes a whole file where the user says, or leaves what was there.
pub fn ecrire_fichier(fichier: &Path, octets: &[u8]) -> Result<(), ErreurEcriture> {
    let dossier = fichier.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(nom) = fichier.file_name().and_then(|n| n.to_str()) else {
        return Err(ErreurEcriture::Fichier {
            fichier: fichier.display().to_string(),
            motif: "ce n'est pas un nom de fichier".into(),
        });
    };
    ecrire(dossier, nom, octets)
}

/// Why the system refuses to write; `acces` speaks of reading.
pub fn motif_d_ecriture(erreur: &std::io::Error) -> String {
    match erreur.kind() {
        ErrorKind::PermissionDenied => "vous n'avez pas le droit d'y écrire".into(),
        ErrorKind::NotFound => "cet emplacement n'accepte pas de fichier".into(),
        ErrorKind::IsADirectory => "un dossier porte déjà ce nom".into(),
        _ => acces(erreur).0,
    }
}

/// A temporary file is private; a printed contract has the usual rights.
#[cfg(unix)]
fn rendre_lisible(fichier: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fichier.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn rendre_lisible(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_safe_reference_is_its_own_name_and_others_never_collide() {
        assert_eq!(nom_de_fichier("CPOM-2026-2030-ADELIE"), "CPOM-2026-2030-ADELIE");
        assert!(nom_de_fichier("CPOM 2026/13 é").starts_with("CPOM-2026-13-e-"));
        assert_ne!(nom_de_fichier("a/b"), nom_de_fichier("a b"));
        assert_ne!(nom_de_fichier("../x"), "x");
        assert!(nom_de_fichier("CON").starts_with("CON-"));
        assert!(nom_de_fichier("///").starts_with("contrat-"));
        assert!(nom_de_fichier(&"x".repeat(500)).len() < 140);
    }
}
