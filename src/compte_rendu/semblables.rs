//! Findings of one rule that say the same of several elements → the words of one, with the list of the elements.
//!
//! What is the same: severity, rule, remedy, and the words but for the first name between « ». A figure that differs is another
//! finding.

use super::completude::plages;
use crate::formats::enumerer;
use crate::remarque::{Remarque, Severite};
use crate::schema::chemin::PUIS;

/// What remarks that are told as one have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Semblable<'a> {
    severite: Severite,
    code: &'a str,
    remede: &'a str,
    references: &'a [String],
    avant: &'a str,
    apres: &'a str,
}

impl<'a> Semblable<'a> {
    pub(super) fn de(remarque: &'a Remarque) -> Self {
        let (avant, apres) = match element(&remarque.message) {
            Some((avant, _, apres)) => (avant, apres),
            None => (remarque.message.as_str(), ""),
        };
        let Remarque { severite, code, remede, references, .. } = remarque;
        Semblable { severite: *severite, code, remede, references, avant, apres }
    }
}

/// The first name of a message, with its « »: what is before, the name, what is after.
fn element(message: &str) -> Option<(&str, &str, &str)> {
    let debut = message.find('«')?;
    let fin = debut + message[debut..].find('»')? + '»'.len_utf8();
    Some((&message[..debut], &message[debut..fin], &message[fin..]))
}

/// The message of the first, then the elements of which the others say the same.
pub(super) fn message(remarques: &[&Remarque]) -> String {
    let Some((premiere, autres)) = remarques.split_first() else { return String::new() };
    let nom = |remarque: &Remarque| element(&remarque.message).map(|(_, nom, _)| nom.to_owned());
    let mut noms: Vec<String> = Vec::new();
    for autre in autres.iter().filter_map(|r| nom(r)) {
        if nom(premiere).is_some_and(|premier| premier != autre) && !noms.contains(&autre) {
            noms.push(autre);
        }
    }
    let suite = match (noms.len(), remarques.len()) {
        (0, places) => format!("À {places} places : {}.", places_de(remarques).join(", ")),
        (autres, _) if autres > TUS => format!("De même pour {autres} autres : {}.", enumerer(&noms)),
        _ => format!("De même pour {}.", enumerer(&noms)),
    };
    format!("{} {suite}", premiere.message)
}

/// From that many on, the elements are counted too.
const TUS: usize = 5;

/// What each place has of its own, after what all have in common.
fn places_de(remarques: &[&Remarque]) -> Vec<String> {
    let communs = communs(remarques);
    let mut places: Vec<String> = Vec::new();
    for remarque in remarques {
        let propre: Vec<&str> = remarque.chemin.split(PUIS).skip(communs).collect();
        let place = if propre.is_empty() { remarque.pointeur.clone() } else { propre.join(PUIS) };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// How many steps of their paths all have in common.
fn communs(remarques: &[&Remarque]) -> usize {
    let etapes: Vec<Vec<&str>> = remarques.iter().map(|r| r.chemin.split(PUIS).collect()).collect();
    let Some(premieres) = etapes.first() else { return 0 };
    (0..premieres.len()).take_while(|n| etapes.iter().all(|e| e.get(*n) == premieres.get(*n))).count()
}

/// The path that all have in common.
pub(super) fn chemin(remarques: &[&Remarque]) -> String {
    let premier = remarques.first().map_or("", |r| r.chemin.as_str());
    premier.split(PUIS).take(communs(remarques)).collect::<Vec<_>>().join(PUIS)
}

/// The pointers as one when they differ by one rank; else all of them, each once. The whole contract has none.
pub(super) fn pointeur(pointeurs: &[&str]) -> String {
    let mut distincts: Vec<&str> = Vec::new();
    for pointeur in pointeurs.iter().filter(|p| !p.is_empty()) {
        if !distincts.contains(pointeur) {
            distincts.push(pointeur);
        }
    }
    par_rang(&distincts).unwrap_or_else(|| distincts.join(", "))
}

/// « /moyens/budgets/*/section (* : 0 à 3, 7) ».
fn par_rang(pointeurs: &[&str]) -> Option<String> {
    let jetons: Vec<Vec<&str>> = pointeurs.iter().map(|p| p.split('/').collect()).collect();
    let premiers = jetons.first()?;
    if jetons.iter().any(|j| j.len() != premiers.len()) {
        return None;
    }
    let mut differents = (0..premiers.len()).filter(|n| jetons.iter().any(|j| j[*n] != premiers[*n]));
    let (place, None) = (differents.next()?, differents.next()) else { return None };
    let mut rangs = jetons.iter().map(|j| j[place].parse().ok()).collect::<Option<Vec<u32>>>()?;
    rangs.sort_unstable();
    let modele: Vec<&str> = premiers.iter().enumerate().map(|(n, j)| if n == place { "*" } else { *j }).collect();
    Some(format!("{} (* : {})", modele.join("/"), plages(&rangs)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarque(message: &str, pointeur: &str, chemin: &str) -> Remarque {
        let mut remarque = Remarque::bloquante("DIA-003", pointeur, message, "dites-le.");
        remarque.chemin = chemin.into();
        remarque
    }

    #[test]
    fn what_is_said_of_several_elements_is_said_once_with_their_names() {
        let toutes: Vec<Remarque> = ["A", "B", "C"]
            .iter()
            .enumerate()
            .map(|(n, nom)| {
                let message = format!("Le diagnostic ne dit rien de « {nom} ».");
                remarque(&message, &format!("/perimetre/etablissements/{n}"), &format!("Périmètre › {nom}"))
            })
            .collect();
        let toutes: Vec<&Remarque> = toutes.iter().collect();
        assert!(toutes.windows(2).all(|deux| Semblable::de(deux[0]) == Semblable::de(deux[1])));
        assert_eq!(message(&toutes), "Le diagnostic ne dit rien de « A ». De même pour « B » et « C ».");
        assert_eq!(chemin(&toutes), "Périmètre");
    }

    #[test]
    fn the_same_words_at_several_places_name_the_places() {
        let deux = [
            remarque("Le total manque.", "/a/0/t", "Liste › un › Total"),
            remarque("Le total manque.", "/a/4/t", "Liste › deux › Total"),
        ];
        let deux: Vec<&Remarque> = deux.iter().collect();
        assert_eq!(message(&deux), "Le total manque. À 2 places : un › Total, deux › Total.");
        let autre = remarque("Le total est de 3 au lieu de 4.", "/a/5/t", "");
        assert_ne!(Semblable::de(&autre), Semblable::de(deux[0]));
    }

    #[test]
    fn pointers_are_told_by_their_ranks_and_none_is_lost() {
        assert_eq!(pointeur(&["/a/0/t", "/a/2/t", "/a/1/t", "/a/9/t"]), "/a/*/t (* : 0 à 2, 9)");
        assert_eq!(pointeur(&["/a/0", "/b/0", "/a/0"]), "/a/0, /b/0");
        assert_eq!(pointeur(&["", "", ""]), "");
    }
}
