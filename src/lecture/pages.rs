//! A file given with the contract → its pages as pictures: vector for a PDF, as they are for PNG and JPEG.
//!
//! PDF/A and PDF/UA accept no PDF inside a PDF: each page is drawn again. The file may be anything: its
//! reader works apart, so that a fault of it, or a file that never ends, is told like any other.

use std::sync::Arc;
use std::time::Duration;

use super::images::{en_points, format_de_points};
use super::page::{demander, repondre};
use super::pdf;
use crate::isolement::{Octets, Paquet, Tache};

pub use super::page::{FormatPage, PAGES_MAX, Page};

/// The reader of a hostile file may never end; that of a scan of 240 pages takes half as long.
const CALCUL: Duration = Duration::from_secs(120);
const DELAI: Duration = Duration::from_secs(600);

/// A piece is read apart: a hostile one stops its reader, and is told.
pub static PIECE: Tache = Tache { nom: "piece", calcul: CALCUL, delai: DELAI };

/// The pages of a PDF, PNG or JPEG file; otherwise why they cannot be printed, as the end of a sentence whose
/// subject is the file, and what to do.
pub fn pages(octets: &Arc<[u8]>) -> Result<Vec<Page>, String> {
    demander(&PIECE, octets, lire_ici)
        .map_err(|cause| format!("{cause} ; ouvrez-le et enregistrez-le de nouveau (« imprimer en PDF »)"))?
}

/// The work itself.
pub fn lire_ici(demande: Paquet) -> Paquet {
    repondre(&demande, lire)
}

fn lire(octets: &Octets) -> Result<Vec<Page>, String> {
    if let Some(format) = format_de_points(octets) {
        return en_points(octets, format).map(|page| vec![page]);
    }
    if !octets.get(..1024.min(octets.len())).unwrap_or_default().windows(5).any(|debut| debut == b"%PDF-") {
        return Err("ce n'est ni un PDF, ni une image PNG ou JPEG ; enregistrez-le sous l'une de ces formes".into());
    }
    pdf::convertir(octets.clone())
}
