//! What one command refuses the other says: whatever stands in a contract, `verifier` tells all that would stop its
//! printing, and what it accepts prints in every format.

use std::collections::BTreeMap;

use cpom::document::Etat;
use cpom::dossier::{self, Choix, Erreur, Format};
use cpom::lecture::Fichier;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::outils::json as lire_json;

const MINIMAL: &str = "fixtures/paca/minimal.json";
const EXEMPLE: &str = "fixtures/paca/exemple.json";

/// What a hand, a spreadsheet or an attacker may leave in the place of any value.
fn valeurs() -> impl Strategy<Value = Value> {
    let texte = prop_oneof![
        Just(String::new()),
        Just(" \u{a0}\u{200b}".to_owned()),
        Just("x".repeat(20_000)),
        Just("mot ".repeat(5_000)),
        Just("a\u{0}b\u{1b}[31m\u{202e}\u{2028}\u{b}\u{85}\u{fffe}".to_owned()),
        Just("☑ 王伟 ✅ \u{e000}\u{f0a8} ﷽ עברית 🏳️‍🌈".to_owned()),
        Just(format!("e{}", "\u{301}".repeat(40))),
        Just("- a\n- b\n\n1. c\n# d\n| e | f |\n> g\n```\nh".to_owned()),
        Just("<w:p/>&amp;]]>{{ x }}{% y %}#z $t$ [u](v) **w** *".to_owned()),
        Just("=HYPERLINK(\"http://exemple.invalid\")".to_owned()),
        Just("9999-12-31".to_owned()),
        Just("2026-02-29".to_owned()),
        "\\PC{0,40}",
    ];
    prop_oneof![
        4 => texte.prop_map(Value::String),
        1 => prop::sample::select(vec![
            json!(0), json!(-1), json!(1e308), json!(-1e-300), json!(i64::MAX), json!(u64::MAX), json!(0.1), json!(true),
            json!(null), json!([]), json!({}), json!({"non_applicable": "motif\u{2028}**en gras** ☑"}), json!([[[]]]),
        ]),
    ]
}

/// The pointers of all that a contract holds.
fn pointeurs(valeur: &Value, ici: &str, sortie: &mut Vec<String>) {
    sortie.push(ici.to_owned());
    match valeur {
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(rang, e)| pointeurs(e, &format!("{ici}/{rang}"), sortie));
        }
        Value::Object(objet) => objet.iter().for_each(|(cle, v)| pointeurs(v, &format!("{ici}/{cle}"), sortie)),
        _ => {}
    }
}

fn change(base: &str, coups: &[(usize, Value)]) -> Value {
    let mut contrat = lire_json(base);
    for (place, valeur) in coups {
        let mut tous = Vec::new();
        pointeurs(&contrat, "", &mut tous);
        let pointeur = &tous[1 + place % (tous.len() - 1)];
        *contrat.pointer_mut(pointeur).expect("a place of the contract") = valeur.clone();
    }
    contrat
}

/// Checks a contract, then prints it; what is said of both must agree.
fn accorder(contrat: &Value, formats: &[Format]) -> Result<(), TestCaseError> {
    for etat in [Etat::Projet, Etat::Definitif] {
        let choix = Choix { etat: Some(etat), ..Choix::default() };
        let fichier = Fichier { nom: "contrat.json".into(), octets: contrat.to_string().into_bytes() };
        let Ok(ouverture) = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()) else { return Ok(()) };
        let verification = match dossier::verifier(&ouverture, &choix).map_err(Erreur::from) {
            Ok(verification) => verification,
            Err(erreur) => {
                prop_assert!(!erreur.est_un_defaut(), "{erreur}");
                continue;
            }
        };
        let compte_rendu = dossier::compte_rendu(&ouverture, &verification);
        let imprimable = dossier::imprimable(&ouverture, &verification, &compte_rendu);
        if etat == Etat::Definitif {
            prop_assert!(imprimable || compte_rendu.refuse, "refused without a remark");
        }
        if !imprimable {
            continue;
        }
        let imprime =
            dossier::rediger(&ouverture, &choix, &verification).map_err(Erreur::from).and_then(|exemplaires| {
                dossier::imprimer_tout(&exemplaires, formats, false, |_, _| ()).map_err(Erreur::from)
            });
        if let Err(erreur) = imprime {
            return Err(TestCaseError::fail(format!("accepted ({}), then: {erreur}", compte_rendu.verdict)));
        }
    }
    Ok(())
}

fn coups() -> impl Strategy<Value = Vec<(usize, Value)>> {
    prop::collection::vec((any::<usize>(), valeurs()), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_verifier_accepts_prints_in_every_format(coups in coups()) {
        accorder(&change(MINIMAL, &coups), &[Format::Pdf, Format::Docx, Format::Texte])?;
    }
}

proptest! {
    // A long contract, with every kind of element.
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_verifier_accepts_of_a_long_contract_is_written(coups in coups()) {
        accorder(&change(EXEMPLE, &coups), &[Format::Docx, Format::Texte])?;
    }
}
