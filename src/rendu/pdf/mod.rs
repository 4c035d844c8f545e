//! Block tree → PDF/A-3a and PDF/UA-1 bytes, drawn by Typst.
//!
//! The tree is data for a fixed Typst program (`templates/typst/dossier.typ`): no Typst source is ever
//! built from strings. This module must not know the contract, nor choose a single word.

mod caracteres;
mod compression;
mod erreurs;
mod geometrie;
mod monde;
mod preparation;
mod rangees;

use typst::diag::Warned;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::{Document, Identite};

pub use erreurs::Erreur;

/// How many later compilations may still reuse a memoized result: enough for the logos of a batch, few
/// enough for its memory to stay flat.
const COMPILATIONS_GARDEES: usize = 2;

/// Prints a document as a tagged PDF, the same bytes for the same tree.
pub fn rendre(document: &Document) -> Result<Vec<u8>, Erreur> {
    let prepare = preparation::preparer(document)?;
    let monde = monde::Monde::new(&prepare)?;
    let resultat = composer(&monde, &prepare);
    typst::comemo::evict(COMPILATIONS_GARDEES);
    resultat
}

fn composer(monde: &monde::Monde, document: &Document) -> Result<Vec<u8>, Erreur> {
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(monde);
    let pages = output.map_err(|diagnostics| erreurs::traduire(&diagnostics, monde))?;
    let options = PdfOptions {
        // Stable for one contract, and no clock: two printings of a dossier have the same identifier.
        ident: Smart::Custom(format!("cpom/{}", document.identite.reference)),
        creator: Smart::Custom(Some(document.identite.producteur.clone())),
        timestamp: None,
        page_ranges: None,
        standards: normes(&document.identite)?,
        tagged: true,
        pretty: false,
    };
    let octets = typst_pdf::pdf(&pages, &options).map_err(|diagnostics| erreurs::traduire(&diagnostics, monde))?;
    compression::compresser(&octets).map_err(|e| Erreur::Composition { details: e.to_string() })
}

/// Archiving (PDF/A-3a, which allows the contract's data as an attachment) and accessibility (PDF/UA-1).
///
/// An archive must bear a date: a draft that has none yet is only accessible.
fn normes(identite: &Identite) -> Result<PdfStandards, Erreur> {
    let normes: &[PdfStandard] =
        if identite.date.is_empty() { &[PdfStandard::Ua_1] } else { &[PdfStandard::A_3a, PdfStandard::Ua_1] };
    PdfStandards::new(normes).map_err(|e| Erreur::Composition { details: e.message().to_string() })
}
