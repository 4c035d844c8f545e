//! The elements of the lists of a contract ↔ keys that stay theirs as long as it is open, wherever they move.
//!
//! A path of the page (`/perimetre/etablissements/@ime/nom`) names elements by these keys; a JSON pointer, by ranks.

use crate::regles::chemins::nom_stable;
use crate::remarque::jeton_de_pointeur;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What begins the token of an element.
const ELEMENT: char = '@';
/// Longest key.
const LONGUEUR_MAX: usize = 40;

/// The keys of a contract.
#[derive(Debug, Clone, Default)]
pub struct Cles {
    racine: Noeud,
}

#[derive(Debug, Clone, Default)]
struct Noeud {
    /// Of an element of a list.
    cle: String,
    /// What told the element from the others when it was last seen.
    nom: Option<String>,
    champs: BTreeMap<String, Noeud>,
    elements: Vec<Noeud>,
    /// The keys that were given in this list: none is given twice.
    donnees: BTreeSet<String>,
}

impl Cles {
    pub fn de(donnees: &Value) -> Self {
        let mut cles = Cles::default();
        cles.suivre(donnees);
        cles
    }

    /// Takes up the data as they are now: an element keeps its key by its name, else, in a list that has as many
    /// elements as before, by its rank.
    pub fn suivre(&mut self, donnees: &Value) {
        self.racine.suivre(donnees);
    }

    /// An element came at a rank of a list.
    pub fn inserer(&mut self, liste: &str, rang: usize, valeur: &Value) {
        if let Some(noeud) = self.racine.atteindre(liste) {
            let rang = rang.min(noeud.elements.len());
            let element = noeud.neuf(valeur);
            noeud.elements.insert(rang, element);
        }
    }

    /// An element that is back has the key that it had.
    pub fn reprendre(&mut self, liste: &str, rang: usize, jeton: &str) {
        let cle = jeton.trim_start_matches(ELEMENT).replace("~1", "/").replace("~0", "~");
        if let Some(noeud) = self.racine.atteindre(liste)
            && !noeud.elements.iter().any(|element| element.cle == cle)
            && let Some(element) = noeud.elements.get_mut(rang)
        {
            element.cle = cle;
        }
    }

    /// An element went.
    pub fn retirer(&mut self, liste: &str, rang: usize) {
        if let Some(noeud) = self.racine.atteindre(liste)
            && rang < noeud.elements.len()
        {
            noeud.elements.remove(rang);
        }
    }

    /// An element went to another rank of its list.
    pub fn deplacer(&mut self, liste: &str, de: usize, vers: usize) {
        if let Some(noeud) = self.racine.atteindre(liste)
            && de < noeud.elements.len()
        {
            let element = noeud.elements.remove(de);
            noeud.elements.insert(vers.min(noeud.elements.len()), element);
        }
    }

    /// The token of the element at a rank of a list.
    pub fn jeton(&self, liste: &str, rang: usize) -> Option<String> {
        let noeud = liste.split('/').skip(1).try_fold(&self.racine, |noeud, jeton| noeud.enfant(jeton))?;
        noeud.elements.get(rang).map(Noeud::jeton)
    }

    /// The path of a pointer; ranks that are not there stay ranks.
    pub fn chemin(&self, pointeur: &str) -> String {
        let mut chemin = String::new();
        let mut ici = Some(&self.racine);
        for jeton in pointeur.split('/').skip(1) {
            let suite = ici.and_then(|noeud| noeud.enfant(jeton));
            chemin.push('/');
            match suite.filter(|noeud| !noeud.cle.is_empty()) {
                Some(element) => chemin.push_str(&element.jeton()),
                None => chemin.push_str(jeton),
            }
            ici = suite;
        }
        chemin
    }

    /// The rank of the element that a token names in a list.
    pub fn rang(&self, liste: &str, jeton: &str) -> Option<usize> {
        let noeud = liste.split('/').skip(1).try_fold(&self.racine, |noeud, jeton| noeud.enfant(jeton))?;
        noeud.elements.iter().position(|element| element.jeton() == jeton)
    }
}

/// Whether a token of a path names an element.
pub fn nomme_un_element(jeton: &str) -> bool {
    jeton.starts_with(ELEMENT)
}

impl Noeud {
    fn jeton(&self) -> String {
        format!("{ELEMENT}{}", jeton_de_pointeur(&self.cle))
    }

    fn enfant(&self, jeton: &str) -> Option<&Noeud> {
        match jeton.parse::<usize>() {
            Ok(rang) if !self.elements.is_empty() => self.elements.get(rang),
            _ => self.champs.get(&jeton.replace("~1", "/").replace("~0", "~")),
        }
    }

    /// The node at a pointer, made where it is not there.
    fn atteindre(&mut self, pointeur: &str) -> Option<&mut Noeud> {
        pointeur.split('/').skip(1).try_fold(self, |noeud, jeton| match jeton.parse::<usize>() {
            Ok(rang) if !noeud.elements.is_empty() => noeud.elements.get_mut(rang),
            _ => Some(noeud.champs.entry(jeton.replace("~1", "/").replace("~0", "~")).or_default()),
        })
    }

