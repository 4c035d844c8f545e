//! A text → its sentences, a sentence → its words, each with what stands after it.

use crate::formats::sans_accents;
use std::borrow::Cow;

/// A word: a run of letters and figures, or « € », « % » alone.
#[derive(Debug, Clone)]
pub struct Mot<'a> {
    /// As written.
    pub brut: &'a str,
    /// In small letters, without accents.
    pub nu: Cow<'a, str>,
    /// Where it begins and ends in the sentence.
    pub debut: usize,
    pub fin: usize,
    /// What stands between it and the next one: spaces, punctuation.
    pub apres: &'a str,
}

impl Mot<'_> {
    /// Whether a punctuation of the sentence stands after it.
    pub fn ponctue(&self) -> bool {
        self.apres.contains([',', ';', ':', '.', '!', '?', '(', ')', '«', '»', '–', '—'])
    }
}

/// A sentence and its words.
#[derive(Debug)]
pub struct Phrase<'a> {
    pub texte: &'a str,
    pub mots: Vec<Mot<'a>>,
}

impl<'a> Phrase<'a> {
    /// The word of a rank without accents, or nothing.
    pub fn nu(&self, rang: usize) -> &str {
        self.mots.get(rang).map_or("", |m| m.nu.as_ref())
    }

    /// The words of a rank and of those after it.
    pub fn suite(&self, rang: usize, attendus: &[&str]) -> bool {
        attendus.iter().enumerate().all(|(n, attendu)| self.nu(rang + n) == *attendu)
    }

    /// The words between two ranks, as written.
    pub fn extrait(&self, debut: usize, fin: usize) -> &'a str {
        let de = self.mots.get(debut).map_or(0, |m| m.debut);
        let a = fin.checked_sub(1).and_then(|dernier| self.mots.get(dernier)).map_or(de, |m| m.fin);
        self.texte.get(de..a).unwrap_or_default()
    }
}

/// Whether a text may hold a number: a figure, or a word that counts, but « un », which is an article more often. Told before
/// anything is cut.
pub fn peut_compter(texte: &str) -> bool {
    let octets = texte.as_bytes();
    octets.iter().any(u8::is_ascii_digit) || octets.split(|o| !o.is_ascii_alphabetic()).any(compte)
}

/// Whether a word counts.
fn compte(mot: &[u8]) -> bool {
    let mut bas = [0u8; 9];
    // Most words are told by their first letter.
    let commence =
        matches!(mot.first(), Some(b'c'..=b'd' | b'h' | b'm'..=b'o' | b'q' | b's'..=b't' | b'v' | b'A'..=b'Z'));
    let Some(bas) = bas.get_mut(..mot.len()).filter(|_| mot.len() >= 3 && commence) else { return false };
    bas.copy_from_slice(mot);
    bas.make_ascii_lowercase();
    matches!(
        &*bas,
        b"deux"
            | b"trois"
            | b"quatre"
            | b"cinq"
            | b"six"
            | b"sept"
            | b"huit"
            | b"neuf"
            | b"dix"
            | b"onze"
            | b"douze"
            | b"treize"
            | b"quatorze"
            | b"quinze"
            | b"seize"
            | b"vingt"
            | b"vingts"
            | b"trente"
            | b"quarante"
            | b"cinquante"
            | b"soixante"
            | b"cent"
            | b"cents"
            | b"mille"
    )
}

/// The sentences that may hold a number, and what a reader looks for.
pub fn phrases(texte: &str, utile: fn(&str) -> bool) -> impl Iterator<Item = Phrase<'_>> {
    morceaux(texte).filter(move |p| peut_compter(p) && utile(p)).map(|p| Phrase { texte: p, mots: mots(p) })
}

/// A text cut where a sentence ends.
fn morceaux(texte: &str) -> impl Iterator<Item = &str> {
    let mut reste = texte;
    std::iter::from_fn(move || {
        if reste.is_empty() {
            return None;
        }
        let coupe = fin_de_phrase(reste);
        let (phrase, suite) = reste.split_at(coupe);
        reste = suite;
        Some(phrase)
    })
}

/// Where the first sentence of a text ends: after « ! », « ? », « ; », a line, or a full stop that a space follows.
fn fin_de_phrase(texte: &str) -> usize {
    let octets = texte.as_bytes();
    (0..octets.len())
        .find(|rang| match octets[*rang] {
            b'!' | b'?' | b';' | b'\n' => true,
            b'.' => octets.get(rang + 1).is_none_or(u8::is_ascii_whitespace),
            _ => false,
        })
        .map_or(octets.len(), |rang| rang + 1)
}

/// The words of a sentence.
fn mots(phrase: &str) -> Vec<Mot<'_>> {
    let mut mots: Vec<Mot<'_>> = Vec::with_capacity(phrase.len() / 5);
    let mut rang = 0;
    while let Some(debut) = phrase[rang..].find(|c: char| c.is_alphanumeric() || matches!(c, '€' | '%')) {
        let debut = rang + debut;
        let fin = debut + longueur(&phrase[debut..]);
        if let Some(dernier) = mots.last_mut() {
            dernier.apres = &phrase[dernier.fin..debut];
        }
        mots.push(Mot { brut: &phrase[debut..fin], nu: nu(&phrase[debut..fin]), debut, fin, apres: &phrase[fin..] });
        rang = fin;
    }
    mots
}

/// How long the word that a text begins with is.
fn longueur(texte: &str) -> usize {
    let mut fin = 0;
    for (rang, c) in texte.char_indices() {
        // A comma or a full stop between two figures belongs to the number.
        let chiffres = || texte[..rang].bytes().all(|o| o.is_ascii_digit() || o == b'.');
        let suivi = || texte[rang + 1..].starts_with(|s: char| s.is_ascii_digit());
        if !(c.is_alphanumeric() || matches!(c, ',' | '.') && chiffres() && suivi()) {
            // « € » and « % » are words alone.
            return if rang == 0 { c.len_utf8() } else { rang };
        }
        fin = rang + c.len_utf8();
    }
    fin
}

/// A word in small letters, without accents.
fn nu(mot: &str) -> Cow<'_, str> {
    let deja = mot.bytes().all(|o| o.is_ascii_lowercase() || o.is_ascii_digit());
    if deja { Cow::Borrowed(mot) } else { Cow::Owned(sans_accents(mot)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nus(texte: &str) -> Vec<String> {
        phrases(texte, |_| true).flat_map(|p| p.mots).map(|m| m.nu.into_owned()).collect()
    }

    #[test]
    fn a_sentence_is_cut_at_its_apostrophes_hyphens_and_signs_but_not_within_a_number() {
        assert_eq!(nus("L'Été, 1,5 M€ (12 %)."), ["l", "ete", "1,5", "m", "€", "12", "%"]);
        assert_eq!(nus("vingt-cinq. Rien ici. Puis 3"), ["vingt", "cinq", "puis", "3"]);
        assert_eq!(nus("18.000 places"), ["18.000", "places"]);
        assert_eq!(nus("Une seule fiche."), Vec::<String>::new());
    }

    #[test]
    fn the_words_between_two_ranks_are_as_written() {
        let phrase = phrases("Il compte environ 1\u{A0}204 places.", |_| true).next().expect("a sentence");
        assert_eq!(phrase.extrait(2, 6), "environ 1\u{A0}204 places");
        assert!(phrase.suite(1, &["compte", "environ"]) && !phrase.suite(5, &["places", "de"]));
    }
}
