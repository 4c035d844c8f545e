//! Words of two hands or two programs → what is the same in them; the short name of a name.

use super::sans_accents;

/// An identifier that people read stays short.
const LONGUEUR_MAX: usize = 40;

/// One space between words, none around.
pub fn propre(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    for mot in texte.split_whitespace() {
        if !sortie.is_empty() {
            sortie.push(' ');
        }
        sortie.push_str(mot);
    }
    sortie
}

/// The same words whatever a word processor makes of their typography: spaces, apostrophes, quotes, hyphens, ellipses.
pub fn aplatir(texte: &str) -> String {
    let mut plat = String::with_capacity(texte.len());
    for c in texte.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '\u{B4}' => plat.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201F}' => plat.push('"'),
            '\u{2010}' | '\u{2011}' => plat.push('-'),
            '\u{2026}' => plat.push_str("..."),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            autre => plat.push(autre),
        }
    }
    propre(&plat)
}

/// The same words, whatever their capitals and their typography.
pub fn plat(texte: &str) -> String {
    aplatir(texte).to_lowercase()
}

/// « IME Les Mimosas » → « ime-les-mimosas ».
pub fn identifiant(nom: &str) -> String {
    let bas = sans_accents(nom);
    let mots: Vec<&str> = bas.split(|c: char| !c.is_ascii_alphanumeric()).filter(|mot| !mot.is_empty()).collect();
    let mut id = String::new();
    for mot in mots {
        if id.len() + mot.len() > LONGUEUR_MAX {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(mot);
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_no_change_of_words() {
        assert_eq!(aplatir("L\u{2019}IME\u{A0}: «\u{A0}a\u{A0}»"), aplatir("L'IME : « a »"));
        assert_eq!(aplatir("rendez\u{2011}vous\u{2026}"), "rendez-vous...");
        assert_ne!(aplatir("L'IME"), aplatir("L IME"));
    }
}
