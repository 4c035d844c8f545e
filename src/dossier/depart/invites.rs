//! The shape of a value → « à compléter », with what is expected there in a few words.

use crate::schema::forme::{Forme, Nature};
use serde_json::{Value, json};

/// Longest list of choices that is written in full.
const CHOIX_MAX: usize = 90;

/// « à compléter : montant en euros »; the words given come first.
pub fn a_completer(forme: Option<&Forme>, mots: Option<&str>) -> Value {
    let invite = mots.map(str::to_owned).or_else(|| forme.and_then(attendu));
    json!(invite.map_or_else(|| "à compléter".to_owned(), |invite| format!("à compléter : {invite}")))
}

/// What the reader of words takes for this nature.
fn attendu(forme: &Forme) -> Option<String> {
    let mots = match &forme.nature {
        Nature::Date => "une date (1er janvier 2026)",
        Nature::Echeance => "une année, un trimestre (2e trimestre 2027), un mois ou une date",
        Nature::Annee => "une année",
        Nature::Montant => "un montant en euros",
        Nature::Pourcentage | Nature::Taux(_) => "un pourcentage",
        Nature::Nombre => "un nombre",
        Nature::Booleen => "oui ou non",
        Nature::Finess => "un numéro FINESS, 9 caractères",
        Nature::Siren => "un numéro SIREN, 9 chiffres",
        Nature::Siret => "un numéro SIRET, 14 chiffres",
        Nature::Departement => "le nom ou le numéro du département",
        Nature::Region => "le nom ou le code de la région",
        Nature::Categorie => "IME, SESSAD, EHPAD… (« cpom nomenclatures categories »)",
        Nature::Statut => "association, fondation… (« cpom nomenclatures statuts »)",
        Nature::Choix(choix) => return Some(enumerer(choix)),
        Nature::Texte | Nature::Prose | Nature::Objet | Nature::Table | Nature::Liste | Nature::Libre => return None,
    };
    Some(mots.to_owned())
}

/// The values, as the file takes them.
fn enumerer(choix: &[(String, String)]) -> String {
    let valeurs: Vec<&str> = choix.iter().map(|(valeur, _)| valeur.as_str()).collect();
    let entiere = match valeurs.as_slice() {
        [debut @ .., dernier] if !debut.is_empty() => format!("{} ou {dernier}", debut.join(", ")),
        autres => autres.join(", "),
    };
    if entiere.len() <= CHOIX_MAX {
        return entiere;
    }
    let mut courte = String::new();
    for valeur in valeurs {
        if courte.len() + valeur.len() > CHOIX_MAX {
            break;
        }
        courte.push_str(valeur);
        courte.push_str(", ");
    }
    format!("{}…", courte.trim_end_matches(", "))
}
