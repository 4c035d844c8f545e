//! What FINESS says → the elements of a contract that it makes: gestionnaires, establishments, capacities; and what it leaves to choose.
//!
//! FINESS gives neither financed places, nor staff, nor agreements: what it does not give is not there.

use super::extrait::{Activite, Entite, Etablissement, Vie};
use crate::contrat::identifiants::Date;
use crate::formats::mots::identifiant;
use crate::nomenclatures::finess::{self as codes, Emploi};
use crate::nomenclatures::{categorie, statut};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A doubt that the reader alone can settle, about a line of an establishment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doute {
    /// « 844/47/437 », or nothing when it is about the whole establishment.
    pub code: String,
    pub texte: String,
    pub motif: String,
    pub a_faire: String,
}

/// A gestionnaire, without its identifier.
pub(super) fn gestionnaire(entite: &Entite) -> Vec<(&'static str, Value)> {
    let statut = entite.statut.as_deref().filter(|code| statut(code).is_some());
    let siege = entite.adresse.as_ref().map(|adresse| json!({ "adresse": adresse }));
    presents([
        ("nom", entite.nom.as_ref().map(|nom| json!(nom))),
        ("finess_ej", Some(json!(entite.finess))),
        ("siren", entite.siren.as_ref().map(|siren| json!(siren))),
        ("statut_juridique", statut.map(|code| json!(code))),
        ("siege", siege),
    ])
}

/// An establishment, without its identifier nor its lists.
pub(super) fn etablissement(et: &Etablissement) -> Vec<(&'static str, Value)> {
    let connue = et.categorie.as_deref().filter(|code| categorie(code).is_some());
    let competence = et.tarification.as_deref().and_then(codes::tarification).and_then(|t| t.competence);
    let mot = |texte: &Option<String>| texte.as_ref().map(|texte| json!(texte));
    presents([
        ("nom", (!et.nom.is_empty()).then(|| json!(et.nom))),
        ("finess", Some(json!(et.finess))),
        ("siret", mot(&et.siret)),
        ("categorie", connue.map(|code| json!(code))),
        ("departement", mot(&et.departement)),
        ("adresse", mot(&et.adresse)),
        ("competence", competence.map(|mot| json!(mot))),
        ("ages", ages(et)),
    ])
}

