//! A PDF of anyone's → what it is, read by a process apart: one that stops its reader is refused by its name.

use super::{Lu, Modification, differences, ouvrir};
use crate::isolement::{LECTEURS, Octets, Paquet, Tache};
use std::time::Duration;

/// Longest computation on a dossier of six hundred megabytes.
const CALCUL: Duration = Duration::from_secs(240);
const DELAI: Duration = Duration::from_secs(600);

pub static DOSSIER: Tache = Tache { nom: "dossier", calcul: CALCUL, delai: DELAI };
pub static EQUIVALENCE: Tache = Tache { nom: "equivalence", calcul: CALCUL, delai: DELAI };

/// Reads a file, all its revisions and its signatures; otherwise why it cannot, as the end of a sentence.
pub fn lire(octets: &Octets) -> Result<Lu, String> {
    let demande = Paquet { octets: vec![octets.clone()], ..Paquet::default() };
    let reponse = LECTEURS.confier(&DOSSIER, demande, lire_ici).map_err(|arret| arret.to_string())?;
    let mut lu: Lu = reponse.lire::<Result<Lu, String>>().unwrap_or_else(|| Err(SANS_REPONSE.to_owned()))?;
    for (joint, octets) in lu.joints.iter_mut().zip(&reponse.octets) {
        joint.octets = octets.to_vec();
    }
    Ok(lu)
}

/// The work itself; the attached files travel beside the words.
pub fn lire_ici(demande: Paquet) -> Paquet {
    let octets = demande.octets.first().map(|octets| octets.as_ref()).unwrap_or_default();
    let mut joints = Vec::new();
    let lu = ouvrir(octets).map(|mut lu| {
        joints = lu.joints.iter_mut().map(|joint| std::mem::take(&mut joint.octets).into()).collect();
        lu
    });
    Paquet::de(&lu, joints)
}

/// What differs, for a reader, between what was printed and a file saved again.
pub fn comparer(imprime: &[u8], fichier: &[u8]) -> Result<Vec<Modification>, String> {
    let demande = Paquet { octets: vec![imprime.into(), fichier.into()], ..Paquet::default() };
    let reponse = LECTEURS.confier(&EQUIVALENCE, demande, comparer_ici).map_err(|arret| arret.to_string())?;
    reponse.lire().unwrap_or_else(|| Err(SANS_REPONSE.to_owned()))
}

/// The work itself.
pub fn comparer_ici(demande: Paquet) -> Paquet {
    let [imprime, fichier] = demande.octets.as_slice() else { return Paquet::default() };
    Paquet::de(&differences(imprime, fichier), Vec::new())
}

const SANS_REPONSE: &str = "sa lecture n'a rien donné";
