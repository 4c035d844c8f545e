//! The options of `lot`.

use super::impression::OptionsDImpression;
use clap::Args;
use std::path::PathBuf;

/// Options of `lot`.
#[derive(Debug, Args)]
pub struct Lot {
    /// Fichiers de contrats, ou dossiers qui en contiennent (les fichiers d'un dossier qui portent la même référence font un contrat)
    #[arg(value_name = "CHEMIN", required = true, help_heading = "Arguments")]
    pub chemins: Vec<PathBuf>,
    /// Nombre de contrats imprimés en même temps (à défaut, autant que de processeurs)
    #[arg(short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256), help_heading = "Options")]
    pub fils: Option<u16>,
    /// N'imprime que ce qui ne l'est pas déjà, à l'identique, dans le dossier de sortie
    #[arg(long, help_heading = "Options")]
    pub continuer: bool,
    #[command(flatten)]
    pub impression: OptionsDImpression,
}
