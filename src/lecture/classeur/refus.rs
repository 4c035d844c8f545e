//! Why a workbook cannot be read: what it is, which limit, at which sheet and cell, what to do.

use super::limites::{ANCIEN_MAX, CELLULES_MAX, COLONNES_MAX, DEPLIE_MAX, LIGNES_MAX, TEXTE_MAX};
use serde::{Deserialize, Serialize};

/// It follows the name of the file: « « budget.xlsx » ne peut pas être lu : … ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ClasseurRefuse {
    #[error(
        "c'est {0}.\n    À faire : dans le tableur, enregistrez le tableau sous « Classeur Excel (.xlsx) » ou « ODF (.ods) », et donnez ce fichier."
    )]
    AutreFichier(String),
    #[error(
        "il est protégé par un mot de passe.\n    À faire : ouvrez-le dans le tableur, ôtez le mot de passe d'ouverture, enregistrez-le, puis recommencez."
    )]
    Chiffre,
    #[error("il est vide.\n    À faire : donnez le fichier tel que le tableur l'a enregistré.")]
    Vide,
    #[error(
        "ce classeur est abîmé ({0}).\n    À faire : ouvrez-le dans le tableur, enregistrez-le de nouveau sous « Classeur Excel (.xlsx) », et donnez ce fichier."
    )]
    Abime(String),
    #[error("une fois déplié, son contenu dépasse {max} Mo.\n    À faire : supprimez les feuilles et les images inutiles, puis enregistrez-le de nouveau.", max = DEPLIE_MAX / 1024 / 1024)]
    TropGros,
    #[error("ce fichier d'un ancien format dépasse {max} Mo.\n    À faire : dans le tableur, enregistrez-le sous « Classeur Excel (.xlsx) ».", max = ANCIEN_MAX / 1024 / 1024)]
    AncienTropGros,
    #[error("la feuille « {feuille} » a une valeur en {cellule}, hors de ce qui est lu ({l} lignes, {c} colonnes).\n    À faire : supprimez ce qui est au-delà du tableau, puis enregistrez le classeur.", l = milliers(LIGNES_MAX as usize), c = COLONNES_MAX)]
    HorsLimites { feuille: String, cellule: String },
    #[error("il a plus de {n} cellules remplies : la lecture s'est arrêtée à la feuille « {feuille} », cellule {cellule}.\n    À faire : ne gardez que les feuilles utiles.", n = milliers(CELLULES_MAX))]
    TropDeCellules { feuille: String, cellule: String },
    #[error("la cellule {cellule} de la feuille « {feuille} » a plus de {n} caractères.\n    À faire : raccourcissez ce texte.", n = milliers(TEXTE_MAX))]
    TexteTropLong { feuille: String, cellule: String },
    #[error("ligne {ligne} : {message}\n    À faire : {remede}")]
    Texte { ligne: u64, message: String, remede: String },
    #[error(
        "{0}.\n    À faire : ouvrez-le dans le tableur, et enregistrez-le de nouveau sous « Classeur Excel (.xlsx) »."
    )]
    Arret(String),
}

/// « 20 000 ».
fn milliers(n: usize) -> String {
    format!("{}\u{A0}{:03}", n / 1000, n % 1000)
}
