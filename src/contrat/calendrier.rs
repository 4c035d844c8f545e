//! What the dates of a contract imply: the day that a deadline ends, the contracts that it renews, the years of its
//! dialogues. Pure functions of the contract; nothing here judges.

use super::identifiants::Date;
use super::suivi::{Dialogue, FrequenceDialogue};
use super::textes::{Echeance, Id};
use super::{Contrat, Periode};

/// A contract renewed: its reference, the gestionnaires whose contract it is (none: all), its last day.
#[derive(Debug, Clone, Copy)]
pub struct Renouvele<'a> {
    pub reference: &'a str,
    pub gestionnaires: &'a [Id],
    pub fin: Option<Date>,
}

impl Echeance {
    /// The first day that the deadline covers.
    pub fn premier_jour(&self) -> Option<Date> {
        if let Ok(jour) = self.as_str().parse() {
            return Some(jour);
        }
        let (annee, reste) = self.as_str().split_once('-').unwrap_or((self.as_str(), "01"));
        let mois: i8 = match reste.strip_prefix('T') {
            Some(trimestre) => trimestre.parse::<i8>().ok()?.checked_sub(1)?.checked_mul(3)?.checked_add(1)?,
            None => reste.parse().ok()?,
        };
        Date::new(annee.parse().ok()?, mois, 1)
    }

    /// The last day that the deadline covers: that of its month, quarter or year.
    pub fn dernier_jour(&self) -> Option<Date> {
        if let Ok(jour) = self.as_str().parse() {
            return Some(jour);
        }
        let duree = match self.as_str().split_once('-') {
            None => 12,
            Some((_, reste)) if reste.starts_with('T') => 3,
            Some(_) => 1,
        };
        Some(self.premier_jour()?.plus_mois(duree).veille())
    }
}

impl Periode {
    /// All contracts that this one renews, the single one first; each reference once.
    pub fn renouveles(&self) -> Vec<Renouvele<'_>> {
        let liste = self.contrats_renouveles.elements().iter().map(|c| Renouvele {
            reference: c.reference.as_str(),
            gestionnaires: c.gestionnaires.elements(),
            fin: c.fin.valeur().copied(),
        });
        let mut renouveles: Vec<Renouvele<'_>> = liste.collect();
        if let Some(seul) = self.renouvelle.valeur()
            && !renouveles.iter().any(|r| r.reference == seul.as_str())
        {
            renouveles.insert(0, Renouvele { reference: seul.as_str(), gestionnaires: &[], fin: None });
        }
        renouveles
    }
}

impl Dialogue {
    /// The years of the dialogue: its own, then those of its repetitions up to the last one said, or to `fin`.
    pub fn annees(&self, fin: Option<i16>) -> Vec<i16> {
        let annee = |a: super::identifiants::Annee| i16::try_from(a.valeur()).unwrap_or(i16::MAX);
        let premiere = annee(self.annee);
        let pas = match self.frequence.valeur() {
            None => return vec![premiere],
            Some(FrequenceDialogue::Semestrielle | FrequenceDialogue::Annuelle) => 1,
            Some(FrequenceDialogue::Biennale) => 2,
        };
        let derniere = self.jusqu_en.valeur().map(|a| annee(*a)).or(fin).unwrap_or(premiere);
        // The first is held whatever the last year says; no contract lasts longer than this.
        let suite = (1..40_i16).map(|n| premiere.saturating_add(n * pas)).take_while(|a| *a <= derniere);
        std::iter::once(premiere).chain(suite).collect()
    }

    /// How many times it is held in each of its years.
    pub fn par_an(&self) -> usize {
        if self.frequence.valeur() == Some(&FrequenceDialogue::Semestrielle) { 2 } else { 1 }
    }
}

impl Contrat {
    /// The day whose words are used: that of the signature, else of the effect.
    pub fn jour_des_mots(&self) -> Option<Date> {
        let signature = self.signature.valeur().and_then(|s| s.date.valeur().copied());
        signature.or_else(|| self.periode.debut.valeur().copied())
    }

    /// The dialogues of the contract, none when nothing is said.
    pub fn dialogues(&self) -> &[Dialogue] {
        self.suivi.valeur().map_or(&[], |s| s.dialogues.elements())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_ends_with_its_month_quarter_or_year() {
        let bornes = |texte: &str| {
            let e = Echeance(texte.into());
            (e.premier_jour().map(Date::iso).unwrap_or_default(), e.dernier_jour().map(Date::iso).unwrap_or_default())
        };
        assert_eq!(bornes("2028-02-10"), ("2028-02-10".into(), "2028-02-10".into()));
        assert_eq!(bornes("2028-02"), ("2028-02-01".into(), "2028-02-29".into()));
        assert_eq!(bornes("2027-T4"), ("2027-10-01".into(), "2027-12-31".into()));
        assert_eq!(bornes("2027"), ("2027-01-01".into(), "2027-12-31".into()));
        assert_eq!(bornes("2027-T0"), (String::new(), String::new()));
    }

    #[test]
    fn a_dialogue_repeats_up_to_the_last_year() {
        let lu = |texte: &str| serde_json::from_str::<Dialogue>(texte).expect("a dialogue").annees(Some(2030));
        assert_eq!(lu(r#"{"annee": 2028}"#), [2028]);
        assert_eq!(lu(r#"{"annee": 2027, "frequence": "annuelle"}"#), [2027, 2028, 2029, 2030]);
        assert_eq!(lu(r#"{"annee": 2026, "frequence": "biennale", "jusqu_en": 2029}"#), [2026, 2028]);
        assert_eq!(lu(r#"{"annee": 2028, "frequence": "annuelle", "jusqu_en": 2026}"#), [2028]);
    }

    #[test]
    fn the_renewed_contracts_are_each_said_once() {
        let periode: Periode = serde_json::from_str(
            r#"{"renouvelle": "A", "contrats_renouveles": [{"reference": "B", "gestionnaires": ["b"]}, {"reference": "A"}]}"#,
        )
        .expect("a period");
        let references: Vec<&str> = periode.renouveles().iter().map(|r| r.reference).collect();
        assert_eq!(references, ["B", "A"]);
    }
}
