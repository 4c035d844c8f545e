//! The computed values that templates read under `calcule`: names, totals, means, lists in printing order.
//!
//! It arranges what `contrat::calculs` computes; the keys are documented in `templates/README.md`.

mod moyens;
mod objectifs;
mod partage;
mod sources;
mod suivi;
mod tarification;

use super::objets::{self, calcule as json_strict, compose, par_identifiant};
use super::parties;
use crate::contrat::calculs::{GenreCapacite, Signataire, somme_arrondie};
use crate::contrat::champ::Champ;
use crate::contrat::identifiants::Date;
use crate::contrat::perimetre::Etablissement;
use crate::contrat::{Contrat, Fondement, ModeSignature};
use crate::document::Etat;
use crate::droit::{self, Jours};
use crate::nomenclatures;
use crate::regles::competence::Competente;
use crate::regles::fondement::{est_obligatoire, fondement};
use crate::schema::forme::libelle_de;
use minijinja::Value;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

pub use sources::Sources;
use sources::{elements, ou_du_contrat};

/// All computed values.
pub fn valeurs(sources: &Sources<'_>) -> Value {
    let contrat = sources.contrat;
    let etablissements = elements(sources.objets, &["perimetre", "etablissements"]);
    let (mut inclus, mut exclus) = (Vec::new(), Vec::new());
    for (donnees, objet) in contrat.etablissements().iter().zip(&etablissements) {
        if donnees.est_inclus() { inclus.push(objet.clone()) } else { exclus.push(objet.clone()) }
    }
    let fondement = fondement(contrat, sources.jours);
    let publics: Vec<&str> = contrat
        .gestionnaires()
        .iter()
        .filter(|g| parties::statut(g).is_some_and(|s| s.public()))
        .map(|g| g.id.as_str())
        .collect();
    let signataires: Vec<Value> = contrat.signataires().iter().map(|s| signataire(s, sources.objets)).collect();
    let signent = |autorite: bool| -> Vec<Json> {
        contrat
            .signataires()
            .iter()
            .filter(|s| matches!(s, Signataire::Autorite(_)) == autorite)
            .map(|s| json!(s.id()))
            .collect()
    };
    let mandataires: Vec<&str> =
        contrat.gestionnaires().iter().filter(|g| g.mandataire.valeur().is_some()).map(|g| g.id.as_str()).collect();
    compose(
        "calcule",
        vec![
            ("etat", Value::from(if sources.etat == Etat::Projet { "projet" } else { "definitif" })),
            ("periode", periode(contrat, sources.objets)),
            ("tarification", json_strict(&tarification::tarification(contrat, fondement), "calcule.tarification")),
            ("prorogeable", Value::from(prorogeable(fondement, sources.jours))),
            ("obligatoire", Value::from(est_obligatoire(fondement))),
            ("fondement", json_strict(&json!(fondement), "calcule.fondement")),
            ("nombre_signataires", Value::from(signataires.len())),
            ("exemplaires", json_strict(&exemplaires(contrat), "calcule.exemplaires")),
            ("signataires", Value::from(signataires)),
            ("parties", toutes_les_parties(sources)),
            ("autorites", json_strict(&json!(signent(true)), "calcule.autorites")),
            ("gestionnaires", json_strict(&json!(signent(false)), "calcule.gestionnaires")),
            ("gestionnaires_publics", json_strict(&json!(publics), "calcule.gestionnaires_publics")),
            ("mandataires", json_strict(&json!(mandataires), "calcule.mandataires")),
            ("nombre_etablissements", Value::from(inclus.len())),
            ("places", json_strict(&places_totales(contrat), "calcule.places")),
            ("etp", json_strict(&etp_totaux(contrat), "calcule.etp")),
            ("eprd", Value::from(eprd(contrat, fondement, sources.jours))),
            ("inclus", Value::from(inclus)),
            ("exclus", Value::from(exclus)),
            (
                "etablissements",
                par_identifiant(
                    "établissement",
                    "/perimetre/etablissements",
                    contrat
                        .etablissements()
                        .iter()
                        .zip(&etablissements)
                        .map(|(e, objet)| (e.id.to_string(), etablissement(sources, e, objet)))
                        .collect(),
                ),
            ),
            ("objectifs", par_identifiant("objectif", "/objectifs", objectifs::objectifs(sources))),
            ("fiches", json_strict(&objectifs::fiches(sources), "calcule.fiches")),
            ("axes", json_strict(&objectifs::axes(sources), "calcule.axes")),
            ("fiches_par_axe", json_strict(&objectifs::fiches_par_axe(sources), "calcule.fiches_par_axe")),
            ("renouveles", json_strict(&suivi::renouveles(contrat), "calcule.renouveles")),
            ("dialogues", json_strict(&suivi::dialogues(contrat), "calcule.dialogues")),
            ("diagnostic", diagnostic(sources)),
            ("activite", Value::from(activites(sources))),
            ("activites_par_etablissement", activites_par_etablissement(sources)),
            ("budgets", json_strict(&moyens::budgets(sources), "calcule.budgets")),
            ("budgets_totaux", json_strict(&moyens::budgets_totaux(sources), "calcule.budgets_totaux")),
            ("budgets_par_annee", json_strict(&moyens::budgets_par_annee(contrat), "calcule.budgets_par_annee")),
            ("dotations", json_strict(&moyens::dotations(sources, partage::est_partage(sources)), "calcule.dotations")),
            ("totaux_declares", json_strict(&moyens::totaux_declares(sources), "calcule.totaux_declares")),
            ("regimes", partage::regimes(sources)),
            ("communs", json_strict(&partage::communs(sources), "calcule.communs")),
            ("credits", partage::credits(sources)),
        ],
    )
}

