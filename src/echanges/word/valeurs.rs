//! The words of a field → the value that the contract holds, by its nature: the way back of the formats.

use crate::contrat::identifiants::{Date, MOIS};
use crate::formats::sans_accents;
use crate::nomenclatures;
use crate::schema::forme::{Forme, Nature};
use serde_json::{Value, json};

/// Reads a field; otherwise what was expected, as the end of a sentence.
pub fn lire(forme: &Forme, texte: &str) -> Result<Value, String> {
    let texte = propre(texte);
    if texte.is_empty() {
        return Err("le champ est vide".into());
    }
    let attendu = |quoi: &str| format!("« {texte} » n'est pas {quoi}");
    match &forme.nature {
        Nature::Date => date(&texte).map(|d| json!(d)).ok_or_else(|| attendu("une date (« 1er janvier 2026 »)")),
        Nature::Echeance => echeance(&texte)
            .map(|e| json!(e))
            .ok_or_else(|| attendu("une échéance (« 2e trimestre 2027 », « juin 2027 »)")),
        Nature::Annee => texte.parse::<u16>().map(|n| json!(n)).map_err(|_| attendu("une année (quatre chiffres)")),
        Nature::Montant => nombre(texte.trim_end_matches('€')).ok_or_else(|| attendu("un montant en euros")),
        Nature::Pourcentage => nombre(texte.trim_end_matches('%')).ok_or_else(|| attendu("un pourcentage")),
        Nature::Nombre => nombre(&texte).ok_or_else(|| attendu("un nombre")),
        Nature::Booleen => match sans_accents(&texte).as_str() {
            "oui" => Ok(json!(true)),
            "non" => Ok(json!(false)),
            _ => Err(attendu("« oui » ou « non »")),
        },
        Nature::Finess | Nature::Siren | Nature::Siret => {
            let serre: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
            Ok(json!(serre))
        }
        Nature::Choix(choix) => {
            let voulu = sans_accents(&texte);
            let trouve = choix.iter().find(|(valeur, libelle)| sans_accents(libelle) == voulu || *valeur == voulu);
            trouve.map(|(valeur, _)| json!(valeur)).ok_or_else(|| {
                let libelles: Vec<&str> = choix.iter().map(|(_, l)| l.as_str()).collect();
                attendu(&format!("un des choix admis : {}", libelles.join(", ")))
            })
        }
        Nature::Departement => {
            let trouve = nomenclatures::departements().iter().find(|d| sans_accents(d.libelle) == sans_accents(&texte));
            trouve.map(|d| json!(d.code)).ok_or_else(|| attendu("un département"))
        }
        Nature::Region => {
            let trouve = nomenclatures::regions().iter().find(|r| sans_accents(r.libelle) == sans_accents(&texte));
            trouve.map(|r| json!(r.code)).ok_or_else(|| attendu("une région"))
        }
        Nature::Categorie | Nature::Statut => {
            Err("un code ne se change pas dans le Word : changez-le dans le contrat".into())
        }
        // A number or words.
        Nature::Libre => Ok(nombre(&texte).unwrap_or_else(|| json!(texte))),
        _ => Ok(json!(texte)),
    }
}

/// The typography that printing laid is taken off: fixed spaces, curly apostrophes.
fn propre(texte: &str) -> String {
    let plat: String = texte
        .chars()
        .map(|c| match c {
            '\u{A0}' | '\u{202F}' | '\u{2009}' => ' ',
            '\u{2019}' => '\'',
            '\u{2011}' => '-',
            autre => autre,
        })
        .filter(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}'))
        .collect();
    plat.trim().to_string()
}

/// « 1 250,50 », « −3 »: an integer when it is one.
fn nombre(texte: &str) -> Option<Value> {
    let serre: String = texte
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            ',' => '.',
            '\u{2212}' => '-',
            autre => autre,
        })
        .collect();
    if let Ok(entier) = serre.parse::<i64>() {
        return Some(json!(entier));
    }
    let n: f64 = serre.parse().ok()?;
    let n = n.is_finite().then_some(n)?;
    // An amount is printed with its cents: « 1 250,00 » is 1250.
    if n.fract() == 0.0 && n.abs() < 9e15 { Some(json!(n as i64)) } else { Some(json!(n)) }
}

