//! The addresses of the workshop: who asks is checked first, then each works on the open folder.

use super::apercu;
use super::cibles;
use super::classeur;
use super::cles::Cles;
use super::collage::{self, ListeCollee};
use super::commandes::{self, PieceDeposee};
use super::demande::{Demande, DemandeDeJalon};
use super::etat::Jalon;
use super::evenements;
use super::formulaire::formulaire;
use super::grilles;
use super::impression::{self, DemandeDImpression};
use super::naissance::{ContratNe, Naissance};
use super::operations;
use super::page;
use super::poste::Poste;
use super::refus::{Illisible, Refus};
use super::reponse::Reponse;
use super::serveur::Serveur;
use crate::dossier::{Choix, Ouverture};
use crate::http::probleme::{Genre, Probleme};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderValue, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http_body_util::{BodyExt, Limited};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Most bytes of what a page sends.
const CORPS_MAX: usize = 8 * 1024 * 1024;
/// Most bytes of a file that it brings.
const FICHIER_MAX: usize = 128 * 1024 * 1024;
/// Longest that it may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

type Atelier = State<Arc<Serveur>>;
type Parametres = Query<BTreeMap<String, String>>;
type Fait = Result<Response, Refus>;

/// The addresses.
pub fn routeur(serveur: &Arc<Serveur>) -> Router {
    Router::new()
        .route("/", get(la_page))
        .route("/atelier/{*nom}", get(un_fichier))
        .route("/api/contrats", get(accueil).post(naitre))
        .route("/api/depart", get(depart))
        .route("/api/liste", post(liste_collee))
        .route("/api/contrats/{id}/formulaire", get(le_formulaire))
        .route("/api/contrats/{id}/valeurs", get(valeurs))
        .route("/api/contrats/{id}/operations", post(operer))
        .route("/api/contrats/{id}/renvois", get(renvois))
        .route("/api/contrats/{id}/cibles", get(les_cibles))
        .route("/api/contrats/{id}/grilles/{grille}", get(une_grille))
        .route("/api/contrats/{id}/journal", get(journal))
        .route("/api/contrats/{id}/suite", get(suite))
        .route("/api/contrats/{id}/generer", post(generer))
        .route("/api/contrats/{id}/reste", get(reste))
        .route("/api/contrats/{id}/tableur", get(le_tableur))
        .route("/api/contrats/{id}/apercu", get(les_pages))
        .route("/api/contrats/{id}/pages/{page}", get(une_page))
        .route("/api/contrats/{id}/ou", get(ou))
        .route("/api/contrats/{id}/comparer", get(comparer))
        .route("/api/contrats/{id}/jalons", get(jalons).post(jalonner))
        .route("/api/contrats/{id}/reprise", post(reprise))
        .route("/api/contrats/{id}/pieces", post(piece))
        .route("/api/imprimer", post(imprimer_le_dossier))
        .route("/api/ouvrir", post(ouvrir_un_pdf))
        .route("/api/controler", post(controler))
        .route("/api/nomenclatures/{table}", get(nomenclature))
        .route("/api/regles/{code}", get(une_regle))
        .fallback(inconnue)
        .layer(from_fn_with_state(Arc::clone(serveur), garder))
        .with_state(Arc::clone(serveur))
}

/// Lets in who may ask; what every answer bears.
async fn garder(State(serveur): Atelier, requete: Request, suite: Next) -> Response {
    let mut reponse = match verifier(&serveur, &requete) {
        Ok(None) => suite.run(requete).await,
        // The page is opened by its address alone: the browser then keeps the key.
        Ok(Some(cookie)) => {
            let mut reponse = suite.run(requete).await;
            reponse.headers_mut().insert(SET_COOKIE, cookie);
            reponse
        }
        Err(refus) => *refus,
    };
    let entetes = reponse.headers_mut();
    entetes.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    entetes.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(politique) = HeaderValue::from_str(&page::POLITIQUE) {
        entetes.insert(CONTENT_SECURITY_POLICY, politique);
    }
    reponse
}

/// Whether a request is let in, and the cookie of one that brings the key in its address.
fn verifier(serveur: &Serveur, requete: &Request) -> Result<Option<HeaderValue>, Box<Response>> {
    let acces = &serveur.acces;
    acces.verifier_l_origine(requete.headers()).map_err(|p| Box::new(p.into_response()))?;
    let racine = requete.uri().path() == "/" && requete.method() == Method::GET;
    let cle = requete.uri().query().and_then(|q| q.split('&').find_map(|paire| paire.strip_prefix("cle=")));
    if racine && cle.is_some_and(|cle| acces.est_la_cle(cle)) {
        return Ok(HeaderValue::from_str(&acces.cookie()).ok());
    }
    match acces.verifier_la_cle(requete.headers()) {
        Ok(()) => Ok(None),
        Err(_) if racine => {
            let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
            Err(Box::new((StatusCode::UNAUTHORIZED, html, page::SANS_CLE).into_response()))
        }
        Err(probleme) => Err(Box::new(probleme.into_response())),
    }
}

