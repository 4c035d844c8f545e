//! PER: establishments, capacities, references between the parts of the file.

pub mod per_001;
pub mod per_002;
pub mod per_003;
pub mod per_004;
pub mod per_005;
pub mod per_006;
pub mod per_007;
pub mod per_008;
pub mod per_009;
pub mod per_010;
pub mod per_011;
pub mod per_012;
pub mod per_013;
pub mod per_014;
pub mod per_015;
pub mod per_016;
pub mod per_019;
pub mod per_020;
pub mod per_021;
pub mod per_022;
pub mod per_023;
pub mod per_024;
mod places;
mod reel;
mod renvois;
