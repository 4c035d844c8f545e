//! What remains of a value once all that the schema refuses is taken out: the rest can be checked in the same
//! run, and the user is told everything at once.

use super::Schema;
use crate::remarque::jeton_de_pointeur;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Each round takes out what the last one uncovered; a value that still fails is given up.
const TOURS_MAX: usize = 12;

/// A value that the schema accepts, made of another one by removals.
#[derive(Debug, Clone)]
pub struct Elague {
    pub valeur: Value,
    /// What was taken out, as pointers of the first value.
    pub ecartes: Vec<String>,
    /// For each list that lost elements, by its pointer in what remains: the first ranks of those kept.
    rangs: BTreeMap<String, Vec<usize>>,
}

impl Elague {
    /// The pointer, in the first value, of an element of what remains.
    pub fn origine(&self, pointeur: &str) -> String {
        origine(&self.rangs, pointeur)
    }
}

fn origine(rangs: &BTreeMap<String, Vec<usize>>, pointeur: &str) -> String {
    let (mut ici, mut origine) = (String::new(), String::new());
    for jeton in pointeur.split('/').skip(1) {
        let rang = rangs.get(&ici).and_then(|rangs| rangs.get(jeton.parse::<usize>().ok()?));
        match rang {
            Some(rang) => origine.push_str(&format!("/{rang}")),
            None => origine.push_str(&format!("/{jeton}")),
        }
        ici.push_str(&format!("/{jeton}"));
    }
    origine
}

impl Schema {
    /// Takes out of a value all that this schema refuses; `None` when nothing usable remains.
    pub fn elaguer(&self, valeur: &Value) -> Option<Elague> {
        let mut retires: BTreeSet<String> = BTreeSet::new();
        let mut rangs = BTreeMap::new();
        // A value may be large: the first round looks at it where it is.
        let mut reste = match valeur.as_object()? {
            racine if TOUJOURS.iter().all(|cle| racine.contains_key(*cle)) => Cow::Borrowed(valeur),
            _ => Cow::Owned(completer(valeur.clone())?),
        };
        for _ in 0..TOURS_MAX {
            // The root is never taken out.
            let refus = self.refuses(&reste);
            let refus: Vec<String> = refus.iter().filter(|p| !p.is_empty()).map(|p| origine(&rangs, p)).collect();
            if refus.is_empty() {
                let ecartes = retires.into_iter().collect();
                return self.validateur.is_valid(&reste).then(|| Elague { valeur: reste.into_owned(), ecartes, rangs });
            }
            let nouveaux: Vec<String> = refus.iter().map(|p| a_retirer(valeur, p, &retires)).collect();
            retires.extend(nouveaux);
            rangs.clear();
            reste = Cow::Owned(completer(reconstruire(valeur, "", "", &retires, &mut rangs))?);
        }
        None
    }
}

/// What to take out for a refusal: the value itself; its nearest living holder if it went with an earlier round.
fn a_retirer(valeur: &Value, pointeur: &str, retires: &BTreeSet<String>) -> String {
    let mut ici = pointeur;
    // A holder refused again for what it lost goes with its own holder in the end.
    while retires.contains(ici) || valeur.pointer(ici).is_none() {
        match ici.rsplit_once('/') {
            Some((parent, _)) => ici = parent,
            None => break,
        }
    }
    ici.to_owned()
}

fn reconstruire(
    valeur: &Value,
    origine: &str,
    ici: &str,
    retires: &BTreeSet<String>,
    rangs: &mut BTreeMap<String, Vec<usize>>,
) -> Value {
    match valeur {
        Value::Object(objet) => {
            let mut reste = Map::new();
            for (cle, v) in objet {
                let jeton = jeton_de_pointeur(cle);
                let chemin = format!("{origine}/{jeton}");
                if !retires.contains(&chemin) {
                    reste.insert(cle.clone(), reconstruire(v, &chemin, &format!("{ici}/{jeton}"), retires, rangs));
                }
            }
            Value::Object(reste)
        }
        Value::Array(elements) => {
            let mut reste = Vec::new();
            let mut gardes = Vec::new();
            for (rang, v) in elements.iter().enumerate() {
                let chemin = format!("{origine}/{rang}");
                if !retires.contains(&chemin) {
                    reste.push(reconstruire(v, &chemin, &format!("{ici}/{}", reste.len()), retires, rangs));
                    gardes.push(rang);
                }
            }
            if gardes.len() != elements.len() {
                rangs.insert(ici.to_owned(), gardes);
            }
            Value::Array(reste)
        }
        autre => autre.clone(),
    }
}

/// The keys that a contract cannot do without.
const TOUJOURS: [&str; 4] = ["version_schema", "reference", "parties", "periode"];

/// With these keys, empty if they went.
fn completer(mut reste: Value) -> Option<Value> {
    let racine = reste.as_object_mut()?;
    for (cle, vide) in TOUJOURS.into_iter().zip([json!("1"), json!("?"), json!({}), json!({})]) {
        racine.entry(cle).or_insert(vide);
    }
    Some(reste)
}
