//! The zip of a Word file: parts → bytes that depend on nothing but them, and a file of anyone's → its parts.

use std::collections::BTreeMap;
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
    /// Rank of each part in the zip, by the name that all makers agree on.
    rangs: BTreeMap<String, usize>,
    /// Bytes that may still be unpacked.
    reste: u64,
}

/// A part that is damaged, or the one that goes over what may be unpacked.
#[derive(Debug)]
pub(crate) struct PartieIllisible;

/// Names differ in case and slashes from one maker to another, and may stand with or without the root.
fn normaliser(nom: &str) -> String {
    nom.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

impl<'o> Archive<'o> {
    /// `None` when it is no zip; `max` is the most bytes to unpack out of it, all parts together.
    pub fn ouvrir(octets: &'o [u8], max: u64) -> Option<Self> {
        let zip = ZipArchive::new(Cursor::new(octets)).ok()?;
        let rangs = (0..zip.len()).filter_map(|rang| Some((normaliser(zip.name_for_index(rang)?), rang))).collect();
        Some(Archive { zip, rangs, reste: max })
    }

    pub fn contient(&self, nom: &str) -> bool {
        self.rang(nom).is_some()
    }

    fn rang(&self, nom: &str) -> Option<usize> {
        self.zip.index_for_name(nom).or_else(|| self.rangs.get(&normaliser(nom)).copied())
    }

    /// The bytes of a part; `None` when there is none of that name.
    pub fn lire(&mut self, nom: &str) -> Result<Option<Vec<u8>>, PartieIllisible> {
        self.lire_au_plus(nom, u64::MAX)
    }

    /// The bytes of a part that holds at most so many.
    pub fn lire_au_plus(&mut self, nom: &str, max: u64) -> Result<Option<Vec<u8>>, PartieIllisible> {
        let Some(rang) = self.rang(nom) else { return Ok(None) };
        let max = max.min(self.reste);
        let fichier = self.zip.by_index(rang).map_err(|_| PartieIllisible)?;
        let mut contenu = Vec::new();
        fichier.take(max.saturating_add(1)).read_to_end(&mut contenu).map_err(|_| PartieIllisible)?;
        let lus = contenu.len() as u64;
        self.reste = self.reste.saturating_sub(lus);
        if lus > max { Err(PartieIllisible) } else { Ok(Some(contenu)) }
    }
}
