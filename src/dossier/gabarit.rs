//! A house's Word file → the style that it gives to a dossier; tried first by a process apart, which a hostile one stops.

use crate::isolement::{LECTEURS, Paquet, Tache};
use crate::lecture::{ErreurLecture, acces, ouverture};
use crate::rendu::docx::{Gabarit, GabaritRefuse};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Why a Word file cannot give its style.
#[derive(Debug, thiserror::Error)]
pub enum ErreurGabarit {
    #[error(transparent)]
    Lecture(#[from] ErreurLecture),
    #[error("le gabarit « {nom} » ne peut pas servir : {source}")]
    Refuse { nom: String, source: GabaritRefuse },
}

/// Largest template, in mebibytes.
const GABARIT_MAX: u64 = 64;

pub static GABARIT: Tache = Tache { nom: "gabarit", calcul: Duration::from_secs(30), delai: Duration::from_secs(120) };

/// The work itself: it only has to end.
pub fn essayer_ici(demande: Paquet) -> Paquet {
    // What is wrong with the file is told by whoever reads it next, in its own words.
    let _ = demande.octets.first().map(|octets| Gabarit::lire(octets).is_ok());
    Paquet::default()
}

/// Has it read apart: what does not end there is read nowhere else.
fn essayer(octets: &[u8]) -> Result<(), GabaritRefuse> {
    let demande = Paquet { octets: vec![octets.into()], ..Paquet::default() };
    let lu = LECTEURS.confier(&GABARIT, demande, essayer_ici);
    lu.map(|_| ()).map_err(|arret| GabaritRefuse::Arret(arret.to_string()))
}

/// The house style of a Word file.
pub fn lire_gabarit(fichier: &Path) -> Result<Arc<Gabarit>, ErreurGabarit> {
    let nom = fichier.display().to_string();
    match ouverture::lire(fichier, GABARIT_MAX * 1024 * 1024) {
        Ok(octets) => gabarit_de(&nom, &octets),
        Err(source) if source.kind() == ErrorKind::IsADirectory => {
            Err(ErreurGabarit::Refuse { nom, source: GabaritRefuse::PasWord })
        }
        Err(source) => {
            let (motif, remede) = acces(&source);
            Err(ErreurLecture::Acces { nom, motif, remede, source }.into())
        }
    }
}

/// The house style that the bytes of a Word file hold; `nom` is how the user calls it.
pub fn gabarit_de(nom: &str, octets: &[u8]) -> Result<Arc<Gabarit>, ErreurGabarit> {
    let gabarit = match octets.len() as u64 {
        taille if taille > GABARIT_MAX * 1024 * 1024 => Err(GabaritRefuse::TropGros(GABARIT_MAX)),
        _ => essayer(octets).and_then(|()| Gabarit::lire(octets)),
    };
    gabarit.map(Arc::new).map_err(|source| ErreurGabarit::Refuse { nom: nom.to_owned(), source })
}