async fn inconnue() -> Response {
    Probleme::nouveau(Genre::Introuvable, "L'atelier n'a rien à cette adresse.", "revenez à la liste des contrats.")
        .into_response()
}

async fn la_page(entetes: HeaderMap) -> Response {
    page::page().pour(&entetes)
}

async fn un_fichier(Path(nom): Path<String>, entetes: HeaderMap) -> Response {
    match page::fichier(&nom) {
        Some(fichier) => fichier.pour(&entetes),
        None => inconnue().await,
    }
}

/// Works on a thread that may wait for the disk.
async fn travailler(entetes: HeaderMap, travail: impl FnOnce() -> Result<Reponse, Refus> + Send + 'static) -> Fait {
    let fait = tokio::task::spawn_blocking(travail).await;
    // The one error is a panic of the work.
    let reponse = fait.unwrap_or_else(|_| Err(Probleme::defaut().into()))?;
    Ok(reponse.pour(&entetes))
}

/// What a page sends, read whole.
async fn recevoir<T: DeserializeOwned>(corps: Body) -> Result<T, Refus> {
    let octets = octets(corps, CORPS_MAX).await?;
    serde_json::from_slice(&octets).map_err(|e| Refus::demande(format!("La demande ne se lit pas ({e}).")))
}

async fn octets(corps: Body, max: usize) -> Result<Bytes, Refus> {
    let lu = timeout(PATIENCE, Limited::new(corps, max).collect()).await;
    let lent = |_| Refus::nouveau(Genre::Lenteur, "La demande tarde à arriver.", "recommencez.");
    let gros = |_| {
        let detail = format!("Ce qui est envoyé dépasse {} Mo.", max / (1024 * 1024));
        Refus::nouveau(Genre::Taille, detail, "collez-le en plusieurs fois, ou donnez un fichier plus petit.")
    };
    Ok(lu.map_err(lent)?.map_err(gros)?.to_bytes())
}

async fn accueil(State(serveur): Atelier, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || Ok(Reponse::json(&serveur.dossier.accueil()))).await
}

async fn naitre(State(serveur): Atelier, entetes: HeaderMap, corps: Body) -> Fait {
    let demande: Naissance = recevoir(corps).await?;
    travailler(entetes, move || {
        let id = serveur.dossier.naitre(&demande)?;
        Ok(Reponse { statut: StatusCode::CREATED, ..Reponse::json(&ContratNe { id }) })
    })
    .await
}

/// Establishments pasted from a spreadsheet, as they are understood.
async fn liste_collee(entetes: HeaderMap, corps: Body) -> Fait {
    let collee: ListeCollee = recevoir(corps).await?;
    travailler(entetes, move || {
        let lue = collage::lire(&collee.texte).map_err(|(texte, message)| {
            Refus::Illisible(Illisible { chemin: "etablissements".to_owned(), texte, message })
        })?;
        Ok(Reponse::json(&lue))
    })
    .await
}

async fn depart(State(serveur): Atelier, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || Ok(Reponse::json(&cibles::depart(serveur.dossier.catalogue())?))).await
}

async fn le_formulaire(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let modele = poste.contrat().entete().modele.clone();
        let catalogue = serveur.dossier.catalogue();
        let modele = catalogue.modele(&modele).or_else(|_| catalogue.modele("national"))?;
        Ok(Reponse::json(&formulaire(&modele)?))
    })
    .await
}

async fn valeurs(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let (change, etat) = {
            let mut contrat = poste.contrat();
            (contrat.relire()?, contrat.etat())
        };
        if let Some(delta) = change {
            poste.dire(&delta);
        }
        Ok(Reponse::json(&etat))
    })
    .await
}

async fn operer(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap, corps: Body) -> Fait {
    let demande: Demande = recevoir(corps).await?;
    travailler(entetes, move || Ok(Reponse::json(&serveur.dossier.poste(&id)?.operer(&demande)?))).await
}

