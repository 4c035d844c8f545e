//! Turns a département and a day into the court that judges its tariffs that day, with the time to go to it. It must not
//! know the contract.
//!
//! Sources: until 2024, CASF L. 351-1, R. 351-15 and L. 351-4; since 1 January 2025, the list of CJA R. 312-10-1 (décret
//! n° 2024-1168), copied by its départements and not by the regions of today, which it does not follow: the Gers, the
//! Hautes-Pyrénées and the Indre go to Bordeaux, Vaucluse to Toulouse.

use std::sync::LazyLock;

use super::departement;
use super::table::lignes;

/// What stands for every département.
const TOUS: &str = "*";

/// A court and the days when it judges the tariffs of a département.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Juge {
    /// INSEE code, or `*` for all of them.
    departement: &'static str,
    /// First day, `AAAA-MM-JJ`.
    pub du: &'static str,
    /// Last day; none while it is in force.
    pub au: Option<&'static str>,
    /// « tribunal administratif de Marseille », a masculine noun.
    pub tribunal: &'static str,
    /// Months to go to it from the decision; nothing when the text was not read.
    pub delai_mois: Option<u8>,
    /// Who judges the appeal, a feminine noun: « cour administrative d'appel de Paris ».
    pub appel: &'static str,
    /// Identifiers of texts (`crate::droit`), first that which designates the court.
    pub sources: Vec<&'static str>,
}

impl Juge {
    fn de(&self, code: &str) -> bool {
        [TOUS, code].contains(&self.departement)
    }

    fn le(&self, jour: &str) -> bool {
        self.du <= jour && self.au.is_none_or(|au| jour <= au)
    }
}

static JUGES: LazyLock<Vec<Juge>> = LazyLock::new(|| {
    lignes(include_str!("donnees/juges_tarification.csv"))
        .map(|ligne| Juge {
            departement: ligne.cellule("departement"),
            du: ligne.cellule("du"),
            au: ligne.facultative("au"),
            tribunal: ligne.cellule("tribunal"),
            delai_mois: ligne
                .facultative("delai_mois")
                .map(|mois| mois.parse().expect("embedded table: a delay is a number of months")),
            appel: ligne.cellule("appel"),
            sources: ligne.liste("sources"),
        })
        .collect()
});

/// The courts of a département one after another, the oldest first; none for a code that is not one.
pub fn juges(code: &str) -> Vec<&'static Juge> {
    match departement(code) {
        Some(_) => JUGES.iter().filter(|juge| juge.de(code)).collect(),
        None => Vec::new(),
    }
}

/// The court that judges the tariffs of a département on a day (`AAAA-MM-JJ`). Without a day, that of today.
pub fn juge_du_tarif(code: &str, jour: Option<&str>) -> Option<&'static Juge> {
    juges(code).into_iter().find(|juge| jour.map_or(juge.au.is_none(), |jour| juge.le(jour)))
}

#[cfg(test)]
mod tests {
    use super::super::{departements, region};
    use super::*;

    fn tribunal(code: &str, jour: &str) -> Option<&'static str> {
        juge_du_tarif(code, Some(jour)).map(|juge| juge.tribunal)
    }

    #[test]
    fn each_departement_has_one_court_since_2025() {
        for d in departements() {
            let depuis = juges(d.code).into_iter().filter(|juge| juge.au.is_none()).collect::<Vec<_>>();
            assert_eq!(depuis.len(), 1, "{}", d.code);
            assert_eq!((depuis[0].du, depuis[0].delai_mois), ("2025-01-01", Some(2)), "{}", d.code);
            assert_eq!(juge_du_tarif(d.code, None), Some(depuis[0]), "{}", d.code);
        }
        let propres = JUGES.iter().filter(|juge| juge.departement != TOUS);
        assert!(propres.clone().all(|juge| departement(juge.departement).is_some()));
        let mut tribunaux: Vec<_> = propres.map(|juge| juge.tribunal).collect();
        tribunaux.sort_unstable();
        tribunaux.dedup();
        assert_eq!(tribunaux.len(), 9);
    }

    #[test]
    fn the_courts_of_a_departement_follow_one_another() {
        for d in departements() {
            for deux in juges(d.code).windows(2) {
                assert!(deux[0].au.is_some_and(|au| au < deux[1].du), "{}", d.code);
            }
        }
    }

    #[test]
    fn the_list_is_that_of_the_article_and_not_of_the_regions() {
        for (code, siege) in [
            ("13", "Marseille"),
            ("84", "Toulouse"),
            ("2A", "Marseille"),
            ("2B", "Marseille"),
            ("32", "Bordeaux"),
            ("65", "Bordeaux"),
            ("36", "Bordeaux"),
            ("35", "Nantes"),
            ("14", "Nantes"),
            ("76", "Lille"),
            ("69M", "Lyon"),
            ("71", "Lyon"),
            ("70", "Nancy"),
            ("92", "Versailles"),
            ("77", "Paris"),
            ("974", "Paris"),
        ] {
            assert_eq!(
                tribunal(code, "2025-01-01"),
                Some(format!("tribunal administratif de {siege}").as_str()),
                "{code}"
            );
        }
        let bretagne = departements().iter().filter(|d| Some(d.region()) == region("53"));
        assert!(
            bretagne.clone().count() == 4
                && bretagne.clone().all(|d| tribunal(d.code, "2026-06-01") == tribunal("35", "2026-06-01"))
        );
        assert_eq!(juge_du_tarif("99", Some("2026-01-01")), None);
    }

    #[test]
    fn before_2025_the_court_is_the_interregional_one_everywhere() {
        for d in departements() {
            let juge = juge_du_tarif(d.code, Some("2024-12-31")).expect("a court");
            assert_eq!(juge.tribunal, "tribunal interrégional de la tarification sanitaire et sociale");
            assert_eq!((juge.delai_mois, tribunal(d.code, "2001-06-01")), (Some(1), None), "{}", d.code);
        }
    }
}
