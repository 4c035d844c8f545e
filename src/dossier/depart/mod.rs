//! A model and a few answers → a starting contract: what is typed most, each unknown value said « à compléter » with what
//! is expected there.
//!
//! The pattern is data of the model (`depart.json`, see `templates/README.md`); only its conventions are known here.

mod contexte;
mod invites;
mod reponses;

pub use reponses::{ANNEE, Etablissement, Reponses};

use crate::modele::{ErreurModele, Modele};
use crate::schema::forme::{Forme, forme_du_contrat};
use contexte::Contexte;
use serde_json::{Map, Value, json};
use std::sync::Arc;

const NOTE: &str = "Contrat de départ. Remplacez chaque « à compléter » : tant qu'il reste, la valeur est tenue pour absente, et le projet la réclame. Écrivez comme d'habitude (« 1er janvier 2026 », « 361 200,50 € », « IME ») ; une valeur sans objet s'écrit {\"non_applicable\": \"motif\"}. « cpom verifier --completude » dit ce qui manque, à qui, et où. Pour que l'éditeur explique chaque clé : « cpom schema --sortie contrat.schema.json », à côté de ce fichier.";

/// The starting contract of a model.
pub fn contrat_de_depart(modele: &Modele, reponses: &Reponses) -> Result<Value, ErreurModele> {
    let manifeste = &modele.manifeste;
    let mut contrat = Map::new();
    let fin = reponses.annee + 4;
    for (cle, valeur) in [
        ("$schema", json!("contrat.schema.json")),
        ("$comment", json!(NOTE)),
        ("version_schema", json!("1")),
        ("reference", json!(format!("CPOM-{}-{fin}-A-RENOMMER", reponses.annee))),
        ("modele", json!({ "id": manifeste.id.as_str(), "version": manifeste.version })),
        ("etat", json!("projet")),
    ] {
        contrat.insert(cle.to_owned(), valeur);
    }
    let mut contexte = Contexte::nouveau(manifeste, reponses);
    let Value::Object(patron) = modele.depart()? else { return Ok(Value::Object(contrat)) };
    let forme = forme_du_contrat();
    for (cle, valeur) in &patron {
        let developpee = developper(valeur, &contexte, forme.cles.get(cle).cloned());
        if let Some(valeur) = developpee {
            if cle == "objectifs" {
                contexte.noter_les_objectifs(&valeur);
            }
            contrat.insert(cle.clone(), valeur);
        }
    }
    Ok(Value::Object(contrat))
}

/// The starting contract as it is written.
pub fn texte(contrat: &Value) -> String {
    let mut texte = serde_json::to_string_pretty(contrat).unwrap_or_default();
    texte.push('\n');
    texte
}

/// A value of the pattern, for these answers; nothing when its condition is not met.
fn developper(patron: &Value, contexte: &Contexte, forme: Option<Arc<Forme>>) -> Option<Value> {
    match patron {
        Value::Object(objet) => {
            let mot = |cle: &str| objet.get(cle).and_then(Value::as_str);
            let admis = mot("$si").is_none_or(|si| contexte.est(si)) && mot("$sauf").is_none_or(|si| !contexte.est(si));
            if !admis {
                return None;
            }
            if let Some(valeur) = objet.get("$valeur") {
                return developper(valeur, contexte, forme);
            }
            let mut sortie = Map::new();
            for (cle, valeur) in objet.iter().filter(|(cle, _)| !matches!(cle.as_str(), "$par" | "$si" | "$sauf")) {
                let cle = contexte.remplacer(cle);
                let sous_forme = forme.as_ref().and_then(|f| f.a(&cle));
                if let Some(valeur) = developper(valeur, contexte, sous_forme) {
                    sortie.insert(cle, valeur);
                }
            }
            // Of the objectives of a library, the indicators that it proposes come first.
            if objet.get("$par").and_then(Value::as_str) == Some("objectif") {
                contexte.proposer_les_indicateurs(&mut sortie);
            }
            Some(Value::Object(sortie))
        }
        Value::Array(elements) => {
            let forme = forme.and_then(|f| f.element.clone());
            let mut sortie = Vec::new();
            for element in elements {
                if let Some(liste) = element.as_str().and_then(|texte| contexte.liste(texte)) {
                    sortie.extend(liste);
                    continue;
                }
                match element.get("$par").and_then(Value::as_str) {
                    Some(par) => {
                        let chacun = contexte.chacun(par);
                        sortie.extend(chacun.iter().filter_map(|ici| developper(element, ici, forme.clone())));
                    }
                    None => sortie.extend(developper(element, contexte, forme.clone())),
                }
            }
            (!sortie.is_empty()).then_some(Value::Array(sortie))
        }
        Value::String(texte) => Some(valeur_de(texte, contexte, forme.as_deref())),
        autre => Some(autre.clone()),
    }
}

