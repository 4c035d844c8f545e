//! What the requests of the workshop share: the open folder, who may ask, and whether it is ending.

use super::acces::Acces;
use super::dossier::Dossier;
use tokio::sync::watch;

/// What the requests share.
pub struct Serveur {
    pub dossier: Dossier,
    pub acces: Acces,
    /// True once the workshop is to end: the streams that pages listen to then do.
    pub fin: watch::Receiver<bool>,
}
