//! A contract ↔ the workbook that people fill: one sheet for each list, its columns named by the schema.
//!
//! ```text
//! contract ─grille─▶ sheets of rows and columns ─exporter▶ xlsx, csv
//! workbook ─lecture::classeur▶ cells ─reperage▶ the same sheets, rows and columns ─importer▶ Reprise
//! ```
//!
//! Sheets are derived from the schema, so that every value has a cell; `plan` says only what the schema cannot: keys, names, years
//! in columns, totals. It must not know how a workbook is written in bytes, but for `exporter`.

mod cellule;
mod colonnes;
mod demande;
mod erreurs;
mod exporter;
mod grille;
mod importer;
mod noms;
mod plan;
mod reperage;
mod texte;

pub use demande::{Options, Pour};
pub use erreurs::Erreur;
pub use exporter::{TYPE, exporter, feuilles};
pub use grille::non_montrees;
pub use importer::{Retour, importer, lire};
pub use texte::exporter as exporter_en_texte;

#[cfg(test)]
mod tests;
