//! The text of a JSON file → the same text with a few values changed: spaces, order of keys and line ends stay.
//!
//! It must not know what the file says.

use super::analyse::options_strictes;
use jsonc_parser::cst::{CstArray, CstContainerNode, CstInputValue, CstLeafNode, CstNode, CstRootNode};
use serde_json::Value;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Bound;

/// A file being changed.
pub struct Retouche {
    racine: CstRootNode,
    /// Whether the last line end is not of the file.
    pretee: bool,
    /// By their pointers, the elements of the lists that were gone through: they hold until something comes, goes or is replaced whole.
    listes: RefCell<BTreeMap<String, Vec<CstNode>>>,
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErreurRetouche {
    #[error("ce n'est pas du JSON")]
    Illisible,
    #[error("« {0} » n'est pas dans le fichier")]
    Absent(String),
}

impl Retouche {
    /// Opens a text that was already read as a contract or a manifest.
    pub fn ouvrir(texte: &str) -> Result<Self, ErreurRetouche> {
        // At each change the library looks for the first line end through the whole file: where there is none, one is lent.
        let pretee = !texte.contains(['\n', '\r']);
        let texte = if pretee { Cow::Owned(format!("{texte}\n")) } else { Cow::Borrowed(texte) };
        let racine = CstRootNode::parse(&texte, &options_strictes()).map_err(|_| ErreurRetouche::Illisible)?;
        Ok(Retouche { racine, pretee, listes: RefCell::default() })
    }

    /// Gives a key of the root another value, or adds it at the end.
    pub fn poser(&self, cle: &str, valeur: &Value) -> Result<(), ErreurRetouche> {
        self.oublier("");
        let objet = self.racine.object_value().ok_or(ErreurRetouche::Illisible)?;
        match objet.get(cle) {
            Some(propriete) => propriete.set_value(saisie(valeur)),
            None => {
                objet.append(cle, saisie(valeur));
            }
        }
        Ok(())
    }

    /// Adds an element at the end of a list of the root, which is made when it is not there.
    pub fn ajouter(&self, liste: &str, element: &Value) -> Result<(), ErreurRetouche> {
        self.oublier("");
        let objet = self.racine.object_value().ok_or(ErreurRetouche::Illisible)?;
        let tableau = match objet.get(liste) {
            Some(propriete) => propriete
                .value()
                .as_ref()
                .and_then(CstNode::as_array)
                .ok_or_else(|| ErreurRetouche::Absent(liste.to_string()))?,
            None => objet.array_value_or_set(liste),
        };
        tableau.ensure_multiline();
        tableau.append(saisie(element));
        Ok(())
    }

    /// Gives the value at a JSON pointer another; the objects on the way are made, lists are not.
    pub fn remplacer(&self, pointeur: &str, valeur: &Value) -> Result<(), ErreurRetouche> {
        let absent = || ErreurRetouche::Absent(pointeur.to_string());
        let (parent, dernier) = pointeur.rsplit_once('/').ok_or_else(absent)?;
        let mut ici = self.racine.value().ok_or(ErreurRetouche::Illisible)?;
        let mut chemin = String::new();
        for pas in parent.split('/').skip(1) {
            let suivant = match (ici.as_object(), ici.as_array()) {
                (Some(objet), _) => match objet.get(&jeton(pas)) {
                    Some(propriete) => propriete.value().ok_or_else(absent)?,
                    None => objet.append(&jeton(pas), CstInputValue::Object(Vec::new())).value().ok_or_else(absent)?,
                },
                (_, Some(tableau)) => self.element(&chemin, &tableau, pas).ok_or_else(absent)?,
                _ => return Err(absent()),
            };
            chemin.push('/');
            chemin.push_str(pas);
            ici = suivant;
        }
        let Some(objet) = ici.as_object() else {
            let tableau = ici.as_array().ok_or_else(absent)?;
            let element = self.element(&chemin, &tableau, dernier).ok_or_else(absent)?;
            self.oublier(&chemin);
            return remplacer_noeud(element, valeur).map(drop).ok_or_else(absent);
        };
        let dernier = jeton(dernier);
        if objet
            .get(&dernier)
            .and_then(|p| p.value())
            .is_some_and(|v| v.as_object().is_some() || v.as_array().is_some())
        {
            self.oublier(pointeur);
        }
        match objet.get(&dernier) {
            Some(propriete) => propriete.set_value(saisie(valeur)),
            None => {
                objet.append(&dernier, saisie(valeur));
            }
        }
        Ok(())
    }

