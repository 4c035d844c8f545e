//! A command where memory may be refused → the same command run by a process that this one waits for: what Rust says
//! of its end, in English, is told in French.
//!
//! A refusal of memory ends a Rust program on the spot: only another process can tell it. Most systems promise memory
//! without counting, and never refuse any: there nothing is launched, and a command costs what it did.

use super::{Issue, ecran};
use std::ffi::OsString;
use std::process::ExitCode;

/// What is to become of a command line.
#[derive(Debug)]
pub enum Veille {
    /// To be run here, without the word that says that it is watched.
    Ici(Vec<OsString>),
    /// Another process ran it.
    Finie(ExitCode),
}

/// The first word of a command line that is watched. No person types it.
const SURVEILLE: &str = "surveille";

/// What Rust writes when memory is refused. It is not relayed, nor is what follows.
const MEMOIRE: &[u8] = b"memory allocation of ";

/// Has a command run by a process of its own if memory may be refused to it.
pub fn surveiller(mut arguments: Vec<OsString>) -> Veille {
    let mot = arguments.get(1).and_then(|mot| mot.to_str());
    if mot == Some(SURVEILLE) {
        arguments.remove(1);
        systeme::finir_avec_le_parent();
        return Veille::Ici(arguments);
    }
    // Their works are done by assistants already, and they have their own way to end.
    let a_part = matches!(mot, Some("lot" | "servir"));
    let finie = if a_part || !systeme::memoire_comptee() { None } else { systeme::lancer(&arguments) };
    finie.map_or(Veille::Ici(arguments), Veille::Finie)
}

fn sans_memoire() -> ExitCode {
    ecran::erreur(
        "la mémoire a manqué : cpom s'est arrêté avant la fin, rien n'est écrit à moitié.\n    À faire : relevez la limite qui lui est faite (« ulimit -v ») ou fermez d'autres programmes, puis recommencez ; il faut environ 400 Mo par contrat.",
    );
    Issue::MauvaisUsage.into()
}

#[cfg(unix)]
mod systeme {
    use super::{Issue, MEMOIRE, SURVEILLE, ecran, sans_memoire};
    use crate::isolement;
    use crate::lecture::ouverture;
    use rustix::process::{Pid, Resource, Signal, getrlimit, kill_process};
    use std::ffi::{OsStr, OsString};
    use std::io::{BufRead, BufReader, Read};
    use std::os::unix::process::ExitStatusExt;
    use std::path::Path;
    use std::process::{Command, ExitCode, Stdio};

    /// Whether memory may be refused here: a limit is set, or the system promises no more than it has.
    pub fn memoire_comptee() -> bool {
        [Resource::As, Resource::Data].into_iter().any(|memoire| getrlimit(memoire).current.is_some())
            || ouverture::lire(Path::new("/proc/sys/vm/overcommit_memory"), 8).is_ok_and(|mode| mode.starts_with(b"2"))
    }

    /// The process that is watched does not outlive the one that its user knows.
    pub fn finir_avec_le_parent() {
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
    }

    /// Runs a command line, relays what it says, tells how it ended; `None` when it cannot be launched.
    pub fn lancer(arguments: &[OsString]) -> Option<ExitCode> {
        let suite = arguments.iter().skip(1).map(OsString::as_os_str);
        let mut processus = Command::new(isolement::ce_programme()?)
            .args(std::iter::once(OsStr::new(SURVEILLE)).chain(suite))
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let pid = Pid::from_child(&processus);
        // Ctrl-C goes to both; a demand to end may come to this one alone.
        let _ = ctrlc::set_handler(move || {
            let _ = kill_process(pid, Signal::TERM);
        });
        let refusee = processus.stderr.take().is_some_and(relayer);
        let statut = processus.wait().ok()?;
        Some(match statut.signal() {
            Some(_) if refusee => sans_memoire(),
            Some(signal) if signal == Signal::KILL.as_raw() => sans_memoire(),
            Some(signal) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX)),
            None => statut.code().and_then(|code| u8::try_from(code).ok()).map_or(Issue::Defaut.into(), ExitCode::from),
        })
    }

    /// Passes lines on as they come; whether the last words were that memory is refused.
    fn relayer(erreurs: impl Read) -> bool {
        let (mut erreurs, mut ligne, mut refusee) = (BufReader::new(erreurs), Vec::new(), false);
        while erreurs.read_until(b'\n', &mut ligne).is_ok_and(|lus| lus > 0) {
            refusee |= ligne.starts_with(MEMOIRE);
            if !refusee {
                ecran::relayer(&ligne);
            }
            ligne.clear();
        }
        refusee
    }
}

#[cfg(not(unix))]
mod systeme {
    use std::ffi::OsString;
    use std::process::ExitCode;

    pub fn memoire_comptee() -> bool {
        false
    }

    pub fn finir_avec_le_parent() {}

    pub fn lancer(_: &[OsString]) -> Option<ExitCode> {
        None
    }
}
