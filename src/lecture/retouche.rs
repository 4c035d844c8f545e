//! The text of a JSON file → the same text with a few values changed: spaces, order of keys and line ends stay.
//!
//! It must not know what the file says.

use super::analyse::options_strictes;
use jsonc_parser::cst::{CstInputValue, CstNode, CstRootNode};
use serde_json::Value;

/// A file being changed.
pub struct Retouche {
    racine: CstRootNode,
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
        let racine = CstRootNode::parse(texte, &options_strictes()).map_err(|_| ErreurRetouche::Illisible)?;
        Ok(Retouche { racine })
    }

    /// Gives a key of the root another value, or adds it at the end.
    pub fn poser(&self, cle: &str, valeur: &Value) -> Result<(), ErreurRetouche> {
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
        let mut jetons: Vec<String> =
            pointeur.split('/').skip(1).map(|j| j.replace("~1", "/").replace("~0", "~")).collect();
        let dernier = jetons.pop().ok_or_else(absent)?;
        let mut ici = self.racine.value().ok_or(ErreurRetouche::Illisible)?;
        for jeton in jetons {
            let suivant = match (ici.as_object(), ici.as_array()) {
                (Some(objet), _) => match objet.get(&jeton) {
                    Some(propriete) => propriete.value().ok_or_else(absent)?,
                    None => objet.append(&jeton, CstInputValue::Object(Vec::new())).value().ok_or_else(absent)?,
                },
                (_, Some(tableau)) => {
                    let rang: usize = jeton.parse().map_err(|_| absent())?;
                    tableau.elements().into_iter().nth(rang).ok_or_else(absent)?
                }
                _ => return Err(absent()),
            };
            ici = suivant;
        }
        let Some(objet) = ici.as_object() else {
            let tableau = ici.as_array().ok_or_else(absent)?;
            let rang: usize = dernier.parse().map_err(|_| absent())?;
            let element = tableau.elements().into_iter().nth(rang).ok_or_else(absent)?;
            remplacer_noeud(element, valeur).ok_or_else(absent)?;
            return Ok(());
        };
        match objet.get(&dernier) {
            Some(propriete) => propriete.set_value(saisie(valeur)),
            None => {
                objet.append(&dernier, saisie(valeur));
            }
        }
        Ok(())
    }

    /// The text as it is now.
    pub fn texte(&self) -> String {
        self.racine.to_string()
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
