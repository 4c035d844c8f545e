//! What a contract still lacks → tables of who holds it: to whom, which fields. Those that lack the same share a line.

use crate::remarque::{Detenteur, LieuDeLacune, Position};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// A missing value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Une valeur qui manque.")]
pub struct Manque {
    pub detenteur: Detenteur,
    #[schemars(
        description = "Article, annexe ou fiche du dossier qui l'imprime ; « Contrôles » quand seules les règles s'en servent."
    )]
    pub partie: String,
    #[schemars(description = "Ce qui manque.")]
    pub libelle: String,
    #[serde(flatten)]
    pub lieu: LieuDeLacune,
    #[schemars(description = "Pointeur JSON de la valeur, ou de la liste à laquelle ajouter.")]
    pub pointeur: String,
    #[schemars(description = "La même place en clair, du nom de la partie à celui de la valeur.")]
    pub chemin: String,
    #[serde(flatten)]
    pub position: Option<Position>,
}

/// Whether what is said of a place is said already: there, or of a field of it (of a list, its elements are other places).
/// Places are pointers, or paths whose elements begin with `@`.
pub fn deja_dit(place: &str, dites: &BTreeSet<&str>) -> bool {
    let dedans = format!("{place}/");
    let champ = |autre: &&str| {
        let suite = autre.strip_prefix(dedans.as_str());
        suite.is_some_and(|s| !s.contains('/') && !s.starts_with(|c: char| c == '@' || c.is_ascii_digit()))
    };
    dites.contains(place) || dites.range(dedans.as_str()..).take_while(|autre| autre.starts_with(&dedans)).any(champ)
}

/// What a list of the contract lacks: « Fiches actions ».
pub struct Tableau<'m> {
    pub liste: &'m str,
    pub lignes: Vec<Rang<'m>>,
}

/// The structures that lack the same fields.
pub struct Rang<'m> {
    pub structures: Vec<&'m str>,
    pub champs: Vec<&'m str>,
    pub positions: Vec<&'m Position>,
}

impl Rang<'_> {
    /// « n° 1, 3 à 12 », « IME Les Mimosas, SESSAD Le Lac »; nothing for the contract itself.
    pub fn structures(&self) -> String {
        en_liste(&self.structures)
    }

    pub fn champs(&self) -> String {
        self.champs.join(" ; ")
    }
}

/// The tables of one holder, in the order given.
pub fn tableaux(manques: &[Manque], detenteur: Detenteur) -> Vec<Tableau<'_>> {
    let mut listes: Vec<(&str, Vec<Rang<'_>>)> = Vec::new();
    for manque in manques.iter().filter(|m| m.detenteur == detenteur) {
        let LieuDeLacune { liste, structure, champ } = &manque.lieu;
        let place = listes.iter().position(|(nom, _)| nom == liste).unwrap_or_else(|| {
            listes.push((liste, Vec::new()));
            listes.len() - 1
        });
        let rangs = &mut listes[place].1;
        match rangs.iter_mut().rev().find(|rang| rang.structures == [structure.as_str()]) {
            Some(rang) if rang.champs.contains(&champ.as_str()) => {}
            Some(rang) => rang.champs.push(champ),
            None => rangs.push(Rang {
                structures: vec![structure],
                champs: vec![champ],
                positions: manque.position.iter().collect(),
            }),
        }
    }
    listes.into_iter().map(|(liste, rangs)| Tableau { liste, lignes: reunir(rangs) }).collect()
}

