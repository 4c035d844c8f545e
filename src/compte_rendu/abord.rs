//! The report → the remarks to deal with first: the most serious, then those that would settle the most others, then the earliest
//! in the contract. Nothing that is missing is one of them: the tables of gaps tell it.

use super::groupe::{Entree, entrees};
use super::{CompteRendu, Ligne};
use crate::regles;
use crate::remarque::{Remarque, Severite};
use std::cmp::Reverse;

/// How many are told first.
const PREMIERES: usize = 5;

impl CompteRendu {
    /// The remarks to deal with first; none when all are soon read, nor of a mere list of informations.
    pub fn a_traiter_d_abord(&self) -> Vec<Entree> {
        let remarques: Vec<&Remarque> = self.remarques.iter().map(|l| &l.remarque).collect();
        let toutes = entrees(&remarques);
        if toutes.len() <= PREMIERES {
            return Vec::new();
        }
        let lacunes = |code: &str| remarques.iter().any(|r| r.code == code && r.lacune.is_some());
        let mut premieres: Vec<Entree> =
            toutes.into_iter().filter(|e| e.severite != Severite::Information && !lacunes(&e.code)).collect();
        // What the schema refuses hides what the rules would say of it.
        let de_structure = |e: &Entree| e.code.starts_with("SCH");
        premieres.sort_by_key(|e| (e.severite, !de_structure(e), Reverse(regle_aussi(e, &self.remarques))));
        premieres.truncate(PREMIERES);
        premieres
    }
}

/// How many remarks would go with this one: its own, and those of the rules that the same mistake fires.
fn regle_aussi(entree: &Entree, lignes: &[Ligne]) -> usize {
    let consequences = regles::rule(&entree.code).map_or(&[][..], |r| r.consequences);
    let suites = lignes.iter().filter(|l| consequences.contains(&l.remarque.code.as_str())).count();
    entree.pointeurs.len() + suites
}

impl Entree {
    /// « alerte DIA-003 – Périmètre : Le diagnostic ne dit rien de « IME » (et 3 autres places). ».
    pub fn en_une_ligne(&self) -> String {
        let chemin = if self.chemin.is_empty() { "le contrat entier" } else { &self.chemin };
        let autres = match self.pointeurs.len() {
            0 | 1 => String::new(),
            2 => " (et une autre place)".to_owned(),
            places => format!(" (et {} autres places)", places - 1),
        };
        let phrase = self.premiere_phrase.trim_end_matches('.');
        format!("{} {} – {chemin} : {phrase}{autres}.", self.severite, self.code)
    }
}
