//! The values that the chosen model does not print → one information per key, with what the manifest says of it.

use crate::lecture::Positions;
use crate::modele::manifeste::{Manifeste, UsageSansImpression};
use crate::remarque::{Remarque, Severite};
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
        relever(donnees, chemin.split('/').skip(1), String::new(), &mut places);
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

/// The places of the data that a path names, in their order.
fn relever<'c>(
    ici: &Value,
    mut etapes: impl Iterator<Item = &'c str> + Clone,
    place: String,
    sortie: &mut Vec<String>,
) {
    let Some(etape) = etapes.next() else { return sortie.push(place) };
    match ici {
        Value::Array(elements) if etape == "*" => {
            for (rang, element) in elements.iter().enumerate() {
                relever(element, etapes.clone(), format!("{place}/{rang}"), sortie);
            }
        }
        Value::Object(entrees) if etape == "*" => {
            for (cle, valeur) in entrees {
                relever(valeur, etapes.clone(), format!("{place}/{}", crate::remarque::jeton_de_pointeur(cle)), sortie);
            }
        }
        Value::Object(entrees) => {
            if let Some(valeur) = entrees.get(etape) {
                relever(valeur, etapes, format!("{place}/{etape}"), sortie);
            }
        }
        _ => {}
    }
}
