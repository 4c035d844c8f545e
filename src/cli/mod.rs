//! The command line: one file per subcommand; nothing else prints to the terminal.
//!
//! Exit codes: 0 done, 1 contract refused, 2 bad use or unreadable file, 70 fault of the program, 130 stopped by Ctrl-C.

mod arguments;
mod bibliotheque;
mod comparer;
mod completions;
mod controler;
mod ecran;
mod extraire;
mod generer;
mod lot;
mod modeles;
mod nouveau;
mod regles;
mod reprendre;
mod schema;
mod verifier;
mod version;

use crate::dossier::Erreur;
use arguments::Commande;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    Fait,
    Refuse,
    MauvaisUsage,
    Defaut,
    Interrompu,
}

impl From<Issue> for ExitCode {
    fn from(issue: Issue) -> Self {
        ExitCode::from(match issue {
            Issue::Fait => 0,
            Issue::Refuse => 1,
            Issue::MauvaisUsage => 2,
            Issue::Defaut => 70,
            Issue::Interrompu => 130,
        })
    }
}

/// Runs the program on its arguments.
pub fn executer(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let issue = match arguments::lire(arguments) {
        Ok(commande) => lancer(commande),
        Err(issue) => Ok(issue),
    };
    match issue {
        Ok(issue) => issue.into(),
        Err(erreur) => {
            ecran::erreur(&erreur.to_string());
            issue_de(&erreur).into()
        }
    }
}

fn lancer(commande: Commande) -> Result<Issue, Erreur> {
    match commande {
        Commande::Generer(options) => generer::executer(&options),
        Commande::Lot(options) => lot::executer(&options),
        Commande::Verifier(options) => verifier::executer(&options),
        Commande::Regles(options) => regles::executer(&options),
        Commande::Extraire(options) => extraire::executer(&options),
        Commande::Controler(options) => controler::executer(&options),
        Commande::Modeles { commande } => modeles::executer(&commande),
        Commande::Bibliotheque { commande } => bibliotheque::executer(&commande),
        Commande::Reprendre(options) => reprendre::executer(&options),
        Commande::Comparer(options) => comparer::executer(&options),
        Commande::Nouveau(options) => nouveau::executer(&options),
        Commande::Schema(options) => Ok(schema::executer(&options)),
        Commande::Completions(options) => Ok(completions::executer(&options)),
    }
}

/// Faults of the program are told from bad use.
fn issue_de(erreur: &Erreur) -> Issue {
    use crate::rendu::pdf::Erreur as Pdf;
    match erreur {
        Erreur::Interne(_) | Erreur::Docx(_) => Issue::Defaut,
        Erreur::Pdf(Pdf::ImageAbsente { .. } | Pdf::Conformite { .. } | Pdf::Composition { .. }) => Issue::Defaut,
        _ => Issue::MauvaisUsage,
    }
}
