//! `cpom schema`: the JSON Schema of a contract, or of another file that the program reads or writes, on the
//! standard output.

use super::arguments::Schema;
use super::{Issue, ecran};
use crate::{compte_rendu, dossier, echanges, lot, modele, schema};

pub fn executer(options: &Schema) -> Issue {
    ecran::brut(&match options {
        Schema { modele: true, .. } => modele::manifeste::texte_du_schema(),
        Schema { bibliotheque: true, .. } => modele::bibliotheque::texte_du_schema(),
        Schema { reprise: true, .. } => echanges::word::texte_du_schema(),
        Schema { comparaison: true, .. } => echanges::texte_du_schema_des_differences(),
        Schema { manifeste: true, .. } => lot::texte_du_schema(),
        Schema { rapport: true, .. } => compte_rendu::texte_du_schema(),
        Schema { signature: true, .. } => dossier::signature::texte_du_schema(),
        Schema { provenance: true, .. } => dossier::joints::texte_du_schema(),
        Schema { controle: true, .. } => echanges::texte_du_schema(),
        _ => schema::generation::texte_du_schema(),
    });
    Issue::Fait
}
