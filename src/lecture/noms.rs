//! Names of files as the systems that carried them spell them → names that compare.
//!
//! It reads folders to find a name in another spelling; it must not know what a file is for.

use std::io;
use std::path::{Component, Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// A name with each accented letter as one character, whichever way it came.
pub fn compose(nom: &str) -> String {
    nom.nfc().collect()
}

/// What two names share that some system takes for one: « Plan.pdf », « plan.pdf », « été » in both its spellings.
pub fn cle(nom: &str) -> String {
    compose(&compose(nom).to_lowercase())
}

/// A name that several files bear, each in a spelling of its own.
#[derive(Debug)]
pub enum Introuvable {
    Double(String),
    Acces(io::Error),
}

impl From<io::Error> for Introuvable {
    fn from(erreur: io::Error) -> Self {
        Introuvable::Acces(erreur)
    }
}

/// Where a path leads below `racine`: as it is written, else by the one spelling that is there.
pub fn trouver(racine: &Path, relatif: &Path) -> Result<PathBuf, Introuvable> {
    let exact = racine.join(relatif);
    let Err(absent) = std::fs::metadata(&exact) else { return Ok(exact) };
    if absent.kind() != io::ErrorKind::NotFound {
        return Err(absent.into());
    }
    let mut ici = racine.to_path_buf();
    for composant in relatif.components() {
        let Component::Normal(nom) = composant else { continue };
        if std::fs::symlink_metadata(ici.join(nom)).is_ok() {
            ici.push(nom);
            continue;
        }
        let Some(voulu) = nom.to_str().map(compose) else { return Err(absent.into()) };
        let mut trouves = Vec::new();
        for element in std::fs::read_dir(&ici)? {
            let element = element?.file_name();
            if element.to_str().is_some_and(|autre| compose(autre) == voulu) {
                trouves.push(element);
            }
        }
        match (trouves.pop(), trouves.is_empty()) {
            (Some(seul), true) => ici.push(seul),
            (Some(_), false) => return Err(Introuvable::Double(voulu)),
            (None, _) => return Err(absent.into()),
        }
    }
    Ok(ici)
}

/// Names that Windows keeps for devices, whatever follows the first dot.
pub fn reserve(nom: &str) -> bool {
    let racine = nom.split('.').next().unwrap_or_default().trim_end_matches(' ').to_uppercase();
    let numerote = || {
        let numero = racine.strip_prefix("COM").or_else(|| racine.strip_prefix("LPT"));
        numero.is_some_and(|n| n.chars().count() == 1 && n.chars().all(|c| matches!(c, '0'..='9' | '¹' | '²' | '³')))
    };
    matches!(racine.as_str(), "" | "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$") || numerote()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_of_windows_is_one_whatever_follows_its_dot() {
        for nom in ["CON", "nul.txt", "Aux .pdf", "com1", "COM¹.x", "lpt³", "conin$", "NUL.a.b", ".x"] {
            assert!(reserve(nom), "{nom}");
        }
        for nom in ["CONTRAT", "COM", "COM10", "COMA", "nul-1.txt", "x.nul", "LPT¼"] {
            assert!(!reserve(nom), "{nom}");
        }
    }

    #[test]
    fn a_name_is_found_in_the_one_other_spelling_that_is_there() {
        let dossier = tempfile::tempdir().unwrap();
        let (compose, decompose) = ("pi\u{e8}ces/\u{e9}t\u{e9}.pdf", "pie\u{300}ces/e\u{301}te\u{301}.pdf");
        std::fs::create_dir(dossier.path().join("pie\u{300}ces")).unwrap();
        std::fs::write(dossier.path().join(decompose), "x").unwrap();
        for chemin in [compose, decompose, "./pi\u{e8}ces/e\u{301}t\u{e9}.pdf"] {
            assert!(std::fs::read(trouver(dossier.path(), Path::new(chemin)).unwrap()).is_ok(), "{chemin}");
        }
        std::fs::write(dossier.path().join("pie\u{300}ces/\u{e9}te\u{301}.pdf"), "y").unwrap();
        assert!(matches!(trouver(dossier.path(), Path::new(compose)), Err(Introuvable::Double(_))));
        assert!(matches!(trouver(dossier.path(), Path::new("absent.pdf")), Err(Introuvable::Acces(_))));
    }
}
