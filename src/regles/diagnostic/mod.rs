//! DIA: from the findings of the diagnosis to the objectives.

pub mod dia_001;
pub mod dia_002;
pub mod dia_003;
pub mod dia_004;
pub mod dia_005;
pub mod dia_006;
pub mod dia_007;
pub mod dia_008;
pub mod dia_009;
pub mod dia_010;
pub mod dia_011;
pub mod dia_012;
pub mod dia_013;
pub mod dia_014;
pub mod dia_015;
pub mod dia_016;
pub mod dia_017;
pub mod dia_018;
mod lecture;
