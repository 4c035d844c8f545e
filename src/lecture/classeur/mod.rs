//! The bytes of a workbook of anyone's → its sheets, cell after cell, within bounds (xlsx, xlsm, xlsb, xls, ods, csv).
//!
//! ```text
//! bytes ─genre─┬─ooxml▶ xlsx, xlsm, xlsb ┐
//!              ├─ancien▶ xls             ├▶ Classeur
//!              ├─ods▶ ods                │
//!              └─texte▶ csv              ┘
//! ```
//!
//! Nothing of a workbook is believed: it is read by a process apart, and a sheet never becomes a rectangle, so that a lost cell at
//! its far end costs one cell. It must not know what the sheets are about.

mod ancien;
mod cellules;
mod entrepot;
mod genre;
mod limites;
mod ods;
mod ooxml;
mod refus;
mod texte;

pub use cellules::{Cellule, Classeur, Contenu, Feuille, Fusion, Note, date_du_nombre, nom_de_cellule, nom_de_colonne};
pub use limites::{CELLULES_MAX, COLONNES_MAX, LIGNES_MAX, TEXTE_MAX};
pub use refus::ClasseurRefuse;

use crate::isolement::{LECTEURS, Paquet, Tache};
use std::time::Duration;

pub static CLASSEUR: Tache =
    Tache { nom: "classeur", calcul: Duration::from_secs(30), delai: Duration::from_secs(120) };

/// Reads a workbook by a process apart; `nom` is that of its file, which a table in text gives to its only sheet.
pub fn lire(nom: &str, octets: &[u8]) -> Result<Classeur, ClasseurRefuse> {
    let demande = Paquet::de(&nom, vec![octets.into()]);
    let arret = |cause: String| ClasseurRefuse::Arret(cause);
    let reponse = LECTEURS.confier(&CLASSEUR, demande, lire_ici).map_err(|cause| arret(cause.to_string()))?;
    reponse.lire().unwrap_or_else(|| Err(arret("sa lecture n'a rien donné".to_owned())))
}

/// The work itself.
pub fn lire_ici(demande: Paquet) -> Paquet {
    let nom: String = demande.lire().unwrap_or_default();
    let octets = demande.octets.first().map(|octets| octets.as_ref()).unwrap_or_default();
    Paquet::de(&genre::lire(&nom, octets).map(avertir), Vec::new())
}

/// What is not held of a sheet is said.
fn avertir(mut classeur: Classeur) -> Classeur {
    for feuille in classeur.feuilles.iter().filter(|feuille| feuille.fusions_tues > 0) {
        classeur.alertes.push(format!(
            "feuille « {} » : {} cellules fusionnées de plus que ce qui est lu ; leur valeur n'est prise qu'en haut à gauche.",
            feuille.nom, feuille.fusions_tues
        ));
    }
    classeur
}

#[cfg(test)]
mod tests;
