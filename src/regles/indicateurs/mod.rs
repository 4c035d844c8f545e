//! IND: how the objectives are measured.

pub mod ind_001;
pub mod ind_002;
pub mod ind_003;
pub mod ind_004;
pub mod ind_005;
pub mod ind_006;
pub mod ind_007;
pub mod ind_008;
pub mod ind_009;
pub mod ind_010;
mod lecture;
