//! SIE: head-office fees.

pub mod sie_001;
pub mod sie_002;
pub mod sie_003;
pub mod sie_004;
pub mod sie_005;
pub mod sie_006;
pub mod sie_007;
