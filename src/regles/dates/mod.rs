//! DAT: duration, effect, deadlines, dialogues.

pub mod dat_001;
pub mod dat_002;
pub mod dat_003;
pub mod dat_004;
pub mod dat_005;
pub mod dat_006;
pub mod dat_007;
pub mod dat_008;
pub mod dat_009;
pub mod dat_010;
pub mod dat_011;
pub mod dat_012;
pub mod dat_013;
