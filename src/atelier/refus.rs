//! Why what a page asked was not done: words that are not read, a value that changed meanwhile, an element that others
//! name, or a problem of the files; nothing was then written.

use super::remarques::RemarqueVue;
use crate::dossier::Erreur;
use crate::formats::compte;
use crate::http::probleme::{Genre, Probleme, TYPE};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::Value;

const CONFLIT: &str = "La valeur a changé depuis que la page l'a lue.";
const NOMME: &str = "D'autres parties du contrat désignent cet élément.";
const NON_IMPRIMABLE: &str = "Le contrat ne peut pas être imprimé ainsi.";

/// Words that are no value of their field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Illisible {
    pub chemin: String,
    pub texte: String,
    pub message: String,
}

/// A value that changed since the page saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Conflit {
    pub chemin: String,
    pub lieu: String,
    /// What the page asks.
    pub votre: Option<String>,
    /// What the contract says now.
    pub actuel: Option<String>,
    /// What the page had seen.
    pub vu: Option<String>,
}

/// A place that names an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Nommant {
    pub chemin: String,
    pub lieu: String,
    /// Whether the element there goes as a whole, for it is about what it names.
    pub entier: bool,
}

/// A refusal as a page is told it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(transform = sans_rapport)]
pub struct ProblemeVue {
    #[serde(flatten)]
    pub probleme: Probleme,
    /// The words that are not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illisible: Option<Illisible>,
    /// The values that changed since the page read them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflit: Vec<Conflit>,
    /// What stops a printing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarques: Vec<RemarqueVue>,
    /// What names the element to be removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nomme: Vec<Nommant>,
}

impl From<Probleme> for ProblemeVue {
    fn from(probleme: Probleme) -> Self {
        let (conflit, remarques, nomme) = Default::default();
        ProblemeVue { probleme, illisible: None, conflit, remarques, nomme }
    }
}

/// Reports are of the service: the workshop says its remarks by path.
fn sans_rapport(schema: &mut Schema) {
    if let Some(Value::Object(proprietes)) = schema.get_mut("properties") {
        proprietes.remove("rapport");
    }
}

/// Why nothing was done.
#[derive(Debug)]
pub enum Refus {
    Illisible(Illisible),
    Conflit(Vec<Conflit>),
    /// What of a contract keeps it from being printed.
    Remarques(Vec<RemarqueVue>),
    /// What names the element to be removed.
    Nomme(Vec<Nommant>),
    Probleme(Box<Probleme>),
}

impl Refus {
    pub fn nouveau(genre: Genre, detail: impl Into<String>, a_faire: impl Into<String>) -> Self {
        Refus::Probleme(Box::new(Probleme::nouveau(genre, detail, a_faire)))
    }

    /// The element that a path goes through is no longer there.
    pub fn parti(chemin: &str) -> Self {
        let conflit = Conflit {
            chemin: chemin.to_owned(),
            lieu: "un élément qui n'est plus là".to_owned(),
            votre: None,
            actuel: None,
            vu: None,
        };
        Refus::Conflit(vec![conflit])
    }

    /// What is wrong, in one sentence.
    pub fn en_mots(&self) -> String {
        match self {
            Refus::Illisible(illisible) => illisible.message.clone(),
            Refus::Conflit(_) => CONFLIT.to_owned(),
            Refus::Nomme(_) => NOMME.to_owned(),
            Refus::Remarques(remarques) => match remarques.as_slice() {
                [seule] => seule.message.clone(),
                [premiere, suite @ ..] => {
                    format!("{} ({} à corriger de plus)", premiere.message, compte(suite.len(), "point"))
                }
                [] => NON_IMPRIMABLE.to_owned(),
            },
            Refus::Probleme(probleme) => probleme.detail().to_owned(),
        }
    }

    pub fn demande(detail: impl Into<String>) -> Self {
        Refus::nouveau(Genre::Demande, detail, "rechargez la page, puis recommencez.")
    }
}

impl From<Probleme> for Refus {
    fn from(probleme: Probleme) -> Self {
        Refus::Probleme(Box::new(probleme))
    }
}

impl<E: Into<Erreur>> From<E> for Refus {
    fn from(erreur: E) -> Self {
        Refus::Probleme(Box::new(Probleme::from(erreur.into())))
    }
}

impl From<Refus> for ProblemeVue {
    fn from(refus: Refus) -> Self {
        let probleme =
            |genre, detail: &str, a_faire: &str| ProblemeVue::from(Probleme::nouveau(genre, detail, a_faire));
        match refus {
            Refus::Probleme(probleme) => (*probleme).into(),
            Refus::Illisible(illisible) => {
                let detail = format!("{}.", illisible.message);
                let dit = probleme(Genre::Choix, &detail, "corrigez ce qui est écrit dans le champ.");
                ProblemeVue { illisible: Some(illisible), ..dit }
            }
            Refus::Conflit(conflit) => {
                ProblemeVue { conflit, ..probleme(Genre::Conflit, CONFLIT, "choisissez entre les deux valeurs.") }
            }
            Refus::Remarques(remarques) => {
                let combien = compte(remarques.len(), "point");
                let detail = format!("Le contrat ne peut pas être imprimé ainsi ({combien} à corriger).");
                let dit = probleme(
                    Genre::Refus,
                    &detail,
                    "corrigez ce qui l'empêche ; un projet s'imprime avec ses manques, mais pas avec une valeur qui ne se lit pas.",
                );
                ProblemeVue { remarques, ..dit }
            }
            Refus::Nomme(nomme) => {
                ProblemeVue { nomme, ..probleme(Genre::Conflit, NOMME, "retirez-les aussi, ou corrigez-les d'abord.") }
            }
        }
    }
}

impl IntoResponse for Refus {
    fn into_response(self) -> Response {
        if let Refus::Probleme(probleme) = self {
            return probleme.into_response();
        }
        let dit = ProblemeVue::from(self);
        let corps = serde_json::to_vec(&dit).unwrap_or_default();
        (dit.probleme.genre().statut(), [(CONTENT_TYPE, TYPE)], corps).into_response()
    }
}
