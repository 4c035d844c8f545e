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
    /// A percentage, or one of these words with their labels.
    Taux(Vec<(String, String)>),
    /// A number or words.
    Libre,
}

/// The shape of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forme {
    pub titre: String,
    /// What it is, for who fills it; empty when the schema says nothing.
    pub aide: String,
    pub exemple: Option<Value>,
    pub nature: Nature,
    /// The name of the type, when it has one (« Etablissement », « Id »).
    pub definition: Option<String>,
    /// Known keys of an object.
    pub cles: BTreeMap<String, Arc<Forme>>,
    /// The same keys in the order of the schema, and those of them that an object must have.
    pub ordre: Vec<String>,
    pub requises: Vec<String>,
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
    /// A shape that is not of the schema: no keys, no element.
    pub fn de_nature(titre: impl Into<String>, nature: Nature) -> Self {
        Forme {
            titre: titre.into(),
            aide: String::new(),
            exemple: None,
            nature,
            definition: None,
            cles: BTreeMap::new(),
            ordre: Vec::new(),
            requises: Vec::new(),
            element: None,
            sans_objet: false,
        }
    }

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
            Nature::Choix(choix) | Nature::Taux(choix) => {
                choix.iter().find(|(v, _)| v == valeur).map(|(_, l)| l.as_str())
            }
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
    if profondeur > 0 {
        if let Some(nom) = noeud.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/$defs/")) {
            let cible = definitions.get(nom).unwrap_or(&Value::Null);
            let mut forme = forme(cible, definitions, profondeur - 1);
            if let Some(nature) = nature_nommee(nom) {
                forme.nature = nature;
            }
            forme.definition = Some(nom.to_owned());
            return presentee(forme, noeud);
        }
        if let Some(premier) = noeud.pointer("/anyOf/0")
            && noeud.pointer("/anyOf/1/$ref").and_then(Value::as_str) == Some("#/$defs/NonApplicable")
        {
            let forme = Forme { sans_objet: true, ..forme(premier, definitions, profondeur - 1) };
            return presentee(forme, noeud);
        }
    }
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
        _ => taux(noeud, definitions).unwrap_or(Nature::Libre),
    };
    let mots = |cle: &str| -> Vec<String> {
        let liste = noeud.get(cle).and_then(Value::as_array).into_iter().flatten();
        liste.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let ordre = noeud.get("properties").and_then(Value::as_object).into_iter().flat_map(|p| p.keys());
    let forme = Forme {
        ordre: ordre.filter(|cle| cles.contains_key(*cle)).cloned().collect(),
        requises: mots("required"),
        cles,
        element,
        ..Forme::de_nature("valeur", nature)
    };
    presentee(forme, noeud)
}

/// What a node of the schema says of a value stands before what its type says.
fn presentee(mut forme: Forme, noeud: &Value) -> Forme {
    let mot = |cle: &str| noeud.get(cle).and_then(Value::as_str).map(str::to_owned);
    if let Some(titre) = mot("title") {
        forme.titre = titre;
    }
    if let Some(aide) = mot("description") {
        forme.aide = aide;
    }
    if let Some(exemple) = noeud.pointer("/examples/0") {
        forme.exemple = Some(exemple.clone());
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
        "Mesure" | "Inclusion" => Nature::Libre,
        _ => return None,
    })
}

/// What may be a percentage or one of a few words.
fn taux(noeud: &Value, definitions: &Value) -> Option<Nature> {
    let nom = |rang: usize| noeud.pointer(&format!("/anyOf/{rang}/$ref"))?.as_str()?.strip_prefix("#/$defs/");
    let mots = choix(definitions.get(nom(1)?)?);
    (nom(0)? == "Pourcentage" && !mots.is_empty()).then_some(Nature::Taux(mots))
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
