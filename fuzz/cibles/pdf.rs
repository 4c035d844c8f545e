//! Any bytes as a printed PDF: what it carries, its revisions, its signatures, and no more than that.

#![no_main]

use cpom::echanges::revisions;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let _ = revisions::ouvrir(octets);
});
