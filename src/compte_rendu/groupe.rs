//! Remarks of one rule read together: what to do and the sources are said once, the most serious first; gaps of one field
//! are one line, whatever the number of those who lack it; findings that say the same of several elements are one with its list.

use super::completude::{en_liste, lignes};
use super::ligne::pourquoi;
use super::semblables::{self, Semblable};
use crate::formats::{majuscule, minuscule};
use crate::regles;
use crate::remarque::{Remarque, Severite};
use crate::schema::chemin::PUIS;
use std::collections::BTreeMap;

/// The remarks of one rule and severity, in the order of the files.
pub struct Groupe<'a> {
    pub code: &'a str,
    pub severite: Severite,
    /// What must hold, for a rule of the catalogue.
    pub titre: Option<&'static str>,
    pub remede: String,
    pub references: &'a [String],
    pub entrees: Vec<Entree>,
}

/// A line of a report: a remark, or the gaps of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entree {
    pub severite: Severite,
    pub code: String,
    pub message: String,
    /// What is said of the first, without the list of the others.
    pub premiere_phrase: String,
    /// The path in French; nothing for the whole contract.
    pub chemin: String,
    /// « contrat.json:12:3 », « contrat.json, lignes 4, 12 »: the file and the line of one, of several.
    pub positions: String,
    /// The pointer of one; of several, one for all when they differ by a rank: « /moyens/budgets/* (* : 0 à 3, 7) ».
    pub pointeur: String,
    /// The pointers of all that it says.
    pub pointeurs: Vec<String>,
    pub remede: String,
    pub references: Vec<String>,
}

impl Entree {
    /// « Moyens › Budgets (contrat.json:12:3, /moyens/budgets) ».
    pub fn ou(&self) -> String {
        let chemin = if self.chemin.is_empty() { "le contrat entier" } else { &self.chemin };
        match self.precisions() {
            vides if vides.is_empty() => chemin.to_owned(),
            precisions => format!("{chemin} ({precisions})"),
        }
    }

