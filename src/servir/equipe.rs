//! A request ↔ a work that an assistant does, bounded, and killed at the delay: whatever a request holds, it stops no other.

use super::depot::Depot;
use super::fonds::Fonds;
use super::parametres::Parametres;
use super::reponse::Reponse;
use crate::compte_rendu::Bilan;
use crate::http::probleme::{Ecrit, Genre, Probleme, trop_long};
use crate::isolement::{self, Arret, Bornes, Octets, Paquet, Tache};
use crate::lecture::Fichier;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Longer than any service waits for.
pub(super) static DEMANDE: Tache =
    Tache { nom: "demande", calcul: Duration::from_secs(2 * 3600), delai: Duration::from_secs(3600) };
pub(super) const BORNES: Bornes = Bornes { memoire: 6 * 1024, reponse: 1024 };

/// Those who do the works of a service.
pub(super) struct Equipe {
    assistants: Option<isolement::Equipe>,
    arretees: AtomicU64,
    panne: AtomicBool,
}

/// A request, but for the bytes of its files.
#[derive(Serialize, Deserialize)]
pub(super) struct Commande {
    pub chemin: String,
    pub parametres: Vec<(String, String)>,
    /// Names of the files, in the order of their bytes.
    pub contrat: Vec<String>,
    pub depuis: Vec<String>,
    pub pieces: Vec<String>,
    pub gabarit: Option<String>,
    pub classeur: Option<String>,
    /// Of the models that the service has read.
    pub modeles: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Fiche {
    pub r#type: String,
    pub nom: Option<String>,
    pub bilan: Option<Bilan>,
}

impl Equipe {
    /// `arguments` is the command line of the assistants; without it, works are done by threads of this process.
    pub fn nouvelle(arguments: Option<Vec<OsString>>) -> Self {
        Equipe {
            assistants: arguments.map(|arguments| isolement::Equipe::nouvelle(arguments, BORNES)),
            arretees: AtomicU64::new(0),
            panne: AtomicBool::new(false),
        }
    }

    /// Works that were stopped since the start.
    pub fn arretees(&self) -> u64 {
        self.arretees.load(Ordering::Relaxed)
    }

    /// Whether the last assistant could not be launched.
    pub fn est_en_panne(&self) -> bool {
        self.panne.load(Ordering::Relaxed)
    }

    /// Does the work of an address, within `delai`; `ici` is how a thread of this process does it.
    pub fn faire(
        &self,
        fonds: &Fonds,
        chemin: &str,
        parametres: &Parametres,
        depot: Depot,
        delai: Duration,
        ici: impl FnOnce(Depot) -> Result<Reponse, Probleme>,
    ) -> Result<Reponse, Probleme> {
        let Some(assistants) = &self.assistants else { return ici(depot) };
        // The room that the files take is given back once they are sent and worked on.
        let (demande, _tenue) = emballer(fonds, chemin, parametres, depot);
        let reponse = assistants.demander(&DEMANDE, &demande, delai);
        self.panne.store(matches!(reponse, Err(Arret::Impossible(_))), Ordering::Relaxed);
        let reponse = reponse.map_err(|arret| {
            self.arretees.fetch_add(1, Ordering::Relaxed);
            dire(&arret, delai)
        })?;
        let fiche: Result<Fiche, Ecrit> = reponse.lire().ok_or_else(Probleme::defaut)?;
        let Fiche { r#type, nom, bilan } = fiche?;
        let octets = reponse.octets.first().map(|octets| octets.to_vec()).unwrap_or_default();
        Ok(Reponse { r#type: r#type.into(), octets, nom, bilan })
    }
}

fn dire(arret: &Arret, delai: Duration) -> Probleme {
    match arret {
        Arret::Delai => trop_long(delai),
        Arret::Impossible(_) => Probleme::nouveau(
            Genre::Occupe,
            "Le service n'a pas pu lancer le programme qui traite la demande.",
            "recommencez dans quelques secondes.",
        ),
        Arret::Brutal | Arret::Demesure => Probleme::defaut(),
    }
}

fn emballer(
    fonds: &Fonds,
    chemin: &str,
    parametres: &Parametres,
    depot: Depot,
) -> (Paquet, Option<tokio::sync::OwnedSemaphorePermit>) {
    let Depot { contrat, depuis, pieces, gabarit, classeur, tenue } = depot;
    let mut octets: Vec<Octets> = Vec::new();
    let mut noms = |fichiers: Vec<Fichier>| -> Vec<String> {
        let nom = |fichier: Fichier| {
            octets.push(fichier.octets.into());
            fichier.nom
        };
        fichiers.into_iter().map(nom).collect()
    };
    let (contrat, depuis) = (noms(contrat), noms(depuis));
    let (pieces, contenus): (Vec<String>, Vec<Octets>) = pieces.into_iter().unzip();
    octets.extend(contenus);
    let mut seul = |fichier: Option<(String, Vec<u8>)>| {
        fichier.map(|(nom, contenu)| {
            octets.push(contenu.into());
            nom
        })
    };
    let (gabarit, classeur) = (seul(gabarit), seul(classeur));
    let commande = Commande {
        chemin: chemin.to_owned(),
        parametres: parametres.paires(),
        contrat,
        depuis,
        pieces,
        gabarit,
        classeur,
        modeles: fonds.empreinte.clone(),
    };
    (Paquet::de(&commande, octets), tenue)
}
