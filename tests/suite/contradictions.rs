//! Nothing contradicted: for each sentence of a clause that asserts something, data that would make it false, and the
//! sentence is not printed.
//!
//! The pairs are in `fixtures/contradictions/DOMAIN.json`. A pair says what must not be read, and what must be read
//! instead; `sinon` shows that the sentence still exists where the data bear it out.

use std::collections::BTreeMap;

use cpom::modele::Catalogue;
use serde::Deserialize;
use serde_json::{Value, json};

use super::outils::{donnees, fichiers, json, modifie, mots_imprimes};

/// Pairs at the least, over all domains and models.
const AU_MOINS: usize = 110;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paire {
    /// What the pair shows, in a sentence.
    cas: String,
    /// A contract of `fixtures`, or a folder whose files are one contract.
    #[serde(default = "base_par_defaut")]
    base: String,
    /// The models that it is printed through; all of them when nothing is said.
    #[serde(default)]
    modeles: Vec<String>,
    /// Data that contradict the sentence: a JSON Patch on the contract.
    patch: Value,
    /// The contract of that gestionnaire only.
    #[serde(default)]
    gestionnaire: Option<String>,
    /// Words that no model prints then.
    absent: Vec<String>,
    /// Words that every model prints then.
    present: Vec<String>,
    /// Data that bear the sentence out: each of the absent words is then printed by one model at least.
    #[serde(default)]
    sinon: Option<Value>,
}

fn base_par_defaut() -> String {
    "paca/minimal.json".into()
}

/// The words of all contracts, by model, each run of spaces being one.
fn imprimer(paire: &Paire, patch: &Value) -> BTreeMap<String, String> {
    let contrat = modifie(&donnees(&paire.base), patch.clone());
    let embarques = Catalogue::embarque().liste().expect("our models");
    let ids = embarques.iter().map(|m| m.manifeste.id.to_string());
    let choisis = ids.filter(|id| paire.modeles.is_empty() || paire.modeles.contains(id));
    choisis
        .map(|id| {
            let mots = mots_imprimes(&contrat, &id, paire.gestionnaire.as_deref());
            (id, mots)
        })
        .collect()
}

fn fautes(paire: &Paire) -> Vec<String> {
    let mut fautes = Vec::new();
    let textes = imprimer(paire, &paire.patch);
    assert!(
        !textes.is_empty() && !paire.absent.is_empty() && !paire.present.is_empty(),
        "{}: proves nothing",
        paire.cas
    );
    for (modele, texte) in &textes {
        fautes.extend(paire.absent.iter().filter(|m| texte.contains(*m)).map(|m| format!("{modele} prints « {m} »")));
        fautes.extend(paire.present.iter().filter(|m| !texte.contains(*m)).map(|m| format!("{modele} lacks « {m} »")));
    }
    if let Some(sinon) = &paire.sinon {
        let textes = imprimer(paire, sinon);
        let jamais = paire.absent.iter().filter(|m| !textes.values().any(|t| t.contains(*m)));
        fautes.extend(jamais.map(|m| format!("« {m} » is never printed, not even when it holds")));
    }
    fautes.iter().map(|f| format!("{}: {f}", paire.cas)).collect()
}

#[test]
fn no_sentence_stands_beside_data_that_contradict_it() {
    let mut nombre = 0;
    let mut toutes = Vec::new();
    for chemin in fichiers("fixtures/contradictions", "json") {
        let paires: Vec<Paire> =
            serde_json::from_value(json(chemin.to_str().unwrap())).unwrap_or_else(|e| panic!("{chemin:?}: {e}"));
        nombre += paires.len();
        toutes.extend(paires.iter().flat_map(fautes));
    }
    assert!(toutes.is_empty(), "{} faults\n{}", toutes.len(), toutes.join("\n"));
    assert!(nombre >= AU_MOINS, "{nombre} pairs");
}

#[test]
fn a_pair_that_the_print_contradicts_is_seen() {
    let paire = |absent: &str, present: &str| Paire {
        cas: "essai".into(),
        base: base_par_defaut(),
        modeles: vec!["national".into()],
        patch: json!([]),
        gestionnaire: None,
        absent: vec![absent.into()],
        present: vec![present.into()],
        sinon: None,
    };
    assert!(fautes(&paire("introuvable", "contrat")).is_empty());
    assert_eq!(fautes(&paire("contrat", "introuvable")).len(), 2);
}
