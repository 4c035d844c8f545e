//! Who may ask: the browser that opened the address with its key, on this machine, and no page of another site.

use crate::http::origine::{self, Hotes};
use crate::http::probleme::{Genre, Probleme};
use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The name of the cookie; the port is in it, since cookies know no ports.
pub struct Acces {
    cle: String,
    cookie: String,
    hotes: Hotes,
}

impl Acces {
    pub fn nouveau(cle: String, adresse: std::net::SocketAddr) -> Self {
        Acces { cookie: format!("cpom_atelier_{}", adresse.port()), cle, hotes: Hotes::nouveaux(adresse, &[]) }
    }

    /// Whether a text is the key; as long for all that are not.
    pub fn est_la_cle(&self, texte: &str) -> bool {
        let (a, b) = (self.cle.as_bytes(), texte.as_bytes());
        a.len() == b.len() && a.iter().zip(b).fold(0, |ecart, (x, y)| ecart | (x ^ y)) == 0
    }

    /// What the browser keeps, and sends with each request of our own page alone.
    pub fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.cle)
    }

    /// Refuses what another site sends, whatever it bears.
    pub fn verifier_l_origine(&self, entetes: &HeaderMap) -> Result<(), Probleme> {
        origine::verifier(entetes, &self.hotes)
    }

    /// Refuses who does not bear the key.
    pub fn verifier_la_cle(&self, entetes: &HeaderMap) -> Result<(), Probleme> {
        let cookies = entetes.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
        let porte = cookies
            .filter_map(|paire| paire.trim().split_once('='))
            .any(|(nom, valeur)| nom == self.cookie && self.est_la_cle(valeur));
        if porte {
            return Ok(());
        }
        Err(Probleme::nouveau(
            Genre::Acces,
            "Cette page n'est pas celle que l'atelier a ouverte.",
            "ouvrez l'adresse entière que « cpom atelier » a donnée au démarrage.",
        ))
    }
}

/// 128 bits that no one guesses, in hexadecimal.
pub fn cle_au_hasard() -> Option<String> {
    let mut octets = [0_u8; 16];
    getrandom::fill(&mut octets).ok()?;
    Some(octets.iter().map(|octet| format!("{octet:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_the_browser_that_bears_the_key_is_let_in() {
        let acces = Acces::nouveau("ab".repeat(16), "127.0.0.1:4000".parse().unwrap());
        let porte = |cookie: &str| {
            let mut entetes = HeaderMap::new();
            entetes.insert(COOKIE, HeaderValue::from_str(cookie).unwrap());
            acces.verifier_la_cle(&entetes).is_ok()
        };
        let bon = format!("autre=1; cpom_atelier_4000={}", "ab".repeat(16));
        assert!(porte(&bon));
        for mauvais in
            ["", "cpom_atelier_4000=", "cpom_atelier_4000=ab", &bon.replace("4000", "4001"), &bon.replace("ab", "ac")]
        {
            assert!(!porte(mauvais), "{mauvais}");
        }
        assert!(acces.verifier_la_cle(&HeaderMap::new()).is_err());
        assert_ne!(cle_au_hasard(), cle_au_hasard());
    }
}
