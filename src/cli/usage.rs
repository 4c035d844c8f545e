//! What a command was asked for and cannot be, and what to type instead.

use crate::dossier::Erreur;

/// Why a command cannot do what it was asked for, whatever the contract.
#[derive(Debug, thiserror::Error)]
pub enum ErreurUsage {
    #[error(
        "la règle « {demande} » n'existe pas ; vouliez-vous dire « {proche} » ?\n    À faire : « cpom regles » donne la liste."
    )]
    RegleInconnue { demande: String, proche: String },
    #[error("la famille « {demande} » n'existe pas.\n    À faire : choisissez parmi : {connues}.")]
    FamilleInconnue { demande: String, connues: String },
    #[error("le rapport en {0} demande un fichier.\n    À faire : ajoutez « --sortie rapport.{0} ».")]
    SortieNecessaire(String),
    #[error(
        "« --pour {0} » n'est pas compris.\n    À faire : écrivez « --pour equipes », ou « --pour etablissement » suivi de l'identifiant de l'établissement."
    )]
    Lecteurs(String),
    #[error(
        "le contrat est conclu par plusieurs gestionnaires : {0}.\n    À faire : choisissez-en un avec « --gestionnaire »."
    )]
    GestionnaireNecessaire(String),
}

impl From<ErreurUsage> for Erreur {
    fn from(erreur: ErreurUsage) -> Self {
        Erreur::Suite(Box::new(erreur))
    }
}