    fn suivre(&mut self, valeur: &Value) {
        match valeur {
            Value::Object(objet) => {
                self.elements.clear();
                self.champs.retain(|cle, _| objet.contains_key(cle));
                for (cle, enfant) in objet.iter().filter(|(_, v)| v.is_object() || v.is_array()) {
                    self.champs.entry(cle.clone()).or_default().suivre(enfant);
                }
            }
            Value::Array(elements) => {
                self.champs.clear();
                self.reconnaitre(elements);
            }
            _ => {
                self.champs.clear();
                self.elements.clear();
            }
        }
    }

    /// Gives each element of a list the node that was its own.
    fn reconnaitre(&mut self, valeurs: &[Value]) {
        let noms: Vec<Option<String>> = valeurs.iter().map(nom_stable).collect();
        let mut anciens: Vec<Option<Noeud>> = std::mem::take(&mut self.elements).into_iter().map(Some).collect();
        let autant = anciens.len() == valeurs.len();
        let mut trouves: Vec<Option<Noeud>> = Vec::with_capacity(valeurs.len());
        for (rang, nom) in noms.iter().enumerate() {
            let meme = |ancien: &Option<Noeud>| ancien.as_ref().is_some_and(|a| a.nom.is_some() && a.nom == *nom);
            let place = match anciens.get(rang) {
                Some(ici) if meme(ici) => Some(rang),
                _ => anciens.iter().position(meme),
            };
            trouves.push(place.and_then(|place| anciens.get_mut(place)?.take()));
        }
        for (rang, (trouve, valeur)) in trouves.into_iter().zip(valeurs).enumerate() {
            let ancien = trouve.or_else(|| anciens.get_mut(rang).filter(|_| autant)?.take());
            let mut noeud = ancien.unwrap_or_else(|| self.neuf(valeur));
            noeud.nom = noms.get(rang).cloned().flatten();
            noeud.suivre(valeur);
            self.elements.push(noeud);
        }
    }

    /// The node of an element that was never seen here.
    fn neuf(&mut self, valeur: &Value) -> Noeud {
        let nom = nom_stable(valeur);
        let permis = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        let base: String = nom.as_deref().unwrap_or("e").chars().take(LONGUEUR_MAX).map(permis).collect();
        let cle = (1..)
            .map(|n| if n == 1 { base.clone() } else { format!("{base}.{n}") })
            .find(|cle| !self.donnees.contains(cle))
            .unwrap_or_default();
        self.donnees.insert(cle.clone());
        let mut noeud = Noeud { cle, nom, ..Noeud::default() };
        noeud.suivre(valeur);
        noeud
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_element_keeps_its_key_when_it_moves_or_is_renamed() {
        let mut cles = Cles::de(&json!({ "l": [{ "id": "a", "m": [{ "annee": 2026 }] }, { "id": "b" }, { "x": 1 }] }));
        assert_eq!(cles.chemin("/l/0/m/0/v"), "/l/@a/m/@2026/v");
        assert_eq!(cles.chemin("/l/2"), "/l/@e");
        cles.suivre(&json!({ "l": [{ "id": "b" }, { "x": 1 }, { "id": "a", "m": [{ "annee": 2027 }] }] }));
        assert_eq!(cles.chemin("/l/2/m/0"), "/l/@a/m/@2026", "by its name, then by its rank");
        cles.suivre(&json!({ "l": [{ "id": "c" }, { "x": 1 }, { "id": "a" }] }));
        assert_eq!(cles.chemin("/l/0"), "/l/@b");
        assert_eq!(cles.rang("/l", "@b"), Some(0));
        assert_eq!(cles.rang("/l", "@zzz"), None);
    }

    #[test]
    fn elements_come_go_and_move_and_no_key_is_given_twice() {
        let mut cles = Cles::de(&json!({ "l": ["a", "a", "b"] }));
        let jetons = |cles: &Cles| -> Vec<String> { (0..4).filter_map(|rang| cles.jeton("/l", rang)).collect() };
        assert_eq!(jetons(&cles), ["@a", "@a.2", "@b"]);
        cles.retirer("/l", 1);
        cles.inserer("/l", 0, &json!("a"));
        assert_eq!(jetons(&cles), ["@a.3", "@a", "@b"], "the key of what went is not given again");
        cles.deplacer("/l", 0, 2);
        assert_eq!(jetons(&cles), ["@a", "@b", "@a.3"]);
        cles.inserer("/neuve/liste", 9, &json!({ "id": "é/~ " }));
        assert_eq!(cles.jeton("/neuve/liste", 0).as_deref(), Some("@é---"));
        assert_eq!(cles.chemin("/neuve/liste/0/x"), "/neuve/liste/@é---/x");
    }
}
