//! Everything that a document is written from: the contract, its model, what is to be printed of them.

use super::erreurs::Erreur;
use super::fichiers::FichierLu;
use crate::contrat::Contrat;
use crate::contrat::identifiants::Date;
use crate::document::{Etat, Image};
use crate::modele::Modele;
use crate::modele::manifeste::{Element, Extrait};
use crate::regles::Conforme;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What is printed: a draft, always; a definitive contract, only with the proof that nothing is blocking.
#[derive(Debug, Clone, Copy)]
pub enum Impression<'a> {
    Projet,
    Definitif(&'a Conforme),
}

impl Impression<'_> {
    pub fn etat(self) -> Etat {
        match self {
            Impression::Projet => Etat::Projet,
            Impression::Definitif(_) => Etat::Definitif,
        }
    }
}

/// Everything that a document is written from.
pub struct Demande<'a> {
    pub contrat: &'a Contrat,
    /// The same contract as JSON, without comments: what templates read.
    pub donnees: &'a Json,
    /// The data before it was restricted to one gestionnaire: shared fiches may name another's establishment.
    pub ensemble: &'a Json,
    /// For a contract restricted to one gestionnaire: which elements of each list were kept.
    pub rangs: Option<&'a BTreeMap<String, Vec<usize>>>,
    pub modele: &'a Modele,
    pub impression: Impression<'a>,
    /// What is to be written.
    pub usage: &'a Usage,
    /// Date of the document: of the signature, else of the effect; a draft may have none.
    pub date: Option<Date>,
    /// The parties' logos with their alternative texts.
    pub logos: &'a [(Image, String)],
    /// The other files that the contract names and that could be read.
    pub fichiers: &'a [FichierLu],
}

/// What is drawn from the data of a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Usage {
    /// The contract itself.
    #[default]
    Contrat,
    /// A simple page per fiche, for the teams.
    Equipes,
    /// The road map of an establishment, by its identifier.
    Etablissement(String),
}

impl Usage {
    /// What the model says of it; nothing for the contract itself.
    pub fn extrait<'m>(&self, modele: &'m Modele) -> Result<Option<&'m Extrait>, Erreur> {
        let extraits = &modele.manifeste.extraits;
        let (extrait, cle) = match self {
            Usage::Contrat => return Ok(None),
            Usage::Equipes => (&extraits.equipes, "equipes"),
            Usage::Etablissement(_) => (&extraits.etablissement, "etablissement"),
        };
        match extrait {
            Some(extrait) => Ok(Some(extrait)),
            None => Err(Erreur::ExtraitAbsent { modele: modele.manifeste.id.to_string(), extrait: cle }),
        }
    }

    pub(super) fn plan<'m>(&self, modele: &'m Modele) -> Result<&'m [Element], Erreur> {
        Ok(self.extrait(modele)?.map_or(modele.manifeste.plan.as_slice(), |extrait| &extrait.plan))
    }
}
