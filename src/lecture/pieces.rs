//! Turns the path of a file given by a contract (picture, piece) into its bytes, never outside the
//! contract's folder.
//!
//! It must not know what the file is for.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::fichiers::acces;

/// Largest picture read, in megabytes.
pub const IMAGE_MAX: u64 = 8;
/// Largest piece read, in megabytes.
pub const PIECE_MAX: u64 = 50;

/// Why a file named by the contract cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ErreurPiece {
    #[error("« {0} » sort du dossier du contrat ; donnez un chemin relatif, sans « .. » ni lien vers l'extérieur")]
    Dehors(String),
    #[error("« {chemin} » ne peut pas être lu : {motif}")]
    Acces { chemin: String, motif: String },
    #[error("« {chemin} » dépasse {max} Mo ; donnez un fichier plus léger")]
    TropGros { chemin: String, max: u64 },
}

/// The bytes of a file of at most `max` megabytes, from the folder of the contract's file that names it.
pub fn lire(dossier: &Path, chemin: &str, max: u64) -> Result<Vec<u8>, ErreurPiece> {
    let taille_max = max * 1024 * 1024;
    let dehors = || ErreurPiece::Dehors(chemin.to_string());
    let relatif = Path::new(chemin);
    if !relatif.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
        return Err(dehors());
    }
    let erreur = |e: std::io::Error| ErreurPiece::Acces { chemin: chemin.to_string(), motif: acces(&e).0 };
    let racine = if dossier.as_os_str().is_empty() { Path::new(".") } else { dossier };
    let racine: PathBuf = racine.canonicalize().map_err(erreur)?;
    // A link may lead outside: only the real path tells.
    let reel = racine.join(relatif).canonicalize().map_err(erreur)?;
    if !reel.starts_with(&racine) {
        return Err(dehors());
    }
    let mut octets = Vec::new();
    File::open(&reel).map_err(erreur)?.take(taille_max + 1).read_to_end(&mut octets).map_err(erreur)?;
    if octets.len() as u64 > taille_max {
        return Err(ErreurPiece::TropGros { chemin: chemin.to_string(), max });
    }
    Ok(octets)
}
