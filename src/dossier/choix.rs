//! What the user chose beside the contract → the models to choose from, and the one that the contract is printed with.

use crate::contrat::Contrat;
use crate::contrat::parties::TypeAutorite;
use crate::document::Etat;
use crate::modele::{Catalogue, ErreurModele, Modele};
use crate::redaction::Usage;
use crate::rendu;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the user chose beside the contract.
#[derive(Debug, Clone, Default)]
pub struct Choix {
    pub etat: Option<Etat>,
    pub modele: Option<String>,
    pub dossier_modeles: Option<PathBuf>,
    /// The models, when they were loaded before: no folder is then read.
    pub charges: Option<Arc<Catalogue>>,
    pub gestionnaire: Option<String>,
    pub date: Option<String>,
    /// Alerts refuse the contract too.
    pub strict: bool,
    /// What the files carry beside the words.
    pub options: rendu::Options,
    /// What is printed from the contract.
    pub pour: Usage,
}

impl Choix {
    /// The models to choose from.
    pub fn catalogue(&self) -> Result<Arc<Catalogue>, ErreurModele> {
        match &self.charges {
            Some(charges) => Ok(Arc::clone(charges)),
            None => catalogue(self.dossier_modeles.as_deref()).map(Arc::new),
        }
    }
}

/// The model asked for, else the contract's, else that of the only ARS's region, else the national one.
pub fn choisir_modele(contrat: &Contrat, choix: &Choix) -> Result<Modele, ErreurModele> {
    let catalogue = choix.catalogue()?;
    if let Some(id) = &choix.modele {
        return catalogue.modele(id);
    }
    if let Some(modele) = contrat.modele.valeur() {
        return catalogue.modele(modele.id.as_str());
    }
    let ars = contrat.autorites().iter().filter(|a| a.r#type == TypeAutorite::Ars);
    let regions: Vec<String> = ars.map(|a| a.region.valeur().map(ToString::to_string).unwrap_or_default()).collect();
    catalogue.modele_de_region(&regions)
}

/// The embedded models, with those of a folder if one is given.
pub fn catalogue(dossier: Option<&Path>) -> Result<Catalogue, ErreurModele> {
    match dossier {
        Some(dossier) => Catalogue::avec_dossier(dossier),
        None => Ok(Catalogue::embarque()),
    }
}
