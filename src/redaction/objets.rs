//! The contract as templates see it: guarded objects that know their pointer and their shape.
//!
//! An unknown key is an error, an absent one a *gap* (false, empty, printed « [à compléter : …] »), a value
//! declared without object prints its reason. Scalars are plain values, so that `==` works. Strings lose
//! their control and private-use characters here, so that a token can never come from the data.

use super::erreurs::faute;
use super::jetons;
use crate::contrat::champ::NON_APPLICABLE;
use crate::remarque::jeton_de_pointeur;
use crate::schema::forme::Forme;
use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use minijinja::{Error, ErrorKind};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// An object of the contract or of the computed values.
#[derive(Debug)]
pub struct Objet {
    /// JSON pointer in the contract; `None` for a computed value.
    pub pointeur: Option<String>,
    entrees: Vec<(Arc<str>, Value)>,
    /// The place of each key, once many have been asked for: an object may have a key per establishment.
    index: OnceLock<BTreeMap<Arc<str>, usize>>,
    /// The raw values, for formatting by shape.
    pub brut: Arc<BTreeMap<String, Json>>,
    pub forme: Option<Arc<Forme>>,
    /// For an object whose keys are identifiers: the list of the contract where a missing one would be added.
    liste: Option<String>,
    /// How messages name the object: « calcule.periode », « contrat/periode ».
    nom: String,
}

/// A value that is not known: a gap always has a place, where the value would be given.
#[derive(Debug)]
pub struct Lacune {
    pub libelle: String,
    pub pointeur: String,
    forme: Option<Arc<Forme>>,
}

/// A value declared without object.
#[derive(Debug)]
pub struct SansObjet {
    pub motif: String,
    /// JSON pointer of the value in the contract.
    pub pointeur: Option<String>,
}

/// A computed value that cannot be: false, empty, printed « – ».
#[derive(Debug)]
pub struct Neant;

/// A list of the contract.
#[derive(Debug)]
pub struct Liste {
    elements: Vec<Value>,
    /// The first element of each identifier.
    index: OnceLock<BTreeMap<String, usize>>,
}

impl Liste {
    /// The element that bears an identifier; every clause that names one asks for it.
    pub fn par_id(&self, id: &str) -> Option<&Value> {
        let index = self.index.get_or_init(|| {
            let mut index = BTreeMap::new();
            for (rang, element) in self.elements.iter().enumerate() {
                if let Some(id) = element.get_attr("id").ok().and_then(|id| id.as_str().map(String::from)) {
                    index.entry(id).or_insert(rang);
                }
            }
            index
        });
        self.elements.get(*index.get(id)?)
    }
}

/// Turns a node of the contract into what templates see.
///
/// `pointeur` is `None` below computed values; `forme` guards the keys when it is known.
pub fn valeur(json: &Json, pointeur: Option<&Pointeur<'_>>, forme: Option<&Arc<Forme>>, nom: &str) -> Value {
    match json {
        Json::Null => Value::from_object(Neant),
        Json::Bool(b) => Value::from(*b),
        Json::Number(n) => nombre(n),
        Json::String(s) => Value::from(jetons::purger(s)),
        Json::Array(elements) => {
            let forme_element = forme.and_then(|f| f.element.clone());
            let elements = elements
                .iter()
                .enumerate()
                .map(|(rang, e)| {
                    let ici = pointeur.map(|p| p.element(rang));
                    valeur(e, ici.as_ref(), forme_element.as_ref(), nom)
                })
                .collect();
            Value::from_object(Liste { elements, index: OnceLock::new() })
        }
        Json::Object(o) => {
            if let (1, Some(Json::String(motif))) = (o.len(), o.get(NON_APPLICABLE)) {
                let pointeur = pointeur.map(Pointeur::texte);
                return Value::from_object(SansObjet { motif: jetons::purger(motif), pointeur });
            }
            if let (None, Some(Json::String(libelle)), Some(Json::String(ou))) = (pointeur, o.get(A_DONNER), o.get(OU))
            {
                return lacune(libelle.clone(), ou.clone(), None);
            }
            let entrees = o
                .iter()
                .map(|(cle, v)| {
                    let f = forme.and_then(|f| f.cles.get(cle).cloned().or_else(|| f.element.clone()));
                    let ici = pointeur.map(|p| p.cle(cle));
                    (Arc::from(cle.as_str()), valeur(v, ici.as_ref(), f.as_ref(), &format!("{nom}.{cle}")))
                })
                .collect();
            let brut = o.iter().map(|(c, v)| (c.clone(), v.clone())).collect();
            Value::from_object(Objet {
                pointeur: pointeur.map(Pointeur::texte),
                entrees,
                index: OnceLock::new(),
                brut: Arc::new(brut),
                forme: forme.cloned(),
                liste: None,
                nom: nom.to_string(),
            })
        }
    }
}

