//! A Word file of anyone's → what it holds, read by a process apart: one that stops its reader is refused by its name.

use super::contenu::{DossierWord, Suivi};
use super::refus::WordRefuse;
use crate::isolement::{LECTEURS, Paquet, Tache};
use std::time::Duration;

pub static WORD: Tache = Tache { nom: "word", calcul: Duration::from_secs(120), delai: Duration::from_secs(600) };

/// Reads a file; otherwise why it cannot be.
pub(super) fn lire(octets: &[u8], suivi: Suivi) -> Result<DossierWord, WordRefuse> {
    let demande = Paquet::de(&suivi, vec![octets.into()]);
    let arret = |cause: String| WordRefuse::Arret(cause);
    let reponse = LECTEURS.confier(&WORD, demande, lire_ici).map_err(|cause| arret(cause.to_string()))?;
    reponse.lire().unwrap_or_else(|| Err(arret("sa lecture n'a rien donné".to_owned())))
}

/// The work itself.
pub fn lire_ici(demande: Paquet) -> Paquet {
    let suivi = demande.lire().unwrap_or(Suivi::Accepte);
    let octets = demande.octets.first().map(|octets| octets.as_ref()).unwrap_or_default();
    Paquet::de(&DossierWord::lire(octets, suivi), Vec::new())
}