/// « 1er janvier 2026 », « 01/01/2026 », « 2026-01-01 ».
fn date(texte: &str) -> Option<String> {
    let iso = |annee: &str, mois: usize, jour: &str| {
        let jour: u8 = jour.trim_end_matches("er").parse().ok()?;
        let annee: u16 = annee.parse().ok()?;
        let iso = format!("{annee:04}-{mois:02}-{jour:02}");
        iso.parse::<Date>().ok().map(|_| iso)
    };
    let mots: Vec<&str> = texte.split_whitespace().collect();
    if let [jour, mois, annee] = mots.as_slice() {
        return iso(annee, rang_du_mois(mois)?, jour);
    }
    let morceaux: Vec<&str> = texte.split(['/', '-', '.']).map(str::trim).collect();
    match morceaux.as_slice() {
        [annee, mois, jour] if annee.len() == 4 => iso(annee, mois.parse().ok()?, jour),
        [jour, mois, annee] if annee.len() == 4 => iso(annee, mois.parse().ok()?, jour),
        _ => None,
    }
}

fn rang_du_mois(mot: &str) -> Option<usize> {
    let voulu = sans_accents(mot);
    MOIS.iter().position(|mois| sans_accents(mois) == voulu).map(|rang| rang + 1)
}

/// A day, « juin 2027 », « 2e trimestre 2027 », « 2027 ».
fn echeance(texte: &str) -> Option<String> {
    if let Some(jour) = date(texte) {
        return Some(jour);
    }
    let mots: Vec<&str> = texte.split_whitespace().collect();
    let an = |mot: &str| mot.parse::<u16>().ok().filter(|n| (1900..2100).contains(n));
    match mots.as_slice() {
        [annee] => match annee.split_once("-T") {
            Some((annee, t)) => an(annee).zip(t.parse::<u8>().ok().filter(|t| (1..=4).contains(t))),
            None => return an(annee).map(|n| n.to_string()),
        }
        .map(|(n, t)| format!("{n}-T{t}")),
        [mois, annee] => Some(format!("{}-{:02}", an(annee)?, rang_du_mois(mois)?)),
        [rang, "trimestre", annee] => {
            let t: u8 = rang.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()?;
            (1..=4).contains(&t).then_some(format!("{}-T{t}", an(annee)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::forme::forme_du_contrat;

    fn lire_a(pointeur: &str, texte: &str) -> Result<Value, String> {
        lire(&forme_du_contrat().a(pointeur).expect("a shape"), texte)
    }

    #[test]
    fn what_is_printed_reads_back_to_its_value() {
        for (pointeur, texte, attendu) in [
            ("/periode/debut", "1er\u{A0}janvier 2026", json!("2026-01-01")),
            ("/periode/debut", "01/02/2026", json!("2026-02-01")),
            ("/objectifs/0/echeance", "2e\u{A0}trimestre 2027", json!("2027-T2")),
            ("/objectifs/0/echeance", "juin 2027", json!("2027-06")),
            ("/objectifs/0/echeance", "2030", json!("2030")),
            ("/moyens/dotations/0/montant", "1\u{A0}250\u{A0}000,50\u{A0}€", json!(1_250_000.5)),
            ("/moyens/dotations/0/montant", "\u{2212}300,00 €", json!(-300)),
            ("/perimetre/etablissements/0/jours_ouverture", "215", json!(215)),
            ("/perimetre/etablissements/0/finess", "13\u{A0}098\u{A0}215\u{A0}0", json!("130982150")),
            ("/perimetre/etablissements/0/nom", "L\u{2019}IME", json!("L'IME")),
            ("/fiches_actions/0/moyens/statut", "à moyens constants", json!("moyens_constants")),
            ("/fiches_actions/0/indicateurs/0/cibles/0/fin", "non", json!("non")),
            ("/fiches_actions/0/indicateurs/0/cibles/0/fin", "12,5", json!(12.5)),
        ] {
            assert_eq!(lire_a(pointeur, texte), Ok(attendu), "{pointeur}: {texte}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        for (pointeur, texte) in [
            ("/periode/debut", "bientôt"),
            ("/periode/debut", "31 février 2026"),
            ("/moyens/dotations/0/montant", "beaucoup"),
            ("/fiches_actions/0/moyens/statut", "peut-être"),
            ("/perimetre/etablissements/0/jours_ouverture", ""),
        ] {
            assert!(lire_a(pointeur, texte).is_err(), "{pointeur}: {texte}");
        }
    }
}
