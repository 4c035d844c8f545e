//! What the requests share: the places, the limits, the models, who works, who is told.

use super::depot::Limites;
use super::equipe::Equipe;
use super::etablis::Etablis;
use super::fonds::Fonds;
use crate::http::origine::Hotes;

/// What was asked and answered; nothing of a contract.
#[derive(Debug)]
pub struct Trace {
    pub methode: String,
    pub chemin: &'static str,
    pub statut: u16,
}

pub(super) type Suivi = Box<dyn Fn(&Trace) + Send + Sync>;

/// What the requests share.
pub(super) struct Service {
    pub etablis: Etablis,
    pub limites: Limites,
    pub hotes: Hotes,
    pub equipe: Equipe,
    /// The models, loaded once: a folder that changes is read at the next start.
    pub fonds: Fonds,
    /// The OpenAPI document, which depends on the models.
    pub openapi: String,
    pub suivre: Suivi,
}
