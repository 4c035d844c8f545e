//! A text that a command writes → the file that the user names, never over another unasked; else the standard output.

use super::arguments::Destination;
use super::ecran;
use crate::dossier::{self, Erreur};

/// Whether the text went into a file.
pub fn ecrire(texte: &str, destination: &Destination) -> Result<bool, Erreur> {
    let Some(fichier) = &destination.sortie else {
        ecran::brut(texte);
        return Ok(false);
    };
    dossier::ecrire_nouveau(fichier, texte.as_bytes(), destination.remplacer)?;
    Ok(true)
}
