//! `cpom extraire`: the files attached to a dossier, byte for byte, ready to be printed again.

use super::{DossierPdf, Erreur};
use crate::dossier::joints::{CONTRAT, nom_seul};
use std::path::{Component, Path};
use std::sync::Arc;

/// A file to write below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extrait {
    /// Relative, without `..`: where the contract looks for it.
    pub chemin: String,
    pub octets: Arc<[u8]>,
}

/// All the attached files, each where the contract looks for it.
pub fn extraire(dossier: &DossierPdf) -> Result<Vec<Extrait>, Erreur> {
    dossier.contrat()?;
    let mut sortie: Vec<Extrait> = Vec::new();
    for (nom, octets) in &dossier.joints {
        let annonce = dossier.provenance.fichiers.iter().find(|f| f.nom == *nom);
        let voulu = annonce.filter(|f| f.pointeur.is_some()).and_then(|f| f.chemin.clone());
        let chemin = voulu.filter(|chemin| sur(chemin)).unwrap_or_else(|| nom_seul(nom));
        let chemin = if sur(&chemin) { chemin } else { "fichier".to_string() };
        match sortie.iter().find(|extrait| extrait.chemin == chemin) {
            Some(meme) if meme.octets == *octets => {}
            // A hostile file only: names are ours, and distinct.
            Some(_) => {
                sortie.push(Extrait { chemin: format!("{}-{chemin}", sortie.len() + 1), octets: octets.clone() })
            }
            None => sortie.push(Extrait { chemin, octets: octets.clone() }),
        }
    }
    sortie.sort_by_key(|extrait| (extrait.chemin != CONTRAT, extrait.chemin.clone()));
    Ok(sortie)
}

/// Whether a path stays below the folder where it is written.
fn sur(chemin: &str) -> bool {
    !chemin.is_empty()
        && !chemin.contains(['\\', ':', '\0'])
        && Path::new(chemin).components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir))
        && Path::new(chemin).file_name().is_some()
}
