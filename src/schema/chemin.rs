//! A JSON pointer of a contract → the same place as people name it: « Moyens › Budgets › IME Les Mimosas, ARS › Dépenses ».
//!
//! What is there has the titles of the schema and the names of its elements; an identifier is a last resort.

use super::forme::{Forme, Nature, forme_du_contrat, libelle_de};
use crate::nomenclatures;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Between two steps of a path.
pub const PUIS: &str = " › ";

/// Most characters of a name in a path.
const COURT: usize = 70;

/// What an element is about, when it has no name of its own; the kind of what each key names.
const COMPOSEES: [(&str, Option<Genre>); 15] = [
    ("objectif", Some(Genre::Objectif)),
    ("etablissement", Some(Genre::Etablissement)),
    ("autorite", Some(Genre::Partie)),
    ("financeur", Some(Genre::Partie)),
    ("section", None),
    ("annee", None),
    ("exercice", None),
    ("modalite", None),
    ("partie", Some(Genre::Partie)),
    ("type", None),
    ("annexe", None),
    ("code", None),
    ("regle", None),
    ("acte", None),
    ("reference", None),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Genre {
    Etablissement,
    Partie,
    Objectif,
    Autre,
}

/// Where the elements that others name stand.
const NOMMES: [(&str, Genre); 6] = [
    ("/perimetre/etablissements", Genre::Etablissement),
    ("/parties/autorites", Genre::Partie),
    ("/parties/gestionnaires", Genre::Partie),
    ("/objectifs", Genre::Objectif),
    ("/diagnostic/constats", Genre::Autre),
    ("/axes", Genre::Autre),
];

/// A step of a path: what it is, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Etape {
    pub nom: String,
    /// Whether it is an element of a list.
    pub element: bool,
}

/// The paths of the data of one contract.
pub struct Chemins<'v> {
    donnees: &'v Value,
    forme: Arc<Forme>,
    noms: BTreeMap<(Genre, &'v str), String>,
    /// The name of the first element that bears each identifier, whatever it is.
    par_id: BTreeMap<&'v str, String>,
}

impl<'v> Chemins<'v> {
    pub fn de(donnees: &'v Value) -> Self {
        let (mut noms, mut par_id) = (BTreeMap::new(), BTreeMap::new());
        for (liste, genre) in NOMMES {
            for element in donnees.pointer(liste).and_then(Value::as_array).into_iter().flatten() {
                if let (Some(id), Some(nom)) = (texte(element, "id"), nom_propre(element).or_else(|| autorite(element)))
                {
                    par_id.entry(id).or_insert_with(|| nom.clone());
                    noms.entry((genre, id)).or_insert(nom);
                }
            }
        }
        Chemins { donnees, forme: forme_du_contrat(), noms, par_id }
    }

    /// « Moyens › Budgets › IME Les Mimosas, 2025 »; nothing for the whole contract.
    pub fn texte(&self, pointeur: &str) -> String {
        self.etapes(pointeur).into_iter().map(|etape| etape.nom).collect::<Vec<_>>().join(PUIS)
    }

    /// The steps from the root to a value, whether or not it is there.
    pub fn etapes(&self, pointeur: &str) -> Vec<Etape> {
        let mut sortie = Vec::new();
        let (mut ici, mut forme) = (Some(self.donnees), Some(self.forme.clone()));
        for jeton in pointeur.split('/').skip(1) {
            let cle = jeton.replace("~1", "/").replace("~0", "~");
            let liste = match (ici, &forme) {
                (Some(valeur), _) => valeur.is_array(),
                (None, Some(forme)) => forme.nature == Nature::Liste,
                (None, None) => false,
            };
            let suite = match ici {
                Some(Value::Array(elements)) => cle.parse::<usize>().ok().and_then(|rang| elements.get(rang)),
                Some(valeur) => valeur.get(&cle),
                None => None,
            };
            let sous_forme = forme.as_ref().and_then(|f| f.cles.get(&cle).or(f.element.as_ref()).cloned());
            let nom = match (liste, cle.parse::<usize>()) {
                (true, Ok(rang)) => match suite {
                    Some(element) => self.element(element, sous_forme.as_deref(), rang),
                    None => format!("n° {}, à remplir", rang.saturating_add(1)),
                },
                _ => match (&forme, &sous_forme) {
                    // The keys of a table are data: years.
                    (Some(table), _) if table.nature == Nature::Table => court(&cle),
                    (_, Some(connue)) => connue.titre.clone(),
                    _ => format!("« {} »", court(&cle)),
                },
            };
            sortie.push(Etape { nom, element: liste });
            (ici, forme) = (suite, sous_forme);
        }
        sortie
    }

    /// An element of a list as people name it: its name or title, else what it is about, else its rank.
    pub fn element(&self, element: &Value, forme: Option<&Forme>, rang: usize) -> String {
        if let Value::String(valeur) = element {
            let connu = self.nom_de(valeur).map(String::from);
            return connu.unwrap_or_else(|| format!("« {} »", court(valeur)));
        }
        if let Some(nom) = nom_propre(element) {
            return format!("« {nom} »");
        }
        let id = texte(element, "id");
        let connu = || id.and_then(|id| self.nom_de(id)).map(String::from);
        let sujet = || self.sujet(element, forme);
        let sans_nom = || id.map_or_else(|| format!("n° {}", rang + 1), |id| format!("« {} »", court(id)));
        connu().or_else(sujet).unwrap_or_else(sans_nom)
    }

