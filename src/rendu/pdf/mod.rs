//! Block tree → PDF/A-3a and PDF/UA-1 bytes, drawn by Typst.
//!
//! The tree is data for a fixed Typst program (`templates/typst/dossier.typ`), cut in files so that what has not changed is
//! not drawn again (`feuilles`): no Typst source is ever built from strings. This module must not know the contract, nor choose a single word.

mod balises;
mod caracteres;
mod champs;
mod compression;
mod contenu;
mod diagnostics;
mod erreurs;
mod feuilles;
mod fontes;
mod formes;
mod geometrie;
mod glyphes;
pub(super) mod mise_en_page;
pub(super) mod monde;
mod options;
pub(super) mod preparation;
mod rangees;
pub(super) mod reperes;

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::Document;
use preparation::Usage;

pub use caracteres::manquants;
pub use champs::{Champ, GenreChamp};
pub use erreurs::Erreur;
pub use options::{Balises, Options};

/// A printed PDF and the fields to be signed, in the order of the signatories.
#[derive(Debug, Clone)]
pub struct Pdf {
    pub octets: Vec<u8>,
    pub champs: Vec<Champ>,
    pub pages: u32,
}

/// How many later compilations may still reuse a memoized result: enough for the logos of a batch, few
/// enough for its memory to stay flat.
const COMPILATIONS_GARDEES: usize = 2;

/// Prints a document as a tagged PDF, the same bytes for the same tree, with the signature fields of a definitive
/// one.
pub fn rendre(document: &Document, options: Options) -> Result<Pdf, Erreur> {
    champs::controler(document)?;
    let prepare = preparation::preparer(document, Usage::Impression)?;
    let monde = monde::Monde::new(&prepare, options, None)?;
    let octets = composer(&monde, &prepare.document);
    typst::comemo::evict(COMPILATIONS_GARDEES);
    let mut fichier = lopdf::Document::load_mem(&octets?)?;
    formes::alleger(&mut fichier)?;
    let champs = champs::poser(&mut fichier, &prepare.document, options.paraphes)?;
    let pages = u32::try_from(fichier.get_pages().len()).unwrap_or(u32::MAX);
    Ok(Pdf { octets: compression::compresser(fichier)?, champs, pages })
}

/// A font that the program carries: its family and face, and its bytes.
pub fn polices() -> impl Iterator<Item = (String, Vec<u8>)> {
    fontes::polices().map(|police| {
        let info = police.info();
        let variante = info.variant;
        let nom = format!("{} {:?} {}", info.family, variante.style, variante.weight.to_number());
        (nom, police.data().to_vec())
    })
}

/// What Typst alone makes of a document, before the signature fields and the compression: what benchmarks compare
/// `rendre` with.
pub fn composer_seul(document: &Document, options: Options) -> Result<Vec<u8>, Erreur> {
    let prepare = preparation::preparer(document, Usage::Impression)?;
    composer(&monde::Monde::new(&prepare, options, None)?, &prepare.document)
}

fn composer(monde: &monde::Monde, document: &Document) -> Result<Vec<u8>, Erreur> {
    let pages = mise_en_page::composer(monde)?;
    let options = PdfOptions {
        // Stable for one contract, and no clock: two printings of a dossier have the same identifier.
        ident: Smart::Custom(format!("cpom/{}", document.identite.reference)),
        creator: Smart::Custom(Some(document.identite.producteur.clone())),
        timestamp: None,
        page_ranges: None,
        standards: normes()?,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(&pages, &options).map_err(|diagnostics| diagnostics::traduire(&diagnostics, monde))
}

/// Archiving (PDF/A-3a, which allows the contract's data as an attachment) and accessibility (PDF/UA-1).
fn normes() -> Result<PdfStandards, Erreur> {
    PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|e| Erreur::Composition { details: e.message().to_string() })
}