fn periode(contrat: &Contrat, objets: &Value) -> Value {
    let periode = &contrat.periode;
    let debut = periode.debut.valeur().copied();
    let annees = periode.annees();
    let signature = contrat.signature.valeur().and_then(|s| s.date.valeur().copied());
    // A missing date is the gap of the contract itself, with its pointer.
    let ou_lacune = |valeur: Option<Value>, cle: &str| {
        valeur.unwrap_or_else(|| objets.get_attr("periode").and_then(|p| p.get_attr(cle)).unwrap_or_default())
    };
    let date = |d: Option<Date>| d.map(|d| Value::from(d.iso()));
    compose(
        "calcule.periode",
        vec![
            ("debut", ou_lacune(date(debut), "debut")),
            ("fin", ou_lacune(date(periode.dernier_jour()), if debut.is_none() { "debut" } else { "duree_annees" })),
            ("duree_annees", ou_lacune(periode.duree().map(Value::from), "duree_annees")),
            ("derniere_signature", Value::from(periode.a_la_derniere_signature())),
            ("retroactif", Value::from(matches!((debut, signature), (Some(d), Some(s)) if d < s))),
            ("annee_intermediaire", ou_lacune(annees.get(2).map(|a| Value::from(*a)), "debut")),
            ("annee_finale", ou_lacune(annees.last().map(|a| Value::from(*a)), "debut")),
            ("dernier_exercice", ou_lacune(debut.map(|d| Value::from(d.veille().annee())), "debut")),
            ("annees", Value::from(annees.into_iter().map(Value::from).collect::<Vec<_>>())),
        ],
    )
}

fn exemplaires(contrat: &Contrat) -> Json {
    let signature = contrat.signature.valeur();
    if signature.and_then(|s| s.mode.valeur()) == Some(&ModeSignature::Electronique) {
        return Json::Null;
    }
    json!(
        signature
            .and_then(|s| s.exemplaires.valeur().map(|n| n.0 as usize))
            .unwrap_or_else(|| contrat.signataires().len())
    )
}

