//! `cpom extraire`: gives back the data that a printed dossier carries.

use super::arguments::Extraire;
use super::{Issue, ecran};
use crate::dossier::{self, Erreur};
use crate::echanges::{self, DossierPdf};
use std::path::Path;

pub fn executer(options: &Extraire) -> Result<Issue, Erreur> {
    let dossier = lire(&options.fichier)?;
    if options.liste {
        for fichier in &dossier.provenance.fichiers {
            let chemin = fichier.chemin.as_deref().filter(|chemin| *chemin != fichier.nom);
            let origine = chemin.map(|chemin| format!(" ({chemin})")).unwrap_or_default();
            ecran::ligne(&format!("{}{origine} {}", fichier.nom, fichier.sha256));
        }
        return Ok(Issue::Fait);
    }
    let Some(sortie) = &options.sortie else {
        ecran::octets(dossier.contrat()?);
        return Ok(Issue::Fait);
    };
    // Everything is read before anything is written.
    for extrait in echanges::extraire(&dossier)? {
        dossier::ecrire_fichier(&sortie.join(&extrait.chemin), &extrait.octets)?;
        ecran::ligne(&format!("écrit : {}", sortie.join(&extrait.chemin).display()));
    }
    Ok(Issue::Fait)
}

/// A dossier in PDF, read and opened.
pub(super) fn lire(fichier: &Path) -> Result<DossierPdf, Erreur> {
    let octets = dossier::lire_dossier(fichier)?;
    Ok(DossierPdf::lire(&fichier.display().to_string(), octets)?)
}
