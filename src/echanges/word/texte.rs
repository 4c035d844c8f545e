//! Words of a Word file → the forms in which they are compared and told.

use crate::rendu::docx::xml::{Element, Enfant};

/// The text below an element, whatever holds it.
pub(super) fn texte_brut(element: &Element) -> String {
    element
        .enfants
        .iter()
        .map(|enfant| match enfant {
            Enfant::Texte(texte) => texte.clone(),
            Enfant::Element(e) => texte_brut(e),
        })
        .collect()
}

/// A piece of text of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub texte: String,
    pub gras: bool,
    pub italique: bool,
}

/// Adds a piece, to the last one when it has the same look.
pub(super) fn ajouter(segments: &mut Vec<Segment>, texte: &str, gras: bool, italique: bool) {
    match segments.last_mut() {
        Some(dernier) if (dernier.gras, dernier.italique) == (gras, italique) => dernier.texte.push_str(texte),
        _ => segments.push(Segment { texte: texte.to_owned(), gras, italique }),
    }
}

/// The words alone.
pub(super) fn mots(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.texte.as_str()).collect()
}

/// The words with bold and italics as the contract writes them: the marks touch the words, and one pair holds all that follows of
/// the same look, spaces included.
pub(super) fn en_prose(segments: &[Segment]) -> String {
    let mut unis: Vec<Segment> = Vec::with_capacity(segments.len());
    for (rang, segment) in segments.iter().enumerate() {
        let aspect = |s: &Segment| (s.gras, s.italique);
        let autour = unis.last().map(aspect).filter(|avant| segments.get(rang + 1).map(aspect) == Some(*avant));
        let blanc = segment.texte.trim().is_empty();
        let (gras, italique) = autour.filter(|_| blanc).unwrap_or(aspect(segment));
        ajouter(&mut unis, &segment.texte, gras, italique);
    }
    let mut sortie = String::new();
    for Segment { texte, gras, italique } in &unis {
        let marque = match (gras, italique) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let dedans = texte.trim();
        if dedans.is_empty() || marque.is_empty() {
            sortie.push_str(texte);
            continue;
        }
        let debut = texte.len() - texte.trim_start().len();
        sortie.push_str(&texte[..debut]);
        sortie.extend([marque, dedans, marque]);
        sortie.push_str(&texte[debut + dedans.len()..]);
    }
    sortie
}

/// The beginning and the end of what is too long to be told.
pub(super) fn abreger(texte: &str, max: usize) -> String {
    let nombre = texte.chars().count();
    if nombre <= max {
        return texte.to_owned();
    }
    let debut: String = texte.chars().take(max * 2 / 3).collect();
    let fin: String = texte.chars().skip(nombre - max / 3).collect();
    format!("{} […] {}", debut.trim_end(), fin.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(morceaux: &[(&str, bool, bool)]) -> String {
        let mut segments = Vec::new();
        morceaux.iter().for_each(|(texte, gras, italique)| ajouter(&mut segments, texte, *gras, *italique));
        en_prose(&segments)
    }

    #[test]
    fn marks_touch_the_words_however_the_runs_are_split() {
        for (morceaux, attendu) in [
            (&[("une lettre ", false, false), ("commune", true, false)][..], "une lettre **commune**"),
            (&[("com", true, false), ("mune", true, false), (" suite", false, false)], "**commune** suite"),
            (&[("a", true, false), (" ", false, false), ("b", true, false)], "**a b**"),
            (&[("a ", true, false), ("b", false, false)], "**a** b"),
            (&[("a", false, true), ("b", false, true)], "*ab*"),
            (&[(" a ", true, true)], " ***a*** "),
            (&[("a", false, false), ("  ", true, false)], "a  "),
        ] {
            assert_eq!(prose(morceaux), attendu);
        }
    }

    #[test]
    fn a_long_text_keeps_its_two_ends() {
        assert_eq!(abreger("abcdef", 6), "abcdef");
        assert_eq!(abreger(&"é".repeat(30), 9), format!("{} […] {}", "é".repeat(6), "é".repeat(3)));
    }
}
