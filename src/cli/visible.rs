//! A text of anyone's → the same text, in which what a terminal obeys or does not show is written as an escape.
//!
//! As `ls` does: a contract, a PDF or the name of a file may hold the order to clear the screen, to print backwards, to
//! hide what follows, or the line that says that all is well.

use std::borrow::Cow;
use std::fmt::Write;

/// Beginnings of the lines that a message of ours may have after its first: nothing else begins a line.
const SUITES: [&str; 3] = ["\n    À faire : ", "\n    Où : ", "\n    Réf. : "];

/// Orders to the terminal, marks of direction, characters without width: what is not seen, and acts.
fn est_cache(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// On one line, with `\u{1b}` for the escape.
pub fn sur_une_ligne(texte: &str) -> Cow<'_, str> {
    echapper(texte, est_cache, |sortie, c| {
        let _ = write!(sortie, "\\u{{{:x}}}", u32::from(c));
    })
}

/// With its lines, and `\u001b` for the escape: JSON remains the same JSON.
pub fn comme_en_json(texte: &str) -> Cow<'_, str> {
    echapper(
        texte,
        |c| est_cache(c) && !matches!(c, '\n' | '\t'),
        |sortie, c| {
            for unite in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(sortie, "\\u{unite:04x}");
            }
        },
    )
}

fn echapper(texte: &str, cache: impl Fn(char) -> bool, ecrire: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if !texte.contains(&cache) {
        return Cow::Borrowed(texte);
    }
    let mut sortie = String::new();
    for c in texte.chars() {
        if cache(c) { ecrire(&mut sortie, c) } else { sortie.push(c) }
    }
    Cow::Owned(sortie)
}

/// A message of ours cut in its lines; a line break of a value is none.
pub fn suites(message: &str) -> Vec<&str> {
    let mut lignes = Vec::new();
    let mut reste = message;
    loop {
        let suivante = SUITES.iter().filter_map(|debut| reste.find(debut)).min();
        let Some(place) = suivante else { break };
        let (ligne, suite) = reste.split_at(place);
        lignes.push(ligne);
        reste = suite.trim_start_matches('\n');
    }
    lignes.push(reste);
    lignes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown_and_french_is_left_alone() {
        let cas = [
            ("Été : 1\u{A0}234\u{202F}€, œuvre – « ça »", "Été : 1\u{A0}234\u{202F}€, œuvre – « ça »"),
            ("a\u{1b}[8mb", "a\\u{1b}[8mb"),
            ("a\nDossier conforme.", "a\\u{a}Dossier conforme."),
            (
                "\u{9b}2J\r\t\u{7f}\u{202e}\u{200b}\u{2028}\u{e0041}",
                "\\u{9b}2J\\u{d}\\u{9}\\u{7f}\\u{202e}\\u{200b}\\u{2028}\\u{e0041}",
            ),
        ];
        for (texte, attendu) in cas {
            assert_eq!(sur_une_ligne(texte), attendu);
        }
    }

    #[test]
    fn json_shown_on_a_terminal_is_the_same_json() {
        let valeur = serde_json::json!({ "a": "\u{9b}2J\u{202e}\u{e0041}\u{1b}", "b": ["\u{7f}"] });
        let montre = comme_en_json(&serde_json::to_string_pretty(&valeur).unwrap()).into_owned();
        assert!(montre.contains('\n') && !montre.replace('\n', "").contains(est_cache), "{montre}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&montre).unwrap(), valeur);
    }

    #[test]
    fn only_the_lines_of_our_messages_are_lines() {
        let message = "« a\nb\n    Dossier conforme. » manque.\n    À faire : donnez\nle.";
        assert_eq!(suites(message), ["« a\nb\n    Dossier conforme. » manque.", "    À faire : donnez\nle."]);
        assert_eq!(suites(""), [""]);
    }
}
