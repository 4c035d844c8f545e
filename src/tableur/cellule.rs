//! A value of the contract ↔ what a cell shows of it.

use super::colonnes::{Colonne, Genre};
use super::noms::Noms;
use crate::contrat::champ::NON_APPLICABLE;
use crate::contrat::renvois::Vers;
use crate::contrat::textes::Id;
use crate::formats::mots::plat;
use crate::formats::{sans_accents, tableur};
use crate::lecture::classeur::{Contenu, TEXTE_MAX, date_du_nombre};
use crate::saisie;
use crate::schema::forme::{Forme, Nature};
use serde_json::{Value, json};

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Montre {
    Vide,
    Nombre(f64),
    /// A day, « 2026-09-01 ».
    Jour(String),
    Texte(String),
    /// More characters than a cell can hold: shown cut, never read.
    TropLong(String),
}

const SANS_OBJET: &str = "sans objet : ";
const EXCLU: &str = "Non : ";
/// What follows a text that is cut.
pub(super) const COUPE: &str = "\n[trop long pour une cellule : la suite est dans le contrat]";

/// What a cell shows of a value; nothing of what no cell can hold.
pub(super) fn montrer(colonne: &Colonne, valeur: Option<&Value>, noms: &Noms) -> Option<Montre> {
    let Some(valeur) = valeur.filter(|v| !v.is_null()) else { return Some(Montre::Vide) };
    if let Some(motif) = sans_objet(valeur) {
        return Some(texte(format!("{SANS_OBJET}{motif}")));
    }
    match &colonne.genre {
        Genre::SansObjet | Genre::Parent | Genre::Calcul(_) => None,
        Genre::Liste => {
            let element = colonne.forme.element.as_deref()?;
            let elements = valeur.as_array()?;
            let mots: Vec<String> =
                elements.iter().map(|v| simple(element, colonne.vers, v, noms)).collect::<Option<_>>()?;
            // An empty line would be lost.
            if mots.iter().any(|mot| mot.trim().is_empty() || mot.contains('\n')) {
                return None;
            }
            Some(if mots.is_empty() { Montre::Vide } else { texte(mots.join("\n")) })
        }
        Genre::Valeur | Genre::Annee { .. } => une(&colonne.forme, colonne.vers, valeur, noms),
    }
}

/// The reason of a value declared without object.
pub(super) fn sans_objet(valeur: &Value) -> Option<&str> {
    let objet = valeur.as_object()?;
    let motif = objet.get(NON_APPLICABLE)?.as_str()?;
    (objet.len() == 1).then_some(motif)
}

fn texte(texte: String) -> Montre {
    if texte.chars().map(char::len_utf16).sum::<usize>() <= TEXTE_MAX {
        return Montre::Texte(texte);
    }
    let debut: String = texte.chars().take(TEXTE_MAX / 2).collect();
    Montre::TropLong(debut + COUPE)
}

fn une(forme: &Forme, vers: Option<Vers>, valeur: &Value, noms: &Noms) -> Option<Montre> {
    if est_inclusion(forme) {
        return Some(match (valeur, valeur.get("motif").and_then(Value::as_str)) {
            (Value::Bool(true), _) => Montre::Texte("Oui".into()),
            (_, Some(motif)) if valeur.as_object().is_some_and(|o| o.len() == 1) => texte(format!("{EXCLU}{motif}")),
            _ => return None,
        });
    }
    match (&forme.nature, valeur) {
        (Nature::Date, Value::String(jour)) if est_un_jour(jour) => Some(Montre::Jour(jour.clone())),
        (
            Nature::Montant | Nature::Pourcentage | Nature::Nombre | Nature::Annee | Nature::Libre | Nature::Taux(_),
            Value::Number(nombre),
        ) => nombre.as_f64().filter(|n| n.is_finite() && n.abs() < 9e15).map(Montre::Nombre),
        (Nature::Booleen, Value::Bool(oui)) => Some(Montre::Texte(if *oui { "Oui" } else { "Non" }.into())),
        _ => simple(forme, vers, valeur, noms).map(texte),
    }
}

/// The words of a value that stands alone.
fn simple(forme: &Forme, vers: Option<Vers>, valeur: &Value, noms: &Noms) -> Option<String> {
    if let (Some(vers), Value::String(id)) = (vers, valeur) {
        return Some(noms.nom(vers, id).unwrap_or(id).to_owned());
    }
    match (&forme.nature, valeur) {
        (Nature::Finess | Nature::Siren | Nature::Siret, Value::String(numero)) => Some(numero.clone()),
        (
            Nature::Texte | Nature::Prose | Nature::Libre | Nature::Objet | Nature::Liste | Nature::Table,
            Value::String(s),
        ) => Some(s.clone()),
        _ => saisie::afficher(forme, valeur),
    }
}

