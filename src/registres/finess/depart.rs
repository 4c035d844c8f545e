//! What FINESS says of entities and their establishments → a starting contract, and what is to be chosen in it.

use super::elements::{self, Doute, capacites, element, id_libre};
use super::extrait::{Etablissement, Extrait};
use super::mots::{categorie_ancienne, fermes, provenances};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const NOTE: &str = "Contrat de départ, tiré de FINESS. FINESS ne donne ni les places financées, ni les pôles, ni les jours d'ouverture, ni les effectifs, ni le numéro et le terme des autorisations. Renommez la référence ; « cpom verifier --completude » dit ce qui manque, à qui et où.";

/// What the reader of words holds to be absent.
const A_COMPLETER: &str = "à compléter : une date (1er janvier 2026)";

/// A starting contract.
#[derive(Debug)]
pub struct Depart {
    pub contrat: Value,
    /// What the reader has to choose: where it stands in FINESS, what it is, why, what to do.
    pub a_choisir: Vec<[String; 4]>,
    pub notes: Vec<String>,
}

/// The starting contract of all the entities of an extract.
pub fn contrat_de_depart(extrait: &Extrait) -> Depart {
    let mut pris = BTreeSet::new();
    let (mut gestionnaires, mut etablissements) = (Vec::new(), Vec::new());
    let (mut a_choisir, mut notes) = (Vec::new(), provenances(extrait));
    for entite in &extrait.entites {
        let id = id_libre(entite.nom.as_deref().unwrap_or_default(), "gestionnaire", &mut pris);
        let mut gestionnaire = Map::from_iter([("id".to_owned(), json!(id))]);
        gestionnaire.extend(elements::gestionnaire(entite).into_iter().map(|(cle, valeur)| (cle.to_owned(), valeur)));
        gestionnaires.push(Value::Object(gestionnaire));
        for et in entite.etablissements.iter().filter(|et| !et.ferme) {
            let lues = capacites(et);
            a_choisir.extend(lues.doutes.iter().map(|doute| en_mots(extrait, et, doute)));
            notes.extend(lues.notes.iter().map(|note| format!("{} ({}) : {note}", et.nom, et.finess)));
            notes.extend(categorie_ancienne(et));
            etablissements.push(element(et, &id, id_libre(&et.nom, "etablissement", &mut pris), &lues));
        }
        notes.extend(fermes(entite));
    }
    let annee = extrait.provenances.iter().filter_map(|p| p.date.as_deref()?.get(..4)).max().unwrap_or("AAAA");
    let contrat = json!({
        "$comment": NOTE,
        "version_schema": "1",
        "reference": format!("CPOM-{annee}-A-RENOMMER"),
        "etat": "projet",
        "periode": { "prise_effet": "date", "debut": A_COMPLETER, "duree_annees": 5 },
        "parties": { "gestionnaires": gestionnaires },
        "perimetre": { "etablissements": etablissements },
    });
    Depart { contrat, a_choisir, notes }
}

fn en_mots(extrait: &Extrait, et: &Etablissement, doute: &Doute) -> [String; 4] {
    [extrait.lieu_de(&et.finess), doute.texte.clone(), doute.motif.clone(), doute.a_faire.clone()]
}
