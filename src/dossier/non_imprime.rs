//! The values that the chosen model does not print → one information per key, with what the manifest says of it.

use crate::lecture::Positions;
use crate::modele::manifeste::{Manifeste, UsageSansImpression};
use crate::remarque::{Remarque, Severite, jeton_de_pointeur};
use serde_json::Value;

/// The code of what is not printed.
const NON_IMPRIMEE: &str = "IMP-001";

/// The filled keys that the model does not print, but for those that the dossier is composed with or says by a
/// figure of its own.
pub(super) fn du_modele(donnees: &Value, manifeste: &Manifeste, positions: &Positions) -> Vec<Remarque> {
    let mut sortie = Vec::new();
    for (chemin, dite) in &manifeste.non_imprimees {
        let usage = match dite.usage {
            UsageSansImpression::Regles => "seules les règles de cohérence la lisent",
            UsageSansImpression::Aucun => "le modèle ne l'imprime pas",
            UsageSansImpression::Composition | UsageSansImpression::Calculee | UsageSansImpression::Imprimee => {
                continue;
            }
        };
        let mut places = Vec::new();
        let etapes: Vec<&str> = chemin.trim_start_matches('/').split('/').collect();
        relever(donnees, &etapes, String::new(), &mut places);
        let Some(premiere) = places.first() else { continue };
        let aussi = match places.len() {
            1 => String::new(),
            2 => " (et une autre de même)".into(),
            n => format!(" (et {} autres de même)", n - 1),
        };
        let message = format!("Cette valeur n'est pas dans le dossier : {usage}{aussi}. {}", dite.motif);
        let remede = match dite.usage {
            UsageSansImpression::Aucun => {
                "rien, si c'est voulu ; sinon, dites-la dans une clause particulière ou choisissez un modèle qui l'imprime."
            }
            _ => "rien : elle sert au contrôle.",
        };
        let remarque = Remarque::bloquante(NON_IMPRIMEE, premiere.as_str(), message, remede);
        sortie.push(Remarque { severite: Severite::Information, ..remarque }.placee(positions.de(premiere)));
    }
    sortie
}

/// The places of the data that a path names, in their order; `**` is any number of steps.
fn relever(ici: &Value, etapes: &[&str], place: String, sortie: &mut Vec<String>) {
    let Some((etape, suite)) = etapes.split_first() else { return sortie.push(place) };
    let partout = *etape == "**";
    if partout {
        relever(ici, suite, place.clone(), sortie);
    }
    let suite = if partout { etapes } else { suite };
    let convient = |cle: &str| partout || *etape == "*" || *etape == cle;
    match ici {
        Value::Array(elements) if partout || *etape == "*" => {
            for (rang, element) in elements.iter().enumerate() {
                relever(element, suite, format!("{place}/{rang}"), sortie);
            }
        }
        Value::Object(entrees) => {
            for (cle, valeur) in entrees.iter().filter(|(cle, _)| convient(cle)) {
                relever(valeur, suite, format!("{place}/{}", jeton_de_pointeur(cle)), sortie);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_finds_its_places_whatever_their_depth() {
        let donnees = json!({ "a": [{ "id": 1, "x": { "id": 2 } }, { "y": 3 }], "id": 0, "t": { "2027": { "y": 4 } } });
        let places = |chemin: &str| {
            let mut sortie = Vec::new();
            let etapes: Vec<&str> = chemin.trim_start_matches('/').split('/').collect();
            relever(&donnees, &etapes, String::new(), &mut sortie);
            sortie
        };
        assert_eq!(places("/a/*/y"), ["/a/1/y"]);
        assert_eq!(places("/t/*/y"), ["/t/2027/y"]);
        assert_eq!(places("**/id"), ["/id", "/a/0/id", "/a/0/x/id"]);
        assert!(places("/a/*/absente").is_empty());
    }
}
