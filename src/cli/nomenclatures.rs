//! `cpom nomenclatures`: the codes that a contract writes, with what they stand for.

use super::arguments::Nomenclatures;
use super::ecran;
use super::issue::Issue;
use crate::contrat::identifiants::Date;
use crate::dossier::Erreur;
use crate::formats::compte;
use crate::nomenclatures::{Entree, Nomenclature, region};
use crate::saisie;
use serde_json::{Map, Value, json};

pub fn executer(options: &Nomenclatures) -> Result<Issue, Erreur> {
    let tables = match options.liste.as_str() {
        "categories" => vec![("Catégories d'établissements et de services", Nomenclature::Categories)],
        "statuts" => vec![("Statuts juridiques", Nomenclature::Statuts)],
        _ => vec![("Régions", Nomenclature::Regions), ("Départements", Nomenclature::Departements)],
    };
    let mots = options.mots.join(" ");
    let trouvees: Vec<(&str, Nomenclature, Vec<Entree>)> = tables
        .into_iter()
        .map(|(titre, table)| match mots.trim().is_empty() {
            true => (titre, table, table.entrees()),
            false => (titre, table, saisie::chercher(table, &mots).into_iter().cloned().collect()),
        })
        .collect();
    if options.format == "json" {
        let entrees: Vec<Value> =
            trouvees.iter().flat_map(|(_, table, entrees)| entrees.iter().map(|e| en_json(e, *table))).collect();
        ecran::json(&serde_json::to_string_pretty(&entrees).unwrap_or_default());
        return Ok(Issue::Fait);
    }
    if trouvees.iter().all(|(.., entrees)| entrees.is_empty()) {
        ecran::note(&format!("aucun code ne répond à « {mots} »."));
        ecran::note(&format!(
            "    À faire : essayez un mot plus court, ou « cpom nomenclatures {} » pour la liste entière.",
            options.liste
        ));
        return Ok(Issue::Refuse);
    }
    for (titre, _, entrees) in trouvees.iter().filter(|(.., entrees)| !entrees.is_empty()) {
        ecran::ligne(&format!("{titre} : {}", compte(entrees.len(), "code")));
        entrees.iter().for_each(|entree| ecran::ligne(&format!("  {}", en_ligne(entree))));
    }
    Ok(Issue::Fait)
}

/// « 183  Institut médico-éducatif (IME) ».
fn en_ligne(entree: &Entree) -> String {
    let mut ligne = format!("{:<4}{}", entree.code, entree.libelle);
    if let Some(sigle) = entree.sigle.filter(|sigle| !entree.libelle.contains(&format!("({sigle})"))) {
        ligne.push_str(&format!(" ({sigle})"));
    }
    if let Some(code) = entree.region {
        ligne.push_str(&format!(" – région {code}, {}", region(code).map(|r| r.libelle).unwrap_or_default()));
    }
    if let Some(ancienne) = entree.ancienne {
        let depuis = ancienne.depuis.parse::<Date>().map(|d| d.to_string()).unwrap_or_default();
        ligne.push_str(&format!(" – n'est plus employé depuis le {depuis}"));
        if let Some(neuve) = ancienne.remplacante {
            ligne.push_str(&format!(" ; le remplace : {neuve}"));
        }
    }
    ligne
}

fn en_json(entree: &Entree, table: Nomenclature) -> Value {
    let nom = match table {
        Nomenclature::Categories => "categorie",
        Nomenclature::Statuts => "statut",
        Nomenclature::Departements => "departement",
        Nomenclature::Regions => "region",
    };
    let mut objet = Map::new();
    objet.insert("nomenclature".into(), json!(nom));
    objet.insert("code".into(), json!(entree.code));
    objet.insert("libelle".into(), json!(entree.libelle));
    let ancienne = entree.ancienne;
    let facultatifs = [
        ("sigle", entree.sigle),
        ("region", entree.region),
        ("plus_employe_depuis", ancienne.map(|a| a.depuis)),
        ("remplace_par", ancienne.and_then(|a| a.remplacante)),
    ];
    objet.extend(facultatifs.into_iter().filter_map(|(cle, v)| Some((cle.to_owned(), json!(v?)))));
    objet.into()
}
