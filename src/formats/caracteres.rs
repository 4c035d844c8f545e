//! Any string of a contract → the characters that are printed of it, in every format alike; and what must be said
//! of those that do not print as they were typed.
//!
//! Word processors, other encodings and copied web pages leave characters that stand for others: a box of the font
//! Wingdings, a line end of Word, a letter of Windows-1252. A word is never lost by one, nor glued to the next. It must
//! not know the fonts.

use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::char::is_combining_mark;

/// Stands for what nobody can read.
pub const ILLISIBLE: char = '\u{FFFD}';

/// Most combining marks that a letter bears; names of any language need two or three.
pub const DIACRITIQUES_MAX: usize = 32;

/// Private characters that Word writes for the signs of its fonts Symbol, Wingdings and Wingdings 2 (U+F000 and the
/// code in the font), and the sign that everybody has. A code that is two signs, one in each font, is not here:
/// it is told, not guessed. `docs/textes.md` shows the same table.
const SIGNES: [(char, char); 47] = [
    ('\u{F028}', '☎'),
    ('\u{F02A}', '✉'),
    ('\u{F04A}', '☺'),
    ('\u{F04C}', '☹'),
    ('\u{F04F}', '✗'),
    ('\u{F050}', '✓'),
    ('\u{F052}', '☑'),
    ('\u{F053}', '☒'),
    ('\u{F054}', '☒'),
    ('\u{F06C}', '●'),
    ('\u{F06D}', '○'),
    ('\u{F06E}', '■'),
    ('\u{F06F}', '☐'),
    ('\u{F070}', '☐'),
    ('\u{F071}', '☐'),
    ('\u{F072}', '☐'),
    ('\u{F074}', '◆'),
    ('\u{F075}', '◆'),
    ('\u{F076}', '❖'),
    ('\u{F077}', '◆'),
    ('\u{F0A7}', '▪'),
    ('\u{F0A8}', '☐'),
    ('\u{F0B0}', '°'),
    ('\u{F0B1}', '±'),
    ('\u{F0B2}', '″'),
    ('\u{F0B3}', '≥'),
    ('\u{F0B4}', '×'),
    ('\u{F0B7}', '•'),
    ('\u{F0B8}', '÷'),
    ('\u{F0B9}', '≠'),
    ('\u{F0BB}', '≈'),
    ('\u{F0BC}', '…'),
    ('\u{F0D8}', '➢'),
    ('\u{F0DC}', '➢'),
    ('\u{F0DF}', '←'),
    ('\u{F0E0}', '→'),
    ('\u{F0E1}', '↑'),
    ('\u{F0E2}', '↓'),
    ('\u{F0E8}', '➔'),
    ('\u{F0EF}', '⇦'),
    ('\u{F0F0}', '⇨'),
    ('\u{F0F1}', '⇧'),
    ('\u{F0F2}', '⇩'),
    ('\u{F0FB}', '✗'),
    ('\u{F0FC}', '✓'),
    ('\u{F0FD}', '☒'),
    ('\u{F0FE}', '☑'),
];

/// Windows-1252 read as if it were Latin-1: U+0080 to U+009F, a space where that encoding has nothing. U+0085 is a line
/// end in both worlds.
const WINDOWS_1252: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '\n', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '\u{2018}', '\u{2019}', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// The sign that a private character stands for, when it is known.
pub fn signe(prive: char) -> Option<char> {
    SIGNES.iter().find(|(code, _)| *code == prive).map(|(_, signe)| *signe)
}

/// The text that is printed: line breaks stay, and nothing that a document may not hold.
pub fn purger(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    let mut suite = texte.chars().peekable();
    while let Some(c) = suite.next() {
        if c == '\r' {
            retour(&mut suite);
        }
        match sort(c) {
            Sort::Tel => sortie.push(c),
            Sort::Devient(autre) => sortie.push(autre),
            Sort::Paragraphe => sortie.push_str("\n\n"),
            Sort::Illisible => sortie.push(ILLISIBLE),
            Sort::Invisible => {}
        }
    }
    sortie
}

/// A line end of two characters is one.
fn retour(suite: &mut Peekable<Chars<'_>>) {
    suite.next_if_eq(&'\n');
}

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Tel,
    Devient(char),
    /// The end of a paragraph.
    Paragraphe,
    /// Shows nothing, even where it stands.
    Invisible,
    Illisible,
}

fn sort(c: char) -> Sort {
    match c {
        '\n' | ' '..='~' => Sort::Tel,
        // Line ends of other systems; that of Word (vertical tab) when one breaks a line within a paragraph.
        '\r' | '\u{B}' | '\u{85}' | '\u{2028}' => Sort::Devient('\n'),
        // A page end; the end of a paragraph.
        '\u{C}' | '\u{2029}' => Sort::Paragraphe,
        // In a text that Word gives as it is: a hyphen that keeps its word whole, and one that shows at line ends only.
        '\u{1E}' => Sort::Devient('\u{2011}'),
        '\u{1F}' => Sort::Invisible,
        '\u{80}'..='\u{9F}' => Sort::Devient(WINDOWS_1252[(c as usize) - 0x80]),
        _ if c.is_control() => Sort::Devient(' '),
        _ if invisible(c) => Sort::Invisible,
        '\u{E000}'..='\u{F8FF}' => signe(c).map_or(Sort::Illisible, Sort::Devient),
        ILLISIBLE | '\u{FDD0}'..='\u{FDEF}' | '\u{F0000}'..='\u{10FFFF}' => Sort::Illisible,
        // Language tags: nothing to see.
        '\u{E0000}'..='\u{E007F}' => Sort::Invisible,
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Sort::Illisible,
        _ => Sort::Tel,
    }
}

