//! Remarks of one rule read together: what to do and the sources are said once, the most serious first.

use crate::formats::majuscule;
use crate::regles;
use crate::remarque::{Remarque, Severite};
use std::collections::BTreeMap;

/// The remarks of one rule and severity, in the order of the files.
pub struct Groupe<'a> {
    pub code: &'a str,
    pub severite: Severite,
    /// What must hold, for a rule of the catalogue.
    pub titre: Option<&'static str>,
    pub remede: &'a str,
    pub references: &'a [String],
    pub remarques: Vec<&'a Remarque>,
}

impl Groupe<'_> {
    /// « Bloquante IND-001 ».
    pub fn intitule(&self) -> String {
        format!("{} {}", majuscule(&self.severite.to_string()), self.code)
    }

    /// The remedy of a remark, when it is not that of the group.
    pub fn propre<'r>(&self, remarque: &'r Remarque) -> Option<&'r str> {
        (remarque.remede != self.remede && !remarque.remede.is_empty()).then_some(remarque.remede.as_str())
    }
}

/// Groups remarks by severity then rule.
pub fn par_regle<'a>(remarques: &[&'a Remarque]) -> Vec<Groupe<'a>> {
    let mut groupes: BTreeMap<(Severite, &str), Vec<&Remarque>> = BTreeMap::new();
    for remarque in remarques {
        groupes.entry((remarque.severite, &remarque.code)).or_default().push(remarque);
    }
    groupes
        .into_iter()
        .filter_map(|((severite, code), remarques)| {
            let premiere = *remarques.first()?;
            Some(Groupe {
                code,
                severite,
                titre: regles::rule(code).map(|r| r.titre),
                remede: &premiere.remede,
                references: &premiere.references,
                remarques,
            })
        })
        .collect()
}
