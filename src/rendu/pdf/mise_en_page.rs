//! What Typst may see → its pages.

use typst::diag::Warned;
use typst_layout::PagedDocument;

use super::diagnostics;
use super::erreurs::Erreur;
use super::monde::Monde;

/// The pages, drawn; what Typst remembers of earlier ones is not drawn again.
pub fn composer(monde: &Monde) -> Result<PagedDocument, Erreur> {
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(monde);
    output.map_err(|diagnostics| diagnostics::traduire(&diagnostics, monde))
}
