//! Where a request comes from: this machine's user, or the page of another site in his browser.
//!
//! A page of anyone's can have a browser send requests to a service of the same machine, and a name of anyone's can be
//! made to lead to it. What a browser says of itself (`Host`, `Origin`, `Sec-Fetch-Site`) is checked; other clients say
//! the address that they were given, and nothing more.

use super::probleme::{Genre, Probleme};
use axum::http::HeaderMap;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::uri::Authority;
use std::net::{IpAddr, SocketAddr};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names that the service answers to.
pub struct Hotes {
    ecoute: IpAddr,
    /// Those that `--hote` gives, in lower case.
    noms: Vec<String>,
}

impl Hotes {
    pub fn nouveaux(ecoute: SocketAddr, noms: &[String]) -> Self {
        Hotes { ecoute: ecoute.ip(), noms: noms.iter().map(|nom| nom.to_ascii_lowercase()).collect() }
    }

    fn est_nomme(&self, hote: &str) -> bool {
        self.noms.iter().any(|nom| nom == hote)
    }

    fn admet(&self, hote: &str) -> bool {
        if hote == "localhost" || hote.ends_with(".localhost") || self.est_nomme(hote) {
            return true;
        }
        // An address is no name that could be made to lead here.
        let adresse = hote.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        adresse.is_ok_and(|ip| ip.is_loopback() || ip == self.ecoute || self.ecoute.is_unspecified())
    }
}

/// Refuses what a page of another site sends, and what comes by a name that is not the service's.
pub fn verifier(entetes: &HeaderMap, hotes: &Hotes) -> Result<(), Probleme> {
    let mut donnes = entetes.get_all(HOST).iter();
    let hote = match (donnes.next(), donnes.next()) {
        (Some(hote), None) => autorite(hote.to_str().unwrap_or_default()),
        _ => None,
    };
    let hote = hote.filter(|hote| hotes.admet(&nom(hote)));
    let Some(hote) = hote else {
        return Err(Probleme::nouveau(
            Genre::Etranger,
            "L'en-tête « Host » n'est pas un nom de ce service.",
            "appelez-le par son adresse (« 127.0.0.1 », « localhost ») ; s'il a un autre nom, qui le tient le dit au démarrage (« --hote NOM »).",
        ));
    };
    let d_ici = entetes.get_all(SEC_FETCH_SITE).iter().all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
    let meme = |origine: &str| {
        let origine = origine.split_once("://").and_then(|(_, suite)| autorite(suite));
        origine.is_some_and(|origine| origine == hote || hotes.est_nomme(&nom(&origine)))
    };
    if d_ici && entetes.get_all(ORIGIN).iter().all(|origine| origine.to_str().is_ok_and(meme)) {
        return Ok(());
    }
    Err(Probleme::nouveau(
        Genre::Etranger,
        "La demande vient de la page d'un autre site.",
        "envoyez-la depuis un programme, ou depuis une page que ce service donne.",
    ))
}

fn autorite(texte: &str) -> Option<Authority> {
    // A user's name before the address is no part of these headers.
    texte.parse::<Authority>().ok().filter(|autorite| !autorite.as_str().contains('@'))
}

fn nom(autorite: &Authority) -> String {
    autorite.host().trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn juger(ecoute: &str, entetes: &[(&'static str, &str)]) -> bool {
        let mut lus = HeaderMap::new();
        for (nom, valeur) in entetes {
            lus.append(*nom, HeaderValue::from_str(valeur).expect("a header"));
        }
        let hotes = Hotes::nouveaux(ecoute.parse().expect("an address"), &["cpom.exemple.invalid".to_owned()]);
        verifier(&lus, &hotes).is_ok()
    }

    #[test]
    fn a_name_that_is_not_the_services_is_refused() {
        for hote in [
            "127.0.0.1:8080",
            "localhost",
            "LOCALHOST:1",
            "[::1]:8080",
            "127.8.0.1",
            "cpom.exemple.invalid:443",
            "CPOM.exemple.invalid",
        ] {
            assert!(juger("127.0.0.1:8080", &[("host", hote)]), "{hote}");
        }
        for hote in [
            "evil.example",
            "192.0.2.1",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "",
            "a@127.0.0.1",
            "127.0.0.1, evil",
        ] {
            assert!(!juger("127.0.0.1:8080", &[("host", hote)]), "{hote}");
        }
        assert!(!juger("127.0.0.1:8080", &[]));
        assert!(!juger("127.0.0.1:8080", &[("host", "127.0.0.1"), ("host", "127.0.0.1")]));
        assert!(juger("0.0.0.0:8080", &[("host", "192.0.2.1:8080")]));
        assert!(!juger("0.0.0.0:8080", &[("host", "evil.example")]));
        assert!(juger("192.0.2.1:8080", &[("host", "192.0.2.1:8080")]));
    }

    #[test]
    fn a_page_of_another_site_is_refused() {
        let ici = ("host", "127.0.0.1:8080");
        for bons in [
            vec![("origin", "http://127.0.0.1:8080")],
            vec![("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8080")],
            vec![("sec-fetch-site", "none")],
            vec![("origin", "https://cpom.exemple.invalid")],
        ] {
            assert!(juger("127.0.0.1:8080", &[&[ici], &bons[..]].concat()), "{bons:?}");
        }
        for mauvais in [
            vec![("origin", "null")],
            vec![("origin", "https://evil.example")],
            vec![("origin", "http://127.0.0.1:8081")],
            vec![("origin", "http://localhost:8080")],
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
            vec![("origin", "http://127.0.0.1:8080"), ("origin", "https://evil.example")],
        ] {
            assert!(!juger("127.0.0.1:8080", &[&[ici], &mauvais[..]].concat()), "{mauvais:?}");
        }
    }
}