fn signataire(signataire: &Signataire<'_>, objets: &Value) -> Value {
    let (nom, representant) = parties::de_signataire(signataire);
    let (autorite, liste) = match signataire {
        Signataire::Autorite(_) => (true, "autorites"),
        Signataire::Gestionnaire(_) => (false, "gestionnaires"),
    };
    let delegation = match signataire {
        Signataire::Autorite(a) => a.par_delegation.valeur(),
        Signataire::Gestionnaire(g) => g.par_delegation.valeur(),
    };
    let (qualite, qualite_du) = representant.and_then(parties::qualite).unzip();
    let civilite_nom = representant.and_then(|r| {
        let nom = r.nom.valeur()?;
        Some(match r.civilite.valeur() {
            Some(civilite) => format!("{civilite} {nom}"),
            None => nom.to_string(),
        })
    });
    let objet = chercher(objets, &["parties", liste], signataire.id(), "la partie").unwrap_or_default();
    // A missing name or quality is the gap of the contract itself, with its pointer.
    let texte = |t: Option<String>, chemin: &[&str]| match t {
        Some(t) => Value::from(super::jetons::purger(&t)),
        None => chemin.iter().try_fold(objet.clone(), |o, cle| o.get_attr(cle)).unwrap_or_default(),
    };
    compose(
        "signataire",
        vec![
            ("id", Value::from(signataire.id())),
            ("nom", texte(nom.nom, &["nom"])),
            ("le_nom", texte(nom.le, &["nom"])),
            ("du_nom", texte(nom.du, &["nom"])),
            ("genre", Value::from(if nom.feminin { "f" } else { "m" })),
            ("representee", Value::from(if nom.feminin { "représentée" } else { "représenté" })),
            ("qualite", texte(qualite, &["representant", "qualite"])),
            ("qualite_du", texte(qualite_du, &["representant", "qualite"])),
            ("civilite_nom", texte(civilite_nom, &["representant", "nom"])),
            ("par_delegation", Value::from(delegation.is_some())),
            ("autorite", Value::from(autorite)),
            ("objet", objet),
        ],
    )
}

