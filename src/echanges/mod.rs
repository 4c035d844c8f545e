//! What comes back: of a dossier that we printed, its data and whether it still is what was printed; of a file that people filled,
//! what it would change.
//!
//! It reads a PDF of anyone's; it must not know how one is drawn.

mod comparer;
mod controle;
mod dossier_pdf;
mod erreurs;
mod extraire;
pub mod reprise;
pub mod revisions;
mod signature;
pub mod word;

pub use comparer::{Comparaison, Difference, Version, comparer, texte_du_schema as texte_du_schema_des_differences};
pub use controle::{Controle, Reimpression, Verdict, controler, texte_du_schema};
pub use dossier_pdf::{Changement, DossierPdf, JointChange};
pub use erreurs::Erreur;
pub use extraire::{Extraction, Extrait, extraire};
pub use revisions::SignatureLue;
pub use signature::{Integrite, Sorte};
