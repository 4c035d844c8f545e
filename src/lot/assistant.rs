//! A contract of a run ↔ a work that an assistant does: what stops it is a line of the manifest, and stops no other.

use super::demande::Demande;
use super::entrees::Entree;
use super::manifeste::Ligne;
use super::preparation::{self, Prepare};
use crate::isolement::{self, Arret, Bornes, Equipe, Metier, Paquet, Tache};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// A contract is read, checked and printed, but for its writing.
static CONTRAT: Tache =
    Tache { nom: "contrat", calcul: Duration::from_secs(30 * 60), delai: Duration::from_secs(60 * 60) };

/// Ten times what a dossier of 74 pages takes, twice.
pub(super) const BORNES: Bornes = Bornes { memoire: 8 * 1024, reponse: 2 * 1024 };

#[derive(Serialize, Deserialize)]
struct Commande {
    reference: String,
    homonyme: Option<String>,
    connue: Option<Ligne>,
}

#[derive(Serialize, Deserialize)]
struct Reponse {
    ligne: Ligne,
    deja_fait: bool,
    noms: Vec<String>,
}

/// Has a contract prepared.
pub(super) fn confier(equipe: &Equipe, entree: &Entree, connue: Option<&Ligne>) -> Prepare {
    let commande =
        Commande { reference: entree.reference.clone(), homonyme: entree.homonyme.clone(), connue: connue.cloned() };
    let chemins = entree.fichiers.iter().map(|chemin| en_octets(chemin).into()).collect();
    let reponse = equipe.demander(&CONTRAT, &Paquet::de(&commande, chemins), CONTRAT.delai);
    let lue = reponse.and_then(|reponse| Ok((reponse.lire::<Reponse>().ok_or(Arret::Brutal)?, reponse.octets)));
    match lue {
        Ok((Reponse { ligne, deja_fait, noms }, octets)) => {
            let fichiers = noms.into_iter().zip(octets.iter().map(|octets| octets.to_vec())).collect();
            Prepare { ligne, deja_fait, fichiers }
        }
        Err(arret) => {
            let ligne = Ligne { erreur: Some(dire(&arret)), ..preparation::ligne(entree) };
            Prepare { ligne, deja_fait: false, fichiers: Vec::new() }
        }
    }
}

fn dire(arret: &Arret) -> String {
    let pourquoi = match arret {
        Arret::Delai => {
            format!("elle n'était pas finie au bout de {} minutes de calcul", CONTRAT.calcul.as_secs() / 60)
        }
        Arret::Brutal => "elle demandait plus de mémoire qu'il n'en est donné, ou le programme a un défaut".to_owned(),
        Arret::Demesure => "les fichiers imprimés sont démesurés".to_owned(),
        Arret::Impossible(motif) => format!("le programme qui l'imprime n'a pas pu être lancé ({motif})"),
    };
    format!(
        "son impression s'est arrêtée : {pourquoi}.\n    À faire : allégez le contrat ou ses pièces, puis reprenez avec « --continuer »."
    )
}

/// Prepares the contracts of a run of another process, as they come.
pub fn assister(demande: impl FnOnce() -> Option<Demande> + Send + 'static) {
    isolement::servir(BORNES, move || {
        let preparer = |demande: Demande| -> Metier { (&CONTRAT, Box::new(move |paquet| repondre(&demande, &paquet))) };
        demande().map(preparer).into_iter().collect()
    });
}

fn repondre(demande: &Demande, paquet: &Paquet) -> Paquet {
    let Some(Commande { reference, homonyme, connue }) = paquet.lire() else { return Paquet::default() };
    let fichiers = paquet.octets.iter().map(|octets| en_chemin(octets)).collect();
    let entree = Entree { fichiers, reference, homonyme, moitie: None };
    let preparer = || preparation::preparer(&entree, demande, connue.as_ref());
    let Prepare { ligne, deja_fait, fichiers } = crate::dossier::sur_un_fil(preparer);
    let (noms, octets): (Vec<String>, Vec<_>) = fichiers.into_iter().map(|(nom, octets)| (nom, octets.into())).unzip();
    Paquet::de(&Reponse { ligne, deja_fait, noms }, octets)
}

/// A path, whatever its bytes.
#[cfg(unix)]
fn en_octets(chemin: &std::path::Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    chemin.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
fn en_chemin(octets: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(octets.to_vec()).into()
}

#[cfg(not(unix))]
fn en_octets(chemin: &std::path::Path) -> Vec<u8> {
    chemin.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn en_chemin(octets: &[u8]) -> PathBuf {
    String::from_utf8_lossy(octets).into_owned().into()
}
