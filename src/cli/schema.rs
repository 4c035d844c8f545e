//! `cpom schema`: the JSON Schema of a contract, or of another file that the program reads or writes, on the
//! standard output.

use super::arguments::Schema;
use super::ecran;
use super::issue::Issue;
use crate::dossier::{self, Erreur};
use crate::{compte_rendu, echanges, lot, modele, schema, servir};

pub fn executer(options: &Schema) -> Result<Issue, Erreur> {
    ecran::brut(&match options {
        Schema { modele: true, .. } => modele::manifeste::texte_du_schema(),
        Schema { bibliotheque: true, .. } => modele::bibliotheque::texte_du_schema(),
        Schema { reprise: true, .. } => echanges::word::texte_du_schema(),
        Schema { comparaison: true, .. } => echanges::texte_du_schema_des_differences(),
        Schema { manifeste: true, .. } => lot::texte_du_schema(),
        Schema { openapi: true, .. } => servir::texte_d_openapi().map_err(|e| Erreur::Suite(Box::new(e)))?,
        Schema { rapport: true, .. } => compte_rendu::texte_du_schema(),
        Schema { signature: true, .. } => dossier::signature::texte_du_schema(),
        Schema { provenance: true, .. } => dossier::joints::texte_du_schema(),
        Schema { controle: true, .. } => echanges::texte_du_schema(),
        _ => schema::generation::texte_du_schema(),
    });
    Ok(Issue::Fait)
}
