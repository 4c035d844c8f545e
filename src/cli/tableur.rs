//! `cpom tableur`: a contract as a workbook, what a filled workbook changes, a workbook to begin with.

use super::arguments::{ExporterClasseur, ImporterClasseur, Nouveau, Tableur};
use super::issue::Issue;
use super::{ecran, nouveau, reprise};
use crate::dossier::depart::{contrat_de_depart, texte};
use crate::dossier::{self, Choix, Erreur, Ouverture};
use crate::echanges::reprise::{Sens, choisir};
use crate::formats::compte;
use crate::lecture::Fichier;
use crate::lecture::classeur::Classeur;
use crate::tableur::{self, Options, Retour};
use std::path::Path;

/// Why no workbook is written or read.
#[derive(Debug, thiserror::Error)]
enum Refus {
    #[error(
        "il manque le classeur à écrire.\n    À faire : ajoutez « --sortie contrat.xlsx » ; le contrat de départ sera écrit à côté."
    )]
    SansSortie,
    #[error(
        "le dossier « {0} » ne contient aucune table en CSV.\n    À faire : donnez le dossier écrit par « cpom tableur exporter --csv », ou un classeur."
    )]
    DossierSansTable(String),
    #[error("« {0} » ne peut pas être lu : {1}.\n    À faire : vérifiez le nom et les droits du fichier.")]
    Illisible(String, std::io::Error),
}

impl From<Refus> for Erreur {
    fn from(refus: Refus) -> Self {
        Erreur::Suite(Box::new(refus))
    }
}

pub fn executer(commande: &Tableur) -> Result<Issue, Erreur> {
    match commande {
        Tableur::Exporter(options) => exporter(options),
        Tableur::Importer(options) => importer(options),
        Tableur::Nouveau(options) => commencer(options),
    }
}

fn exporter(options: &ExporterClasseur) -> Result<Issue, Erreur> {
    let ouverture = dossier::ouvrir(&options.contrat)?;
    if ouverture.contrat.is_none() {
        ecran::remarques(&ouverture.remarques);
        ecran::note("contrat refusé : aucun classeur n'a été écrit.");
        return Ok(Issue::Refuse);
    }
    dossier::epargner(&options.contrat, [options.sortie.as_path()])?;
    let montrees = if options.csv {
        let tables = tableur::exporter_en_texte(&ouverture.donnees, &options.parties)?;
        let deja = tables.iter().map(|(nom, _)| options.sortie.join(nom)).find(|table| table.exists());
        if let Some(deja) = deja.filter(|_| !options.remplacer) {
            return Err(dossier::ErreurEcriture::DejaLa(deja.display().to_string()).into());
        }
        dossier::ecrire_ensemble(&options.sortie, &tables, dossier::EN_COURS)?;
        compte(tables.len(), "table")
    } else {
        let octets = classeur(&ouverture, &options.document.choix(), options)?;
        dossier::ecrire_nouveau(&options.sortie, &octets, options.remplacer)?;
        "classeur".to_owned()
    };
    ecran::ligne(&format!("écrit : {} ({montrees})", options.sortie.display()));
    taire(&ouverture);
    Ok(Issue::Fait)
}

fn classeur(ouverture: &Ouverture, choix: &Choix, options: &ExporterClasseur) -> Result<Vec<u8>, Erreur> {
    let verification = dossier::verifier(ouverture, choix)?;
    let demande = Options {
        pour: options.pour(),
        verrouille: options.verrouille,
        parties: options.parties.clone(),
        remarques: &verification.rapport.remarques,
        commentaires: Some(&ouverture.lecture.valeur),
    };
    Ok(tableur::exporter(&ouverture.donnees, &demande)?)
}

/// Says what of the contract is not in the workbook.
fn taire(ouverture: &Ouverture) {
    let restent = tableur::non_montrees(&ouverture.donnees);
    if restent.is_empty() {
        return;
    }
    ecran::note(&format!(
        "{} du contrat ne tiennent dans aucune cellule, et y restent :",
        compte(restent.len(), "valeur")
    ));
    restent.iter().take(20).for_each(|pointeur| ecran::note(&format!("    {pointeur}")));
}

fn importer(options: &ImporterClasseur) -> Result<Issue, Erreur> {
    let nom = options.fichier.display().to_string();
    let classeur = lire(&options.fichier, &nom)?;
    let Some(ouverture) = reprise::ouvrir(&options.contrat)? else { return Ok(Issue::Refuse) };
    let base = match options.base.as_slice() {
        [] => None,
        base => Some(dossier::ouvrir(base)?),
    };
    let retour = Retour { base: base.as_ref().map(|base| &*base.donnees), pour: None };
    let lue = tableur::importer(&nom, &classeur, &ouverture, &retour)?;
    let mut choisies = options.reprise.clone();
    if options.retirer {
        let retires = lue.elements.iter().filter(|e| e.sens == Sens::Retire).map(|e| e.numero);
        let defaut = choisir(&lue, &choisies.prendre, &[])?;
        choisies.prendre = defaut.into_iter().chain(retires).map(|n| n.to_string()).collect();
    }
    reprise::mener(lue, &ouverture, &options.document.choix(), &choisies)
}

/// A workbook, or the tables of a folder as the sheets of one.
fn lire(chemin: &Path, nom: &str) -> Result<Classeur, Erreur> {
    if !chemin.is_dir() {
        return Ok(tableur::lire(nom, &dossier::lire_dossier(chemin)?)?);
    }
    let illisible = |cause| Refus::Illisible(nom.to_owned(), cause);
    let mut tables = Vec::new();
    for entree in std::fs::read_dir(chemin).map_err(illisible)? {
        let table = entree.map_err(illisible)?.path();
        if table.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) {
            tables.push(table);
        }
    }
    tables.sort();
    let mut classeur = Classeur::default();
    for table in &tables {
        let lu = tableur::lire(&table.display().to_string(), &dossier::lire_dossier(table)?)?;
        classeur.feuilles.extend(lu.feuilles);
    }
    if tables.is_empty() { Err(Refus::DossierSansTable(nom.to_owned()).into()) } else { Ok(classeur) }
}

fn commencer(options: &Nouveau) -> Result<Issue, Erreur> {
    let Some(sortie) = &options.destination.sortie else { return Err(Refus::SansSortie.into()) };
    let catalogue = dossier::catalogue(options.modeles.as_deref())?;
    let (modele, reponses) = nouveau::lire(options, &catalogue)?;
    let contrat = texte(&contrat_de_depart(&modele, &reponses)?);
    let fichier = sortie.with_extension("json");
    let recu = Fichier { nom: fichier.display().to_string(), octets: contrat.clone().into_bytes() };
    let ouverture = dossier::ouvrir_recus(vec![recu], std::collections::BTreeMap::new())?;
    let demande = Options { commentaires: Some(&ouverture.lecture.valeur), ..Options::default() };
    let octets = tableur::exporter(&ouverture.donnees, &demande)?;
    dossier::ecrire_nouveau(&fichier, contrat.as_bytes(), options.destination.remplacer)?;
    dossier::ecrire_nouveau(sortie, &octets, options.destination.remplacer)?;
    let (classeur, json) = (sortie.display(), fichier.display());
    ecran::ligne(&format!(
        "écrit : {classeur}, à remplir, et {json}, son contrat de départ (modèle {})",
        modele.designation()
    ));
    ecran::ligne(&format!("    Ensuite : cpom tableur importer {classeur} --contrat {json} --ecrire"));
    Ok(Issue::Fait)
}
