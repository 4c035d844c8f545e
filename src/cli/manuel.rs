//! `cpom manuel`: the pages of the manual, on the standard output or in a folder.

use super::arguments::{Manuel, description};
use super::ecran;
use super::issue::Issue;
use crate::dossier::{self, Erreur};
use clap::Command;
use clap_mangen::Man;

/// The titles of a page that the library gives in English.
const TITRES: [(&str, &str); 2] = [(".SH NAME", ".SH NOM"), (".SH EXTRA", ".SH \"POUR EN SAVOIR PLUS\"")];

pub fn executer(options: &Manuel) -> Result<Issue, Erreur> {
    let mut programme = description();
    programme.build();
    let Some(dossier) = &options.sortie else {
        let commande = options.commande.as_deref().and_then(|nom| programme.find_subcommand(nom));
        ecran::brut(&page(commande.unwrap_or(&programme))?);
        return Ok(Issue::Fait);
    };
    let mut pages = Vec::new();
    rassembler(&programme, &mut pages)?;
    dossier::ecrire_ensemble(dossier, &pages, dossier::EN_COURS)?;
    for (nom, _) in &pages {
        ecran::ligne(&format!("écrit : {}", dossier.join(nom).display()));
    }
    Ok(Issue::Fait)
}

/// The page of a command and those below it.
fn rassembler(commande: &Command, pages: &mut Vec<dossier::Fichier>) -> Result<(), Erreur> {
    let nom = commande.get_display_name().unwrap_or(commande.get_name());
    pages.push((format!("{nom}.1"), page(commande)?.into_bytes()));
    commande.get_subcommands().try_for_each(|dessous| rassembler(dessous, pages))
}

fn page(commande: &Command) -> Result<String, Erreur> {
    let source = format!("cpom {}", env!("CARGO_PKG_VERSION"));
    let mut octets = Vec::new();
    Man::new(commande.clone())
        .source(source)
        .manual("Manuel de cpom")
        .render(&mut octets)
        .map_err(|e| Erreur::Interne(e.to_string()))?;
    let texte = String::from_utf8_lossy(&octets).into_owned();
    Ok(TITRES.iter().fold(texte, |texte, (anglais, francais)| texte.replace(anglais, francais)))
}
