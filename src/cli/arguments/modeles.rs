//! The commands of the two families that have their own: `modeles` and `bibliotheque`.

use super::communs::MODELE_AIDE;
use clap::Subcommand;
use std::path::PathBuf;

/// The commands of `modeles`.
#[derive(Debug, Subcommand)]
pub enum Modeles {
    /// Liste les modèles, leur version et leur région
    #[command(help_template = MODELE_AIDE)]
    Lister {
        /// Dossier de modèles, en plus de ceux du programme
        #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
        modeles: Option<PathBuf>,
    },
    /// Montre les articles, les annexes et les fiches d'un modèle, avec les identifiants que les contrats emploient
    #[command(help_template = MODELE_AIDE)]
    Montrer {
        /// Modèle à montrer
        #[arg(value_name = "ID", help_heading = "Arguments")]
        id: String,
        /// Forme : texte ou json
        #[arg(long, value_name = "FORME", default_value = "texte", value_parser = ["texte", "json"], hide_possible_values = true, hide_default_value = true, help_heading = "Options")]
        format: String,
        /// Dossier de modèles, en plus de ceux du programme
        #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
        modeles: Option<PathBuf>,
    },
    /// Copie un modèle dans un dossier vide, dont le nom devient le sien
    #[command(help_template = MODELE_AIDE)]
    Exporter {
        /// Modèle à copier
        #[arg(value_name = "ID", help_heading = "Arguments")]
        id: String,
        /// Dossier à écrire
        #[arg(value_name = "DOSSIER", help_heading = "Arguments")]
        dossier: PathBuf,
        /// Copie aussi les clauses dont il hérite
        #[arg(long, help_heading = "Options")]
        tout: bool,
        /// Dossier de modèles, en plus de ceux du programme
        #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
        modeles: Option<PathBuf>,
    },
    /// Vérifie un modèle : manifeste, clauses, conditions, et l'impression de contrats d'essai
    #[command(help_template = MODELE_AIDE)]
    Verifier {
        /// Dossier du modèle
        #[arg(value_name = "DOSSIER", help_heading = "Arguments")]
        dossier: PathBuf,
    },
}

/// The commands of `bibliotheque`.
#[derive(Debug, Subcommand)]
pub enum Bibliotheque {
    /// Liste les objectifs proposés
    #[command(help_template = MODELE_AIDE)]
    Lister {
        /// Modèle (à défaut, tous ceux qui ont une bibliothèque)
        #[arg(long, value_name = "ID", help_heading = "Options")]
        modele: Option<String>,
        /// Dossier de modèles, en plus de ceux du programme
        #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
        modeles: Option<PathBuf>,
    },
    /// Montre un objectif et ses indicateurs
    #[command(help_template = MODELE_AIDE)]
    Montrer {
        /// Code de l'objectif
        #[arg(value_name = "CODE", help_heading = "Arguments")]
        code: String,
        /// Modèle (à défaut, tous ceux qui ont une bibliothèque)
        #[arg(long, value_name = "ID", help_heading = "Options")]
        modele: Option<String>,
        /// Dossier de modèles, en plus de ceux du programme
        #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
        modeles: Option<PathBuf>,
    },
    /// Ajoute un objectif, sa fiche et ses indicateurs à un contrat, sans toucher au reste du fichier
    #[command(help_template = MODELE_AIDE)]
    Ajouter {
        /// Code de l'objectif
        #[arg(value_name = "CODE", help_heading = "Arguments")]
        code: String,
        /// Fichier du contrat
        #[arg(value_name = "FICHIER", help_heading = "Arguments")]
        fichier: PathBuf,
        /// Modèle (à défaut, celui du contrat ou de la région)
        #[arg(long, value_name = "ID", help_heading = "Options")]
        modele: Option<String>,
        /// Dossier de modèles, en plus de ceux du programme
        #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
        modeles: Option<PathBuf>,
    },
    /// Fait une bibliothèque de la liste d'une ARS (CSV, une ligne par indicateur)
    #[command(help_template = MODELE_AIDE)]
    Importer {
        /// Liste enregistrée par un tableur, au format CSV
        #[arg(value_name = "LISTE.csv", help_heading = "Arguments")]
        fichier: PathBuf,
        /// Fichier à écrire (à défaut, la sortie standard)
        #[arg(long, value_name = "FICHIER", help_heading = "Options")]
        sortie: Option<PathBuf>,
    },
}