fn presents<const N: usize>(valeurs: [(&'static str, Option<Value>); N]) -> Vec<(&'static str, Value)> {
    valeurs.into_iter().filter_map(|(cle, valeur)| Some((cle, valeur?))).collect()
}

/// From the youngest to the oldest of its living activities, when FINESS says ages.
fn ages(et: &Etablissement) -> Option<Value> {
    let vivantes = || et.activites.iter().filter(|activite| activite.vie != Vie::Finie).map(Activite::ages);
    let (min, max) = (vivantes().filter_map(|(min, _)| min).min(), vivantes().filter_map(|(_, max)| max).max());
    let ages: Map<String, Value> =
        [("min", min), ("max", max)].into_iter().filter_map(|(cle, age)| Some((cle.to_owned(), json!(age?)))).collect();
    (!ages.is_empty()).then_some(Value::Object(ages))
}

/// An authorisation by its day: FINESS gives no number.
pub(super) fn autorisations(et: &Etablissement) -> Vec<Value> {
    let acte = |jour: &String| {
        let date: Date = jour.parse().ok()?;
        Some(json!({ "acte": format!("l'arrêté du {date}"), "date": jour }))
    };
    et.arretes.iter().filter_map(acte).collect()
}

/// The capacities of an establishment, and what they leave to choose.
#[derive(Debug, Default)]
pub(super) struct Capacites {
    /// Each with its code.
    pub lignes: Vec<(String, Value)>,
    pub doutes: Vec<Doute>,
    /// What is said without asking anything.
    pub notes: Vec<String>,
}

/// A living activity with places, those of one code added.
struct Ligne {
    activite: Activite,
    modalite: &'static str,
}

pub(super) fn capacites(et: &Etablissement) -> Capacites {
    let mut sortie = Capacites::default();
    let mut lignes: Vec<Ligne> = Vec::new();
    let mut dont: Vec<&Activite> = Vec::new();
    for activite in et.activites.iter().filter(|activite| activite.vie != Vie::Finie) {
        noter_les_codes(activite, &mut sortie.notes);
        let sans_places = activite.autorisee.is_none() && activite.installee.is_none() && activite.autrement.is_empty();
        match codes::emploi(&activite.activite) {
            _ if sans_places => continue,
            Emploi::HorsCapacite => continue,
            Emploi::Dont => {
                dont.push(activite);
                continue;
            }
            Emploi::Places => {}
        }
        if let Some(meme) = lignes.iter_mut().find(|ligne| ligne.activite.code() == activite.code()) {
            meme.activite.autorisee = somme(meme.activite.autorisee, activite.autorisee);
            meme.activite.installee = somme(meme.activite.installee, activite.installee);
            meme.activite.habilitee = somme(meme.activite.habilitee, activite.habilitee);
            continue;
        }
        let categorie = et.categorie.as_deref().unwrap_or_default();
        let modalite = codes::mode(&activite.mode).map_or("autre", |mode| mode.modalite(categorie, &activite.activite));
        lignes.push(Ligne { activite: activite.clone(), modalite });
    }
    let modalites: Vec<&str> = lignes.iter().map(|ligne| ligne.modalite).collect();
    for ligne in &lignes {
        let code = ligne.activite.code();
        sortie.doutes.extend(doute(&ligne.activite, ligne.modalite));
        if !ligne.activite.autrement.is_empty() {
            continue;
        }
        let seule = modalites.iter().filter(|modalite| **modalite == ligne.modalite).count() == 1;
        let libelle = if seule { None } else { libelle(&ligne.activite, &lignes) };
        sortie.lignes.push((code, capacite(ligne, libelle)));
        if let Some(logements) = ligne.activite.logements {
            sortie.notes.push(format!(
                "{} : ses places sont aussi comptées en logements ({logements}) ; ce sont les places qui sont reprises.",
                ligne.activite.code()
            ));
        }
    }
    ranger(dont, &mut sortie);
    sortie
}

fn somme(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    }
}

fn capacite(ligne: &Ligne, libelle: Option<String>) -> Value {
    let Ligne { activite, modalite } = ligne;
    let mut capacite = Map::new();
    capacite.insert("modalite".into(), json!(modalite));
    capacite.extend(libelle.map(|libelle| ("libelle".to_owned(), json!(libelle))));
    for (cle, nombre) in [
        ("autorisee", activite.autorisee),
        ("installee", activite.installee),
        ("habilitee_aide_sociale", activite.habilitee),
    ] {
        capacite.extend(nombre.map(|nombre| (cle.to_owned(), json!(nombre))));
    }
    capacite.insert("code_finess".into(), json!(activite.code()));
    Value::Object(capacite)
}

/// What tells a line from another of the same mode of care: its activity, else its public, else its mode.
fn libelle(activite: &Activite, lignes: &[Ligne]) -> Option<String> {
    let siennes = || lignes.iter().filter(|ligne| ligne.activite.code() != activite.code());
    let autre_activite = siennes().all(|ligne| ligne.activite.activite != activite.activite);
    let autre_public = siennes().all(|ligne| ligne.activite.public != activite.public);
    let nom = match (autre_activite, autre_public) {
        (true, _) => codes::activite(&activite.activite).map(|code| code.libelle),
        (_, true) => codes::public(&activite.public).map(|code| code.libelle),
        _ => codes::mode(&activite.mode).map(|mode| mode.code.libelle),
    };
    Some(nom.map_or_else(|| format!("activité {}", activite.code()), str::to_owned))
}

/// What the reader alone can say of a line.
fn doute(activite: &Activite, modalite: &str) -> Option<Doute> {
    let places = |autorisee: Option<u32>, installee: Option<u32>| {
        let dit = |nombre: Option<u32>| nombre.map_or_else(|| "non dites".to_owned(), |n| n.to_string());
        format!("{} autorisées, {} installées", dit(autorisee), dit(installee))
    };
    let code = activite.code();
    if !activite.autrement.is_empty() {
        let comptes =
            std::iter::once((activite.autorisee, activite.installee)).chain(activite.autrement.iter().copied());
        let comptes: Vec<String> = comptes.map(|(a, i)| places(a, i)).collect();
        return Some(Doute {
            texte: format!("{code} : {}", comptes.join(" ; ou ")),
            motif: "plusieurs lignes vivantes du fichier donnent cette activité, avec des places qui diffèrent ; elles ne s'additionnent pas.".into(),
            a_faire: "retenez celle de l'arrêté, et ajoutez la capacité au contrat.".into(),
            code,
        });
    }
    let mode = codes::mode(&activite.mode);
    let motif = match mode {
        None => format!("le mode de fonctionnement {} n'est pas dans la nomenclature connue de cpom.", activite.mode),
        Some(mode) if mode.agrege => format!(
            "le mode de fonctionnement {} (« {} ») réunit plusieurs modalités d'accueil ; « {modalite} » est une première proposition.",
            activite.mode, mode.code.libelle
        ),
        Some(_) => return None,
    };
    Some(Doute {
        texte: format!("{code} : {}", places(activite.autorisee, activite.installee)),
        motif,
        a_faire: "répartissez ces places entre les modalités du contrat, selon l'arrêté ; gardez « code_finess » sur l'une des lignes.".into(),
        code,
    })
}

/// Codes that are no longer given are read all the same, and told.
fn noter_les_codes(activite: &Activite, notes: &mut Vec<String>) {
    let code = activite.code();
    if let Some(public) = codes::public(&activite.public).filter(|public| public.retire) {
        notes.push(format!(
            "{code} : le public {} (« {} ») est un ancien code, encore porté.",
            public.code, public.libelle
        ));
    }
    if let Some(mode) = codes::mode(&activite.mode).filter(|mode| mode.code.retire) {
        notes.push(format!(
            "{code} : le mode {} (« {} ») est un ancien code, encore porté.",
            mode.code.code, mode.code.libelle
        ));
    }
}

/// Places that are comprised in those of the only accommodation.
fn ranger(dont: Vec<&Activite>, sortie: &mut Capacites) {
    for activite in dont {
        let nom = codes::activite(&activite.activite).map_or("activité comprise", |code| code.libelle);
        let nombre = activite.autorisee.or(activite.installee).unwrap_or_default();
        let heberge =
            |capacite: &Value| matches!(capacite["modalite"].as_str(), Some("hebergement_permanent" | "internat"));
        let mut hotes = sortie.lignes.iter_mut().map(|(_, capacite)| capacite).filter(|capacite| heberge(capacite));
        match (hotes.next(), hotes.next()) {
            (Some(Value::Object(hote)), None) => {
                let liste = hote.entry("dont").or_insert_with(|| json!([]));
                if let Some(liste) = liste.as_array_mut() {
                    liste.push(json!({ "libelle": nom, "nombre": nombre }));
                }
            }
            _ => sortie.doutes.push(Doute {
                code: activite.code(),
                texte: format!("{} : {nombre} places (« {nom} »)", activite.code()),
                motif: "ces places sont comprises dans celles d'une autre modalité, que FINESS ne dit pas.".into(),
                a_faire: "inscrivez-les comme un « dont » de la capacité qui les comprend.".into(),
            }),
        }
    }
}

/// The identifier of a name that no other element has.
pub(super) fn id_libre(nom: &str, repli: &str, pris: &mut BTreeSet<String>) -> String {
    let base = match identifiant(nom) {
        base if base.is_empty() => repli.to_owned(),
        base => base,
    };
    let candidats = (1_usize..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") });
    let id = candidats.into_iter().find(|id| !pris.contains(id)).unwrap_or_default();
    pris.insert(id.clone());
    id
}

/// A whole establishment, ready to be added.
pub(super) fn element(et: &Etablissement, gestionnaire: &str, id: String, capacites: &Capacites) -> Value {
    let mut element = Map::new();
    element.insert("id".into(), json!(id));
    for (cle, valeur) in etablissement(et) {
        element.insert(cle.into(), valeur);
        if cle == "nom" {
            element.insert("gestionnaire".into(), json!(gestionnaire));
        }
    }
    element.insert("inclus".into(), json!(true));
    let lignes: Vec<&Value> = capacites.lignes.iter().map(|(_, ligne)| ligne).collect();
    for (cle, liste) in [("autorisations", json!(autorisations(et))), ("capacites", json!(lignes))] {
        if liste.as_array().is_some_and(|liste| !liste.is_empty()) {
            element.insert(cle.into(), liste);
        }
    }
    Value::Object(element)
}
