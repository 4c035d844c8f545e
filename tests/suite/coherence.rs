//! Properties of the rules on contracts that no one wrote: consistent ones are accepted, one broken sum is told
//! with what follows from it, the order of lists does not matter, and nothing makes the verification panic.

use std::collections::BTreeSet;

use cpom::dossier::{self, Choix};
use cpom::regles;
use cpom::remarque::{Remarque, Severite};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::grand::{Taille, contrat};
use super::outils::{Atelier, json as fixture, ouvrir};
use super::regles::rapport;

fn remarques(donnees: &Value) -> Vec<Remarque> {
    rapport(donnees, None).unwrap_or_else(|e| panic!("{e}")).remarques
}

fn taille() -> impl Strategy<Value = Taille> {
    (1usize..12, 1usize..10, 1usize..30, any::<u64>()).prop_map(|(etablissements, fiches, indicateurs, graine)| {
        Taille { etablissements, fiches, indicateurs, graine }
    })
}

/// The rules that compare figures with one another or with what is usual: a consistent contract has nothing for them.
const D_ECHELLE: [&str; 34] = [
    "PER-016", "PER-019", "PER-020", "PER-021", "PER-022", "PER-023", "PER-024", "DIA-013", "DIA-014", "DIA-015",
    "DIA-016", "DIA-018", "OBJ-012", "IND-009", "IND-010", "ACT-009", "ACT-010", "ACT-011", "ACT-012", "BUD-023",
    "BUD-024", "BUD-025", "BUD-026", "BUD-027", "BUD-028", "BUD-029", "BUD-030", "BUD-031", "BUD-033", "BUD-034",
    "SIE-006", "SIE-007", "DAT-013", "PAR-017",
];

/// Where one figure can be broken, and the rule that says so.
const SOMMES: [(&str, &str); 8] = [
    ("/perimetre/etablissements/0/capacite_declaree", "PER-001"),
    ("/perimetre/total_declare", "PER-002"),
    ("/perimetre/etablissements/0/etp/total_declare", "PER-012"),
    ("/moyens/budgets/0/total_declare", "BUD-001"),
    ("/moyens/totaux_declares/0/montant", "BUD-003"),
    ("/moyens/dotations/0/montant", "BUD-003"),
    ("/activite/0/theorique", "ACT-001"),
    ("/moyens/budgets/0/recettes/groupe_1", "BUD-002"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_contract_consistent_by_construction_has_no_blocking_remark(taille in taille()) {
        let bloquantes: Vec<String> = remarques(&contrat(&taille))
            .iter()
            .filter(|r| r.severite == Severite::Bloquante)
            .map(ToString::to_string)
            .collect();
        prop_assert!(bloquantes.is_empty(), "{taille:?}\n{}", bloquantes.join("\n"));
    }

    #[test]
    fn a_contract_consistent_by_construction_has_no_figure_out_of_scale(taille in taille()) {
        let venues: Vec<String> = remarques(&contrat(&taille))
            .iter()
            .filter(|r| D_ECHELLE.contains(&r.code.as_str()))
            .map(ToString::to_string)
            .collect();
        prop_assert!(venues.is_empty(), "{taille:?}\n{}", venues.join("\n"));
    }

    #[test]
    fn one_broken_sum_fires_its_rule_and_only_what_it_declares(taille in taille(), rang in 0..SOMMES.len(), ecart in 1u32..1000) {
        let avant = contrat(&taille);
        let (pointeur, code) = SOMMES[rang];
        let mut apres = avant.clone();
        let valeur = apres.pointer_mut(pointeur).expect("the generator writes it");
        *valeur = json!(valeur.as_f64().expect("a number") + f64::from(ecart));
        let compte = |donnees: &Value| -> Vec<String> {
            let mut codes: Vec<String> = remarques(donnees).into_iter().map(|r| r.code).collect();
            codes.sort();
            codes
        };
        let mut venus = compte(&apres);
        for connu in compte(&avant) {
            if let Some(place) = venus.iter().position(|c| *c == connu) {
                venus.remove(place);
            }
        }
        let permis: BTreeSet<&str> =
            regles::rule(code).expect("a rule").consequences.iter().copied().chain([code]).collect();
        prop_assert!(venus.iter().any(|c| c == code), "{pointeur}: {venus:?}");
        prop_assert!(venus.iter().all(|c| permis.contains(c.as_str())), "{pointeur}: {venus:?}, only {permis:?} expected");
    }

    #[test]
    fn the_order_of_lists_does_not_change_the_findings(taille in taille(), graine in any::<u64>()) {
        let mut casse = contrat(&taille);
        casse["perimetre"]["total_declare"] = json!(1);
        casse["moyens"]["budgets"][0]["total_declare"] = json!(1);
        casse["objectifs"][0]["constats"] = json!(["inconnu"]);
        let mut melange = casse.clone();
        melanger(&mut melange, graine);
        let dites = |donnees: &Value| -> BTreeSet<(String, String)> {
            remarques(donnees)
                .into_iter()
                .map(|r| (r.code, regles::chemins::stable(donnees, &r.pointeur)))
                .collect()
        };
        prop_assert_eq!(dites(&casse), dites(&melange));
    }
}

/// Turns every list of objects round by a number of places.
fn melanger(valeur: &mut Value, graine: u64) {
    match valeur {
        Value::Object(objet) => objet.iter_mut().for_each(|(_, v)| melanger(v, graine.rotate_left(7))),
        Value::Array(elements) => {
            elements.iter_mut().for_each(|v| melanger(v, graine.rotate_left(11)));
            if elements.iter().all(Value::is_object) && elements.len() > 1 {
                let tours = (graine % elements.len() as u64) as usize;
                elements.rotate_left(tours);
            }
        }
        _ => {}
    }
}

/// Values that no one expects.
fn hostile() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        Just(json!(0)),
        Just(json!(4_000_000)),
        Just(json!(1e12)),
        Just(json!(-1e15)),
        "\\PC{0,40}".prop_map(Value::from),
        Just(json!("2026-02-29")),
        Just(json!("9999-12-31")),
        Just(json!("0001-01-01")),
        Just(json!({ "non_applicable": "sans objet ici" })),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[], {}, 1, "x"])),
    ]
}

