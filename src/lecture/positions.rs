//! Turns a JSON pointer into the place where the user wrote it. It must not know the values.

use std::collections::HashMap;

use crate::remarque::Position;

/// The text of a file and where its lines begin.
#[derive(Debug)]
pub(super) struct Source {
    nom: String,
    pub(super) texte: String,
    lignes: Vec<usize>,
    /// How many characters stand before each block of bytes: a file of one line has columns by the million.
    reperes: Vec<usize>,
}

/// Bytes between two marks.
const PAS: usize = 1024;

/// Characters that begin in these bytes.
fn caracteres(octets: &[u8]) -> usize {
    octets.iter().filter(|octet| **octet & 0xC0 != 0x80).count()
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
        let mut avant = 0;
        let repere = |bloc| {
            avant += caracteres(bloc);
            avant
        };
        let reperes = std::iter::once(0).chain(octets.chunks(PAS).map(repere)).collect();
        Self { nom: nom.to_owned(), lignes, reperes, texte }
    }

    /// The line and the column, in characters, of a byte of the text.
    pub(super) fn position(&self, octet: usize) -> Position {
        let ligne = self.lignes.partition_point(|debut| *debut <= octet);
        let debut = self.lignes.get(ligne.saturating_sub(1)).copied().unwrap_or_default();
        let fin = if self.texte.is_char_boundary(octet) { octet } else { debut };
        let avant = self.rang(fin).saturating_sub(self.rang(debut));
        let borne = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Position { fichier: self.nom.clone(), ligne: borne(ligne), colonne: borne(avant + 1) }
    }

    /// How many characters stand before a byte of the text.
    fn rang(&self, octet: usize) -> usize {
        let bloc = octet / PAS;
        let depuis = self.texte.as_bytes().get(bloc * PAS..octet).unwrap_or_default();
        self.reperes.get(bloc).copied().unwrap_or_default() + caracteres(depuis)
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

    /// Where a key of the contract that is not there would be added: the closing brace of the file. Its first line would
    /// say nothing.
    fn fin(&self, racine: Lieu) -> Lieu {
        let texte = self.sources.get(racine.fichier).map_or("", |source| source.texte.trim_end());
        match texte.strip_suffix('}') {
            Some(avant) => Lieu { octet: avant.len(), ..racine },
            None => racine,
        }
    }

    fn chercher(&self, pointeur: &str) -> Option<(Lieu, Option<Lieu>)> {
        if let Some(lieux) = self.lieux.get(pointeur) {
            return Some(*lieux);
        }
        let mut ancetre = pointeur;
        while let Some((parent, _)) = ancetre.rsplit_once('/') {
            if let Some((valeur, _)) = self.lieux.get(parent) {
                return Some((if parent.is_empty() { self.fin(*valeur) } else { *valeur }, None));
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

    #[test]
    fn a_key_that_is_not_there_is_placed_where_it_would_be_added() {
        let source = Source::new("f", "{\n \"a\": { \"b\": 1 }\n}\n".into());
        let lieu = |octet| Lieu { fichier: 0, octet };
        let lieux = [("", (lieu(0), None)), ("/a", (lieu(8), Some(lieu(3)))), ("/a/b", (lieu(15), None))];
        let lieux = lieux.into_iter().map(|(p, l)| (p.to_string(), l)).collect();
        let positions = Positions::new(vec![source], lieux);
        let ou = |pointeur| positions.de(pointeur).map(|p| (p.ligne, p.colonne));
        assert_eq!(ou(""), Some((1, 1)));
        assert_eq!(ou("/a/c"), Some((2, 7)));
        assert_eq!(ou("/c/d"), Some((3, 1)));
    }

    #[test]
    fn columns_are_right_far_into_a_long_line() {
        let texte = format!("a\n{}", "éa€".repeat(3000));
        let source = Source::new("f", texte.clone());
        for (rang, (octet, _)) in texte.char_indices().skip(2).enumerate() {
            assert_eq!(source.position(octet).colonne as usize, rang + 1);
        }
        assert_eq!(source.position(texte.len()).colonne, 9001);
    }
}
