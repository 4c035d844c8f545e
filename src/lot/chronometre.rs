//! How long a contract took, for the manifest: the one clock of the program, that no printed file sees.

use std::time::Instant;

pub(super) struct Chronometre(Instant);

impl Chronometre {
    #[expect(clippy::disallowed_methods, reason = "a length of time in a manifest, that no dossier depends on")]
    pub fn lancer() -> Self {
        Chronometre(Instant::now())
    }

    pub fn millisecondes(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
