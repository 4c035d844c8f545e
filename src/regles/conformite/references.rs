//! The texts of a demand → their references shortened, when they are in force, whether they were read.

use crate::droit::{Etat, Texte};

/// « R. 314-107 », « CSS, R. 174-9 », « Loi n° … »: the code of social action is the one that all know here.
pub fn courte(texte: &Texte) -> String {
    match texte.reference.split_once(", art. ") {
        Some(("CASF", article)) => article.into(),
        Some((code, article)) => format!("{code}, {article}"),
        None => texte.reference.clone(),
    }
}

/// Several, those whose numbers follow one another by their ends: « R. 314-210 à R. 314-215, R. 314-217 ».
pub fn courtes(textes: &[&Texte]) -> String {
    let noms: Vec<String> = textes.iter().map(|t| courte(t)).collect();
    let suites: Vec<String> = noms.chunk_by(|a, b| se_suivent(a, b)).flat_map(suite).collect();
    // « C. com., L. 233-3 » has its own comma.
    suites.join(if suites.iter().any(|s| s.contains(',')) { " ; " } else { ", " })
}

/// Two names are said; from three on, the first and the last are enough.
fn suite(noms: &[String]) -> Vec<String> {
    match noms {
        [premier, _, .., dernier] => vec![format!("{premier} à {dernier}")],
        _ => noms.to_vec(),
    }
}

fn se_suivent(avant: &str, apres: &str) -> bool {
    let numero = |nom: &str| -> Option<(String, u32)> {
        let (debut, fin) = nom.rsplit_once('-')?;
        Some((debut.to_owned(), fin.parse().ok()?))
    };
    match (numero(avant), numero(apres)) {
        (Some((a, n)), Some((b, m))) => a == b && n + 1 == m,
        _ => false,
    }
}

/// « depuis le 1er janvier 2017 »; each its own when they differ.
pub fn periode(textes: &[&Texte]) -> String {
    distincts(textes, |texte| texte.periode().unwrap_or_else(|| "sans date connue".into()))
}

/// « lu », « cité », « texte non lu »; each its own when they differ.
pub fn lecture(textes: &[&Texte]) -> String {
    distincts(textes, |texte| match texte.lecture.etat {
        Etat::Lu => "lu".into(),
        Etat::Cite => "cité".into(),
        Etat::NonLu => "texte non lu".into(),
    })
}

/// What all say, said once; else who says what.
fn distincts(textes: &[&Texte], dit: impl Fn(&Texte) -> String) -> String {
    let mut dits: Vec<(String, Vec<&Texte>)> = Vec::new();
    for texte in textes {
        let mot = dit(texte);
        match dits.iter_mut().find(|(m, _)| *m == mot) {
            Some((_, memes)) => memes.push(texte),
            None => dits.push((mot, vec![texte])),
        }
    }
    match dits.as_slice() {
        [(mot, _)] => mot.clone(),
        plusieurs => {
            let parties: Vec<String> = plusieurs.iter().map(|(mot, qui)| format!("{mot} ({})", courtes(qui))).collect();
            parties.join(" ; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::droit;

    fn textes(ids: &[&str]) -> Vec<&'static Texte> {
        ids.iter().map(|id| droit::texte(id).expect("a text")).collect()
    }

    #[test]
    fn numbers_that_follow_one_another_are_said_by_their_ends() {
        let ids = ["casf-r-314-213", "casf-r-314-214", "casf-r-314-215", "casf-r-314-217", "casf-r-314-218"];
        assert_eq!(courtes(&textes(&ids)), "R. 314-213 à R. 314-215, R. 314-217, R. 314-218");
        assert_eq!(
            courtes(&textes(&["css-r-174-9", "decret-2021-1476"])),
            "CSS, R. 174-9 ; Décret n° 2021-1476 du 12 novembre 2021"
        );
    }

    #[test]
    fn texts_that_differ_say_each_their_own() {
        assert_eq!(lecture(&textes(&["casf-r-314-40", "casf-r-314-42"])), "lu");
        let mixtes = lecture(&textes(&["casf-r-314-43-2", "casf-r-314-43-3", "casf-r-314-43-4"]));
        assert_eq!(mixtes, "lu (R. 314-43-2) ; cité (R. 314-43-3, R. 314-43-4)");
    }
}
