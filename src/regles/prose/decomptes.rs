//! A text → the counts that it gives of a whole: the number, what it counts, who says so.

use super::categories::{Sorte, sorte};
use super::contexte::{Sujet, parle_d_un_autre, parle_d_un_organisme, parle_du_contrat, passe, rang_de_suite, sujet};
use super::mots::{Phrase, phrases};
use super::nombres::{Nombre, nombre};
use super::objets::{Objet, objet, peut_nommer};

/// How a text says that its number is a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dit {
    /// « le contrat compte … », « les … du contrat ».
    DuContrat,
    /// « le plan d'actions compte … ».
    DuProgramme,
    /// « l'association gère … ».
    DeLOrganisme,
    /// « l'IME Les Oliviers compte … ».
    DeLEtablissement(Nomme),
    /// « elle compte … ».
    DeQuiParle,
    /// « … au total », « une capacité totale de … »: of whom the text is about.
    EnTout,
    /// « … maintenus au titre de l'amendement Creton ».
    Maintenus,
    /// Nothing more than the number and its object.
    SansPlus,
}

/// How a text names an establishment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nomme {
    /// Its words, from the first that names it up to the verb and a little more.
    pub mots: String,
    /// Its kind, when it is said: « l'IME ».
    pub sorte: Option<&'static Sorte>,
    /// Whether it has a name of its own.
    pub propre: bool,
}

/// A count found in a text.
#[derive(Debug, Clone)]
pub struct Decompte<'t> {
    pub nombre: usize,
    pub objet: Objet,
    /// « environ », « près de ».
    pub approche: bool,
    pub dit: Dit,
    /// As written: « environ 30 fiches ».
    pub mots: &'t str,
}

/// The counts of a text, in order; history, wishes and parts are left out.
pub fn decomptes(texte: &str, premiere_annee: Option<i16>) -> Vec<Decompte<'_>> {
    let mut trouves = Vec::new();
    for phrase in phrases(texte, peut_nommer) {
        let lus = de_la_phrase(&phrase);
        if !lus.is_empty() && !passe(&phrase, premiere_annee) {
            trouves.extend(lus);
        }
    }
    trouves
}

fn de_la_phrase<'t>(phrase: &Phrase<'t>) -> Vec<Decompte<'t>> {
    let mut trouves: Vec<Decompte<'t>> = Vec::new();
    // Where the last count ended, and how it was said: « deux IME, trois SESSAD et un SAVS » has one verb.
    let mut chaine: Option<(usize, Dit)> = None;
    let mut rang = 0;
    while rang < phrase.mots.len() {
        let Some(lu) = nombre(phrase, rang) else {
            rang += 1;
            continue;
        };
        rang = lu.fin;
        let Some((objet, fin)) = objet(phrase, lu.fin).filter(|_| accole(phrase, &lu)) else { continue };
        rang = fin;
        let suite = chaine.take().filter(|(fin, _)| enchaine(phrase, *fin, lu.debut));
        let Some(dit) = suite.map(|(_, dit)| dit).or_else(|| comment(phrase, &lu, objet, fin)) else { continue };
        let Some((approche, debut)) = avant(phrase, lu.debut, &dit) else { continue };
        let Some(nombre) = lu.entier() else { continue };
        let entier = rang_de_suite(phrase, fin) || suffixe(phrase, fin) > 0 || dit == Dit::Maintenus;
        if !entier {
            continue;
        }
        chaine = Some((fin, dit.clone()));
        trouves.push(Decompte { nombre, objet, approche, dit, mots: phrase.extrait(debut, fin) });
    }
    trouves
}

/// Whether nothing stands between the number and what it counts.
fn accole(phrase: &Phrase<'_>, lu: &Nombre) -> bool {
    phrase.mots.get(lu.fin - 1).is_some_and(|m| !m.ponctue())
}

/// Whether a number goes on with the list that another began.
fn enchaine(phrase: &Phrase<'_>, fin: usize, debut: usize) -> bool {
    let virgule = |rang: usize| phrase.mots.get(rang).is_some_and(|m| m.apres.trim() == ",");
    match debut.checked_sub(fin) {
        Some(0) => fin > 0 && virgule(fin - 1),
        Some(1) => matches!(phrase.nu(fin), "et" | "puis"),
        Some(2) => phrase.suite(fin, &["ainsi", "que"]),
        _ => false,
    }
}

/// What stands before a number: whether it approaches, and from where to quote; none when it makes a part or a bound.
fn avant(phrase: &Phrase<'_>, debut: usize, dit: &Dit) -> Option<(bool, usize)> {
    let mot = |n: usize| debut.checked_sub(n).map_or("", |rang| phrase.nu(rang));
    match (mot(2), mot(1)) {
        // « trois sur huit structures », but « le contrat porte sur huit structures ».
        (_, "sur") if matches!(dit, Dit::SansPlus | Dit::EnTout | Dit::Maintenus) => None,
        (_, "dont" | "parmi" | "ces" | "autres" | "seuls" | "seulement" | "notamment" | "que" | "entre" | "a") => None,
        ("plus" | "moins", "de") | ("au", "moins" | "plus") => None,
        ("pres", "de") => Some((true, debut - 2)),
        (_, "environ" | "quelque" | "quelques") => Some((true, debut - 1)),
        _ => Some((false, debut)),
    }
}

