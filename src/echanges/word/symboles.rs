//! A character of a symbol font (Wingdings, Symbol) → the character that Unicode has for it.

/// Font, code in the font, character. What forms and lists of our field use.
const SYMBOLES: &[(&str, u32, char)] = &[
    ("wingdings", 0x6C, '●'),
    ("wingdings", 0x6D, '❍'),
    ("wingdings", 0x6E, '■'),
    ("wingdings", 0x6F, '☐'),
    ("wingdings", 0x70, '☐'),
    ("wingdings", 0x71, '❑'),
    ("wingdings", 0x75, '◆'),
    ("wingdings", 0x76, '❖'),
    ("wingdings", 0x78, '☒'),
    ("wingdings", 0x9F, '•'),
    ("wingdings", 0xA0, '▪'),
    ("wingdings", 0xA7, '▪'),
    ("wingdings", 0xA8, '☐'),
    ("wingdings", 0xD8, '➢'),
    ("wingdings", 0xE0, '→'),
    ("wingdings", 0xE8, '➔'),
    ("wingdings", 0xF0, '⇨'),
    ("wingdings", 0xFB, '✗'),
    ("wingdings", 0xFC, '✓'),
    ("wingdings", 0xFD, '☒'),
    ("wingdings", 0xFE, '☑'),
    ("wingdings", 0x28, '☎'),
    ("wingdings", 0x2A, '✉'),
    ("wingdings", 0x4A, '☺'),
    ("wingdings 2", 0x4F, '✗'),
    ("wingdings 2", 0x50, '✓'),
    ("wingdings 2", 0x51, '☒'),
    ("wingdings 2", 0x52, '☑'),
    ("wingdings 2", 0x53, '☒'),
    ("wingdings 2", 0x54, '☒'),
    ("wingdings 2", 0xA3, '☐'),
    ("symbol", 0xB7, '•'),
    ("symbol", 0xA3, '≤'),
    ("symbol", 0xB3, '≥'),
    ("symbol", 0xB9, '≠'),
    ("symbol", 0xB1, '±'),
    ("symbol", 0xB4, '×'),
    ("symbol", 0xB8, '÷'),
    ("symbol", 0xB0, '°'),
    ("symbol", 0xA0, '€'),
    ("symbol", 0xAE, '→'),
    ("symbol", 0xAC, '←'),
    ("symbol", 0xDE, '⇒'),
    ("symbol", 0xA5, '∞'),
    ("symbol", 0xBB, '≈'),
    ("symbol", 0x53, 'Σ'),
    ("symbol", 0x44, 'Δ'),
    ("symbol", 0x61, 'α'),
    ("symbol", 0x62, 'β'),
    ("symbol", 0x6D, 'µ'),
    ("symbol", 0x2D, '−'),
];

/// Whether a font draws something else than the letters that it is given.
pub(super) fn est_de_symboles(police: &str) -> bool {
    let police = police.trim().to_lowercase();
    police.starts_with("wingdings") || police == "webdings" || police == "symbol" || police.contains("dingbats")
}

/// The character of a symbol; fonts of symbols are written in a private area too (U+F0FE for 0xFE).
pub(super) fn en_unicode(police: &str, code: u32) -> Option<char> {
    let police = police.trim().to_lowercase();
    let symboles = est_de_symboles(&police);
    let code = if symboles && (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    if code == 0x20 {
        return Some(' ');
    }
    if let Some((_, _, trouve)) = SYMBOLES.iter().find(|(nom, c, _)| *nom == police && *c == code) {
        return Some(*trouve);
    }
    // A font of letters draws what the code says.
    let prive = |c: &char| matches!(*c, '\u{E000}'..='\u{F8FF}');
    if symboles { None } else { char::from_u32(code).filter(|c| !prive(c) && !c.is_control()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_ticks_are_known_and_the_rest_is_not_guessed() {
        assert_eq!(en_unicode("Wingdings", 0xF0FE), Some('☑'));
        assert_eq!(en_unicode("wingdings", 0xA8), Some('☐'));
        assert_eq!(en_unicode("Symbol", 0xF0B7), Some('•'));
        assert_eq!(en_unicode("Calibri", 0xE9), Some('é'));
        assert_eq!(en_unicode("Webdings", 0x41), None);
        assert_eq!(en_unicode("Maison Pictos", 0xF0A3), None);
        assert_eq!(en_unicode("Calibri", 0xE123), None);
    }
}
