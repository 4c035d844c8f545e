//! What several commands ask for, and the form of their help.

use crate::document::Etat;
use crate::dossier::Choix;
use clap::builder::PossibleValuesParser;
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

/// What is taken of a file that comes back, and whether it is written.
#[derive(Debug, Clone, Args)]
pub struct OptionsDeReprise {
    /// Écrit ce qui est repris dans le ou les fichiers du contrat, sans toucher au reste ; dans un terminal, le demande valeur par valeur
    #[arg(long, help_heading = "Options")]
    pub ecrire: bool,
    /// Ne reprend que cela : un numéro de la liste (« 1,4-6 »), un pointeur ou une place (répétez l'option)
    #[arg(long, value_name = "CHOIX", help_heading = "Options")]
    pub prendre: Vec<String>,
    /// Reprend tout le reste : un numéro de la liste, un pointeur ou une place (répétez l'option)
    #[arg(long, value_name = "CHOIX", help_heading = "Options")]
    pub sauf: Vec<String>,
    /// Écrit même ce qui cause une remarque bloquante nouvelle
    #[arg(long, requires = "ecrire", help_heading = "Options")]
    pub malgre_les_remarques: bool,
    /// Forme de la réponse : texte ou json
    #[arg(long, value_name = "FORME", default_value = "texte", value_parser = PossibleValuesParser::new(["texte", "json"]), hide_possible_values = true, hide_default_value = true, help_heading = "Options")]
    pub format: String,
}

/// What says how a contract was printed, or is to be.
#[derive(Debug, Args)]
pub struct OptionsDuDocument {
    /// Contrat de ce gestionnaire
    #[arg(long, value_name = "ID", help_heading = "Options")]
    gestionnaire: Option<String>,
    /// Modèle régional (à défaut, celui du document, du contrat ou de la région)
    #[arg(long, value_name = "ID", help_heading = "Options")]
    modele: Option<String>,
    /// Dossier de modèles, en plus de ceux du programme
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    modeles: Option<PathBuf>,
}

impl OptionsDuDocument {
    pub fn choix(&self) -> Choix {
        Choix {
            modele: self.modele.clone(),
            dossier_modeles: self.modeles.clone(),
            gestionnaire: self.gestionnaire.clone(),
            ..Choix::default()
        }
    }
}