    fn nom_de(&self, id: &str) -> Option<&str> {
        self.par_id.get(id).map(String::as_str)
    }

    /// « IME Les Mimosas, ARS Bretagne, 2025 »: what tells an element without a name from the others.
    fn sujet(&self, element: &Value, forme: Option<&Forme>) -> Option<String> {
        let mots: Vec<String> = COMPOSEES
            .iter()
            .filter_map(|(cle, genre)| {
                let valeur = element.get(*cle)?;
                if let Value::Number(nombre) = valeur {
                    return Some(nombre.to_string());
                }
                let mot = valeur.as_str()?;
                let nom = genre.and_then(|genre| self.noms.get(&(genre, mot)).cloned());
                let libelle = || forme.and_then(|f| f.cles.get(*cle)?.libelle(mot).map(String::from));
                Some(nom.or_else(libelle).unwrap_or_else(|| court(mot)))
            })
            .collect();
        match mots.as_slice() {
            [] => None,
            [seul] => Some(format!("« {seul} »")),
            _ => Some(mots.join(", ")),
        }
    }
}

fn texte<'v>(element: &'v Value, cle: &str) -> Option<&'v str> {
    element.get(cle)?.as_str()
}

fn nom_propre(element: &Value) -> Option<String> {
    ["nom", "titre", "libelle", "texte"].iter().find_map(|cle| texte(element, cle)).map(court)
}

/// An authority without a name has that of its territory.
fn autorite(element: &Value) -> Option<String> {
    let genre = texte(element, "type")?;
    let region = texte(element, "region").and_then(nomenclatures::region);
    let departement = texte(element, "departement").and_then(nomenclatures::departement);
    Some(match (genre, region, departement) {
        ("ars", Some(region), _) => format!("ARS {}", region.libelle),
        ("ars", None, _) => "ARS".into(),
        ("departement", _, Some(d)) => format!("Département {}", d.de),
        _ => libelle_de("TypeAutorite", genre)?,
    })
}

/// The first line of a text, cut if it is long.
fn court(texte: &str) -> String {
    let ligne = texte.lines().next().unwrap_or_default();
    match ligne.chars().count() > COURT {
        true => ligne.chars().take(COURT - 1).chain(['…']).collect(),
        false => ligne.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn contrat() -> Value {
        json!({
            "parties": {
                "autorites": [{ "id": "ars", "type": "ars", "region": "93" }],
                "gestionnaires": [{ "id": "og" }]
            },
            "perimetre": { "etablissements": [{ "id": "ime", "nom": "IME Les Mimosas" }, { "id": "mas" }] },
            "objectifs": [{ "id": "obj-1", "titre": "Fluidifier les parcours", "etablissements": ["ime"] }],
            "fiches_actions": [{ "objectif": "obj-1", "indicateurs": [{ "libelle": "Délai" }] }],
            "activite": [{ "etablissement": "mas", "modalite": "semi_internat" }],
            "moyens": { "budgets": [{ "etablissement": "ime", "financeur": "ars", "annee": 2025 }] },
        })
    }

    #[test]
    fn a_place_has_the_titles_of_the_schema_and_the_names_of_the_elements() {
        let contrat = contrat();
        let chemins = Chemins::de(&contrat);
        let dit = |pointeur: &str| chemins.texte(pointeur);
        let budget = "Moyens › Budgets › IME Les Mimosas, ARS Provence-Alpes-Côte d'Azur, 2025 › Dépenses › Groupe II";
        assert_eq!(dit("/moyens/budgets/0/depenses/groupe_2"), budget);
        let source = "Fiches actions › « Fluidifier les parcours » › Indicateurs › « Délai » › Source";
        assert_eq!(dit("/fiches_actions/0/indicateurs/0/source"), source);
        assert!(dit("/objectifs/0/etablissements/0").ends_with("› IME Les Mimosas"));
        assert!(dit("/perimetre/etablissements/1/nom").ends_with("› « mas » › Nom"));
        assert!(dit("/activite/0/realise/2024").ends_with("› 2024"), "{}", dit("/activite/0/realise/2024"));
        assert_eq!(dit(""), "");
    }

    #[test]
    fn what_is_not_there_has_a_path_too() {
        let contrat = contrat();
        let chemins = Chemins::de(&contrat);
        assert!(chemins.texte("/fiches_actions/1/acteurs").ends_with("› n° 2, à remplir › Acteurs"));
        assert!(chemins.texte("/inconnue/0/autre").starts_with("« inconnue »"));
        assert!(!chemins.texte("/signature/lieu").is_empty());
        for pointeur in ["/", "//", "/0/0", "/moyens/budgets/x", "/moyens/budgets/99999999999999999999"] {
            chemins.texte(pointeur);
        }
    }
}
