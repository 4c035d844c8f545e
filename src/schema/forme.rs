//! From the JSON Schema to the shape of each value: its French title, its nature, its known keys.
//!
//! Templates are checked against it and values are printed by it. It must not know any template.

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// What kind of value a node of the contract is; decides how it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    Texte,
    Prose,
    Date,
    Echeance,
    Annee,
    Montant,
    Pourcentage,
    Nombre,
    Booleen,
    Finess,
    Siren,
    Siret,
    Departement,
    Region,
    Categorie,
    Statut,
    /// Values with their labels.
    Choix(Vec<(String, String)>),
    Objet,
    /// An object whose keys are data (years).
    Table,
    Liste,
    /// A number or words; a rate or « non fixe ».
    Libre,
}

/// The shape of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forme {
    pub titre: String,
    pub nature: Nature,
    /// Known keys of an object.
    pub cles: BTreeMap<String, Arc<Forme>>,
    /// Shape of the elements of a list or table.
    pub element: Option<Arc<Forme>>,
    /// Whether it may be declared without object, with a reason.
    pub sans_objet: bool,
}

static CONTRAT: LazyLock<Arc<Forme>> = LazyLock::new(|| {
    let schema = super::generation::schema_contrat();
    let definitions = schema.get("$defs").cloned().unwrap_or_default();
    Arc::new(forme(&schema, &definitions, 24))
});

/// The shape of a whole contract.
pub fn forme_du_contrat() -> Arc<Forme> {
    CONTRAT.clone()
}

impl Forme {
    /// The shape at a JSON pointer below this one.
    pub fn a(self: &Arc<Self>, pointeur: &str) -> Option<Arc<Forme>> {
        pointeur
            .split('/')
            .filter(|s| !s.is_empty())
            .try_fold(self.clone(), |forme, cle| forme.cles.get(cle).cloned().or_else(|| forme.element.clone()))
    }

    /// The label of a value of an enumeration.
    pub fn libelle(&self, valeur: &str) -> Option<&str> {
        match &self.nature {
            Nature::Choix(choix) => choix.iter().find(|(v, _)| v == valeur).map(|(_, l)| l.as_str()),
            _ => None,
        }
    }
}

/// The label of a value of an enumeration type of the contract (`StatutMoyens`, « finance »).
pub fn libelle_de(definition: &str, valeur: &str) -> Option<String> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(super::generation::schema_contrat);
    choix(SCHEMA.pointer(&format!("/$defs/{definition}"))?)
        .into_iter()
        .find(|(v, _)| v == valeur)
        .map(|(_, libelle)| libelle)
}

fn forme(noeud: &Value, definitions: &Value, profondeur: u8) -> Forme {
    let titre_propre = noeud.get("title").and_then(Value::as_str);
    if profondeur > 0 {
        if let Some(nom) = noeud.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/$defs/")) {
            let cible = definitions.get(nom).unwrap_or(&Value::Null);
            let mut forme = forme(cible, definitions, profondeur - 1);
            if let Some(nature) = nature_nommee(nom) {
                forme.nature = nature;
            }
            return avec_titre(forme, titre_propre);
        }
        if let Some(premier) = noeud.pointer("/anyOf/0")
            && noeud.pointer("/anyOf/1/$ref").and_then(Value::as_str) == Some("#/$defs/NonApplicable")
        {
            let forme = Forme { sans_objet: true, ..forme(premier, definitions, profondeur - 1) };
            return avec_titre(forme, titre_propre);
        }
    }
    let titre = titre_propre.unwrap_or("valeur").to_string();
    let sous_forme = |n: &Value| Arc::new(forme(n, definitions, profondeur.saturating_sub(1)));
    let cles: BTreeMap<String, Arc<Forme>> = noeud
        .get("properties")
        .and_then(Value::as_object)
        .filter(|_| profondeur > 0)
        .map(|p| p.iter().filter(|(c, _)| !c.starts_with('$')).map(|(c, n)| (c.clone(), sous_forme(n))).collect())
        .unwrap_or_default();
    let type_json = noeud.get("type").and_then(Value::as_str).unwrap_or_default();
    let element = match type_json {
        "array" => noeud.get("items").map(&sous_forme),
        "object" => noeud.get("additionalProperties").filter(|a| a.is_object()).map(&sous_forme),
        _ => None,
    };
    let labels = choix(noeud);
    let nature = match type_json {
        _ if !labels.is_empty() => Nature::Choix(labels),
        "array" => Nature::Liste,
        "object" if element.is_some() => Nature::Table,
        "object" => Nature::Objet,
        "boolean" => Nature::Booleen,
        "integer" | "number" => Nature::Nombre,
        "string" => Nature::Texte,
        _ => Nature::Libre,
    };
    Forme { titre, nature, cles, element, sans_objet: false }
}

fn avec_titre(mut forme: Forme, titre: Option<&str>) -> Forme {
    if let Some(titre) = titre {
        forme.titre = titre.to_string();
    }
    forme
}

/// The natures that a definition's name tells better than its JSON type.
fn nature_nommee(nom: &str) -> Option<Nature> {
    Some(match nom {
        "Prose" => Nature::Prose,
        "Date" => Nature::Date,
        "Echeance" => Nature::Echeance,
        "Annee" => Nature::Annee,
        "Montant" => Nature::Montant,
        "Pourcentage" => Nature::Pourcentage,
        "Finess" => Nature::Finess,
        "Siren" => Nature::Siren,
        "Siret" => Nature::Siret,
        "CodeDepartement" => Nature::Departement,
        "CodeRegion" => Nature::Region,
        "CodeCategorie" => Nature::Categorie,
        "CodeStatut" => Nature::Statut,
        "Mesure" | "Taux" | "Inclusion" => Nature::Libre,
        _ => return None,
    })
}

/// The labelled constants of an enumeration.
fn choix(noeud: &Value) -> Vec<(String, String)> {
    noeud
        .get("oneOf")
        .and_then(Value::as_array)
        .map(|choix| {
            choix
                .iter()
                .filter_map(|c| Some((c.get("const")?.as_str()?.to_string(), c.get("title")?.as_str()?.to_string())))
                .collect()
        })
        .unwrap_or_default()
}
