use super::*;
use crate::dossier::{self, Ouverture};
use crate::echanges::reprise::Reprise;
use crate::lecture::Fichier;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn ouvrir(chemins: &[PathBuf]) -> Ouverture {
    let ouverture = dossier::ouvrir(chemins).expect("the contract opens");
    assert!(ouverture.contrat.is_some(), "{:?}", ouverture.remarques);
    ouverture
}

/// The contracts of the fixtures.
fn contrats() -> Vec<Vec<PathBuf>> {
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let seuls = ["paca/exemple", "paca/minimal", "bretagne/exemple", "ara/exemple", "persagotiere/exemple"];
    let parts = ["parties", "perimetre", "objectifs", "moyens"];
    let mut sortie: Vec<Vec<PathBuf>> = seuls.iter().map(|nom| vec![racine.join(format!("{nom}.json"))]).collect();
    sortie.push(parts.iter().map(|nom| racine.join(format!("hesperia71/{nom}.json"))).collect());
    sortie
}

fn paca() -> Ouverture {
    ouvrir(&contrats().swap_remove(0))
}

fn rendre(ouverture: &Ouverture, octets: &[u8]) -> Reprise {
    let classeur = lire("essai.xlsx", octets).expect("the workbook reads");
    importer("essai.xlsx", &classeur, ouverture, &Retour::default()).expect("it is that of the contract")
}

fn exporte(ouverture: &Ouverture) -> Vec<u8> {
    let options = Options { commentaires: Some(&ouverture.lecture.valeur), ..Options::default() };
    exporter(&ouverture.donnees, &options).expect("a workbook")
}

fn ne_change_rien(reprise: &Reprise, quoi: &str) {
    let dit = serde_json::to_string_pretty(reprise).unwrap_or_default();
    assert!(
        reprise.changements.is_empty() && reprise.elements.is_empty() && reprise.ecarts.is_empty(),
        "{quoi}: {dit}"
    );
    assert!(reprise.commentaires.is_empty() && reprise.notes.is_empty(), "{quoi}: {dit}");
    assert!(reprise.champs > 20, "{quoi}: {}", reprise.champs);
}

#[test]
fn a_workbook_that_nobody_changed_changes_nothing() {
    for chemins in contrats() {
        let ouverture = ouvrir(&chemins);
        ne_change_rien(&rendre(&ouverture, &exporte(&ouverture)), &format!("{chemins:?}"));
    }
}

#[test]
fn tables_in_text_that_nobody_changed_change_nothing() {
    for chemins in contrats() {
        let ouverture = ouvrir(&chemins);
        let mut classeur = crate::lecture::classeur::Classeur::default();
        for (nom, octets) in exporter_en_texte(&ouverture.donnees, &[]).expect("tables") {
            classeur.feuilles.extend(lire(&nom, &octets).expect("a table").feuilles);
        }
        let reprise = importer("tables", &classeur, &ouverture, &Retour::default()).expect("taken");
        ne_change_rien(&reprise, &format!("{chemins:?}"));
    }
}

#[test]
fn every_value_is_in_the_workbook_or_told_not_to_be() {
    for chemins in contrats() {
        let ouverture = ouvrir(&chemins);
        let restent = non_montrees(&ouverture.donnees);
        assert!(restent.is_empty(), "{chemins:?}: {restent:#?}");
    }
}

#[test]
fn the_same_contract_makes_the_same_bytes() {
    let ouverture = paca();
    assert!(exporte(&ouverture) == exporte(&ouverture));
}
