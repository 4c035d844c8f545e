//! The four changes that a file can have: a value given or taken away, an element that comes or moves; in the data of the
//! contract, then in the texts of its files.

use crate::contrat::detenteur::detenteur;
use crate::lecture::adresses::{Adresse, Adresses};
use crate::lecture::retouche::{ErreurRetouche, Retouche};
use crate::lecture::{self, Fichier, Lecture};
use crate::remarque::Detenteur;
use serde_json::{Map, Value};

/// A change, by JSON pointers as they are when its turn comes.
#[derive(Debug, Clone, PartialEq)]
pub enum Geste {
    /// The objects on the way are made, lists are not.
    Remplacer {
        pointeur: String,
        valeur: Value,
    },
    Retirer {
        pointeur: String,
    },
    /// A list that is not there is made.
    Inserer {
        liste: String,
        rang: usize,
        valeur: Value,
    },
    Deplacer {
        liste: String,
        de: usize,
        vers: usize,
    },
}

impl Geste {
    /// Does it in the data; whether it could be done.
    pub fn appliquer(&self, donnees: &mut Value) -> bool {
        match self {
            Geste::Remplacer { pointeur, valeur } => remplacer(donnees, pointeur, valeur.clone()),
            Geste::Retirer { pointeur } => retirer(donnees, pointeur).is_some(),
            Geste::Inserer { liste, rang, valeur } => match donnees.pointer_mut(liste) {
                Some(Value::Array(elements)) => {
                    elements.insert((*rang).min(elements.len()), valeur.clone());
                    true
                }
                Some(_) => false,
                None => remplacer(donnees, liste, Value::Array(vec![valeur.clone()])),
            },
            Geste::Deplacer { liste, de, vers } => match donnees.pointer_mut(liste) {
                Some(Value::Array(elements)) if *de < elements.len() => {
                    let element = elements.remove(*de);
                    elements.insert((*vers).min(elements.len()), element);
                    true
                }
                _ => false,
            },
        }
    }

    /// Whether ranks are no longer those that they were.
    fn deplace_des_rangs(&self) -> bool {
        match self {
            Geste::Remplacer { .. } => false,
            Geste::Retirer { .. } | Geste::Inserer { .. } | Geste::Deplacer { .. } => true,
        }
    }
}

fn remplacer(donnees: &mut Value, pointeur: &str, valeur: Value) -> bool {
    let Some((parent, jeton)) = pointeur.rsplit_once('/') else { return false };
    let mut ici = donnees;
    for pas in parent.split('/').skip(1) {
        let cle = cle(pas);
        ici = match ici {
            Value::Object(objet) => objet.entry(cle).or_insert_with(|| Value::Object(Map::new())),
            Value::Array(elements) => match cle.parse::<usize>().ok().and_then(|rang| elements.get_mut(rang)) {
                Some(element) => element,
                None => return false,
            },
            _ => return false,
        };
    }
    match ici {
        Value::Object(objet) => {
            objet.insert(cle(jeton), valeur);
            true
        }
        Value::Array(elements) => match jeton.parse::<usize>().ok().and_then(|rang| elements.get_mut(rang)) {
            Some(element) => {
                *element = valeur;
                true
            }
            None => false,
        },
        _ => false,
    }
}

fn retirer(donnees: &mut Value, pointeur: &str) -> Option<Value> {
    let (parent, jeton) = pointeur.rsplit_once('/')?;
    match donnees.pointer_mut(parent)? {
        Value::Object(objet) => objet.shift_remove(&cle(jeton)),
        Value::Array(elements) => {
            let rang = jeton.parse::<usize>().ok().filter(|rang| *rang < elements.len())?;
            Some(elements.remove(rang))
        }
        _ => None,
    }
}

fn cle(jeton: &str) -> String {
    jeton.replace("~1", "/").replace("~0", "~")
}

/// The files of a contract with changes made one after the other; each value goes where the files say it, a new one in the
/// file that holds what it stands in, or what its holder already wrote.
pub fn ecrire(lecture: &Lecture, gestes: &[Geste]) -> Result<Vec<Fichier>, ErreurEcriture> {
    if lecture.fichiers.len() == 1 {
        return dans_le_seul(lecture, gestes);
    }
    let mut relue: Option<Lecture> = None;
    let mut reste = gestes;
    let mut fichiers = lecture.fichiers.clone();
    while !reste.is_empty() {
        let ici = relue.as_ref().unwrap_or(lecture);
        let jusque = reste.iter().position(Geste::deplace_des_rangs).map_or(reste.len(), |rang| rang + 1);
        let (troncon, suite) = reste.split_at(jusque);
        // Of these the last alone moves ranks.
        fichiers = ecrire_d_un_coup(ici, troncon)?;
        reste = suite;
        if !reste.is_empty() {
            relue =
                Some(lecture::lire_fichiers(fichiers.clone()).map_err(|e| ErreurEcriture::Relecture(e.to_string()))?);
        }
    }
    Ok(fichiers)
}

/// Why changes cannot be written: always a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum ErreurEcriture {
    #[error(transparent)]
    Retouche(#[from] ErreurRetouche),
    #[error("{0}")]
    Relecture(String),
}

