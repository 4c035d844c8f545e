//! A page of a file of anyone's, as a picture, and how it travels from the process that reads it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::isolement::{Arret, LECTEURS, Octets, Paquet, Tache};

/// Most pages of a piece.
pub const PAGES_MAX: usize = 300;

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
