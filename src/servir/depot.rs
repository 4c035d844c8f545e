//! The body of a request → the files that it brings, all in memory: their names are words, no path is opened.

use super::probleme::{Genre, Probleme};
use crate::lecture::{self, Fichier};
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A part of a form.
#[derive(Debug)]
pub(super) struct Partie {
    pub nom: &'static str,
    pub dit: &'static str,
    /// What the part holds.
    pub r#type: &'static str,
    /// Whether a form may bring several.
    pub plusieurs: bool,
}

const CONTRAT: Partie = Partie {
    nom: "contrat",
    dit: "Le contrat en JSON ; répétez la partie s'il est en plusieurs fichiers, qui portent la même « reference ».",
    r#type: "application/json",
    plusieurs: true,
};
const DEPUIS: Partie = Partie {
    nom: "depuis",
    dit: "Une autre version du contrat : le rapport ne donne que les remarques nouvelles, et celles qui n'y sont plus.",
    r#type: "application/json",
    plusieurs: true,
};
const PIECE: Partie = Partie {
    nom: "piece",
    dit: "Un fichier que le contrat nomme (logo, organigramme, pièce annexée) ; son nom de fichier est celui que le contrat donne.",
    r#type: "application/octet-stream",
    plusieurs: true,
};
const GABARIT: Partie = Partie {
    nom: "gabarit",
    dit: "Un document Word qui donne ses styles, ses marges, son en-tête et son pied de page au Word imprimé.",
    r#type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    plusieurs: false,
};

/// Of `POST /verifier`.
pub(super) const DE_VERIFIER: &[Partie] = &[CONTRAT, DEPUIS, PIECE];

/// Of `POST /generer`.
pub(super) const DE_GENERER: &[Partie] = &[CONTRAT, PIECE, GABARIT];

/// The files of a request.
#[derive(Debug, Default)]
pub(super) struct Depot {
    pub contrat: Vec<Fichier>,
    pub depuis: Vec<Fichier>,
    pub pieces: BTreeMap<String, Arc<[u8]>>,
    /// Its name and its bytes.
    pub gabarit: Option<(String, Vec<u8>)>,
    /// What the files take of the memory of all requests, given back with them.
    _tenue: Option<OwnedSemaphorePermit>,
}

/// The bytes that one request, and all of them together, may hold.
pub(super) struct Limites {
    /// Most bytes of a request.
    pub taille_max: usize,
    /// Kibibytes left to the requests that are held in memory.
    pub memoire: Arc<Semaphore>,
}

/// Counts the bytes of a request as they come.
struct Compteur<'l> {
    limites: &'l Limites,
    reste: usize,
    /// Bytes received that the permit already covers.
    avance: usize,
    tenue: Option<OwnedSemaphorePermit>,
}

impl Compteur<'_> {
    fn ajouter(&mut self, morceau: &[u8], a: &mut Vec<u8>) -> Result<(), Probleme> {
        self.reste = self.reste.checked_sub(morceau.len()).ok_or_else(|| self.trop_gros())?;
        if self.avance < morceau.len() {
            let pages = (morceau.len() - self.avance).div_ceil(1024);
            let nombre = u32::try_from(pages).map_err(|_| self.trop_gros())?;
            let tenue = Arc::clone(&self.limites.memoire).try_acquire_many_owned(nombre).map_err(|_| {
                Probleme::nouveau(
                    Genre::Occupe,
                    "Les demandes en cours tiennent toute la mémoire qui leur est donnée.",
                    "recommencez dans quelques secondes.",
                )
            })?;
            self.avance += pages * 1024;
            match &mut self.tenue {
                Some(deja) => deja.merge(tenue),
                vide => *vide = Some(tenue),
            }
        }
        self.avance -= morceau.len();
        a.extend_from_slice(morceau);
        Ok(())
    }

    fn trop_gros(&self) -> Probleme {
        trop_gros(self.limites.taille_max)
    }
}

fn trop_gros(taille_max: usize) -> Probleme {
    Probleme::nouveau(
        Genre::Taille,
        format!("La demande dépasse {} Mo.", taille_max / (1024 * 1024)),
        "allégez les pièces, ou demandez à qui tient le service d'en relever la limite (« --taille-max »).",
    )
}

/// Reads the body of a request: a contract as it is, or a form with its files.
pub(super) async fn recevoir(
    requete: Request,
    parties: &'static [Partie],
    limites: &Limites,
) -> Result<Depot, Probleme> {
    let annonce = requete.headers().get("content-length").and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if annonce.is_some_and(|taille| taille > limites.taille_max as u64) {
        return Err(trop_gros(limites.taille_max));
    }
    let mut compteur = Compteur { limites, reste: limites.taille_max, avance: 0, tenue: None };
    let forme = requete.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut depot = match forme.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => {
            let contrat = recu(CONTRAT.nom, lire(requete.into_body(), &mut compteur).await?)?;
            Depot { contrat: vec![contrat], ..Depot::default() }
        }
        "multipart/form-data" => formulaire(requete, parties, &mut compteur).await?,
        _ => {
            return Err(Probleme::nouveau(
                Genre::Forme,
                "La demande n'est ni un contrat en JSON (« application/json »), ni un formulaire (« multipart/form-data »).",
                "donnez l'en-tête « Content-Type: application/json » et le contrat, ou un formulaire dont la partie « contrat » est le contrat.",
            ));
        }
    };
    if depot.contrat.is_empty() {
        let noms = enumerer(parties);
        return Err(Probleme::nouveau(
            Genre::Demande,
            "Le formulaire n'a pas de contrat.",
            format!("donnez-le dans une partie « contrat » (parties admises : {noms})."),
        ));
    }
    depot._tenue = compteur.tenue;
    Ok(depot)
}

