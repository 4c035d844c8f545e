//! From when to when a rule holds: a text of `crate::droit` and the date of the contract that it is looked up at.

use super::textes::Reference;
use crate::contrat::identifiants::Date;

/// From when to when a rule holds.
#[derive(Debug)]
pub enum Vigueur {
    /// Nothing dates it: the consistency of the contract, a register, a model.
    Toujours,
    /// As long as a text is in force, at a date of the contract.
    DuTexte(&'static Reference, DateChoisie),
}

/// The date of the contract that says which texts it is judged by; the other one when it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateChoisie {
    Signature,
    Effet,
}

impl Vigueur {
    /// Whether the rule holds, at the day that a choice gives; of an unknown day, whether it holds still.
    pub fn tient(&self, jour: impl Fn(DateChoisie) -> Option<Date>) -> bool {
        let Vigueur::DuTexte(reference, choisie) = self else { return true };
        reference.texte().is_some_and(|texte| match jour(*choisie) {
            Some(jour) => texte.version_au(jour).is_some(),
            None => texte.versions.last().is_some_and(|v| v.au.is_none()),
        })
    }

    /// « depuis le 29 juin 2018, à la date d'effet du contrat ».
    pub fn en_mots(&self) -> String {
        let Vigueur::DuTexte(reference, choisie) = self else { return "à toute date".into() };
        let date = match choisie {
            DateChoisie::Signature => "à la date de signature du contrat",
            DateChoisie::Effet => "à la date d'effet du contrat",
        };
        let periode = reference.texte().and_then(|texte| texte.periode());
        periode.map_or_else(|| date.into(), |periode| format!("{periode}, {date}"))
    }
}
