//! A document → what Word counts and names in it: numbers of headings, geometry of pages, styles.
//!
//! It must not know how the body is written, nor what a house style changes.

pub(super) mod numerotation;
pub(super) mod sections;
pub(super) mod styles;
