//! From a value to what is printed: by its shape (`champ`, `valeur`), or by itself (`{{ e.nom }}`).
//!
//! Every printed value is registered and stands in the text as a token. It must not know the templates.

use super::erreurs::faute;
use super::jetons::{self, Element, Morceau, Registre, morceaux};
use super::objets::{Lacune, Neant, Objet, SansObjet, attribut};
use super::prose;
use crate::contrat::identifiants::Date;
use crate::document::{Attendu, Inline};
use crate::formats;
use crate::nomenclatures;
use crate::remarque::jeton_de_pointeur;
use crate::schema::forme::{Forme, Nature};
use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};
use serde_json::Value as Json;

/// The inlines of any value printed as it is.
pub fn inlines(registre: &Registre, valeur: &Value) -> Result<Vec<Inline>, Error> {
    if let Some(lacune) = valeur.downcast_object_ref::<Lacune>() {
        return Ok(vec![lacune_inline(&lacune.libelle, lacune.pointeur.clone(), None)]);
    }
    if let Some(sans_objet) = valeur.downcast_object_ref::<SansObjet>() {
        return Ok(vec![sans_objet_inline(sans_objet)]);
    }
    if valeur.downcast_object_ref::<Neant>().is_some() {
        return Ok(vec![valeur_inline("–".into(), None, false)]);
    }
    let texte = match valeur.kind() {
        ValueKind::Undefined | ValueKind::None => {
            return Err(faute(ErrorKind::UndefinedError, "une valeur qui n'existe pas est imprimée"));
        }
        ValueKind::Bool => if valeur.is_true() { "oui" } else { "non" }.to_string(),
        ValueKind::Number => nombre(valeur),
        ValueKind::String => return Ok(texte_mixte(registre, valeur.as_str().unwrap_or_default())),
        _ => {
            let nom = valeur.downcast_object_ref::<Objet>().map_or("une liste".to_string(), |o| {
                format!("un objet ({})", o.brut.keys().cloned().collect::<Vec<_>>().join(", "))
            });
            return Err(faute(
                ErrorKind::InvalidOperation,
                format!("{nom} ne s'imprime pas : choisissez une de ses clés, ou parcourez la liste par « for »"),
            ));
        }
    };
    Ok(vec![valeur_inline(texte, None, false)])
}

/// A string that templates have put together may hold tokens among its words.
fn texte_mixte(registre: &Registre, texte: &str) -> Vec<Inline> {
    if !jetons::porte_un_jeton(texte) {
        return vec![valeur_inline(texte.to_string(), None, false)];
    }
    let mut sortie = Vec::new();
    for morceau in morceaux(texte) {
        match morceau {
            Morceau::Texte(t) => sortie.push(valeur_inline(t.to_string(), None, false)),
            Morceau::Jeton(n) => {
                if let Some(Element::Inline(inlines)) = registre.element(n) {
                    sortie.extend(inlines);
                }
            }
            Morceau::Ligne(..) => {}
        }
    }
    sortie
}

/// A number as French text writes it.
pub fn nombre(valeur: &Value) -> String {
    match valeur.as_i64() {
        Some(n) if valeur.is_integer() => formats::entier(n),
        _ => f64::try_from(valeur.clone()).map_or_else(|_| valeur.to_string(), formats::nombre),
    }
}

/// A gap: what is missing, where it would be given, what to add there when the place is a list.
pub fn lacune_inline(libelle: &str, pointeur: String, ajouter: Option<String>) -> Inline {
    Inline::Lacune {
        texte: format!("[à compléter : {libelle}]"),
        pointeur: Some(pointeur),
        demande: Attendu { libelle: libelle.to_string(), ajouter },
    }
}

/// The gap that a clause asks for by itself: where it would be given is a key of an object of the contract, even when
/// nothing is there yet. What is declared without object prints its reason.
pub fn lacune_a(libelle: &str, objet: &Value, cle: &str, ajouter: Option<String>) -> Result<Vec<Inline>, Error> {
    let valeur = attribut(objet, cle)?;
    if let Some(sans_objet) = valeur.downcast_object_ref::<SansObjet>() {
        return Ok(vec![sans_objet_inline(sans_objet)]);
    }
    if let Some(lacune) = valeur.downcast_object_ref::<Lacune>() {
        return Ok(vec![lacune_inline(libelle, lacune.pointeur.clone(), ajouter)]);
    }
    let objet = objet.downcast_object_ref::<Objet>().and_then(|o| o.pointeur.as_ref());
    match objet {
        Some(pointeur) => Ok(vec![lacune_inline(libelle, format!("{pointeur}/{}", jeton_de_pointeur(cle)), ajouter)]),
        None => Err(faute(ErrorKind::InvalidOperation, OU_LA_LACUNE)),
    }
}

/// What a clause that asks without saying where is told.
pub const OU_LA_LACUNE: &str =
    "une lacune dit où donner la valeur : lacune(\"ce qui manque\", objet du contrat, \"clé\")";

/// Its pointer tells what has been printed: see `sans_objet`.
fn sans_objet_inline(sans_objet: &SansObjet) -> Inline {
    valeur_inline(format!("sans objet ({})", sans_objet.motif), sans_objet.pointeur.clone(), false)
}

pub fn valeur_inline(texte: String, pointeur: Option<String>, champ: bool) -> Inline {
    Inline::Valeur { texte, pointeur, champ }
}

