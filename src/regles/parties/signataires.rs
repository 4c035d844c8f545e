//! The kinds of authority that a model requires as signatories, beside the competent ones.

use crate::contrat::parties::TypeAutorite;
use crate::contrat::perimetre::Etablissement;
use crate::nomenclatures::{Public, categorie};
use crate::regles::context::Context;
use serde::Deserialize;

/// A required signatory: always, or when an establishment serves one of these publics in one of these départements.
#[derive(Deserialize)]
#[serde(untagged)]
enum Requis {
    Toujours(TypeAutorite),
    Selon {
        r#type: TypeAutorite,
        #[serde(default)]
        publics: Vec<Public>,
        #[serde(default)]
        departements: Vec<String>,
    },
}

/// The model's parameter « signataires_requis » for this contract: types of authority, as the contract writes them.
pub fn requis(contexte: &Context<'_>) -> Vec<TypeAutorite> {
    let valeurs = contexte.valeur_du_parametre("signataires_requis").and_then(|v| v.as_array());
    let valeurs = valeurs.map(Vec::as_slice).unwrap_or_default();
    let retenu = |valeur: &serde_json::Value| match serde_json::from_value(valeur.clone()).ok()? {
        Requis::Toujours(genre) => Some(genre),
        Requis::Selon { r#type, publics, departements } => {
            contexte.inclus().any(|e| vise(e.valeur, &publics, &departements)).then_some(r#type)
        }
    };
    valeurs.iter().filter_map(retenu).collect()
}

/// An empty list is no condition.
fn vise(etablissement: &Etablissement, publics: &[Public], departements: &[String]) -> bool {
    let public = || etablissement.categorie.valeur().and_then(|c| categorie(c.as_str())).map(|c| c.public);
    let ici = || etablissement.departement.valeur().map(|d| d.as_str());
    (publics.is_empty() || public().is_some_and(|p| publics.contains(&p)))
        && (departements.is_empty() || ici().is_some_and(|d| departements.iter().any(|x| x == d)))
}

/// The name of a type, for a message.
pub fn nom(genre: TypeAutorite) -> &'static str {
    match genre {
        TypeAutorite::Ars => "agence régionale de santé",
        TypeAutorite::Departement => "conseil départemental",
        TypeAutorite::Metropole => "métropole",
        TypeAutorite::EducationNationale => "Éducation nationale",
        TypeAutorite::Prefet => "préfet",
        TypeAutorite::Autre => "autre autorité",
    }
}
