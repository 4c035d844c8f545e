//! `cpom extraire`: the files that a dossier announces, byte for byte, ready to be printed again.

use super::revisions::une_ligne;
use super::{DossierPdf, Erreur};
use crate::dossier::joints::{CONTRAT, PROVENANCE, empreinte, nom_seul};
use crate::lecture::noms;
use std::path::{Component, Path};
use std::sync::Arc;

/// A file to write below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extrait {
    /// Relative, without `..` nor hidden folder: where the contract looks for it.
    pub chemin: String,
    pub octets: Arc<[u8]>,
}

/// What a dossier gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extraction {
    /// The files as they were printed, each with the checksum that was announced.
    pub fichiers: Vec<Extrait>,
    /// Why they may not be what was signed, and what was not taken out.
    pub reserves: Vec<String>,
}

/// The files announced, each where the contract looks for it.
pub fn extraire(dossier: &DossierPdf) -> Result<Extraction, Erreur> {
    dossier.contrat()?;
    let mut reserves = dossier.fautes();
    let mut fichiers: Vec<Extrait> = Vec::new();
    let annonces = dossier.provenance.fichiers.iter().map(|fichier| {
        let voulu = fichier.chemin.as_ref().filter(|_| fichier.pointeur.is_some());
        (&fichier.nom, voulu.cloned().unwrap_or_else(|| nom_seul(&fichier.nom)), Some(&fichier.sha256))
    });
    let provenance = PROVENANCE.to_string();
    for (nom, chemin, sha256) in annonces.chain([(&provenance, provenance.clone(), None)]) {
        // What is missing or changed has been told.
        let Some(octets) = dossier.joints.get(nom) else { continue };
        if sha256.is_some_and(|sha256| empreinte(octets) != *sha256) {
            continue;
        }
        if !sur(&chemin) {
            reserves.push(format!("Fichier joint non extrait, son chemin est refusé : {}", une_ligne(&chemin)));
            continue;
        }
        // Some systems take two spellings for one file.
        match fichiers.iter().find(|extrait| noms::cle(&extrait.chemin) == noms::cle(&chemin)) {
            Some(autre) if autre.octets == *octets => {}
            Some(_) => {
                reserves.push(format!("Fichier joint non extrait, un autre a le même chemin : {}", une_ligne(&chemin)))
            }
            None => fichiers.push(Extrait { chemin, octets: octets.clone() }),
        }
    }
    fichiers.sort_by_key(|extrait| (extrait.chemin != CONTRAT, extrait.chemin.clone()));
    Ok(Extraction { fichiers, reserves })
}

/// Whether a path stays below the folder where it is written, and hides nothing there.
fn sur(chemin: &str) -> bool {
    const LONGUEUR_MAX: usize = 240;
    !chemin.is_empty()
        && chemin.chars().count() <= LONGUEUR_MAX
        && !chemin.contains(['\\', ':', '<', '>', '"', '|', '?', '*'])
        && une_ligne(chemin) == *chemin
        && Path::new(chemin).components().all(|composant| match composant {
            Component::CurDir => true,
            Component::Normal(nom) => nom
                .to_str()
                .is_some_and(|nom| !nom.starts_with('.') && !nom.ends_with(['.', ' ']) && !noms::reserve(nom)),
            _ => false,
        })
        && Path::new(chemin).file_name().is_some()
}

#[cfg(test)]
mod tests {
    use super::sur;

    #[test]
    fn only_a_plain_path_below_the_folder_is_written() {
        for chemin in ["contrat.json", "logos/a.svg", "./pieces/é à.pdf", "a/b/c..d"] {
            assert!(sur(chemin), "{chemin}");
        }
        let refuses = [
            "",
            ".",
            "..",
            "../a",
            "a/../../b",
            "/etc/passwd",
            "a\\b",
            "C:a",
            ".bashrc",
            ".git/config",
            "a/.ssh/b",
            "nul.txt",
            "a/CON",
            "com1.pdf",
            "a\nb",
            "a\u{202E}b",
            "fin.",
            "a /b",
            "a*b",
        ];
        for chemin in refuses {
            assert!(!sur(chemin), "{chemin}");
        }
        assert!(!sur(&"a".repeat(300)));
    }
}