fn toutes_les_parties(sources: &Sources<'_>) -> Value {
    let contrat = sources.contrat;
    let decrire = |id: &str, nom: parties::NomDePartie, genre: &str, public: bool, sigle: Option<String>| {
        let mot = |mot: Option<String>| mot.map_or_else(|| sources.nom_a_donner(id), Json::from);
        json_strict(
            &json!({
                "nom": mot(nom.nom), "le_nom": mot(nom.le), "du_nom": mot(nom.du),
                "genre": if nom.feminin { "f" } else { "m" },
                "type": genre, "public": public, "sigle": sigle,
            }),
            "partie",
        )
    };
    let autorites = contrat.autorites().iter().map(|a| {
        let genre = serde_json::to_value(a.r#type).ok().and_then(|v| v.as_str().map(String::from)).unwrap_or_default();
        (a.id.to_string(), decrire(a.id.as_str(), parties::nom_autorite(a), &genre, true, None))
    });
    let gestionnaires = contrat.gestionnaires().iter().map(|g| {
        let public = parties::statut(g).is_some_and(|s| s.public());
        let sigle = g.sigle.valeur().map(ToString::to_string);
        (g.id.to_string(), decrire(g.id.as_str(), parties::nom_gestionnaire(g), "gestionnaire", public, sigle))
    });
    par_identifiant("partie", "/parties/gestionnaires", autorites.chain(gestionnaires).collect())
}

const GENRES: [(&str, GenreCapacite); 4] = [
    ("autorisee", GenreCapacite::Autorisee),
    ("installee", GenreCapacite::Installee),
    ("financee", GenreCapacite::Financee),
    ("habilitee_aide_sociale", GenreCapacite::HabiliteeAideSociale),
];

fn places_totales(contrat: &Contrat) -> Json {
    GENRES
        .iter()
        .map(|(cle, genre)| {
            let total = contrat.etablissements_inclus().filter_map(|e| e.places(*genre)).reduce(u32::saturating_add);
            (cle.to_string(), json!(total))
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Whether a sixth year may follow: the law has it since 2019, and not for the contracts of the EHPAD.
fn prorogeable(fondement: Fondement, jours: Jours) -> bool {
    let annees = |id| droit::valeurs::nombre(id, jours);
    fondement != Fondement::Ehpad && annees("duree_prorogee") > annees("duree_initiale")
}

/// Whether a gestionnaire presents an EPRD. In a compulsory contract none does when all rules of allocation declare it
/// without object; in another, one does when a rule says how it allocates under it.
fn eprd(contrat: &Contrat, fondement: Fondement, jours: Jours) -> bool {
    if droit::valeurs::valeur("eprd").is_none_or(|v| v.pour(jours, None).is_none()) {
        return false;
    }
    let moyens = contrat.moyens.valeur();
    let regles = moyens.map(|m| m.affectations()).unwrap_or_default();
    if !est_obligatoire(fondement) {
        return regles.iter().any(|r| r.valeur.eprd.valeur().is_some());
    }
    match regles.is_empty() {
        true => moyens.map_or(contrat.moyens.est_absent(), |m| m.affectation_resultats.est_absent()),
        false => regles.iter().any(|r| !matches!(r.valeur.eprd, Champ::NonApplicable(_))),
    }
}

/// The staff of an establishment: the sum of its functions, or what is announced when they are not given.
fn etp(e: &Etablissement) -> Option<f64> {
    let etp = e.etp.valeur()?;
    etp.total().or_else(|| etp.total_declare.valeur().map(|declare| declare.0))
}

fn etp_totaux(contrat: &Contrat) -> Json {
    let fonctions = |rang: usize| {
        somme_arrondie(
            contrat
                .etablissements_inclus()
                .filter_map(|e| e.etp.valeur())
                .filter_map(move |etp| etp.fonctions().get(rang).and_then(|(_, n)| *n)),
        )
    };
    let noms = ["administratif", "educatif", "medical", "paramedical", "pedagogique", "autres"];
    let mut objet: serde_json::Map<String, Json> =
        noms.iter().enumerate().map(|(rang, nom)| (nom.to_string(), json!(fonctions(rang)))).collect();
    let total = somme_arrondie(contrat.etablissements_inclus().filter_map(etp));
    objet.insert("total".into(), json!(total));
    objet.into()
}

fn etablissement(sources: &Sources<'_>, e: &Etablissement, objet: &Value) -> Value {
    let contrat = sources.contrat;
    let categorie = e.categorie.valeur().and_then(|c| nomenclatures::categorie(c.as_str()));
    // The words of the day of the contract, which are not always those of today.
    let jour = contrat.jour_des_mots().map(Date::iso);
    let mots = categorie.map(|c| c.mots_au(jour.as_deref()));
    let places: serde_json::Map<String, Json> =
        GENRES.iter().map(|(cle, genre)| (cle.to_string(), json!(e.places(*genre)))).collect();
    let valeurs = json!({
        "inclus": e.est_inclus(),
        "service": categorie.is_some_and(|c| c.service),
        "enfance": categorie.is_some_and(|c| c.public == nomenclatures::Public::Enfants),
        "places": places,
        "etp": etp(e),
        "fiches": objectifs::numeros_des_fiches(contrat, e.id.as_str()),
        "autorites": autorites_competentes(contrat, e),
        "le_departement": e.departement.valeur().and_then(|d| nomenclatures::departement(d.as_str())).map(|d| d.libelle),
        "gestionnaire": e.gestionnaire.valeur().and_then(|g| parties::nom_de_partie(contrat, g.as_str())).and_then(|n| n.nom),
        "a_ouvrir": e.ouverture_prevue.valeur().is_some(),
    });
    let propres = vec![
        ("categorie", ou_du_contrat(mots.map(|m| m.0), objet, "categorie")),
        ("sigle", ou_du_contrat(mots.map(|m| m.1), objet, "categorie")),
        ("feuille", Value::from(objectifs::feuille_de_route(sources, e.id.as_str()))),
    ];
    objets::completer("calcule.etablissements", &valeurs, propres)
}

/// The names of the parties that are competent for an establishment.
fn autorites_competentes(contrat: &Contrat, e: &Etablissement) -> Vec<String> {
    let competentes = Competente::pour(e);
    let parties = contrat.autorites().iter().filter(|a| competentes.iter().any(|c| c.est(a)));
    parties.filter_map(|a| parties::nom_autorite(a).le).collect()
}

/// The diagnosis theme by theme, in the national order, themes without anything left out.
fn diagnostic(sources: &Sources<'_>) -> Value {
    let themes = [
        "parcours",
        "territoire",
        "emplois",
        "climat_social",
        "systeme_information",
        "situation_financiere",
        "patrimoine",
        "depenses_personnel",
        "qualite",
        "droits",
        "organisation",
    ];
    let natures = [
        ("forces", "force"),
        ("faiblesses", "faiblesse"),
        ("specificites", "specificite"),
        ("opportunites", "opportunite"),
        ("menaces", "menace"),
    ];
    let du_theme = |liste: &str, theme: Option<&str>| -> Vec<Value> {
        elements(sources.objets, &["diagnostic", liste])
            .into_iter()
            .filter(|o| o.get_attr("theme").ok().and_then(|t| t.as_str().map(String::from)).as_deref() == theme)
            .collect()
    };
    let nature_de = |o: &Value| o.get_attr("nature").ok().and_then(|n| n.as_str().map(String::from));
    let mut sortie = Vec::new();
    for theme in themes.iter().map(|t| Some(*t)).chain([None]) {
        let (constats, perspectives, indicateurs) =
            (du_theme("constats", theme), du_theme("perspectives", theme), du_theme("indicateurs", theme));
        if constats.is_empty() && perspectives.is_empty() && indicateurs.is_empty() {
            continue;
        }
        let libelle =
            theme.and_then(|t| libelle_de("Theme", t)).unwrap_or_else(|| "Autres éléments du diagnostic".into());
        let mut entrees = vec![
            ("theme", Value::from(theme.unwrap_or("autres"))),
            ("libelle", Value::from(libelle)),
            ("perspectives", Value::from(perspectives)),
            ("indicateurs", Value::from(indicateurs)),
        ];
        for (cle, nature) in natures {
            let liste: Vec<Value> =
                constats.iter().filter(|c| nature_de(c).as_deref() == Some(nature)).cloned().collect();
            entrees.push((cle, Value::from(liste)));
        }
        let sans_nature: Vec<Value> = constats.iter().filter(|c| nature_de(c).is_none()).cloned().collect();
        entrees.push(("sans_nature", Value::from(sans_nature)));
        sortie.push(compose("thème du diagnostic", entrees));
    }
    Value::from(sortie)
}

fn activites(sources: &Sources<'_>) -> Vec<Value> {
    let contrat = sources.contrat;
    let objets = elements(sources.objets, &["activite"]);
    let libelle = |definition: &str, valeur: Option<Json>| -> Json {
        valeur.and_then(|v| v.as_str().and_then(|v| libelle_de(definition, v))).map_or(Json::Null, Json::from)
    };
    contrat
        .activite
        .elements()
        .iter()
        .enumerate()
        .zip(objets)
        .map(|((rang, a), objet)| {
            let ici = |cle: &str| sources.place(&["activite"], rang).cle(cle);
            let realise = objet.get_attr("realise").unwrap_or_default();
            let annees: Vec<(String, Value)> = a
                .annees_realisees()
                .into_iter()
                .map(|(annee, _)| (annee.clone(), realise.get_attr(&annee).unwrap_or_default()))
                .collect();
            // What is computed from a value declared without object is without object too.
            let sans_objet = std::iter::once(realise)
                .chain(annees.iter().map(|(_, v)| v.clone()))
                .chain(objet.get_attr("theorique"))
                .find(|v| v.downcast_object_ref::<objets::SansObjet>().is_some());
            let json = |v: Json, nom: &str| json_strict(&v, nom);
            let deduit = |v: Option<f64>, nom: &str, source: &str| match (v, &sans_objet) {
                (None, Some(sans_objet)) => sans_objet.clone(),
                (None, None) => json(objets::a_donner(nom, &ici(source)), nom),
                (v, None | Some(_)) => json(json!(v), nom),
            };
            let (moyenne, theorique) = (a.moyenne(), a.theorique_calculee(contrat));
            let annees: Vec<Value> = annees
                .into_iter()
                .map(|(annee, valeur)| {
                    compose(
                        "année",
                        vec![("annee", Value::from(annee.parse::<i64>().unwrap_or(0))), ("valeur", valeur)],
                    )
                })
                .collect();
            compose(
                "activité",
                vec![
                    ("ligne", objet.clone()),
                    ("etablissement", json(sources.nom_etablissement(a.etablissement.as_str()), "établissement")),
                    (
                        "modalite",
                        json(
                            libelle("Modalite", a.modalite.valeur().and_then(|m| serde_json::to_value(m).ok())),
                            "modalité",
                        ),
                    ),
                    (
                        "unite",
                        json(
                            libelle("UniteActivite", a.unite.valeur().and_then(|u| serde_json::to_value(u).ok())),
                            "unité",
                        ),
                    ),
                    ("theorique", deduit(theorique, "activité théorique", "theorique")),
                    ("annees", Value::from(annees)),
                    (
                        "moyenne",
                        deduit(
                            moyenne.map(|m| (m * 10.0).round() / 10.0),
                            "activité réalisée, pour sa moyenne",
                            "realise",
                        ),
                    ),
                    (
                        "taux",
                        deduit(
                            a.taux(contrat).map(|t| (t * 10.0).round() / 10.0),
                            "taux de réalisation",
                            if moyenne.is_none() { "realise" } else { "theorique" },
                        ),
                    ),
                    ("retenue", json(json!(a.retenue.valeur().map(|q| q.0)), "activité retenue")),
                    ("cibles", objet.get_attr("cibles").unwrap_or_default()),
                ],
            )
        })
        .collect()
}

fn activites_par_etablissement(sources: &Sources<'_>) -> Value {
    let mut groupes: Vec<(String, Vec<Value>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (a, valeur) in sources.contrat.activite.elements().iter().zip(activites(sources)) {
        let place = *places.entry(a.etablissement.as_str()).or_insert(groupes.len());
        match groupes.get_mut(place) {
            Some((_, lignes)) => lignes.push(valeur),
            None => groupes.push((a.etablissement.to_string(), vec![valeur])),
        }
    }
    let groupes: Vec<Value> = groupes
        .into_iter()
        .map(|(id, lignes)| {
            compose(
                "activité",
                vec![
                    ("nom", json_strict(&sources.nom_etablissement(&id), "établissement")),
                    ("etablissement", Value::from(id)),
                    ("lignes", Value::from(lignes)),
                ],
            )
        })
        .collect();
    Value::from(groupes)
}

/// The day of the contract's words, from the contract as templates see it: its signature, else its effect.
pub fn jour_des_mots(objets: &Value) -> Option<String> {
    let a = |chemin: [&str; 2]| {
        let valeur = chemin.iter().try_fold(objets.clone(), |v, cle| v.get_attr(cle).ok())?;
        valeur.as_str().map(String::from)
    };
    a(["signature", "date"]).or_else(|| a(["periode", "debut"]))
}

/// An object of the contract by its identifier, in one of its lists; a gap when it does not exist.
pub fn chercher(objets: &Value, chemin: &[&str], id: &str, genre: &str) -> Option<Value> {
    let liste = chemin.iter().try_fold(objets.clone(), |v, cle| v.get_attr(cle).ok());
    let trouve = liste.and_then(|liste| liste.downcast_object_ref::<objets::Liste>()?.par_id(id).cloned());
    trouve.or_else(|| {
        Some(objets::lacune(format!("{genre} « {id} », que rien ne décrit"), format!("/{}", chemin.join("/")), None))
    })
}
