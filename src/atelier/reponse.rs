//! What an address answers: bytes of a type, compressed when the browser takes that, never kept where they may change.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
};
use axum::http::{StatusCode, header::ACCEPT_ENCODING};
use axum::response::{IntoResponse, Response};
use libdeflater::{CompressionLvl, Compressor};
use serde::Serialize;

/// Under this many bytes, compressing costs more than it gives.
const A_COMPRIMER: usize = 1400;
/// Quick rather than small: the browser is on the same machine.
const NIVEAU: i32 = 3;

/// An answer.
#[derive(Debug)]
pub struct Reponse {
    pub statut: StatusCode,
    pub genre: &'static str,
    pub octets: Vec<u8>,
    /// Under which name it is to be saved.
    pub nom: Option<String>,
    pub etiquette: Option<String>,
    /// Whether the same address always gives the same bytes.
    pub immuable: bool,
}

impl Reponse {
    pub fn de(genre: &'static str, octets: Vec<u8>) -> Self {
        Reponse { statut: StatusCode::OK, genre, octets, nom: None, etiquette: None, immuable: false }
    }

    pub fn json(valeur: &impl Serialize) -> Self {
        Reponse::de("application/json", serde_json::to_vec(valeur).unwrap_or_default())
    }

    /// As the headers of the request allow.
    pub fn pour(self, entetes: &HeaderMap) -> Response {
        let demande = |nom| entetes.get(nom).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default();
        let etiquette = self.etiquette.as_deref().and_then(|e| HeaderValue::from_str(e).ok());
        if self.etiquette.as_deref().is_some_and(|etiquette| demande(IF_NONE_MATCH) == etiquette) {
            return StatusCode::NOT_MODIFIED.into_response();
        }
        let comprime = demande(ACCEPT_ENCODING).split(',').any(|mot| mot.trim().starts_with("gzip"));
        let corps = if comprime && self.octets.len() >= A_COMPRIMER { comprimer(&self.octets) } else { None };
        let serre = corps.is_some();
        let garde = if self.immuable { "private, max-age=31536000, immutable" } else { "no-cache" };
        let mut sortie = (self.statut, [(CONTENT_TYPE, self.genre)], corps.unwrap_or(self.octets)).into_response();
        let entetes = sortie.headers_mut();
        entetes.insert(CACHE_CONTROL, HeaderValue::from_static(garde));
        if serre {
            entetes.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if let Some(etiquette) = etiquette {
            entetes.insert(ETAG, etiquette);
        }
        let nom = self.nom.and_then(|nom| HeaderValue::from_str(&format!("attachment; filename=\"{nom}\"")).ok());
        if let Some(nom) = nom {
            entetes.insert(CONTENT_DISPOSITION, nom);
        }
        sortie
    }
}

/// Nothing when it would not be smaller.
fn comprimer(octets: &[u8]) -> Option<Vec<u8>> {
    let mut compresseur = Compressor::new(CompressionLvl::new(NIVEAU).ok()?);
    let mut sortie = vec![0; compresseur.gzip_compress_bound(octets.len())];
    let longueur = compresseur.gzip_compress(octets, &mut sortie).ok()?;
    sortie.truncate(longueur);
    (longueur < octets.len()).then_some(sortie)
}
