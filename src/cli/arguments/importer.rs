//! The commands of `importer`: registers, and tables of anyone.

use super::communs::{MODELE_AIDE, OptionsDeReprise};
use super::depart::Destination;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The commands of `importer`.
#[derive(Debug, Subcommand)]
pub enum Importer {
    /// Prend dans FINESS le périmètre d'un gestionnaire : pour commencer un contrat, ou pour en mettre un à jour
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom importer finess structures.json.gz activites.json.gz --ej 010000255 --sortie contrat.json\n  cpom importer finess structures.json.gz activites.json.gz --ej 010000255 --contrat contrat.json\n  cpom importer finess structures.json.gz --ej 010000255 --contrat contrat.json --ecrire --sauf 3\n\nLes fichiers se téléchargent sur data.gouv.fr (« finess-structures » et « finess-activites ») ; cpom ne va rien chercher. Les anciennes extractions (etalab-cs1100501, 502, 505, 507) sont lues aussi.\nCode de sortie : 0 tout est lu, 1 il reste à choisir ou à traiter à la main, 2 fichier illisible, numéro inconnu ou contrat déjà là."
    )]
    Finess(Finess),
}

/// Options of `importer finess`.
#[derive(Debug, Args)]
pub struct Finess {
    /// Fichiers FINESS, compressés ou non, dans n'importe quel ordre
    #[arg(value_name = "FICHIER", required = true, help_heading = "Arguments")]
    pub fichiers: Vec<PathBuf>,
    /// Numéro FINESS de l'entité juridique (plusieurs gestionnaires : répétez l'option)
    #[arg(long, value_name = "NUMERO", required = true, help_heading = "Options")]
    pub ej: Vec<String>,
    /// Ne prend que cet établissement, par son numéro FINESS (répétez l'option)
    #[arg(long, value_name = "NUMERO", help_heading = "Options")]
    pub et: Vec<String>,
    /// Contrat à compléter (plusieurs fichiers : répétez l'option) ; à défaut, un contrat de départ est écrit
    #[arg(long, value_name = "FICHIER", conflicts_with = "sortie", help_heading = "Options")]
    pub contrat: Vec<PathBuf>,
    #[command(flatten)]
    pub destination: Destination,
    #[command(flatten)]
    pub reprise: OptionsDeReprise,
}
