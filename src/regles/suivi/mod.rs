//! SUI: committee, documents, deadlines.

pub mod sui_001;
pub mod sui_002;
pub mod sui_003;
pub mod sui_004;