fn est_inclusion(forme: &Forme) -> bool {
    forme.definition.as_deref() == Some("Inclusion")
}

/// A day that a spreadsheet counts.
fn est_un_jour(jour: &str) -> bool {
    jour.len() == 10 && jour.parse::<jiff::civil::Date>().is_ok_and(|d| (1950..=2100).contains(&d.year()))
}

/// Whether a cell still shows what was put in it.
pub(super) fn inchangee(montre: &Montre, contenu: Option<&Contenu>) -> bool {
    match (montre, contenu) {
        (Montre::TropLong(_), _) => true,
        (Montre::Vide, None) => true,
        (Montre::Vide, Some(Contenu::Texte(lu))) => lu.trim().is_empty(),
        (Montre::Texte(dit), Some(Contenu::Texte(lu))) => uni(dit) == uni(lu) || uni(&tableur::cellule(dit)) == uni(lu),
        (Montre::Nombre(n), Some(Contenu::Nombre(lu))) => proches(*n, *lu),
        (Montre::Jour(jour), Some(Contenu::Date(lu))) => lu.get(..10) == Some(jour) && lu.len() <= 19,
        _ => false,
    }
}

/// Line ends and spaces at the end of lines differ from one spreadsheet to another.
fn uni(texte: &str) -> String {
    let texte = texte.replace("\r\n", "\n").replace('\r', "\n");
    texte.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn proches(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

/// The value that a cell says; `None` of an empty one. The error is a sentence without its point.
pub(super) fn lire(
    colonne: &Colonne,
    contenu: &Contenu,
    present: Option<&Value>,
    noms: &Noms,
    epoque_1904: bool,
) -> Result<Option<Value>, String> {
    if let Contenu::Erreur(erreur) = contenu {
        return Err(format!("la cellule porte l'erreur {erreur}"));
    }
    let forme = &colonne.forme;
    if let Contenu::Texte(lu) = contenu {
        let lu = lu.trim();
        if lu.is_empty() {
            return Ok(None);
        }
        if let Some(motif) = motif_sans_objet(lu) {
            return match motif.chars().count() {
                0..3 => Err("le motif manque : écrivez « sans objet : », puis pourquoi".to_owned()),
                _ => Ok(Some(json!({ NON_APPLICABLE: motif }))),
            };
        }
    }
    match &colonne.genre {
        Genre::SansObjet => {
            Err("cette cellule ne peut dire que « sans objet : motif » ; les valeurs sont dans leur feuille".to_owned())
        }
        Genre::Parent | Genre::Calcul(_) => Ok(None),
        Genre::Liste => liste(colonne, contenu, present, noms).map(Some),
        Genre::Valeur | Genre::Annee { .. } => {
            if est_inclusion(forme) {
                return inclusion(&en_texte(contenu)).map(Some);
            }
            un(forme, colonne.vers, contenu, noms, epoque_1904).map(Some)
        }
    }
}

/// What follows « sans objet : ».
fn motif_sans_objet(texte: &str) -> Option<&str> {
    let debut: String = texte.chars().take(10).collect();
    (sans_accents(&debut).to_lowercase() == "sans objet").then_some(())?;
    let suite = texte.get(debut.len()..)?.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{A0}');
    suite.strip_prefix(':').map(str::trim)
}

fn inclusion(lu: &str) -> Result<Value, String> {
    let plat = plat(lu);
    if ["oui", "vrai", "true", "1", "x"].contains(&plat.as_str()) {
        return Ok(json!(true));
    }
    let motif = lu
        .split_once([':', ','])
        .filter(|(mot, _)| super::cellule::plat_est(mot, "non"))
        .map(|(_, motif)| motif.trim());
    match motif {
        Some(motif) if motif.chars().count() >= 3 => Ok(json!({ "motif": motif })),
        _ => Err("on attend « Oui », ou « Non : » suivi du motif de l'exclusion".to_owned()),
    }
}

pub(super) fn plat_est(mot: &str, attendu: &str) -> bool {
    plat(mot.trim()) == attendu
}

/// The words of a cell, whatever its type.
pub(super) fn en_texte(contenu: &Contenu) -> String {
    match contenu {
        Contenu::Vide => String::new(),
        // The apostrophe that keeps a text from being a formula is none of its words.
        Contenu::Texte(texte) => match texte.strip_prefix('\'') {
            Some(nu) if tableur::cellule(nu) != nu => uni(nu),
            _ => uni(texte),
        },
        Contenu::Erreur(texte) => texte.clone(),
        Contenu::Nombre(n) => nombre(*n).map_or_else(|| n.to_string(), |n| n.to_string()),
        Contenu::Booleen(oui) => if *oui { "oui" } else { "non" }.to_owned(),
        Contenu::Date(jour) => jour.clone(),
    }
}

/// 12 of 12.0.
fn nombre(n: f64) -> Option<Value> {
    if !n.is_finite() {
        return None;
    }
    Some(if n.fract() == 0.0 && n.abs() < 9e15 { json!(n as i64) } else { json!(n) })
}

/// A number as spreadsheets compute it, without what binary fractions add: 15 digits are all that they show.
fn arrondi(n: f64) -> f64 {
    format!("{n:.14e}").parse().unwrap_or(n)
}

fn un(forme: &Forme, vers: Option<Vers>, contenu: &Contenu, noms: &Noms, epoque_1904: bool) -> Result<Value, String> {
    if let Some(vers) = vers {
        return reference(forme, vers, &en_texte(contenu), noms);
    }
    match (&forme.nature, contenu) {
        (
            Nature::Montant | Nature::Pourcentage | Nature::Nombre | Nature::Libre | Nature::Annee | Nature::Taux(_),
            Contenu::Nombre(n),
        ) => {
            let mut n = arrondi(*n);
            if forme.nature == Nature::Montant {
                let centimes = (n * 100.0).round() / 100.0;
                if (n - centimes).abs() > 1e-6 {
                    return Err(
                        format!("{n} a plus de deux décimales : un montant s'arrête aux centimes").replace('.', ",")
                    );
                }
                n = centimes;
            }
            nombre(n).ok_or_else(|| "ce n'est pas un nombre".to_owned())
        }
        (Nature::Date, Contenu::Date(lu)) => Ok(json!(lu.get(..10).unwrap_or(lu))),
        (Nature::Date, Contenu::Nombre(n)) => date_du_nombre(*n, epoque_1904)
            .map(|jour| json!(jour))
            .ok_or_else(|| format!("« {} » n'est pas une date", en_texte(contenu))),
        (Nature::Echeance, Contenu::Date(lu)) => Ok(json!(lu.get(..10).unwrap_or(lu))),
        // A number typed in a cell of numbers has lost the nought before it.
        (Nature::Finess, Contenu::Nombre(_)) => saisie::lire(forme, &format!("{:0>9}", en_texte(contenu))),
        (Nature::Departement, Contenu::Nombre(_)) => saisie::lire(forme, &format!("{:0>2}", en_texte(contenu))),
        (Nature::Booleen, _) => match plat(&en_texte(contenu)).as_str() {
            "1" | "x" => Ok(json!(true)),
            "0" => Ok(json!(false)),
            _ => saisie::lire(forme, &en_texte(contenu)),
        },
        (_, Contenu::Vide) => {
            Err("la formule n'a jamais été calculée : ouvrez le classeur dans le tableur et enregistrez-le".to_owned())
        }
        _ => saisie::lire(forme, &en_texte(contenu)),
    }
}

fn reference(forme: &Forme, vers: Vers, lu: &str, noms: &Noms) -> Result<Value, String> {
    if vers.du_modele() || vers == Vers::Element {
        return Ok(json!(lu));
    }
    // An identifier that no one bears is the contract's to judge; words may stand where the schema admits any.
    let peut_l_etre = forme.definition.as_deref() != Some("Id") || Id::lire(lu).is_some();
    match noms.id(vers, lu) {
        Some(id) => Ok(json!(id)),
        None if peut_l_etre => Ok(json!(lu)),
        None => Err(format!("ce nom n'est celui d'{} ; choisissez dans la liste de la cellule", vers.aucun())),
    }
}

fn liste(colonne: &Colonne, contenu: &Contenu, present: Option<&Value>, noms: &Noms) -> Result<Value, String> {
    let texte = en_texte(contenu);
    let avec_points = present
        .and_then(Value::as_array)
        .is_some_and(|elements| elements.iter().any(|e| e.as_str().is_some_and(|mot| mot.contains(';'))));
    let morceaux: Vec<&str> = match texte.contains('\n') || avec_points {
        true => texte.lines().collect(),
        false => texte.split(';').collect(),
    };
    let element = colonne.forme.element.as_deref().ok_or("ce n'est pas une liste")?;
    let lus = morceaux.into_iter().map(str::trim).filter(|mot| !mot.is_empty());
    lus.map(|mot| un(element, colonne.vers, &Contenu::Texte(mot.to_owned()), noms, false))
        .collect::<Result<Vec<_>, _>>()
        .map(Value::Array)
}

/// 12 and 12.0 are one value.
pub(super) fn memes(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| proches(a, b)),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| memes(a, b)),
        _ => a == b,
    }
}
