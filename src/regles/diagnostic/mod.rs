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
mod lecture;
