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
    /// Lit le tableau de n'importe qui (export d'un outil, cadre budgétaire, tableur) par une correspondance
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom importer tableau errd.csv --correspondance diamant-errd-et --voir\n  cpom importer tableau errd.csv --correspondance diamant-errd-et --annee 2024 --contrat contrat.json\n  cpom importer tableau suivi.xlsx --garder suivi.correspondance.json\n  cpom importer tableau suivi.xlsx --correspondance suivi.correspondance.json --contrat contrat.json --ecrire\n\nSans « --correspondance », cpom en propose une d'après les en-têtes ; relisez-la avant de l'employer. Les macros d'un classeur ne sont jamais exécutées.\nCode de sortie : 0 tout est lu, 1 il reste des points à traiter à la main, 2 fichier illisible ou correspondance inconnue."
    )]
    Tableau(Tableau),
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

/// Options of `importer tableau`.
#[derive(Debug, Args)]
pub struct Tableau {
    /// Classeur ou tableau : xlsx, xlsm, xlsb, xls, ods ou csv
    #[arg(value_name = "FICHIER", help_heading = "Arguments")]
    pub fichier: PathBuf,
    /// Correspondance : diamant-errd-et, diamant-ca-et, diamant-tdb-et, hapi-engagements, tdb-regional, importerrd-restitution, ou un fichier à vous
    #[arg(long, value_name = "NOM|FICHIER", help_heading = "Options")]
    pub correspondance: Option<String>,
    /// Contrat à compléter (plusieurs fichiers : répétez l'option)
    #[arg(long, value_name = "FICHIER", requires = "correspondance", help_heading = "Options")]
    pub contrat: Vec<PathBuf>,
    /// Ne lit que les valeurs de cette année ; la donne aux tableaux qui ne la portent pas
    #[arg(long, value_name = "ANNEE", value_parser = clap::value_parser!(u16).range(1990..=2100), help_heading = "Options")]
    pub annee: Option<u16>,
    /// Montre ce qui est lu : feuilles, intitulés trouvés, cellules et valeurs
    #[arg(long, help_heading = "Options")]
    pub voir: bool,
    /// Écrit dans ce fichier la correspondance proposée d'après les en-têtes
    #[arg(long, value_name = "FICHIER", conflicts_with = "correspondance", help_heading = "Options")]
    pub garder: Option<PathBuf>,
    #[command(flatten)]
    pub reprise: OptionsDeReprise,
}