/// Every pointer of a value, lists and objects included.
fn pointeurs(valeur: &Value, ici: &str, tous: &mut Vec<String>) {
    tous.push(ici.to_owned());
    match valeur {
        Value::Object(objet) => objet.iter().for_each(|(cle, v)| pointeurs(v, &format!("{ici}/{cle}"), tous)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(n, v)| pointeurs(v, &format!("{ici}/{n}"), tous))
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_the_verification_panic(
        changements in prop::collection::vec((any::<prop::sample::Index>(), hostile()), 1..12),
        definitif in any::<bool>(),
    ) {
        let mut donnees = fixture("fixtures/paca/exemple.json");
        for (ou, valeur) in changements {
            let mut tous = Vec::new();
            pointeurs(&donnees, "", &mut tous);
            let pointeur = ou.get(&tous).clone();
            if let Some(place) = donnees.pointer_mut(&pointeur).filter(|_| !pointeur.is_empty()) {
                *place = valeur;
            }
        }
        donnees["etat"] = json!(if definitif { "definitif" } else { "projet" });
        let atelier = Atelier::nouveau();
        let ouverture = ouvrir(&[atelier.contrat(&donnees)]);
        match dossier::verifier(&ouverture, &Choix::default()).map_err(dossier::Erreur::from) {
            Ok(verification) => {
                for remarque in &verification.rapport.remarques {
                    prop_assert!(remarque.position.is_some(), "{remarque}");
                    prop_assert!(!remarque.message.is_empty());
                }
            }
            Err(
                erreur @ (dossier::Erreur::Modele(_)
                | dossier::Erreur::Exemplaires(dossier::ErreurExemplaires::GestionnaireInconnu { .. })),
            ) => {
                prop_assert!(!erreur.to_string().is_empty());
            }
            Err(erreur) => prop_assert!(false, "{erreur}"),
        }
    }
}
