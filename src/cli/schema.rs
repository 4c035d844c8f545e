//! `cpom schema`: the JSON Schema of a contract, of a model's manifest or of a report, on the standard output.

use super::arguments::Schema;
use super::{Issue, ecran};

pub fn executer(options: &Schema) -> Issue {
    if options.modele {
        ecran::brut(&crate::modele::manifeste::texte_du_schema());
    } else if options.rapport {
        ecran::brut(&crate::compte_rendu::texte_du_schema());
    } else {
        ecran::brut(&crate::schema::generation::texte_du_schema());
    }
    Issue::Fait
}
