//! JSON pointers seen by rules: patterns of what a rule reads, elements that a pointer goes through.

use serde_json::Value;
use std::collections::BTreeSet;

/// Whether one of the pointers lies below, or above, one of the patterns (`*` stands for any step).
pub fn lit_un_de(motifs: &[&str], pointeurs: &[String]) -> bool {
    pointeurs.iter().any(|p| motifs.iter().any(|m| se_touchent(m, p)))
}

/// Pointers that no pattern tells apart, once: a hundred thousand refused keys are one for the rules.
pub fn confondre<'m>(pointeurs: &[String], motifs: impl Iterator<Item = &'m str>) -> Vec<String> {
    let mots: BTreeSet<&str> = motifs.flat_map(|motif| motif.split('/')).collect();
    let commun = |pointeur: &String| {
        let jetons: Vec<&str> =
            pointeur.split('/').map(|jeton| if mots.contains(jeton) { jeton } else { "?" }).collect();
        jetons.join("/")
    };
    let confondus: BTreeSet<String> = pointeurs.iter().map(commun).collect();
    confondus.into_iter().collect()
}

/// Whether a pattern and a pointer agree on their common length.
pub fn se_touchent(motif: &str, pointeur: &str) -> bool {
    motif.split('/').zip(pointeur.split('/')).all(|(m, p)| m == "*" || m == p)
}

/// Keys by which an element says which other one it is about.
const DESIGNATIONS: [&str; 6] = ["id", "etablissement", "objectif", "autorite", "financeur", "annexe"];

/// Whether a pointer goes through an element that bears an identifier, or that is about the one that bears it.
pub fn designe(donnees: &Value, pointeur: &str, id: &str) -> bool {
    traverses(donnees, pointeur)
        .iter()
        .any(|element| DESIGNATIONS.iter().any(|cle| element.get(cle).and_then(Value::as_str) == Some(id)))
}

/// The values from the root to the pointed one; those that exist.
pub fn traverses<'a>(donnees: &'a Value, pointeur: &str) -> Vec<&'a Value> {
    let mut vus = vec![donnees];
    let mut ici = donnees;
    for jeton in pointeur.split('/').skip(1) {
        let cle = jeton.replace("~1", "/").replace("~0", "~");
        let suivant = match ici {
            Value::Object(objet) => objet.get(&cle),
            Value::Array(elements) => cle.parse::<usize>().ok().and_then(|rang| elements.get(rang)),
            _ => None,
        };
        let Some(suivant) = suivant else { break };
        vus.push(suivant);
        ici = suivant;
    }
    vus
}

/// The pointer with identifiers in place of ranks: the same element has the same path in two versions of a
/// file, wherever it stands in its list.
pub fn stable(donnees: &Value, pointeur: &str) -> String {
    let mut chemin = String::new();
    let valeurs = traverses(donnees, pointeur);
    for (jeton, valeur) in
        pointeur.split('/').skip(1).zip(valeurs.iter().skip(1).map(Some).chain(std::iter::repeat(None)))
    {
        chemin.push('/');
        let est_rang = jeton.bytes().all(|b| b.is_ascii_digit());
        match valeur.filter(|_| est_rang).and_then(|v| nom_stable(v)) {
            Some(nom) => chemin.push_str(&nom),
            None => chemin.push_str(jeton),
        }
    }
    chemin
}

/// What tells an element of a list from the others, whatever its rank.
pub fn nom_stable(valeur: &Value) -> Option<String> {
    const CLES: [&str; 15] = [
        "id",
        "objectif",
        "etablissement",
        "autorite",
        "financeur",
        "annexe",
        "partie",
        "section",
        "modalite",
        "annee",
        "exercice",
        "code",
        "libelle",
        "acte",
        "titre",
    ];
    if let Value::String(texte) = valeur {
        return Some(texte.clone());
    }
    let noms: Vec<String> = CLES
        .iter()
        .filter_map(|cle| valeur.get(cle))
        .filter_map(|v| match v {
            Value::String(texte) => Some(texte.clone()),
            Value::Number(nombre) => Some(nombre.to_string()),
            _ => None,
        })
        .collect();
    (!noms.is_empty()).then(|| noms.join("+"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_refused_value_stops_the_rules_that_read_it_or_what_holds_it() {
        let motifs = ["/perimetre/etablissements/*/capacites", "/periode/debut"];
        let touche = |p: &str| lit_un_de(&motifs, &[p.to_string()]);
        assert!(touche("/perimetre/etablissements/3/capacites/0/autorisee"));
        assert!(touche("/perimetre/etablissements/3"));
        assert!(touche("/periode/debut"));
        assert!(!touche("/perimetre/etablissements/3/finess"));
        assert!(!touche("/periode/fin"));
    }

    #[test]
    fn pointers_that_patterns_do_not_tell_apart_are_one() {
        let motifs = ["/a/*/b", "/c"];
        let pointeurs = ["/a/1/b", "/a/2/b", "/a/3/d", "/x1", "/x2", "/c"].map(String::from);
        let confondus = confondre(&pointeurs, motifs.into_iter());
        assert_eq!(confondus, ["/?", "/a/?/?", "/a/?/b", "/c"]);
        for motif in motifs {
            assert_eq!(lit_un_de(&[motif], &confondus), lit_un_de(&[motif], &pointeurs));
        }
    }

    #[test]
    fn an_element_is_designated_by_its_identifier_or_by_what_it_is_about() {
        let donnees = json!({ "activite": [{ "etablissement": "ime", "jours": 200 }] });
        assert!(designe(&donnees, "/activite/0/jours", "ime"));
        assert!(designe(&donnees, "/activite/0/absente", "ime"));
        assert!(!designe(&donnees, "/activite/0/jours", "mas"));
        assert!(!designe(&donnees, "/activite/9/jours", "ime"));
    }

    #[test]
    fn the_stable_path_does_not_follow_the_rank() {
        let avant = json!({ "a": [{ "id": "x" }, { "id": "y", "b": 1 }] });
        let apres = json!({ "a": [{ "id": "y", "b": 2 }] });
        assert_eq!(stable(&avant, "/a/1/b"), "/a/y/b");
        assert_eq!(stable(&avant, "/a/1/b"), stable(&apres, "/a/0/b"));
        assert_eq!(stable(&avant, "/a/7/b"), "/a/7/b");
    }
}
