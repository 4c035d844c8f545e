//! What is asked of a workbook: for whom, which sheets, what is locked.

use crate::contrat::detenteur::detenteur;
use crate::remarque::{Detenteur, Remarque};
use serde_json::Value;

/// For whom a workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pour {
    Gestionnaire,
    Autorite,
    /// Who keeps the accounts: means, activity and financial situation.
    Finances,
}

impl Pour {
    pub const MOTS: [&str; 3] = ["gestionnaire", "autorite", "finances"];

    pub fn de(mot: &str) -> Option<Self> {
        Some(match mot {
            "gestionnaire" => Pour::Gestionnaire,
            "autorite" => Pour::Autorite,
            "finances" => Pour::Finances,
            _ => return None,
        })
    }

    pub fn mot(self) -> &'static str {
        match self {
            Pour::Gestionnaire => "gestionnaire",
            Pour::Autorite => "autorite",
            Pour::Finances => "finances",
        }
    }

    /// « pour le gestionnaire ».
    pub(super) fn en_clair(self) -> &'static str {
        match self {
            Pour::Gestionnaire => "le gestionnaire",
            Pour::Autorite => "les autorités",
            Pour::Finances => "qui tient les comptes",
        }
    }

    /// Whether they may change the value at a pointer.
    pub(super) fn tient(self, pointeur: &str) -> bool {
        let tenu = detenteur(pointeur);
        match self {
            Pour::Gestionnaire => tenu != Detenteur::Autorite,
            Pour::Autorite => tenu != Detenteur::Gestionnaire,
            Pour::Finances => ["/moyens", "/activite", "/diagnostic/situation_financiere"]
                .iter()
                .any(|debut| pointeur.starts_with(debut)),
        }
    }
}

/// What is asked of a workbook.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    pub pour: Option<Pour>,
    /// Whether cells that are not theirs cannot be written.
    pub verrouille: bool,
    /// Parts or sheets, all when there is none.
    pub parties: Vec<String>,
    /// What is said of the contract.
    pub remarques: &'a [Remarque],
    /// The data with their comments.
    pub commentaires: Option<&'a Value>,
}
