//! What a consistency rule is: its entry in the catalogue and the function that checks it.

use super::context::Context;
use super::findings::Findings;
pub use super::findings::{Limite, Seuil};
use super::textes::Reference;
pub use super::vigueur::{DateChoisie, Jours, Vigueur};
use crate::remarque::Severite;
use std::fmt;

/// A rule of the catalogue, declared once in a file of its own.
pub struct Rule {
    /// Three letters, a hyphen, three digits; stable, never reused.
    pub code: &'static str,
    pub famille: Famille,
    /// The default; a model may set another, and a finding may carry its own.
    pub severite: Severite,
    /// What must hold, in a few words.
    pub titre: &'static str,
    /// Why it matters, with the tolerance and the cases where the rule stays silent.
    pub pourquoi: &'static str,
    /// What to do, unless the finding says better.
    pub remede: &'static str,
    /// Never empty.
    pub references: &'static [&'static Reference],
    /// The figures that the check compares with; a model may set others.
    pub limites: &'static [Limite],
    /// Whether the rule runs only for the models that ask for it (a key in their `regles`).
    pub sur_demande: bool,
    /// From when to when it holds.
    pub vigueur: Vigueur,
    /// Whether the contract may set the rule aside (`derogations`).
    pub derogeable: bool,
    /// What the check reads, as patterns of JSON pointers (`*` stands for any index): when the schema refuses a
    /// value below or above one of them, the rule is not run.
    pub lit: &'static [&'static str],
    /// Rules that the same mistake may fire too. Two rules that name each other are told once on one value.
    pub consequences: &'static [&'static str],
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// A family of rules: the first three letters of their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Famille {
    Identifiants,
    Parties,
    Dates,
    Perimetre,
    Diagnostic,
    Objectifs,
    Indicateurs,
    Activite,
    Moyens,
    Siege,
    Resultats,
    Suivi,
    Annexes,
}

impl Famille {
    pub const TOUTES: [Famille; 13] = [
        Famille::Identifiants,
        Famille::Parties,
        Famille::Dates,
        Famille::Perimetre,
        Famille::Diagnostic,
        Famille::Objectifs,
        Famille::Indicateurs,
        Famille::Activite,
        Famille::Moyens,
        Famille::Siege,
        Famille::Resultats,
        Famille::Suivi,
        Famille::Annexes,
    ];

    /// The three letters of the codes.
    pub fn sigle(self) -> &'static str {
        match self {
            Famille::Identifiants => "IDN",
            Famille::Parties => "PAR",
            Famille::Dates => "DAT",
            Famille::Perimetre => "PER",
            Famille::Diagnostic => "DIA",
            Famille::Objectifs => "OBJ",
            Famille::Indicateurs => "IND",
            Famille::Activite => "ACT",
            Famille::Moyens => "BUD",
            Famille::Siege => "SIE",
            Famille::Resultats => "RES",
            Famille::Suivi => "SUI",
            Famille::Annexes => "ANX",
        }
    }

    /// What the family is about, as a heading.
    pub fn titre(self) -> &'static str {
        match self {
            Famille::Identifiants => "Identifiants",
            Famille::Parties => "Parties et signatures",
            Famille::Dates => "Dates et durée",
            Famille::Perimetre => "Périmètre",
            Famille::Diagnostic => "Diagnostic",
            Famille::Objectifs => "Objectifs et fiches actions",
            Famille::Indicateurs => "Indicateurs",
            Famille::Activite => "Activité",
            Famille::Moyens => "Moyens",
            Famille::Siege => "Frais de siège",
            Famille::Resultats => "Affectation des résultats",
            Famille::Suivi => "Suivi",
            Famille::Annexes => "Annexes et pièces",
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}
