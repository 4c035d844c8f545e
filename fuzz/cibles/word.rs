//! Any bytes as the text of an edited Word file, in a package that is otherwise right: read, both ways.

#![no_main]

use cpom::echanges::word::{DossierWord, Suivi};
use libfuzzer_sys::fuzz_target;

mod paquet;

fuzz_target!(|octets: &[u8]| {
    let word = paquet::avec("word/document.xml", octets);
    for suivi in [Suivi::Accepte, Suivi::Original] {
        let _ = DossierWord::lire(&word, suivi);
    }
});