/// Puts together the structures that lack the same.
fn reunir(rangs: Vec<Rang<'_>>) -> Vec<Rang<'_>> {
    let mut sortie: Vec<(Vec<&str>, Rang<'_>)> = Vec::new();
    for rang in rangs {
        let mut cle = rang.champs.clone();
        cle.sort_unstable();
        match sortie.iter_mut().find(|(connue, _)| *connue == cle) {
            Some((_, deja)) => {
                deja.structures.extend(rang.structures);
                deja.positions.extend(rang.positions);
            }
            None => sortie.push((cle, rang)),
        }
    }
    sortie.into_iter().map(|(_, rang)| rang).collect()
}

/// Names one after the other; numbers as ranges.
pub fn en_liste(noms: &[&str]) -> String {
    let numeros: Option<Vec<u32>> = noms.iter().map(|nom| nom.strip_prefix("n° ")?.parse().ok()).collect();
    match numeros {
        Some(mut numeros) if !numeros.is_empty() => {
            numeros.sort_unstable();
            format!("n° {}", plages(&numeros))
        }
        _ => noms.join(", "),
    }
}

/// « contrat.json, lignes 4, 12 et 30 », a file after the other.
pub fn lignes(positions: &[&Position]) -> String {
    let mut fichiers: Vec<(&str, Vec<u32>)> = Vec::new();
    for position in positions {
        match fichiers.iter_mut().find(|(nom, _)| *nom == position.fichier) {
            Some((_, lignes)) => lignes.push(position.ligne),
            None => fichiers.push((&position.fichier, vec![position.ligne])),
        }
    }
    let dire = |(fichier, mut lignes): (&str, Vec<u32>)| {
        lignes.sort_unstable();
        lignes.dedup();
        match lignes.as_slice() {
            [seule] => format!("{fichier}:{seule}"),
            _ => format!("{fichier}, lignes {}", plages(&lignes)),
        }
    };
    fichiers.into_iter().map(dire).collect::<Vec<_>>().join(" ; ")
}

/// « 1, 3 à 12, 20 ».
pub(super) fn plages(nombres: &[u32]) -> String {
    let mut plages: Vec<(u32, u32)> = Vec::new();
    for n in nombres {
        match plages.last_mut() {
            Some((_, fin)) if *n == *fin || *n == fin.saturating_add(1) => *fin = *n,
            _ => plages.push((*n, *n)),
        }
    }
    let dire = |(debut, fin): (u32, u32)| match fin - debut {
        0 => debut.to_string(),
        1 => format!("{debut}, {fin}"),
        _ => format!("{debut} à {fin}"),
    };
    plages.into_iter().map(dire).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manque(liste: &str, structure: &str, champ: &str) -> Manque {
        Manque {
            detenteur: Detenteur::Gestionnaire,
            partie: String::new(),
            libelle: champ.to_lowercase(),
            lieu: LieuDeLacune { liste: liste.into(), structure: structure.into(), champ: champ.into() },
            pointeur: String::new(),
            chemin: String::new(),
            position: None,
        }
    }

    #[test]
    fn structures_that_lack_the_same_share_a_line_whatever_the_order() {
        let manques = [
            manque("Fiches", "n° 1", "Constat"),
            manque("Fiches", "n° 1", "Acteurs"),
            manque("Fiches", "n° 2", "Acteurs"),
            manque("Fiches", "n° 2", "Constat"),
            manque("Fiches", "n° 3", "Constat"),
            manque("Fiches", "n° 3", "Constat"),
            manque("Établissements", "IME", "Nom (usuel)"),
        ];
        let dits: Vec<String> = tableaux(&manques, Detenteur::Gestionnaire)
            .iter()
            .flat_map(|t| t.lignes.iter().map(|l| format!("{} | {} | {}", t.liste, l.structures(), l.champs())))
            .collect();
        let attendus =
            ["Fiches | n° 1, 2 | Constat ; Acteurs", "Fiches | n° 3 | Constat", "Établissements | IME | Nom (usuel)"];
        assert_eq!(dits, attendus);
        assert!(tableaux(&manques, Detenteur::Autorite).is_empty());
    }

    #[test]
    fn a_place_is_said_by_what_is_said_of_its_fields_and_not_of_its_elements() {
        let dites =
            BTreeSet::from(["/parties/autorites/0/representant/qualite", "/objectifs/0", "/axes/@a/titre", "/axe"]);
        for (place, dite) in [
            ("/objectifs/0", true),
            ("/objectifs", false),
            ("/axes/@a", true),
            ("/axes", false),
            ("/parties/autorites/0/representant", true),
            ("/parties/autorites/0", false),
            ("/parties", false),
        ] {
            assert_eq!(deja_dit(place, &dites), dite, "{place}");
        }
    }

    #[test]
    fn numbers_and_lines_are_told_as_ranges() {
        assert_eq!(en_liste(&["n° 3", "n° 1", "n° 2", "n° 9"]), "n° 1 à 3, 9");
        assert_eq!(en_liste(&["n° 3", "IME"]), "n° 3, IME");
        let place = |ligne| Position { fichier: "c.json".into(), ligne, colonne: 1 };
        assert_eq!(lignes(&[&place(7), &place(4), &place(7)]), "c.json, lignes 4, 7");
        assert_eq!(lignes(&[&place(4)]), "c.json:4");
    }
}
