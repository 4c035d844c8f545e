//! How messages name a line of activity: its establishment and its mode.

use crate::contrat::activite::Activite;
use crate::formats::minuscule;
use crate::regles::context::Context;

/// « IME Les Oliviers » (internat).
pub fn designer(contexte: &Context<'_>, activite: &Activite) -> String {
    let id = activite.etablissement.as_str();
    let etablissement = contexte.nom_de(id);
    match activite.modalite.valeur() {
        Some(modalite) => format!("« {etablissement} » ({})", minuscule(modalite.libelle())),
        None => format!("« {etablissement} »"),
    }
}
