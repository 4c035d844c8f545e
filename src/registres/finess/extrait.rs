//! What FINESS says of the entities and establishments asked for: the same thing, whatever the files that it was read in.
//!
//! Values are as FINESS has them, spaces and absurd dates apart; nothing here knows how a file is written.

use std::collections::BTreeSet;

/// What is asked of the files: all the rest is passed over as it comes.
#[derive(Debug, Clone, Default)]
pub struct Demande {
    /// Numbers of legal entities.
    pub ej: BTreeSet<String>,
    /// Numbers of establishments: those of the entities that are kept, all when there is none.
    pub et: BTreeSet<String>,
    /// These establishments are also looked for in the other entities: one may have changed hands.
    pub ailleurs: bool,
}

impl Demande {
    pub(super) fn veut_entite(&self, ej: &str) -> bool {
        self.ej.contains(ej)
    }

    /// Whether an establishment is kept; `ej` is its entity.
    pub(super) fn veut(&self, ej: &str, et: &str) -> bool {
        match self.ailleurs {
            true => self.veut_entite(ej) || self.et.contains(et),
            false => self.veut_entite(ej) && (self.et.is_empty() || self.et.contains(et)),
        }
    }

    /// Whether an establishment of an entity that is not asked for may be kept.
    pub(super) fn cherche_ailleurs(&self) -> bool {
        self.ailleurs && !self.et.is_empty()
    }
}

/// All that the files say of what was asked for.
#[derive(Debug, Clone, Default)]
pub struct Extrait {
    pub provenances: Vec<Provenance>,
    /// By number.
    pub entites: Vec<Entite>,
    /// What is worth a word about what was read.
    pub notes: Vec<Note>,
    /// Whether a file gave activities: without any, nothing is known of capacities.
    pub avec_activites: bool,
}

/// A file, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    pub nom: String,
    /// « structures », « activités », « extraction des établissements »…
    pub sorte: &'static str,
    /// The day of the extraction (`AAAA-MM-JJ`), when the file says it.
    pub date: Option<String>,
    /// The encoding, when it is not the one expected.
    pub codage: Option<&'static str>,
}

/// A word about what was read, with the number that it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    pub numero: String,
    pub message: String,
}

/// A legal entity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entite {
    pub finess: String,
    /// Absent when no file of entities was given.
    pub nom: Option<String>,
    pub siren: Option<String>,
    pub statut: Option<String>,
    pub adresse: Option<String>,
    pub ferme: bool,
    pub etablissements: Vec<Etablissement>,
}

/// An establishment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Etablissement {
    pub finess: String,
    pub nom: String,
    pub siret: Option<String>,
    pub categorie: Option<String>,
    /// R74.
    pub tarification: Option<String>,
    pub adresse: Option<String>,
    pub departement: Option<String>,
    pub ferme: bool,
    pub fermeture: Option<String>,
    /// Dates of effect of the contracts of objectives and means that are in force.
    pub cpom: Vec<String>,
    /// Dates of the acts of authorisation.
    pub arretes: Vec<String>,
    pub activites: Vec<Activite>,
}

/// Whether an activity is carried on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vie {
    Ouverte,
    /// Authorised; whether it is open is not said.
    Autorisee,
    #[default]
    Finie,
}

/// An activity: what is done, how, for whom; its places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activite {
    pub activite: String,
    pub mode: String,
    pub public: String,
    pub vie: Vie,
    pub autorisee: Option<u32>,
    pub installee: Option<u32>,
    pub habilitee: Option<u32>,
    /// Dwellings: another count of the same places.
    pub logements: Option<u32>,
    /// As they are written: some are a year typed as an age.
    pub age_min: Option<u32>,
    pub age_max: Option<u32>,
    /// Other counts that living lines of the file give for the same activity: the reader chooses.
    pub autrement: Vec<(Option<u32>, Option<u32>)>,
}

impl Activite {
    /// « 844/11/437 ».
    pub fn code(&self) -> String {
        format!("{}/{}/{}", self.activite, self.mode, self.public)
    }

    /// Ages that can be those of persons.
    pub fn ages(&self) -> (Option<u32>, Option<u32>) {
        let humain = |age: Option<u32>| age.filter(|age| *age <= 130);
        match (humain(self.age_min), humain(self.age_max)) {
            (Some(0), Some(0)) => (None, None),
            (Some(min), Some(max)) if min > max => (None, None),
            ages => ages,
        }
    }
}
