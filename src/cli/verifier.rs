//! `cpom verifier`: what is to be said of a contract, without printing it.

use super::arguments::Verifier;
use super::ecran::Canal;
use super::{Issue, ecran};
use crate::compte_rendu::{CompteRendu, Source, imprime, junit, markdown, sarif};
use crate::document::Etat;
use crate::dossier::{self, Choix, Erreur, Format};
use crate::lecture::ErreurLecture;
use crate::regles::Rapport;
use crate::remarque::Remarque;
use crate::rendu::Options;
use serde_json::Value;
use std::path::{Path, PathBuf};

pub fn executer(options: &Verifier) -> Result<Issue, Erreur> {
    let choix = options.choix();
    let (mut compte_rendu, issue) = match verifier(&options.fichiers, &choix, options.completude) {
        Ok(compte_rendu) => {
            let issue = if compte_rendu.refuse { Issue::Refuse } else { Issue::Fait };
            (compte_rendu, issue)
        }
        // A file that is not JSON is told in the same shape, for machines.
        Err(Erreur::Lecture(ErreurLecture::Syntaxe(remarques))) if options.format != "texte" => {
            (illisible(&options.fichiers, remarques, &choix)?, Issue::MauvaisUsage)
        }
        Err(erreur) => return Err(erreur),
    };
    if !options.depuis.is_empty() {
        compte_rendu = compte_rendu.depuis(&verifier(&options.depuis, &choix, false)?);
    }
    if let Some(partie) = options.partie() {
        compte_rendu = compte_rendu.restreint(partie);
    }
    ecrire(&compte_rendu, &options.format, options.sortie.as_deref())?;
    Ok(issue)
}

fn verifier(fichiers: &[PathBuf], choix: &Choix, completude: bool) -> Result<CompteRendu, Erreur> {
    let ouverture = dossier::ouvrir(fichiers)?;
    let verification = dossier::verifier(&ouverture, choix)?;
    let mut compte_rendu = dossier::compte_rendu(&ouverture, &verification);
    if completude {
        compte_rendu.completude = Some(dossier::completude(&ouverture, choix, &verification)?);
    }
    Ok(compte_rendu)
}

/// The report on files that are not JSON.
fn illisible(fichiers: &[PathBuf], remarques: Vec<Remarque>, choix: &Choix) -> Result<CompteRendu, Erreur> {
    let modele = dossier::catalogue(choix.dossier_modeles.as_deref())?.modele("national")?;
    Ok(CompteRendu::nouveau(&Source {
        rapport: &Rapport { remarques, ..Rapport::default() },
        modele: &modele,
        etat: Etat::Projet,
        fichiers: fichiers.iter().map(|f| f.display().to_string()).collect(),
        donnees: &Value::Null,
        contrat: None,
    }))
}

fn ecrire(compte_rendu: &CompteRendu, format: &str, sortie: Option<&Path>) -> Result<(), Erreur> {
    let imprime = |format| dossier::imprimer(&imprime::document(compte_rendu), format, &Options::default());
    let octets = match format {
        "json" => compte_rendu.json().into_bytes(),
        "sarif" => sarif::ecrire(compte_rendu).into_bytes(),
        "junit" => junit::ecrire(compte_rendu).into_bytes(),
        "markdown" => markdown::ecrire(compte_rendu).into_bytes(),
        "pdf" => imprime(Format::Pdf)?,
        "docx" => imprime(Format::Docx)?,
        _ if sortie.is_some() => imprime(Format::Texte)?,
        _ => {
            ecran::rapport(compte_rendu, Canal::Sortie);
            ecran::ligne(&format!("{} : {}.", compte_rendu.verdict(), compte_rendu.bilan.en_mots()));
            return Ok(());
        }
    };
    match sortie {
        Some(fichier) => {
            dossier::ecrire_fichier(fichier, &octets)?;
            ecran::ligne(&format!("écrit : {}", fichier.display()));
            ecran::note(&format!("{} : {}.", compte_rendu.verdict(), compte_rendu.bilan.en_mots()));
            Ok(())
        }
        None if matches!(format, "pdf" | "docx") => Err(Erreur::SortieNecessaire(format.to_string())),
        None => {
            ecran::brut(&String::from_utf8_lossy(&octets));
            Ok(())
        }
    }
}