async fn lire(mut corps: Body, compteur: &mut Compteur<'_>) -> Result<Vec<u8>, Probleme> {
    let mut octets = Vec::new();
    while let Some(trame) = corps.frame().await {
        let trame = trame.map_err(|_| coupe())?;
        if let Some(morceau) = trame.data_ref() {
            compteur.ajouter(morceau, &mut octets)?;
        }
    }
    Ok(octets)
}

fn coupe() -> Probleme {
    Probleme::nouveau(Genre::Demande, "La demande s'interrompt.", "envoyez-la de nouveau, en entier.")
}

fn recu(nom: &str, octets: Vec<u8>) -> Result<Fichier, Probleme> {
    lecture::recu(nom.to_owned(), octets).map_err(|e| crate::dossier::Erreur::from(e).into())
}

async fn formulaire(
    requete: Request,
    parties: &'static [Partie],
    compteur: &mut Compteur<'_>,
) -> Result<Depot, Probleme> {
    let mut formulaire = Multipart::from_request(requete, &()).await.map_err(|_| {
        Probleme::nouveau(
            Genre::Demande,
            "Le formulaire n'a pas de séparateur (« boundary »).",
            "laissez votre outil écrire lui-même l'en-tête « Content-Type » du formulaire.",
        )
    })?;
    let mut depot = Depot::default();
    while let Some(mut champ) = formulaire.next_field().await.map_err(|e| illisible(&e, compteur))? {
        let nom = champ.name().unwrap_or_default().to_owned();
        let Some(partie) = parties.iter().find(|p| p.nom == nom) else {
            let detail = format!("La partie « {nom} » du formulaire n'est pas connue ici.");
            return Err(Probleme::nouveau(
                Genre::Demande,
                detail,
                format!("choisissez parmi : {}.", enumerer(parties)),
            ));
        };
        let fichier = champ.file_name().map(str::to_owned);
        let octets = contenu(&mut champ, compteur).await?;
        ranger(&mut depot, partie, fichier, octets)?;
    }
    Ok(depot)
}

async fn contenu(champ: &mut Field<'_>, compteur: &mut Compteur<'_>) -> Result<Vec<u8>, Probleme> {
    let mut octets = Vec::new();
    while let Some(morceau) = champ.chunk().await.map_err(|e| illisible(&e, compteur))? {
        compteur.ajouter(&morceau, &mut octets)?;
    }
    Ok(octets)
}

/// A form that breaks off, or is none.
fn illisible(erreur: &MultipartError, compteur: &Compteur<'_>) -> Probleme {
    match erreur.status() {
        StatusCode::PAYLOAD_TOO_LARGE => compteur.trop_gros(),
        _ => Probleme::nouveau(
            Genre::Demande,
            "Le formulaire s'interrompt, ou n'est pas écrit comme un formulaire.",
            "envoyez-le de nouveau, en entier.",
        ),
    }
}

fn ranger(depot: &mut Depot, partie: &Partie, fichier: Option<String>, octets: Vec<u8>) -> Result<(), Probleme> {
    let repetee = |quoi: String| {
        Err(Probleme::nouveau(Genre::Choix, format!("{quoi} est donnée deux fois."), "ne la donnez qu'une fois."))
    };
    let nom = fichier.filter(|nom| !nom.is_empty());
    match partie.nom {
        "contrat" => depot.contrat.push(recu(nom.as_deref().unwrap_or(CONTRAT.nom), octets)?),
        "depuis" => depot.depuis.push(recu(nom.as_deref().unwrap_or(DEPUIS.nom), octets)?),
        "gabarit" => {
            let nom = nom.unwrap_or_else(|| GABARIT.nom.to_owned());
            if depot.gabarit.replace((nom, octets)).is_some() {
                return repetee("La partie « gabarit »".to_owned());
            }
        }
        _ => {
            let Some(nom) = nom else {
                return Err(Probleme::nouveau(
                    Genre::Demande,
                    "Une partie « piece » n'a pas de nom de fichier.",
                    "donnez-lui le nom que le contrat emploie, par exemple « pieces/organigramme.pdf ».",
                ));
            };
            if depot.pieces.insert(nom.clone(), octets.into()).is_some() {
                return repetee(format!("La pièce « {nom} »"));
            }
        }
    }
    Ok(())
}

fn enumerer(parties: &[Partie]) -> String {
    parties.iter().map(|p| p.nom).collect::<Vec<_>>().join(", ")
}
