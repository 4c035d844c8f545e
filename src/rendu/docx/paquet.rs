//! The zip of a Word file: parts → bytes that depend on nothing but them, and a file of anyone's → its parts.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Erreur;

/// The parts in writing order; a name appears once.
pub(crate) fn emballer(pieces: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Erreur> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // Fixed at the zip epoch (1980-01-01): no clock.
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (nom, octets) in pieces {
        zip.start_file(nom.as_str(), options)?;
        zip.write_all(octets)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A Word file that someone gives: nothing is believed of it.
pub(crate) struct Archive<'o> {
    zip: ZipArchive<Cursor<&'o [u8]>>,
    /// Bytes that may still be unpacked.
    reste: u64,
}

/// A part that is damaged, or the one that goes over what may be unpacked.
#[derive(Debug)]
pub(crate) struct PartieIllisible;

impl<'o> Archive<'o> {
    /// `None` when it is no zip; `max` is the most bytes to unpack out of it, all parts together.
    pub fn ouvrir(octets: &'o [u8], max: u64) -> Option<Self> {
        Some(Archive { zip: ZipArchive::new(Cursor::new(octets)).ok()?, reste: max })
    }

    pub fn contient(&self, nom: &str) -> bool {
        self.zip.index_for_name(nom).is_some()
    }

    /// The bytes of a part; `None` when there is none of that name.
    pub fn lire(&mut self, nom: &str) -> Result<Option<Vec<u8>>, PartieIllisible> {
        if !self.contient(nom) {
            return Ok(None);
        }
        let fichier = self.zip.by_name(nom).map_err(|_| PartieIllisible)?;
        let mut contenu = Vec::new();
        fichier.take(self.reste.saturating_add(1)).read_to_end(&mut contenu).map_err(|_| PartieIllisible)?;
        self.reste = self.reste.checked_sub(contenu.len() as u64).ok_or(PartieIllisible)?;
        Ok(Some(contenu))
    }
}