async fn renvois(State(serveur): Atelier, Path(id): Path<String>, Query(q): Parametres, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let chantier = poste.contrat().chantier();
        let lieu = operations::trouver(&chantier, q.get("chemin").map(String::as_str).unwrap_or_default())?;
        let nommants = operations::nommants(&chantier, &lieu.pointeur);
        Ok(Reponse::json(&operations::dire_les_nommants(&chantier, &nommants)))
    })
    .await
}

async fn les_cibles(State(serveur): Atelier, Path(id): Path<String>, Query(q): Parametres, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let contrat = poste.contrat();
        let vers = q.get("vers").map(String::as_str).unwrap_or_default();
        Ok(Reponse::json(&cibles::cibles(vers, &contrat, serveur.dossier.catalogue())?))
    })
    .await
}

async fn une_grille(State(serveur): Atelier, Path((id, grille)): Path<(String, String)>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let contrat = poste.contrat();
        let composee = grilles::grille(&grille, &contrat.ouverture().donnees, contrat.cles());
        let absente = || Refus::nouveau(Genre::Introuvable, "Ce tableau n'existe pas.", "rechargez la page.");
        Ok(Reponse::json(&composee.ok_or_else(absente)?))
    })
    .await
}

async fn journal(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || Ok(Reponse::json(&cibles::historique(&serveur.dossier.poste(&id)?.contrat())))).await
}

async fn suite(State(serveur): Atelier, Path(id): Path<String>) -> Fait {
    let pour_le_poste = Arc::clone(&serveur);
    let poste = tokio::task::spawn_blocking(move || pour_le_poste.dossier.poste(&id)).await;
    let poste = poste.unwrap_or_else(|_| Err(Probleme::defaut().into()))?;
    Ok(evenements::suivre(poste.ecouter(), serveur.fin.clone()))
}

/// A contract as it is now, for a work that others do not wait for.
fn tel_qu_il_est(poste: &Poste) -> (Arc<Ouverture>, Choix, Cles) {
    let contrat = poste.contrat();
    (Arc::clone(contrat.ouverture()), contrat.choix(), contrat.cles().clone())
}

async fn generer(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap, corps: Body) -> Fait {
    let demande: DemandeDImpression = recevoir(corps).await?;
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let (ouverture, choix, cles) = tel_qu_il_est(&poste);
        impression::imprimer(&ouverture, choix, &cles, &demande)
    })
    .await
}

async fn le_tableur(
    State(serveur): Atelier,
    Path(id): Path<String>,
    Query(parametres): Parametres,
    entetes: HeaderMap,
) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let partie = parametres.get("partie").map(String::as_str).unwrap_or_default();
        let (ouverture, choix, _) = tel_qu_il_est(&poste);
        classeur::exporter(&ouverture, &choix, partie)
    })
    .await
}

async fn reste(
    State(serveur): Atelier,
    Path(id): Path<String>,
    Query(parametres): Parametres,
    entetes: HeaderMap,
) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let pour = parametres.get("pour").map(String::as_str).unwrap_or_default();
        let (dit, entete) = {
            let contrat = poste.contrat();
            (contrat.dit().clone(), contrat.entete().clone())
        };
        impression::liste_de_ce_qui_reste(&dit, &entete, pour)
    })
    .await
}

async fn les_pages(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || Ok(Reponse::json(&serveur.dossier.poste(&id)?.pages().liste()))).await
}

/// The picture of a page (`….svg`), or its rectangles (`….json`).
async fn une_page(State(serveur): Atelier, Path((id, page)): Path<(String, String)>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let absente = || Refus::nouveau(Genre::Introuvable, "Cette page a changé.", "attendez la suivante.");
        let (empreinte, genre) = page.rsplit_once('.').ok_or_else(absente)?;
        let trouvee = poste.pages().page(empreinte).cloned().ok_or_else(absente)?;
        match genre {
            "svg" => Ok(Reponse { immuable: true, ..Reponse::de("image/svg+xml", trouvee.svg().as_bytes().to_vec()) }),
            "json" => Ok(Reponse::json(&apercu::zones(&trouvee, poste.contrat().cles()))),
            _ => Err(absente()),
        }
    })
    .await
}

/// Where a value is printed.
async fn ou(State(serveur): Atelier, Path(id): Path<String>, Query(q): Parametres, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let chemin = q.get("chemin").map(String::as_str).unwrap_or_default();
        let cles = poste.contrat().cles().clone();
        let places = poste.pages().places(chemin, &cles);
        Ok(Reponse::json(&places))
    })
    .await
}

