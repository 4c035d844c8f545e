//! Any text as a value of a contract that is otherwise right: it goes through the clauses, into text and Word.
//!
//! Input: a big-endian rank (two bytes), a text, a zero byte, and so on.

#![no_main]

use cpom::dossier::{self, Choix, Format};
use cpom::lecture::Fichier;
use cpom::rendu::Options;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static CONTRAT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../fixtures/paca/exemple.json")).expect("a fixture"));

fuzz_target!(|octets: &[u8]| {
    let mut contrat = CONTRAT.clone();
    for coup in octets.split(|octet| *octet == 0) {
        let [haut, bas, texte @ ..] = coup else { continue };
        let mut textes = Vec::new();
        rassembler(&mut contrat, &mut textes);
        let rang = usize::from(u16::from_be_bytes([*haut, *bas])) % textes.len().max(1);
        if let Some(place) = textes.into_iter().nth(rang) {
            *place = String::from_utf8_lossy(texte).into_owned();
        }
    }
    let fichier = Fichier { nom: "contrat.json".into(), octets: contrat.to_string().into_bytes() };
    let Ok(ouverture) = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()) else { return };
    let Ok(verification) = dossier::verifier(&ouverture, &Choix::default()) else { return };
    let Ok(exemplaires) = dossier::rediger(&ouverture, &Choix::default(), &verification) else { return };
    for exemplaire in exemplaires {
        for format in [Format::Texte, Format::Docx] {
            dossier::imprimer(&exemplaire.document, format, &Options::default()).expect("a draft prints");
        }
    }
});

fn rassembler<'v>(valeur: &'v mut Value, textes: &mut Vec<&'v mut String>) {
    match valeur {
        Value::String(texte) => textes.push(texte),
        Value::Array(elements) => elements.iter_mut().for_each(|e| rassembler(e, textes)),
        Value::Object(entrees) => entrees.values_mut().for_each(|e| rassembler(e, textes)),
        _ => {}
    }
}