/// The value of a key of an object, formatted by its shape: gap, reason or text with its pointer.
pub fn selon_forme(objet: &Value, cle: &str, champ: bool) -> Result<Vec<Inline>, Error> {
    // Reading the key checks it, whatever the object is.
    let valeur = attribut(objet, cle)?;
    if let Some(lacune) = valeur.downcast_object_ref::<Lacune>() {
        return Ok(vec![lacune_inline(&lacune.libelle, lacune.pointeur.clone(), None)]);
    }
    if let Some(sans_objet) = valeur.downcast_object_ref::<SansObjet>() {
        return Ok(vec![sans_objet_inline(sans_objet)]);
    }
    let Some(objet) = objet.downcast_object_ref::<Objet>() else {
        return Err(faute(ErrorKind::InvalidOperation, "un objet du contrat est attendu, suivi du nom d'une clé"));
    };
    let brut = objet.brut.get(cle).cloned().unwrap_or_default();
    let forme = objet.forme.as_ref().and_then(|f| f.cles.get(cle).or(f.element.as_ref()));
    let pointeur = objet.pointeur.as_ref().map(|p| format!("{p}/{}", jeton_de_pointeur(cle)));
    // An empty list says nothing: what has no place is declared so, with its reason.
    if brut.as_array().is_some_and(Vec::is_empty) {
        let libelle = forme.map_or_else(|| cle.to_string(), |f| formats::minuscule(&f.titre));
        return Ok(vec![lacune_inline(&libelle, pointeur.unwrap_or_default(), None)]);
    }
    let texte = match forme {
        Some(forme) => mettre_en_forme(forme, &brut),
        None => brut_en_texte(&brut),
    };
    Ok(vec![valeur_inline(texte, pointeur, champ)])
}

/// A raw value as its nature prints.
pub fn mettre_en_forme(forme: &Forme, brut: &Json) -> String {
    if let Json::Array(elements) = brut {
        let textes: Vec<String> = elements
            .iter()
            .filter(|e| !e.is_object())
            .map(|e| forme.element.as_ref().map_or_else(|| brut_en_texte(e), |f| mettre_en_forme(f, e)))
            .collect();
        return formats::enumerer(&textes);
    }
    let texte = || brut.as_str().map(jetons::purger);
    let rendu = match &forme.nature {
        Nature::Date => texte().and_then(|t| t.parse::<Date>().ok()).map(|d| d.to_string()),
        Nature::Echeance => texte().map(|t| formats::echeance(&t)),
        Nature::Montant => brut.as_f64().map(formats::euros),
        Nature::Pourcentage => brut.as_f64().map(formats::pourcent),
        Nature::Annee => brut.as_i64().map(|a| a.to_string()),
        Nature::Nombre => brut.as_f64().map(formats::nombre),
        Nature::Finess | Nature::Siren | Nature::Siret => texte().map(|t| grouper(&t, &forme.nature)),
        Nature::Departement => texte().map(|t| nomenclatures::departement(&t).map_or(t, |d| d.libelle.to_string())),
        Nature::Region => texte().map(|t| nomenclatures::region(&t).map_or(t, |r| r.libelle.to_string())),
        Nature::Categorie => texte().map(|t| nomenclatures::categorie(&t).map_or(t, |c| c.libelle_imprime.to_string())),
        Nature::Statut => {
            texte().map(|t| nomenclatures::statut(&t).map_or(t, |s| formats::majuscule(s.libelle_imprime)))
        }
        Nature::Choix(_) => texte().map(|t| forme.libelle(&t).map_or(t.clone(), String::from)),
        _ => None,
    };
    rendu.unwrap_or_else(|| brut_en_texte(brut))
}

/// Identifiers are printed as registers write them: SIREN 3-3-3, SIRET 3-3-3-5, FINESS in one piece.
fn grouper(texte: &str, nature: &Nature) -> String {
    let coupes: &[usize] = match nature {
        Nature::Siren | Nature::Siret => &[3, 6, 9],
        _ => &[2, 5, 8],
    };
    formats::en_groupes(texte, coupes)
}

fn brut_en_texte(brut: &Json) -> String {
    match brut {
        Json::String(t) => jetons::purger(t),
        Json::Bool(b) => if *b { "oui" } else { "non" }.into(),
        Json::Number(n) => match n.as_i64() {
            // Years have a nature of their own.
            Some(entier) => formats::quantite_entiere(entier),
            None => n.as_f64().map(formats::nombre).unwrap_or_default(),
        },
        Json::Null | Json::Array(_) | Json::Object(_) => String::new(),
    }
}

/// A long text of the contract as blocks; a gap or a reason as a paragraph.
pub fn prose(objet: &Value, cle: &str) -> Result<Element, Error> {
    let inlines = selon_forme(objet, cle, true)?;
    match inlines.first() {
        Some(Inline::Valeur { pointeur, champ: true, .. }) => {
            let brut = objet.downcast_object_ref::<Objet>().and_then(|o| o.brut.get(cle).cloned());
            let texte = brut.as_ref().and_then(Json::as_str).map(jetons::purger).unwrap_or_default();
            Ok(Element::Blocs(prose::prose(&texte, pointeur.as_deref())))
        }
        _ => Ok(Element::Inline(inlines)),
    }
}
