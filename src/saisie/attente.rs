//! « à compléter » → a value that is not known yet: taken out of the data with what cannot be without it, and told.
//!
//! Start files say it at each place; a gap then stands on the line where the value is to be written.

use crate::formats::sans_accents;
use crate::remarque::{Remarque, Severite, jeton_de_pointeur};
use crate::schema::Schema;
use crate::schema::forme::forme_du_contrat;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Values that say « à compléter », held to be absent.
pub const ATTENDUS: &str = "SAI-002";
/// « à compléter » where a text is needed: it would print.
const RESTE: &str = "SAI-003";

/// Longest words that say it.
const LONGUEUR_MAX: usize = 200;

/// The texts that still say « à compléter », where the schema needs one: a draft prints them, nothing is signed with them.
pub fn restes(donnees: &Value, definitif: bool) -> Vec<Remarque> {
    let mut pointeurs = Vec::new();
    visiter(donnees, &mut String::new(), &mut |pointeur, texte| {
        if attente(texte) {
            pointeurs.push(pointeur.to_owned());
        }
    });
    let severite = if definitif { Severite::Bloquante } else { Severite::Alerte };
    let remarque = |pointeur: String| {
        let message = format!("« {} » porte encore « à compléter », qui s'imprimerait tel quel.", titre(&pointeur));
        let remede = "écrivez la valeur, ou retirez l'élément qui l'attend.";
        Remarque { severite, ..Remarque::bloquante(RESTE, pointeur, message, remede) }
    };
    pointeurs.into_iter().map(remarque).collect()
}

/// A value that says « à compléter » in a contract to be signed: nothing may be left out of it without being seen.
pub fn encore_attendue(pointeur: &str) -> Remarque {
    let message = format!("« {} » dit encore « à compléter ».", titre(pointeur));
    Remarque::bloquante(
        ATTENDUS,
        pointeur,
        message,
        "écrivez la valeur, ou retirez la clé si elle n'a pas lieu d'être.",
    )
}

/// What of a value is not known yet.
pub(super) enum Attente {
    /// Nothing, or what its holder can do without: it is taken out already.
    Connue,
    /// The value says « à compléter », or holds only values that do, or needs one: with the places that say so.
    Entiere(Vec<String>),
    /// All that it held was taken out.
    Vide,
}

/// Takes out of a value all that says « à compléter », with what cannot be without it: an action without words is no action.
///
/// Nothing moves in a list: only its last elements are taken out. What must stay is told by [`restes`].
pub(super) fn retirer(
    schema: &Schema,
    valeur: &mut Value,
    pointeur: &mut String,
    retires: &mut Vec<String>,
) -> Attente {
    let longueur = pointeur.len();
    match valeur {
        Value::String(texte) if attente(texte) => Attente::Entiere(vec![pointeur.clone()]),
        Value::Array(elements) => {
            let avant = elements.len();
            let mut attendus: Vec<(usize, Vec<String>)> = Vec::new();
            for (rang, element) in elements.iter_mut().enumerate() {
                let _ = write!(pointeur, "/{rang}");
                match retirer(schema, element, pointeur, retires) {
                    Attente::Entiere(places) => attendus.push((rang, places)),
                    Attente::Vide => attendus.push((rang, Vec::new())),
                    Attente::Connue => {}
                }
                pointeur.truncate(longueur);
            }
            while let Some((rang, places)) = attendus.pop_if(|(rang, _)| *rang + 1 == elements.len()) {
                elements.truncate(rang);
                retires.extend(places);
            }
            if avant > 0 && elements.is_empty() { Attente::Vide } else { Attente::Connue }
        }
        Value::Object(objet) => {
            let mut attendus: Vec<(String, Vec<String>)> = Vec::new();
            let mut necessaires = Vec::new();
            for (cle, element) in objet.iter_mut().filter(|(cle, _)| !cle.starts_with('$')) {
                let _ = write!(pointeur, "/{}", jeton_de_pointeur(cle));
                let attendu = retirer(schema, element, pointeur, retires);
                pointeur.truncate(longueur);
                match attendu {
                    Attente::Connue => {}
                    Attente::Entiere(places) if schema.exige(pointeur, cle) => necessaires.extend(places),
                    Attente::Vide if schema.exige(pointeur, cle) => {}
                    Attente::Entiere(places) => attendus.push((cle.clone(), places)),
                    Attente::Vide => attendus.push((cle.clone(), Vec::new())),
                }
            }
            let mut cles = BTreeSet::new();
            for (cle, places) in attendus {
                cles.insert(cle);
                retires.extend(places);
            }
            if !cles.is_empty() {
                objet.retain(|cle, _| !cles.contains(cle));
            }
            if !necessaires.is_empty() {
                return Attente::Entiere(necessaires);
            }
            let reste = objet.keys().any(|cle| !cle.starts_with('$'));
            if reste || cles.is_empty() { Attente::Connue } else { Attente::Vide }
        }
        _ => Attente::Connue,
    }
}

