//! Who pays what: with a contract per gestionnaire, each euro is in the contract of the one who bears it, and in no other.

use std::collections::BTreeMap;

use cpom::dossier::{self, Choix};
use cpom::lecture::Fichier;
use cpom::modele::Catalogue;
use serde_json::{Value, json};

use super::outils::{donnees, modifie, rediger};

/// The words of each contract of the folder, through a model.
fn contrats(donnees: &Value, modele: &str) -> Vec<String> {
    let fichier = Fichier { nom: "contrat.json".into(), octets: donnees.to_string().into_bytes() };
    let ouverture = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()).unwrap();
    assert!(ouverture.contrat.is_some(), "{:#?}", ouverture.remarques);
    let choix = Choix { modele: Some(modele.into()), ..Choix::default() };
    let textes = rediger(&ouverture, &choix).into_iter().map(|e| cpom::rendu::texte::rendre(&e.document));
    textes.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn modeles() -> Vec<String> {
    let liste = Catalogue::embarque().liste().expect("our models");
    liste.iter().map(|m| m.manifeste.id.to_string()).collect()
}

/// The cents of the amounts that follow a label.
fn montants(texte: &str, etiquette: &str) -> Vec<i64> {
    let suites = texte.split(etiquette).skip(1);
    suites
        .map(|suite| {
            let ecrit = suite.split('€').next().unwrap_or_default();
            ecrit.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
        })
        .collect()
}

#[test]
fn each_euro_of_a_common_head_office_is_in_the_contract_of_one_gestionnaire() {
    let hesperia = donnees("hesperia71");
    for modele in modeles() {
        let textes = contrats(&hesperia, &modele);
        assert_eq!(textes.len(), 2, "{modele}");
        for (etiquette, total) in [
            ("Part du montant annuel :", 39_861_900),
            ("Part des charges brutes du dernier exercice clos :", 1_810_000_000),
        ] {
            let parts: Vec<i64> = textes.iter().flat_map(|t| montants(t, etiquette)).collect();
            assert_eq!(parts.len(), 2, "{modele}: {etiquette}");
            assert_eq!(parts.iter().sum::<i64>(), total, "{modele}: {etiquette}");
        }
        for texte in &textes {
            // The common amount is told once, as common, and no contract takes it for its own.
            assert_eq!(texte.matches("398 619,00 €").count(), 1, "{modele}");
            assert!(texte.contains("Ses frais s’élèvent ensemble à 398 619,00 €"), "{modele}");
            assert!(!texte.contains("Montant annuel : 398 619,00 €"), "{modele}");
        }
    }
}

#[test]
fn a_line_of_one_gestionnaire_is_in_its_contract_only() {
    let credits = json!([
        { "annee": 2014, "montant": 11111, "autorite": "ars-bourgogne", "gestionnaire": "papillons-blancs-creusot", "objet": "le Creusot" },
        { "annee": 2014, "montant": 22222, "autorite": "ars-bourgogne", "gestionnaire": "papillons-blancs-chalon", "objet": "Chalon" },
        { "annee": 2014, "montant": 33333, "autorite": "ars-bourgogne", "objet": "les deux", "parts": [
            { "gestionnaire": "papillons-blancs-creusot", "montant": 20000 },
            { "gestionnaire": "papillons-blancs-chalon", "montant": 13333 },
        ] },
    ]);
    let sieges = json!([
        { "gestionnaire": "papillons-blancs-creusot", "quote_part": { "montant": 44444 } },
        { "gestionnaire": "papillons-blancs-chalon", "quote_part": { "montant": 55555 } },
    ]);
    let contrat = modifie(
        &donnees("hesperia71"),
        json!([
            { "op": "add", "path": "/moyens/cnr", "value": credits },
            { "op": "add", "path": "/moyens/par_gestionnaire", "value": sieges },
        ]),
    );
    for modele in modeles() {
        let textes = contrats(&contrat, &modele);
        for montant in ["11 111,00 €", "22 222,00 €", "44 444,00 €", "55 555,00 €"] {
            let combien = textes.iter().filter(|t| t.contains(montant)).count();
            assert_eq!(combien, 1, "{modele}: {montant}");
        }
        for part in ["| 20 000,00 €", "| 13 333,00 €"] {
            assert_eq!(textes.iter().filter(|t| t.contains(part)).count(), 1, "{modele}: {part}");
        }
        assert!(textes.iter().all(|t| t.contains("part d’un montant commun de 33 333,00 €")), "{modele}");
        assert!(textes.iter().all(|t| !t.contains("| 33 333,00 €")), "{modele}");
    }
}

#[test]
fn a_contract_for_all_tells_the_share_of_each_gestionnaire() {
    let contrat =
        modifie(&donnees("hesperia71"), json!([{ "op": "replace", "path": "/contrat_par", "value": "ensemble" }]));
    for modele in modeles() {
        let textes = contrats(&contrat, &modele);
        assert_eq!(textes.len(), 1, "{modele}");
        for montant in ["398 619,00 €", "319 157,88 €", "79 461,12 €"] {
            assert!(textes[0].contains(montant), "{modele}: {montant}");
        }
    }
}
