//! A file of lines that one program at a time appends to → its lines, and each new one on the disk before it is told as
//! written.
//!
//! The system frees it when the program ends, however it ends; a line that was cut is dropped at the next start. It must
//! not know what a line says.

use super::place::est_la;
use crate::lecture::ouverture;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A register that this program holds.
#[derive(Debug)]
pub struct Registre {
    fichier: File,
    /// Where the last whole line ends.
    fin: u64,
}

/// Why it cannot be held.
#[derive(Debug, thiserror::Error)]
pub enum ErreurRegistre {
    #[error("un autre programme le tient")]
    DejaPris,
    #[error("c'est un lien, que cpom ne suit pas")]
    Lien,
    #[error(transparent)]
    Acces(#[from] io::Error),
}

impl Registre {
    /// Takes the register, made where it is not there; with its whole lines, or emptied.
    pub fn prendre(chemin: &Path, garder: bool) -> Result<(Self, Vec<u8>), ErreurRegistre> {
        let mut fichier = ouvrir(chemin)?;
        let mut octets = Vec::new();
        if garder {
            fichier.read_to_end(&mut octets)?;
        }
        // What follows the last end of line is a line that was cut.
        let entier = octets.iter().rposition(|octet| *octet == b'\n').map_or(0, |place| place + 1);
        octets.truncate(entier);
        let mut registre = Registre { fichier, fin: 0 };
        registre.couper(entier as u64)?;
        Ok((registre, octets))
    }

    /// Adds a line; when it cannot be kept whole, none is.
    pub fn ajouter(&mut self, ligne: &str) -> io::Result<()> {
        let texte = format!("{ligne}\n");
        let ecrit = self.fichier.write_all(texte.as_bytes()).and_then(|()| self.fichier.sync_data());
        match ecrit {
            Ok(()) => {
                self.fin += texte.len() as u64;
                Ok(())
            }
            Err(erreur) => {
                let _ = self.couper(self.fin);
                Err(erreur)
            }
        }
    }

    /// How long it is: what `couper` brings back to.
    pub fn fin(&self) -> u64 {
        self.fin
    }

    /// Drops what follows a place.
    pub fn couper(&mut self, fin: u64) -> io::Result<()> {
        self.fichier.set_len(fin)?;
        self.fichier.seek(SeekFrom::Start(fin))?;
        self.fin = fin;
        Ok(())
    }
}

fn ouvrir(chemin: &Path) -> Result<File, ErreurRegistre> {
    if std::fs::symlink_metadata(chemin).is_ok_and(|etat| etat.is_symlink()) {
        return Err(ErreurRegistre::Lien);
    }
    // Whoever ends while this one begins may remove it: what was opened is then no more there.
    for _ in 0..8 {
        let fichier = sans_suivre(chemin)?;
        ouverture::ordinaire(fichier.metadata()?.file_type())?;
        match fichier.try_lock() {
            Ok(()) if est_la(&fichier, chemin) => return Ok(fichier),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => break,
            Err(TryLockError::Error(e)) => return Err(e.into()),
        }
    }
    Err(ErreurRegistre::DejaPris)
}

/// Never through a link, which may lead to any file of the user, nor a pipe.
#[cfg(unix)]
fn sans_suivre(chemin: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let drapeaux = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).custom_flags(drapeaux).mode(0o600);
    options.open(chemin)
}

#[cfg(not(unix))]
fn sans_suivre(chemin: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(chemin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_cut_is_dropped_and_two_programs_never_write_at_once() {
        let dossier = tempfile::tempdir().unwrap();
        let chemin = dossier.path().join("registre");
        let (mut registre, lignes) = Registre::prendre(&chemin, true).unwrap();
        assert!(lignes.is_empty());
        registre.ajouter("un").unwrap();
        registre.ajouter("deux").unwrap();
        assert!(matches!(Registre::prendre(&chemin, true), Err(ErreurRegistre::DejaPris)));
        drop(registre);
        std::fs::write(&chemin, "un\ndeux\ntro").unwrap();
        let (mut registre, lignes) = Registre::prendre(&chemin, true).unwrap();
        assert_eq!(lignes, b"un\ndeux\n");
        let avant = registre.fin();
        registre.ajouter("trois").unwrap();
        registre.couper(avant).unwrap();
        registre.ajouter("quatre").unwrap();
        drop(registre);
        assert_eq!(std::fs::read_to_string(&chemin).unwrap(), "un\ndeux\nquatre\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let dossier = tempfile::tempdir().unwrap();
        let (cible, lien) = (dossier.path().join("cible"), dossier.path().join("lien"));
        std::fs::write(&cible, "à moi\n").unwrap();
        std::os::unix::fs::symlink(&cible, &lien).unwrap();
        assert!(matches!(Registre::prendre(&lien, false), Err(ErreurRegistre::Lien)));
        assert_eq!(std::fs::read_to_string(&cible).unwrap(), "à moi\n");
    }
}
