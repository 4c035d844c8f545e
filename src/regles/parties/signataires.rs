//! The kinds of authority that a model requires as signatories, beside the competent ones.

use crate::contrat::parties::TypeAutorite;
use crate::regles::context::Context;

/// The model's parameter « signataires_requis »: types of authority, as the contract writes them.
pub fn requis(contexte: &Context<'_>) -> Vec<TypeAutorite> {
    let valeurs = contexte.valeur_du_parametre("signataires_requis").and_then(|v| v.as_array());
    let valeurs = valeurs.map(Vec::as_slice).unwrap_or_default();
    valeurs.iter().filter_map(|v| serde_json::from_value(v.clone()).ok()).collect()
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
