//! What a contract still lacks, by who holds it and by part of the dossier.

use crate::remarque::Position;
use schemars::JsonSchema;
use serde::Serialize;

/// Who is to give a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Qui tient la valeur.")]
pub enum Detenteur {
    Autorite,
    Gestionnaire,
}

impl Detenteur {
    pub const TOUS: [Detenteur; 2] = [Detenteur::Autorite, Detenteur::Gestionnaire];

    pub fn titre(self) -> &'static str {
        match self {
            Detenteur::Autorite => "À compléter par les autorités",
            Detenteur::Gestionnaire => "À compléter par le gestionnaire",
        }
    }
}

/// A missing value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Une valeur qui manque.")]
pub struct Manque {
    pub detenteur: Detenteur,
    #[schemars(description = "Partie du dossier qui l'imprime ; « Contrôles » quand seules les règles s'en servent.")]
    pub partie: String,
    #[schemars(description = "Ce qui manque.")]
    pub libelle: String,
    #[schemars(description = "Pointeur JSON de la valeur ; vide quand plusieurs valeurs y répondent.")]
    pub pointeur: String,
    #[serde(flatten)]
    pub position: Option<Position>,
}

/// The missing values of one holder by part of the dossier, in the order given.
pub fn par_partie(manques: &[Manque], detenteur: Detenteur) -> Vec<(&str, Vec<&Manque>)> {
    let mut parties: Vec<(&str, Vec<&Manque>)> = Vec::new();
    for manque in manques.iter().filter(|m| m.detenteur == detenteur) {
        match parties.iter_mut().find(|(nom, _)| *nom == manque.partie) {
            Some((_, deja)) => deja.push(manque),
            None => parties.push((&manque.partie, vec![manque])),
        }
    }
    parties
}
