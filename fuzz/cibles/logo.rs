//! Any bytes as a logo (PNG, JPEG, SVG): a picture that both formats draw alike, or why not.

#![no_main]

use cpom::isolement::Paquet;
use cpom::lecture::images;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    images::lire_ici(Paquet { octets: vec![octets.into()], ..Paquet::default() });
});
