//! Any bytes as a printed PDF: what it is, what it carries, and no more than that.

#![no_main]

use cpom::echanges::{DossierPdf, extraire};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    if let Ok(lu) = DossierPdf::lire("x.pdf", octets.to_vec()) {
        let _ = extraire(&lu);
    }
});
