//! What a run has done so far, a line for each contract: a run that is killed loses nothing, and two runs never write
//! in the same folder.

use super::Erreur;
use super::manifeste::{Ligne, MANIFESTE, Manifeste};
use crate::dossier::ErreurEcriture;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const JOURNAL: &str = "manifeste.journal";
/// Start of the name of a file that is being written.
const EN_COURS: &str = ".cpom-";

pub(super) struct Journal {
    chemin: PathBuf,
    fichier: File,
    /// What former runs printed, by the files of the contract; nothing when they are not to be followed.
    pub connues: BTreeMap<Vec<String>, Ligne>,
}

impl Journal {
    /// Takes the folder for this run. The system frees it when the program ends, however it ends.
    pub fn ouvrir(dossier: &Path, continuer: bool) -> Result<Self, Erreur> {
        let nom = dossier.display().to_string();
        std::fs::create_dir_all(dossier).map_err(|e| ErreurEcriture::du_dossier(&nom, &e))?;
        let chemin = dossier.join(JOURNAL);
        let ouvert = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&chemin);
        let mut fichier = ouvert.map_err(|e| ErreurEcriture::du_fichier(&chemin, &e))?;
        match fichier.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Erreur::DejaPris(nom)),
            Err(TryLockError::Error(e)) => return Err(ErreurEcriture::du_fichier(&chemin, &e).into()),
        }
        let connues = if continuer { connues(dossier, &mut fichier) } else { BTreeMap::new() };
        // A run that was killed may have left files half written: nobody else writes here now.
        for element in std::fs::read_dir(dossier).into_iter().flatten().flatten() {
            if element.file_name().to_string_lossy().starts_with(EN_COURS) {
                let _ = std::fs::remove_file(element.path());
            }
        }
        let mut journal = Journal { chemin, fichier, connues };
        journal.recommencer()?;
        Ok(journal)
    }

    /// The journal holds what is known and no unfinished line.
    fn recommencer(&mut self) -> Result<(), ErreurEcriture> {
        let vide = self.fichier.set_len(0).and_then(|()| self.fichier.seek(SeekFrom::Start(0)).map(|_| ()));
        vide.map_err(|e| ErreurEcriture::du_fichier(&self.chemin, &e))?;
        let connues: Vec<Ligne> = self.connues.values().cloned().collect();
        connues.iter().try_for_each(|ligne| self.ajouter(ligne))
    }

    pub fn ajouter(&mut self, ligne: &Ligne) -> Result<(), ErreurEcriture> {
        let mut texte = serde_json::to_string(ligne).unwrap_or_default();
        texte.push('\n');
        self.fichier
            .write_all(texte.as_bytes())
            .and_then(|()| self.fichier.sync_data())
            .map_err(|e| ErreurEcriture::du_fichier(&self.chemin, &e))
    }

    /// The manifest is written: the journal has no more to say.
    pub fn terminer(self) {
        let _ = std::fs::remove_file(&self.chemin);
    }
}

/// What the manifest of the last run that ended says, then the journal of the one that did not; a line that is
/// unfinished is not read.
fn connues(dossier: &Path, journal: &mut File) -> BTreeMap<Vec<String>, Ligne> {
    let manifeste = std::fs::read(dossier.join(MANIFESTE)).ok();
    let manifeste = manifeste.and_then(|octets| serde_json::from_slice::<Manifeste>(&octets).ok());
    let mut texte = String::new();
    let _ = journal.read_to_string(&mut texte);
    let lignes = manifeste.into_iter().flat_map(|m| m.contrats);
    let suite = texte.lines().filter_map(|ligne| serde_json::from_str::<Ligne>(ligne).ok());
    lignes.chain(suite).map(|ligne| (ligne.entrees.clone(), ligne)).collect()
}
