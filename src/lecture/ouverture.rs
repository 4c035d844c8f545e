//! A path → an open file, or its bytes: the one way in for every file that is read.
//!
//! A file given by others may be a pipe, a socket or a device, which would hold the program for ever: only regular
//! files are opened. It must not know what a file is for.

use std::fs::{File, FileType, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// What is there instead of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("ce n'est pas un fichier ordinaire : c'est {0}")]
pub(super) struct PasUnFichier(&'static str);

/// Opens a regular file; a folder, a pipe, a socket or a device is refused.
pub fn ouvrir(chemin: &Path) -> io::Result<File> {
    // Opening has effects on some devices, and on whoever writes in a pipe: looked at first. What counts is what was
    // opened: the name may have changed hands in between.
    ordinaire(std::fs::metadata(chemin)?.file_type())?;
    let fichier = sans_attendre(OpenOptions::new().read(true), chemin)?;
    ordinaire(fichier.metadata()?.file_type())?;
    Ok(fichier)
}

/// The bytes of a regular file; one more than `max` when it is longer.
pub fn lire(chemin: &Path, max: u64) -> io::Result<Vec<u8>> {
    let mut octets = Vec::new();
    ouvrir(chemin)?.take(max.saturating_add(1)).read_to_end(&mut octets)?;
    Ok(octets)
}

/// What the shell has already opened for the program (`/dev/stdin`, `<(commande)`) is read as the standard input is.
pub fn deja_ouvert(chemin: &Path) -> bool {
    let ouverts = ["/dev/fd/", "/proc/self/fd/"];
    chemin == Path::new("/dev/stdin")
        || chemin
            .to_str()
            .and_then(|c| ouverts.iter().find_map(|debut| c.strip_prefix(debut)))
            .is_some_and(|numero| !numero.is_empty() && numero.bytes().all(|octet| octet.is_ascii_digit()))
}

/// Refuses what is not a regular file, once it is open.
pub fn ordinaire(genre: FileType) -> io::Result<()> {
    if genre.is_file() {
        return Ok(());
    }
    if genre.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    Err(io::Error::new(ErrorKind::InvalidInput, PasUnFichier(nom(genre))))
}

#[cfg(unix)]
fn nom(genre: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if genre.is_fifo() {
        "un tube"
    } else if genre.is_socket() {
        "une prise de communication"
    } else {
        "un périphérique"
    }
}

#[cfg(not(unix))]
fn nom(_: FileType) -> &'static str {
    "un périphérique"
}

/// Whether the user may write in a file; nothing of it changes.
pub fn modifiable(chemin: &Path) -> io::Result<()> {
    sans_attendre(OpenOptions::new().write(true), chemin).map(drop)
}

/// Never waits for another program to open its end.
#[cfg(unix)]
fn sans_attendre(options: &mut OpenOptions, chemin: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let drapeaux = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
    options.custom_flags(drapeaux.cast_signed()).open(chemin)
}

#[cfg(not(unix))]
fn sans_attendre(options: &mut OpenOptions, chemin: &Path) -> io::Result<File> {
    options.open(chemin)
}
