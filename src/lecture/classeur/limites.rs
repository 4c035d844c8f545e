//! How much of a workbook is read.

/// Rows, columns, cells and characters of a text: what Excel itself bounds, or far more than any table that people fill.
pub const LIGNES_MAX: u32 = 20_000;
pub const COLONNES_MAX: u32 = 256;
pub const CELLULES_MAX: usize = 500_000;
pub const TEXTE_MAX: usize = 32_767;
/// What may be unpacked of a workbook, and what may be given of the formats that are not streamed.
pub const DEPLIE_MAX: u64 = 200 * 1024 * 1024;
pub const ANCIEN_MAX: usize = 10 * 1024 * 1024;
