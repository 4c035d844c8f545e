//! The options of the commands that print: where, in what formats, what the files carry.

use super::communs::OptionsDuContrat;
use crate::cli::usage::ErreurUsage;
use crate::dossier::{self, Choix, Erreur, Format};
use crate::redaction::Usage;
use crate::rendu::{self, pdf::Balises};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What `generer` and `lot` share.
#[derive(Debug, Args)]
pub struct OptionsDImpression {
    /// Dossier où écrire
    #[arg(long, value_name = "DOSSIER", default_value = "sortie", hide_default_value = true, help_heading = "Options")]
    pub sortie: PathBuf,
    /// Formats à écrire, séparés par des virgules : pdf, docx, texte
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = PossibleValuesParser::new(["pdf", "docx", "texte"]), hide_possible_values = true, default_values = ["pdf", "docx"], hide_default_value = true, help_heading = "Options")]
    format: Vec<String>,
    /// Écrit le socle, chaque annexe et chaque fiche dans un fichier à part
    #[arg(long, help_heading = "Options")]
    pub decoupe: bool,
    /// Ajoute à chaque page du PDF définitif un champ de paraphe par signataire
    #[arg(long, help_heading = "Options")]
    paraphes: bool,
    /// Ajoute au PDF définitif les balises invisibles d'un service de signature : docuseal ou documenso
    #[arg(long, value_name = "SERVICE", hide_possible_values = true, help_heading = "Options")]
    balises: Option<ServiceDeSignature>,
    /// Ce que le Word verrouille : aucun (par défaut), ou autorite (le texte, sauf les valeurs que tient le gestionnaire)
    #[arg(long, value_name = "QUOI", hide_possible_values = true, help_heading = "Options")]
    verrouille: Option<Verrou>,
    /// Donne au Word les styles, les marges, l'en-tête et le pied de page de ce document Word
    #[arg(long, value_name = "MODELE.docx", help_heading = "Options")]
    gabarit: Option<PathBuf>,
    /// Imprime un document tiré du contrat : pour les équipes (« equipes »), ou pour un établissement (« etablissement ID »)
    #[arg(long, value_name = "LECTEURS", num_args = 1..=2, help_heading = "Options")]
    pour: Vec<String>,
    /// N'imprime que le contrat de ce gestionnaire
    #[arg(long, value_name = "ID", help_heading = "Options")]
    gestionnaire: Option<String>,
    #[command(flatten)]
    contrat: OptionsDuContrat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ServiceDeSignature {
    Docuseal,
    Documenso,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Verrou {
    Aucun,
    Autorite,
}

impl OptionsDImpression {
    /// The choices of the pipeline, or what is wrong with them.
    pub fn choix(&self) -> Result<Choix, Erreur> {
        let mots: Vec<&str> = self.pour.iter().map(String::as_str).collect();
        let pour = match mots.as_slice() {
            [] => Usage::Contrat,
            ["equipes"] => Usage::Equipes,
            ["etablissement", id] => Usage::Etablissement((*id).to_string()),
            _ => return Err(ErreurUsage::Lecteurs(mots.join(" ")).into()),
        };
        let balises = self.balises.map(|service| match service {
            ServiceDeSignature::Docuseal => Balises::Docuseal,
            ServiceDeSignature::Documenso => Balises::Documenso,
        });
        let verrouille = matches!(self.verrouille, Some(Verrou::Autorite));
        let gabarit = self.gabarit.as_deref().map(dossier::lire_gabarit).transpose()?;
        let options = rendu::Options {
            pdf: rendu::pdf::Options { paraphes: self.paraphes, balises },
            docx: rendu::docx::Options { verrouille, gabarit },
        };
        Ok(Choix { gestionnaire: self.gestionnaire.clone(), options, pour, ..self.contrat.choix() })
    }

    /// The formats asked for, once each.
    pub fn formats(&self) -> Vec<Format> {
        let mut formats: Vec<Format> = self
            .format
            .iter()
            .map(|f| match f.as_str() {
                "pdf" => Format::Pdf,
                "docx" => Format::Docx,
                _ => Format::Texte,
            })
            .collect();
        formats.sort_unstable();
        formats.dedup();
        formats
    }
}
