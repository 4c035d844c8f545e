//! French words → days, years and deadlines; a day that can be read in two ways is refused.

use super::mots::attendu;
use crate::contrat::identifiants::{Annee, Date, MOIS};
use crate::formats::sans_accents;

const UNE_DATE: &str = "une date (« 1er janvier 2026 », « 01/01/2026 »)";
const UNE_ECHEANCE: &str = "une échéance (« 2030 », « juin 2027 », « 2e trimestre 2027 » ou une date) ; un semestre s'écrit par son dernier trimestre";
const JOURS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// « 1er janvier 2026 », « 01/01/2026 », « 2026-01-01 »: a day, written « AAAA-MM-JJ ».
pub(super) fn date(texte: &str) -> Result<String, String> {
    let bas = texte.to_lowercase();
    let bas = bas.strip_prefix("le ").unwrap_or(&bas);
    let mots: Vec<&str> = bas.split_whitespace().collect();
    match mots.as_slice() {
        [jour, mois, annee] if rang_du_mois(mois).is_some() => en_toutes_lettres(texte, jour, mois, annee),
        [semaine, jour, mois, annee] if JOURS.contains(semaine) => {
            let iso = en_toutes_lettres(texte, jour, mois, annee)?;
            match jour_de_la_semaine(&iso) {
                Some(vrai) if vrai != *semaine => {
                    Err(format!("« {texte} » est un {vrai}, et non un {semaine} : corrigez le jour, ou retirez-le"))
                }
                _ => Ok(iso),
            }
        }
        [mois, annee] if rang_du_mois(mois).is_some() && annee.len() == 4 => {
            Err(format!("« {texte} » n'a pas de jour : écrivez « 1er {mois} {annee} », ou un autre jour"))
        }
        [jour, mois] if rang_du_mois(mois).is_some() => {
            Err(format!("« {texte} » n'a pas d'année : écrivez « {jour} {mois} 2026 », ou une autre année"))
        }
        [chiffres] => en_chiffres(texte, chiffres),
        _ => Err(attendu(texte, UNE_DATE)),
    }
}

fn en_toutes_lettres(texte: &str, jour: &str, mois: &str, annee: &str) -> Result<String, String> {
    let jour = if jour == "1er" { "1" } else { jour };
    let rang = rang_du_mois(mois).ok_or_else(|| attendu(texte, UNE_DATE))?;
    if annee.len() == 2 && nombre(annee).is_some() {
        return Err(annee_courte(texte));
    }
    iso(annee, rang, jour).ok_or_else(|| attendu(texte, "une date qui existe"))
}

fn en_chiffres(texte: &str, chiffres: &str) -> Result<String, String> {
    let morceaux: Vec<&str> = chiffres.split(['/', '-', '.']).collect();
    if morceaux.iter().any(|m| m.is_empty() || m.len() > 4 || nombre(m).is_none()) {
        return Err(attendu(texte, UNE_DATE));
    }
    match morceaux.as_slice() {
        [annee, mois, jour] if annee.len() == 4 => {
            let mois = nombre(mois).unwrap_or_default();
            iso(annee, mois, jour).ok_or_else(|| attendu(texte, "une date qui existe (année-mois-jour)"))
        }
        [jour, mois, annee] if annee.len() == 4 => {
            let (j, m) = (nombre(jour).unwrap_or_default(), nombre(mois).unwrap_or_default());
            if m > 12 && (1..=12).contains(&j) {
                let mois = MOIS.get(j - 1).copied().unwrap_or_default();
                return Err(format!(
                    "« {texte} » a un {m}e mois : en français, le jour vient d'abord ; écrivez « {m} {mois} {annee} » si c'est cette date"
                ));
            }
            iso(annee, m, jour).ok_or_else(|| attendu(texte, "une date qui existe"))
        }
        [_, _, _] => Err(annee_courte(texte)),
        _ => Err(attendu(texte, UNE_DATE)),
    }
}

fn annee_courte(texte: &str) -> String {
    format!("« {texte} » n'a que deux chiffres pour l'année : écrivez-la en entier, par exemple « 3 avril 2026 »")
}

fn nombre(texte: &str) -> Option<usize> {
    texte.bytes().all(|b| b.is_ascii_digit()).then(|| texte.parse().ok())?
}

