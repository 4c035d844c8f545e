//! The other end of the pipe: requests on the standard input → works → answers on the standard output, until there are
//! no more.

use super::tache::{Bornes, PILE, Tache};
use super::trame::{FAIT, PANNE, Paquet};
use super::{limites, trame};
use std::io::{self, BufWriter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Whether this process is an assistant.
static ICI: AtomicBool = AtomicBool::new(false);

/// How an assistant does a kind of work.
pub type Metier = (&'static Tache, Box<dyn Fn(Paquet) -> Paquet>);

/// Does the works that come, as long as somebody asks. `metiers` is called on the thread that works, which has a deep
/// stack: readers of nested objects are recursive.
pub fn servir(bornes: Bornes, metiers: impl FnOnce() -> Vec<Metier> + Send + 'static) {
    ICI.store(true, Ordering::Relaxed);
    // A demand to end that is sent to all the processes of a service is for its caller: a work that is begun goes on.
    let _ = ctrlc::set_handler(|| {});
    limites::poser(bornes);
    let fil = thread::Builder::new().stack_size(PILE).spawn(move || repondre(&metiers()));
    if let Ok(fil) = fil {
        let _ = fil.join();
    }
}

/// Whether this process is an assistant: those that it launches go with it.
pub(super) fn est_ici() -> bool {
    ICI.load(Ordering::Relaxed)
}

fn repondre(metiers: &[Metier]) {
    let (mut entree, mut sortie) = (io::stdin().lock(), BufWriter::new(io::stdout().lock()));
    // A caller that has gone, or a packet that is none: there is nobody to answer.
    while let Ok(Some((nom, demande))) = trame::lire(&mut entree, u64::MAX) {
        let Some((tache, faire)) = metiers.iter().find(|(tache, _)| tache.nom == nom) else { return };
        limites::compter_le_temps(tache.calcul);
        let (comment, reponse) = match catch_unwind(AssertUnwindSafe(|| faire(demande))) {
            Ok(reponse) => (FAIT, reponse),
            Err(_) => (PANNE, Paquet::default()),
        };
        if trame::ecrire(&mut sortie, comment, &reponse).is_err() {
            return;
        }
    }
}
