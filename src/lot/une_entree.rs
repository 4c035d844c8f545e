//! One contract of a run: prepared here or by an assistant, then written; whatever happens to it is a line of the manifest.

use super::assistant;
use super::chronometre::Chronometre;
use super::demande::Demande;
use super::entrees::Entree;
use super::journal::EN_COURS;
use super::manifeste::{IssueDuContrat, Ligne, Sortie};
use super::preparation::{Prepare, ligne, preparer};
use crate::dossier::joints::empreinte as empreinte_de;
use crate::dossier::{self, Erreur, ErreurImpression, Fichier};
use crate::lecture::noms;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The names that the run has given to files, with the contract that took each: two contracts never write one file.
#[derive(Default)]
pub(super) struct Noms(Mutex<BTreeMap<String, String>>);

impl Noms {
    fn reserver<'n>(&self, voulus: impl Iterator<Item = &'n str>, entree: &Entree) -> Result<(), Erreur> {
        let mut pris = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let moi = entree.noms().join(", ");
        for nom in voulus {
            let autre = pris.entry(noms::cle(nom)).or_insert_with(|| moi.clone());
            if *autre != moi {
                return Err(ErreurImpression::MemeReference { reference: nom.to_owned(), autre: autre.clone() }.into());
            }
        }
        Ok(())
    }
}

/// Prints a contract, unless `connue` says that it was and its files are intact; says which.
pub(super) fn imprimer(entree: &Entree, demande: &Demande, connue: Option<&Ligne>, noms: &Noms) -> (Ligne, bool) {
    if let Some(moitie) = &entree.moitie {
        return (Ligne { erreur: Some(moitie.to_string()), ..ligne(entree) }, false);
    }
    let chronometre = Chronometre::lancer();
    let Prepare { mut ligne, deja_fait, fichiers } = match &demande.equipe {
        Some(equipe) => assistant::confier(equipe, entree, connue),
        None => preparer(entree, demande, connue),
    };
    match connue.filter(|_| deja_fait) {
        Some(connue) => match noms.reserver(connue.sorties.iter().map(|sortie| sortie.fichier.as_str()), entree) {
            Ok(()) => return (connue.clone(), true),
            Err(erreur) => ligne.erreur = Some(erreur.to_string()),
        },
        None if !fichiers.is_empty() => match ecrire(entree, demande, fichiers, noms) {
            Ok(sorties) => (ligne.issue, ligne.sorties) = (IssueDuContrat::Imprime, sorties),
            Err(erreur) => ligne.erreur = Some(erreur.to_string()),
        },
        None => {}
    }
    (Ligne { duree_ms: chronometre.millisecondes(), ..ligne }, false)
}

/// Everything is printed before anything is written: no half dossier.
fn ecrire(entree: &Entree, demande: &Demande, fichiers: Vec<Fichier>, noms: &Noms) -> Result<Vec<Sortie>, Erreur> {
    noms.reserver(fichiers.iter().map(|(nom, _)| nom.as_str()), entree)?;
    dossier::ecrire_ensemble(&demande.sortie, &fichiers, EN_COURS)?;
    let sortie =
        |(nom, octets): Fichier| Sortie { fichier: nom, sha256: empreinte_de(&octets), octets: octets.len() as u64 };
    Ok(fichiers.into_iter().map(sortie).collect())
}
