//! RES: how results are allocated.

pub mod res_001;
pub mod res_002;
pub mod res_003;
pub mod res_004;
pub mod res_005;
