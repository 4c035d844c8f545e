//! Turns a JSON pointer into the place where the user wrote it. It must not know the values.

use std::collections::HashMap;

use crate::remarque::Position;

/// The text of a file and where its lines begin.
#[derive(Debug)]
pub(super) struct Source {
    nom: String,
    pub(super) texte: String,
    lignes: Vec<usize>,
}

impl Source {
    pub(super) fn new(nom: &str, texte: String) -> Self {
        let octets = texte.as_bytes();
        let fins = octets.iter().enumerate().filter(|(rang, octet)| match octet {
            b'\n' => true,
            b'\r' => octets.get(rang + 1) != Some(&b'\n'),
            _ => false,
        });
        let lignes = std::iter::once(0).chain(fins.map(|(rang, _)| rang + 1)).collect();
        Self { nom: nom.to_owned(), lignes, texte }
    }

    /// The line and the column, in characters, of a byte of the text.
    pub(super) fn position(&self, octet: usize) -> Position {
        let ligne = self.lignes.partition_point(|debut| *debut <= octet);
        let debut = self.lignes.get(ligne.saturating_sub(1)).copied().unwrap_or_default();
        let avant = self.texte.get(debut..octet).unwrap_or_default();
        let borne = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Position { fichier: self.nom.clone(), ligne: borne(ligne), colonne: borne(avant.chars().count() + 1) }
    }
}

/// A byte of one of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lieu {
    pub(super) fichier: usize,
    pub(super) octet: usize,
}

impl Lieu {
    /// The place for people; the first byte of an unknown file cannot happen, and would say line 1.
    pub(super) fn position(self, sources: &[Source]) -> Option<Position> {
        sources.get(self.fichier).map(|source| source.position(self.octet))
    }
}

/// Where each element of the merged value was written.
#[derive(Debug)]
pub struct Positions {
    sources: Vec<Source>,
    /// By JSON pointer: the value, and its key if it has one.
    lieux: HashMap<String, (Lieu, Option<Lieu>)>,
}

impl Positions {
    pub(super) fn new(sources: Vec<Source>, lieux: HashMap<String, (Lieu, Option<Lieu>)>) -> Self {
        Self { sources, lieux }
    }

    /// The place of a value, or that of its nearest ancestor if it does not exist (a missing key).
    pub fn de(&self, pointeur: &str) -> Option<Position> {
        self.chercher(pointeur).and_then(|(valeur, _)| valeur.position(&self.sources))
    }

    /// The place of a key; that of the value for an element of a list, that of the nearest ancestor for
    /// what does not exist.
    pub fn de_cle(&self, pointeur: &str) -> Option<Position> {
        self.chercher(pointeur).and_then(|(valeur, cle)| cle.unwrap_or(valeur).position(&self.sources))
    }

    fn chercher(&self, pointeur: &str) -> Option<(Lieu, Option<Lieu>)> {
        if let Some(lieux) = self.lieux.get(pointeur) {
            return Some(*lieux);
        }
        let mut ancetre = pointeur;
        while let Some((parent, _)) = ancetre.rsplit_once('/') {
            if let Some((valeur, _)) = self.lieux.get(parent) {
                return Some((*valeur, None));
            }
            ancetre = parent;
        }
        self.lieux.get("").copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let source = Source::new("f", "é\r\nàb\rc\n".into());
        let place = |octet| {
            let p = source.position(octet);
            (p.ligne, p.colonne)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(2), (1, 2));
        assert_eq!(place(4), (2, 1));
        assert_eq!(place(6), (2, 2));
        assert_eq!(place(8), (3, 1));
        assert_eq!(place(10), (4, 1));
        assert_eq!(place(99), (4, 1));
    }
}
