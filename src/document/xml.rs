//! Any text → the text that XML 1.0 can hold: one rule for the Word file, the reports and the pages of pieces.

use std::borrow::Cow;

/// Without the characters that XML forbids, escaped or not: a space instead, so that two words stay two.
pub fn nettoyer(texte: &str) -> Cow<'_, str> {
    if texte.chars().all(est_permis) {
        return Cow::Borrowed(texte);
    }
    Cow::Owned(texte.chars().map(|c| if est_permis(c) { c } else { ' ' }).collect())
}

/// The same for a whole document, which keeps its line ends and tabulations, and has no other control character.
pub fn nettoyer_le_document(texte: &str) -> Cow<'_, str> {
    filtrer(texte, |c| matches!(c, '\n' | '\t') || (est_permis(c) && !c.is_control()))
}

fn est_permis(c: char) -> bool {
    matches!(c, ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn filtrer(texte: &str, permis: impl Fn(char) -> bool) -> Cow<'_, str> {
    if texte.chars().all(&permis) {
        return Cow::Borrowed(texte);
    }
    let propre = texte.chars().filter_map(|c| match c {
        c if permis(c) => Some(c),
        c if c.is_whitespace() => Some(' '),
        _ => None,
    });
    Cow::Owned(propre.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_no_more_and_words_stay_apart() {
        assert_eq!(nettoyer("a\u{FFFE}b\u{FFFF}\u{0}\u{B}c\u{85}d\u{7F}"), "a b   c\u{85}d\u{7F}");
        assert_eq!(nettoyer_le_document("a\n\tb\r\u{FFFE}\u{85}c\u{7F}"), "a\n\tb  c");
        assert!(matches!(nettoyer("été \u{1F600}"), Cow::Borrowed(_)));
    }
}
