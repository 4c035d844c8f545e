//! What is asked of a Word file beside its words → the geometry of its pages.

use std::sync::Arc;

use super::gabarit::Gabarit;
use super::plan::sections::Geometrie;

/// How a Word file may be edited, and how it looks.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The text is locked but for the values that the gestionnaire holds.
    pub verrouille: bool,
    /// The house style; ours without it.
    pub gabarit: Option<Arc<Gabarit>>,
}

impl Options {
    pub(super) fn geometrie(&self) -> Geometrie {
        self.gabarit.as_ref().map_or_else(Geometrie::default, |gabarit| gabarit.geometrie)
    }
}
