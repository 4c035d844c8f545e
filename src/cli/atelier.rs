//! `cpom atelier`: the workshop, and its page in the browser of this machine.

use super::arguments::Atelier;
use super::ecran;
use super::issue::Issue;
use crate::atelier::{self, Reglages};
use crate::dossier::Erreur;
use std::process::{Command, Stdio};

pub fn executer(options: &Atelier) -> Result<Issue, Erreur> {
    let reglages = Reglages { dossier: options.dossier.clone(), port: options.port, modeles: options.modeles.clone() };
    let pret = |adresse: &str| {
        ecran::ligne(&format!("l'atelier est ouvert sur « {} » (Ctrl-C le ferme) :", options.dossier.display()));
        ecran::ligne(&format!("    {adresse}"));
        montrer(options, adresse);
    };
    match atelier::executer(&reglages, pret) {
        Ok(()) => Ok(Issue::Fait),
        Err(erreur) => {
            if let Some(adresse) = erreur.deja_ouvert() {
                montrer(options, adresse);
            }
            Err(Erreur::Suite(Box::new(erreur)))
        }
    }
}

/// Opens the page, where there is a browser to do it; the address was told all the same.
fn montrer(options: &Atelier, adresse: &str) {
    if options.sans_navigateur {
        return;
    }
    let (programme, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut commande = Command::new(programme);
    commande.args(arguments).arg(adresse).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Its end is waited for apart: a browser that stays does not hold the workshop.
    if let Ok(mut lance) = commande.spawn() {
        let _ = std::thread::Builder::new().spawn(move || lance.wait());
    }
}
