//! ANX: annexes and pieces.
