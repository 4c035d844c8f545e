//! Files that come in damaged, in any way: each is read or refused with words; the program never breaks on one.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use cpom::dossier::{self, Choix};
use cpom::echanges::word::{DossierWord, Suivi};
use cpom::echanges::{DossierPdf, controler, extraire};
use cpom::lecture::{Fichier, lire_fichiers};
use cpom::rendu::{docx, pdf};
use proptest::prelude::*;

use super::outils::{deballer, emballer, json, lire, racine};

const MINIMAL: &str = "fixtures/paca/minimal.json";

/// A change of bytes: at a place, some are taken away and others put.
#[derive(Debug, Clone)]
struct Coup {
    place: usize,
    retires: usize,
    mis: Vec<u8>,
}

impl Coup {
    fn porter(&self, octets: &mut Vec<u8>) {
        let debut = self.place % octets.len().max(1);
        let fin = (debut + self.retires).min(octets.len());
        octets.splice(debut..fin, self.mis.iter().copied());
    }
}

/// Bytes of any kind, and those that mean something to a notation.
fn coups() -> impl Strategy<Value = Vec<Coup>> {
    let parlants = prop_oneof![
        Just(b"<w:p>".to_vec()),
        Just(b"</w:p>".to_vec()),
        Just(b"&#0;".to_vec()),
        Just(b"endobj".to_vec()),
        Just(b"99999999999".to_vec()),
        Just(b"null".to_vec()),
        Just(b"[[[[".to_vec()),
        Just("\u{FEFF}é\"".as_bytes().to_vec()),
    ];
    let mis = prop_oneof![prop::collection::vec(any::<u8>(), 0..6), parlants];
    let coup = (any::<usize>(), 0usize..40, mis).prop_map(|(place, retires, mis)| Coup { place, retires, mis });
    prop::collection::vec(coup, 1..5)
}

fn exemplaire() -> dossier::Exemplaire {
    let fichiers: Vec<PathBuf> = vec![racine().join(MINIMAL)];
    let ouverture = dossier::ouvrir(&fichiers).unwrap();
    let verification = dossier::verifier(&ouverture, &Choix::default()).unwrap();
    dossier::rediger(&ouverture, &Choix::default(), &verification).unwrap().remove(0)
}

static PDF: LazyLock<Vec<u8>> =
    LazyLock::new(|| pdf::rendre(&exemplaire().document, pdf::Options::default()).unwrap().octets);

static WORD: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| deballer(&docx::rendre(&exemplaire().document, &docx::Options::default()).unwrap()));

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_contract_is_read_or_refused_and_its_draft_prints(coups in coups()) {
        let mut octets = lire(MINIMAL).into_bytes();
        coups.iter().for_each(|coup| coup.porter(&mut octets));
        let fichier = Fichier { nom: "contrat.json".into(), octets };
        if let Ok(lecture) = lire_fichiers(vec![fichier]) {
            let ouverture = dossier::examiner(lecture).unwrap();
            let verification = dossier::verifier(&ouverture, &Choix::default());
            if let (Some(_), Ok(verification)) = (&ouverture.contrat, verification) {
                // A model that does not exist is told; nothing else may stop a draft.
                let _ = dossier::rediger(&ouverture, &Choix::default(), &verification).map_err(|e| e.to_string());
            }
        }
    }

    #[test]
    fn a_damaged_word_file_is_read_or_refused(partie in 0usize..20, coups in coups(), entier: bool) {
        let mut parties = WORD.clone();
        let nom = parties.keys().nth(partie % parties.len()).unwrap().clone();
        // Half of the blows fall on the text.
        let nom = if partie % 2 == 0 { "word/document.xml".to_owned() } else { nom };
        let mut octets = emballer(&parties);
        if entier {
            coups.iter().for_each(|coup| coup.porter(&mut octets));
        } else {
            let cible = parties.get_mut(&nom).unwrap();
            coups.iter().for_each(|coup| coup.porter(cible));
            octets = emballer(&parties);
        }
        for suivi in [Suivi::Accepte, Suivi::Original] {
            if let Err(erreur) = DossierWord::lire(&octets, suivi) {
                prop_assert!(erreur.to_string().contains("À faire : "), "{erreur}");
            }
        }
    }
}

proptest! {
    // Each case whose data are intact prints the dossier again.
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_pdf_is_read_or_refused_and_never_taken_for_the_one_that_was_printed(coups in coups()) {
        let mut octets = PDF.clone();
        coups.iter().for_each(|coup| coup.porter(&mut octets));
        let change = octets != *PDF;
        match DossierPdf::lire("x.pdf", octets) {
            Err(erreur) => prop_assert!(erreur.to_string().contains("À faire : "), "{erreur}"),
            Ok(lu) => {
                let _ = extraire(&lu).map_err(|e| e.to_string());
                if let Ok(controle) = controler(&lu, None) {
                    let dit = serde_json::to_value(&controle).unwrap();
                    prop_assert!(!change || dit["conforme"] != serde_json::json!(true), "{dit:#}");
                }
            }
        }
    }
}

#[test]
fn a_contract_of_a_hundred_megabytes_is_refused_at_once() {
    let dossier = tempfile::tempdir().unwrap();
    let fichier = dossier.path().join("enorme.json");
    let mut contrat = json(MINIMAL);
    contrat["$comment"] = serde_json::Value::String("x".repeat(100 * 1024 * 1024));
    fs::write(&fichier, contrat.to_string()).unwrap();
    let erreur = dossier::ouvrir(&[fichier]).unwrap_err().to_string();
    assert!(erreur.contains("dépasse 20 Mo") && erreur.contains("À faire : "), "{erreur}");
}
