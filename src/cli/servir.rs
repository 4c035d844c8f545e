//! `cpom servir`: the service, and a line for each answer that it gives.

use super::arguments::Servir;
use super::{Issue, ecran};
use crate::dossier::Erreur;
use crate::servir::{self, Trace};
use std::net::SocketAddr;

pub fn executer(options: &Servir) -> Result<Issue, Erreur> {
    let suivre = |trace: &Trace| ecran::note(&format!("{} {} : {}", trace.methode, trace.chemin, trace.statut));
    servir::executer(&options.reglages(), annoncer, Box::new(suivre)).map_err(|e| Erreur::Suite(Box::new(e)))?;
    ecran::note("service arrêté.");
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
