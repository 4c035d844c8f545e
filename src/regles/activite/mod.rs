//! ACT: activity of reference and targets.

pub mod act_001;
pub mod act_002;
pub mod act_003;
pub mod act_004;
pub mod act_005;
pub mod act_006;
pub mod act_007;
pub mod act_008;
pub mod act_009;
pub mod act_010;
pub mod act_011;
pub mod act_012;
mod designation;
