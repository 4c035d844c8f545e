//! The bytes of a picture of anyone's (PNG, JPEG, SVG) → a picture that PDF/A and Word take as it is and draw alike, or
//! why it cannot be drawn.
//!
//! What comes out is eight bits a colour, grey or red-green-blue, upright; a drawing (SVG) has no words, no filter and
//! nothing that is elsewhere.

mod dessins;
mod points;

use super::page::{self, FormatPage, Page};
use crate::isolement::{Octets, Paquet, Tache};
use std::time::Duration;

pub(super) use points::{POINTS_MAX, en_points};

/// A logo is read apart: a hostile one stops its reader, and is told.
pub static LOGO: Tache = Tache { nom: "logo", calcul: Duration::from_secs(5), delai: Duration::from_secs(60) };

/// A logo as it can be drawn; otherwise why not, as the end of a sentence whose subject is the file, and what to do.
pub fn lire_logo(octets: &Octets) -> Result<Page, String> {
    let pages = page::demander(&LOGO, octets, lire_ici).map_err(|arret| {
        format!("{arret} ; enregistrez-le de nouveau, en image PNG d'environ 1 000 points de large")
    })??;
    pages.into_iter().next().ok_or_else(|| "l'image est vide".to_owned())
}

/// The work itself.
pub fn lire_ici(demande: Paquet) -> Paquet {
    page::repondre(&demande, logo)
}

fn logo(octets: &Octets) -> Result<Vec<Page>, String> {
    if let Some(format) = format_de_points(octets) {
        return en_points(octets, format).map(|page| vec![page]);
    }
    if dessins::est_un_svg(octets) {
        return dessins::lire(octets).map(|page| vec![page]);
    }
    Err("ce n'est pas une image PNG, JPEG ou SVG ; enregistrez-la sous l'une de ces formes".to_owned())
}

/// PNG or JPEG, as its first bytes tell.
pub(super) fn format_de_points(octets: &[u8]) -> Option<FormatPage> {
    match image::guess_format(octets).ok()? {
        image::ImageFormat::Png => Some(FormatPage::Png),
        image::ImageFormat::Jpeg => Some(FormatPage::Jpeg),
        _ => None,
    }
}
