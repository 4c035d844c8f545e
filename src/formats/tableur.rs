//! A text → the same text as a cell that a spreadsheet shows and never computes.

use std::borrow::Cow;

/// The cell of a table that a spreadsheet will open: what it would take for a formula begins with an apostrophe, as
/// OWASP advises; a number remains a number.
pub fn cellule(texte: &str) -> Cow<'_, str> {
    if est_une_formule(texte) && !est_un_nombre(texte) { Cow::Owned(format!("'{texte}")) } else { Cow::Borrowed(texte) }
}

/// Spreadsheets leave out what is not seen, and quotes, before they look at the first character.
fn est_une_formule(texte: &str) -> bool {
    if texte.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let passe = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\'' | '«' | '“' | '”' | '‘' | '’' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    matches!(
        texte.trim_start_matches(passe).chars().next(),
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹢' | '﹣' | '﹦' | '﹫')
    )
}

/// « -12 », « +3,5 », « -1.25E3 ».
fn est_un_nombre(texte: &str) -> bool {
    let chiffres = texte.strip_prefix(['-', '+']).unwrap_or(texte);
    let bien_forme = chiffres.bytes().all(|octet| octet.is_ascii_digit() || matches!(octet, b'.' | b','))
        && chiffres.starts_with(|c: char| c.is_ascii_digit());
    bien_forme && chiffres.replace(',', ".").parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula_and_numbers_are_left_alone() {
        for texte in [
            "=1+1",
            "+cmd",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "\nx",
            " =1",
            "\u{FEFF}=1",
            "\"=1",
            "'=1",
            "\u{A0}\u{200B}+1",
            "＝1+1",
            "＋1",
            "－x",
            "＠x",
            "-",
            "- tiret",
            "-1-1",
            "+1,2,3",
            "=HYPERLINK(\"http://x.invalid\")",
        ] {
            assert_eq!(cellule(texte), format!("'{texte}"));
        }
        for texte in ["", "CPOM-2026", "-12", "+3,5", "-0.25", "12", "a=b", "« cité »", "1+1", "été"] {
            assert_eq!(cellule(texte), texte);
        }
    }
}
