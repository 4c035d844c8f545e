//! Words → the categories of establishments that they name: « EHPAD », « foyers de vie ».

use super::mots::Phrase;
use crate::formats::sans_accents;
use crate::nomenclatures::categories;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A kind of establishment as people name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorte {
    /// Its words, without accents nor plural.
    pub mots: Vec<String>,
    /// The categories that bear the name, and those that took their place or were theirs: names outlive codes.
    pub codes: Vec<&'static str>,
    /// Whether it is written in capitals.
    sigle: bool,
}

/// Categories that one name covers in practice, before or after a reform of the nomenclature.
const PARENTES: [&[&str]; 4] =
    [&["437", "448"], &["252", "253", "382", "449"], &["209", "354", "460", "640"], &["500", "501", "502"]];

/// Categories whose name counts beds, measures or places rather than establishments: « douze lits halte soins santé », « deux accueils
/// de jour »; and those that are « others ».
const SANS_NOMBRE: [&str; 9] = ["165", "180", "207", "213", "219", "259", "295", "341", "344"];

fn noms_et_codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    categories().iter().filter(|c| !SANS_NOMBRE.contains(&c.code)).flat_map(|c| {
        let long = c.libelle_imprime.split(" (").next().unwrap_or_default();
        c.sigle.into_iter().chain(c.usuels.iter().copied()).chain([long]).map(|nom| (nom, c.code))
    })
}

static SORTES: LazyLock<BTreeMap<String, Vec<Sorte>>> = LazyLock::new(|| {
    let mut sortes: BTreeMap<String, Vec<Sorte>> = BTreeMap::new();
    let mut ajouter = |nom: &str, code: &'static str| {
        let sigle = nom.len() > 1 && nom.chars().all(|c| c.is_ascii_uppercase());
        let mots: Vec<String> = cle(nom).split(' ').map(str::to_owned).collect();
        let Some(premier) = mots.first().cloned() else { return };
        let du_mot = sortes.entry(premier).or_default();
        let rang = du_mot.iter().position(|s| s.mots == mots).unwrap_or_else(|| {
            du_mot.push(Sorte { mots, codes: Vec::new(), sigle });
            du_mot.len() - 1
        });
        let parents = PARENTES.iter().find(|p| p.contains(&code)).copied();
        for code in parents.unwrap_or(&[]).iter().copied().chain([code]) {
            if !du_mot[rang].codes.contains(&code) {
                du_mot[rang].codes.push(code);
            }
        }
    };
    for (nom, code) in noms_et_codes() {
        ajouter(nom, code);
    }
    // The longest name first: « foyer de vie pour adultes handicapés » before « foyer de vie ».
    for du_mot in sortes.values_mut() {
        du_mot.sort_by_key(|s| std::cmp::Reverse(s.mots.len()));
    }
    sortes
});

/// All the names of kinds.
#[cfg(test)]
pub fn noms() -> impl Iterator<Item = &'static str> {
    noms_et_codes().map(|(nom, _)| nom)
}

/// A name as it is compared: small letters without accents, singular, one space between words.
pub fn cle(nom: &str) -> String {
    let bas = sans_accents(nom);
    let mots: Vec<&str> = bas.split(|c: char| !c.is_alphanumeric()).filter(|m| !m.is_empty()).map(singulier).collect();
    mots.join(" ")
}

fn singulier(mot: &str) -> &str {
    if mot.len() > 3 { mot.strip_suffix(['s', 'x']).unwrap_or(mot) } else { mot }
}

/// The kind named at a word, and where its name ends.
pub fn sorte(phrase: &Phrase<'_>, debut: usize) -> Option<(&'static Sorte, usize)> {
    let premier = phrase.mots.get(debut)?;
    let du_mot = SORTES.get(singulier(&premier.nu))?;
    du_mot.iter().find_map(|sorte| {
        let dit = sorte.mots.iter().enumerate().all(|(n, mot)| singulier(phrase.nu(debut + n)) == mot);
        let capitales = !sorte.sigle || premier.brut.chars().take(2).all(char::is_uppercase);
        (dit && capitales).then_some((sorte, debut + sorte.mots.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::mots::phrases;
    use super::*;

    fn nommee(texte: &str) -> Option<(Vec<&'static str>, usize)> {
        let texte = format!("{texte} 2");
        let phrase = phrases(&texte, |_| true).next()?;
        sorte(&phrase, 0).map(|(s, fin)| (s.codes.clone(), fin))
    }

    #[test]
    fn a_kind_is_known_by_its_short_name_and_its_words() {
        assert_eq!(nommee("SESSAD"), Some((vec!["182"], 1)));
        assert_eq!(nommee("instituts médico-éducatifs"), Some((vec!["183"], 3)));
        assert!(
            nommee("foyers de vie")
                .is_some_and(|(codes, fin)| codes.contains(&"382") && codes.contains(&"449") && fin == 3)
        );
        assert!(nommee("FAM").is_some_and(|(codes, _)| codes.contains(&"448")));
        for mots in ["ses", "mas", "structures", "act", "services"] {
            assert_eq!(nommee(mots), None, "{mots}");
        }
    }
}
