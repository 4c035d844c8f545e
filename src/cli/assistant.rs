//! The program as an assistant of another that runs: works come on the standard input (`isolement`).
//!
//! `assistant lecteur` reads the files of others; `assistant` before a command line of `lot` or `servir` does the works
//! of that one. No person types it.

use super::arguments::{self, Commande};
use super::{lot, servir};
use crate::dossier::gabarit;
use crate::echanges::{revisions, word};
use crate::isolement::{self, ASSISTANT, BORNES_DU_LECTEUR, LECTEUR, Metier};
use crate::lecture::{classeur, images, pages};
use std::ffi::OsString;
use std::process::ExitCode;

/// What follows the word that makes an assistant; nothing when a person runs the program.
pub fn demande(arguments: &[OsString]) -> Option<&[OsString]> {
    match arguments {
        [_, mot, suite @ ..] if mot == ASSISTANT => Some(suite),
        _ => None,
    }
}

/// Does the works, until there are no more.
pub fn executer(suite: &[OsString]) -> ExitCode {
    if matches!(suite, [mot] if mot == LECTEUR) {
        isolement::servir(BORNES_DU_LECTEUR, lecteur);
        return ExitCode::SUCCESS;
    }
    let ligne = std::iter::once(OsString::from("cpom")).chain(suite.iter().cloned());
    match arguments::lire(ligne) {
        Ok(Commande::Lot(options)) => lot::assister(options),
        Ok(Commande::Servir(options)) => servir::assister(options),
        _ => return ExitCode::FAILURE,
    }
    ExitCode::SUCCESS
}

/// The readers of the files of others, one line each.
fn lecteur() -> Vec<Metier> {
    vec![
        (&classeur::CLASSEUR, Box::new(classeur::lire_ici)),
        (&pages::PIECE, Box::new(pages::lire_ici)),
        (&images::LOGO, Box::new(images::lire_ici)),
        (&gabarit::GABARIT, Box::new(gabarit::essayer_ici)),
        (&revisions::a_part::DOSSIER, Box::new(revisions::a_part::lire_ici)),
        (&revisions::a_part::EQUIVALENCE, Box::new(revisions::a_part::comparer_ici)),
        (&word::a_part::WORD, Box::new(word::a_part::lire_ici)),
    ]
}
