//! Any bytes as a part of a house style, and a contract dressed by it. Input: the part (one byte), then its bytes.

#![no_main]

use cpom::rendu::docx::{self, Gabarit, Options};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

mod paquet;

const PARTIES: [&str; 5] =
    ["word/styles.xml", "word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"];

fuzz_target!(|octets: &[u8]| {
    let [partie, contenu @ ..] = octets else { return };
    let word = paquet::avec(PARTIES[usize::from(*partie) % PARTIES.len()], contenu);
    if let Ok(gabarit) = Gabarit::lire(&word) {
        let options = Options { gabarit: Some(Arc::new(gabarit)), ..Options::default() };
        docx::rendre(paquet::document(), &options).expect("what is accepted dresses a contract");
    }
});
