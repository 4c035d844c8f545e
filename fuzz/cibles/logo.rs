//! Any bytes as a logo (PNG, JPEG, SVG): a picture that both formats draw alike, or why not.

#![no_main]

use cpom::isolement::Paquet;
use cpom::lecture::images;
use libfuzzer_sys::fuzz_target;

mod arrets;

fuzz_target!(|octets: &[u8]| {
    arrets::lire(|| {
        images::lire_ici(Paquet { octets: vec![octets.into()], ..Paquet::default() });
    });
});
