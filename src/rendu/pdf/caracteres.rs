//! Any string → characters that the embedded fonts can draw.
//!
//! PDF/A refuses a file with a single glyph that its fonts lack, and a contract may hold anything (an emoji
//! pasted from a message): what cannot be drawn becomes a visible « � », what must not be drawn goes.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::monde;

/// Stands for a character that no embedded font has.
pub const SUBSTITUT: char = '\u{FFFD}';

/// The text face, then the faces that complete it; the same order as in `dossier.typ`.
const FAMILLES: [&str; 3] = ["Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"];

/// Characters that every face of one family has, sorted; one list per family.
static COUVERTURES: LazyLock<[Vec<u32>; 3]> = LazyLock::new(|| FAMILLES.map(couverture));

fn couverture(famille: &str) -> Vec<u32> {
    let mut communs: Option<Vec<u32>> = None;
    for police in monde::polices().filter(|police| police.info().family == famille) {
        let mut caracteres: Vec<u32> = police.info().coverage.iter().collect();
        caracteres.sort_unstable();
        communs = Some(match communs {
            None => caracteres,
            Some(communs) => communs.into_iter().filter(|c| caracteres.binary_search(c).is_ok()).collect(),
        });
    }
    communs.unwrap_or_default()
}

/// Replaces what cannot be drawn, drops what must not be.
pub fn imprimables(texte: &str) -> Cow<'_, str> {
    if texte.chars().all(ordinaire) {
        return Cow::Borrowed(texte);
    }
    let mut sortie = String::with_capacity(texte.len());
    for c in texte.chars() {
        match traiter(c, sortie.chars().next_back()) {
            Some(c) => sortie.push(c),
            None => continue,
        }
    }
    Cow::Owned(sortie)
}

/// The characters of a text that would not be drawn as they are.
pub fn manquants(texte: &str) -> Vec<char> {
    let mut sortie: Vec<char> = texte.chars().filter(|c| traiter(*c, None) == Some(SUBSTITUT)).collect();
    sortie.sort_unstable();
    sortie.dedup();
    sortie
}

/// French text, without the cost of a search.
fn ordinaire(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{17F}' | '\u{2019}' | '\u{202F}' | '–' | '€')
}

fn traiter(c: char, precedent: Option<char>) -> Option<char> {
    match c {
        _ if ordinaire(c) => Some(c),
        '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Fixed spaces are drawn from the plain space, even by a font that lacks them.
        '\u{2000}'..='\u{200B}' | '\u{205F}' | '\u{2060}' | '\u{AD}' => Some(c),
        _ if supprime(c) => None,
        _ if diacritique(c) => {
            // A mark is drawn with its base: one family must have both.
            let porte = precedent.is_some_and(|base| dans(0, base)) && dans(0, c);
            Some(if porte { c } else { SUBSTITUT })
        }
        _ if ecriture_simple(c) && (0..FAMILLES.len()).any(|famille| dans(famille, c)) => Some(c),
        _ => Some(SUBSTITUT),
    }
}

/// Leaves no ink on the page.
pub fn invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{AD}')
}

fn dans(famille: usize, c: char) -> bool {
    COUVERTURES.get(famille).is_some_and(|liste| liste.binary_search(&u32::from(c)).is_ok())
}

/// Control, format, bidirectional, private-use characters and noncharacters: nothing to see.
fn supprime(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2061}'..='\u{206F}' | '\u{61C}' | '\u{180E}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{10FFFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

fn diacritique(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Left-to-right scripts whose letters are drawn one by one (Latin, Greek, Cyrillic, Armenian) and symbols.
fn ecriture_simple(c: char) -> bool {
    matches!(u32::from(c), 0..0x590 | 0x1D00..=0x2BFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xFB00..=0xFB06 | 0xFFFD)
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
