//! What a user answers, on a terminal or by options → what a starting contract needs to know; each wrong answer says why.

use crate::contrat::identifiants::Annee;
use crate::nomenclatures::{Nomenclature, categorie};
use crate::saisie;
use serde_json::Value;

/// The first year proposed: nothing here knows the day.
pub const ANNEE: u16 = 2027;

/// Most establishments of a starting contract.
const ETABLISSEMENTS_MAX: usize = 100;

/// An establishment to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Etablissement {
    pub id: String,
    /// FINESS code.
    pub categorie: Option<String>,
}

/// What a starting contract is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reponses {
    /// INSEE code, when it is known.
    pub region: Option<String>,
    /// Whether the ARS is a party.
    pub ars: bool,
    /// Legal status of the gestionnaire.
    pub statut: Option<String>,
    pub etablissements: Vec<Etablissement>,
    /// INSEE codes of the départements that are parties.
    pub departements: Vec<String>,
    pub annee: u16,
}

impl Default for Reponses {
    fn default() -> Self {
        Reponses {
            region: None,
            ars: true,
            statut: None,
            etablissements: numeroter(vec![None, None]),
            departements: Vec::new(),
            annee: ANNEE,
        }
    }
}

impl Reponses {
    /// A region by its name or code; « aucune » for a contract without ARS.
    pub fn lire_region(texte: &str) -> Result<Option<String>, String> {
        if aucun(texte) {
            return Ok(None);
        }
        code(texte, Nomenclature::Regions).map(Some)
    }

    /// A legal status by its name or code.
    pub fn lire_statut(texte: &str) -> Result<String, String> {
        code(texte, Nomenclature::Statuts)
    }

    /// « 6 », or « IME, SESSAD, EHPAD ».
    pub fn lire_etablissements(texte: &str) -> Result<Vec<Etablissement>, String> {
        let morceaux: Vec<&str> = texte.split([',', ';']).map(str::trim).filter(|m| !m.is_empty()).collect();
        let trop = || format!("il en faut de 1 à {ETABLISSEMENTS_MAX} ; les autres s'ajoutent ensuite dans le fichier");
        // Three figures are a category.
        let nombre = |m: &str| m.parse::<usize>().ok().filter(|_| m.len() < 3 || m == "100");
        match morceaux.as_slice() {
            [] => Err("donnez un nombre, ou des catégories (IME, SESSAD, EHPAD…)".into()),
            [seul] if nombre(seul).is_some() => match nombre(seul) {
                Some(n) if (1..=ETABLISSEMENTS_MAX).contains(&n) => Ok(numeroter(vec![None; n])),
                _ => Err(trop()),
            },
            plusieurs if plusieurs.len() > ETABLISSEMENTS_MAX => Err(trop()),
            plusieurs => {
                let codes: Result<Vec<Option<String>>, String> =
                    plusieurs.iter().map(|m| code(m, Nomenclature::Categories).map(Some)).collect();
                codes.map(numeroter)
            }
        }
    }

    /// « Rhône, métropole de Lyon », « 13, 83 », « aucun ».
    pub fn lire_departements(texte: &str) -> Result<Vec<String>, String> {
        if aucun(texte) {
            return Ok(Vec::new());
        }
        let mut codes = Vec::new();
        for morceau in texte.split([',', ';']).map(str::trim).filter(|m| !m.is_empty()) {
            let code = code(morceau, Nomenclature::Departements)?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Ok(codes)
    }

    /// A year in four figures.
    pub fn lire_annee(texte: &str) -> Result<u16, String> {
        let annee = texte.trim().parse::<Annee>().map_err(|erreur| erreur.to_string())?;
        match annee.valeur() {
            annee @ 2000..=2090 => Ok(annee),
            autre => Err(format!("{autre} n'est pas l'année d'un contrat à écrire")),
        }
    }
}

fn code(texte: &str, nomenclature: Nomenclature) -> Result<String, String> {
    let lu = saisie::code(texte.trim(), nomenclature)?;
    Ok(lu.as_str().map(str::to_owned).unwrap_or_default())
}

fn aucun(texte: &str) -> bool {
    matches!(texte.trim().to_lowercase().as_str(), "" | "aucun" | "aucune" | "-")
}

/// « ime-1 », « ime-2 », « sessad-1 »; « etablissement-3 » when the kind is not known.
fn numeroter(categories: Vec<Option<String>>) -> Vec<Etablissement> {
    let nom = |code: &Option<String>| {
        let sigle = code.as_deref().and_then(categorie).and_then(|c| c.sigle);
        sigle.map_or_else(|| "etablissement".to_owned(), str::to_lowercase)
    };
    let mut vus: Vec<String> = Vec::new();
    let etablissement = |categorie: Option<String>| {
        let nom = nom(&categorie);
        vus.push(nom.clone());
        let rang = vus.iter().filter(|vu| **vu == nom).count();
        Etablissement { id: format!("{nom}-{rang}"), categorie }
    };
    categories.into_iter().map(etablissement).collect()
}

/// A value of a context.
pub(super) fn texte(valeur: Option<&str>) -> Option<Value> {
    valeur.map(|v| Value::String(v.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_people_give_them_and_wrong_ones_say_why() {
        assert_eq!(Reponses::lire_region("paca"), Ok(Some("93".into())));
        assert_eq!(Reponses::lire_region("aucune"), Ok(None));
        assert!(Reponses::lire_region("Syldavie").is_err_and(|m| m.contains("cpom nomenclatures")));
        assert_eq!(Reponses::lire_statut("fondation"), Ok("63".into()));
        assert_eq!(Reponses::lire_departements("Rhône, métropole de Lyon, 69"), Ok(vec!["69".into(), "69M".into()]));
        let ids = |texte: &str| -> Result<Vec<String>, String> {
            Reponses::lire_etablissements(texte).map(|liste| liste.into_iter().map(|e| e.id).collect())
        };
        assert_eq!(ids("2"), Ok(vec!["etablissement-1".into(), "etablissement-2".into()]));
        assert_eq!(ids("IME, ime; SESSAD"), Ok(vec!["ime-1".into(), "ime-2".into(), "sessad-1".into()]));
        assert_eq!(ids("183"), Ok(vec!["ime-1".into()]));
        for faux in ["0", "", "IMEE", "-3"] {
            assert!(ids(faux).is_err(), "{faux}");
        }
        assert_eq!(Reponses::lire_annee(" 2027 "), Ok(2027));
        assert!(Reponses::lire_annee("27").is_err() && Reponses::lire_annee("1990").is_err());
    }
}
