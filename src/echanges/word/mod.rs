//! What comes back from an edited Word file: the values changed in their fields, the words changed outside, the
//! comments, and all else that a reader put there; and the contract with its values.
//!
//! ```text
//! bytes ─lecture▶ DossierWord ─┬─reprendre─▶ changed values, fields that cannot be read
//!                              ├─hors_champ─▶ words changed outside the fields, clauses proposed
//!                              └─differences▶ tables, notes, pictures, headers…
//! ```

pub mod a_part;
mod alignement;
mod annexes;
mod contenu;
mod dessins;
mod differences;
mod ecarts;
mod equations;
mod hors_champ;
mod lecture;
mod parcours;
mod plan;
mod refus;
mod reprendre;
mod runs;
mod signets;
mod styles;
mod symboles;
mod texte;

pub use contenu::{DossierWord, GenreObjet, Suivi};
pub use ecarts::{Ecart, Sens};
pub use hors_champ::ClauseProposee;
pub use refus::WordRefuse;
pub use reprendre::{Changement, Commentaire, Reprise, comparer, reprendre, texte_du_schema};
