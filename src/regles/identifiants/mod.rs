//! IDN: numbers of the registers (FINESS, SIREN, SIRET) and categories.

pub mod idn_001;
pub mod idn_002;
