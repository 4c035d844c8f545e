//! Many contracts → their dossiers, several at a time, and the manifest of what was done.
//!
//! ```text
//! paths ─entrees▶ contracts ─N assistants (preparation, une_entree)▶ dossiers on the disk
//!                                 └─ a line each ▶ journal ─at the end▶ manifeste.json, manifeste.csv
//! ```
//!
//! A contract that fails is a line of the manifest and stops no other. What a killed run has finished is in its
//! journal. Nothing here speaks to the terminal.

mod assistant;
mod chronometre;
mod demande;
mod entrees;
mod journal;
mod manifeste;
mod preparation;
mod une_entree;

use crate::dossier;
use crate::isolement::Equipe;
use journal::Journal;
use std::ffi::OsString;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use une_entree::Noms;

pub use assistant::assister;
pub use demande::{Demande, Erreur};
pub use entrees::{Entree, ErreurEntrees, Moitie, chercher};
pub use manifeste::{IssueDuContrat, Ligne, Manifeste, Sortie, texte_du_schema};

/// The assistants of a run, launched with its own command line.
pub fn equipe(arguments: Vec<OsString>) -> Equipe {
    Equipe::nouvelle(arguments, assistant::BORNES)
}

/// What a run did.
#[derive(Debug)]
pub struct Bilan {
    pub manifeste: Manifeste,
    /// Contracts that were not begun, because the run was stopped.
    pub restants: usize,
    /// Contracts left alone, since a former run printed them.
    pub deja_faits: usize,
}

/// Prints the contracts; `suivre` is told each line as it comes, in any order, and whether it was already done.
/// `arret`, once true, lets the contracts that are begun end, and begins no other.
pub fn executer(demande: &Demande, arret: &AtomicBool, mut suivre: impl FnMut(&Ligne, bool)) -> Result<Bilan, Erreur> {
    let mut journal = Journal::ouvrir(&demande.sortie, demande.continuer)?;
    let suivante = AtomicUsize::new(0);
    let mut lignes: Vec<Option<Ligne>> = vec![None; demande.entrees.len()];
    let mut deja_faits = 0;
    let mut panne = None;
    let noms = Noms::default();
    let connues = std::mem::take(&mut journal.connues);
    std::thread::scope(|portee| {
        let (envoi, reception) = mpsc::sync_channel(demande.fils);
        let mut fils = 0;
        for _ in 0..demande.fils.max(1) {
            let (envoi, suivante, connues, noms) = (envoi.clone(), &suivante, &connues, &noms);
            // One thread at least: a system short of them prints more slowly.
            let fil = std::thread::Builder::new().spawn_scoped(portee, move || {
                while !arret.load(Ordering::Relaxed) {
                    let rang = suivante.fetch_add(1, Ordering::Relaxed);
                    let Some(entree) = demande.entrees.get(rang) else { break };
                    let connue = connues.get(&entree.noms());
                    let fait = dossier::sur_un_fil(|| une_entree::imprimer(entree, demande, connue, noms));
                    if envoi.send((rang, fait)).is_err() {
                        break;
                    }
                }
            });
            match fil {
                Ok(_) => fils += 1,
                Err(erreur) => {
                    panne = (fils == 0).then(|| Erreur::Fil(dossier::motif_d_ecriture(&erreur)));
                    break;
                }
            }
        }
        drop(envoi);
        for (rang, (ligne, deja_fait)) in reception {
            if panne.is_none()
                && let Err(erreur) = journal.ajouter(&ligne)
            {
                arret.store(true, Ordering::Relaxed);
                panne = Some(erreur);
            }
            deja_faits += usize::from(deja_fait);
            suivre(&ligne, deja_fait);
            lignes[rang] = Some(ligne);
        }
    });
    if let Some(panne) = panne {
        return Err(panne);
    }
    let restants = lignes.iter().filter(|ligne| ligne.is_none()).count();
    let manifeste = Manifeste::de(lignes.into_iter().flatten().collect());
    if restants == 0 {
        manifeste.ecrire(&demande.sortie)?;
        journal.terminer();
    }
    Ok(Bilan { manifeste, restants, deja_faits })
}
