//! SIE: head-office fees.