/// Keys of a gap among computed values, which hold no object of the contract.
const A_DONNER: &str = "$lacune";
const OU: &str = "$ou";

/// A computed value that a person must give first: its label, and the pointer of what would give it. Any other that is
/// missing (a total of gaps) is printed « – ».
pub fn a_donner(libelle: &str, pointeur: &Pointeur<'_>) -> Json {
    serde_json::json!({ A_DONNER: libelle, OU: pointeur.texte() })
}

/// A gap with its label.
pub fn lacune(libelle: String, pointeur: String, forme: Option<Arc<Forme>>) -> Value {
    Value::from_object(Lacune { libelle, pointeur, forme })
}

fn nombre(n: &serde_json::Number) -> Value {
    match (n.as_i64(), n.as_f64()) {
        (Some(entier), _) => Value::from(entier),
        (None, Some(f)) if f.fract() == 0.0 && f.abs() < 9e15 => Value::from(f as i64),
        (None, Some(f)) => Value::from(f),
        (None, None) => Value::from(0),
    }
}

/// A JSON pointer being built; in a contract restricted to one gestionnaire, ranks are those of the file.
#[derive(Debug, Clone)]
pub struct Pointeur<'a> {
    chemin: String,
    /// Path as read in the restricted data, to look ranks up.
    lu: String,
    rangs: Option<&'a BTreeMap<String, Vec<usize>>>,
}

impl<'a> Pointeur<'a> {
    /// The root of a contract; `rangs` gives, for each filtered list, the ranks kept.
    pub fn racine(rangs: Option<&'a BTreeMap<String, Vec<usize>>>) -> Self {
        Pointeur { chemin: String::new(), lu: String::new(), rangs }
    }

    pub fn cle(&self, cle: &str) -> Self {
        let cle = jeton_de_pointeur(cle);
        Pointeur { chemin: format!("{}/{cle}", self.chemin), lu: format!("{}/{cle}", self.lu), rangs: self.rangs }
    }

    pub fn element(&self, rang: usize) -> Self {
        let origine = self.rangs.and_then(|r| r.get(&self.lu)).and_then(|r| r.get(rang)).copied().unwrap_or(rang);
        Pointeur { chemin: format!("{}/{origine}", self.chemin), lu: format!("{}/{rang}", self.lu), rangs: self.rangs }
    }

    pub fn texte(&self) -> String {
        self.chemin.clone()
    }
}

/// Fewer keys are looked through one by one.
const PEU_DE_CLES: usize = 24;

impl Objet {
    fn entree(&self, cle: &str) -> Option<&Value> {
        if self.entrees.len() <= PEU_DE_CLES {
            return self.entrees.iter().find(|(c, _)| c.as_ref() == cle).map(|(_, valeur)| valeur);
        }
        let index = self.index.get_or_init(|| {
            // The first of two equal keys has precedence.
            self.entrees.iter().enumerate().rev().map(|(rang, (c, _))| (c.clone(), rang)).collect()
        });
        index.get(cle).and_then(|rang| self.entrees.get(*rang)).map(|(_, valeur)| valeur)
    }

    /// The value of a key, a gap when it is absent, an error when no shape knows it.
    fn lire(&self, cle: &str) -> Result<Value, Error> {
        if let Some(valeur) = self.entree(cle) {
            return Ok(valeur.clone());
        }
        let Some(forme) = &self.forme else {
            let connues: Vec<&str> = self.entrees.iter().map(|(c, _)| c.as_ref()).collect();
            return Err(cle_inconnue(&self.nom, cle, &connues));
        };
        if let Some(liste) = &self.liste {
            let libelle = format!("{} « {} », que rien ne décrit", self.nom, jetons::purger(cle));
            return Ok(lacune(libelle, liste.clone(), None));
        }
        match forme.cles.get(cle).or(forme.element.as_ref()) {
            Some(f) => {
                let objet = self.pointeur.as_deref().unwrap_or_default();
                let pointeur = format!("{objet}/{}", jeton_de_pointeur(cle));
                Ok(lacune(self.libelle_de_lacune(&f.titre), pointeur, Some(f.clone())))
            }
            None => {
                let connues: Vec<&str> = forme.cles.keys().map(String::as_str).collect();
                Err(cle_inconnue(&self.nom, cle, &connues))
            }
        }
    }

    /// The French title of a key that the shape knows.
    pub fn titre_de(&self, cle: &str) -> Option<String> {
        self.forme.as_ref()?.cles.get(cle).map(|f| f.titre.clone())
    }

    /// « catégorie (IME Les Oliviers) »: the title of the key, with the name of the element if it has one. An identifier
    /// is for the file, never for the page.
    fn libelle_de_lacune(&self, titre: &str) -> String {
        let libelle = crate::formats::minuscule(titre);
        match self.brut.get("nom").and_then(Json::as_str) {
            Some(nom) => format!("{libelle} ({})", jetons::purger(nom)),
            None => libelle,
        }
    }
}