/// Shows nothing and takes no room: two names that differ by it alone look the same. (What joins the letters of some
/// scripts, U+200C and U+200D, stays in the printed text, and is told all the same.)
fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// What is to be told of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Releve {
    /// Characters that nobody can read: private ones without a known sign, noncharacters, « � » itself.
    pub illisibles: Vec<char>,
    /// Characters that show nothing.
    pub invisibles: Vec<char>,
}

/// What a text holds that its reader does not see.
pub fn relever(texte: &str) -> Releve {
    let mut releve = Releve::default();
    if texte.bytes().all(|octet| matches!(octet, b' '..=b'~' | b'\n')) {
        return releve;
    }
    let noter = |liste: &mut Vec<char>, c: char| {
        if !liste.contains(&c) && liste.len() < 8 {
            liste.push(c);
        }
    };
    for c in texte.chars() {
        match sort(c) {
            Sort::Illisible => noter(&mut releve.illisibles, c),
            Sort::Invisible => noter(&mut releve.invisibles, c),
            Sort::Devient(' ') if c != '\t' => noter(&mut releve.invisibles, c),
            _ if matches!(c, '\u{200C}' | '\u{200D}') => noter(&mut releve.invisibles, c),
            _ => {}
        }
    }
    releve
}

/// Whether a letter of a text bears more marks than any language gives: what draws letters would not end.
pub fn surcharge(texte: &str) -> bool {
    let mut suite = 0;
    !texte.is_ascii()
        && texte.chars().any(|c| {
            suite = if is_combining_mark(c) { suite + 1 } else { 0 };
            suite > DIACRITIQUES_MAX
        })
}

/// The text without the marks beyond those that a letter may bear.
pub fn sans_surcharge(texte: &str) -> String {
    let mut suite = 0;
    let garder = |c: &char| {
        suite = if is_combining_mark(*c) { suite + 1 } else { 0 };
        suite <= DIACRITIQUES_MAX
    };
    texte.chars().filter(garder).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_every_system_part_words_and_none_is_lost() {
        assert_eq!(purger("a\r\nb\rc\u{B}d\u{85}e\u{2028}f\ng"), "a\nb\nc\nd\ne\nf\ng");
        assert_eq!(purger("a\u{C}b\u{2029}c"), "a\n\nb\n\nc");
        assert_eq!(purger("a\tb\u{0}c\u{7}d\u{1b}e\u{7f}f\u{8d}g"), "a b c d e f g");
        let fins = ['\r', '\u{B}', '\u{C}', '\u{1C}', '\u{1D}', '\u{85}', '\u{2028}', '\u{2029}', '\t', '\u{1}'];
        for c in fins {
            assert_eq!(purger(&format!("mot{c}mot")).split_whitespace().count(), 2, "{c:?}");
        }
    }

    #[test]
    fn letters_of_windows_1252_and_signs_of_wingdings_are_read() {
        assert_eq!(purger("l\u{92}\u{9c}uvre \u{96} 3 \u{80}"), "l’œuvre – 3 €");
        assert_eq!(
            purger("\u{F0A8} \u{F0FE} \u{F0FD} \u{F0FC} \u{F0B7} \u{F0A7} \u{F0E0} \u{F06F}"),
            "☐ ☑ ☒ ✓ • ▪ → ☐"
        );
        assert_eq!(purger("non\u{1E}lieu, éta\u{1F}blissement"), "non\u{2011}lieu, établissement");
    }

    #[test]
    fn the_table_gives_no_private_character_and_no_code_twice() {
        let codes: Vec<char> = SIGNES.iter().map(|(code, _)| *code).collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|paire| paire[0] != paire[1]));
        assert!(
            SIGNES.iter().all(|(code, signe)| ('\u{F000}'..='\u{F0FF}').contains(code) && sort(*signe) == Sort::Tel)
        );
    }

    #[test]
    fn what_nobody_reads_is_shown_as_such_and_told() {
        assert_eq!(purger("a\u{E000}b\u{FFFE}c\u{F0000}d\u{F0A3}"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}");
        assert_eq!(relever("a\u{E000}b\u{FFFD}").illisibles, ['\u{E000}', '\u{FFFD}']);
        assert_eq!(relever("Les\u{200B} Oliviers\u{AD}").invisibles, ['\u{200B}', '\u{AD}']);
        assert_eq!(relever("L’œuvre\u{A0}: 3 ☑\n– suite\tfin"), Releve::default());
    }

    #[test]
    fn purging_twice_changes_nothing_more() {
        for n in (0..0x3000).chain(0xD7F0..0xE010).chain(0xEFF0..0xF110).chain(0xFDC0..0x10010) {
            let Some(c) = char::from_u32(n) else { continue };
            let une = purger(&format!("a{c}b"));
            assert_eq!(purger(&une), une, "U+{n:04X}");
        }
    }

    #[test]
    fn a_letter_bears_some_marks_and_not_ten_thousand() {
        assert!(!surcharge("e\u{301}\u{302}\u{303}"));
        let lourd = format!("a{}b{}", "\u{301}".repeat(40), "\u{20DD}".repeat(3));
        assert!(surcharge(&lourd));
        assert_eq!(sans_surcharge(&lourd), format!("a{}b{}", "\u{301}".repeat(32), "\u{20DD}".repeat(3)));
    }
}
