//! ANX: annexes and pieces.

pub mod anx_001;
pub mod anx_002;
pub mod anx_003;
pub mod anx_004;
