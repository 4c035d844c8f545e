//! Puts the parts of a Word file in a zip whose bytes depend on nothing but them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Erreur;

/// The parts in writing order; a name appears once.
pub(super) fn emballer(pieces: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Erreur> {
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
