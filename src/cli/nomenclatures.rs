//! `cpom nomenclatures`: the codes that a contract writes, with what they stand for, and the courts of the tariffs.

use super::arguments::Nomenclatures;
use super::ecran;
use super::issue::Issue;
use crate::contrat::identifiants::Date;
use crate::dossier::Erreur;
use crate::formats::compte;
use crate::nomenclatures::{Entree, Juge, Nomenclature, juges, region};
use crate::saisie;
use serde_json::{Map, Value, json};

pub fn executer(options: &Nomenclatures) -> Result<Issue, Erreur> {
    let tables = match options.liste.as_str() {
        "categories" => vec![("Catégories d'établissements et de services", Nomenclature::Categories)],
        "statuts" => vec![("Statuts juridiques", Nomenclature::Statuts)],
        "juges" => vec![("Juges des tarifs, par département", Nomenclature::Departements)],
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
    let des_juges = options.liste == "juges";
    if options.format == "json" {
        let une = |entree: &Entree, table| match des_juges {
            true => juges(entree.code).into_iter().map(|juge| juge_en_json(entree, juge)).collect(),
            false => vec![en_json(entree, table)],
        };
        let entrees: Vec<Value> =
            trouvees.iter().flat_map(|(_, table, entrees)| entrees.iter().flat_map(|e| une(e, *table))).collect();
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
        for entree in entrees {
            match des_juges {
                true => juges(entree.code)
                    .iter()
                    .for_each(|juge| ecran::ligne(&format!("  {}", juge_en_ligne(entree, juge)))),
                false => ecran::ligne(&format!("  {}", en_ligne(entree))),
            }
        }
    }
    Ok(Issue::Fait)
}

/// « 13  Bouches-du-Rhône – tribunal administratif de Marseille, depuis le 1er janvier 2025 ; délai : 2 mois ; … ».
fn juge_en_ligne(entree: &Entree, juge: &Juge) -> String {
    let jour = |iso: &str| iso.parse::<Date>().map(|d| d.to_string()).unwrap_or_default();
    let periode = match juge.au {
        Some(au) => format!("du {} au {}", jour(juge.du), jour(au)),
        None => format!("depuis le {}", jour(juge.du)),
    };
    let delai = juge.delai_mois.map(|mois| format!(" ; délai de recours : {mois} mois")).unwrap_or_default();
    format!("{:<4}{} – {}, {periode}{delai} ; appel : {}", entree.code, entree.libelle, juge.tribunal, juge.appel)
}

fn juge_en_json(entree: &Entree, juge: &Juge) -> Value {
    let mut objet = Map::new();
    objet.insert("nomenclature".into(), json!("juge"));
    objet.insert("departement".into(), json!(entree.code));
    objet.insert("du".into(), json!(juge.du));
    objet.extend(juge.au.map(|au| ("au".to_owned(), json!(au))));
    objet.insert("tribunal".into(), json!(juge.tribunal));
    objet.extend(juge.delai_mois.map(|mois| ("delai_mois".to_owned(), json!(mois))));
    objet.insert("appel".into(), json!(juge.appel));
    objet.insert("sources".into(), json!(juge.sources));
    objet.into()
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