fn iso(annee: &str, mois: usize, jour: &str) -> Option<String> {
    let iso = format!("{:04}-{mois:02}-{:02}", nombre(annee)?, nombre(jour)?);
    (annee.len() == 4 && iso.parse::<Date>().is_ok()).then_some(iso)
}

fn jour_de_la_semaine(iso: &str) -> Option<&'static str> {
    let jour: jiff::civil::Date = iso.parse().ok()?;
    let rang = usize::try_from(jour.weekday().to_monday_zero_offset()).ok()?;
    JOURS.get(rang).copied()
}

/// « juin », « juin. », « janv. », « févr. »: three letters at least, and one month only.
fn rang_du_mois(mot: &str) -> Option<usize> {
    let voulu = sans_accents(mot);
    let voulu = voulu.trim_end_matches('.');
    if let Some(rang) = MOIS.iter().position(|mois| sans_accents(mois) == voulu) {
        return Some(rang + 1);
    }
    let abrege = |mois: &&str| voulu.len() >= 3 && mot.ends_with('.') && sans_accents(mois).starts_with(voulu);
    let trouves: Vec<usize> = MOIS.iter().enumerate().filter(|(_, m)| abrege(m)).map(|(rang, _)| rang + 1).collect();
    match trouves.as_slice() {
        [seul] => Some(*seul),
        _ => None,
    }
}

/// A year in four digits.
pub(super) fn annee(texte: &str) -> Result<u16, String> {
    if let [_, _] = texte.as_bytes()
        && nombre(texte).is_some()
    {
        return Err(format!(
            "« {texte} » n'a que deux chiffres : écrivez l'année en entier, par exemple « 20{texte} »"
        ));
    }
    texte.parse::<Annee>().map(Annee::valeur).map_err(|_| attendu(texte, "une année (quatre chiffres, de 1990 à 2100)"))
}

/// A day, « juin 2027 », « 2e trimestre 2027 », « 2027 », as the contract writes them.
pub(super) fn echeance(texte: &str) -> Result<String, String> {
    let bas = texte.to_lowercase();
    let mots: Vec<&str> = bas.split_whitespace().collect();
    let an = |mot: &str| annee(mot).ok();
    let trouvee = match mots.as_slice() {
        [seul] => annee_seule(seul),
        [mois, annee] if rang_du_mois(mois).is_some() => {
            an(annee).zip(rang_du_mois(mois)).map(|(a, m)| format!("{a}-{m:02}"))
        }
        [trimestre, annee] => {
            an(annee).zip(trimestre.strip_prefix('t').and_then(rang)).map(|(a, t)| format!("{a}-T{t}"))
        }
        [numero, "trimestre", annee] | [numero, "trimestre", "de", annee] => {
            an(annee).zip(ordinal(numero)).map(|(a, t)| format!("{a}-T{t}"))
        }
        _ => None,
    };
    match trouvee {
        Some(echeance) => Ok(echeance),
        None if jour_probable(&bas) => date(texte),
        None => Err(attendu(texte, UNE_ECHEANCE)),
    }
}

/// « 2027 », « 2027-t2 », « 2027-06 », « 06/2027 ».
fn annee_seule(mot: &str) -> Option<String> {
    if let Ok(annee) = annee(mot) {
        return Some(annee.to_string());
    }
    let (gauche, droite) = mot.split_once(['-', '/'])?;
    let (an, reste) = match (annee(gauche), annee(droite)) {
        (Ok(an), Err(_)) => (an, droite),
        (Err(_), Ok(an)) => (an, gauche),
        _ => return None,
    };
    if let Some(t) = reste.strip_prefix('t') {
        return rang(t).map(|t| format!("{an}-T{t}"));
    }
    let mois = nombre(reste).filter(|m| reste.len() <= 2 && (1..=12).contains(m))?;
    Some(format!("{an}-{mois:02}"))
}

/// The rank of a quarter.
fn rang(texte: &str) -> Option<usize> {
    nombre(texte).filter(|t| texte.len() == 1 && (1..=4).contains(t))
}

/// « 1er », « 2e », « 2ème », « 2nd », « deuxième ».
fn ordinal(mot: &str) -> Option<usize> {
    const MOTS: [&[&str]; 4] = [&["premier"], &["deuxieme", "second"], &["troisieme"], &["quatrieme", "dernier"]];
    let plat = sans_accents(mot);
    if let Some(rang) = MOTS.iter().position(|mots| mots.contains(&plat.as_str())) {
        return Some(rang + 1);
    }
    let chiffre = plat.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    ["er", "e", "eme", "nd"].contains(&plat.strip_prefix(chiffre)?).then(|| rang(chiffre))?
}

