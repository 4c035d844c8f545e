//! The options of `atelier`.

use clap::Args;
use std::path::PathBuf;

/// Options of `atelier`.
#[derive(Debug, Args)]
pub struct Atelier {
    /// Dossier des contrats (à défaut, celui où la commande est lancée)
    #[arg(value_name = "DOSSIER", default_value = ".", hide_default_value = true)]
    pub dossier: PathBuf,
    /// Port où écouter (à défaut, un port libre que le système choisit)
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Options")]
    pub port: Option<u16>,
    /// N'ouvre pas le navigateur : l'adresse est donnée, à ouvrir soi-même
    #[arg(long, help_heading = "Options")]
    pub sans_navigateur: bool,
    /// Dossier de modèles, en plus de ceux du programme
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    pub modeles: Option<PathBuf>,
}
