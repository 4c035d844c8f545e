//! What comes back from an edited Word file: the values changed in their fields, the words changed outside, the
//! comments, and all else that a reader put there; and the contract with its values.
//!
//! ```text
//! bytes ─lecture▶ DossierWord ─┬─elements──▶ rows added or removed: the elements of lists that they make (lignes, colonnes, motifs)
//!                              ├─champs────▶ changed values, fields that cannot be read
//!                              ├─hors_champ─▶ words changed outside the fields, clauses proposed
//!                              └─differences▶ tables, notes, pictures, headers…
//! ```

pub mod a_part;
mod alignement;
mod annexes;
mod champs;
mod colonnes;
mod contenu;
mod court;
mod dessins;
mod differences;
mod elements;
mod equations;
mod hors_champ;
mod lecture;
mod lignes;
mod motifs;
mod noms;
mod parcours;
mod plan;
mod refus;
mod reprendre;
mod runs;
mod signets;
mod styles;
mod symboles;
mod texte;

pub use contenu::{DossierWord, Suivi};
pub use refus::WordRefuse;
pub use reprendre::{comparer, reprendre};
