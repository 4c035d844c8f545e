//! `cpom extraire`: gives back the data that a printed dossier carries.

use super::arguments::Extraire;
use super::ecran;
use super::issue::Issue;
use crate::dossier::joints::CONTRAT;
use crate::dossier::{self, Erreur};
use crate::echanges::revisions::une_ligne;
use crate::echanges::{self, DossierPdf, Extraction, Extrait};
use crate::lecture::ouverture;
use std::path::{Path, PathBuf};

pub fn executer(options: &Extraire) -> Result<Issue, Erreur> {
    let dossier = lire(&options.fichier)?;
    if options.liste {
        for fichier in &dossier.provenance.fichiers {
            let chemin = fichier.chemin.as_deref().filter(|chemin| *chemin != fichier.nom);
            let origine = chemin.map(|chemin| format!(" ({})", une_ligne(chemin))).unwrap_or_default();
            ecran::ligne(&format!("{}{origine} {}", une_ligne(&fichier.nom), une_ligne(&fichier.sha256)));
        }
        return Ok(juger(&dossier.fautes(), false));
    }
    let Extraction { fichiers, reserves } = echanges::extraire(&dossier)?;
    let rendu = options.sortie.is_some() || fichiers.iter().any(|extrait| extrait.chemin == CONTRAT);
    match &options.sortie {
        Some(sortie) => ecrire(sortie, &fichiers, options.remplacer)?,
        None => {
            if let Some(contrat) = fichiers.iter().find(|extrait| extrait.chemin == CONTRAT) {
                ecran::octets(&contrat.octets);
            }
        }
    }
    Ok(juger(&reserves, rendu))
}

/// Says what is wrong with the dossier, beside what it gave.
fn juger(reserves: &[String], rendu: bool) -> Issue {
    if reserves.is_empty() {
        return Issue::Fait;
    }
    ecran::note("Ce dossier n'est plus celui que cpom a imprimé, ou une de ses signatures ne va pas :");
    reserves.iter().for_each(|reserve| ecran::note(&format!("  {}.", une_ligne(reserve))));
    if rendu {
        ecran::note("Ce qui est rendu est ce qui avait été joint à l'impression, à l'empreinte annoncée.");
    }
    ecran::note("    À faire : « cpom controler » dit tout ; demandez aux parties le dossier qu'elles ont signé.");
    Issue::Refuse
}

/// Writes the files, none before all may be.
fn ecrire(sortie: &Path, fichiers: &[Extrait], remplacer: bool) -> Result<(), Erreur> {
    let places: Vec<PathBuf> = fichiers.iter().map(|extrait| sortie.join(&extrait.chemin)).collect();
    let differe = |(place, extrait): &(&PathBuf, &Extrait)| match std::fs::symlink_metadata(place) {
        Err(_) => false,
        // What is no plain file is not read: it could have no end.
        Ok(la) => {
            !la.is_file()
                || la.len() != extrait.octets.len() as u64
                || ouverture::lire(place, la.len()).is_ok_and(|lu| lu != *extrait.octets)
        }
    };
    let differents: Vec<String> =
        places.iter().zip(fichiers).filter(differe).map(|(place, _)| place.display().to_string()).collect();
    if !differents.is_empty() && !remplacer {
        return Err(echanges::Erreur::DejaLa { fichiers: differents }.into());
    }
    for (place, extrait) in places.iter().zip(fichiers) {
        dossier::ecrire_fichier(place, &extrait.octets)?;
        ecran::ligne(&format!("écrit : {}", place.display()));
    }
    Ok(())
}

/// A dossier in PDF, read and opened.
pub(super) fn lire(fichier: &Path) -> Result<DossierPdf, Erreur> {
    let octets = dossier::lire_dossier(fichier)?;
    Ok(DossierPdf::lire(&fichier.display().to_string(), octets)?)
}
