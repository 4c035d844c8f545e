//! The command line: one file per subcommand; nothing else prints to the terminal.
//!
//! Exit codes: 0 done, 1 contract refused, 2 bad use, unreadable file or want of memory, 3 not to be checked with this program
//! (`controler`), 70 fault of the program, 130 stopped by Ctrl-C.

mod arguments;
mod assistant;
mod atelier;
mod bibliotheque;
mod comparer;
mod completions;
mod controler;
mod defaut;
mod ecran;
mod extraire;
mod generer;
mod importer;
mod issue;
mod ligne;
mod lot;
mod manuel;
mod modeles;
mod nomenclatures;
mod nouveau;
mod questions;
mod regles;
mod reprendre;
mod reprise;
mod schema;
mod servir;
mod sortie;
mod tableur;
mod usage;
mod veille;
mod verifier;
mod version;
mod visible;

use crate::dossier::{Erreur, ErreurExemplaires};
use crate::isolement;
use crate::lecture::ErreurLecture;
use crate::modele::ErreurModele;
use arguments::Commande;
use issue::Issue;
use std::ffi::OsString;
use std::process::ExitCode;
use veille::Veille;

/// Runs the program on its arguments.
pub fn executer(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // What comes from outside is read by this same program, apart.
    isolement::ce_programme().into_iter().for_each(isolement::employer);
    if let Some(suite) = assistant::demande(&arguments) {
        return assistant::executer(suite);
    }
    let arguments = match veille::surveiller(arguments) {
        Veille::Ici(arguments) => arguments,
        Veille::Finie(code) => return code,
    };
    let issue = match arguments::lire(arguments.clone()) {
        // The service and its journal tell their own faults, request by request.
        Ok(commande @ (Commande::Servir(_) | Commande::Atelier(_))) => lancer(commande, &arguments),
        Ok(commande) => {
            defaut::veiller();
            defaut::proteger(|| lancer(commande, &arguments))
        }
        Err(issue) => Ok(issue),
    };
    match issue {
        Ok(issue) => match ecran::perte() {
            None => issue.into(),
            Some(motif) => {
                ecran::erreur(&format!(
                    "la réponse n'a pas pu être écrite en entier : {motif}.\n    À faire : faites de la place ou envoyez-la ailleurs, puis recommencez."
                ));
                Issue::MauvaisUsage.into()
            }
        },
        Err(erreur) => {
            dire(&erreur);
            if erreur.est_un_defaut() { Issue::Defaut } else { Issue::MauvaisUsage }.into()
        }
    }
}

/// Faults of a file or of a model are told with the lines of that file; no other message has lines but ours.
fn dire(erreur: &Erreur) {
    match erreur {
        Erreur::Lecture(ErreurLecture::Syntaxe(_))
        | Erreur::Exemplaires(ErreurExemplaires::Redaction(_))
        | Erreur::Modele(ErreurModele::Fichier { .. }) => ecran::erreur_en_lignes(&erreur.to_string()),
        _ => ecran::erreur(&erreur.to_string()),
    }
}

/// `arguments` is the whole line, for the commands that have assistants.
fn lancer(commande: Commande, arguments: &[OsString]) -> Result<Issue, Erreur> {
    match commande {
        Commande::Generer(options) => generer::executer(&options),
        Commande::Lot(options) => lot::executer(&options, arguments),
        Commande::Servir(options) => servir::executer(&options, arguments),
        Commande::Atelier(options) => atelier::executer(&options),
        Commande::Verifier(options) => verifier::executer(&options),
        Commande::Regles(options) => regles::executer(&options),
        Commande::Extraire(options) => extraire::executer(&options),
        Commande::Controler(options) => controler::executer(&options),
        Commande::Modeles { commande } => modeles::executer(&commande),
        Commande::Bibliotheque { commande } => bibliotheque::executer(&commande),
        Commande::Reprendre(options) => reprendre::executer(&options),
        Commande::Tableur { commande } => tableur::executer(&commande),
        Commande::Importer { commande } => importer::executer(&commande),
        Commande::Comparer(options) => comparer::executer(&options),
        Commande::Nouveau(options) => nouveau::executer(&options),
        Commande::Nomenclatures(options) => nomenclatures::executer(&options),
        Commande::Schema(options) => schema::executer(&options),
        Commande::Manuel(options) => manuel::executer(&options),
        Commande::Completions(options) => Ok(completions::executer(&options)),
    }
}
