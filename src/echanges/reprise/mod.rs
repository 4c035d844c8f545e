//! What a file that comes back brings (a Word file, a workbook, a register, a table of anyone's): the values and elements that it
//! would change, what cannot be taken and why; and the contract with what is taken of them.
//!
//! ```text
//! Reprise, numbered ─choix▶ numbers taken ─application▶ the files of the contract, and what would be said of it
//! ```
//!
//! It must not know how any of these files is read.

mod application;
mod choix;
mod jugement;
mod propositions;
mod reponse;

pub use application::{Essai, essayer};
pub use choix::{ChoixRefuse, choisir};
pub use jugement::juger;
pub use propositions::Propositions;
pub use reponse::{
    Changement, ClauseProposee, Commentaire, Ecart, ElementDeListe, GenreObjet, RemarqueNouvelle, Reprise, Sens,
    texte_du_schema,
};