/// Ranks of the contract are those of its only file.
fn dans_le_seul(lecture: &Lecture, gestes: &[Geste]) -> Result<Vec<Fichier>, ErreurEcriture> {
    let retouche = Retouche::ouvrir(Adresses::de(lecture).texte(0))?;
    gestes.iter().try_for_each(|geste| dans_un_fichier(&retouche, geste))?;
    Ok(avec(&lecture.fichiers, 0, &retouche.texte()))
}

fn dans_un_fichier(retouche: &Retouche, geste: &Geste) -> Result<(), ErreurRetouche> {
    match geste {
        Geste::Remplacer { pointeur, valeur } => retouche.remplacer(pointeur, valeur),
        Geste::Retirer { pointeur } => retouche.retirer(pointeur),
        Geste::Inserer { liste, rang, valeur } => retouche.inserer(liste, *rang, valeur),
        Geste::Deplacer { liste, de, vers } => retouche.deplacer(liste, *de, *vers),
    }
}

/// The files of a contract with changes whose pointers are all those of what was read: none moves what a later one names.
pub fn ecrire_d_un_coup(lecture: &Lecture, gestes: &[Geste]) -> Result<Vec<Fichier>, ErreurEcriture> {
    if lecture.fichiers.len() == 1 {
        return dans_le_seul(lecture, gestes);
    }
    let adresses = Adresses::de(lecture);
    let mut retouches: Vec<Option<Retouche>> = lecture.fichiers.iter().map(|_| None).collect();
    for geste in gestes {
        for (fichier, local) in locaux(lecture, &adresses, geste) {
            let Some(place) = retouches.get_mut(fichier) else { continue };
            let retouche = match place {
                Some(ouverte) => ouverte,
                vide => vide.insert(Retouche::ouvrir(adresses.texte(fichier))?),
            };
            dans_un_fichier(retouche, &local)?;
        }
    }
    let mut fichiers = lecture.fichiers.clone();
    for (rang, retouche) in retouches.iter().enumerate() {
        if let Some(retouche) = retouche {
            fichiers = avec(&fichiers, rang, &retouche.texte());
        }
    }
    Ok(fichiers)
}

/// A change of the contract as those of its files.
fn locaux(lecture: &Lecture, adresses: &Adresses<'_>, geste: &Geste) -> Vec<(usize, Geste)> {
    let existe = |pointeur: &str| lecture.valeur.pointer(pointeur).is_some();
    match geste {
        Geste::Remplacer { pointeur, valeur } => {
            let places =
                if existe(pointeur) { adresses.trouver(pointeur) } else { a_naitre(lecture, adresses, pointeur) };
            let la = |a: Adresse| (a.fichier, Geste::Remplacer { pointeur: a.pointeur, valeur: valeur.clone() });
            places.into_iter().map(la).collect()
        }
        Geste::Retirer { pointeur } => {
            let places = adresses.trouver(pointeur).into_iter();
            places.map(|a| (a.fichier, Geste::Retirer { pointeur: a.pointeur })).collect()
        }
        Geste::Inserer { liste, rang, valeur } => {
            let voisin = |rang: usize| {
                let ici = format!("{liste}/{rang}");
                let adresse = existe(&ici).then(|| adresses.trouver(&ici).into_iter().next())??;
                let (liste, rang) = adresse.pointeur.rsplit_once('/')?;
                Some((adresse.fichier, liste.to_owned(), rang.parse::<usize>().ok()?))
            };
            let avant = rang.checked_sub(1).and_then(voisin).map(|(f, liste, rang)| (f, liste, rang + 1));
            let place = avant.or_else(|| voisin(*rang)).or_else(|| {
                let la = if existe(liste) { adresses.trouver(liste) } else { a_naitre(lecture, adresses, liste) };
                la.into_iter().next().map(|a| (a.fichier, a.pointeur, 0))
            });
            let inserer = |(fichier, liste, rang)| (fichier, Geste::Inserer { liste, rang, valeur: valeur.clone() });
            place.map(inserer).into_iter().collect()
        }
        Geste::Deplacer { liste, de, vers } => deplacement(adresses, liste, *de, *vers),
    }
}

/// Elements move among those of their file; between the elements of two files, the order is that of the files.
fn deplacement(adresses: &Adresses<'_>, liste: &str, de: usize, vers: usize) -> Vec<(usize, Geste)> {
    let local = |rang: usize| {
        let adresse = adresses.trouver(&format!("{liste}/{rang}")).into_iter().next()?;
        let (la, rang) = adresse.pointeur.rsplit_once('/')?;
        Some((adresse.fichier, la.to_owned(), rang.parse::<usize>().ok()?))
    };
    match (local(de), local(vers)) {
        (Some((fichier, la, depart)), Some((autre, _, arrivee))) if fichier == autre => {
            vec![(fichier, Geste::Deplacer { liste: la, de: depart, vers: arrivee })]
        }
        _ => Vec::new(),
    }
}

