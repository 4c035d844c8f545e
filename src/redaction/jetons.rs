//! The tokens that stand for values while Markdown is parsed: private-use characters around a number.
//!
//! A value printed by a template is registered and replaced by its token; after parsing, each token becomes
//! an inline or blocks again. No value ever meets the Markdown parser.

use crate::document::{Inline, Noeud};
/// The text that is printed: none of its characters is private, so that data can forge no token.
pub use crate::formats::caracteres::purger;
use std::sync::{Arc, Mutex, PoisonError};

const OUVRE: char = '\u{E000}';
const LIGNE: char = '\u{E002}';
const FERME: char = '\u{E001}';
const CHIFFRE: u32 = 0xE010;

/// What a token stands for.
#[derive(Debug, Clone)]
pub enum Element {
    Inline(Vec<Inline>),
    Blocs(Vec<Noeud>),
}

/// A piece of a parsed text.
#[derive(Debug, PartialEq)]
pub enum Morceau<'a> {
    Texte(&'a str),
    Jeton(usize),
    /// Mark of the end of a line of a clause: index of the clause file, line.
    Ligne(usize, u32),
}

/// The values registered during the writing of one document.
#[derive(Debug, Clone, Default)]
pub struct Registre(Arc<Mutex<Vec<Element>>>);

impl Registre {
    /// Registers an element and gives its token.
    pub fn jeton(&self, element: Element) -> String {
        let mut elements = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        elements.push(element);
        encoder(OUVRE, &[elements.len() - 1])
    }

    /// What a token stands for.
    pub fn element(&self, numero: usize) -> Option<Element> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(numero).cloned()
    }
}

/// The mark of a clause line.
pub fn marque_de_ligne(fichier: usize, ligne: u32) -> String {
    encoder(LIGNE, &[fichier, ligne as usize])
}

fn encoder(tete: char, nombres: &[usize]) -> String {
    let mut sortie = String::from(tete);
    for (rang, n) in nombres.iter().enumerate() {
        if rang > 0 {
            sortie.push(LIGNE);
        }
        sortie.extend(n.to_string().bytes().filter_map(|c| char::from_u32(CHIFFRE + u32::from(c - b'0'))));
    }
    sortie.push(FERME);
    sortie
}

/// Cuts a text around its tokens.
pub fn morceaux(texte: &str) -> Vec<Morceau<'_>> {
    let mut sortie = Vec::new();
    let mut reste = texte;
    while let Some(debut) = reste.find([OUVRE, LIGNE]) {
        let (avant, suite) = reste.split_at(debut);
        let Some(fin) = suite.find(FERME) else { break };
        if !avant.is_empty() {
            sortie.push(Morceau::Texte(avant));
        }
        let corps = &suite[..fin];
        let nombre = |t: &str| -> Option<usize> {
            t.chars()
                .map(|c| (c as u32).checked_sub(CHIFFRE).and_then(|d| char::from_digit(d, 10)))
                .collect::<Option<String>>()?
                .parse()
                .ok()
        };
        let mut caracteres = corps.chars();
        match caracteres.next() {
            Some(OUVRE) => sortie.extend(nombre(caracteres.as_str()).map(Morceau::Jeton)),
            _ => {
                let mut parties = caracteres.as_str().split(LIGNE).map(nombre);
                if let (Some(Some(fichier)), Some(Some(ligne))) = (parties.next(), parties.next()) {
                    sortie.push(Morceau::Ligne(fichier, u32::try_from(ligne).unwrap_or(0)));
                }
            }
        }
        reste = &suite[fin + FERME.len_utf8()..];
    }
    if !reste.is_empty() {
        sortie.push(Morceau::Texte(reste));
    }
    sortie
}

/// The line mark at the head of a text (index of the clause file, line), and the text without it.
pub fn ligne_de_tete(texte: &str) -> (Option<(usize, u32)>, &str) {
    let suite = texte.trim_start();
    let Some(fin) = suite.find(FERME).filter(|_| suite.starts_with(LIGNE)) else { return (None, texte) };
    let (marque, reste) = suite.split_at(fin + FERME.len_utf8());
    match morceaux(marque).first() {
        Some(Morceau::Ligne(fichier, ligne)) => (Some((*fichier, *ligne)), reste),
        _ => (None, texte),
    }
}

/// Whether a text bears tokens (then it was made by a template out of printed values).
pub fn porte_un_jeton(texte: &str) -> bool {
    texte.contains([OUVRE, LIGNE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_line_marks_are_found_again() {
        let registre = Registre::default();
        let jeton = registre.jeton(Element::Inline(vec![]));
        let texte = format!("a {jeton} b{}", marque_de_ligne(3, 42));
        assert_eq!(
            morceaux(&texte),
            [Morceau::Texte("a "), Morceau::Jeton(0), Morceau::Texte(" b"), Morceau::Ligne(3, 42)]
        );
    }

    #[test]
    fn the_line_of_a_call_stands_at_the_head_of_its_body() {
        let texte = format!("\n{}\n| a |", marque_de_ligne(3, 42));
        assert_eq!(ligne_de_tete(&texte), (Some((3, 42)), "\n| a |"));
        assert_eq!(ligne_de_tete("| a |"), (None, "| a |"));
    }

    #[test]
    fn data_cannot_forge_a_token() {
        let tout: String = (0xE000..=0xF8FF).filter_map(char::from_u32).collect();
        assert!(purger(&tout).chars().all(|c| !('\u{E000}'..='\u{F8FF}').contains(&c)));
        assert_eq!(morceaux(&purger("a\u{E000}\u{E010}\u{E001}b")).len(), 1);
    }
}
