//! `cpom importer finess`: a perimeter out of the register, as a starting contract or as changes of one.

use super::{ecran, reprise, sortie};
use crate::cli::arguments::Finess;
use crate::cli::issue::Issue;
use crate::contrat::identifiants::Finess as Numero;
use crate::dossier::depart::texte;
use crate::dossier::{self, Choix, Erreur};
use crate::formats::compte;
use crate::registres::finess::{Demande, comparer, contrat_de_depart, lire};
use std::str::FromStr;

/// Why nothing is read.
#[derive(Debug, thiserror::Error)]
enum Refus {
    #[error(
        "« {0} » n'est pas un numéro FINESS : {1}.\n    À faire : donnez ses neuf caractères, zéros compris (« --ej 010000255 »)."
    )]
    Numero(String, String),
    #[error(
        "« --ecrire », « --prendre » et « --sauf » changent un contrat, et aucun n'est donné.\n    À faire : ajoutez « --contrat contrat.json », ou « --sortie contrat.json » pour écrire un contrat de départ."
    )]
    SansContrat,
}

impl From<Refus> for Erreur {
    fn from(refus: Refus) -> Self {
        Erreur::Suite(Box::new(refus))
    }
}

pub fn executer(options: &Finess) -> Result<Issue, Erreur> {
    let demande = Demande {
        ej: options.ej.iter().map(|numero| numero_lu(numero)).collect::<Result<_, _>>()?,
        et: options.et.iter().map(|numero| numero_lu(numero)).collect::<Result<_, _>>()?,
        ailleurs: false,
    };
    let choisi = options.reprise.ecrire || !options.reprise.prendre.is_empty() || !options.reprise.sauf.is_empty();
    if options.contrat.is_empty() && choisi {
        return Err(Refus::SansContrat.into());
    }
    ecran::etape("lecture de FINESS");
    let extrait = lire(&options.fichiers, &demande)?;
    if !options.contrat.is_empty() {
        let Some(ouverture) = reprise::ouvrir(&options.contrat)? else { return Ok(Issue::Refuse) };
        let lue = comparer(&extrait, &demande, &ouverture)?;
        return reprise::mener(lue, &ouverture, &Choix::default(), &options.reprise);
    }
    if let Some(fichier) = &options.destination.sortie {
        dossier::epargner(&options.fichiers, [fichier.as_path()])?;
    }
    let depart = contrat_de_depart(&extrait);
    depart.notes.iter().for_each(|note| ecran::note(note));
    if sortie::ecrire(&texte(&depart.contrat), &options.destination)?
        && let Some(fichier) = &options.destination.sortie
    {
        ecran::ligne(&format!("écrit : {}", fichier.display()));
    }
    if depart.a_choisir.is_empty() {
        return Ok(Issue::Fait);
    }
    ecran::note(&format!("À choisir, {} :", compte(depart.a_choisir.len(), "point")));
    for [lieu, texte, motif, a_faire] in &depart.a_choisir {
        ecran::note(&format!("  {texte} ({lieu})"));
        ecran::note(&format!("    {motif}"));
        ecran::note(&format!("    À faire : {a_faire}"));
    }
    Ok(Issue::Refuse)
}

/// As people copy them, with spaces.
fn numero_lu(texte: &str) -> Result<String, Erreur> {
    let serre: String = texte.split_whitespace().collect::<String>().to_uppercase();
    match Numero::from_str(&serre) {
        Ok(numero) => Ok(numero.as_str().to_owned()),
        Err(_) => {
            let vus = serre.chars().count();
            Err(Refus::Numero(texte.to_owned(), format!("il a {}", compte(vus, "caractère"))).into())
        }
    }
}