/// What changed since an operation; with `auteur`, as a Word file with tracked changes.
async fn comparer(State(serveur): Atelier, Path(id): Path<String>, Query(q): Parametres, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let contrat = poste.contrat();
        let depuis = q.get("depuis").and_then(|n| n.parse().ok()).unwrap_or_default();
        match (q.get("auteur"), q.get("date")) {
            (Some(auteur), Some(date)) => commandes::suivi(&contrat, depuis, auteur, date),
            _ => Ok(Reponse::json(&commandes::comparer(&contrat, depuis)?)),
        }
    })
    .await
}

async fn jalons(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || {
        let lignes = cibles::historique(&serveur.dossier.poste(&id)?.contrat());
        Ok(Reponse::json(&lignes.into_iter().filter(|ligne| ligne.jalon).collect::<Vec<_>>()))
    })
    .await
}

async fn jalonner(State(serveur): Atelier, Path(id): Path<String>, entetes: HeaderMap, corps: Body) -> Fait {
    let demande: DemandeDeJalon = recevoir(corps).await?;
    travailler(entetes, move || {
        let nom = Some(demande.nom.trim()).filter(|nom| !nom.is_empty());
        let nom = nom.ok_or_else(|| Refus::demande("Le jalon n'a pas de nom."))?;
        let n = serveur.dossier.poste(&id)?.contrat().jalonner(nom)?;
        Ok(Reponse::json(&Jalon { n }))
    })
    .await
}

async fn reprise(
    State(serveur): Atelier,
    Path(id): Path<String>,
    Query(q): Parametres,
    entetes: HeaderMap,
    corps: Body,
) -> Fait {
    let octets = octets(corps, FICHIER_MAX).await?;
    travailler(entetes, move || {
        let poste = serveur.dossier.poste(&id)?;
        let nom = q.get("nom").map(String::as_str).unwrap_or("document.docx");
        let vue = commandes::reprise(&mut poste.contrat(), nom, &octets, q.get("prendre").map(String::as_str))?;
        if let Some(delta) = &vue.delta {
            poste.dire(delta);
        }
        Ok(Reponse::json(&vue))
    })
    .await
}

async fn piece(
    State(serveur): Atelier,
    Path(id): Path<String>,
    Query(q): Parametres,
    entetes: HeaderMap,
    corps: Body,
) -> Fait {
    let octets = octets(corps, FICHIER_MAX).await?;
    travailler(entetes, move || {
        let a_cote = serveur.dossier.poste(&id)?.contrat().a_cote();
        let nom = q.get("nom").map(String::as_str).unwrap_or_default();
        let fichier = commandes::deposer(&a_cote, nom, &octets)?;
        Ok(Reponse { statut: StatusCode::CREATED, ..Reponse::json(&PieceDeposee { fichier }) })
    })
    .await
}

/// All the contracts of the folder in one archive.
async fn imprimer_le_dossier(State(serveur): Atelier, entetes: HeaderMap, corps: Body) -> Fait {
    let demande: DemandeDImpression = recevoir(corps).await?;
    travailler(entetes, move || {
        let choix = Choix { charges: Some(Arc::clone(serveur.dossier.catalogue())), ..Choix::default() };
        impression::imprimer_le_dossier(serveur.dossier.a_imprimer(), &choix, &demande)
    })
    .await
}

async fn ouvrir_un_pdf(State(serveur): Atelier, Query(q): Parametres, entetes: HeaderMap, corps: Body) -> Fait {
    let octets = octets(corps, FICHIER_MAX).await?;
    travailler(entetes, move || {
        let nom = q.get("nom").cloned().unwrap_or_else(|| "dossier.pdf".to_owned());
        let rouvert = serveur.dossier.rouvrir(&nom, octets.to_vec())?;
        Ok(Reponse { statut: StatusCode::CREATED, ..Reponse::json(&rouvert) })
    })
    .await
}

async fn controler(Query(q): Parametres, entetes: HeaderMap, corps: Body) -> Fait {
    let octets = octets(corps, FICHIER_MAX).await?;
    travailler(entetes, move || {
        let nom = q.get("nom").map(String::as_str).unwrap_or("dossier.pdf");
        Ok(Reponse::json(&commandes::controler(nom, octets.to_vec())?))
    })
    .await
}

async fn nomenclature(Path(table): Path<String>, Query(q): Parametres, entetes: HeaderMap) -> Fait {
    let mots = q.get("q").cloned().unwrap_or_default();
    travailler(entetes, move || Ok(Reponse::json(&cibles::nomenclature(&table, &mots)?))).await
}

async fn une_regle(Path(code): Path<String>, entetes: HeaderMap) -> Fait {
    travailler(entetes, move || Ok(Reponse::json(&cibles::regle(&code)?))).await
}
