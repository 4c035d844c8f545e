//! What the free texts of a contract say in numbers: a text → its numbers, what each counts and of whom it speaks.
//!
//! Reading is shy: what is not clearly said of the whole of something, today, is left out. It must not know the rules that compare.

mod categories;
mod contexte;
mod decomptes;
mod mots;
mod nombres;
mod objets;
mod textes;

pub use categories::{Sorte, cle};
pub use decomptes::{Decompte, Dit, Nomme, decomptes};
pub use objets::Objet;
pub use textes::{TEXTES, Texte, textes};
