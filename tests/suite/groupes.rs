//! Reports that say a thing once: what is the same of many elements is one remark, and none of them is lost.

use std::collections::BTreeMap;

use cpom::compte_rendu::{CompteRendu, entrees};
use cpom::dossier::{self, Choix, Forme};
use cpom::remarque::Remarque;
use serde_json::{Value, json};

use super::grand::{Taille, contrat};
use super::outils::{Atelier, contrats, ouvrir};

/// Sixty establishments, and a mistake that many of them share.
fn grands() -> Vec<(&'static str, Value)> {
    let sain = || contrat(&Taille { etablissements: 60, fiches: 10, indicateurs: 20, graine: 3 });
    let mut sans_constat = sain();
    sans_constat["diagnostic"]["constats"].as_array_mut().expect("a list").iter_mut().for_each(|constat| {
        constat["etablissements"] = json!([]);
    });
    if let Some(diagnostic) = sans_constat["diagnostic"].as_object_mut() {
        diagnostic.remove("indicateurs");
        diagnostic.remove("situation_financiere");
    }
    let mut retirees = sain();
    retirees["perimetre"]["etablissements"].as_array_mut().expect("a list").iter_mut().for_each(|esms| {
        esms["categorie"] = json!("437");
    });
    let mut fin = sain();
    fin["periode"]["fin"] = json!("2032-12-31");
    vec![("sain", sain()), ("sans constat", sans_constat), ("catégories retirées", retirees), ("fin", fin)]
}

fn compte_rendu(donnees: &Value) -> CompteRendu {
    let atelier = Atelier::nouveau();
    let ouverture = ouvrir(&[atelier.contrat(donnees)]);
    dossier::controler(&ouverture, &Choix::default(), false).unwrap_or_else(|e| panic!("{e}"))
}

fn tous() -> Vec<(String, CompteRendu)> {
    let mut tous: Vec<(String, CompteRendu)> =
        grands().into_iter().map(|(nom, donnees)| (nom.to_owned(), compte_rendu(&donnees))).collect();
    for (nom, chemins) in contrats() {
        let rendu = dossier::controler(&ouvrir(&chemins), &Choix::default(), false);
        tous.push((nom, rendu.unwrap_or_else(|e| panic!("{e}"))));
    }
    tous
}

#[test]
fn what_is_told_as_one_loses_no_place_and_has_a_remedy() {
    for (nom, rendu) in tous() {
        let remarques: Vec<&Remarque> = rendu.remarques.iter().map(|l| &l.remarque).collect();
        let places = |lieux: Vec<(String, String)>| {
            let mut comptes: BTreeMap<(String, String), usize> = BTreeMap::new();
            lieux.into_iter().for_each(|lieu| *comptes.entry(lieu).or_insert(0) += 1);
            comptes
        };
        let dites = entrees(&remarques);
        let dit = dites.iter().flat_map(|e| e.pointeurs.iter().map(|p| (e.code.clone(), p.clone()))).collect();
        let trouve = remarques.iter().map(|r| (r.code.clone(), r.pointeur.clone())).collect();
        assert_eq!(places(dit), places(trouve), "{nom}");
        for entree in &dites {
            assert!(!entree.remede.is_empty(), "{nom}: {} « {} »", entree.code, entree.message);
        }
        for entree in rendu.a_traiter_d_abord() {
            assert!(dites.contains(&entree), "{nom}: {}", entree.message);
        }
    }
}

#[test]
fn the_report_on_sixty_establishments_holds_on_two_pages() {
    for (nom, donnees) in grands() {
        let rendu = compte_rendu(&donnees);
        let pdf = dossier::ecrire_rapport(&rendu, Forme::Pdf).unwrap_or_else(|e| panic!("{e}"));
        let pages = lopdf::Document::load_mem(&pdf).expect("a PDF").get_pages().len();
        assert!(pages <= 2, "{nom}: {pages} pages for {} remarks", rendu.remarques.len());
    }
}

#[test]
fn a_wrong_end_date_is_one_remark() {
    let (_, fin) = grands().remove(3);
    let dates: Vec<String> =
        compte_rendu(&fin).remarques.into_iter().map(|l| l.remarque.code).filter(|c| c.starts_with("DAT-")).collect();
    assert_eq!(dates, ["DAT-001"]);
}
