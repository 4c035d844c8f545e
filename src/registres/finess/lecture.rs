//! Files of FINESS and what is asked of them → what they say of it, joined; or why they do not say it.

use super::erreurs::FinessRefuse;
use super::extrait::{Demande, Entite, Extrait, Note, Provenance};
use super::releve::Releve;
use super::source::{self, Flux, Forme};
use super::{etalab, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Reads files, in any order and of any mix.
pub fn lire(fichiers: &[PathBuf], demande: &Demande) -> Result<Extrait, FinessRefuse> {
    let lire = |chemin: &PathBuf| {
        let nom = chemin.display().to_string();
        source::avec(chemin, |flux| un_fichier(&nom, flux, demande)).map(|releve| (nom.clone(), releve))
    };
    joindre(fichiers.iter().map(lire).collect::<Result<Vec<_>, _>>()?, demande)
}

/// Reads files that came without a disk.
pub fn lire_octets(fichiers: &[(&str, &[u8])], demande: &Demande) -> Result<Extrait, FinessRefuse> {
    let lire = |(nom, octets): &(&str, &[u8])| {
        source::avec_octets(nom, octets, |flux| un_fichier(nom, flux, demande))
            .map(|releve| ((*nom).to_owned(), releve))
    };
    joindre(fichiers.iter().map(lire).collect::<Result<Vec<_>, _>>()?, demande)
}

fn un_fichier(nom: &str, flux: Flux<'_>, demande: &Demande) -> Result<Releve, FinessRefuse> {
    match flux.forme {
        Forme::Json => json::lire(nom, flux, demande),
        Forme::Etalab => etalab::lire(nom, flux, demande),
    }
}

/// The latest file has the last word on what several give.
fn joindre(mut releves: Vec<(String, Releve)>, demande: &Demande) -> Result<Extrait, FinessRefuse> {
    releves.sort_by(|(_, a), (_, b)| a.date.cmp(&b.date));
    let structures: Vec<&(String, Releve)> = releves.iter().filter(|(_, r)| r.donne_structures).collect();
    if structures.is_empty() {
        let noms: Vec<&str> = releves.iter().map(|(nom, _)| nom.as_str()).collect();
        return Err(FinessRefuse::SansStructures(noms.join(" », « ")));
    }
    let compte = structures.iter().map(|(_, r)| r.entites).max().unwrap_or_default();
    let noms: Vec<String> = structures.iter().map(|(nom, _)| nom.clone()).collect();
    let mut extrait = Extrait {
        provenances: releves.iter().map(|(nom, releve)| provenance(nom, releve)).collect(),
        avec_activites: releves.iter().any(|(_, r)| r.donne_activites),
        ..Extrait::default()
    };
    let mut entites: BTreeMap<String, Entite> = BTreeMap::new();
    let mut activites = BTreeMap::new();
    let vide = |finess: &str| Entite { finess: finess.to_owned(), ..Entite::default() };
    for (_, releve) in releves {
        for nommee in releve.nommees {
            let connue = entites.remove(&nommee.finess).map(|e| e.etablissements).unwrap_or_default();
            entites.insert(nommee.finess.clone(), Entite { etablissements: connue, ..nommee });
        }
        for (ej, etablissement) in releve.etablissements {
            let siens = &mut entites.entry(ej.clone()).or_insert_with(|| vide(&ej)).etablissements;
            siens.retain(|autre| autre.finess != etablissement.finess);
            siens.push(etablissement);
        }
        activites.extend(releve.activites);
        extrait.notes.extend(releve.notes);
    }
    if !demande.ailleurs {
        if let Some(absente) = demande.ej.iter().find(|ej| !entites.contains_key(*ej)) {
            return Err(FinessRefuse::SansEntite { numero: absente.clone(), compte, noms });
        }
        let connus: Vec<String> =
            entites.values().flat_map(|e| &e.etablissements).map(|et| et.finess.clone()).collect();
        if let Some(absent) = demande.et.iter().find(|et| !connus.contains(et)) {
            let (numero, compte) = (absent.clone(), connus.len());
            return Err(FinessRefuse::SansEtablissement {
                numero,
                compte,
                connus: connus.into_iter().take(8).collect(),
            });
        }
    }
    for etablissement in entites.values_mut().flat_map(|e| &mut e.etablissements) {
        etablissement.activites = activites.remove(&etablissement.finess).unwrap_or_default();
    }
    extrait.entites = entites.into_values().collect();
    if !extrait.avec_activites {
        let message =
            "aucun fichier d'activités n'est donné : les capacités, les modalités et les âges ne sont pas lus.";
        extrait.notes.insert(0, Note { numero: String::new(), message: message.to_owned() });
    }
    Ok(extrait)
}

fn provenance(nom: &str, releve: &Releve) -> Provenance {
    Provenance { nom: nom.to_owned(), sorte: releve.sorte, date: releve.date.clone(), codage: releve.codage }
}
