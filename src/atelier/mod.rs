//! The workshop: words typed in a page → the files of a contract, changed value by value, and what is then said of them.
//!
//! ```text
//! page ─routes (acces)▶ demande ─operations on a chantier (chemins by cles, words by `saisie`)▶ gestes
//!        ─contrat▶ journal (disk) ─▶ files (disk) ─▶ vue, remarques: what changed ─▶ the answer, and evenements to other pages
//!        └─ poste: one operation at a time; a thread writes the text of the latest state ▶ what it lacks
//! ```
//!
//! The files are the truth; the page holds nothing but what was not yet acknowledged. The form is described (`formulaire`,
//! `grilles`) and never interpreted by the page. Nothing here speaks to the terminal.

mod acces;
mod apercu;
mod chantier;
mod cibles;
mod cles;
mod collage;
mod commandes;
mod communs;
mod contrat;
mod demande;
mod dit;
mod dossier;
mod etat;
mod evenements;
mod formulaire;
mod genres;
mod grilles;
mod horloge;
mod ids;
mod impression;
mod journal;
mod liste;
mod mots;
mod naissance;
mod operations;
mod page;
mod poste;
mod refus;
mod remarques;
mod reperage;
mod reponse;
mod routes;
mod serveur;
#[cfg(test)]
mod tests;
mod texte;
mod troncons;
#[cfg(test)]
mod types;
mod vue;

use crate::dossier::catalogue;
use crate::http::ecoute::{self, arret, motif};
use crate::modele::ErreurModele;
use acces::{Acces, cle_au_hasard};
use dossier::{Dossier, ErreurDossier};
use serveur::Serveur;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How a workshop is held.
#[derive(Debug, Clone)]
pub struct Reglages {
    /// The folder of the contracts.
    pub dossier: PathBuf,
    /// The port; one that the system chooses when there is none.
    pub port: Option<u16>,
    /// A folder of models, besides those of the program.
    pub modeles: Option<PathBuf>,
}

/// Why a workshop cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error(
        "l'atelier ne peut pas écouter à l'adresse {adresse} : {motif}.\n    À faire : donnez un autre port (« --port 8090 »), ou aucun."
    )]
    Adresse { adresse: SocketAddr, motif: String },
    #[error("le système ne donne pas de quoi faire une clé.\n    À faire : recommencez.")]
    Cle,
    #[error(transparent)]
    Dossier(ErreurDossier),
    #[error(transparent)]
    Modele(#[from] ErreurModele),
}

impl Erreur {
    /// The address of the workshop that is already open on this folder.
    pub fn deja_ouvert(&self) -> Option<&str> {
        match self {
            Erreur::Dossier(ErreurDossier::DejaOuvert { adresse, .. }) => adresse.as_deref(),
            _ => None,
        }
    }
}

/// How long what is begun has to end.
const FIN: Duration = Duration::from_secs(10);
/// Requests worked on at the same time.
const SIMULTANEES: usize = 8;

/// Holds a workshop until Ctrl-C. `pret` is told its address once it answers.
pub fn executer(reglages: &Reglages, pret: impl FnOnce(&str)) -> Result<(), Erreur> {
    let catalogue = Arc::new(catalogue(reglages.modeles.as_deref())?);
    let demandee = SocketAddr::from((Ipv4Addr::LOCALHOST, reglages.port.unwrap_or_default()));
    let refus = |erreur: std::io::Error| Erreur::Adresse { adresse: demandee, motif: motif(&erreur) };
    let moteur = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(SIMULTANEES)
        .build()
        .map_err(refus)?;
    let tenu = moteur.block_on(async {
        let (dossier, ancienne) = Dossier::ouvrir(&reglages.dossier, catalogue).map_err(Erreur::Dossier)?;
        // The pages of the last workshop of this folder find this one where it was, with what they had not sent yet.
        let la_meme = ancienne.as_ref().map(|a| SocketAddr::from((Ipv4Addr::LOCALHOST, a.port)));
        let reprise = match (reglages.port, la_meme) {
            (None, Some(adresse)) => TcpListener::bind(adresse).await.ok(),
            _ => None,
        };
        let ecoute = match reprise {
            Some(ecoute) => ecoute,
            None => TcpListener::bind(demandee).await.map_err(refus)?,
        };
        let adresse = ecoute.local_addr().map_err(refus)?;
        let meme = ancienne.filter(|a| a.port == adresse.port()).map(|a| a.cle);
        let cle = meme.or_else(cle_au_hasard).ok_or(Erreur::Cle)?;
        let entiere = format!("http://{adresse}/?cle={cle}");
        dossier.annoncer(&entiere).map_err(Erreur::Dossier)?;
        let (finir, fin) = watch::channel(false);
        let serveur = Arc::new(Serveur { dossier, acces: Acces::nouveau(cle, adresse), fin });
        pret(&entiere);
        let arreter = async || {
            arret().await;
            // The streams that pages listen to would never end by themselves.
            let _ = finir.send(true);
        };
        ecoute::ecouter(ecoute, routes::routeur(&serveur), FIN, arreter).await;
        Ok(())
    });
    moteur.shutdown_background();
    tenu
}
