//! What several commands ask for, and the form of their help.

use crate::document::Etat;
use crate::dossier::Choix;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

pub(super) const MODELE_AIDE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";

/// What can be chosen beside the contract, to check it as to print it.
#[derive(Debug, Args)]
pub struct OptionsDuContrat {
    /// État du document : projet ou definitif (à défaut, celui du contrat)
    #[arg(long, value_name = "ETAT", hide_possible_values = true, help_heading = "Options")]
    etat: Option<EtatDemande>,
    /// Modèle régional (à défaut, celui du contrat ou de la région)
    #[arg(long, value_name = "ID", help_heading = "Options")]
    modele: Option<String>,
    /// Dossier de modèles, en plus de ceux du programme
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    modeles: Option<PathBuf>,
    /// Date de signature (AAAA-MM-JJ), à la place de celle du contrat
    #[arg(long, value_name = "DATE", help_heading = "Options")]
    date: Option<String>,
    /// Les alertes refusent aussi le contrat
    #[arg(long, help_heading = "Options")]
    strict: bool,
}

impl OptionsDuContrat {
    pub(super) fn choix(&self) -> Choix {
        Choix {
            etat: self.etat.map(|e| match e {
                EtatDemande::Projet => Etat::Projet,
                EtatDemande::Definitif => Etat::Definitif,
            }),
            modele: self.modele.clone(),
            dossier_modeles: self.modeles.clone(),
            gestionnaire: None,
            date: self.date.clone(),
            strict: self.strict,
            ..Choix::default()
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EtatDemande {
    Projet,
    Definitif,
}