    /// Puts an element in the list at a JSON pointer, before the one of that rank; at the end when there is none. A list that is
    /// not there is made.
    pub fn inserer(&self, liste: &str, rang: usize, element: &Value) -> Result<(), ErreurRetouche> {
        let absent = || ErreurRetouche::Absent(liste.to_string());
        let Some(noeud) = self.noeud(liste) else {
            return self.remplacer(liste, &Value::Array(vec![element.clone()]));
        };
        let tableau = noeud.as_array().ok_or_else(absent)?;
        self.oublier(liste);
        if tableau.elements().is_empty() {
            tableau.ensure_multiline();
        }
        tableau.insert(rang, saisie(element));
        Ok(())
    }

    /// Takes the value at a JSON pointer away, with its key or its comma.
    pub fn retirer(&self, pointeur: &str) -> Result<(), ErreurRetouche> {
        let absent = || ErreurRetouche::Absent(pointeur.to_string());
        let (chemin, dernier) = pointeur.rsplit_once('/').ok_or_else(absent)?;
        let parent = self.noeud(chemin).ok_or_else(absent)?;
        match (parent.as_object(), parent.as_array()) {
            (Some(objet), _) => objet.get(&jeton(dernier)).ok_or_else(absent)?.remove(),
            (_, Some(tableau)) => {
                let rang: usize = dernier.parse().map_err(|_| absent())?;
                oter(tableau.elements().into_iter().nth(rang).ok_or_else(absent)?);
            }
            _ => return Err(absent()),
        }
        self.oublier(chemin);
        Ok(())
    }

    /// Moves an element of a list to another rank of it; it keeps what it says, and takes the layout of its new place.
    pub fn deplacer(&self, liste: &str, de: usize, vers: usize) -> Result<(), ErreurRetouche> {
        let absent = || ErreurRetouche::Absent(format!("{liste}/{de}"));
        let tableau = self.noeud(liste).and_then(|noeud| noeud.as_array()).ok_or_else(absent)?;
        let texte = tableau.elements().into_iter().nth(de).ok_or_else(absent)?.to_string();
        let valeur: Value = serde_json::from_str(&texte).map_err(|_| absent())?;
        self.retirer(&format!("{liste}/{de}"))?;
        self.inserer(liste, vers, &valeur)
    }

    fn noeud(&self, pointeur: &str) -> Option<CstNode> {
        let mut ici = self.racine.value()?;
        let mut chemin = String::new();
        for pas in pointeur.split('/').skip(1) {
            ici = match (ici.as_object(), ici.as_array()) {
                (Some(objet), _) => objet.get(&jeton(pas))?.value()?,
                (_, Some(tableau)) => self.element(&chemin, &tableau, pas)?,
                _ => return None,
            };
            chemin.push('/');
            chemin.push_str(pas);
        }
        Some(ici)
    }

    /// The element of a list at a rank. The library makes the whole list each time that it is asked for: it is kept.
    fn element(&self, chemin: &str, tableau: &CstArray, rang: &str) -> Option<CstNode> {
        let rang: usize = rang.parse().ok()?;
        let mut listes = self.listes.borrow_mut();
        if let Some(elements) = listes.get(chemin) {
            return elements.get(rang).cloned();
        }
        listes.entry(chemin.to_owned()).or_insert(tableau.elements()).get(rang).cloned()
    }

    /// Something came, went or was replaced whole at a pointer: what was kept there and below no longer holds.
    fn oublier(&self, chemin: &str) {
        let mut listes = self.listes.borrow_mut();
        let dessous = |cle: &&String| cle.strip_prefix(chemin).is_some_and(|r| r.is_empty() || r.starts_with('/'));
        let depuis = (Bound::Included(chemin), Bound::Unbounded);
        let suivants = listes.range::<str, _>(depuis).map(|(cle, _)| cle).take_while(|cle| cle.starts_with(chemin));
        let perdues: Vec<String> = suivants.filter(dessous).cloned().collect();
        perdues.iter().for_each(|cle| drop(listes.remove(cle)));
    }

