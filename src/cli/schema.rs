//! `cpom schema`: the JSON Schema of a contract, or of another file that the program reads or writes.

use super::arguments::{LequelSchema, Schema};
use super::issue::Issue;
use super::{ecran, sortie};
use crate::dossier::{self, Erreur};
use crate::{compte_rendu, correspondances, droit, echanges, lot, modele, schema, servir};

pub fn executer(options: &Schema) -> Result<Issue, Erreur> {
    let texte = match options.lequel {
        LequelSchema { modele: true, .. } => modele::manifeste::texte_du_schema(),
        LequelSchema { bibliotheque: true, .. } => modele::bibliotheque::texte_du_schema(),
        LequelSchema { textes: true, .. } => droit::texte_du_schema(),
        LequelSchema { valeurs: true, .. } => droit::valeurs::texte_du_schema(),
        LequelSchema { conformite: true, .. } => droit::conformite::texte_du_schema(),
        LequelSchema { reprise: true, .. } => echanges::reprise::texte_du_schema(),
        LequelSchema { correspondance: true, .. } => correspondances::texte_du_schema(),
        LequelSchema { comparaison: true, .. } => echanges::texte_du_schema_des_differences(),
        LequelSchema { manifeste: true, .. } => lot::texte_du_schema(),
        LequelSchema { openapi: true, .. } => servir::texte_d_openapi().map_err(|e| Erreur::Suite(Box::new(e)))?,
        LequelSchema { rapport: true, .. } => compte_rendu::texte_du_schema(),
        LequelSchema { signature: true, .. } => dossier::signature::texte_du_schema(),
        LequelSchema { provenance: true, .. } => dossier::joints::texte_du_schema(),
        LequelSchema { controle: true, .. } => echanges::texte_du_schema(),
        _ => schema::generation::texte_du_schema(),
    };
    if sortie::ecrire(&texte, &options.destination)?
        && let Some(fichier) = &options.destination.sortie
    {
        ecran::ligne(&format!("écrit : {}", fichier.display()));
    }
    Ok(Issue::Fait)
}
