//! ACT: activity of reference and targets.
