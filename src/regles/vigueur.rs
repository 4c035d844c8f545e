//! From when to when a rule holds: a text or a value of `crate::droit`, looked up at the days of the contract.

use super::textes::Reference;
use crate::droit::valeurs::valeur;
pub use crate::droit::{DateChoisie, Jours};

/// From when to when a rule holds.
#[derive(Debug)]
pub enum Vigueur {
    /// Nothing dates it: the consistency of the contract, a register, a model.
    Toujours,
    /// As long as a text is in force, at a date of the contract.
    DuTexte(&'static Reference, DateChoisie),
    /// As long as the law sets a value: a provision that is younger than its article.
    DeLaValeur(&'static str),
}

impl Vigueur {
    /// Whether the rule holds for a contract of these days; of an unknown day, whether it holds still.
    pub fn tient(&self, jours: Jours) -> bool {
        match self {
            Vigueur::Toujours => true,
            Vigueur::DeLaValeur(id) => valeur(id).is_some_and(|v| v.pour(jours, None).is_some()),
            Vigueur::DuTexte(reference, choisie) => {
                reference.texte().is_some_and(|texte| texte.en_vigueur(jours.choisi(*choisie)))
            }
        }
    }

    /// « depuis le 29 juin 2018, à la date d'effet du contrat ».
    pub fn en_mots(&self) -> String {
        match self {
            Vigueur::Toujours => "à toute date".into(),
            Vigueur::DeLaValeur(id) => valeur(id).map_or_else(String::new, |v| v.periode()),
            Vigueur::DuTexte(reference, choisie) => {
                let date = choisie.en_mots();
                let periode = reference.texte().and_then(|texte| texte.periode());
                periode.map_or_else(|| date.into(), |periode| format!("{periode}, {date}"))
            }
        }
    }
}
