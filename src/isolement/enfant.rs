//! An assistant seen from its caller: launched, asked, waited for, killed.

use super::assistant::est_ici;
use super::tache::{Arret, Bornes};
use super::trame::{self, PANNE, Paquet};
use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, ErrorKind};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

type Reponse = io::Result<Option<(String, Paquet)>>;

/// A process that waits for works. It ends with its last caller: its input then does.
#[derive(Debug)]
pub(super) struct Enfant {
    processus: Child,
    entree: BufWriter<ChildStdin>,
    /// What it answers, read by a thread: a pipe alone cannot be waited for with a delay.
    reponses: Receiver<Reponse>,
    travaux: u32,
}

impl Enfant {
    pub fn lancer(programme: &Path, arguments: &[OsString], bornes: Bornes) -> Result<Self, Arret> {
        let impossible = |cause: io::Error| Arret::Impossible(cause.to_string());
        let mut commande = Command::new(programme);
        commande.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        detacher(&mut commande);
        let mut processus = commande.spawn().map_err(impossible)?;
        let (Some(entree), Some(sortie)) = (processus.stdin.take(), processus.stdout.take()) else {
            return Err(Arret::Impossible("ses tuyaux manquent".to_owned()));
        };
        let (envoi, reponses) = mpsc::sync_channel(1);
        let max = bornes.reponse * 1024 * 1024;
        let mut sortie = BufReader::new(sortie);
        let lecteur = thread::Builder::new().spawn(move || {
            loop {
                let lu = trame::lire(&mut sortie, max);
                let fini = !matches!(lu, Ok(Some(_)));
                if envoi.send(lu).is_err() || fini {
                    break;
                }
            }
        });
        // From here on, dropping it kills it.
        let enfant = Enfant { processus, entree: BufWriter::new(entree), reponses, travaux: 0 };
        lecteur.map(|_| enfant).map_err(impossible)
    }

    /// The same, unless it stopped while it had nothing to do: that is no matter of the next work.
    pub fn vivant(mut self) -> Option<Self> {
        matches!(self.processus.try_wait(), Ok(None)).then_some(self)
    }

    pub fn travaux(&self) -> u32 {
        self.travaux
    }

    /// Sends a work and waits for its answer; after an error the process is of no more use.
    pub fn demander(&mut self, tache: &str, demande: &Paquet, delai: Duration) -> Result<Paquet, Arret> {
        self.travaux += 1;
        trame::ecrire(&mut self.entree, tache, demande).map_err(|_| Arret::Brutal)?;
        match self.reponses.recv_timeout(delai) {
            Ok(Ok(Some((comment, reponse)))) if comment != PANNE => Ok(reponse),
            Ok(Err(erreur)) if erreur.kind() == ErrorKind::FileTooLarge => Err(Arret::Demesure),
            Err(RecvTimeoutError::Timeout) => Err(Arret::Delai),
            Ok(_) | Err(RecvTimeoutError::Disconnected) => Err(self.fin()),
        }
    }

    /// How it ended by itself.
    fn fin(&mut self) -> Arret {
        // Its pipe is closed: it is about to be no more, if it is not yet.
        for _ in 0..40 {
            match self.processus.try_wait() {
                Ok(Some(statut)) if hors_du_temps(statut) => return Arret::Delai,
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                _ => break,
            }
        }
        Arret::Brutal
    }
}

impl Drop for Enfant {
    fn drop(&mut self) {
        tuer(&mut self.processus);
        // It is dead or about to be: the system has nothing left of it.
        let _ = self.processus.wait();
    }
}

/// Ctrl-C is for the caller: it lets what is begun end, and its assistants with it. Those of an assistant are of its
/// group, and are killed with it.
#[cfg(unix)]
fn detacher(commande: &mut Command) {
    use std::os::unix::process::CommandExt;
    if !est_ici() {
        commande.process_group(0);
    }
}

/// Kills it with the assistants of its own.
#[cfg(unix)]
fn tuer(processus: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if !est_ici() && matches!(processus.try_wait(), Ok(None)) {
        let _ = kill_process_group(Pid::from_child(processus), Signal::KILL);
    }
    let _ = processus.kill();
}

#[cfg(unix)]
fn hors_du_temps(statut: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    statut.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
fn detacher(_: &mut Command) {}

#[cfg(not(unix))]
fn tuer(processus: &mut Child) {
    let _ = processus.kill();
}

#[cfg(not(unix))]
fn hors_du_temps(_: std::process::ExitStatus) -> bool {
    false
}
