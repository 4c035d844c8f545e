//! A model → the places of the contract that are usually filled with it: what its starting contract holds, and what trial
//! contracts of several kinds do. The others are rare, and need not stand before the eyes of who fills a contract.

use super::essai;
use crate::modele::{ErreurModele, Modele};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// In how many trial contracts a place must be, to be usual.
const CONTRATS_MIN: usize = 2;

/// The usual places, as JSON pointers where `*` is any element of a list.
pub fn usuels(modele: &Modele) -> Result<BTreeSet<String>, ErreurModele> {
    let mut comptes: BTreeMap<String, usize> = BTreeMap::new();
    for contrat in essai::contrats_d_essai() {
        for place in places(&contrat) {
            *comptes.entry(place).or_default() += 1;
        }
    }
    let mut sortie: BTreeSet<String> =
        comptes.into_iter().filter(|(_, n)| *n >= CONTRATS_MIN).map(|(place, _)| place).collect();
    sortie.extend(places(&modele.depart()?));
    Ok(sortie)
}

fn places(valeur: &Value) -> BTreeSet<String> {
    let mut sortie = BTreeSet::new();
    relever(valeur, "", &mut sortie);
    sortie
}

fn relever(valeur: &Value, ici: &str, sortie: &mut BTreeSet<String>) {
    match valeur {
        Value::Object(objet) => {
            for (cle, enfant) in objet.iter().filter(|(cle, _)| !cle.starts_with('$')) {
                let la = format!("{ici}/{cle}");
                relever(enfant, &la, sortie);
                sortie.insert(la);
            }
            // A condition of a starting contract wraps the value itself.
            if let Some(enfant) = objet.get("$valeur") {
                relever(enfant, ici, sortie);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| relever(element, &format!("{ici}/*"), sortie)),
        _ => {}
    }
}
