//! The pipeline behind addresses: a contract comes by HTTP, its remarks or its files go back.
//!
//! ```text
//! connection ─http::ecoute▶ request ─http::origine, routes▶ parametres + depot (files in memory)
//!     ─etablis▶ equipe ─another process▶ actions ─▶ answer
//!     └─ anything wrong ▶ http::probleme (French, RFC 9457)
//! ```
//!
//! Nothing is kept between requests, and no path that a request gives is opened. `openapi` tells the same table as
//! `routes` serves. Nothing here speaks to the terminal.

mod actions;
mod assistant;
mod depot;
mod equipe;
mod etablis;
mod fonds;
mod openapi;
mod parametres;
mod reponse;
mod routes;
mod service;
mod tableur;

use crate::http::ecoute::{self, arret, motif};
use crate::http::origine::Hotes;
use crate::modele::ErreurModele;
use depot::Limites;
use equipe::Equipe;
use etablis::Etablis;
use fonds::Fonds;
use service::{Service, Suivi};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

pub use assistant::assister;
pub use service::Trace;

/// How a service is held.
#[derive(Debug, Clone)]
pub struct Reglages {
    pub adresse: SocketAddr,
    /// The names that it answers to, beside its addresses.
    pub hotes: Vec<String>,
    /// A folder of models, besides those of the program: whoever starts the service chooses it, no request does.
    pub modeles: Option<PathBuf>,
    /// Requests worked on at the same time, each on one thread.
    pub simultanes: usize,
    /// Requests that may wait behind them.
    pub attente: usize,
    /// Most mebibytes of a request.
    pub taille_max: usize,
    /// Most mebibytes of all requests that are held.
    pub memoire: usize,
    /// Longest that a request may take to come, and then to be answered.
    pub delai: Duration,
    /// The command line of the processes that work; without it, threads of this one do.
    pub assistants: Option<Vec<OsString>>,
}

/// Why a service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error(
        "le service ne peut pas écouter à l'adresse {adresse} : {motif}.\n    À faire : donnez une autre adresse (« --adresse 127.0.0.1:8081 »)."
    )]
    Adresse { adresse: SocketAddr, motif: String },
    #[error(transparent)]
    Modele(#[from] ErreurModele),
}

/// Serves until Ctrl-C or a demand to end, then lets what is begun end. `pret` is told the address once it answers.
pub fn executer(reglages: &Reglages, pret: impl FnOnce(SocketAddr), suivre: Suivi) -> Result<(), Erreur> {
    let fonds = Fonds::lire(reglages.modeles.as_deref())?;
    let service = Arc::new(Service {
        etablis: Etablis::nouveaux(reglages.simultanes, reglages.attente, reglages.delai),
        limites: Limites {
            taille_max: reglages.taille_max * 1024 * 1024,
            memoire: Arc::new(Semaphore::new(reglages.memoire.max(2 * reglages.taille_max) * 1024)),
        },
        hotes: Hotes::nouveaux(reglages.adresse, &reglages.hotes),
        equipe: Equipe::nouvelle(reglages.assistants.clone()),
        openapi: openapi::texte(&fonds.ids),
        fonds,
        suivre,
    });
    let refus = |erreur: std::io::Error| Erreur::Adresse { adresse: reglages.adresse, motif: motif(&erreur) };
    // One thread for the connections; the work has its own.
    let moteur = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(reglages.simultanes.max(1))
        // A thread keeps the memory that it has used: none is made again.
        .thread_keep_alive(Duration::from_secs(24 * 3600))
        .build()
        .map_err(refus)?;
    let servi = moteur.block_on(async {
        let ecoute = TcpListener::bind(reglages.adresse).await.map_err(refus)?;
        pret(ecoute.local_addr().unwrap_or(reglages.adresse));
        ecoute::ecouter(ecoute, routes::routeur(&service), reglages.delai, arret).await;
        Ok(())
    });
    // What is still worked on after the delay has nobody to answer.
    moteur.shutdown_background();
    servi
}

/// The OpenAPI document of a service with the models of the program, as it is committed.
pub fn texte_d_openapi() -> Result<String, Erreur> {
    Ok(openapi::texte(&Fonds::lire(None)?.ids))
}
