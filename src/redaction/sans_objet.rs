//! What is declared without object and that no clause has printed: the reason of each is printed all the same.

use super::jetons::purger;
use super::objets::{self, Pointeur};
use crate::contrat::champ::NON_APPLICABLE;
use crate::document::parcours;
use crate::document::{Inline, Partie, mots};
use crate::formats;
use crate::modele::manifeste::Manifeste;
use crate::schema::chemin::Chemins;
use minijinja::Value;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// A shorter reason may be read in a text that says something else.
const MOTIF_PROPRE: usize = 12;

/// A value declared without object: where, and why.
struct Declare<'v> {
    pointeur: String,
    motif: &'v str,
}

/// What a clause prints of those that no part says: each « motif » with its « elements », in the order of the data.
pub fn restants(
    donnees: &Json,
    ensemble: &Json,
    rangs: Option<&BTreeMap<String, Vec<usize>>>,
    manifeste: &Manifeste,
    parties: &[Partie],
) -> Vec<Value> {
    let mut declares = Vec::new();
    relever(donnees, &Pointeur::racine(rangs), &mut declares);
    declares.retain(|d| manifeste.non_imprimee(&d.pointeur).is_none());
    if declares.is_empty() {
        return Vec::new();
    }
    let dits = pointeurs(parties);
    let (dites, declares): (Vec<_>, Vec<_>) = declares.into_iter().partition(|d| dits.contains(d.pointeur.as_str()));
    // The same words printed for another value say nothing of this one.
    let ailleurs: BTreeSet<&str> = dites.iter().map(|d| d.motif).collect();
    let mut texte = String::new();
    parties.iter().for_each(|partie| mots::texte_partie(partie, &mut texte));
    let mut memes: BTreeMap<&str, usize> = BTreeMap::new();
    declares.iter().for_each(|d| *memes.entry(d.motif).or_default() += 1);
    // A clause may say a reason in its own words: as many times as it is given is enough.
    memes.retain(|motif, n| {
        ailleurs.contains(motif) || motif.chars().count() < MOTIF_PROPRE || fois(&texte, &purger(motif), *n) < *n
    });
    let chemins = Chemins::de(ensemble);
    let mut par_motif: Vec<(&str, Vec<String>)> = Vec::new();
    for Declare { pointeur, motif } in declares.iter().filter(|d| memes.contains_key(d.motif)) {
        let element = purger(&nommer(ensemble, &chemins, pointeur));
        match par_motif.iter_mut().find(|(connu, _)| connu == motif) {
            Some((_, elements)) => elements.push(element),
            None => par_motif.push((motif, vec![element])),
        }
    }
    let ligne = |(motif, elements): (&str, Vec<String>)| {
        let motif = Value::from(purger(motif));
        objets::compose("motif", vec![("elements", Value::from(elements)), ("motif", motif)])
    };
    par_motif.into_iter().map(ligne).collect()
}

/// How many times words are written, up to a number; not where they are the beginning of a longer word.
fn fois(texte: &str, mots: &str, jusqu_a: usize) -> usize {
    let entiers = texte.match_indices(mots).filter(|(ou, _)| {
        let suite = texte[ou + mots.len()..].chars().next();
        !suite.is_some_and(char::is_alphanumeric)
    });
    entiers.take(jusqu_a).count()
}

/// « MAS La Garrigue : âges, âge maximal »; « Signature : exemplaires » when no element of a list bears the value.
fn nommer(ensemble: &Json, chemins: &Chemins<'_>, pointeur: &str) -> String {
    let etapes = chemins.etapes(pointeur);
    let porteur = etapes.iter().rposition(|etape| etape.element).unwrap_or_default();
    let Some((tete, reste)) = etapes[porteur..].split_first() else { return String::new() };
    // A path cuts long names; a contract does not.
    let jusqu_au_porteur: String =
        pointeur.split('/').skip(1).take(porteur + 1).map(|jeton| format!("/{jeton}")).collect();
    let element = ensemble.pointer(&jusqu_au_porteur).filter(|_| tete.element);
    let nom = element.and_then(|e| ["nom", "titre", "libelle"].iter().find_map(|cle| e.get(*cle)?.as_str()));
    let tete = nom.unwrap_or_else(|| tete.nom.trim_matches(['«', '»', ' ', '\u{A0}']));
    let tete = formats::majuscule(tete);
    let reste: Vec<String> = reste.iter().map(|etape| formats::minuscule(&etape.nom)).collect();
    if reste.is_empty() { tete } else { format!("{tete} : {}", reste.join(", ")) }
}

fn relever<'v>(ici: &'v Json, pointeur: &Pointeur<'_>, sortie: &mut Vec<Declare<'v>>) {
    match ici {
        Json::Object(o) => match (o.len(), o.get(NON_APPLICABLE)) {
            (1, Some(Json::String(motif))) => sortie.push(Declare { pointeur: pointeur.texte(), motif }),
            _ => o.iter().for_each(|(cle, v)| relever(v, &pointeur.cle(cle), sortie)),
        },
        Json::Array(a) => a.iter().enumerate().for_each(|(rang, v)| relever(v, &pointeur.element(rang), sortie)),
        _ => {}
    }
}

/// The places of the values that parts print.
fn pointeurs(parties: &[Partie]) -> BTreeSet<&str> {
    let mut sortie = BTreeSet::new();
    for partie in parties {
        parcours::inlines(&partie.blocs, &mut |inline| {
            if let Inline::Valeur { pointeur: Some(pointeur), .. } = inline {
                sortie.insert(pointeur.as_str());
            }
        });
    }
    sortie
}
