//! Turns the path of a picture given by a contract into its bytes, never outside the contract's folder.
//!
//! It must not know what the picture is for.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::fichiers::acces;

/// Largest picture read, in bytes.
const TAILLE_MAXIMALE: u64 = 8 * 1024 * 1024;

/// Why a file named by the contract cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ErreurPiece {
    #[error("« {0} » sort du dossier du contrat ; donnez un chemin relatif, sans « .. » ni lien vers l'extérieur")]
    Dehors(String),
    #[error("« {chemin} » ne peut pas être lu : {motif}")]
    Acces { chemin: String, motif: String },
    #[error("« {0} » dépasse 8 Mo ; donnez une image plus légère")]
    TropGros(String),
}

/// The bytes of a picture, from the folder of the file that names it.
pub fn image(dossier: &Path, chemin: &str) -> Result<Vec<u8>, ErreurPiece> {
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
    File::open(&reel).map_err(erreur)?.take(TAILLE_MAXIMALE + 1).read_to_end(&mut octets).map_err(erreur)?;
    if octets.len() as u64 > TAILLE_MAXIMALE {
        return Err(ErreurPiece::TropGros(chemin.to_string()));
    }
    Ok(octets)
}
