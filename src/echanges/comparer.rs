//! Two versions of a contract → their differences, in the contract's own terms: where, what, before, after.

use crate::document::{Document, lieux};
use crate::redaction::mettre_en_forme;
use crate::remarque::jeton_de_pointeur;
use crate::schema::chemin::Chemins;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The differences of two versions.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(
    title = "Différences de deux contrats",
    description = "La réponse de « cpom comparer --format json » : ce qui change d'une version à l'autre."
)]
pub struct Comparaison {
    #[schemars(description = "Les différences, dans l'ordre du contrat.")]
    pub differences: Vec<Difference>,
}

/// What changes at one place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(description = "Une différence.")]
pub struct Difference {
    #[schemars(description = "La place, en clair, de la partie du contrat à la valeur.")]
    pub place: Vec<String>,
    #[schemars(
        description = "L'article, l'annexe ou la fiche où la valeur s'imprime ; absent quand elle ne s'imprime pas telle quelle."
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    #[schemars(description = "Pointeur JSON dans la première version.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointeur_avant: Option<String>,
    #[schemars(description = "Pointeur JSON dans la seconde version.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointeur_apres: Option<String>,
    #[schemars(description = "La valeur d'avant, telle qu'elle s'imprime ; absente si la place est nouvelle.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avant: Option<String>,
    #[schemars(description = "La valeur d'après ; absente si la place a disparu.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apres: Option<String>,
}

/// The schema of this answer, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Comparaison>())
}

/// A version of a contract: its data without comments, and what it prints.
#[derive(Debug, Clone, Copy)]
pub struct Version<'v> {
    pub donnees: &'v Value,
    /// None when it cannot be printed; several when there is one per gestionnaire.
    pub documents: &'v [&'v Document],
}

/// Compares two contracts.
pub fn comparer(avant: Version<'_>, apres: Version<'_>) -> Comparaison {
    let chemins = [avant, apres].map(|version| Chemins::de(version.donnees));
    let mut parcours = Parcours { place: Vec::new(), differences: Vec::new(), chemins };
    parcours.objets(avant.donnees, apres.donnees, Some(&forme_du_contrat()), ("", ""));
    let mut differences = parcours.differences;
    let [ancien, nouveau] = [avant, apres].map(|version| -> BTreeMap<String, String> {
        version.documents.iter().rev().flat_map(|document| lieux(document)).collect()
    });
    for difference in &mut differences {
        let dans = |lieux: &BTreeMap<String, String>, pointeur: &Option<String>| -> Option<String> {
            imprimee(lieux, pointeur.as_deref()?)
        };
        difference.article =
            dans(&nouveau, &difference.pointeur_apres).or_else(|| dans(&ancien, &difference.pointeur_avant));
    }
    Comparaison { differences }
}

/// The place of a value in the words of the contract, from the part to the value: « Périmètre », « Établissements », « « IME A » ».
pub(super) fn chemin(donnees: &Value, pointeur: &str) -> Vec<String> {
    Chemins::de(donnees).etapes(pointeur).into_iter().map(|etape| etape.nom).collect()
}

/// The place of a value, or the first of those of its parts.
fn imprimee(lieux: &BTreeMap<String, String>, pointeur: &str) -> Option<String> {
    let dedans = format!("{pointeur}/");
    let premier = || lieux.range(dedans.clone()..).next().filter(|(p, _)| p.starts_with(&dedans));
    lieux.get(pointeur).or_else(|| premier().map(|(_, titre)| titre)).cloned()
}

struct Parcours<'v> {
    place: Vec<String>,
    differences: Vec<Difference>,
    /// The names of the elements in each version.
    chemins: [Chemins<'v>; 2],
}

type Pointeurs<'a> = (&'a str, &'a str);

