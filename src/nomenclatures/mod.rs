//! Turns a code (FINESS category, legal status, département, region) into what is printed of it:
//! label, short name, gender, article, court. It must not know the contract.
//!
//! Tables are text files beside this module, read once. Sources: FINESS nomenclature cs1500106
//! (14/12/2021) brought to the 2026 state by TRE_R66-CategorieEtablissement v20260505120000 and
//! JDV_J254 v20241025120000; INSEE, code officiel géographique 2024. Printed labels, genders and
//! articles are ours.

mod anciens;
mod categories;
mod competences;
mod entrees;
pub mod finess;
mod juges;
mod statuts;
mod table;
mod territoires;

pub use categories::{Categorie, Public, categorie, categories};
pub use competences::{Competences, competences};
pub use entrees::{Ancienne, Entree, Nomenclature};
pub use juges::{Juge, juge_du_tarif, juges};
pub use statuts::{Nature, Statut, statut, statuts};
pub use territoires::{Departement, Region, departement, departement_du_finess, departements, region, regions};

/// Grammatical gender, for agreements in the printed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    Masculin,
    Feminin,
}

impl Genre {
    fn lu(code: &str) -> Self {
        match code {
            "f" => Genre::Feminin,
            "m" => Genre::Masculin,
            autre => unreachable!("embedded table: gender « {autre} »"),
        }
    }

    /// Whether agreements take the feminine.
    pub fn feminin(self) -> bool {
        self == Genre::Feminin
    }
}
