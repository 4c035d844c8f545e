//! The body of a request → the files that it brings, all in memory: their names are words, no path is opened.

use crate::http::probleme::{Genre, Probleme};
use crate::lecture::{self, Fichier};
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use http_body_util::BodyExt;
use multer::Multipart;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nom {
    Contrat,
    Depuis,
    Piece,
    Gabarit,
    Classeur,
}

/// A part of a form.
#[derive(Debug)]
pub(super) struct Partie {
    pub nom: Nom,
    pub dit: &'static str,
    /// What the part holds.
    pub r#type: &'static str,
    /// Whether a form may bring several.
    pub plusieurs: bool,
}

impl Partie {
    /// Its name in a form.
    pub const fn cle(&self) -> &'static str {
        match self.nom {
            Nom::Contrat => "contrat",
            Nom::Depuis => "depuis",
            Nom::Piece => "piece",
            Nom::Gabarit => "gabarit",
            Nom::Classeur => "classeur",
        }
    }
}

const CONTRAT: Partie = Partie {
    nom: Nom::Contrat,
    dit: "Le contrat en JSON ; répétez la partie s'il est en plusieurs fichiers, qui portent la même « reference ».",
    r#type: "application/json",
    plusieurs: true,
};
const DEPUIS: Partie = Partie {
    nom: Nom::Depuis,
    dit: "Une autre version du contrat : le rapport ne donne que les remarques nouvelles, et celles qui n'y sont plus.",
    r#type: "application/json",
    plusieurs: true,
};
const PIECE: Partie = Partie {
    nom: Nom::Piece,
    dit: "Un fichier que le contrat nomme (logo, organigramme, pièce annexée) ; son nom de fichier est celui que le contrat donne.",
    r#type: "application/octet-stream",
    plusieurs: true,
};
const GABARIT: Partie = Partie {
    nom: Nom::Gabarit,
    dit: "Un document Word qui donne ses styles, ses marges, son en-tête et son pied de page au Word imprimé.",
    r#type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    plusieurs: false,
};

const CLASSEUR: Partie = Partie {
    nom: Nom::Classeur,
    dit: "Un classeur rempli (xlsx, xlsm, xlsb, xls, ods) ou une de ses feuilles (csv) ; sans lui, le classeur du contrat est rendu.",
    r#type: "application/octet-stream",
    plusieurs: false,
};

/// Of `POST /verifier`.
pub(super) const DE_VERIFIER: &[Partie] = &[CONTRAT, DEPUIS, PIECE];

/// Of `POST /generer`.
pub(super) const DE_GENERER: &[Partie] = &[CONTRAT, PIECE, GABARIT];

/// Of `POST /tableur`.
pub(super) const DU_TABLEUR: &[Partie] = &[CONTRAT, CLASSEUR];

/// The files of a request.
#[derive(Debug, Default)]
pub(super) struct Depot {
    pub contrat: Vec<Fichier>,
    pub depuis: Vec<Fichier>,
    pub pieces: BTreeMap<String, Arc<[u8]>>,
    /// Its name and its bytes.
    pub gabarit: Option<(String, Vec<u8>)>,
    /// Its name and its bytes.
    pub classeur: Option<(String, Vec<u8>)>,
    /// What the files take of the memory of all requests, given back with them.
    pub tenue: Option<OwnedSemaphorePermit>,
}

/// The bytes that one request, and all of them together, may hold.
pub(super) struct Limites {
    /// Most bytes of a request.
    pub taille_max: usize,
    /// Kibibytes left to the requests that are held in memory.
    pub memoire: Arc<Semaphore>,
}

/// Longest that is spent on reading what will not be used.
const PATIENCE: Duration = Duration::from_secs(3);
/// Most bytes of the contracts of a request, all files together: twenty times the example of PACA.
const CONTRATS_MAX: usize = 4 * 1024 * 1024;

fn trop_gros(taille_max: usize) -> Probleme {
    Probleme::nouveau(
        Genre::Taille,
        format!("La demande dépasse {} Mo.", taille_max / (1024 * 1024)),
        "allégez les pièces, ou demandez à qui tient le service d'en relever la limite (« --taille-max »).",
    )
}

/// The body of a request, whole, and what it takes of the memory of all requests.
pub(super) struct Recu {
    octets: Bytes,
    tenue: Option<OwnedSemaphorePermit>,
}

/// Reads the body of a request to its end, or as far as its limits go.
pub(super) async fn recevoir(entetes: &HeaderMap, corps: &mut Body, limites: &Limites) -> Result<Recu, Probleme> {
    let annonce = entetes.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if annonce.is_some_and(|taille| taille > limites.taille_max as u64) {
        return Err(trop_gros(limites.taille_max));
    }
    let mut octets = Vec::new();
    let mut tenue: Option<OwnedSemaphorePermit> = None;
    let mut couvert = 0;
    while let Some(trame) = corps.frame().await {
        let trame = trame.map_err(|_| coupe())?;
        let Some(morceau) = trame.data_ref() else { continue };
        if octets.len() + morceau.len() > limites.taille_max {
            return Err(trop_gros(limites.taille_max));
        }
        octets.extend_from_slice(morceau);
        // Twice: as it came, and its files.
        let pages = (2 * octets.len()).div_ceil(1024) - couvert;
        if pages > 0 {
            let permis = limites.reserver(pages)?;
            couvert += pages;
            match &mut tenue {
                Some(deja) => deja.merge(permis),
                vide => *vide = Some(permis),
            }
        }
    }
    Ok(Recu { octets: octets.into(), tenue })
}

