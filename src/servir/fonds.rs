//! What every request draws on: the models, read once when the service starts.

use crate::dossier::{self, joints::empreinte};
use crate::modele::{Catalogue, ErreurModele};
use std::path::Path;
use std::sync::Arc;

pub(super) struct Fonds {
    pub catalogue: Arc<Catalogue>,
    /// The identifiers of the models.
    pub ids: Vec<String>,
    /// Of all the models: an assistant that reads others says so.
    pub empreinte: String,
}

impl Fonds {
    /// The models of the program, and those of a folder.
    pub fn lire(modeles: Option<&Path>) -> Result<Self, ErreurModele> {
        let catalogue = Arc::new(dossier::catalogue(modeles)?);
        let liste = catalogue.liste()?;
        let ids = liste.iter().map(|modele| modele.manifeste.id.to_string()).collect();
        let empreintes: Vec<&str> = liste.iter().map(|modele| modele.empreinte.as_str()).collect();
        Ok(Fonds { empreinte: empreinte(empreintes.concat().as_bytes()), catalogue, ids })
    }
}
