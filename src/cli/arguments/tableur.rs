//! The commands of `tableur`.

use super::communs::{MODELE_AIDE, OptionsDeReprise, OptionsDuDocument};
use super::depart::Nouveau;
use crate::tableur::Pour;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The commands of `tableur`.
#[derive(Debug, Subcommand)]
pub enum Tableur {
    /// Écrit le classeur d'un contrat : une feuille par tableau, à remplir et à renvoyer
    #[command(help_template = MODELE_AIDE)]
    Exporter(ExporterClasseur),
    /// Reprend dans le contrat ce qu'un classeur rempli y change, et liste ce qu'il ne peut pas tenir
    #[command(help_template = MODELE_AIDE)]
    Importer(ImporterClasseur),
    /// Écrit un classeur vide et son contrat de départ, prêts à être remplis
    #[command(help_template = MODELE_AIDE)]
    Nouveau(Nouveau),
}

/// Options of `tableur exporter`.
#[derive(Debug, Args)]
pub struct ExporterClasseur {
    /// Contrat à exporter (plusieurs fichiers s'il est en plusieurs parties)
    #[arg(value_name = "CONTRAT", required = true, help_heading = "Arguments")]
    pub contrat: Vec<PathBuf>,
    /// Pour qui : gestionnaire, autorite ou finances ; ce qu'ils ne tiennent pas est montré, en pointillé
    #[arg(long, value_name = "QUI", value_parser = PossibleValuesParser::new(Pour::MOTS), hide_possible_values = true, help_heading = "Options")]
    pour: Option<String>,
    /// Verrouille les cellules calculées et celles que tient quelqu'un d'autre
    #[arg(long, help_heading = "Options")]
    pub verrouille: bool,
    /// N'exporte que ces parties ou ces feuilles, séparées par des virgules : moyens, budgets, établissements…
    #[arg(long, value_name = "PARTIES", value_delimiter = ',', help_heading = "Options")]
    pub parties: Vec<String>,
    /// Écrit un dossier de tables en CSV (UTF-8, points-virgules), une par feuille
    #[arg(long, help_heading = "Options")]
    pub csv: bool,
    /// Classeur à écrire (.xlsx), ou dossier avec « --csv »
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    pub sortie: PathBuf,
    /// Remplace le fichier s'il existe déjà (à défaut, rien n'est écrit)
    #[arg(long, help_heading = "Options")]
    pub remplacer: bool,
    #[command(flatten)]
    pub document: OptionsDuDocument,
}

impl ExporterClasseur {
    pub fn pour(&self) -> Option<Pour> {
        self.pour.as_deref().and_then(Pour::de)
    }
}

/// Options of `tableur importer`.
#[derive(Debug, Args)]
pub struct ImporterClasseur {
    /// Classeur rempli (.xlsx, .xlsm, .xlsb, .xls, .ods), feuille en CSV, ou dossier de feuilles en CSV
    #[arg(value_name = "CLASSEUR", help_heading = "Arguments")]
    pub fichier: PathBuf,
    /// Contrat dont il a été exporté (plusieurs fichiers : répétez l'option)
    #[arg(long, value_name = "FICHIER", required = true, help_heading = "Options")]
    pub contrat: Vec<PathBuf>,
    /// Contrat tel qu'il était à l'export, s'il a changé depuis (plusieurs fichiers : répétez l'option)
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    pub base: Vec<PathBuf>,
    /// Retire aussi du contrat les éléments dont la ligne a été supprimée
    #[arg(long, help_heading = "Options")]
    pub retirer: bool,
    #[command(flatten)]
    pub reprise: OptionsDeReprise,
    #[command(flatten)]
    pub document: OptionsDuDocument,
}
