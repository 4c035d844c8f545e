//! What a run has done so far, a line for each contract: a run that is killed loses nothing, and two runs never write
//! in the same folder.

use super::demande::Erreur;
use super::manifeste::{Ligne, MANIFESTE, Manifeste};
use crate::dossier::{ErreurEcriture, est_la, nettoyer};
use crate::lecture::ouverture;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const JOURNAL: &str = "manifeste.journal";
/// Start of the name of a file that a run is writing.
pub(super) const EN_COURS: &str = ".cpom-lot-";
/// Longest manifest that is read, in bytes; a longer one is none of ours.
const MANIFESTE_MAX: u64 = 512 * 1024 * 1024;

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
        let mut fichier = prendre(&chemin, &nom)?;
        let mut octets = Vec::new();
        let lu = if continuer { fichier.read_to_end(&mut octets).map(|_| ()) } else { Ok(()) };
        // What follows the last end of line is a line that was cut.
        let entier = octets.iter().rposition(|octet| *octet == b'\n').map_or(0, |place| place + 1);
        lu.and_then(|()| fichier.set_len(entier as u64))
            .and_then(|()| fichier.seek(SeekFrom::End(0)))
            .map_err(|e| Erreur::du_journal(&chemin, &e))?;
        let connues = if continuer { connues(dossier, &octets[..entier]) } else { BTreeMap::new() };
        // A run that was killed may have left files half written.
        nettoyer(dossier, EN_COURS);
        Ok(Journal { chemin, fichier, connues })
    }

    pub fn ajouter(&mut self, ligne: &Ligne) -> Result<(), Erreur> {
        let mut texte = serde_json::to_string(ligne).unwrap_or_default();
        texte.push('\n');
        self.fichier
            .write_all(texte.as_bytes())
            .and_then(|()| self.fichier.sync_data())
            .map_err(|e| Erreur::du_journal(&self.chemin, &e))
    }

    /// The manifest is written: the journal has no more to say.
    pub fn terminer(self) {
        let _ = std::fs::remove_file(&self.chemin);
    }
}

/// The journal of the folder, locked for this run.
fn prendre(chemin: &Path, dossier: &str) -> Result<File, Erreur> {
    if std::fs::symlink_metadata(chemin).is_ok_and(|etat| etat.is_symlink()) {
        let motif = "c'est un lien, que cpom ne suit pas".to_owned();
        return Err(Erreur::Journal { nom: chemin.display().to_string(), motif });
    }
    // The run that ends while this one begins removes its journal: the one that was opened is then no more there.
    for _ in 0..8 {
        let ouvert = ouvrir_le_journal(chemin).and_then(|fichier| {
            ouverture::ordinaire(fichier.metadata()?.file_type())?;
            Ok(fichier)
        });
        let fichier = ouvert.map_err(|e| Erreur::du_journal(chemin, &e))?;
        match fichier.try_lock() {
            Ok(()) if est_la(&fichier, chemin) => return Ok(fichier),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => break,
            Err(TryLockError::Error(e)) => return Err(Erreur::du_journal(chemin, &e)),
        }
    }
    Err(Erreur::DejaPris(dossier.to_owned()))
}

/// Opens the journal, or a new one: never through a link, which may lead to any file of the user, nor a pipe.
#[cfg(unix)]
fn ouvrir_le_journal(chemin: &Path) -> std::io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let drapeaux = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    OpenOptions::new().read(true).write(true).create(true).truncate(false).custom_flags(drapeaux).open(chemin)
}

#[cfg(not(unix))]
fn ouvrir_le_journal(chemin: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(chemin)
}

/// What the manifest of the last run that ended says, then the journal of the one that did not.
fn connues(dossier: &Path, journal: &[u8]) -> BTreeMap<Vec<String>, Ligne> {
    let manifeste = ouverture::lire(&dossier.join(MANIFESTE), MANIFESTE_MAX).ok();
    let manifeste = manifeste.and_then(|octets| serde_json::from_slice::<Manifeste>(&octets).ok());
    let lignes = manifeste.into_iter().flat_map(|m| m.contrats);
    let suite = journal.split(|octet| *octet == b'\n').filter_map(|ligne| serde_json::from_slice::<Ligne>(ligne).ok());
    lignes.chain(suite).map(|ligne| (ligne.entrees.clone(), ligne)).collect()
}
