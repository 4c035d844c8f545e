//! The shape of a value → the kind of field that it is typed in, with its unit and the nomenclature of its codes.

use crate::contrat::renvois::Vers;
use crate::schema::forme::{Forme, Nature};
use schemars::JsonSchema;
use serde::Serialize;

/// The kind of a field: how it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "GenreDeChamp")]
pub enum Genre {
    Texte,
    Prose,
    Nombre,
    Montant,
    Pourcentage,
    Date,
    Echeance,
    Annee,
    Choix,
    Code,
    Renvoi,
    Ouinon,
    Libre,
    Fichier,
    Finess,
    Siren,
    Siret,
    Objet,
    Liste,
    Table,
}

/// How a value is typed; what it names comes first.
pub fn genre(forme: &Forme, vers: Option<Vers>) -> Genre {
    if vers.is_some() {
        return Genre::Renvoi;
    }
    if forme.definition.as_deref() == Some("Chemin") {
        return Genre::Fichier;
    }
    match forme.nature {
        Nature::Texte => Genre::Texte,
        Nature::Prose => Genre::Prose,
        Nature::Date => Genre::Date,
        Nature::Echeance => Genre::Echeance,
        Nature::Annee => Genre::Annee,
        Nature::Montant => Genre::Montant,
        Nature::Pourcentage => Genre::Pourcentage,
        Nature::Nombre => Genre::Nombre,
        Nature::Booleen => Genre::Ouinon,
        Nature::Finess => Genre::Finess,
        Nature::Siren => Genre::Siren,
        Nature::Siret => Genre::Siret,
        Nature::Departement | Nature::Region | Nature::Categorie | Nature::Statut => Genre::Code,
        Nature::Choix(_) => Genre::Choix,
        Nature::Objet => Genre::Objet,
        Nature::Table => Genre::Table,
        Nature::Liste => Genre::Liste,
        Nature::Libre | Nature::Taux(_) => Genre::Libre,
    }
}

/// What is written beside the field.
pub fn unite(genre: Genre) -> Option<&'static str> {
    match genre {
        Genre::Montant => Some("€"),
        Genre::Pourcentage => Some("%"),
        _ => None,
    }
}

/// The nomenclature of a code, by its name in the addresses.
pub fn table(nature: &Nature) -> Option<&'static str> {
    Some(match nature {
        Nature::Departement => "departements",
        Nature::Region => "regions",
        Nature::Categorie => "categories",
        Nature::Statut => "statuts",
        _ => return None,
    })
}