impl Limites {
    fn reserver(&self, kibioctets: usize) -> Result<OwnedSemaphorePermit, Probleme> {
        let nombre = u32::try_from(kibioctets).map_err(|_| trop_gros(self.taille_max))?;
        Arc::clone(&self.memoire).try_acquire_many_owned(nombre).map_err(|_| {
            Probleme::nouveau(
                Genre::Occupe,
                "Les demandes en cours tiennent toute la mémoire qui leur est donnée.",
                "recommencez dans quelques secondes.",
            )
        })
    }
}

/// Reads what a client still sends of a refused request, and throws it away: most clients read no answer before they
/// have sent all. One that asks first (`Expect: 100-continue`) has sent nothing.
pub(super) async fn vider(entetes: &HeaderMap, mut corps: Body) {
    if !entetes.contains_key(EXPECT) {
        let _ = timeout(PATIENCE, async { while let Some(Ok(_)) = corps.frame().await {} }).await;
    }
}

/// What was received, as files: a contract as it is, or a form.
pub(super) async fn ouvrir(entetes: &HeaderMap, recu: Recu, parties: &'static [Partie]) -> Result<Depot, Probleme> {
    let Recu { octets, tenue } = recu;
    let texte = |nom| entetes.get(nom).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !matches!(texte(CONTENT_ENCODING), "" | "identity") {
        return Err(Probleme::nouveau(
            Genre::Forme,
            format!("La demande est comprimée (« {} »).", texte(CONTENT_ENCODING)),
            "envoyez-la telle quelle, sans en-tête « Content-Encoding ».",
        ));
    }
    let forme = texte(CONTENT_TYPE);
    let mut depot = match forme.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => Depot { contrat: vec![self::recu(CONTRAT.cle(), octets.to_vec())?], ..Depot::default() },
        "multipart/form-data" => formulaire(octets, forme, parties).await?,
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
    let taille: usize = depot.contrat.iter().chain(&depot.depuis).map(|fichier| fichier.octets.len()).sum();
    if taille > CONTRATS_MAX {
        return Err(Probleme::nouveau(
            Genre::Taille,
            format!("Le contrat dépasse {} Mo : ce n'en est sans doute pas un.", CONTRATS_MAX / (1024 * 1024)),
            "vérifiez le fichier ; les pièces annexées se donnent à part, dans des parties « piece ».",
        ));
    }
    depot.tenue = tenue;
    Ok(depot)
}

fn coupe() -> Probleme {
    Probleme::nouveau(Genre::Demande, "La demande s'interrompt.", "envoyez-la de nouveau, en entier.")
}

fn recu(nom: &str, octets: Vec<u8>) -> Result<Fichier, Probleme> {
    lecture::recu(nom.to_owned(), octets).map_err(|e| crate::dossier::Erreur::from(e).into())
}

async fn formulaire(corps: Bytes, forme: &str, parties: &'static [Partie]) -> Result<Depot, Probleme> {
    let limite = multer::parse_boundary(forme).map_err(|_| {
        Probleme::nouveau(
            Genre::Demande,
            "Le formulaire n'a pas de séparateur (« boundary »).",
            "laissez votre outil écrire lui-même l'en-tête « Content-Type » du formulaire.",
        )
    })?;
    let entier = http_body_util::Full::new(corps).into_data_stream();
    let mut formulaire = Multipart::new(entier, limite);
    let mut depot = Depot::default();
    while let Some(champ) = formulaire.next_field().await.map_err(|_| illisible())? {
        let nom = champ.name().unwrap_or_default().to_owned();
        let Some(partie) = parties.iter().find(|p| p.cle() == nom) else {
            let detail = format!("La partie « {nom} » du formulaire n'est pas connue ici.");
            return Err(Probleme::nouveau(
                Genre::Demande,
                detail,
                format!("choisissez parmi : {}.", enumerer(parties)),
            ));
        };
        let fichier = champ.file_name().map(str::to_owned);
        let octets = champ.bytes().await.map_err(|_| illisible())?;
        ranger(&mut depot, partie.nom, fichier, octets.to_vec())?;
    }
    Ok(depot)
}

/// A form that breaks off, or is none.
fn illisible() -> Probleme {
    Probleme::nouveau(
        Genre::Demande,
        "Le formulaire s'interrompt, ou n'est pas écrit comme un formulaire.",
        "envoyez-le de nouveau, en entier.",
    )
}

fn ranger(depot: &mut Depot, partie: Nom, fichier: Option<String>, octets: Vec<u8>) -> Result<(), Probleme> {
    let repetee = |quoi: String| {
        Err(Probleme::nouveau(Genre::Choix, format!("{quoi} est donnée deux fois."), "ne la donnez qu'une fois."))
    };
    let nom = fichier.filter(|nom| !nom.is_empty());
    match partie {
        Nom::Contrat => depot.contrat.push(recu(nom.as_deref().unwrap_or(CONTRAT.cle()), octets)?),
        Nom::Depuis => depot.depuis.push(recu(nom.as_deref().unwrap_or(DEPUIS.cle()), octets)?),
        Nom::Gabarit => {
            let nom = nom.unwrap_or_else(|| GABARIT.cle().to_owned());
            if depot.gabarit.replace((nom, octets)).is_some() {
                return repetee("La partie « gabarit »".to_owned());
            }
        }
        Nom::Classeur => {
            let nom = nom.unwrap_or_else(|| CLASSEUR.cle().to_owned());
            if depot.classeur.replace((nom, octets)).is_some() {
                return repetee("La partie « classeur »".to_owned());
            }
        }
        Nom::Piece => {
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
    parties.iter().map(Partie::cle).collect::<Vec<_>>().join(", ")
}
