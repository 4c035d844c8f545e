//! A file given with the contract → its pages as pictures: vector for a PDF, as they are for PNG and JPEG.
//!
//! PDF/A and PDF/UA accept no PDF inside a PDF: each page is drawn again. The file may be anything: its
//! reader works apart, so that a fault of it, or a file that never ends, is told like any other.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::images::{en_points, format_de_points};
use super::pdf;
use crate::isolement::{Arret, LECTEURS, Octets, Paquet, Tache};

/// Most pages of a piece.
pub const PAGES_MAX: usize = 300;

/// The reader of a hostile file may never end; that of a scan of 240 pages takes half as long.
const CALCUL: Duration = Duration::from_secs(120);
const DELAI: Duration = Duration::from_secs(600);

/// What the pictures of the pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormatPage {
    Png,
    Jpeg,
    Svg,
}

/// A page of a piece, as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub octets: Arc<[u8]>,
    pub format: FormatPage,
    /// Wider than high.
    pub paysage: bool,
}

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

/// A page without its bytes, which travel beside it.
type Fiche = (FormatPage, bool);

/// Asks for the pages of a file.
pub(super) fn demander(
    tache: &'static Tache,
    octets: &Octets,
    ici: fn(Paquet) -> Paquet,
) -> Result<Result<Vec<Page>, String>, Arret> {
    let demande = Paquet { octets: vec![octets.clone()], ..Paquet::default() };
    let reponse = LECTEURS.confier(tache, demande, ici)?;
    let fiches: Result<Vec<Fiche>, String> = reponse.lire().ok_or(Arret::Brutal)?;
    let page = |((format, paysage), octets)| Page { octets, format, paysage };
    Ok(fiches.map(|fiches| fiches.into_iter().zip(reponse.octets).map(page).collect()))
}

/// The answer of the one who reads them.
pub(super) fn repondre(demande: &Paquet, lire: fn(&Octets) -> Result<Vec<Page>, String>) -> Paquet {
    match demande.octets.first().map_or_else(|| Err("il est vide".to_owned()), lire) {
        Ok(pages) => {
            let fiches: Result<Vec<Fiche>, String> = Ok(pages.iter().map(|page| (page.format, page.paysage)).collect());
            Paquet::de(&fiches, pages.into_iter().map(|page| page.octets).collect())
        }
        Err(motif) => Paquet::de(&Err::<Vec<Fiche>, _>(motif), Vec::new()),
    }
}
