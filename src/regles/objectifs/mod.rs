//! OBJ: objectives and the fiches that carry them out.

mod libelles;
pub mod obj_001;
pub mod obj_002;
pub mod obj_003;
pub mod obj_004;
pub mod obj_005;
pub mod obj_006;
pub mod obj_007;
pub mod obj_008;
pub mod obj_009;
pub mod obj_010;
pub mod obj_011;
pub mod obj_012;
