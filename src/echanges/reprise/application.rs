//! What is taken of a file that comes back → the files of the contract with it, and what would then be said of the contract.
//!
//! Each value goes where its position says, in all the files that write it. Nothing is written here.

use super::reponse::{Changement, ElementDeListe, RemarqueNouvelle, Reprise, Sens};
use crate::dossier::gestes::{self, Geste};
use crate::dossier::{self, Choix, Erreur, Ouverture, Reecriture};
use crate::echanges::comparer::chemin;
use crate::lecture;
use crate::regles::chemins::stable;
use crate::remarque::{Remarque, Severite};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The most changes that are tried one by one, to say which one causes a remark.
const ESSAIS_MAX: usize = 24;

/// The contract with what is taken.
#[derive(Debug)]
pub struct Essai {
    /// The files that change.
    pub fichiers: Vec<Reecriture>,
    pub remarques: Vec<RemarqueNouvelle>,
}

/// Makes the contract with the changes and the elements of these numbers, in memory, and compares what is said of it.
pub fn essayer(reprise: &Reprise, ouverture: &Ouverture, choix: &Choix, pris: &[usize]) -> Result<Essai, Erreur> {
    let (neuve, fichiers) = appliquer(ouverture, &prises(reprise, pris))?;
    let remarques = match fichiers.is_empty() {
        true => Vec::new(),
        false => nouvelles(reprise, ouverture, choix, pris, &neuve)?,
    };
    Ok(Essai { fichiers, remarques })
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Prises<'r> {
    pub changements: Vec<&'r Changement>,
    pub elements: Vec<&'r ElementDeListe>,
}

fn prises<'r>(reprise: &'r Reprise, pris: &[usize]) -> Prises<'r> {
    let pris: BTreeSet<usize> = pris.iter().copied().collect();
    Prises {
        changements: reprise.changements.iter().filter(|c| pris.contains(&c.numero)).collect(),
        elements: reprise.elements.iter().filter(|e| pris.contains(&e.numero)).collect(),
    }
}

/// The contract with what is taken, and its files that change.
pub(super) fn appliquer(ouverture: &Ouverture, prises: &Prises<'_>) -> Result<(Ouverture, Vec<Reecriture>), Erreur> {
    let lecture = &ouverture.lecture;
    let valeurs =
        prises.changements.iter().map(|c| Geste::Remplacer { pointeur: c.pointeur.clone(), valeur: c.apres.clone() });
    // What comes and goes moves the ranks after it: the deepest lists first, each from its end.
    let mut elements = prises.elements.clone();
    elements.sort_by_key(|e| (e.liste.matches('/').count(), e.liste.clone(), e.rang, e.sens == Sens::Retire, e.numero));
    let places = places(ouverture, &elements);
    let elements = elements.into_iter().zip(places).rev().map(|(e, place)| match place {
        Place::Retrait => Geste::Retirer { pointeur: format!("{}/{}", e.liste, e.rang) },
        Place::Avant(rang) => Geste::Inserer { liste: e.liste.clone(), rang, valeur: e.element.clone() },
        Place::Attendue(rang) => {
            Geste::Remplacer { pointeur: format!("{}/{rang}", e.liste), valeur: e.element.clone() }
        }
    });
    let gestes: Vec<Geste> = valeurs.chain(elements).collect();
    let fichiers = gestes::ecrire_d_un_coup(lecture, &gestes).map_err(|e| Erreur::Interne(e.to_string()))?;
    let mut reecritures = Vec::new();
    for (ancien, neuf) in lecture.fichiers.iter().zip(&fichiers) {
        if ancien.octets != neuf.octets {
            let nom = if ancien.nom == lecture::ENTREE_STANDARD { "-" } else { ancien.nom.as_str() };
            let (lu, octets) = (ancien.octets.clone(), neuf.octets.clone());
            reecritures.push(Reecriture { fichier: PathBuf::from(nom), lu, octets });
        }
    }
    Ok((dossier::examiner(lecture::lire_fichiers(fichiers)?)?, reecritures))
}

/// What becomes of an element in its list.
enum Place {
    Retrait,
    /// Before the one of that rank, or at the end.
    Avant(usize),
    /// In the place of one that says « à compléter » only.
    Attendue(usize),
}

/// The places of elements that are in the order of their ranks: those that come after all that is known take first those of the
/// elements that still wait for their values.
fn places(ouverture: &Ouverture, elements: &[&ElementDeListe]) -> Vec<Place> {
    let nombre = |donnees: &Value, liste: &str| donnees.pointer(liste).and_then(Value::as_array).map_or(0, Vec::len);
    let mut prises: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sortie = Vec::with_capacity(elements.len());
    for element in elements {
        let liste = element.liste.as_str();
        let connus = nombre(&ouverture.donnees, liste);
        // Of several files, each has its own part of the list.
        let ecrits = if ouverture.lecture.fichiers.len() == 1 { ouverture.ecrits(liste).max(connus) } else { connus };
        sortie.push(match element.sens {
            Sens::Retire => Place::Retrait,
            Sens::Ajoute if element.rang < connus => Place::Avant(element.rang),
            Sens::Ajoute => {
                let prise = prises.entry(liste).or_default();
                *prise += 1;
                let rang = connus + *prise - 1;
                if rang < ecrits { Place::Attendue(rang) } else { Place::Avant(ecrits) }
            }
        });
    }
    sortie
}

