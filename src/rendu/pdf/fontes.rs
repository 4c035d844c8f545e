//! The fonts that the program holds: what Typst chooses among, and no other.

use std::sync::LazyLock;

use typst::text::{Font, FontBook};
use typst_kit::fonts::FontStore;

pub(super) static POLICES: LazyLock<FontStore> = LazyLock::new(|| {
    let mut polices = FontStore::new();
    polices.extend(typst_kit::fonts::embedded());
    polices
});

/// The embedded fonts.
pub fn polices() -> impl Iterator<Item = Font> {
    (0..).map_while(|rang| POLICES.font(rang))
}

/// What Typst chooses among.
pub fn livre() -> &'static FontBook {
    POLICES.book()
}
