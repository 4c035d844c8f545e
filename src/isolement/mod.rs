//! Work on bytes that nobody vouches for → its answer, or how it was stopped; done by a process of its own.
//!
//! ```text
//! caller ─Tache + Paquet▶ Equipe ─trame▶ assistant (the same program) ─Metier▶ Paquet ─trame▶ caller
//!                            └─ at the delay, or at any stop of the assistant ▶ Arret
//! ```
//!
//! The process is bounded in time, memory and output, and killed without harm: the caller loses an answer, never its own
//! memory nor its other work. Without a program to launch (the library used by another, tests), the work is done on a
//! thread of the caller. This room must not know what the work is.

mod assistant;
mod enfant;
mod limites;
mod tache;
mod trame;

pub use assistant::{Metier, servir};
pub use tache::{Arret, Bornes, Tache};
pub use trame::{Octets, Paquet};

use enfant::Enfant;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::thread;
use std::time::Duration;
use tache::PILE;

/// Works after which an assistant is replaced: what it may have kept of them goes with it.
const TRAVAUX_MAX: u32 = 2_000;

/// The first words of the command line of an assistant, and what follows for one that reads files.
pub const ASSISTANT: &str = "assistant";
pub const LECTEUR: &str = "lecteur";

/// The readers of the files of others.
pub static LECTEURS: LazyLock<Equipe> =
    LazyLock::new(|| Equipe::nouvelle(vec![ASSISTANT.into(), LECTEUR.into()], BORNES_DU_LECTEUR));

/// A scan of 300 pages takes half of it.
pub const BORNES_DU_LECTEUR: Bornes = Bornes { memoire: 3 * 1024, reponse: 1024 };

/// The program that assistants run.
static PROGRAMME: OnceLock<PathBuf> = OnceLock::new();
/// The longest work that this process may ask for: an assistant has its own delay to keep.
static PLAFOND: OnceLock<Duration> = OnceLock::new();

/// Says which program the assistants are: from then on, works are done apart. Only the first call counts.
pub fn employer(programme: PathBuf) {
    let _ = PROGRAMME.set(programme);
}

/// Whether there is a program to launch.
pub fn est_possible() -> bool {
    PROGRAMME.get().is_some()
}

/// Bounds all the works that this process asks for.
pub fn plafonner(delai: Duration) {
    let _ = PLAFOND.set(delai);
}

/// This program, whatever becomes of its file while it runs.
pub fn ce_programme() -> Option<PathBuf> {
    let lien = PathBuf::from("/proc/self/exe");
    if lien.exists() { Some(lien) } else { std::env::current_exe().ok() }
}

/// Assistants launched with the same arguments: as many as there are works at the same time, used again and again.
#[derive(Debug)]
pub struct Equipe {
    arguments: Vec<OsString>,
    bornes: Bornes,
    libres: Mutex<Vec<Enfant>>,
}

impl Equipe {
    /// `arguments` is the command line that makes the program an assistant of these works.
    pub const fn nouvelle(arguments: Vec<OsString>, bornes: Bornes) -> Self {
        Equipe { arguments, bornes, libres: Mutex::new(Vec::new()) }
    }

    /// Has a work done, within its delay. After any stop the assistant is no more, and the next work has another.
    /// Where there is no program to launch, `ici` does it on a thread of this process.
    pub fn confier(
        &self,
        tache: &Tache,
        demande: Paquet,
        ici: impl FnOnce(Paquet) -> Paquet + Send + 'static,
    ) -> Result<Paquet, Arret> {
        if est_possible() {
            self.demander(tache, &demande, tache.delai)
        } else {
            a_part(tache.delai, move || ici(demande))
        }
    }

    /// Has a work done by an assistant, within `delai`.
    pub fn demander(&self, tache: &Tache, demande: &Paquet, delai: Duration) -> Result<Paquet, Arret> {
        let Some(programme) = PROGRAMME.get() else { return Err(Arret::Impossible("il est inconnu".to_owned())) };
        let delai = PLAFOND.get().map_or(delai, |plafond| delai.min(*plafond));
        let libre = self.libres().pop();
        let mut enfant = match libre.and_then(Enfant::vivant) {
            Some(enfant) => enfant,
            None => Enfant::lancer(programme, &self.arguments, self.bornes)?,
        };
        let reponse = enfant.demander(tache.nom, demande, delai)?;
        if enfant.travaux() < TRAVAUX_MAX {
            self.libres().push(enfant);
        }
        Ok(reponse)
    }

    /// Launches an assistant that will soon be asked, while the caller goes on.
    pub fn preparer(&self) {
        let mut libres = self.libres();
        if let Some(programme) = PROGRAMME.get().filter(|_| libres.is_empty()) {
            // If it cannot be, whoever asks will be told.
            libres.extend(Enfant::lancer(programme, &self.arguments, self.bornes));
        }
    }

    fn libres(&self) -> MutexGuard<'_, Vec<Enfant>> {
        self.libres.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs a work on a thread with a deep stack, for as long as `delai`.
pub fn a_part<T: Send + 'static>(delai: Duration, travail: impl FnOnce() -> T + Send + 'static) -> Result<T, Arret> {
    let (envoi, reception) = mpsc::channel();
    let fil = thread::Builder::new().stack_size(PILE).spawn(move || {
        // Nobody waits any longer once the time is over.
        let _ = envoi.send(catch_unwind(AssertUnwindSafe(travail)).ok());
    });
    fil.map_err(|cause| Arret::Impossible(cause.to_string()))?;
    match reception.recv_timeout(delai) {
        Ok(Some(fait)) => Ok(fait),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Arret::Delai),
        Ok(None) | Err(mpsc::RecvTimeoutError::Disconnected) => Err(Arret::Brutal),
    }
}
