//! What a table says and a contract → what the contract would change.

use super::forme::{Apport, Correspondance};
use super::mots::cle;
use super::releve::{Ligne, Releve};
use crate::dossier::{self, Ouverture};
use crate::echanges::reprise::{Propositions, Reprise};
use crate::formats::{compte, enumerer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const ETABLISSEMENTS: &str = "/perimetre/etablissements";
const GESTIONNAIRES: &str = "/parties/gestionnaires";

/// Compares what was read with a contract; `fichier` is how its source is named.
pub fn rapprocher(
    fichier: &str,
    releve: Releve,
    correspondance: &Correspondance,
    ouverture: &Ouverture,
) -> Result<Reprise, dossier::Erreur> {
    let mut propositions = Propositions::nouvelles(ouverture, memes);
    let Releve { lignes, ecarts, notes, .. } = releve;
    notes.into_iter().for_each(|note| propositions.note(note));
    for [lieu, texte, motif, a_faire] in ecarts {
        propositions.ecart(&lieu, texte, motif, &a_faire);
    }
    let mut inconnus: BTreeMap<String, usize> = BTreeMap::new();
    let mut deja: BTreeMap<(usize, String, Option<u16>), String> = BTreeMap::new();
    for ligne in &lignes {
        let Some(apport) = correspondance.apports.get(ligne.apport) else { continue };
        let Some(porteur) = Porteur::de(&propositions, &ligne.finess) else {
            *inconnus.entry(ligne.finess.clone()).or_default() += 1;
            continue;
        };
        if !apport.plusieurs {
            let nom = (ligne.apport, ligne.finess.clone(), ligne.annee);
            if let Some(premier) = deja.insert(nom, ligne.lieu.clone()) {
                propositions.ecart(
                    &format!("{premier}, {}", ligne.lieu),
                    format!("{}, {}", ligne.finess, ligne.annee.map(|a| a.to_string()).unwrap_or_default()),
                    "cet établissement est là deux fois pour la même année ; seule la première ligne est lue.".into(),
                    "gardez celle qui vaut (par exemple l'ERRD ou le compte administratif), puis recommencez.",
                );
                continue;
            }
        }
        appliquer(&mut propositions, fichier, apport, ligne, &porteur);
    }
    if !inconnus.is_empty() {
        let numeros: Vec<String> = inconnus.keys().take(6).cloned().collect();
        let suite = if inconnus.len() > 6 { "…" } else { "" };
        let nombre = compte(inconnus.len(), "numéro");
        propositions.note(format!(
            "{nombre} FINESS du tableau ne sont pas dans le contrat, et n'y sont pas repris : {}{suite}.",
            enumerer(&numeros)
        ));
    }
    propositions.finir()
}

/// Who a row is about.
struct Porteur {
    cle: &'static str,
    id: String,
    pointeur: String,
}

impl Porteur {
    fn de(propositions: &Propositions<'_>, finess: &str) -> Option<Porteur> {
        let dans = |liste: &str, numero: &str, cle: &'static str| {
            let rang = propositions.liste(liste).iter().position(|e| e[numero].as_str() == Some(finess))?;
            let id = propositions.liste(liste).get(rang)?["id"].as_str()?.to_owned();
            Some(Porteur { cle, id, pointeur: format!("{liste}/{rang}") })
        };
        dans(ETABLISSEMENTS, "finess", "etablissement").or_else(|| dans(GESTIONNAIRES, "finess_ej", "gestionnaire"))
    }
}

fn appliquer(propositions: &mut Propositions<'_>, fichier: &str, apport: &Apport, ligne: &Ligne, porteur: &Porteur) {
    let lieu = |cellule: &str| format!("{fichier}, {cellule}");
    let Some(liste) = &apport.liste else {
        if porteur.cle == "etablissement" {
            for (champ, valeur, cellule) in &ligne.champs {
                propositions.valeur(&format!("{}/{champ}", porteur.pointeur), valeur, &lieu(cellule));
            }
        }
        return;
    };
    let rangs: Vec<usize> = (propositions.liste(liste).iter().enumerate())
        .filter(|(_, element)| est_le_meme(element, apport, ligne, porteur, propositions.donnees))
        .map(|(rang, _)| rang)
        .collect();
    match rangs.as_slice() {
        [rang] => {
            for (champ, valeur, cellule) in &ligne.champs {
                propositions.valeur(&format!("{liste}/{rang}/{champ}"), valeur, &lieu(cellule));
            }
        }
        [] => propositions.ajout(liste, neuf(apport, ligne, porteur), &lieu(&ligne.lieu)),
        plusieurs => propositions.ecart(
            &lieu(&ligne.lieu),
            format!("{}, {}", ligne.finess, ligne.annee.map(|a| a.to_string()).unwrap_or_default()),
            format!("le contrat a {} éléments qui y répondent (financeurs ou sections différents).", plusieurs.len()),
            "reportez ces valeurs à la main sur celui qui convient.",
        ),
    }
}

/// The same establishment, the same year, the same words.
fn est_le_meme(element: &Value, apport: &Apport, ligne: &Ligne, porteur: &Porteur, donnees: &Value) -> bool {
    let annee_dite = |cle: &String| {
        let sienne = element[cle.as_str()].as_u64();
        // A budget without a year is that of the year of reference.
        sienne.or_else(|| donnees.pointer("/moyens/annee_reference").and_then(Value::as_u64))
            == ligne.annee.map(u64::from)
    };
    let fixe = |(cle, valeur): (&String, &Value)| {
        element[cle.as_str()].is_null() && cle != "libelle" || memes(&element[cle.as_str()], valeur)
    };
    let mots = || {
        let textes = ligne.champs.iter().filter(|(_, valeur, _)| valeur.is_string());
        textes.into_iter().all(|(champ, valeur, _)| memes(&element[champ.as_str()], valeur))
    };
    element[porteur.cle].as_str() == Some(&porteur.id)
        && apport.annee.as_ref().is_none_or(annee_dite)
        && apport.fixes.iter().all(fixe)
        && (!apport.plusieurs || mots())
}

fn neuf(apport: &Apport, ligne: &Ligne, porteur: &Porteur) -> Value {
    let mut element = Map::new();
    for (cle, valeur) in &apport.fixes {
        element.insert(cle.clone(), valeur.clone());
    }
    element.insert(porteur.cle.to_owned(), json!(porteur.id));
    if let (Some(cle), Some(annee)) = (&apport.annee, ligne.annee) {
        element.insert(cle.clone(), json!(annee));
    }
    let mut element = Value::Object(element);
    for (champ, valeur, _) in &ligne.champs {
        poser(&mut element, champ, valeur);
    }
    element
}

/// Puts a value at a path, whose objects are made.
fn poser(element: &mut Value, champ: &str, valeur: &Value) {
    match champ.split_once('/') {
        Some((cle, reste)) => {
            if let Some(objet) = element.as_object_mut() {
                poser(objet.entry(cle).or_insert_with(|| json!({})), reste, valeur);
            }
        }
        None => {
            if let Some(objet) = element.as_object_mut() {
                objet.insert(champ.to_owned(), valeur.clone());
            }
        }
    }
}

fn memes(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::String(a), Value::String(b)) => cle(a) == cle(b),
        _ => a == b,
    }
}