    /// The text as it is now.
    pub fn texte(&self) -> String {
        let mut texte = self.racine.to_string();
        if self.pretee && texte.ends_with('\n') {
            texte.pop();
        }
        texte
    }
}

/// The key that a token of a JSON pointer is.
fn jeton(jeton: &str) -> String {
    jeton.replace("~1", "/").replace("~0", "~")
}

/// An element of a list goes.
fn oter(noeud: CstNode) {
    match noeud {
        CstNode::Container(CstContainerNode::Object(objet)) => objet.remove(),
        CstNode::Container(CstContainerNode::Array(tableau)) => tableau.remove(),
        CstNode::Leaf(CstLeafNode::StringLit(texte)) => texte.remove(),
        CstNode::Leaf(CstLeafNode::NumberLit(nombre)) => nombre.remove(),
        CstNode::Leaf(CstLeafNode::BooleanLit(booleen)) => booleen.remove(),
        CstNode::Leaf(CstLeafNode::NullKeyword(rien)) => rien.remove(),
        CstNode::Container(_) | CstNode::Leaf(_) => {}
    }
}

/// An element of a list gives its place to another.
fn remplacer_noeud(noeud: CstNode, valeur: &Value) -> Option<CstNode> {
    let valeur = saisie(valeur);
    if let Some(texte) = noeud.as_string_lit() {
        return texte.replace_with(valeur);
    }
    if let Some(nombre) = noeud.as_number_lit() {
        return nombre.replace_with(valeur);
    }
    if let Some(objet) = noeud.as_object() {
        return objet.replace_with(valeur);
    }
    noeud.as_boolean_lit()?.replace_with(valeur)
}

fn saisie(valeur: &Value) -> CstInputValue {
    match valeur {
        Value::Null => CstInputValue::Null,
        Value::Bool(b) => CstInputValue::Bool(*b),
        Value::Number(n) => CstInputValue::Number(n.to_string()),
        Value::String(s) => CstInputValue::String(s.clone()),
        Value::Array(elements) => CstInputValue::Array(elements.iter().map(saisie).collect()),
        Value::Object(objet) => CstInputValue::Object(objet.iter().map(|(cle, v)| (cle.clone(), saisie(v))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_changed_stays_as_it_was_written() {
        let texte = "{\r\n    \"b\" : [1,2],\r\n    \"a\": {\"x\": 1.0},\r\n    \"liste\": [\r\n        {\"id\": \"un\"}\r\n    ]\r\n}\r\n";
        let retouche = Retouche::ouvrir(texte).unwrap();
        retouche.ajouter("liste", &json!({"id": "deux", "texte": "« dit \"ainsi\" »"})).unwrap();
        let apres = retouche.texte();
        assert!(apres.starts_with(&texte[..texte.find("{\"id\"").unwrap()]), "{apres}");
        assert!(apres.contains("{\"id\": \"un\"},\r\n") && apres.ends_with("]\r\n}\r\n"), "{apres}");
        let lu: Value = serde_json::from_str(&apres).unwrap();
        assert_eq!(lu["liste"][1], json!({"id": "deux", "texte": "« dit \"ainsi\" »"}));
        assert!(apres.contains("« dit"), "accents are written as they are: {apres}");
    }

    #[test]
    fn a_value_is_replaced_in_its_place_and_nothing_else_moves() {
        let texte = "{\n  \"a\": { \"b\": [ { \"c\": 1 }, \"x\" ] },\n  \"d\": 2\n}\n";
        let retouche = Retouche::ouvrir(texte).unwrap();
        retouche.remplacer("/a/b/0/c", &json!("trois")).unwrap();
        retouche.remplacer("/a/b/1", &json!("y")).unwrap();
        retouche.remplacer("/a/e/f", &json!(4)).unwrap();
        assert!(retouche.texte().contains("[ { \"c\": \"trois\" }, \"y\" ]"), "{}", retouche.texte());
        let lu: Value = serde_json::from_str(&retouche.texte()).unwrap();
        assert_eq!(lu, json!({"a": {"b": [{"c": "trois"}, "y"], "e": {"f": 4}}, "d": 2}));
        assert!(retouche.remplacer("/a/b/9/c", &json!(1)).is_err());
    }

    /// What a person wrote around stays: spaces, order, `$comment`, line ends.
    #[test]
    fn elements_come_go_and_move_and_the_others_stay_as_they_were_written() {
        let texte = "{\r\n  \"l\": [\r\n    {\"id\": \"a\", \"$comment\": \"vu\"},\r\n    { \"id\" : \"b\" }\r\n  ],\r\n  \"k\": 1\r\n}\r\n";
        let changer = |faire: &dyn Fn(&Retouche)| {
            let retouche = Retouche::ouvrir(texte).unwrap();
            faire(&retouche);
            let apres = retouche.texte();
            let ids = |v: Value| -> Vec<String> {
                v["l"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect()
            };
            (ids(serde_json::from_str(&apres).unwrap()).join(""), apres)
        };
        for rang in 0..4 {
            let (ordre, apres) = changer(&|r| r.inserer("/l", rang, &json!({"id": "c"})).unwrap());
            assert_eq!(ordre, ["cab", "acb", "abc", "abc"][rang]);
            for garde in
                ["{\"id\": \"a\", \"$comment\": \"vu\"}", "{ \"id\" : \"b\" }", "\r\n  ],\r\n  \"k\": 1\r\n}\r\n"]
            {
                assert!(apres.contains(garde), "{apres}");
            }
            assert!(!apres.replace("\r\n", "").contains('\n'), "{apres:?}");
        }
        assert_eq!(changer(&|r| r.retirer("/l/0").unwrap()).0, "b");
        let (ordre, apres) = changer(&|r| r.retirer("/l/1").unwrap());
        assert_eq!(
            (ordre.as_str(), apres.matches("\r\n").count()),
            ("a", texte.matches("\r\n").count() - 1),
            "{apres}"
        );
        assert_eq!(changer(&|r| r.deplacer("/l", 0, 1).unwrap()).0, "ba");
        assert_eq!(changer(&|r| r.deplacer("/l", 1, 0).unwrap()).0, "ba");
        assert_eq!(changer(&|r| r.retirer("/k").unwrap()).0, "ab");
        let retouche = Retouche::ouvrir("{\"vide\": []}").unwrap();
        retouche.inserer("/vide", 0, &json!({"id": "a"})).unwrap();
        retouche.inserer("/neuve/liste", 0, &json!("x")).unwrap();
        let lu: Value = serde_json::from_str(&retouche.texte()).unwrap();
        assert_eq!(lu, json!({"vide": [{"id": "a"}], "neuve": {"liste": ["x"]}}));
        for absent in ["/l/2", "/rien", "/k/0", ""] {
            assert!(Retouche::ouvrir(texte).unwrap().retirer(absent).is_err(), "{absent}");
        }
        assert!(Retouche::ouvrir(texte).unwrap().inserer("/k", 0, &json!(1)).is_err());
    }

    #[test]
    fn a_file_of_one_line_stays_one() {
        let retouche = Retouche::ouvrir("{\"l\":[{\"x\":1}],\"k\":\"a\"}").unwrap();
        retouche.remplacer("/l/0/x", &json!(2)).unwrap();
        retouche.remplacer("/k", &json!("b")).unwrap();
        assert_eq!(retouche.texte(), "{\"l\":[{\"x\":2}],\"k\":\"b\"}");
    }

    /// What is kept of a list that was gone through never outlives it.
    #[test]
    fn changes_made_one_after_the_other_each_find_the_list_as_it_is() {
        let retouche = Retouche::ouvrir("{\"l\": [{\"x\": [1, 2]}, {\"x\": [3]}, \"t\"]}").unwrap();
        retouche.remplacer("/l/0/x/1", &json!(9)).unwrap();
        retouche.remplacer("/l/0/x/1", &json!("neuf")).unwrap();
        retouche.remplacer("/l/0/x", &json!([7, 8])).unwrap();
        retouche.remplacer("/l/0/x/0", &json!(6)).unwrap();
        retouche.inserer("/l", 0, &json!({"x": [0]})).unwrap();
        retouche.remplacer("/l/0/x/0", &json!(5)).unwrap();
        retouche.retirer("/l/1").unwrap();
        retouche.remplacer("/l/1/y", &json!(4)).unwrap();
        retouche.remplacer("/l/2", &json!({"z": 1})).unwrap();
        retouche.remplacer("/l/2/z", &json!(2)).unwrap();
        let lu: Value = serde_json::from_str(&retouche.texte()).unwrap();
        assert_eq!(lu, json!({"l": [{"x": [5]}, {"x": [3], "y": 4}, {"z": 2}]}));
    }

    #[test]
    fn a_list_that_is_not_there_is_made_and_a_key_is_replaced() {
        let retouche = Retouche::ouvrir("{ \"reference\": \"X\" }").unwrap();
        retouche.ajouter("objectifs", &json!({"id": "a"})).unwrap();
        retouche.poser("reference", &json!("Y")).unwrap();
        let lu: Value = serde_json::from_str(&retouche.texte()).unwrap();
        assert_eq!(lu, json!({"reference": "Y", "objectifs": [{"id": "a"}]}));
        assert_eq!(Retouche::ouvrir("{").err(), Some(ErreurRetouche::Illisible));
        let texte = Retouche::ouvrir("{ \"objectifs\": \"non\" }").unwrap();
        assert!(texte.ajouter("objectifs", &json!({})).is_err());
    }
}
