//! From references to safe names of files; from the files that a command names besides contracts to their bytes.

use super::ouverture::Ouverture;
use super::pieces;
use crate::lecture::{ErreurLecture, acces, noms, ouverture};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name kept, in characters.
const LONGUEUR_MAX: usize = 120;

/// A file name made from a reference: letters without accents, digits, `-`, `_` and `.`.
///
/// Two references never share a name: when making it safe loses something, a short checksum is added.
pub fn nom_de_fichier(reference: &str) -> String {
    let mut nom = String::new();
    for c in reference.nfd() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => nom.push(c),
            'œ' | 'æ' | 'Œ' | 'Æ' => nom.push_str(match c {
                'œ' => "oe",
                'æ' => "ae",
                'Œ' => "OE",
                _ => "AE",
            }),
            _ if is_combining_mark(c) || nom.ends_with('-') => {}
            _ => nom.push('-'),
        }
    }
    let propre: String = nom.trim_matches(['-', '.']).chars().take(LONGUEUR_MAX).collect();
    if propre == reference && !noms::reserve(&propre) {
        return propre;
    }
    let empreinte: String = Sha256::digest(reference.as_bytes()).iter().take(4).map(|o| format!("{o:02x}")).collect();
    let nom = if propre.is_empty() { empreinte } else { format!("{propre}-{empreinte}") };
    // Of « nul.txt », what follows the dot does not count.
    if propre.is_empty() || noms::reserve(&nom) { format!("contrat-{nom}") } else { nom }
}

/// Largest printed dossier read, in megabytes: its files are in it twice, whole and page by page.
const DOSSIER_MAX: u64 = 600;

/// The bytes of a printed dossier.
pub fn lire_dossier(fichier: &Path) -> Result<Vec<u8>, ErreurLecture> {
    let nom = || fichier.display().to_string();
    match ouverture::lire(fichier, DOSSIER_MAX * 1024 * 1024) {
        Err(source) => {
            let (motif, remede) = acces(&source);
            Err(ErreurLecture::Acces { nom: nom(), motif, remede, source })
        }
        Ok(lu) if lu.len() as u64 > DOSSIER_MAX * 1024 * 1024 => {
            Err(ErreurLecture::DossierTropGros { nom: nom(), max: DOSSIER_MAX })
        }
        Ok(lu) => Ok(lu),
    }
}

/// The files of the disk that a contract was read from: its own, and those that it names.
pub fn sources(ouverture: &Ouverture) -> Vec<PathBuf> {
    let mut sources: Vec<PathBuf> = ouverture.lecture.fichiers.iter().map(|f| PathBuf::from(&f.nom)).collect();
    for (pointeur, _) in pieces::pointeurs(&ouverture.donnees) {
        let place = ouverture.lecture.positions.de(&pointeur);
        let dossier = place.and_then(|p| Path::new(&p.fichier).parent().map(Path::to_path_buf)).unwrap_or_default();
        let chemin = ouverture.donnees.pointer(&pointeur).and_then(|chemin| chemin.as_str()).unwrap_or_default();
        let racine = if dossier.as_os_str().is_empty() { Path::new(".") } else { &dossier };
        sources.extend(noms::trouver(racine, Path::new(chemin)));
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_safe_reference_is_its_own_name_and_others_never_collide() {
        assert_eq!(nom_de_fichier("CPOM-2026-2030-ADELIE"), "CPOM-2026-2030-ADELIE");
        assert!(nom_de_fichier("CPOM 2026/13 é").starts_with("CPOM-2026-13-e-"));
        for (reference, debut) in
            [("Ï Ö ÿ ñ", "I-O-y-n-"), ("e\u{301}te\u{301} œuvre Æ", "ete-oeuvre-AE-"), ("É", "E-")]
        {
            assert!(nom_de_fichier(reference).starts_with(debut), "{}", nom_de_fichier(reference));
        }
        assert_ne!(nom_de_fichier("a/b"), nom_de_fichier("a b"));
        assert_ne!(nom_de_fichier("../x"), "x");
        assert!(nom_de_fichier("CON").starts_with("CON-"));
        for nom in ["nul.txt", "CON.x", "com1.2026", "aux."] {
            let sur = nom_de_fichier(nom) + ".signature.json";
            assert!(!noms::reserve(&sur), "{sur}");
        }
        assert!(nom_de_fichier("///").starts_with("contrat-"));
        assert!(nom_de_fichier(&"x".repeat(500)).len() < 140);
    }
}