/// Whether the words look like a day, so that the refusal speaks of days.
fn jour_probable(bas: &str) -> bool {
    let morceaux = bas.split(|c: char| c.is_whitespace() || "/-.".contains(c)).filter(|m| !m.is_empty()).count();
    morceaux >= 3
        && bas.contains(|c: char| c.is_ascii_digit())
        && !bas.contains("trimestre")
        && !bas.contains("semestre")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_french_people_write_them() {
        for (texte, attendu) in [
            ("1er janvier 2026", "2026-01-01"),
            ("1 janvier 2026", "2026-01-01"),
            ("le 3 avril 2026", "2026-04-03"),
            ("vendredi 3 avril 2026", "2026-04-03"),
            ("3 AVRIL 2026", "2026-04-03"),
            ("3 avr. 2026", "2026-04-03"),
            ("14 févr. 2026", "2026-02-14"),
            ("14 fevrier 2026", "2026-02-14"),
            ("03/04/2026", "2026-04-03"),
            ("3-4-2026", "2026-04-03"),
            ("3.4.2026", "2026-04-03"),
            ("2026-04-03", "2026-04-03"),
            ("13/04/2026", "2026-04-13"),
            ("29/02/2028", "2028-02-29"),
        ] {
            assert_eq!(date(texte).as_deref(), Ok(attendu), "{texte}");
        }
    }

    #[test]
    fn doubtful_days_are_refused_with_how_to_write_them() {
        for (texte, dit) in [
            ("3/4/26", "deux chiffres"),
            ("3 avril 26", "deux chiffres"),
            ("04/13/2026", "« 13 avril 2026 »"),
            ("13/13/2026", "qui existe"),
            ("31/02/2026", "qui existe"),
            ("2026-13-01", "qui existe"),
            ("avril 2026", "« 1er avril 2026 »"),
            ("3 avril", "n'a pas d'année"),
            ("lundi 3 avril 2026", "vendredi"),
            ("3 jui. 2026", "n'est pas une date"),
            ("3/4", "n'est pas une date"),
            ("fin 2026", "n'est pas une date"),
            ("April 3, 2026", "n'est pas une date"),
            ("1erer janvier 2026", "qui existe"),
            ("٣ avril 2026", "qui existe"),
            ("2026", "n'est pas une date"),
        ] {
            let motif = date(texte).expect_err(texte);
            assert!(motif.contains(dit), "{texte}: {motif}");
        }
    }

    #[test]
    fn deadlines_are_days_months_quarters_or_years() {
        for (texte, attendu) in [
            ("2030", "2030"),
            ("juin 2027", "2027-06"),
            ("06/2027", "2027-06"),
            ("2027-06", "2027-06"),
            ("2e trimestre 2027", "2027-T2"),
            ("2ème trimestre 2027", "2027-T2"),
            ("deuxième trimestre 2027", "2027-T2"),
            ("1er trimestre de 2027", "2027-T1"),
            ("T2 2027", "2027-T2"),
            ("2027-T2", "2027-T2"),
            ("31 décembre 2027", "2027-12-31"),
            ("31/12/2027", "2027-12-31"),
        ] {
            assert_eq!(echeance(texte).as_deref(), Ok(attendu), "{texte}");
        }
        for (texte, dit) in [
            ("fin 2027", "n'est pas une échéance"),
            ("1er semestre 2027", "semestre"),
            ("5e trimestre 2027", "n'est pas une échéance"),
            ("13/2027", "n'est pas une échéance"),
            ("3/4/26", "deux chiffres"),
            ("bientôt", "n'est pas une échéance"),
            ("27", "n'est pas une échéance"),
            ("1850", "n'est pas une échéance"),
        ] {
            let motif = echeance(texte).expect_err(texte);
            assert!(motif.contains(dit), "{texte}: {motif}");
        }
    }

    #[test]
    fn a_year_has_four_digits() {
        assert_eq!(annee("2026"), Ok(2026));
        for texte in ["26", "2 026", "1850", "2026 ou 2027", "02026"] {
            assert!(annee(texte).is_err(), "{texte}");
        }
    }
}
