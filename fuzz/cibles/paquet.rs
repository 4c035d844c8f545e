//! The smallest contract, printed once, and its Word file with one part changed.

use cpom::document::Document;
use cpom::dossier::{self, Choix};
use cpom::lecture::Fichier;
use cpom::rendu::docx;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

const MINIMAL: &[u8] = include_bytes!("../../fixtures/paca/minimal.json");

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let fichier = Fichier { nom: "minimal.json".into(), octets: MINIMAL.to_vec() };
    let ouverture = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()).expect("a fixture");
    let verification = dossier::verifier(&ouverture, &Choix::default()).expect("a verification");
    dossier::rediger(&ouverture, &Choix::default(), &verification).expect("a draft").remove(0).document
});

static PARTIES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let word = docx::rendre(&DOCUMENT, &docx::Options::default()).expect("a Word file");
    let mut archive = zip::ZipArchive::new(Cursor::new(word)).expect("a package");
    let noms: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let lire = |nom: String| {
        let mut contenu = Vec::new();
        archive.by_name(&nom).expect("a part").read_to_end(&mut contenu).expect("its bytes");
        (nom, contenu)
    };
    noms.into_iter().map(lire).collect()
});

#[allow(dead_code, reason = "each target uses a part of this file")]
pub fn document() -> &'static Document {
    &DOCUMENT
}

/// The package with that part.
pub fn avec(nom: &str, contenu: &[u8]) -> Vec<u8> {
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (autre, octets) in PARTIES.iter() {
        zip.start_file(autre.as_str(), options).expect("a part");
        zip.write_all(if autre == nom { contenu } else { octets }).expect("memory");
    }
    zip.finish().expect("a package").into_inner()
}
