//! What a run is to print, and how; why it could not be carried out.

use super::entrees::Entree;
use crate::dossier::{self, Choix, ErreurEcriture, Format};
use crate::isolement::Equipe;
use std::path::{Path, PathBuf};

/// What to print, and how.
#[derive(Debug)]
pub struct Demande {
    pub entrees: Vec<Entree>,
    pub choix: Choix,
    pub formats: Vec<Format>,
    pub decoupe: bool,
    /// The folder of the dossiers and of the manifest.
    pub sortie: PathBuf,
    /// Contracts printed at the same time, each on one thread.
    pub fils: usize,
    /// Whether what a former run printed, and is still right, is left alone.
    pub continuer: bool,
    /// The processes that print; without them, threads of this one do.
    pub equipe: Option<Equipe>,
}

/// Why a run could not be carried out; a contract that fails is no such reason.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error(transparent)]
    Ecriture(#[from] ErreurEcriture),
    #[error(
        "un autre lot écrit déjà dans « {0} ».\n    À faire : attendez qu'il finisse, ou donnez un autre dossier (« --sortie »)."
    )]
    DejaPris(String),
    #[error(
        "le système ne donne aucun fil de calcul : {0}.\n    À faire : fermez d'autres programmes, ou relevez la limite de cette session, puis recommencez ; rien n'a été écrit."
    )]
    Fil(String),
    #[error(
        "le journal du lot, « {nom} », ne peut pas être tenu : {motif}.\n    À faire : faites de la place ou donnez un autre dossier, puis reprenez avec « --continuer » ; les dossiers déjà imprimés sont intacts."
    )]
    Journal { nom: String, motif: String },
}

impl Erreur {
    pub(super) fn du_journal(chemin: &Path, erreur: &std::io::Error) -> Self {
        Erreur::Journal { nom: chemin.display().to_string(), motif: dossier::motif_d_ecriture(erreur) }
    }
}
