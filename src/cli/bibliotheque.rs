//! `cpom bibliotheque`: the objectives that a model proposes; adds one to a contract, loads a region's own list.

use super::arguments::Bibliotheque;
use super::ecran;
use super::issue::Issue;
use crate::dossier::{self, Choix, Erreur, bibliotheque};
use crate::formats::compte;
use crate::lecture;
use crate::modele::bibliotheque::{IndicateurPropose, ObjectifPropose};
use crate::modele::{Modele, tableau};
use crate::nomenclatures::Public;
use std::path::Path;

pub fn executer(commande: &Bibliotheque) -> Result<Issue, Erreur> {
    match commande {
        Bibliotheque::Lister { modele, modeles } => lister(modele.as_deref(), modeles.as_deref()),
        Bibliotheque::Montrer { code, modele, modeles } => montrer(code, modele.as_deref(), modeles.as_deref()),
        Bibliotheque::Ajouter { code, fichier, modele, modeles } => {
            let choix = Choix { modele: modele.clone(), dossier_modeles: modeles.clone(), ..Choix::default() };
            ajouter(code, fichier, &choix)
        }
        Bibliotheque::Importer { fichier, sortie } => importer(fichier, sortie.as_deref()),
    }
}

/// The models that have a library: the one asked for, or all.
fn modeles(id: Option<&str>, dossier: Option<&Path>) -> Result<Vec<Modele>, Erreur> {
    let catalogue = dossier::catalogue(dossier)?;
    Ok(match id {
        Some(id) => vec![catalogue.modele(id)?],
        None => catalogue.liste()?.into_iter().filter(|m| !m.manifeste.bibliotheque.is_empty()).collect(),
    })
}

fn lister(id: Option<&str>, dossier: Option<&Path>) -> Result<Issue, Erreur> {
    for modele in modeles(id, dossier)? {
        let objectifs = &modele.manifeste.bibliotheque;
        ecran::ligne(&format!("Modèle {} : {}", modele.designation(), compte(objectifs.len(), "objectif")));
        for objectif in objectifs {
            let precisions: Vec<String> = precisions(objectif);
            let precisions =
                if precisions.is_empty() { String::new() } else { format!(" ({})", precisions.join(" ; ")) };
            ecran::ligne(&format!("  {} – {}{precisions}", objectif.code, objectif.titre));
        }
    }
    Ok(Issue::Fait)
}

fn precisions(objectif: &ObjectifPropose) -> Vec<String> {
    let mut sortie = Vec::new();
    if objectif.obligatoire {
        sortie.push("obligatoire".to_string());
    }
    if !objectif.publics.is_empty() {
        let noms: Vec<&str> = objectif.publics.iter().map(|p| public(*p)).collect();
        sortie.push(noms.join(", "));
    }
    if !objectif.indicateurs.is_empty() {
        sortie.push(compte(objectif.indicateurs.len(), "indicateur"));
    }
    sortie
}

fn public(public: Public) -> &'static str {
    match public {
        Public::Enfants => "enfants",
        Public::Adultes => "adultes",
        Public::Ages => "personnes âgées",
        Public::Tous => "tous publics",
    }
}

fn montrer(code: &str, id: Option<&str>, dossier: Option<&Path>) -> Result<Issue, Erreur> {
    let modeles = modeles(id, dossier)?;
    let trouves: Vec<(&Modele, &ObjectifPropose)> =
        modeles.iter().filter_map(|m| Some((m, bibliotheque::objectif(m, code).ok()?))).collect();
    if trouves.is_empty() {
        // The error of the largest library proposes the nearest code.
        let modele = modeles.iter().max_by_key(|m| m.manifeste.bibliotheque.len());
        if let Some(modele) = modele {
            bibliotheque::objectif(modele, code)?;
        }
    }
    for (modele, objectif) in trouves {
        ecran::ligne(&format!("{} – {}", objectif.code, objectif.titre));
        ecran::ligne(&format!("  Modèle : {}", modele.designation()));
        for (intitule, valeur) in [
            ("Thème", objectif.theme.clone()),
            ("Précisions", Some(precisions(objectif).join(" ; ")).filter(|p| !p.is_empty())),
            ("Note", objectif.note.clone()),
        ] {
            if let Some(valeur) = valeur {
                ecran::ligne(&format!("  {intitule} : {valeur}"));
            }
        }
        objectif.indicateurs.iter().for_each(montrer_indicateur);
    }
    Ok(Issue::Fait)
}

fn montrer_indicateur(indicateur: &IndicateurPropose) {
    ecran::ligne(&format!("  Indicateur {} : {}", indicateur.id, indicateur.libelle));
    let sens = indicateur.sens.and_then(|s| serde_json::to_value(s).ok());
    for (intitule, valeur) in [
        ("numérateur", indicateur.numerateur.as_deref()),
        ("dénominateur", indicateur.denominateur.as_deref()),
        ("unité", indicateur.unite.as_deref()),
        ("évolution voulue", sens.as_ref().and_then(serde_json::Value::as_str)),
        ("source", indicateur.source.as_deref()),
        ("fréquence", indicateur.frequence.as_deref()),
    ] {
        if let Some(valeur) = valeur {
            ecran::ligne(&format!("    {intitule} : {valeur}"));
        }
    }
}

fn ajouter(code: &str, fichier: &Path, choix: &Choix) -> Result<Issue, Erreur> {
    let ouverture = dossier::ouvrir(&[fichier.to_path_buf()])?;
    let ajout = bibliotheque::ajouter(&ouverture, choix, code)?;
    let lu = ouverture.lecture.fichiers.first().map(|lu| lu.octets.as_slice()).unwrap_or_default();
    dossier::reecrire(fichier, lu, &ajout.octets)?;
    ecran::ligne(&format!("{} : « {} » ajouté (modèle {})", fichier.display(), ajout.titre, ajout.modele));
    ecran::ligne(&format!(
        "    Objectif « {} », avec sa fiche et {}.",
        ajout.objectif,
        compte(ajout.indicateurs, "indicateur")
    ));
    ecran::ligne("    À compléter : établissements, constats, échéance, pilote, actions, valeurs de départ et cibles.");
    Ok(Issue::Fait)
}

fn importer(fichier: &Path, sortie: Option<&Path>) -> Result<Issue, Erreur> {
    let lu = lecture::charger(fichier)?.octets;
    let nom = fichier.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bibliotheque = match tableau::lire(&nom, &lu) {
        Ok(liste) => {
            ecran::remarques(&liste.alertes);
            liste.bibliotheque
        }
        Err(remarques) => {
            ecran::remarques(&remarques);
            ecran::note(&format!("liste refusée : {} ; rien n'a été écrit.", compte(remarques.len(), "faute")));
            return Ok(Issue::Refuse);
        }
    };
    let mut texte = serde_json::to_string_pretty(&bibliotheque).map_err(|e| Erreur::Interne(e.to_string()))?;
    texte.push('\n');
    let Some(sortie) = sortie else {
        ecran::brut(&texte);
        return Ok(Issue::Fait);
    };
    dossier::epargner(&[fichier.to_path_buf()], [sortie])?;
    dossier::ecrire_fichier(sortie, texte.as_bytes())?;
    let indicateurs: usize = bibliotheque.objectifs.iter().map(|o| o.indicateurs.len()).sum();
    ecran::ligne(&format!(
        "écrit : {} ({}, {})",
        sortie.display(),
        compte(bibliotheque.objectifs.len(), "objectif"),
        compte(indicateurs, "indicateur")
    ));
    Ok(Issue::Fait)
}
