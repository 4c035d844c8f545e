//! Any bytes as a piece (PDF, PNG, JPEG): its pages as pictures, or why not.

#![no_main]

use cpom::isolement::Paquet;
use cpom::lecture::pages;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    pages::lire_ici(Paquet { octets: vec![octets.into()], ..Paquet::default() });
});
