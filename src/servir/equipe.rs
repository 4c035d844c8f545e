//! A request ↔ a work that an assistant does, bounded, and killed at the delay: whatever a request holds, it stops no other.

use super::actions::Reponse;
use super::depot::Depot;
use super::fonds::Fonds;
use super::parametres::Parametres;
use super::probleme::{Ecrit, Genre, Probleme};
use super::routes::{Action, ROUTES, Route};
use crate::compte_rendu::Bilan;
use crate::dossier;
use crate::formats::compte;
use crate::isolement::{self, Arret, Bornes, Metier, Octets, Paquet, Tache};
use crate::lecture::Fichier;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Longer than any service waits for.
static DEMANDE: Tache =
    Tache { nom: "demande", calcul: Duration::from_secs(2 * 3600), delai: Duration::from_secs(3600) };
const BORNES: Bornes = Bornes { memoire: 6 * 1024, reponse: 1024 };

/// Those who do the works of a service.
pub(super) struct Equipe {
    assistants: Option<isolement::Equipe>,
    arretees: AtomicU64,
    panne: AtomicBool,
}

/// A request, but for the bytes of its files.
#[derive(Serialize, Deserialize)]
struct Commande {
    chemin: String,
    parametres: Vec<(String, String)>,
    /// Names of the files, in the order of their bytes.
    contrat: Vec<String>,
    depuis: Vec<String>,
    pieces: Vec<String>,
    gabarit: Option<String>,
    /// Of the models that the service has read.
    modeles: String,
}

#[derive(Serialize, Deserialize)]
struct Fiche {
    r#type: String,
    nom: Option<String>,
    bilan: Option<Bilan>,
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

    /// Does the work of an address, within `delai`.
    pub fn faire(
        &self,
        fonds: &Fonds,
        route: &'static Route,
        parametres: &Parametres,
        depot: Depot,
        delai: Duration,
    ) -> Result<Reponse, Probleme> {
        let Some(assistants) = &self.assistants else { return travailler(fonds, route, parametres, depot) };
        // The room that the files take is given back once they are sent and worked on.
        let (demande, _tenue) = emballer(fonds, route, parametres, depot);
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

/// A work that was not over in time.
pub(super) fn trop_long(delai: Duration) -> Probleme {
    let secondes = compte(usize::try_from(delai.as_secs()).unwrap_or(usize::MAX), "seconde");
    Probleme::nouveau(
        Genre::Occupe,
        format!("La réponse n'est pas prête au bout de {secondes}."),
        "recommencez plus tard, ou demandez à qui tient le service de relever le délai (« --delai »).",
    )
}

fn emballer(
    fonds: &Fonds,
    route: &Route,
    parametres: &Parametres,
    depot: Depot,
) -> (Paquet, Option<tokio::sync::OwnedSemaphorePermit>) {
    let Depot { contrat, depuis, pieces, gabarit, tenue } = depot;
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
    let gabarit = gabarit.map(|(nom, contenu)| {
        octets.push(contenu.into());
        nom
    });
    let commande = Commande {
        chemin: route.chemin.to_owned(),
        parametres: parametres.paires(),
        contrat,
        depuis,
        pieces,
        gabarit,
        modeles: fonds.empreinte.clone(),
    };
    (Paquet::de(&commande, octets), tenue)
}

/// Does the works of a service of another process, as they come.
pub fn assister(modeles: Option<PathBuf>, delai: Duration) {
    // A file that is read apart has its own delay, within that of the request: it is then told by its name.
    isolement::plafonner(delai * 2 / 3);
    isolement::servir(BORNES, move || {
        let metier = |fonds: Fonds| -> Metier { (&DEMANDE, Box::new(move |paquet| repondre(&fonds, paquet))) };
        Fonds::lire(modeles.as_deref()).map(metier).into_iter().collect()
    });
}

fn repondre(fonds: &Fonds, demande: Paquet) -> Paquet {
    let fait = dossier::sur_un_fil(|| deballer(fonds, demande));
    let (fiche, octets): (Result<Fiche, Ecrit>, Vec<Octets>) = match fait {
        Ok(Reponse { r#type, octets, nom, bilan }) => {
            (Ok(Fiche { r#type: r#type.into_owned(), nom, bilan }), vec![octets.into()])
        }
        Err(probleme) => (Err(probleme.ecrit()), Vec::new()),
    };
    Paquet::de(&fiche, octets)
}

fn deballer(fonds: &Fonds, demande: Paquet) -> Result<Reponse, Probleme> {
    let commande: Commande = demande.lire().ok_or_else(Probleme::defaut)?;
    if commande.modeles != fonds.empreinte {
        return Err(Probleme::nouveau(
            Genre::Occupe,
            "Les modèles ont changé depuis que le service a démarré.",
            "demandez à qui tient le service de le relancer.",
        ));
    }
    let route = ROUTES.iter().find(|route| route.chemin == commande.chemin).ok_or_else(Probleme::defaut)?;
    let parametres = Parametres::lire(route.parametres, &commande.parametres, &fonds.ids)?;
    let mut octets = demande.octets.into_iter();
    let mut fichiers = |noms: Vec<String>| -> Vec<(String, Octets)> { noms.into_iter().zip(octets.by_ref()).collect() };
    let (contrat, depuis, pieces) = (fichiers(commande.contrat), fichiers(commande.depuis), fichiers(commande.pieces));
    let gabarit = fichiers(commande.gabarit.into_iter().collect()).pop();
    let lus = |fichiers: Vec<(String, Octets)>| {
        fichiers.into_iter().map(|(nom, octets)| Fichier { nom, octets: octets.to_vec() }).collect()
    };
    let depot = Depot {
        contrat: lus(contrat),
        depuis: lus(depuis),
        pieces: pieces.into_iter().collect(),
        gabarit: gabarit.map(|(nom, octets)| (nom, octets.to_vec())),
        tenue: None,
    };
    travailler(fonds, route, &parametres, depot)
}

fn travailler(fonds: &Fonds, route: &Route, parametres: &Parametres, depot: Depot) -> Result<Reponse, Probleme> {
    match route.action {
        Action::Faire { travail, .. } => travail(fonds, parametres, depot),
        Action::Lire(_) => Err(Probleme::defaut()),
    }
}
