//! PAR: who concludes the contract, who signs it, and with what power.

pub mod par_001;
pub mod par_002;
pub mod par_003;
pub mod par_004;
pub mod par_005;
pub mod par_006;
pub mod par_007;
pub mod par_008;
pub mod par_009;
pub mod par_010;
pub mod par_011;
pub mod par_012;
pub mod par_013;
pub mod par_014;
pub mod par_015;
pub mod par_016;
pub mod par_017;
pub mod par_018;
mod signataires;
