//! The registry: every rule of the catalogue, in its order.

use super::rule::Rule;
use super::*;

/// All rules; the codes are stable and never reused.
pub static RULES: &[&Rule] = &[
    // --- IDN ---
    &identifiants::idn_001::RULE,
    &identifiants::idn_002::RULE,
    // --- PAR ---
    // --- DAT ---
    // --- PER ---
    // --- DIA ---
    // --- OBJ ---
    // --- IND ---
    // --- ACT ---
    // --- BUD ---
    // --- SIE ---
    // --- RES ---
    // --- SUI ---
    // --- ANX ---
];
