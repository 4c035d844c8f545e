//! Any bytes as the file of a contract: read, checked, written as a draft.

#![no_main]

use cpom::dossier::{self, Choix};
use cpom::lecture;
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;

fuzz_target!(|octets: &[u8]| {
    let Ok(fichier) = lecture::recu("contrat.json".into(), octets.to_vec()) else { return };
    let Ok(ouverture) = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()) else { return };
    let Ok(verification) = dossier::verifier(&ouverture, &Choix::default()) else { return };
    let _ = dossier::compte_rendu(&ouverture, &verification).json();
    let _ = dossier::rediger(&ouverture, &Choix::default(), &verification);
});