/// The blocking remarks and the alerts that the contract would have and has not, with what causes them.
fn nouvelles(
    reprise: &Reprise,
    ouverture: &Ouverture,
    choix: &Choix,
    pris: &[usize],
    neuve: &Ouverture,
) -> Result<Vec<RemarqueNouvelle>, Erreur> {
    let avant = comptees(&dossier::verifier(ouverture, choix)?.rapport.remarques, ouverture);
    let remarques = dossier::verifier(neuve, choix)?.rapport.remarques;
    let mut restent = avant.clone();
    let mut sortie = Vec::new();
    for remarque in remarques.into_iter().filter(grave) {
        match restent.get_mut(&nom(&remarque, neuve)) {
            Some(n) if *n > 0 => *n -= 1,
            _ => {
                let place = chemin(&neuve.donnees, &remarque.pointeur);
                sortie.push(RemarqueNouvelle { remarque, place, causes: Vec::new() });
            }
        }
    }
    sortie.sort_by_key(|nouvelle| nouvelle.remarque.severite);
    if sortie.is_empty() || pris.len() > ESSAIS_MAX {
        return Ok(sortie);
    }
    if let [seul] = pris {
        sortie.iter_mut().for_each(|nouvelle| nouvelle.causes.push(*seul));
        return Ok(sortie);
    }
    for numero in pris {
        let (seule, _) = appliquer(ouverture, &prises(reprise, &[*numero]))?;
        let apres = comptees(&dossier::verifier(&seule, choix)?.rapport.remarques, &seule);
        for nouvelle in &mut sortie {
            let nom = nom(&nouvelle.remarque, neuve);
            if apres.get(&nom).copied().unwrap_or_default() > avant.get(&nom).copied().unwrap_or_default() {
                nouvelle.causes.push(*numero);
            }
        }
    }
    Ok(sortie)
}

/// The same remark on the same element, wherever it stands in its list.
type Nom = (String, String);

fn nom(remarque: &Remarque, ouverture: &Ouverture) -> Nom {
    (remarque.code.clone(), stable(&ouverture.donnees, &remarque.pointeur))
}

fn grave(remarque: &Remarque) -> bool {
    remarque.severite != Severite::Information
}

fn comptees(remarques: &[Remarque], ouverture: &Ouverture) -> BTreeMap<Nom, usize> {
    let mut sortie = BTreeMap::new();
    for remarque in remarques.iter().filter(|r| grave(r)) {
        *sortie.entry(nom(remarque, ouverture)).or_default() += 1;
    }
    sortie
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::echanges::reprise::Propositions;
    use crate::lecture::Fichier;
    use serde_json::json;

    /// What waits for its values gives its place; what is more comes after, in its order.
    #[test]
    fn elements_take_the_place_of_those_that_wait_for_their_values() {
        let mut contrat: Value = serde_json::from_str(include_str!("../../../fixtures/paca/minimal.json")).unwrap();
        let attendue = json!({ "modalite": "à compléter", "autorisee": "à compléter : un nombre" });
        contrat["perimetre"]["etablissements"][0]["capacites"] = json!([
            { "modalite": "internat", "autorisee": 1 }, attendue, attendue
        ]);
        let fichier = Fichier { nom: "contrat.json".into(), octets: serde_json::to_vec_pretty(&contrat).unwrap() };
        let ouverture = dossier::examiner(lecture::lire_fichiers(vec![fichier]).unwrap()).unwrap();
        let liste = "/perimetre/etablissements/0/capacites";
        for nombre in 1..=4 {
            let mut propositions = Propositions::nouvelles(&ouverture, |a, b| a == b);
            for n in 0..nombre {
                propositions.ajout(
                    liste,
                    json!({ "modalite": "semi_internat", "libelle": n.to_string(), "autorisee": 2 }),
                    "",
                );
            }
            let reprise = propositions.finir().unwrap();
            assert!(reprise.elements.iter().all(ElementDeListe::est_sur), "{:?}", reprise.elements);
            let pris: Vec<usize> = reprise.elements.iter().map(|e| e.numero).collect();
            let (neuve, _) = appliquer(&ouverture, &prises(&reprise, &pris)).unwrap();
            let ecrit: Value = serde_json::from_slice(&neuve.lecture.fichiers[0].octets).unwrap();
            let ecrites = ecrit.pointer(liste).unwrap().as_array().unwrap();
            let dits: Vec<&str> = ecrites.iter().map(|c| c["libelle"].as_str().unwrap_or("–")).collect();
            let attendus: &[&str] = match nombre {
                1 => &["–", "0", "–"],
                2 => &["–", "0", "1"],
                3 => &["–", "0", "1", "2"],
                _ => &["–", "0", "1", "2", "3"],
            };
            assert_eq!(dits, attendus);
        }
    }
}
