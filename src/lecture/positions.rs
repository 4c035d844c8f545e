//! Turns a JSON pointer into the place where the user wrote it. It must not know the values.

use crate::remarque::Position;
use std::collections::HashMap;

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

/// A byte of one of the files, in eight bytes: a file has twenty million of them at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Lieu {
    fichier: u32,
    octet: u32,
}

impl Lieu {
    pub(super) fn new(fichier: usize, octet: usize) -> Self {
        let borne = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Self { fichier: borne(fichier), octet: borne(octet) }
    }

    /// The rank of its file.
    pub(super) fn fichier(self) -> usize {
        self.fichier as usize
    }

    /// The byte of that file.
    pub(super) fn octet(self) -> usize {
        self.octet as usize
    }

    /// The place for people; that of an unknown file cannot be told.
    pub(super) fn position(self, sources: &[Source]) -> Option<Position> {
        sources.get(self.fichier as usize).map(|source| source.position(self.octet as usize))
    }
}

/// Where a value stands, and what it holds: sixteen bytes for a number, and no name for an element of a list.
#[derive(Debug)]
pub(super) struct Place {
    lieu: Lieu,
    dedans: Option<Box<Dedans>>,
}

#[derive(Debug)]
enum Dedans {
    /// In their order.
    Elements(Vec<Place>),
    /// In the order of the keys, to be searched: each with the place of its name.
    Champs(Vec<(Box<str>, Lieu, Place)>),
}

impl Place {
    pub(super) fn seule(lieu: Lieu) -> Self {
        Self { lieu, dedans: None }
    }

    pub(super) fn liste(lieu: Lieu, elements: Vec<Place>) -> Self {
        Self { lieu, dedans: Some(Box::new(Dedans::Elements(elements))) }
    }

    pub(super) fn objet(lieu: Lieu, mut champs: Vec<(Box<str>, Lieu, Place)>) -> Self {
        champs.sort_unstable_by(|(a, ..), (b, ..)| a.cmp(b));
        Self { lieu, dedans: Some(Box::new(Dedans::Champs(champs))) }
    }

    /// What a token of a pointer designates here, and the place of its key if it has one.
    fn enfant(&self, jeton: &str) -> Option<(&Place, Option<Lieu>)> {
        match self.dedans.as_deref()? {
            Dedans::Elements(elements) => {
                let rang: usize = jeton.parse().ok()?;
                // « 01 » and « +1 » are the rank of nothing.
                let place = elements.get(rang).filter(|_| rang.to_string() == jeton)?;
                Some((place, None))
            }
            Dedans::Champs(champs) => {
                let cle = jeton.replace("~1", "/").replace("~0", "~");
                let rang = champs.binary_search_by(|(c, ..)| c.as_ref().cmp(cle.as_str())).ok()?;
                champs.get(rang).map(|(_, lieu, place)| (place, Some(*lieu)))
            }
        }
    }
}

/// Beside the place that is kept of an element, those where the other files write it too: few are, and a tree of places is large.
pub(super) type Aussi = HashMap<Lieu, Vec<Lieu>>;

/// Where each element of the merged value was written.
#[derive(Debug)]
pub struct Positions {
    sources: Vec<Source>,
    racine: Place,
    aussi: Aussi,
}

impl Positions {
    pub(super) fn new(sources: Vec<Source>, racine: Place, aussi: Aussi) -> Self {
        Self { sources, racine, aussi }
    }

    /// Every place that writes an element, the first file's first; none if no file does.
    pub(super) fn ecrites(&self, pointeur: &str) -> Vec<Lieu> {
        let element = pointeur.split('/').skip(1).try_fold(&self.racine, |ici, jeton| Some(ici.enfant(jeton)?.0));
        let Some(Place { lieu, .. }) = element else { return Vec::new() };
        std::iter::once(lieu).chain(self.aussi.get(lieu).into_iter().flatten()).copied().collect()
    }

    /// The texts of the files, in their order.
    pub(super) fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The place of a value, or that of its nearest ancestor if it does not exist (a missing key).
    pub fn de(&self, pointeur: &str) -> Option<Position> {
        self.chercher(pointeur).0.position(&self.sources)
    }

    /// The place of a key; that of the value for an element of a list, that of the nearest ancestor for
    /// what does not exist.
    pub fn de_cle(&self, pointeur: &str) -> Option<Position> {
        let (valeur, cle) = self.chercher(pointeur);
        cle.unwrap_or(valeur).position(&self.sources)
    }

    /// Where a key of the contract that is not there would be added: the closing brace of the file. Its first line would
    /// say nothing.
    fn fin(&self) -> Lieu {
        let racine = self.racine.lieu;
        let texte = self.sources.get(racine.fichier as usize).map_or("", |source| source.texte.trim_end());
        match texte.strip_suffix('}') {
            Some(avant) => Lieu::new(racine.fichier as usize, avant.len()),
            None => racine,
        }
    }

    fn chercher(&self, pointeur: &str) -> (Lieu, Option<Lieu>) {
        let (mut ici, mut cle) = (&self.racine, None);
        for jeton in pointeur.split('/').skip(1) {
            match ici.enfant(jeton) {
                Some(suite) => (ici, cle) = suite,
                None if std::ptr::eq(ici, &self.racine) => return (self.fin(), None),
                None => return (ici.lieu, None),
            }
        }
        (ici.lieu, cle)
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyse;
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
    fn a_pointer_leads_to_a_value_to_its_key_or_to_the_nearest_that_holds_it() {
        let source = Source::new("f", r#"{"a/b":[1,{"~":2}]}"#.into());
        let (_, racine) = analyse::analyser(&source, 0, &mut Vec::new()).unwrap().en_valeur();
        let positions = Positions::new(vec![source], racine, Aussi::new());
        for (pointeur, valeur, cle) in [
            ("", 1, 1),
            ("/a~1b", 8, 2),
            ("/a~1b/0", 9, 9),
            ("/a~1b/1/~0", 16, 12),
            ("/a~1b/1/x/y", 11, 11),
            ("/a~1b/2", 8, 8),
            ("/a~1b/01", 8, 8),
            ("/a~1b/+1", 8, 8),
            ("/a/b", 19, 19),
        ] {
            let colonnes = [positions.de(pointeur), positions.de_cle(pointeur)].map(|p| p.unwrap().colonne);
            assert_eq!(colonnes, [valeur, cle], "{pointeur}");
        }
    }

    #[test]
    fn a_key_that_is_not_there_is_placed_where_it_would_be_added() {
        let source = Source::new("f", "{\n \"a\": { \"b\": 1 }\n}\n".into());
        let (_, racine) = analyse::analyser(&source, 0, &mut Vec::new()).unwrap().en_valeur();
        let positions = Positions::new(vec![source], racine, Aussi::new());
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
