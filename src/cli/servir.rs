//! `cpom servir`: the service, and a line for each answer that it gives.

use super::arguments::Servir;
use super::issue::Issue;
use super::{ecran, ligne};
use crate::dossier::Erreur;
use crate::isolement;
use crate::servir::{self, Reglages, Trace};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::Duration;

/// Lines that wait for whoever reads them.
const LIGNES_EN_ATTENTE: usize = 1024;

/// `arguments` is the whole line: the assistants that work are launched with it.
pub fn executer(options: &Servir, arguments: &[OsString]) -> Result<Issue, Erreur> {
    let assistants = isolement::est_possible().then(|| ligne::assistants(arguments));
    let reglages = Reglages { assistants, ..options.reglages() };
    // A terminal that is paused, or a collector of lines that is stopped, must not hold the answers.
    let (envoi, reception) = mpsc::sync_channel::<String>(LIGNES_EN_ATTENTE);
    let (fin, finie) = mpsc::channel::<()>();
    // Without a thread for them, the lines are lost, not the service.
    let _ = std::thread::Builder::new().spawn(move || {
        reception.iter().for_each(|ligne| ecran::note(&ligne));
        drop(fin);
    });
    let suivre = move |trace: &Trace| {
        // Beyond what waits, lines are lost rather than answers.
        let _ = envoi.try_send(format!("{} {} : {}", trace.methode, trace.chemin, trace.statut));
    };
    servir::executer(&reglages, annoncer, Box::new(suivre)).map_err(|e| Erreur::Suite(Box::new(e)))?;
    // The last lines, unless nobody reads them.
    let _ = finie.recv_timeout(Duration::from_secs(1));
    Ok(Issue::Fait)
}

/// Does the works of the service that launched this process.
pub fn assister(options: Servir) {
    let Reglages { modeles, delai, .. } = options.reglages();
    servir::assister(modeles, delai);
}

fn annoncer(adresse: SocketAddr) {
    ecran::ligne(&format!("le service répond à http://{adresse} (Ctrl-C l'arrête)"));
    if !adresse.ip().is_loopback() {
        ecran::note(
            "d'autres machines y ont accès, sans mot de passe ni chiffrement : placez-le derrière un serveur mandataire.",
        );
    }
}