/// « ? » is what is to be completed, « ?: mots » says with what; « {nom} » is what the context knows, or « ? ».
fn valeur_de(texte: &str, contexte: &Contexte, forme: Option<&Forme>) -> Value {
    let entiere = texte.strip_prefix('{').and_then(|t| t.strip_suffix('}')).filter(|nom| !nom.contains('{'));
    match entiere.map(|nom| contexte.valeur(nom)) {
        Some(Some(valeur)) => valeur,
        Some(None) => invites::a_completer(forme, None),
        None if texte == "?" => invites::a_completer(forme, None),
        None => {
            let texte = contexte.remplacer(texte);
            match texte.strip_prefix("?:") {
                Some(invite) => invites::a_completer(forme, Some(invite.trim())),
                None => json!(texte),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{catalogue, examiner};
    use crate::lecture::{self, Fichier};

    fn reponses(etablissements: &str, autorites: &str) -> Reponses {
        Reponses {
            region: Some("93".into()),
            etablissements: Reponses::lire_etablissements(etablissements).expect("establishments"),
            departements: Reponses::lire_departements(autorites).expect("départements"),
            ..Reponses::default()
        }
    }

    #[test]
    fn every_model_and_every_answer_give_a_contract_that_the_schema_takes_and_that_says_nothing_false() {
        for modele in catalogue(None).and_then(|c| c.liste()).expect("the models") {
            for (etablissements, autorites) in [
                ("2", ""),
                ("IME, SESSAD, EHPAD", "13"),
                ("1", "Rhône, métropole de Lyon"),
                ("CMPP,500,MAS,ESAT,SSIAD", "13,83,84"),
            ] {
                let contrat = contrat_de_depart(&modele, &reponses(etablissements, autorites)).expect("a contract");
                let octets = texte(&contrat).into_bytes();
                let lecture = lecture::lire_fichiers(vec![Fichier { nom: "c".into(), octets }]).expect("JSON");
                let ouverture = examiner(lecture).expect("checked");
                let id = &modele.manifeste.id;
                assert!(ouverture.contrat.is_some(), "{id}, {etablissements}: {:#?}", ouverture.remarques);
                assert!(!ouverture.donnees.to_string().contains("compléter"), "{id}: {:#}", ouverture.donnees);
                assert!(!texte(&contrat).contains("\"?") && !texte(&contrat).contains("\"$si"), "{id}");
            }
        }
    }

    #[test]
    fn the_answers_stand_where_they_belong() {
        let catalogue = catalogue(None).expect("the models");
        let contrat =
            contrat_de_depart(&catalogue.modele("paca").expect("paca"), &reponses("IME,EHPAD", "83")).expect("one");
        let etablissements = &contrat["perimetre"]["etablissements"];
        assert_eq!((&etablissements[0]["id"], &etablissements[0]["categorie"]), (&json!("ime-1"), &json!("183")));
        assert!(etablissements[0].get("medicalisation").is_none() && etablissements[1].get("medicalisation").is_some());
        assert!(etablissements[0].get("ages").is_some() && etablissements[1].get("ages").is_none());
        assert_eq!(contrat["parties"]["autorites"][1]["departement"], json!("83"));
        assert_eq!(contrat["activite"].as_array().map(Vec::len), Some(3), "an internat, a semi-internat, an EHPAD");
        let natures = contrat["fiches_actions"][0]["indicateurs"].as_array().expect("indicators");
        assert_eq!(natures.len(), 3);
        assert_eq!(contrat["objectifs"][0]["bibliotheque"], json!("rapt"));
        assert_eq!(contrat["fiches_actions"].as_array().map(Vec::len), contrat["objectifs"].as_array().map(Vec::len));
    }
}
