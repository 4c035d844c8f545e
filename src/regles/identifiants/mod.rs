//! IDN: numbers of the registers (FINESS, SIREN, SIRET) and categories.

pub mod idn_001;
pub mod idn_002;
pub mod idn_003;
pub mod idn_004;
pub mod idn_005;
pub mod idn_006;
pub mod idn_007;
pub mod idn_008;
