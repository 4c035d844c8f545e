//! Turns the path of a file given by a contract (picture, piece) into its bytes, never outside the
//! contract's folder.
//!
//! It must not know what the file is for.

use std::path::{Component, Path, PathBuf};

use super::fichiers::acces;
use super::noms::{self, Introuvable};
use super::ouverture;

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
    #[error(
        "« {chemin} » désigne deux fichiers, dont les noms ne diffèrent que par l'écriture des accents (« {nom} ») ; renommez-en un"
    )]
    Double { chemin: String, nom: String },
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
    let reel = noms::trouver(&racine, relatif).map_err(|e| match e {
        Introuvable::Double(nom) => ErreurPiece::Double { chemin: chemin.to_string(), nom },
        Introuvable::Acces(e) => erreur(e),
    })?;
    let reel = reel.canonicalize().map_err(erreur)?;
    if !reel.starts_with(&racine) {
        return Err(dehors());
    }
    let octets = ouverture::lire(&reel, taille_max).map_err(erreur)?;
    if octets.len() as u64 > taille_max {
        return Err(ErreurPiece::TropGros { chemin: chemin.to_string(), max });
    }
    Ok(octets)
}
