//! The words of a value without what printing laid on them, and how a refusal names them.

/// « « abc » n'est pas une date (« 1er janvier 2026 ») ».
pub(super) fn attendu(texte: &str, quoi: &str) -> String {
    format!("« {texte} » n'est pas {quoi}")
}

/// The typography that printing laid is taken off: fixed spaces, curly apostrophes, marks without width.
pub(super) fn propre(texte: &str) -> String {
    let plat: String = texte
        .chars()
        .map(|c| match c {
            '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}' => ' ',
            '\u{2019}' | '\u{2BC}' => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            autre => autre,
        })
        .filter(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}'))
        .collect();
    plat.trim().to_string()
}