/// How the sentence says that a number is a whole; none when it is said of another.
fn comment(phrase: &Phrase<'_>, lu: &Nombre, objet: Objet, fin: usize) -> Option<Dit> {
    if objet == Objet::JeunesAdultes {
        return maintenus(phrase, fin).then_some(Dit::Maintenus);
    }
    if suffixe(phrase, fin) > 0 {
        let article = lu.debut.checked_sub(1).map_or("", |rang| phrase.nu(rang));
        return matches!(article, "les" | "des" | "aux").then_some(Dit::DuContrat);
    }
    match sujet(phrase, lu.debut) {
        Some(Sujet::Contrat) => return Some(Dit::DuContrat),
        Some(Sujet::Programme) => return Some(Dit::DuProgramme),
        Some(Sujet::Organisme) => return Some(Dit::DeLOrganisme),
        Some(Sujet::Pronom) => return Some(Dit::DeQuiParle),
        Some(Sujet::Etablissement(rang)) => return Some(Dit::DeLEtablissement(nomme(phrase, rang, lu.debut))),
        None => {}
    }
    let avant = |n: usize| lu.debut.checked_sub(n).map_or("", |rang| phrase.nu(rang));
    let total = phrase.suite(fin, &["au", "total"])
        || (avant(1) == "total" && avant(2) == "au")
        || (avant(1) == "de" && avant(2) == "total")
        || (avant(1) == "de" && matches!(avant(2), "totale" | "globale") && avant(3) == "capacite");
    if total {
        let organisme = !parle_du_contrat(phrase) && parle_d_un_organisme(phrase);
        return Some(if organisme { Dit::DeLOrganisme } else { Dit::EnTout });
    }
    // « les huit places »: known things, some of them perhaps; « le schéma compte 25 fiches »: not those of the contract.
    let connues = matches!(avant(1), "les" | "des" | "aux" | "de" | "d" | "du" | "en" | "leurs" | "ses" | "nos");
    ((!connues || tient(phrase, lu.debut)) && !parle_d_un_autre(phrase)).then_some(Dit::SansPlus)
}

fn nomme(phrase: &Phrase<'_>, debut: usize, fin: usize) -> Nomme {
    let sorte = sorte(phrase, debut);
    let apres = sorte.map_or(debut + 1, |(_, fin)| fin);
    let noms = phrase.mots.get(apres..fin).unwrap_or_default();
    let propre = noms.iter().any(|m| m.brut.starts_with(char::is_uppercase));
    Nomme { mots: phrase.extrait(debut, fin).to_owned(), sorte: sorte.map(|(sorte, _)| sorte), propre }
}

/// « tiennent dans environ 30 fiches ».
fn tient(phrase: &Phrase<'_>, debut: usize) -> bool {
    debut.checked_sub(2).is_some_and(|rang| matches!(phrase.nu(rang), "tiennent" | "tient" | "decline" | "declinent"))
}

/// Words that say that the thing is the contract's, when nothing narrows it further: how many they are.
fn suffixe(phrase: &Phrase<'_>, fin: usize) -> usize {
    const SUFFIXES: [&[&str]; 10] = [
        &["du", "present", "contrat"],
        &["du", "contrat"],
        &["du", "cpom"],
        &["du", "perimetre"],
        &["couverts", "par", "le", "contrat"],
        &["couverts", "par", "le", "cpom"],
        &["couvertes", "par", "le", "contrat"],
        &["inclus", "dans", "le", "contrat"],
        &["incluses", "dans", "le", "contrat"],
        &["du", "present", "cpom"],
    ];
    const VERBES: [&str; 11] =
        ["sont", "ont", "emploient", "accueillent", "relevent", "font", "se", "s", "participent", "disposent", "et"];
    if fin.checked_sub(1).and_then(|rang| phrase.mots.get(rang)).is_none_or(|m| m.ponctue()) {
        return 0;
    }
    let Some(mots) = SUFFIXES.iter().find(|mots| phrase.suite(fin, mots)) else { return 0 };
    let apres = fin + mots.len();
    let clos = apres >= phrase.mots.len()
        || phrase.mots.get(apres - 1).is_some_and(|m| m.ponctue())
        || VERBES.contains(&phrase.nu(apres));
    if clos { mots.len() } else { 0 }
}

/// Whether the young adults are said maintained, under the law that lets them stay.
fn maintenus(phrase: &Phrase<'_>, fin: usize) -> bool {
    let bout = (fin..phrase.mots.len()).take(8);
    bout.clone().any(|rang| matches!(phrase.nu(rang), "maintenus" | "maintenues" | "creton"))
        && !bout.clone().any(|rang| {
            matches!(phrase.nu(rang), "dont" | "sur" | "pour" | "depuis" | "ne" | "sortis" | "orientes" | "vers")
        })
}