/// Where a value that no file says goes: in the file that holds what is nearest above it; when several do, in the one
/// that holds most of what its holder gives.
fn a_naitre(lecture: &Lecture, adresses: &Adresses<'_>, pointeur: &str) -> Vec<Adresse> {
    let mut ancetre = pointeur;
    while let Some((parent, _)) = ancetre.rsplit_once('/') {
        ancetre = parent;
        if lecture.valeur.pointer(ancetre).is_some() {
            break;
        }
    }
    let places = adresses.trouver(ancetre);
    let tient = detenteur(pointeur);
    let note = |a: &Adresse| tenus(lecture, adresses, a.fichier, tient);
    let choisie = places.into_iter().rev().max_by_key(note);
    let reste = &pointeur[ancetre.len()..];
    choisie.map(|a| Adresse { pointeur: format!("{}{reste}", a.pointeur), ..a }).into_iter().collect()
}

/// How many parts of the contract that someone holds are written in a file.
fn tenus(lecture: &Lecture, adresses: &Adresses<'_>, fichier: usize, qui: Detenteur) -> usize {
    let ici = |pointeur: &str| adresses.trouver(pointeur).iter().any(|a| a.fichier == fichier);
    let mut nombre = 0;
    for (cle, valeur) in lecture.valeur.as_object().into_iter().flatten() {
        let pointeur = format!("/{cle}");
        let enfants = valeur.as_object().into_iter().flatten().map(|(c, _)| format!("{pointeur}/{c}"));
        let tous = std::iter::once(pointeur.clone()).chain(enfants);
        nombre += tous.filter(|p| detenteur(p) == qui && ici(p)).count();
    }
    nombre
}

/// The files with another text for one of them, in the encoding that it had.
fn avec(fichiers: &[Fichier], rang: usize, texte: &str) -> Vec<Fichier> {
    let mut fichiers = fichiers.to_vec();
    if let Some(fichier) = fichiers.get_mut(rang) {
        fichier.octets = fichier.recoder(texte);
    }
    fichiers
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lire(textes: &[&str]) -> Lecture {
        let fichier = |(rang, texte): (usize, &&str)| Fichier { nom: format!("{rang}.json"), octets: (*texte).into() };
        lecture::lire_fichiers(textes.iter().enumerate().map(fichier).collect()).expect("a contract")
    }

    fn textes(fichiers: &[Fichier]) -> Vec<Value> {
        fichiers.iter().map(|f| serde_json::from_slice(&f.octets).expect("JSON")).collect()
    }

    /// What is written is what was done to the data, in one file as in several.
    #[test]
    fn the_files_say_what_the_data_say() {
        let un = r#"{"reference":"X","version_schema":"1","perimetre":{"etablissements":[{"id":"a","nom":"A"},{"id":"b"}]}}"#;
        let deux = r#"{"reference":"X","moyens":{"dotations":[{"autorite":"ars","annee":2026}]},"perimetre":{"etablissements":[{"id":"c"}]}}"#;
        for fichiers in [vec![un], vec![un, deux]] {
            let lecture = lire(&fichiers);
            let gestes = [
                Geste::Remplacer { pointeur: "/perimetre/etablissements/1/nom".into(), valeur: json!("B") },
                Geste::Inserer { liste: "/perimetre/etablissements".into(), rang: 1, valeur: json!({ "id": "d" }) },
                Geste::Remplacer { pointeur: "/perimetre/etablissements/1/nom".into(), valeur: json!("D") },
                Geste::Deplacer { liste: "/perimetre/etablissements".into(), de: 0, vers: 2 },
                Geste::Retirer { pointeur: "/perimetre/etablissements/2/nom".into() },
                Geste::Inserer { liste: "/objectifs".into(), rang: 0, valeur: json!({ "id": "o" }) },
            ];
            let mut donnees = lecture.valeur.clone();
            assert!(gestes.iter().all(|geste| geste.appliquer(&mut donnees)));
            let ecrits = ecrire(&lecture, &gestes).expect("written");
            assert_eq!(lecture::lire_fichiers(ecrits).expect("read").valeur, donnees);
        }
    }

    #[test]
    fn a_new_value_goes_to_the_file_of_its_holder() {
        let og = r#"{"reference":"X","perimetre":{"etablissements":[{"id":"a"}]},"moyens":{"budgets":[]}}"#;
        let ars = r#"{"reference":"X","periode":{"debut":"2026-01-01"},"moyens":{"dotations":[]}}"#;
        let lecture = lire(&[og, ars]);
        let poser = |pointeur: &str| {
            let geste = Geste::Remplacer { pointeur: pointeur.into(), valeur: json!("x") };
            let ecrits = textes(&ecrire(&lecture, &[geste]).expect("written"));
            ecrits.iter().map(|v| v.pointer(pointeur).is_some()).collect::<Vec<bool>>()
        };
        assert_eq!(poser("/signature/lieu"), [false, true], "the place is the authority's");
        assert_eq!(poser("/diagnostic/methode"), [true, false]);
        assert_eq!(poser("/moyens/fir"), [false, true]);
        assert_eq!(poser("/moyens/investissements"), [true, false]);
        assert_eq!(poser("/reference"), [true, true], "what both say stays said by both");
    }
}