impl Parcours<'_> {
    fn dire(&mut self, avant: Option<(&str, String)>, apres: Option<(&str, String)>) {
        let pointeur = |cote: &Option<(&str, String)>| cote.as_ref().map(|(p, _)| (*p).to_string());
        self.differences.push(Difference {
            place: self.place.clone(),
            article: None,
            pointeur_avant: pointeur(&avant),
            pointeur_apres: pointeur(&apres),
            avant: avant.map(|(_, texte)| texte),
            apres: apres.map(|(_, texte)| texte),
        });
    }

    fn valeurs(&mut self, avant: &Value, apres: &Value, forme: Option<&Forme>, pointeurs: Pointeurs<'_>) {
        match (avant, apres) {
            _ if egales(avant, apres) => {}
            (Value::Object(_), Value::Object(_)) => self.objets(avant, apres, forme, pointeurs),
            (Value::Array(a), Value::Array(b)) if a.iter().chain(b).any(Value::is_object) => {
                self.listes(a, b, forme, pointeurs);
            }
            _ => self.dire(Some((pointeurs.0, imprime(avant, forme))), Some((pointeurs.1, imprime(apres, forme)))),
        }
    }

    fn objets(&mut self, avant: &Value, apres: &Value, forme: Option<&Forme>, pointeurs: Pointeurs<'_>) {
        let vide = serde_json::Map::new();
        let (a, b) = (avant.as_object().unwrap_or(&vide), apres.as_object().unwrap_or(&vide));
        let cles = b.keys().chain(a.keys().filter(|cle| !b.contains_key(*cle)));
        for cle in cles {
            let sous_forme = forme.and_then(|f| f.cles.get(cle).or(f.element.as_ref())).cloned();
            let sous_forme = sous_forme.as_deref();
            let ici = |base: &str| format!("{base}/{}", jeton_de_pointeur(cle));
            let (pa, pb) = (ici(pointeurs.0), ici(pointeurs.1));
            // The keys of a table are data: years.
            let table = forme.is_some_and(|f| f.nature == Nature::Table);
            self.place.push(sous_forme.filter(|_| !table).map_or_else(|| cle.clone(), |f| f.titre.clone()));
            match (a.get(cle), b.get(cle)) {
                (Some(x), Some(y)) => self.valeurs(x, y, sous_forme, (&pa, &pb)),
                (Some(x), None) => self.seule(x, sous_forme, &pa, true),
                (None, Some(y)) => self.seule(y, sous_forme, &pb, false),
                (None, None) => {}
            }
            self.place.pop();
        }
    }

    /// A value that one version only has: a list is told element by element.
    fn seule(&mut self, valeur: &Value, forme: Option<&Forme>, pointeur: &str, retiree: bool) {
        if let Value::Array(elements) = valeur
            && elements.iter().any(Value::is_object)
        {
            let (a, b): (&[Value], &[Value]) = if retiree { (elements, &[]) } else { (&[], elements) };
            return self.listes(a, b, forme, (pointeur, pointeur));
        }
        let dit = Some((pointeur, imprime(valeur, forme)));
        if retiree { self.dire(dit, None) } else { self.dire(None, dit) }
    }

    fn listes(&mut self, avant: &[Value], apres: &[Value], forme: Option<&Forme>, pointeurs: Pointeurs<'_>) {
        let forme = forme.and_then(|f| f.element.clone());
        let forme = forme.as_deref();
        let cles = |liste: &[Value]| -> Vec<String> {
            let mut comptes: BTreeMap<String, usize> = BTreeMap::new();
            let nommer = |(rang, element): (usize, &Value)| {
                let nom = cle(element).unwrap_or_else(|| format!("#{rang}"));
                let compte = comptes.entry(nom.clone()).or_default();
                *compte += 1;
                if *compte == 1 { nom } else { format!("{nom}\u{0}{}", *compte - 1) }
            };
            liste.iter().enumerate().map(nommer).collect()
        };
        let (noms_avant, noms_apres) = (cles(avant), cles(apres));
        let places: BTreeMap<&String, usize> = noms_avant.iter().enumerate().map(|(rang, nom)| (nom, rang)).collect();
        let gardes: BTreeSet<&String> = noms_apres.iter().collect();
        for (rang, (element, nom)) in apres.iter().zip(&noms_apres).enumerate() {
            let [_, chemins] = &self.chemins;
            self.place.push(chemins.element(element, forme, rang));
            let ici = format!("{}/{rang}", pointeurs.1);
            match places.get(nom) {
                Some(&vieux) => {
                    let la = format!("{}/{vieux}", pointeurs.0);
                    self.valeurs(&avant[vieux], element, forme, (&la, &ici));
                }
                None => self.dire(None, Some((&ici, "ajouté".into()))),
            }
            self.place.pop();
        }
        for (rang, (element, nom)) in avant.iter().zip(&noms_avant).enumerate() {
            if !gardes.contains(nom) {
                let [chemins, _] = &self.chemins;
                self.place.push(chemins.element(element, forme, rang));
                self.dire(Some((&format!("{}/{rang}", pointeurs.0), "retiré".into())), None);
                self.place.pop();
            }
        }
    }
}

