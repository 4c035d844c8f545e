//! `cpom verifier`: what is to be said of a contract, without printing it.

use super::arguments::Verifier;
use super::ecran;
use super::ecran::Canal;
use super::issue::Issue;
use super::usage::ErreurUsage;
use crate::compte_rendu::CompteRendu;
use crate::dossier::{self, Choix, Erreur, Forme};
use crate::lecture::ErreurLecture;
use crate::registres::finess;
use std::path::{Path, PathBuf};

pub fn executer(options: &Verifier) -> Result<Issue, Erreur> {
    let choix = options.choix();
    let forme = options.forme();
    let (mut compte_rendu, issue) = match verifier(&options.fichiers, &choix, options.completude, &options.finess) {
        Ok(compte_rendu) => {
            let issue = if compte_rendu.refuse { Issue::Refuse } else { Issue::Fait };
            (compte_rendu, issue)
        }
        // A file that is not JSON is told in the same shape, for machines.
        Err(Erreur::Lecture(ErreurLecture::Syntaxe(remarques))) if forme != Forme::Texte => {
            let noms = options.fichiers.iter().map(|f| f.display().to_string()).collect();
            (dossier::rapport_illisible(noms, remarques, &choix)?, Issue::MauvaisUsage)
        }
        Err(erreur) => return Err(erreur),
    };
    compte_rendu.avec_pourquoi = options.pourquoi;
    if !options.depuis.is_empty() {
        compte_rendu = compte_rendu.depuis(&verifier(&options.depuis, &choix, false, &options.finess)?);
    }
    if let Some(partie) = options.partie() {
        compte_rendu = compte_rendu.restreint(partie);
    }
    if let Some(sortie) = &options.sortie {
        dossier::epargner(&[options.fichiers.clone(), options.depuis.clone()].concat(), [sortie.as_path()])?;
    }
    ecrire(&compte_rendu, forme, options.sortie.as_deref())?;
    Ok(issue)
}

fn verifier(
    fichiers: &[PathBuf],
    choix: &Choix,
    completude: bool,
    registre: &[PathBuf],
) -> Result<CompteRendu, Erreur> {
    let ouverture = dossier::ouvrir(fichiers)?;
    let dites = match registre {
        [] => Vec::new(),
        registre => finess::verifier(&finess::lire(registre, &finess::demande_du_contrat(&ouverture))?, &ouverture),
    };
    dossier::controler_avec(&ouverture, choix, completude, dites)
}

fn ecrire(compte_rendu: &CompteRendu, forme: Forme, sortie: Option<&Path>) -> Result<(), Erreur> {
    match sortie {
        Some(fichier) => {
            dossier::ecrire_fichier(fichier, &dossier::ecrire_rapport(compte_rendu, forme)?)?;
            ecran::ligne(&format!("écrit : {}", fichier.display()));
            conclure(compte_rendu, ecran::note);
        }
        None if forme.est_un_fichier() => return Err(ErreurUsage::SortieNecessaire(forme.cle().to_string()).into()),
        None if forme == Forme::Texte => {
            ecran::rapport(compte_rendu, Canal::Sortie);
            conclure(compte_rendu, ecran::ligne);
        }
        None => ecran::brut(&String::from_utf8_lossy(&dossier::ecrire_rapport(compte_rendu, forme)?)),
    }
    Ok(())
}

/// The verdict, and what tells more when a draft is not complete.
fn conclure(compte_rendu: &CompteRendu, dire: fn(&str)) {
    dire(&format!("{}.", compte_rendu.conclusion()));
    if let Some(suite) = compte_rendu.suite() {
        ecran::note(suite);
    }
}
