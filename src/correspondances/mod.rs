//! Tables of anyone (exports of a tool, budget frames, a département's own file) → values of a contract, by a data file that says
//! which words of the table stand for which value.
//!
//! ```text
//! workbook ─lecture▶ Feuilles ─┐
//! data file ─forme▶ Correspondance ─releve▶ what each row says ─rapprochement▶ the changes of a contract
//! workbook alone ─proposition▶ a Correspondance to read again, and to keep
//! ```
//!
//! Nothing is found by a fixed address: sheets by a pattern of their name, values by the words that name them. It must not know how
//! a workbook is read, nor how a contract is printed.

mod embarquees;
mod erreurs;
mod forme;
mod mots;
mod proposition;
mod rapprochement;
mod releve;
mod valeurs;

pub use embarquees::{choisir, noms};
pub use erreurs::CorrespondanceRefusee;
pub use forme::{Correspondance, texte_du_schema};
pub use proposition::{Proposee, proposer};
pub use rapprochement::rapprocher;
pub use releve::{Releve, relever};
