//! What is written to the terminal: results on the standard output, remarks and errors on the error output.
//!
//! Colours only on a terminal that accepts them (`NO_COLOR` is respected).

use crate::remarque::{Remarque, Severite};
use anstyle::{AnsiColor, Style};
use std::fmt::Arguments;
use std::io::{IsTerminal, Write};

/// Most remarks shown on a terminal; `--format json` gives them all.
const REMARQUES_MAX: usize = 200;

/// Writes to the standard output; a closed pipe (`cpom schema | head`) is no fault of ours.
fn sur_la_sortie(texte: Arguments<'_>) {
    let _ = anstream::stdout().write_fmt(texte);
}

/// Writes a line to the error output, closed or not.
fn sur_les_erreurs(texte: Arguments<'_>) {
    let _ = anstream::stderr().write_fmt(format_args!("{texte}\n"));
}

const GRAS: Style = Style::new().bold();

fn couleur(severite: Severite) -> Style {
    match severite {
        Severite::Bloquante => AnsiColor::Red.on_default().bold(),
        Severite::Alerte => AnsiColor::Yellow.on_default().bold(),
        Severite::Information => AnsiColor::Cyan.on_default(),
    }
}

/// A line of result.
pub fn ligne(texte: &str) {
    sur_la_sortie(format_args!("{texte}\n"));
}

/// A text as it is (schema, contract, JSON).
pub fn brut(texte: &str) {
    sur_la_sortie(format_args!("{texte}"));
}

/// A word beside the results, on the error output.
pub fn note(texte: &str) {
    sur_les_erreurs(format_args!("{texte}"));
}

/// A step of a work that lasts, shown only to someone who watches.
pub fn etape(texte: &str) {
    if std::io::stderr().is_terminal() {
        sur_les_erreurs(format_args!("{}…", texte));
    }
}

/// An error of use, of files or of the program.
pub fn erreur(message: &str) {
    let style = couleur(Severite::Bloquante);
    sur_les_erreurs(format_args!("{style}erreur{style:#} : {message}"));
}

/// Remarks as a person reads them.
pub fn remarques(remarques: &[Remarque]) {
    for remarque in remarques.iter().take(REMARQUES_MAX) {
        let style = couleur(remarque.severite);
        let position = remarque.position.as_ref().map(|p| format!("{GRAS}{p}{GRAS:#}: ")).unwrap_or_default();
        sur_les_erreurs(format_args!(
            "{position}{style}{}{style:#} {} {}",
            remarque.severite, remarque.code, remarque.message
        ));
        if !remarque.pointeur.is_empty() {
            sur_les_erreurs(format_args!("    Élément : {}", remarque.pointeur));
        }
        if !remarque.remede.is_empty() {
            sur_les_erreurs(format_args!("    À faire : {}", remarque.remede));
        }
        if !remarque.references.is_empty() {
            sur_les_erreurs(format_args!("    Réf. : {}", remarque.references.join(" ; ")));
        }
    }
    if remarques.len() > REMARQUES_MAX {
        sur_les_erreurs(format_args!("… et {} autres remarques.", remarques.len() - REMARQUES_MAX));
    }
}

/// The gaps of a draft, one a line.
pub fn a_completer(lacunes: &[Remarque]) {
    if lacunes.is_empty() {
        return;
    }
    let style = couleur(Severite::Information);
    sur_les_erreurs(format_args!(
        "{style}{} à compléter{style:#} dans ce projet :",
        match lacunes.len() {
            1 => "1 valeur".to_string(),
            n => format!("{n} valeurs"),
        }
    ));
    for lacune in lacunes.iter().take(REMARQUES_MAX) {
        let position = lacune.position.as_ref().map(|p| format!("{p} : ")).unwrap_or_default();
        sur_les_erreurs(format_args!(
            "  {position}{}",
            lacune.message.trim_start_matches("À compléter : ").trim_end_matches('.')
        ));
    }
    if lacunes.len() > REMARQUES_MAX {
        sur_les_erreurs(format_args!("  … et {} autres.", lacunes.len() - REMARQUES_MAX));
    }
}

/// « 2 remarques bloquantes, 1 alerte ».
pub fn bilan(remarques: &[Remarque]) -> String {
    let compte = |s: Severite| remarques.iter().filter(|r| r.severite == s).count();
    let mots = |n: usize, un: &str, plusieurs: &str| match n {
        0 => None,
        1 => Some(format!("1 {un}")),
        n => Some(format!("{n} {plusieurs}")),
    };
    let parties: Vec<String> = [
        mots(compte(Severite::Bloquante), "remarque bloquante", "remarques bloquantes"),
        mots(compte(Severite::Alerte), "alerte", "alertes"),
        mots(compte(Severite::Information), "information", "informations"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parties.is_empty() { "aucune remarque".into() } else { parties.join(", ") }
}
