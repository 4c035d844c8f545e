//! A model → a folder to edit: its files, under an identifier of their own.

use super::defaut::DefautDuProgramme;
use super::ecriture::{ErreurEcriture, ecrire_fichier};
use crate::contrat::textes::Id;
use crate::lecture::acces;
use crate::lecture::retouche::{ErreurRetouche, Retouche};
use crate::modele::{COMMUN, MANIFESTE, Modele};
use serde_json::json;
use std::io::ErrorKind;
use std::path::Path;

/// Why a model could not be copied.
#[derive(Debug, thiserror::Error)]
pub enum ErreurCopie {
    #[error("le modèle ne peut pas être copié dans « {dossier} » : {motif}.\n    À faire : donnez un autre dossier.")]
    Refusee { dossier: String, motif: String },
    #[error(transparent)]
    Ecriture(#[from] ErreurEcriture),
    #[error(transparent)]
    Defaut(#[from] DefautDuProgramme),
}

/// A copied model.
#[derive(Debug)]
pub struct Copie {
    pub id: String,
    /// Names of the files written, in their order.
    pub fichiers: Vec<String>,
}

/// Writes the files of a model in a folder that is empty or does not exist.
pub fn copier_modele(modele: &Modele, dossier: &Path, tout: bool) -> Result<Copie, ErreurCopie> {
    let refus = |motif: String| ErreurCopie::Refusee { dossier: dossier.display().to_string(), motif };
    match std::fs::read_dir(dossier).map(|mut lu| lu.next().is_some()) {
        Ok(true) => return Err(refus("il n'est pas vide ; rien n'y est remplacé".into())),
        Err(erreur) if erreur.kind() != ErrorKind::NotFound => return Err(refus(acces(&erreur).0)),
        _ => {}
    }
    let id = dossier.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let id = Id::lire(&id).ok_or_else(|| {
        refus("son nom devient celui du modèle : employez des minuscules, des chiffres et des tirets".into())
    })?;
    let mut fichiers = modele.fichiers(tout);
    let manifeste = fichiers.get(MANIFESTE).cloned().unwrap_or_default();
    let retoucher = || -> Result<String, ErreurRetouche> {
        let retouche = Retouche::ouvrir(&manifeste)?;
        retouche.poser("id", &json!(id))?;
        // Two models of one region could not be told apart.
        retouche.poser("regions", &json!([]))?;
        if modele.manifeste.herite.is_none() {
            retouche.poser("herite", &json!(COMMUN))?;
        }
        Ok(retouche.texte())
    };
    fichiers.insert(MANIFESTE.into(), retoucher().map_err(|e| DefautDuProgramme(e.to_string()))?);
    for (nom, texte) in &fichiers {
        ecrire_fichier(&dossier.join(nom), texte.as_bytes())?;
    }
    Ok(Copie { id: id.to_string(), fichiers: fichiers.into_keys().collect() })
}
