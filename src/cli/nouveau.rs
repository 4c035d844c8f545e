//! `cpom nouveau`: a starting contract for a model, on the standard output.

use super::arguments::Nouveau;
use super::ecran;
use super::issue::Issue;
use crate::dossier::{self, Erreur};
use crate::modele::Modele;
use serde_json::{Value, json};

pub fn executer(options: &Nouveau) -> Result<Issue, Erreur> {
    let modele = dossier::catalogue(options.modeles.as_deref())?.modele(&options.modele)?;
    let mut texte = serde_json::to_string_pretty(&contrat_de_depart(&modele)).unwrap_or_default();
    texte.push('\n');
    ecran::brut(&texte);
    Ok(Issue::Fait)
}

/// A draft that the schema accepts: the structure, and a comment where a choice is needed.
pub fn contrat_de_depart(modele: &Modele) -> Value {
    let manifeste = &modele.manifeste;
    let region = manifeste.regions.first().cloned();
    let ars = match &region {
        Some(region) => {
            json!({ "id": "ars", "type": "ars", "region": region, "representant": { "qualite": "directeur général" } })
        }
        None => json!({
            "$comment": "Ajoutez « region » : le code INSEE de la région de l'ARS.",
            "id": "ars", "type": "ars", "representant": { "qualite": "directeur général" }
        }),
    };
    let general = manifeste.objectifs_generaux.first().map(|g| g.id.to_string());
    let obligatoires = manifeste.bibliotheque.iter().filter(|o| o.obligatoire);
    let mut objectifs: Vec<Value> = obligatoires
        .map(|o| {
            json!({
                "$comment": "Objectif obligatoire de ce modèle.",
                "id": format!("obj-{}", o.code), "titre": o.titre, "bibliotheque": o.code.as_str(),
                "origine": "bibliotheque", "portee": "transversal"
            })
        })
        .collect();
    let mut premier = json!({
        "$comment": "Un objectif par priorité du diagnostic ; « constats » renvoie aux constats dont il découle.",
        "id": "obj-1", "portee": "etablissement", "etablissements": ["etablissement-1"], "constats": ["constat-1"],
        "origine": "diagnostic"
    });
    if let (Some(general), Value::Object(o)) = (general, &mut premier) {
        let choix: Vec<String> =
            manifeste.objectifs_generaux.iter().map(|g| format!("{} ({})", g.id, g.titre)).collect();
        o.insert("$comment".into(), json!(format!("« general » : {}.", choix.join(" ; "))));
        o.insert("general".into(), json!(general));
    }
    objectifs.push(premier);
    let fiches: Vec<Value> = objectifs
        .iter()
        .map(|o| json!({ "objectif": o["id"], "actions": [{ "texte": "Décrire ici une action concrète, à l'infinitif" }] }))
        .collect();
    json!({
        "$schema": "contrat.schema.json",
        "$comment": "Contrat de départ. Écrivez le schéma à côté de ce fichier (« cpom schema > contrat.schema.json ») : l'éditeur explique alors chaque clé. Une valeur inconnue peut être laissée absente (elle sera marquée dans le projet) ou remplacée par {\"non_applicable\": \"motif\"}.",
        "version_schema": "1",
        "reference": "CPOM-A-RENOMMER",
        "modele": { "id": manifeste.id.as_str(), "version": manifeste.version },
        "etat": "projet",
        "periode": {
            "$comment": "« prise_effet » : date, ou derniere_signature. La fin est calculée.",
            "prise_effet": "date", "duree_annees": 5
        },
        "signature": { "mode": "papier" },
        "parties": {
            "autorites": [
                ars,
                {
                    "$comment": "Une autorité par département compétent ; supprimez-la si l'ARS est seule compétente. « departement » : le code INSEE.",
                    "id": "departement", "type": "departement", "representant": { "qualite": "président du conseil départemental" }
                }
            ],
            "gestionnaires": [{
                "$comment": "« statut_juridique » : code FINESS (60 association, 61 association reconnue d'utilité publique, 63 fondation, 21 établissement public communal…).",
                "id": "gestionnaire", "representant": { "qualite": "présidente" }
            }]
        },
        "perimetre": {
            "etablissements": [{
                "$comment": "Un élément par établissement ou service. « categorie » : code FINESS (183 IME, 182 SESSAD, 255 MAS, 246 ESAT, 448 EAM…).",
                "id": "etablissement-1", "gestionnaire": "gestionnaire", "inclus": true,
                "capacites": [{ "modalite": "semi_internat", "unite": "places" }]
            }]
        },
        "diagnostic": {
            "constats": [{
                "$comment": "« nature » : force, faiblesse, specificite, opportunite ou menace.",
                "id": "constat-1", "nature": "faiblesse", "etablissements": ["etablissement-1"]
            }]
        },
        "objectifs": objectifs,
        "fiches_actions": fiches,
        "moyens": { "budgets": [{ "etablissement": "etablissement-1", "financeur": "ars" }] },
        "suivi": { "comite": [{ "partie": "ars" }, { "partie": "departement" }, { "partie": "gestionnaire" }] }
    })
}
