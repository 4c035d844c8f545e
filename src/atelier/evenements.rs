//! What happens to a contract → a stream that its pages listen to (`text/event-stream`).

use super::poste::Evenement;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::timeout;

/// A stream that says nothing for longer is taken for a broken one.
const SIGNE: Duration = Duration::from_secs(15);

/// Tells what happens until the page goes, falls behind, or the workshop ends.
pub fn suivre(annonces: broadcast::Receiver<Evenement>, fin: watch::Receiver<bool>) -> Response {
    // The first line has the browser know at once that the stream is open.
    let debut = Some(Bytes::from_static(b": ouvert\n\n"));
    let flux = unfold((annonces, fin, debut), |(mut annonces, mut fin, debut)| async move {
        if let Some(debut) = debut {
            return Some((Ok::<Bytes, Infallible>(debut), (annonces, fin, None)));
        }
        let suivant = tokio::select! {
            venu = timeout(SIGNE, annonces.recv()) => venu,
            _ = fin.wait_for(|fini| *fini) => return None,
        };
        let octets = match suivant {
            Ok(Ok(Evenement { nom, donnees })) => Bytes::from(format!("event: {nom}\ndata: {donnees}\n\n")),
            // A page that fell behind asks for the whole state again.
            Ok(Err(_)) => return None,
            Err(_) => Bytes::from_static(b": toujours\n\n"),
        };
        Some((Ok(octets), (annonces, fin, None)))
    });
    let entetes = [(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-store")];
    (entetes, Body::from_stream(flux)).into_response()
}
