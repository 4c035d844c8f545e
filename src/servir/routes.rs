//! The addresses of the service: one table, from which both the router and the OpenAPI document are made.

use super::actions;
use super::depot::{self, Depot, Partie};
use super::fonds::Fonds;
use super::parametres::{self, Parametre, Parametres};
use super::reponse::Reponse;
use super::service::{Service, Trace};
use super::tableur;
use crate::http::origine;
use crate::http::probleme::{Genre, Probleme};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;

/// What an address does.
#[derive(Clone, Copy)]
pub(super) enum Action {
    /// Answers at once.
    Lire(fn(&Service) -> Result<Reponse, Probleme>),
    /// Works on the files that the request brings.
    Faire { parties: &'static [Partie], travail: fn(&Fonds, &Parametres, Depot) -> Result<Reponse, Probleme> },
}

/// An address.
pub(super) struct Route {
    pub chemin: &'static str,
    pub titre: &'static str,
    pub dit: &'static str,
    pub parametres: &'static [Parametre],
    pub action: Action,
}

impl Route {
    /// Does the work of the address on what a request brought.
    pub fn travailler(&self, fonds: &Fonds, parametres: &Parametres, depot: Depot) -> Result<Reponse, Probleme> {
        match self.action {
            Action::Faire { travail, .. } => travail(fonds, parametres, depot),
            Action::Lire(_) => Err(Probleme::defaut()),
        }
    }
}

pub(super) const SANTE: &str = "/sante";
pub(super) const MODELES: &str = "/modeles";
pub(super) const SCHEMA: &str = "/schema";
pub(super) const OPENAPI: &str = "/openapi.json";
pub(super) const VERIFIER: &str = "/verifier";
pub(super) const GENERER: &str = "/generer";
pub(super) const TABLEUR: &str = "/tableur";

pub(super) const ROUTES: &[Route] = &[
    Route {
        chemin: VERIFIER,
        titre: "Vérifie un contrat sans l'imprimer",
        dit: "Rend le rapport : toutes les remarques, de la structure à la cohérence. Un contrat refusé est une réponse comme une autre (200) : le rapport le dit.",
        parametres: parametres::DE_VERIFIER,
        action: Action::Faire { parties: depot::DE_VERIFIER, travail: actions::verifier },
    },
    Route {
        chemin: GENERER,
        titre: "Imprime le dossier d'un contrat",
        dit: "Rend le fichier demandé. Un contrat qui ne peut pas être imprimé est un problème (422), avec son rapport.",
        parametres: parametres::DE_GENERER,
        action: Action::Faire { parties: depot::DE_GENERER, travail: actions::generer },
    },
    Route {
        chemin: TABLEUR,
        titre: "Échange un contrat avec un tableur",
        dit: "Rend le classeur du contrat. Avec un classeur rempli, rend ce qu'il changerait : valeurs, lignes, ce qui n'est pas repris, et les remarques nouvelles ; avec « ecrire », le contrat lui-même.",
        parametres: parametres::DU_TABLEUR,
        action: Action::Faire { parties: depot::DU_TABLEUR, travail: tableur::echanger },
    },
    Route {
        chemin: SCHEMA,
        titre: "Donne le schéma JSON d'un contrat",
        dit: "Les éditeurs le chargent, et expliquent chaque clé.",
        parametres: &[],
        action: Action::Lire(actions::schema),
    },
    Route {
        chemin: MODELES,
        titre: "Donne la liste des modèles régionaux",
        dit: "Ceux que le service emploie, avec leurs empreintes.",
        parametres: &[],
        action: Action::Lire(actions::modeles),
    },
    Route {
        chemin: SANTE,
        titre: "Dit que le service répond",
        dit: "Et ce qui l'occupe.",
        parametres: &[],
        action: Action::Lire(actions::sante),
    },
    Route {
        chemin: OPENAPI,
        titre: "Donne ce document",
        dit: "Au format OpenAPI 3.1.",
        parametres: &[],
        action: Action::Lire(actions::openapi),
    },
];

pub(super) fn routeur(service: &Arc<Service>) -> Router {
    let mut routeur = Router::new();
    for route in ROUTES {
        routeur = routeur.route(route.chemin, methode(route, service));
    }
    let temoin = Arc::clone(service);
    routeur
        .fallback(adresse_inconnue)
        .method_not_allowed_fallback(methode_inconnue)
        .layer(from_fn(move |requete, suite| accompagner(Arc::clone(&temoin), requete, suite)))
}

fn methode(route: &'static Route, service: &Arc<Service>) -> MethodRouter {
    let service = Arc::clone(service);
    match route.action {
        Action::Lire(lire) => get(move |query| async move { repondre(lecture(&service, route, query, lire)) }),
        Action::Faire { parties, .. } => post(move |query, requete: Request| async move {
            let (tete, mut corps) = requete.into_parts();
            // All is read before anything is said of it.
            let recu = service.etablis.recevoir(depot::recevoir(&tete.headers, &mut corps, &service.limites)).await;
            if recu.as_ref().is_err_and(|probleme| probleme.genre() != Genre::Lenteur) {
                depot::vider(&tete.headers, corps).await;
            }
            let fait = async {
                let recu = recu?;
                let billet = service.etablis.entrer()?;
                let parametres = parametres(&service, route, query)?;
                let depot = depot::ouvrir(&tete.headers, recu, parties).await?;
                let pour_le_travail = Arc::clone(&service);
                let travail = move |delai| {
                    let Service { equipe, fonds, .. } = &*pour_le_travail;
                    let ici = |depot| route.travailler(fonds, &parametres, depot);
                    equipe.faire(fonds, route.chemin, &parametres, depot, delai, ici)
                };
                service.etablis.faire(billet, travail).await
            };
            repondre(fait.await)
        }),
    }
}

type Demande = Result<Query<Vec<(String, String)>>, QueryRejection>;

fn parametres(service: &Service, route: &'static Route, query: Demande) -> Result<Parametres, Probleme> {
    let Query(paires) = query.map_err(|_| {
        Probleme::nouveau(
            Genre::Demande,
            "Les paramètres ne peuvent pas être lus.",
            "écrivez-les en UTF-8, avec les « % » des adresses.",
        )
    })?;
    Parametres::lire(route.parametres, &paires, &service.fonds.ids)
}

fn lecture(
    service: &Service,
    route: &'static Route,
    query: Demande,
    lire: fn(&Service) -> Result<Reponse, Probleme>,
) -> Result<Reponse, Probleme> {
    parametres(service, route, query)?;
    lire(service)
}

/// How many remarks the contract has, for who reads no report.
const BILAN: HeaderName = HeaderName::from_static("cpom-bilan");

fn repondre(fait: Result<Reponse, Probleme>) -> Response {
    let reponse = match fait {
        Ok(reponse) => reponse,
        Err(probleme) => return probleme.into_response(),
    };
    let mut sortie = (StatusCode::OK, [(CONTENT_TYPE, reponse.r#type.into_owned())], reponse.octets).into_response();
    let nom = reponse.nom.and_then(|nom| HeaderValue::from_str(&format!("attachment; filename=\"{nom}\"")).ok());
    let bilan = reponse.bilan.and_then(|bilan| {
        let (b, a, i) = (bilan.bloquantes, bilan.alertes, bilan.informations);
        let lacunes = bilan.lacunes.map(|l| format!(", lacunes={l}")).unwrap_or_default();
        HeaderValue::from_str(&format!("bloquantes={b}, alertes={a}, informations={i}{lacunes}")).ok()
    });
    for (entete, valeur) in [(CONTENT_DISPOSITION, nom), (BILAN, bilan)] {
        if let Some(valeur) = valeur {
            sortie.headers_mut().insert(entete, valeur);
        }
    }
    sortie
}

async fn adresse_inconnue(requete: Request) -> Probleme {
    let (tete, corps) = requete.into_parts();
    depot::vider(&tete.headers, corps).await;
    let connues: Vec<&str> = ROUTES.iter().map(|r| r.chemin).collect();
    Probleme::nouveau(
        Genre::Introuvable,
        "Le service n'a rien à cette adresse.",
        format!("choisissez parmi : {} ; {OPENAPI} les explique.", connues.join(", ")),
    )
}

async fn methode_inconnue(requete: Request) -> Probleme {
    let (tete, corps) = requete.into_parts();
    depot::vider(&tete.headers, corps).await;
    Probleme::nouveau(
        Genre::Methode,
        "Cette adresse ne répond pas à cette méthode.",
        format!("lisez {OPENAPI} : POST pour envoyer un contrat, GET pour lire le reste."),
    )
}

/// What every answer bears, and the line that it leaves.
async fn accompagner(service: Arc<Service>, requete: Request, suite: Next) -> Response {
    let methode = requete.method().clone();
    // Of an unknown address nothing is repeated: it may hold anything.
    let chemin = ROUTES.iter().map(|r| r.chemin).find(|chemin| *chemin == requete.uri().path());
    let mut reponse = match origine::verifier(requete.headers(), &service.hotes) {
        Ok(()) => suite.run(requete).await,
        Err(probleme) => {
            let (tete, corps) = requete.into_parts();
            depot::vider(&tete.headers, corps).await;
            probleme.into_response()
        }
    };
    reponse.headers_mut().insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    let connue = [Method::GET, Method::POST, Method::HEAD].contains(&methode);
    (service.suivre)(&Trace {
        methode: if connue { methode.to_string() } else { "?".to_owned() },
        chemin: chemin.unwrap_or("?"),
        statut: reponse.status().as_u16(),
    });
    reponse
}
