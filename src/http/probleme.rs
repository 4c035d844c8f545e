//! What could not be done for a request, as `application/problem+json` (RFC 9457), in French.

use crate::compte_rendu::CompteRendu;
use crate::dossier::Erreur;
use crate::formats::compte;
use crate::lecture::ErreurLecture;
use axum::http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// Its media type.
pub const TYPE: &str = "application/problem+json";

/// Seconds after which a busy service is worth asking again.
const ATTENTE: &str = "10";

/// The kinds of problems: one identifier, one status, one title each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Genre {
    Demande,
    Etranger,
    Introuvable,
    Methode,
    Lenteur,
    Taille,
    Forme,
    Refus,
    Choix,
    Defaut,
    Occupe,
    /// Of the workshop alone: a value that changed, or an element that is named.
    Conflit,
    /// Of the workshop alone: a page that does not bear its key.
    Acces,
}

impl Genre {
    /// Those of the service.
    pub const TOUS: [Genre; 11] = [
        Genre::Demande,
        Genre::Etranger,
        Genre::Introuvable,
        Genre::Methode,
        Genre::Lenteur,
        Genre::Taille,
        Genre::Forme,
        Genre::Refus,
        Genre::Choix,
        Genre::Defaut,
        Genre::Occupe,
    ];

    const fn dire(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Genre::Demande => ("demande-illisible", StatusCode::BAD_REQUEST, "La demande ne peut pas être lue"),
            Genre::Etranger => ("demande-etrangere", StatusCode::FORBIDDEN, "La demande vient d'ailleurs"),
            Genre::Introuvable => ("adresse-inconnue", StatusCode::NOT_FOUND, "Cette adresse n'existe pas"),
            Genre::Methode => {
                ("methode-inconnue", StatusCode::METHOD_NOT_ALLOWED, "Cette adresse se demande autrement")
            }
            Genre::Lenteur => ("demande-trop-lente", StatusCode::REQUEST_TIMEOUT, "La demande tarde à arriver"),
            Genre::Taille => ("demande-trop-grosse", StatusCode::PAYLOAD_TOO_LARGE, "La demande est trop grosse"),
            Genre::Forme => {
                ("forme-inconnue", StatusCode::UNSUPPORTED_MEDIA_TYPE, "La demande n'a pas la forme attendue")
            }
            Genre::Refus => ("contrat-refuse", StatusCode::UNPROCESSABLE_ENTITY, "Le contrat est refusé"),
            Genre::Choix => {
                ("choix-impossible", StatusCode::UNPROCESSABLE_ENTITY, "Ce qui est demandé n'est pas possible")
            }
            Genre::Defaut => ("defaut", StatusCode::INTERNAL_SERVER_ERROR, "Défaut du programme"),
            Genre::Occupe => ("service-occupe", StatusCode::SERVICE_UNAVAILABLE, "Le service est occupé"),
            Genre::Conflit => ("conflit", StatusCode::CONFLICT, "Le contrat a changé"),
            Genre::Acces => ("acces", StatusCode::UNAUTHORIZED, "L'atelier ne reconnaît pas cette page"),
        }
    }

    pub fn statut(self) -> StatusCode {
        self.dire().1
    }

    pub fn titre(self) -> &'static str {
        self.dire().2
    }

    fn adresse(self) -> String {
        format!("https://cpom.invalid/problemes/{}", self.dire().0)
    }
}

/// What a client is told.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Problème", description = "Ce qui n'a pas pu être fait, et ce que l'on peut faire (RFC 9457).")]
pub struct Probleme {
    #[schemars(description = "Adresse qui nomme le genre de problème ; il n'y a rien à y lire.")]
    r#type: String,
    #[schemars(description = "Le genre de problème, en mots.")]
    title: &'static str,
    #[schemars(description = "Code de la réponse.", range(min = 400, max = 599))]
    status: u16,
    #[schemars(description = "Ce qui ne va pas, dans cette demande.")]
    detail: String,
    #[schemars(description = "Ce qu'il y a à faire.")]
    a_faire: String,
    #[schemars(description = "Les remarques sur le contrat, quand c'est lui qui est en cause.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Box<CompteRendu>>")]
    rapport: Option<Box<Value>>,
    #[serde(skip)]
    genre: Genre,
}

