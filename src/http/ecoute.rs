//! Connections → requests for the router: how many, how patient with the slow ones, and how they end.

use crate::dossier::motif_d_ecriture;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// Most connections at a time; the next ones wait to be accepted.
const CONNEXIONS: usize = 1024;
/// Most bytes of the headers of a request.
const ENTETES: usize = 64 * 1024;
/// Longest wait for the headers of a request, or for the next one on an open connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until `arret`, then lets the requests that are begun end, for as long as `delai` or until `arret` again.
pub async fn ecouter(ecoute: TcpListener, routeur: Router, delai: Duration, arret: impl AsyncFn()) {
    let fin = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNEXIONS));
    let mut demande = std::pin::pin!(arret());
    loop {
        tokio::select! {
            () = &mut demande => break,
            venue = accepter(&ecoute, &places) => {
                let Some((flux, place)) = venue else { continue };
                let connexion = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE.min(delai))
                    .max_header_size(ENTETES)
                    .serve_connection(TokioIo::new(patient(flux, delai)), TowerToHyperService::new(routeur.clone()));
                let connexion = fin.watch(connexion);
                tokio::spawn(async move {
                    // A client that goes away is no matter of ours.
                    let _ = connexion.await;
                    drop(place);
                });
            }
        }
    }
    drop(ecoute);
    tokio::select! {
        _ = timeout(delai, fin.shutdown()) => (),
        () = arret() => (),
    }
}

async fn accepter(ecoute: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match ecoute.accept().await {
        Ok((flux, _)) => Some((flux, place)),
        // Most often no more files can be open: some will be closed.
        Err(_) => {
            sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

/// A client that no longer reads its answer is left.
fn patient(flux: TcpStream, delai: Duration) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    let mut flux = TimeoutStream::new(flux);
    flux.set_write_timeout(Some(delai));
    Box::pin(flux)
}

/// Why an address cannot be listened to, in French.
pub fn motif(erreur: &std::io::Error) -> String {
    match erreur.kind() {
        std::io::ErrorKind::AddrInUse => "un autre programme y écoute déjà".to_owned(),
        std::io::ErrorKind::AddrNotAvailable => "cette machine n'a pas cette adresse".to_owned(),
        std::io::ErrorKind::PermissionDenied => "le système le refuse (les ports sous 1024 sont réservés)".to_owned(),
        _ => motif_d_ecriture(erreur),
    }
}

/// Ctrl-C, or the signal with which a system ends its services.
pub async fn arret() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut fin) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = fin.recv() => (),
                _ = tokio::signal::ctrl_c() => (),
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
