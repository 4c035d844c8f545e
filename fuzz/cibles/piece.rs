//! Any bytes as a piece (PDF, PNG, JPEG): its pages as pictures, or why not.

#![no_main]

use cpom::isolement::Paquet;
use cpom::lecture::pages;
use libfuzzer_sys::fuzz_target;

mod arrets;

fuzz_target!(|octets: &[u8]| {
    arrets::lire(|| {
        pages::lire_ici(Paquet { octets: vec![octets.into()], ..Paquet::default() });
    });
});