    /// Why its rule matters, for one of the catalogue.
    pub fn pourquoi(&self) -> Option<&'static str> {
        pourquoi(&self.code)
    }

    /// What follows the path: the line, then the pointer.
    pub fn precisions(&self) -> String {
        let precisions = [self.positions.as_str(), self.pointeur.as_str()];
        precisions.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// The lines of remarks, in their order.
pub fn entrees(remarques: &[&Remarque]) -> Vec<Entree> {
    // The gaps of one field of the structures of a list, told at the place of the first.
    let mut champs: BTreeMap<_, Vec<&Remarque>> = BTreeMap::new();
    for remarque in remarques.iter().copied() {
        if let Some(cle) = champ_commun(remarque) {
            champs.entry(cle).or_default().push(remarque);
        }
    }
    let mut memes: BTreeMap<Semblable<'_>, Vec<&Remarque>> = BTreeMap::new();
    for remarque in remarques.iter().copied().filter(|r| r.lacune.is_none()) {
        memes.entry(Semblable::de(remarque)).or_default().push(remarque);
    }
    let dire = |remarque: &&Remarque| {
        let champ = champ_commun(remarque).and_then(|cle| champs.get(&cle));
        let meme = || memes.get(&Semblable::de(remarque)).filter(|_| remarque.lacune.is_none());
        let (toutes, reunir): (_, fn(&[&Remarque]) -> Entree) = match champ {
            Some(toutes) => (Some(toutes), reunies),
            None => (meme(), ensemble),
        };
        match toutes {
            Some(toutes) if toutes.len() > 1 => std::ptr::eq(toutes[0], *remarque).then(|| reunir(toutes)),
            _ => Some(seule(remarque)),
        }
    };
    remarques.iter().filter_map(dire).collect()
}

/// « Le diagnostic ne dit rien de « IME A ». De même pour « IME B » et « IME C ». »
fn ensemble(remarques: &[&Remarque]) -> Entree {
    let positions: Vec<_> = remarques.iter().filter_map(|r| r.position.as_ref()).collect();
    let pointeurs: Vec<&str> = remarques.iter().map(|r| r.pointeur.as_str()).collect();
    Entree {
        message: semblables::message(remarques),
        chemin: semblables::chemin(remarques),
        positions: lignes(&positions),
        pointeur: semblables::pointeur(&pointeurs),
        pointeurs: pointeurs.into_iter().map(str::to_owned).collect(),
        ..seule(remarques[0])
    }
}

/// What the gaps of one field of several structures share.
fn champ_commun(remarque: &Remarque) -> Option<(Severite, &str, &str)> {
    let lieu = &remarque.lacune.as_ref()?.lieu;
    (!lieu.structure.is_empty()).then_some((remarque.severite, &lieu.liste, &lieu.champ))
}

fn seule(remarque: &Remarque) -> Entree {
    Entree {
        severite: remarque.severite,
        code: remarque.code.clone(),
        message: remarque.message.clone(),
        premiere_phrase: remarque.message.clone(),
        chemin: remarque.chemin.clone(),
        positions: remarque.position.as_ref().map(ToString::to_string).unwrap_or_default(),
        pointeur: remarque.pointeur.clone(),
        pointeurs: vec![remarque.pointeur.clone()],
        remede: remarque.remede.clone(),
        references: remarque.references.clone(),
    }
}

/// « À compléter : constat, pour 22 fiches actions (n° 1 à 22). »
fn reunies(remarques: &[&Remarque]) -> Entree {
    let premiere = seule(remarques[0]);
    let lieux: Vec<_> = remarques.iter().filter_map(|r| r.lacune.as_ref()).collect();
    let mut structures: Vec<&str> = Vec::new();
    for lacune in &lieux {
        if !structures.contains(&lacune.lieu.structure.as_str()) {
            structures.push(&lacune.lieu.structure);
        }
    }
    let lieu = &lieux[0].lieu;
    let genre = lieu.liste.rsplit(PUIS).next().unwrap_or_default();
    let pluriel = genre.split(' ').next().is_some_and(|mot| mot.ends_with(['s', 'x']));
    let pour = match structures.len() {
        0 | 1 => format!("dans « {genre} »"),
        nombre if pluriel => format!("pour {nombre} {}", minuscule(genre)),
        nombre => format!("pour {nombre} lignes de « {genre} »"),
    };
    let message = format!("À compléter : {}, {pour} ({}).", minuscule(&lieu.champ), en_liste(&structures));
    let positions: Vec<_> = remarques.iter().filter_map(|r| r.position.as_ref()).collect();
    let remede = match &lieux[0].ajouter {
        Some(ajouter) => format!("ajoutez à chaque liste {ajouter}."),
        None => premiere.remede.clone(),
    };
    Entree {
        message,
        chemin: format!("{} › {}", lieu.liste, lieu.champ),
        positions: lignes(&positions),
        pointeur: String::new(),
        pointeurs: remarques.iter().map(|r| r.pointeur.clone()).collect(),
        remede,
        ..premiere
    }
}

impl Groupe<'_> {
    /// « Bloquante IND-001 ».
    pub fn intitule(&self) -> String {
        format!("{} {}", majuscule(&self.severite.to_string()), self.code)
    }

    /// The remedy of a line, when it is not that of the group.
    pub fn propre<'e>(&self, entree: &'e Entree) -> Option<&'e str> {
        (entree.remede != self.remede && !entree.remede.is_empty()).then_some(entree.remede.as_str())
    }
}

/// Groups remarks by severity then rule.
pub fn par_regle<'a>(remarques: &[&'a Remarque]) -> Vec<Groupe<'a>> {
    let mut groupes: BTreeMap<(Severite, &str), Vec<&Remarque>> = BTreeMap::new();
    for remarque in remarques {
        groupes.entry((remarque.severite, &remarque.code)).or_default().push(remarque);
    }
    groupes
        .into_iter()
        .filter_map(|((severite, code), remarques)| {
            let premiere = *remarques.first()?;
            let entrees = entrees(&remarques);
            Some(Groupe {
                code,
                severite,
                titre: regles::rule(code).map(|r| r.titre),
                remede: entrees.first()?.remede.clone(),
                references: &premiere.references,
                entrees,
            })
        })
        .collect()
}
