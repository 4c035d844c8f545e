//! The options of `servir`.

use crate::servir::Reglages;
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Options of `servir`.
#[derive(Debug, Args)]
pub struct Servir {
    /// Adresse et port où écouter (à défaut, 127.0.0.1:8080 : cette machine seulement)
    #[arg(long, value_name = "ADRESSE:PORT", help_heading = "Options")]
    adresse: Option<SocketAddr>,
    /// Nom par lequel le service est appelé (derrière un serveur mandataire) ; répétable
    #[arg(long, value_name = "NOM", help_heading = "Options")]
    hote: Vec<String>,
    /// Dossier de modèles, en plus de ceux du programme
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    modeles: Option<PathBuf>,
    /// Nombre de demandes traitées en même temps (à défaut, autant que de processeurs)
    #[arg(short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256), help_heading = "Options")]
    fils: Option<u16>,
    /// Nombre de demandes qui peuvent attendre leur tour (256 à défaut) ; les autres sont priées de revenir
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=4096), default_value_t = 256, hide_default_value = true, help_heading = "Options")]
    attente: u16,
    /// Taille d'une demande au plus, en Mo (64 à défaut)
    #[arg(long, value_name = "MO", value_parser = clap::value_parser!(u16).range(1..=1024), default_value_t = 64, hide_default_value = true, help_heading = "Options")]
    taille_max: u16,
    /// Mémoire que les demandes reçues tiennent ensemble au plus, en Mo (512 à défaut)
    #[arg(long, value_name = "MO", value_parser = clap::value_parser!(u16).range(1..=32768), default_value_t = 512, hide_default_value = true, help_heading = "Options")]
    memoire: u16,
    /// Secondes qu'une demande peut mettre à arriver, puis à être traitée (120 à défaut)
    #[arg(long, value_name = "SECONDES", value_parser = clap::value_parser!(u16).range(1..=3600), default_value_t = 120, hide_default_value = true, help_heading = "Options")]
    delai: u16,
}

impl Servir {
    pub fn reglages(&self) -> Reglages {
        let processeurs = std::thread::available_parallelism().map_or(1, usize::from);
        Reglages {
            adresse: self.adresse.unwrap_or(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080)),
            hotes: self.hote.clone(),
            modeles: self.modeles.clone(),
            simultanes: self.fils.map_or(processeurs, usize::from),
            attente: usize::from(self.attente),
            taille_max: usize::from(self.taille_max),
            memoire: usize::from(self.memoire),
            delai: Duration::from_secs(self.delai.into()),
            assistants: None,
        }
    }
}
