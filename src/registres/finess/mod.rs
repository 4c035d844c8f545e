//! The files of FINESS, as they are published → the legal entities and establishments asked for, in the words of a contract.
//!
//! ```text
//! file ─source▶ bytes, unpacked, bounded ─┬─json────▶ structures or activities of 2026 ─┐
//!                                         └─etalab──▶ the four former CSV ──────────────┴─lecture▶ Extrait
//! ```

mod activites;
mod comparaison;
mod depart;
mod elements;
mod erreurs;
mod etalab;
mod extrait;
mod json;
mod lecture;
mod mots;
mod releve;
mod souple;
mod source;
mod textes;
mod verification;

pub use comparaison::comparer;
pub use depart::{Depart, contrat_de_depart};
pub use erreurs::FinessRefuse;
pub use extrait::{Activite, Demande, Entite, Etablissement, Extrait, Note, Provenance, Vie};
pub use lecture::{lire, lire_octets};
pub use verification::{demande_du_contrat, verifier};