/// Equality of values, where `40` and `40.0` are one number.
fn egales(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x.as_f64() == y.as_f64(),
        _ => a == b,
    }
}

/// What tells an element from the others of its list.
fn cle(element: &Value) -> Option<String> {
    const COMPOSEES: [&str; 14] = [
        "objectif",
        "etablissement",
        "autorite",
        "financeur",
        "section",
        "annee",
        "exercice",
        "modalite",
        "partie",
        "annexe",
        "code",
        "regle",
        "acte",
        "reference",
    ];
    if let Some(id) = element.get("id").and_then(Value::as_str) {
        return Some(id.to_string());
    }
    let noms: Vec<String> = COMPOSEES
        .iter()
        .filter_map(|cle| element.get(*cle))
        .filter_map(|v| match v {
            Value::String(texte) => Some(texte.clone()),
            Value::Number(nombre) => Some(nombre.to_string()),
            _ => None,
        })
        .collect();
    (!noms.is_empty()).then(|| noms.join(" "))
}

fn imprime(valeur: &Value, forme: Option<&Forme>) -> String {
    match valeur {
        Value::Object(objet) => match objet.get("non_applicable").and_then(Value::as_str) {
            Some(motif) => format!("sans objet : {motif}"),
            None => "renseigné".into(),
        },
        _ => match forme {
            Some(forme) => mettre_en_forme(forme, valeur),
            None => valeur.as_str().map_or_else(|| valeur.to_string(), String::from),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn differences_are_told_in_the_words_of_the_contract_wherever_elements_moved() {
        let avant = json!({
            "periode": { "debut": "2026-01-01" },
            "perimetre": { "etablissements": [
                { "id": "ime", "nom": "IME A", "jours_ouverture": 210 }, { "id": "mas", "nom": "MAS B" }
            ] }
        });
        let apres = json!({
            "periode": { "debut": "2026-02-01" },
            "perimetre": { "etablissements": [
                { "id": "sessad", "nom": "SESSAD C" }, { "id": "ime", "nom": "IME A", "jours_ouverture": 215.0 }
            ] }
        });
        let version = |donnees| Version { donnees, documents: &[] };
        let dites: Vec<String> = comparer(version(&avant), version(&apres))
            .differences
            .iter()
            .map(|d| format!("{} : {:?} → {:?}", d.place.join(" › "), d.avant.as_deref(), d.apres.as_deref()))
            .collect();
        assert_eq!(dites.len(), 4, "{dites:#?}");
        assert!(
            dites[0].contains("Début : Some(\"1er\u{a0}janvier\u{a0}2026\")") || dites[0].contains("janvier"),
            "{dites:#?}"
        );
        assert!(dites.iter().any(|d| d.contains("« SESSAD C » : None → Some(\"ajouté\")")), "{dites:#?}");
        assert!(
            dites.iter().any(|d| d.contains("« IME A » › Jours d'ouverture : Some(\"210\") → Some(\"215\")")),
            "{dites:#?}"
        );
        assert!(dites.iter().any(|d| d.contains("« MAS B » : Some(\"retiré\") → None")), "{dites:#?}");
        assert!(comparer(version(&avant), version(&avant)).differences.is_empty());
    }
}
