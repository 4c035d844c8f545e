//! What is said of a contract → remarks and gaps by path of the page, each with a name of its own, so that two states can
//! be told apart.

use super::cles::Cles;
use super::mots::Mots;
use crate::compte_rendu::{Manque, Partie};
use crate::contrat::detenteur::detenteur;
use crate::formats::majuscule;
use crate::regles;
use crate::remarque::{Detenteur, Remarque, Severite};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What was read of French words is no news for who typed them; what says « à compléter » is a gap.
const TUES: [&str; 2] = ["SAI-001", crate::saisie::ATTENDUS];

/// A remark, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RemarqueVue {
    pub id: String,
    /// Its place among the others.
    pub rang: usize,
    pub code: String,
    pub severite: Severite,
    /// Path of the value; empty for the whole contract.
    pub chemin: String,
    /// Key of the part of the contract.
    pub partie: &'static str,
    /// Who gives what it is about.
    pub detenteur: Detenteur,
    /// The place in French.
    pub lieu: String,
    pub message: String,
    pub remede: String,
    pub references: Vec<String>,
    /// Whether the contract may set the rule aside.
    pub ecartable: bool,
}

/// A missing value, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ManqueVue {
    pub id: String,
    /// Its place among the others: by holder, then in the order of the dossier.
    pub rang: usize,
    pub chemin: String,
    pub partie: &'static str,
    pub libelle: String,
    pub lieu: String,
    pub detenteur: Detenteur,
    /// Article, annex or fiche that prints it.
    pub section: String,
}

/// Things that have a name, by it.
pub type Nommes<T> = BTreeMap<String, T>;

/// In their order rather than that of their names.
pub fn ranger<T, O: Ord>(nommes: Nommes<T>, ordre: impl Fn(&T) -> O) -> Vec<T> {
    let mut sortie: Vec<T> = nommes.into_values().collect();
    sortie.sort_by_key(ordre);
    sortie
}

/// What came and what went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "EcartDe{T}")]
pub struct Ecart<T> {
    pub plus: Vec<T>,
    pub moins: Vec<String>,
}

impl<T: Clone> Ecart<T> {
    pub fn entre(avant: &Nommes<T>, apres: &Nommes<T>) -> Self {
        let nouveaux = apres.iter().filter(|(id, _)| !avant.contains_key(*id));
        let partis = avant.keys().filter(|id| !apres.contains_key(*id));
        Ecart { plus: nouveaux.map(|(_, un)| un.clone()).collect(), moins: partis.cloned().collect() }
    }

    pub fn est_vide(&self) -> bool {
        self.plus.is_empty() && self.moins.is_empty()
    }
}

impl<T> Default for Ecart<T> {
    fn default() -> Self {
        Ecart { plus: Vec::new(), moins: Vec::new() }
    }
}

/// The remarks by their names.
pub fn remarques(toutes: &[Remarque], cles: &Cles, mots: &Mots) -> Nommes<RemarqueVue> {
    let dire = |(rang, remarque): (usize, &Remarque)| {
        let chemin = cles.chemin(&remarque.pointeur);
        let (severite, lieu) = (remarque.severite.to_string(), &remarque.chemin);
        let id = nommer(&[&remarque.code, &chemin, lieu, &remarque.message, &remarque.remede, &severite]);
        let vue = RemarqueVue {
            id: id.clone(),
            rang,
            code: remarque.code.clone(),
            severite: remarque.severite,
            partie: Partie::de(&remarque.pointeur).cle(),
            detenteur: detenteur(&remarque.pointeur),
            lieu: mots.dire(&remarque.chemin, &remarque.pointeur),
            message: mots.dire(&remarque.message, &remarque.pointeur),
            remede: mots.dire(&remarque.remede, &remarque.pointeur),
            references: remarque.references.clone(),
            ecartable: regles::rule(&remarque.code).is_some_and(|rule| rule.derogeable),
            chemin,
        };
        (id, vue)
    };
    toutes.iter().enumerate().filter(|(_, r)| !TUES.contains(&r.code.as_str())).map(dire).collect()
}

/// The gaps by their names.
pub fn manques(tous: &[Manque], cles: &Cles, mots: &Mots) -> Nommes<ManqueVue> {
    let dire = |(rang, manque): (usize, &Manque)| {
        let chemin = cles.chemin(&manque.pointeur);
        let id = nommer(&[&chemin, &manque.chemin, &manque.libelle, &manque.partie]);
        let vue = ManqueVue {
            id: id.clone(),
            rang,
            partie: Partie::de(&manque.pointeur).cle(),
            libelle: majuscule(&manque.libelle),
            lieu: mots.dire(&manque.chemin, &manque.pointeur),
            detenteur: manque.detenteur,
            section: mots.dire(&manque.partie, &manque.pointeur),
            chemin,
        };
        (id, vue)
    };
    tous.iter().enumerate().map(dire).collect()
}

/// Sixteen digits that are the same for the same words.
fn nommer(mots: &[&str]) -> String {
    let empreinte = Sha256::digest(mots.join("\u{0}").as_bytes());
    empreinte.iter().take(8).map(|octet| format!("{octet:02x}")).collect()
}
