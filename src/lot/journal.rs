//! What a run has done so far, a line for each contract: a run that is killed loses nothing, and two runs never write
//! in the same folder.

use super::demande::Erreur;
use super::manifeste::{Ligne, MANIFESTE, Manifeste};
use crate::dossier::registre::{ErreurRegistre, Registre};
use crate::dossier::{ErreurEcriture, nettoyer};
use crate::lecture::ouverture;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const JOURNAL: &str = "manifeste.journal";
/// Start of the name of a file that a run is writing.
pub(super) const EN_COURS: &str = ".cpom-lot-";
/// Longest manifest that is read, in bytes; a longer one is none of ours.
const MANIFESTE_MAX: u64 = 512 * 1024 * 1024;

pub(super) struct Journal {
    chemin: PathBuf,
    registre: Registre,
    /// What former runs printed, by the files of the contract; nothing when they are not to be followed.
    pub connues: BTreeMap<Vec<String>, Ligne>,
}

impl Journal {
    /// Takes the folder for this run. The system frees it when the program ends, however it ends.
    pub fn ouvrir(dossier: &Path, continuer: bool) -> Result<Self, Erreur> {
        let nom = dossier.display().to_string();
        std::fs::create_dir_all(dossier).map_err(|e| ErreurEcriture::du_dossier(&nom, &e))?;
        let chemin = dossier.join(JOURNAL);
        let (registre, octets) = Registre::prendre(&chemin, continuer).map_err(|erreur| match erreur {
            ErreurRegistre::DejaPris => Erreur::DejaPris(nom),
            ErreurRegistre::Lien => Erreur::Journal { nom: chemin.display().to_string(), motif: erreur.to_string() },
            ErreurRegistre::Acces(e) => Erreur::du_journal(&chemin, &e),
        })?;
        let connues = if continuer { connues(dossier, &octets) } else { BTreeMap::new() };
        // A run that was killed may have left files half written.
        nettoyer(dossier, EN_COURS);
        Ok(Journal { chemin, registre, connues })
    }

    pub fn ajouter(&mut self, ligne: &Ligne) -> Result<(), Erreur> {
        let texte = serde_json::to_string(ligne).unwrap_or_default();
        self.registre.ajouter(&texte).map_err(|e| Erreur::du_journal(&self.chemin, &e))
    }

    /// The manifest is written: the journal has no more to say.
    pub fn terminer(self) {
        let _ = std::fs::remove_file(&self.chemin);
    }
}

/// What the manifest of the last run that ended says, then the journal of the one that did not.
fn connues(dossier: &Path, journal: &[u8]) -> BTreeMap<Vec<String>, Ligne> {
    let manifeste = ouverture::lire(&dossier.join(MANIFESTE), MANIFESTE_MAX).ok();
    let manifeste = manifeste.and_then(|octets| serde_json::from_slice::<Manifeste>(&octets).ok());
    let lignes = manifeste.into_iter().flat_map(|m| m.contrats);
    let suite = journal.split(|octet| *octet == b'\n').filter_map(|ligne| serde_json::from_slice::<Ligne>(ligne).ok());
    lignes.chain(suite).map(|ligne| (ligne.entrees.clone(), ligne)).collect()
}