impl Probleme {
    pub fn nouveau(genre: Genre, detail: impl Into<String>, a_faire: impl Into<String>) -> Self {
        Probleme {
            r#type: genre.adresse(),
            title: genre.titre(),
            status: genre.statut().as_u16(),
            detail: detail.into(),
            a_faire: a_faire.into(),
            rapport: None,
            genre,
        }
    }

    /// A contract that may not be printed, with all that is said of it.
    pub fn refus(compte_rendu: &CompteRendu) -> Self {
        let detail = format!("Le contrat ne peut pas être imprimé : {}.", compte_rendu.bilan_en_mots());
        let a_faire = if compte_rendu.imprimable {
            "corrigez les remarques bloquantes du rapport, ou demandez un projet (« etat=projet »)."
        } else {
            "corrigez les remarques bloquantes du rapport."
        };
        Probleme {
            rapport: serde_json::to_value(compte_rendu).ok().map(Box::new),
            ..Probleme::nouveau(Genre::Refus, detail, a_faire)
        }
    }

    /// A contract that is not JSON, with the places where it stops being so.
    pub fn illisible(compte_rendu: &CompteRendu) -> Self {
        let a_faire = "corrigez le fichier à l'endroit que donne le rapport.";
        let probleme = Probleme::nouveau(Genre::Demande, "Le contrat n'est pas du JSON.", a_faire);
        Probleme { rapport: serde_json::to_value(compte_rendu).ok().map(Box::new), ..probleme }
    }

    /// What of it an assistant sends to the service.
    pub fn ecrit(self) -> Ecrit {
        Ecrit { genre: self.genre, detail: self.detail, a_faire: self.a_faire, rapport: self.rapport }
    }

    pub fn genre(&self) -> Genre {
        self.genre
    }

    /// What is wrong, in one sentence.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    pub fn defaut() -> Self {
        Probleme::nouveau(
            Genre::Defaut,
            "Le programme s'est arrêté sur cette demande ; les autres suivent leur cours.",
            "signalez-le, avec le contrat.",
        )
    }
}

/// A problem as it travels from one process to the other.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ecrit {
    genre: Genre,
    detail: String,
    a_faire: String,
    rapport: Option<Box<Value>>,
}

impl From<Ecrit> for Probleme {
    fn from(ecrit: Ecrit) -> Self {
        Probleme { rapport: ecrit.rapport, ..Probleme::nouveau(ecrit.genre, ecrit.detail, ecrit.a_faire) }
    }
}

impl From<Erreur> for Probleme {
    fn from(erreur: Erreur) -> Self {
        let genre = match &erreur {
            _ if erreur.est_un_defaut() => return Probleme::defaut(),
            Erreur::Lecture(ErreurLecture::TropGros { .. }) => Genre::Taille,
            Erreur::Lecture(_) => Genre::Demande,
            _ => Genre::Choix,
        };
        let texte = erreur.to_string();
        let sans_remede = (texte.as_str(), "corrigez le contrat ou ses pièces à cet endroit, puis recommencez.");
        let (detail, a_faire) = texte.split_once("\n    À faire : ").unwrap_or(sans_remede);
        Probleme::nouveau(genre, majuscule(detail), a_faire)
    }
}

/// A sentence of its own.
fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    let phrase: String = lettres.next().into_iter().flat_map(char::to_uppercase).chain(lettres).collect();
    if phrase.ends_with(['.', '!', '?']) { phrase } else { phrase + "." }
}

impl IntoResponse for Probleme {
    fn into_response(self) -> Response {
        let corps = serde_json::to_vec(&self).unwrap_or_default();
        let mut reponse = (self.genre.statut(), [(CONTENT_TYPE, TYPE)], corps).into_response();
        if self.genre == Genre::Occupe {
            reponse.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(ATTENTE));
        }
        // What was not read of the request would be taken for the next one.
        if matches!(
            self.genre,
            Genre::Etranger | Genre::Lenteur | Genre::Taille | Genre::Occupe | Genre::Introuvable | Genre::Methode
        ) {
            reponse.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        reponse
    }
}

/// A work that was not over in time.
pub fn trop_long(delai: Duration) -> Probleme {
    let secondes = compte(usize::try_from(delai.as_secs()).unwrap_or(usize::MAX), "seconde");
    Probleme::nouveau(
        Genre::Occupe,
        format!("La réponse n'est pas prête au bout de {secondes}."),
        "recommencez plus tard, ou demandez à qui tient le service de relever le délai (« --delai »).",
    )
}
