//! `cpom importer`: what a register or a table of anyone's says, into a contract.

mod finess;
mod tableau;

use super::arguments::Importer;
use super::issue::Issue;
use super::{ecran, reprise, sortie};
use crate::dossier::Erreur;

pub fn executer(commande: &Importer) -> Result<Issue, Erreur> {
    match commande {
        Importer::Finess(options) => finess::executer(options),
        Importer::Tableau(options) => tableau::executer(options),
    }
}
