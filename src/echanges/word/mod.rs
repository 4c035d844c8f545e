//! What comes back from an edited Word file: the values changed in their fields, the words changed outside, the
//! comments, and all else that a reader put there; and the contract with its values.
//!
//! ```text
//! bytes ─lecture▶ DossierWord ─┬─elements──▶ rows added or removed: the elements of lists that they make (lignes, colonnes, motifs)
//!                              ├─champs────▶ changed values, fields that cannot be read
//!                              ├─hors_champ─▶ words changed outside the fields, clauses proposed
//!                              └─differences▶ tables, notes, pictures, headers…
//! what is taken of them (choix) ─application▶ the files of the contract, and what would be said of it
//! ```

pub mod a_part;
mod alignement;
mod annexes;
mod application;
mod champs;
mod choix;
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
mod reponse;
mod reprendre;
mod runs;
mod signets;
mod styles;
mod symboles;
mod texte;

pub use application::{Essai, essayer};
pub use choix::{ChoixRefuse, choisir};
pub use contenu::{DossierWord, GenreObjet, Suivi};
pub use refus::WordRefuse;
pub use reponse::{
    Changement, ClauseProposee, Commentaire, Ecart, ElementDeListe, RemarqueNouvelle, Reprise, Sens, texte_du_schema,
};
pub use reprendre::{comparer, reprendre};
