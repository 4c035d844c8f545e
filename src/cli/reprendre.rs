//! `cpom reprendre`: takes the values edited in a Word file back into the contract, and lists what it cannot hold.

use super::arguments::Reprendre;
use super::issue::Issue;
use super::reprise;
use crate::dossier::{self, Erreur};
use crate::echanges::word::{Suivi, reprendre};

pub fn executer(options: &Reprendre) -> Result<Issue, Erreur> {
    let nom = options.fichier.display().to_string();
    let octets = dossier::lire_dossier(&options.fichier)?;
    let Some(ouverture) = reprise::ouvrir(&options.contrat)? else { return Ok(Issue::Refuse) };
    let suivi = if options.original { Suivi::Original } else { Suivi::Accepte };
    let choix = options.impression.choix();
    let lue = reprendre(&nom, &octets, &ouverture, &choix, suivi)?;
    reprise::mener(lue, &ouverture, &choix, &options.reprise)
}
