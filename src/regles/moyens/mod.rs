//! BUD: budgets, grants, means of the fiches.

pub mod bud_001;
pub mod bud_002;
pub mod bud_003;
pub mod bud_004;
pub mod bud_005;
pub mod bud_006;
pub mod bud_007;
pub mod bud_008;
pub mod bud_009;
pub mod bud_010;
pub mod bud_011;
pub mod bud_012;
pub mod bud_013;
pub mod bud_014;
pub mod bud_015;
pub mod bud_016;
pub mod bud_017;
pub mod bud_018;
pub mod bud_019;
pub mod bud_020;
pub mod bud_021;
pub mod bud_022;
pub mod bud_023;
pub mod bud_024;
pub mod bud_025;
pub mod bud_026;
pub mod bud_027;
pub mod bud_028;
pub mod bud_029;
pub mod bud_030;
pub mod bud_031;
pub mod bud_032;
pub mod bud_033;
pub mod bud_034;

mod fiches;
