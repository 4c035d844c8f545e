//! Any string → characters that the embedded fonts can draw.
//!
//! PDF/A refuses a file with a single glyph that its fonts lack, and a contract may hold anything (an emoji
//! pasted from a message): what cannot be drawn becomes a visible « � », what must not be drawn goes.

use std::borrow::Cow;

use super::glyphes;

/// Stands for a character that no embedded font has.
pub const SUBSTITUT: char = '\u{FFFD}';

/// Most combining marks drawn on a letter: shaping costs the square of their number, and fails on tens of thousands.
const DIACRITIQUES_MAX: usize = 32;

/// Replaces what cannot be drawn, drops what must not be.
pub fn imprimables(texte: &str) -> Cow<'_, str> {
    if texte.chars().all(ordinaire) {
        return Cow::Borrowed(texte);
    }
    let mut sortie = String::with_capacity(texte.len());
    sortie.extend(traites(texte).filter_map(|(_, dessine)| dessine));
    Cow::Owned(sortie)
}

/// The characters of a text that would not be drawn as they are, each once, in their order.
pub fn manquants(texte: &str) -> Vec<char> {
    let mut sortie = Vec::new();
    if texte.chars().all(ordinaire) {
        return sortie;
    }
    for (c, dessine) in traites(texte) {
        if dessine == Some(SUBSTITUT) && !sortie.contains(&c) {
            sortie.push(c);
        }
    }
    sortie
}

/// Each character of a text, and what is drawn of it.
fn traites(texte: &str) -> impl Iterator<Item = (char, Option<char>)> + '_ {
    let (mut precedent, mut marques) = (None, 0);
    texte.chars().map(move |c| {
        marques = if diacritique(c) { marques + 1 } else { 0 };
        let dessine = if marques > DIACRITIQUES_MAX { None } else { traiter(c, precedent) };
        precedent = dessine.or(precedent);
        (c, dessine)
    })
}

/// French text, without the cost of a search.
fn ordinaire(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{17F}' | '\u{2019}' | '\u{202F}' | '–' | '€')
}

fn traiter(c: char, precedent: Option<char>) -> Option<char> {
    match c {
        _ if ordinaire(c) => Some(c),
        // Never nothing: two words would become one.
        _ if c.is_control() => Some(' '),
        // Fixed spaces are drawn from the plain space, even by a font that lacks them.
        '\u{2000}'..='\u{200B}' | '\u{205F}' | '\u{2060}' | '\u{AD}' => Some(c),
        _ if c.is_whitespace() => Some(' '),
        _ if supprime(c) => None,
        _ if diacritique(c) => {
            // A mark is drawn with its base: one family must have both.
            let porte = precedent.is_some_and(glyphes::du_texte) && glyphes::du_texte(c);
            Some(if porte { c } else { SUBSTITUT })
        }
        _ if ecriture_simple(c) && glyphes::dessine(c) => Some(c),
        _ => Some(SUBSTITUT),
    }
}

/// Leaves no ink on the page.
pub fn invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{AD}')
}

/// Format and bidirectional characters: nothing to see.
fn supprime(c: char) -> bool {
    matches!(c,
        '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2061}'..='\u{206F}' | '\u{61C}' | '\u{180E}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E01EF}')
}

fn diacritique(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Left-to-right scripts whose letters are drawn one by one (Latin, Greek, Cyrillic, Armenian, Georgian) and symbols.
fn ecriture_simple(c: char) -> bool {
    matches!(u32::from(c), 0..0x590 | 0x10A0..=0x10FF | 0x1C90..=0x1CBF | 0x1D00..=0x2BFF | 0x2C60..=0x2C7F
        | 0x2D00..=0x2D2F | 0xA640..=0xA69F | 0xA720..=0xA7FF | 0xFB00..=0xFB17 | 0xFFFD)
}

/// Allows a break inside the words that would not fit on a line of `largeur` characters.
///
/// Words of ordinary length are left to hyphenation.
pub fn cesures(texte: &str, largeur: usize) -> Cow<'_, str> {
    let largeur = largeur.max(4);
    let depasse = |mot: &str| mot.chars().count() > seuil(mot, largeur);
    if texte.len() <= largeur || !texte.split(secable).any(depasse) {
        return Cow::Borrowed(texte);
    }
    let mut sortie = String::with_capacity(texte.len() + texte.len() / largeur * 3 + 3);
    for morceau in texte.split_inclusive(secable) {
        if !depasse(morceau.trim_end_matches(secable)) {
            sortie.push_str(morceau);
            continue;
        }
        for (rang, c) in morceau.chars().enumerate() {
            if rang > 0 && rang % largeur == 0 && !diacritique(c) && !secable(c) {
                sortie.push('\u{200B}');
            }
            sortie.push(c);
        }
    }
    Cow::Owned(sortie)
}

/// Longest word that needs no help: hyphenation breaks words of letters, not codes.
fn seuil(mot: &str, largeur: usize) -> usize {
    const MOT_FRANCAIS: usize = 27;
    if mot.chars().all(|c| c.is_alphabetic() || c == '’' || c == '\'') { largeur.max(MOT_FRANCAIS) } else { largeur }
}

fn secable(c: char) -> bool {
    matches!(c, ' ' | '-' | '–' | '—' | '\u{200B}' | '\u{AD}')
}