/// The error of a misspelt key, with the nearest known one.
fn cle_inconnue(objet: &str, cle: &str, connues: &[&str]) -> Error {
    let proche = connues
        .iter()
        .map(|c| (strsim::damerau_levenshtein(c, cle), c))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, c)| format!(" ; vouliez-vous « {c} » ?"))
        .unwrap_or_else(|| format!(" ; clés connues : {}", connues.join(", ")));
    faute(ErrorKind::UndefinedError, format!("la clé « {cle} » n'existe pas dans « {objet} »{proche}"))
}

impl Object for Objet {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        // Years may be asked for as numbers.
        let cle = key.as_str().map_or_else(|| key.to_string(), String::from);
        Some(self.lire(&cle).unwrap_or_else(Value::from))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.entrees.iter().map(|(c, _)| Value::from(c.as_ref())).collect())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }
}

impl Lacune {
    /// A key of something missing is missing too, unless no shape knows it.
    fn lire(&self, cle: &str) -> Result<Value, Error> {
        let Some(forme) = self.forme.as_ref().filter(|f| !f.cles.is_empty() || f.element.is_some()) else {
            return Ok(lacune(self.libelle.clone(), self.pointeur.clone(), None));
        };
        let pointeur = format!("{}/{}", self.pointeur, jeton_de_pointeur(cle));
        match forme.cles.get(cle).or(forme.element.as_ref()) {
            Some(f) => {
                // « qualité (représentant, IME Les Oliviers) »: one parenthesis, whatever the depth.
                let dans = match self.libelle.strip_suffix(')').and_then(|l| l.split_once(" (")) {
                    Some((objet, reste)) => format!("{objet}, {reste}"),
                    None => self.libelle.clone(),
                };
                let libelle = format!("{} ({dans})", crate::formats::minuscule(&f.titre));
                Ok(lacune(libelle, pointeur, Some(f.clone())))
            }
            None => Err(cle_inconnue(&self.libelle, cle, &forme.cles.keys().map(String::as_str).collect::<Vec<_>>())),
        }
    }
}

/// A key of an object, as functions read it: an unknown one is an error at once.
pub fn attribut(objet: &Value, cle: &str) -> Result<Value, Error> {
    if let Some(objet) = objet.downcast_object_ref::<Objet>() {
        return objet.lire(cle);
    }
    if let Some(lacune) = objet.downcast_object_ref::<Lacune>() {
        return lacune.lire(cle);
    }
    objet.get_attr(cle)
}

impl Object for Lacune {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(self.lire(key.as_str()?).unwrap_or_else(Value::from))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[à compléter : {}]", self.libelle)
    }
}

impl Object for SansObjet {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        Some(Value::from_dyn_object(self.clone()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sans objet : {}", self.motif)
    }
}

impl Object for Neant {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        Some(Value::from_dyn_object(self.clone()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("–")
    }
}

impl Object for Liste {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.elements.get(key.as_usize()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.elements.len())
    }
}

/// A strict object made of named values: an unknown key is an error.
pub fn compose(nom: &str, entrees: Vec<(&str, Value)>) -> Value {
    Value::from_object(Objet {
        pointeur: None,
        entrees: entrees.into_iter().map(|(c, v)| (Arc::from(c), v)).collect(),
        index: OnceLock::new(),
        brut: Arc::default(),
        forme: None,
        liste: None,
        nom: nom.to_string(),
    })
}

/// A computed value (no pointer, no shape): every key is strict, `null` is printed « – ».
pub fn calcule(json: &Json, nom: &str) -> Value {
    valeur(json, None, None, nom)
}

/// A computed object, with values that JSON cannot hold.
pub fn completer(nom: &str, json: &Json, propres: Vec<(&str, Value)>) -> Value {
    let calcules = json.as_object().into_iter().flatten();
    let calcules = calcules.map(|(cle, v)| (cle.as_str(), valeur(v, None, None, &format!("{nom}.{cle}"))));
    compose(nom, calcules.chain(propres).collect())
}

/// An object whose keys are identifiers of the contract: an unknown one is a gap, not an error, to be filled in the
/// list that holds the others.
pub fn par_identifiant(nom: &str, liste: &str, entrees: Vec<(String, Value)>) -> Value {
    let forme = Forme {
        element: Some(Arc::new(Forme::de_nature(nom, crate::schema::forme::Nature::Libre))),
        ..Forme::de_nature(nom, crate::schema::forme::Nature::Table)
    };
    Value::from_object(Objet {
        pointeur: None,
        entrees: entrees.into_iter().map(|(c, v)| (Arc::from(c.as_str()), v)).collect(),
        index: OnceLock::new(),
        brut: Arc::default(),
        forme: Some(Arc::new(forme)),
        liste: Some(liste.to_string()),
        nom: nom.to_string(),
    })
}
