//! Finds what the schema says about an element: the nodes that govern it, its title, its explanation. It
//! must not know validation errors.

use crate::remarque::jeton_de_pointeur;
use serde_json::Value;

/// The only key of a value declared without object.
pub(super) const NON_APPLICABLE: &str = "non_applicable";

/// References are followed so far; beyond, the schema goes round in circles.
const PROFONDEUR: usize = 12;

/// The schema, seen from the elements of an instance.
#[derive(Clone, Copy)]
pub(super) struct Noeuds<'a> {
    racine: &'a Value,
}

impl<'a> Noeuds<'a> {
    pub(super) fn new(racine: &'a Value) -> Self {
        Self { racine }
    }

    /// The node at a location of the schema (a JSON pointer).
    pub(super) fn a(&self, chemin: &str) -> Option<&'a Value> {
        self.racine.pointer(chemin)
    }

    /// A node, and all that it refers to or is composed of, itself first.
    pub(super) fn deplier(&self, noeud: &'a Value) -> Vec<&'a Value> {
        let mut sortie = Vec::new();
        self.ajouter(noeud, 0, &mut sortie);
        sortie
    }

    fn ajouter(&self, noeud: &'a Value, profondeur: usize, sortie: &mut Vec<&'a Value>) {
        if profondeur > PROFONDEUR || sortie.iter().any(|n| std::ptr::eq(*n, noeud)) {
            return;
        }
        sortie.push(noeud);
        if let Some(cible) = self.cible(noeud) {
            self.ajouter(cible, profondeur + 1, sortie);
        }
        for mot in ["allOf", "anyOf", "oneOf"] {
            for branche in noeud.get(mot).and_then(Value::as_array).into_iter().flatten() {
                self.ajouter(branche, profondeur + 1, sortie);
            }
        }
    }

    /// The target of a local `$ref`.
    fn cible(&self, noeud: &Value) -> Option<&'a Value> {
        let reference = noeud.get("$ref")?.as_str()?;
        self.racine.pointer(reference.strip_prefix('#')?)
    }

    /// The node itself, its references followed, without its compositions.
    pub(super) fn resoudre(&self, noeud: &'a Value) -> &'a Value {
        let mut noeud = noeud;
        for _ in 0..PROFONDEUR {
            match self.cible(noeud) {
                Some(cible) => noeud = cible,
                None => break,
            }
        }
        noeud
    }

    /// All nodes that govern the element of an instance, the nearest first.
    pub(super) fn de_l_instance(&self, pointeur: &str) -> Vec<&'a Value> {
        let mut noeuds = self.deplier(self.racine);
        for jeton in pointeur.split('/').skip(1) {
            let cle = jeton.replace("~1", "/").replace("~0", "~");
            let mut suivants: Vec<&'a Value> = Vec::new();
            for enfant in noeuds.iter().filter_map(|noeud| enfant(noeud, &cle)) {
                for noeud in self.deplier(enfant) {
                    if !suivants.iter().any(|n| std::ptr::eq(*n, noeud)) {
                        suivants.push(noeud);
                    }
                }
            }
            noeuds = suivants;
        }
        noeuds
    }

    /// The French title of an element.
    pub(super) fn titre(&self, pointeur: &str) -> Option<&'a str> {
        premier_texte(&self.de_l_instance(pointeur), "title")
    }

    /// Whether an element is one value of an enumeration.
    pub(super) fn est_un_choix(&self, pointeur: &str) -> bool {
        let constante = |choix: &Value| choix.get("const").is_some();
        let enumere = |noeud: &&Value| noeud.pointer("/oneOf/0").is_some_and(constante);
        self.de_l_instance(pointeur).iter().any(enumere)
    }

    /// The title of a key of an element, whether or not the instance has it.
    pub(super) fn titre_de_cle(&self, pointeur: &str, cle: &str) -> Option<&'a str> {
        self.titre(&enfant_de(pointeur, cle))
    }

    /// The keys that an element may have.
    pub(super) fn cles(&self, pointeur: &str) -> Vec<&'a str> {
        let mut cles: Vec<&'a str> = Vec::new();
        for noeud in self.de_l_instance(pointeur) {
            let proprietes = noeud.get("properties").and_then(Value::as_object);
            for cle in proprietes.into_iter().flat_map(|p| p.keys()) {
                let courante = cle != NON_APPLICABLE && !cle.starts_with('$');
                if courante && !cles.contains(&cle.as_str()) {
                    cles.push(cle);
                }
            }
        }
        cles
    }
}

/// What a node says of one of its keys or items.
fn enfant<'a>(noeud: &'a Value, cle: &str) -> Option<&'a Value> {
    noeud
        .get("properties")
        .and_then(|p| p.get(cle))
        .or_else(|| {
            let rang: usize = cle.parse().ok()?;
            noeud.get("prefixItems").and_then(|items| items.get(rang)).or_else(|| noeud.get("items"))
        })
        .or_else(|| {
            // A map: all keys alike, whatever their pattern.
            let motifs = noeud.get("patternProperties").and_then(Value::as_object)?;
            motifs.values().next()
        })
        .or_else(|| noeud.get("additionalProperties").filter(|v| v.is_object()))
}

/// The pointer of a key of an element.
pub(super) fn enfant_de(pointeur: &str, cle: &str) -> String {
    format!("{pointeur}/{}", jeton_de_pointeur(cle))
}

/// The first non-empty text of a keyword in nodes.
pub(super) fn premier_texte<'a>(noeuds: &[&'a Value], mot: &str) -> Option<&'a str> {
    noeuds.iter().find_map(|noeud| noeud.get(mot).and_then(Value::as_str)).filter(|texte| !texte.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn titles_are_found_through_references_lists_and_compositions() {
        let schema = json!({
            "properties": { "liste": { "anyOf": [
                { "type": "array", "items": { "$ref": "#/$defs/Element" } },
                { "$ref": "#/$defs/Element" }
            ], "title": "La liste" } },
            "$defs": { "Element": {
                "title": "Un élément",
                "properties": { "nom": { "title": "Nom" }, "suite": { "$ref": "#/$defs/Element" } }
            } }
        });
        let noeuds = Noeuds::new(&schema);
        assert_eq!(noeuds.titre("/liste"), Some("La liste"));
        assert_eq!(noeuds.titre("/liste/3"), Some("Un élément"));
        assert_eq!(noeuds.titre("/liste/3/suite/suite/nom"), Some("Nom"));
        assert_eq!(noeuds.titre("/inconnu"), None);
        assert_eq!(noeuds.cles("/liste/0"), ["nom", "suite"]);
    }
}
