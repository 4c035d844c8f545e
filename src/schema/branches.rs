//! Chooses, when a value matches none of several forms, the form that its author meant. It must not know
//! how errors are worded.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::noeuds::{NON_APPLICABLE, Noeuds};

/// What to tell of a value that matches none of the forms.
pub(super) enum Choix<'a> {
    /// The errors of one form, and the literal values that other forms would have taken.
    Forme(&'a [ValidationError<'static>], Vec<Litteral<'a>>),
    /// All forms are literal values: a list of choices.
    Litteraux(Vec<Litteral<'a>>),
    /// The value has the type of none of the forms.
    Types(Vec<JsonType>),
}

/// A value that the schema names, with its title if it has one.
#[derive(Clone)]
pub(super) struct Litteral<'a> {
    pub(super) valeur: &'a Value,
    pub(super) titre: Option<&'a str>,
}

/// Chooses among the errors of each form; `formes` is the node of the `anyOf` or `oneOf` keyword.
pub(super) fn choisir<'a>(
    noeuds: Noeuds<'a>,
    formes: Option<&'a Value>,
    contexte: &'a [Vec<ValidationError<'static>>],
    instance: &Value,
    pointeur: &str,
) -> Choix<'a> {
    let schemas: Vec<Option<&'a Value>> =
        (0..contexte.len()).map(|rang| formes.and_then(|f| f.get(rang)).map(|f| noeuds.resoudre(f))).collect();
    let branches: Vec<Branche<'a>> = schemas
        .iter()
        .zip(contexte)
        .map(|(schema, erreurs)| Branche::new(*schema, erreurs, instance, pointeur))
        .collect();
    let sans_objet = branches.iter().find(|b| b.sans_objet);
    if let (Some(branche), Some(_)) = (sans_objet, instance.get(NON_APPLICABLE)) {
        return Choix::Forme(branche.erreurs, Vec::new());
    }
    let candidates: Vec<&Branche<'a>> = branches.iter().filter(|b| !b.sans_objet && !b.nulle).collect();
    let litteraux: Vec<Litteral<'a>> = candidates.iter().flat_map(|b| b.litteraux.iter().cloned()).collect();
    if !candidates.is_empty() && candidates.iter().all(|b| !b.litteraux.is_empty()) {
        return Choix::Litteraux(litteraux);
    }
    let libres: Vec<&&Branche<'a>> = candidates.iter().filter(|b| b.litteraux.is_empty()).collect();
    let proche = libres.iter().filter(|b| b.du_type).min_by_key(|b| b.erreurs.len());
    match (proche, libres.as_slice()) {
        (Some(branche), _) => Choix::Forme(branche.erreurs, litteraux),
        (None, [seule]) if litteraux.is_empty() => Choix::Forme(seule.erreurs, Vec::new()),
        (None, _) if litteraux.iter().any(|l| meme_type(l.valeur, instance)) => Choix::Litteraux(litteraux),
        (None, _) => {
            let mut types: Vec<JsonType> = libres.iter().flat_map(|b| b.types()).collect();
            types.extend(litteraux.iter().map(|l| JsonType::from(l.valeur)));
            let mut uniques: Vec<JsonType> = Vec::new();
            for t in types {
                if !uniques.contains(&t) {
                    uniques.push(t);
                }
            }
            Choix::Types(uniques)
        }
    }
}

struct Branche<'a> {
    erreurs: &'a [ValidationError<'static>],
    /// `{"non_applicable": "motif"}`.
    sans_objet: bool,
    nulle: bool,
    /// The instance has the type of the form: something inside is wrong.
    du_type: bool,
    /// The values of a form that names them.
    litteraux: Vec<Litteral<'a>>,
    pointeur: String,
}

impl<'a> Branche<'a> {
    fn new(
        schema: Option<&'a Value>,
        erreurs: &'a [ValidationError<'static>],
        instance: &Value,
        pointeur: &str,
    ) -> Self {
        let propriete = |nom| schema.and_then(|s| s.get("properties")).and_then(|p| p.get(nom));
        let mal_type = erreurs
            .iter()
            .any(|e| matches!(e.kind(), ValidationErrorKind::Type { .. }) && e.instance_path().as_str() == pointeur);
        let litteraux = schema.map(litteraux).unwrap_or_default();
        Self {
            erreurs,
            sans_objet: propriete(NON_APPLICABLE).is_some(),
            nulle: schema.and_then(|s| s.get("type")).is_some_and(|t| t == "null"),
            du_type: !mal_type && (litteraux.is_empty() || litteraux.iter().any(|l| meme_type(l.valeur, instance))),
            litteraux,
            pointeur: pointeur.to_owned(),
        }
    }

    /// The types that the form asked for.
    fn types(&self) -> Vec<JsonType> {
        self.erreurs
            .iter()
            .filter(|e| e.instance_path().as_str() == self.pointeur)
            .flat_map(|e| match e.kind() {
                ValidationErrorKind::Type { kind } => types(kind),
                _ => Vec::new(),
            })
            .collect()
    }
}

/// The types of a type error.
pub(super) fn types(genre: &jsonschema::error::TypeKind) -> Vec<JsonType> {
    match genre {
        jsonschema::error::TypeKind::Single(t) => vec![*t],
        jsonschema::error::TypeKind::Multiple(ensemble) => ensemble.iter().collect(),
    }
}

fn meme_type(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

/// The values that a node names: `const`, `enum`, or a choice between such nodes.
fn litteraux(noeud: &Value) -> Vec<Litteral<'_>> {
    if let Some(valeur) = noeud.get("const") {
        return vec![Litteral { valeur, titre: etiquette(noeud) }];
    }
    if let Some(valeurs) = noeud.get("enum").and_then(Value::as_array) {
        return valeurs.iter().map(|valeur| Litteral { valeur, titre: None }).collect();
    }
    let Some(formes) = noeud.get("oneOf").or_else(|| noeud.get("anyOf")).and_then(Value::as_array) else {
        return Vec::new();
    };
    let listes: Vec<Vec<Litteral<'_>>> = formes.iter().map(litteraux).collect();
    if listes.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    listes.into_iter().flatten().collect()
}

/// The printed label of a named value: its title, or its description.
fn etiquette(noeud: &Value) -> Option<&str> {
    ["title", "description"].iter().find_map(|mot| noeud.get(*mot)?.as_str())
}
