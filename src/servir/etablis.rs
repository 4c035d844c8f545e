//! Where requests wait and are worked on: so many at a time, so many behind them, so long for each.

use crate::formats::compte;
use crate::http::probleme::{Genre, Probleme, trop_long};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

/// What an assistant may take to be killed, once its time is over.
const GRACE: Duration = Duration::from_secs(1);

/// The places of a service.
pub(super) struct Etablis {
    entrees: Arc<Semaphore>,
    nombre_d_entrees: usize,
    places: Arc<Semaphore>,
    nombre_de_places: usize,
    delai: Duration,
}

/// A place inside, kept until the work is over, whether or not somebody still waits for it.
pub(super) struct Billet(#[expect(dead_code, reason = "held for its drop")] OwnedSemaphorePermit);

impl Etablis {
    pub fn nouveaux(simultanes: usize, attente: usize, delai: Duration) -> Self {
        let nombre_d_entrees = simultanes + attente;
        Etablis {
            entrees: Arc::new(Semaphore::new(nombre_d_entrees)),
            nombre_d_entrees,
            places: Arc::new(Semaphore::new(simultanes)),
            nombre_de_places: simultanes,
            delai,
        }
    }

    /// Lets a request in once it is here, or says that there is no room.
    pub fn entrer(&self) -> Result<Billet, Probleme> {
        Arc::clone(&self.entrees).try_acquire_owned().map(Billet).map_err(|_| {
            Probleme::nouveau(
                Genre::Occupe,
                "Trop de demandes attendent déjà.",
                "recommencez dans quelques secondes (l'en-tête « Retry-After » le dit).",
            )
        })
    }

    /// Receives what a client sends, as long as it does not dawdle.
    pub async fn recevoir<T>(&self, reception: impl Future<Output = Result<T, Probleme>>) -> Result<T, Probleme> {
        timeout(self.delai, reception).await.unwrap_or_else(|_| {
            Err(Probleme::nouveau(
                Genre::Lenteur,
                format!("La demande n'est pas arrivée en entier en {}.", self.secondes()),
                "envoyez-la de nouveau, d'un trait.",
            ))
        })
    }

    /// Does a work on a thread of its own, when its turn comes; it is told how long it may take.
    pub async fn faire<T: Send + 'static>(
        &self,
        billet: Billet,
        travail: impl FnOnce(Duration) -> Result<T, Probleme> + Send + 'static,
    ) -> Result<T, Probleme> {
        let debut = Instant::now();
        let Ok(place) = timeout(self.delai, Arc::clone(&self.places).acquire_owned()).await else {
            return Err(trop_long(self.delai));
        };
        let reste = self.delai.saturating_sub(debut.elapsed());
        let fait = tokio::task::spawn_blocking(move || {
            let _places = (place, billet);
            travail(reste)
        });
        // Its assistant is killed at the delay. The one error is a panic of the work.
        match timeout(reste + GRACE, fait).await {
            Ok(fait) => fait.unwrap_or_else(|_| Err(Probleme::defaut())),
            Err(_) => Err(trop_long(self.delai)),
        }
    }

    fn secondes(&self) -> String {
        compte(usize::try_from(self.delai.as_secs()).unwrap_or(usize::MAX), "seconde")
    }

    /// How many are worked on, and how many wait.
    pub fn etat(&self) -> (usize, usize) {
        let en_cours = self.nombre_de_places - self.places.available_permits();
        let dedans = self.nombre_d_entrees - self.entrees.available_permits();
        (en_cours, dedans.saturating_sub(en_cours))
    }
}
