//! The page of the workshop and its modules, as they travel in the program: bytes, types, and what a browser may do with
//! them.

use super::reponse::Reponse;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

static FICHIERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/atelier");

const PAGE: &str = "index.html";

/// What a browser may run and load: our own files, and the map of the modules that the page holds.
pub static POLITIQUE: LazyLock<String> = LazyLock::new(|| {
    let page = FICHIERS.get_file(PAGE).and_then(|f| f.contents_utf8()).unwrap_or_default();
    let carte = page.split_once("<script type=\"importmap\">").and_then(|(_, suite)| suite.split_once("</script>"));
    let carte = carte.map(|(carte, _)| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(carte.as_bytes()))));
    format!(
        "default-src 'none'; script-src 'self'{}; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        carte.unwrap_or_default()
    )
});

/// The page itself.
pub fn page() -> Reponse {
    fichier(PAGE).unwrap_or_else(|| Reponse::de("text/plain; charset=utf-8", Vec::new()))
}

/// A file of the page, by its name; nothing that is not there, nor outside.
pub fn fichier(nom: &str) -> Option<Reponse> {
    let fichier = FICHIERS.get_file(nom)?;
    let octets = fichier.contents();
    let etiquette =
        format!("\"{}\"", Sha256::digest(octets).iter().take(12).map(|o| format!("{o:02x}")).collect::<String>());
    Some(Reponse { etiquette: Some(etiquette), ..Reponse::de(genre(nom)?, octets.to_vec()) })
}

/// The types that are served: notes and licences stay in the program.
fn genre(nom: &str) -> Option<&'static str> {
    Some(match nom.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

/// What someone sees whose browser does not bear the key of the workshop.
pub const SANS_CLE: &str = "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>cpom – Atelier</title><h1>Cette page n'est pas reconnue</h1><p>Ouvrez l'adresse entière que « cpom atelier » a donnée au démarrage : elle se termine par une clé, qui change à chaque fois.</p></html>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_there_and_nothing_else_than_its_files() {
        assert!(page().octets.starts_with(b"<!doctype html>"));
        assert!(POLITIQUE.contains("'sha256-"), "{}", *POLITIQUE);
        for absent in ["", "..", "../Cargo.toml", "/etc/passwd", "fournis", "js"] {
            assert!(fichier(absent).is_none(), "{absent}");
        }
    }
}