fn visiter(valeur: &Value, pointeur: &mut String, voir: &mut impl FnMut(&str, &str)) {
    let longueur = pointeur.len();
    match valeur {
        Value::String(texte) => voir(pointeur, texte),
        Value::Array(elements) => {
            for (rang, element) in elements.iter().enumerate() {
                let _ = write!(pointeur, "/{rang}");
                visiter(element, pointeur, voir);
                pointeur.truncate(longueur);
            }
        }
        Value::Object(objet) => {
            for (cle, element) in objet {
                let _ = write!(pointeur, "/{}", jeton_de_pointeur(cle));
                visiter(element, pointeur, voir);
                pointeur.truncate(longueur);
            }
        }
        _ => {}
    }
}

/// « à compléter », « [à compléter] », « À compléter : le nom » : a value that is not known yet, as start files write it.
fn attente(texte: &str) -> bool {
    let texte = texte.trim();
    let dedans = texte.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(texte);
    if dedans.len() > LONGUEUR_MAX || dedans.contains(['[', ']']) {
        return false;
    }
    let plat = sans_accents(dedans);
    let suite = plat.strip_prefix("a completer").map(str::trim_start);
    suite.is_some_and(|suite| suite.is_empty() || suite.starts_with([':', '…', '.', '(']))
}

pub(super) fn remarque_d_attente(attendus: &[String]) -> Remarque {
    let (combien, verbe) = match attendus.len() {
        1 => ("Une valeur dit".to_owned(), "elle est tenue pour absente"),
        n => (format!("{n} valeurs disent"), "elles sont tenues pour absentes"),
    };
    let pointeur = attendus.first().map(String::as_str).unwrap_or_default();
    let message = format!("{combien} « à compléter » : {verbe}.");
    let remede = "remplacez-les à mesure ; « --completude » donne la liste de ce que le dossier imprime.";
    Remarque { severite: Severite::Information, ..Remarque::bloquante(ATTENDUS, pointeur, message, remede) }
}

fn titre(pointeur: &str) -> String {
    let cle = pointeur.rsplit('/').next().unwrap_or_default();
    forme_du_contrat().a(pointeur).map_or_else(|| cle.to_owned(), |forme| forme.titre.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saisie::lire_donnees;
    use crate::schema::generation;
    use serde_json::json;

    fn lire_ici(mut donnees: Value) -> (Value, crate::saisie::Saisie) {
        let schema = Schema::depuis_valeur(generation::schema_contrat()).expect("the schema compiles");
        let saisie = lire_donnees(&schema, &mut donnees, &|_| None);
        (donnees, saisie)
    }

    fn contrat(etablissement: Value, moyens: Value) -> Value {
        json!({
            "version_schema": "1", "reference": "X", "periode": {}, "parties": {},
            "perimetre": { "etablissements": [etablissement] }, "moyens": moyens
        })
    }

    #[test]
    fn what_is_to_be_completed_is_absent_unless_a_text_is_needed() {
        let (donnees, saisie) = lire_ici(contrat(
            json!({ "id": "a", "nom": "à compléter", "finess": "[À compléter : 9 chiffres]", "publics": ["à compléter"],
                "adresse": "A COMPLETER…", "$comment": "à compléter" }),
            json!("à compléter : les moyens"),
        ));
        assert_eq!(donnees["perimetre"]["etablissements"][0], json!({ "id": "a", "$comment": "à compléter" }));
        assert!(donnees.get("moyens").is_none());
        let dit = saisie.remarques.first().map(|r| r.message.as_str());
        assert_eq!(dit, Some("5 valeurs disent « à compléter » : elles sont tenues pour absentes."));
        for texte in ["à compléter par le gestionnaire", "Le diagnostic à compléter", "", "compléter"] {
            assert!(!attente(texte), "{texte}");
        }
    }

    /// Places keep their meaning: nothing moves in a list, and what has to stay is told.
    #[test]
    fn an_element_that_needs_what_is_to_be_completed_goes_with_it_when_it_is_last() {
        let mut donnees = contrat(json!({ "id": "a" }), json!({}));
        let action = |texte: &str| json!({ "texte": texte, "debut": "2027" });
        donnees["fiches_actions"] = json!([
            { "objectif": "o", "actions": [action("à compléter : une action"), action("à compléter")] },
            { "objectif": "p", "actions": [action("à compléter"), action("Recruter."), action("à compléter")] },
            { "objectif": "q", "indicateurs": [{ "id": "i", "valeur_initiale": { "annee": 2026, "valeur": "à compléter" } }] }
        ]);
        let (donnees, saisie) = lire_ici(donnees);
        assert!(!saisie.refusee);
        assert_eq!(donnees["fiches_actions"][0], json!({ "objectif": "o" }));
        assert_eq!(donnees["fiches_actions"][1]["actions"], json!([action("à compléter"), action("Recruter.")]));
        assert_eq!(donnees["fiches_actions"][2]["indicateurs"], json!([{ "id": "i" }]));
        let dits: Vec<String> = restes(&donnees, true).into_iter().map(|r| r.pointeur).collect();
        assert_eq!(dits, ["/fiches_actions/1/actions/0/texte"]);
    }
}
