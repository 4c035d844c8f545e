//! The options of the commands that a user begins with: `nouveau`, `schema`, `nomenclatures`.

use clap::Args;
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// Where a text goes, beside the standard output.
#[derive(Debug, Args)]
pub struct Destination {
    /// Fichier à écrire (à défaut, la sortie standard)
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    pub sortie: Option<PathBuf>,
    /// Remplace le fichier s'il existe déjà (à défaut, rien n'est écrit)
    #[arg(long, requires = "sortie", help_heading = "Options")]
    pub remplacer: bool,
}

/// Options of `nouveau`.
#[derive(Debug, Args)]
pub struct Nouveau {
    /// Région du contrat : son nom ou son code ; elle choisit le modèle
    #[arg(long, value_name = "REGION", help_heading = "Options")]
    pub region: Option<String>,
    /// Modèle du contrat (à défaut, celui de la région)
    #[arg(long, value_name = "ID", help_heading = "Options")]
    pub modele: Option<String>,
    /// Statut du gestionnaire : association, fondation, CCAS… ou son code (à défaut, à compléter)
    #[arg(long, value_name = "STATUT", help_heading = "Options")]
    pub gestionnaire: Option<String>,
    /// Établissements et services : leur nombre, ou leurs catégories séparées par des virgules (à défaut, 2)
    #[arg(long, value_name = "NOMBRE|CATEGORIES", help_heading = "Options")]
    pub etablissements: Option<String>,
    /// Autorités : ars et les départements, par leur nom ou leur code, séparés par des virgules (à défaut, ars)
    #[arg(long, value_name = "AUTORITES", help_heading = "Options")]
    pub autorites: Option<String>,
    /// Première année du contrat
    #[arg(long, value_name = "ANNEE", help_heading = "Options")]
    pub annee: Option<String>,
    #[command(flatten)]
    pub destination: Destination,
    /// Dossier de modèles, en plus de ceux du programme
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    pub modeles: Option<PathBuf>,
}

/// Options of `nomenclatures`.
#[derive(Debug, Args)]
pub struct Nomenclatures {
    /// La liste : categories, statuts, territoires (régions et départements) ou juges (des tarifs, par département)
    #[arg(value_name = "LISTE", value_parser = PossibleValuesParser::new(["categories", "statuts", "territoires", "juges"]), hide_possible_values = true, help_heading = "Arguments")]
    pub liste: String,
    /// Mots cherchés dans les codes, les noms et les sigles, sans égard aux accents (à défaut, la liste entière)
    #[arg(value_name = "MOT", help_heading = "Arguments")]
    pub mots: Vec<String>,
    /// Forme de la réponse : texte ou json
    #[arg(long, value_name = "FORME", default_value = "texte", value_parser = PossibleValuesParser::new(["texte", "json"]), hide_possible_values = true, hide_default_value = true, help_heading = "Options")]
    pub format: String,
}
