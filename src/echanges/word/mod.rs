//! What comes back from an edited Word file: the values changed in their fields, the words changed outside, the
//! comments; and the contract with its values.

mod hors_champ;
mod lecture;
mod reprendre;
mod valeurs;

pub use hors_champ::ClauseProposee;
pub use lecture::{Commentaire, DossierWord, Suivi};
pub use reprendre::{Changement, Ecart, Reprise, reprendre, texte_du_schema};
