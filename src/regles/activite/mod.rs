//! ACT: activity of reference and targets.

pub mod act_001;
pub mod act_002;
pub mod act_003;
pub mod act_004;
pub mod act_005;
pub mod act_006;
pub mod act_007;
pub mod act_008;
mod designation;
