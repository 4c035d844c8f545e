//! The parts of a contract as its drafters share them: each remark belongs to one, by its pointer.

use schemars::JsonSchema;
use serde::Serialize;

/// A part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Partie du contrat.")]
pub enum Partie {
    Contrat,
    Parties,
    Perimetre,
    Diagnostic,
    Objectifs,
    Activite,
    Moyens,
    Suivi,
    Pieces,
}

impl Partie {
    pub const TOUTES: [Partie; 9] = [
        Partie::Contrat,
        Partie::Parties,
        Partie::Perimetre,
        Partie::Diagnostic,
        Partie::Objectifs,
        Partie::Activite,
        Partie::Moyens,
        Partie::Suivi,
        Partie::Pieces,
    ];

    /// The part that a JSON pointer stands in.
    pub fn de(pointeur: &str) -> Partie {
        match pointeur.split('/').nth(1).unwrap_or_default() {
            "parties" | "signature" => Partie::Parties,
            "perimetre" => Partie::Perimetre,
            "diagnostic" => Partie::Diagnostic,
            "axes" | "objectifs" | "fiches_actions" => Partie::Objectifs,
            "activite" => Partie::Activite,
            "moyens" => Partie::Moyens,
            "suivi" | "litiges" | "tracabilite" => Partie::Suivi,
            "pieces" => Partie::Pieces,
            _ => Partie::Contrat,
        }
    }

    /// The word of the command line (`--partie moyens`).
    pub fn cle(self) -> &'static str {
        match self {
            Partie::Contrat => "contrat",
            Partie::Parties => "parties",
            Partie::Perimetre => "perimetre",
            Partie::Diagnostic => "diagnostic",
            Partie::Objectifs => "objectifs",
            Partie::Activite => "activite",
            Partie::Moyens => "moyens",
            Partie::Suivi => "suivi",
            Partie::Pieces => "pieces",
        }
    }

    /// The heading that people read.
    pub fn titre(self) -> &'static str {
        match self {
            Partie::Contrat => "Contrat : durée, visas, clauses",
            Partie::Parties => "Parties et signature",
            Partie::Perimetre => "Périmètre",
            Partie::Diagnostic => "Diagnostic",
            Partie::Objectifs => "Objectifs et fiches actions",
            Partie::Activite => "Activité",
            Partie::Moyens => "Moyens",
            Partie::Suivi => "Suivi",
            Partie::Pieces => "Pièces annexées",
        }
    }

    pub fn de_cle(cle: &str) -> Option<Partie> {
        Self::TOUTES.into_iter().find(|p| p.cle() == cle)
    }
}
