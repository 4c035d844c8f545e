//! The consistency rules: from a contract and a model to a report of all that does not hold together.
//!
//! One folder per family, one file per rule; `registre` lists them all. To add a rule: write its file, name it
//! in the `mod.rs` of its family and in `registre`, and give it its cases in `fixtures/regles/`. Rules read a
//! [`Context`] and write to [`Findings`]; none knows another. No file is read here and nothing is printed.

pub mod catalogue;
pub mod chemins;
mod cibles;
pub mod competence;
mod comptes;
pub mod conformite;
pub mod context;
mod echelle;
pub mod exemples;
pub mod findings;
pub mod fondement;
mod proche;
pub mod registre;
pub mod rule;
mod suites;
pub mod textes;
mod verification;
pub mod vigueur;

mod activite;
mod annexes;
mod dates;
mod diagnostic;
mod identifiants;
mod indicateurs;
mod moyens;
mod objectifs;
mod parties;
mod perimetre;
mod prose;
mod resultats;
mod siege;
mod suivi;

pub use context::{Context, Demande, EtatFichier, Fichiers};
pub use findings::Findings;
pub use registre::RULES;
pub use rule::{Famille, Limite, Rule};
pub use verification::{Conforme, DerogationAppliquee, Rapport, ReglageApplique, rule, verifier};
