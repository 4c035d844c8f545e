//! `cpom servir`: the service, and a line for each answer that it gives.

use super::arguments::Servir;
use super::{Issue, ecran};
use crate::dossier::Erreur;
use crate::servir::{self, Trace};
use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::Duration;

/// Lines that wait for whoever reads them.
const LIGNES_EN_ATTENTE: usize = 1024;

pub fn executer(options: &Servir) -> Result<Issue, Erreur> {
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
    servir::executer(&options.reglages(), annoncer, Box::new(suivre)).map_err(|e| Erreur::Suite(Box::new(e)))?;
    // The last lines, unless nobody reads them.
    let _ = finie.recv_timeout(Duration::from_secs(1));
    Ok(Issue::Fait)
}

fn annoncer(adresse: SocketAddr) {
    ecran::ligne(&format!("le service répond à http://{adresse} (Ctrl-C l'arrête)"));
    if !adresse.ip().is_loopback() {
        ecran::note(
            "d'autres machines y ont accès, sans mot de passe ni chiffrement : placez-le derrière un serveur mandataire.",
        );
    }
}
