//! From an opened contract to all that is to be said of it: structure, consistency, and, when it is to be
//! definitive, what its text lacks.

use super::caracteres;
use super::exemplaires::remarques_du_projet;
use super::{CODE_RENVOI, Choix, Erreur, Ouverture, SCHEMA, choisir_modele, dater, lacunes, pieces, refuse};
use crate::contrat::{self, Contrat};
use crate::document::Etat;
use crate::modele::{ErreurModele, Modele};
use crate::regles::{self, Demande, Rapport};
use crate::remarque::{Remarque, Severite, ordonner};
use serde_json::Value;
use std::collections::BTreeSet;

/// The whole report on a contract, with what it was checked against.
#[derive(Debug)]
pub struct Verification {
    pub rapport: Rapport,
    pub modele: Modele,
    /// The state that the contract is checked for.
    pub etat: Etat,
    /// How many values its text lacks; nothing when the schema refuses it, and no text can be written.
    pub lacunes: Option<usize>,
    /// Whether the definitive contract would be refused: by a blocking remark, now or once it is to be definitive, or by
    /// what its text lacks.
    pub definitif_refuse: bool,
    /// The data, the date of signature replaced if one was given.
    pub(super) donnees: Value,
    /// The files that it names.
    pub(super) fichiers: pieces::Fichiers,
}

/// Checks a contract: every remark of the schema, of the rules and, for a definitive one, of its text.
///
/// What the schema refuses is taken out before the rules run, and the rules that read it are not run.
pub fn verifier(ouverture: &Ouverture, choix: &Choix) -> Result<Verification, Erreur> {
    let donnees = dater(&ouverture.donnees, choix.date.as_deref())?;
    let mut rapport = Rapport::default();
    let (modele, etat);
    let mut seulement_au_definitif = false;
    let mut fichiers = pieces::Fichiers::default();
    match examiner(ouverture, &donnees)? {
        None => (modele, etat) = (choix.catalogue()?.modele("national")?, Etat::Projet),
        Some(Examen { contrat, valeur, ecartes, origine }) => {
            let (determine, choisi) = modele_determine(&contrat, choix)?;
            (modele, etat) = (choisi, etat_demande(&contrat, choix));
            fichiers = pieces::lire(&donnees, &ouverture.lecture.positions, &ouverture.source);
            let demande = Demande {
                contrat: &contrat,
                donnees: &valeur,
                modele: &modele.manifeste,
                modele_determine: determine,
                definitif: etat == Etat::Definitif,
                fichiers: &fichiers.etats(),
            };
            rapport = regles::verifier(&demande, &ecartes, &|_| None);
            // A draft is spared what only a definitive contract must have; its verdict is not.
            if etat == Etat::Projet && !rapport.refuse() {
                let au_definitif = regles::verifier(&Demande { definitif: true, ..demande }, &ecartes, &|_| None);
                let caracteres = caracteres::du_contrat(ouverture, &donnees, Etat::Definitif);
                seulement_au_definitif = au_definitif.refuse() || refuse(&caracteres);
            }
            for remarque in &mut rapport.remarques {
                remarque.pointeur = origine(&remarque.pointeur);
                remarque.position = ouverture.lecture.positions.de(&remarque.pointeur);
            }
        }
    }
    rapport.remarques.extend(ouverture.remarques.iter().cloned());
    rapport.remarques.extend(caracteres::du_contrat(ouverture, &donnees, etat));
    let mut verification =
        Verification { rapport, modele, etat, lacunes: None, definitif_refuse: false, donnees, fichiers };
    if ouverture.contrat.is_some() {
        let du_texte = remarques_du_projet(ouverture, choix, &verification)?;
        verification.lacunes = Some(lacunes::distinctes(&du_texte));
        seulement_au_definitif |= !du_texte.is_empty();
        // A draft shows its gaps; what names an article that is not there is wrong in a draft too.
        let dites = du_texte.into_iter().filter(|r| etat == Etat::Definitif || r.code == CODE_RENVOI);
        verification.rapport.remarques.extend(dites.map(|r| Remarque { severite: Severite::Bloquante, ..r }));
    }
    if choix.strict {
        verification.rapport.durcir();
    }
    sans_repetition(&mut verification.rapport);
    lacunes::nommer(&mut verification.rapport.remarques, &verification.donnees);
    verification.definitif_refuse = verification.rapport.refuse() || seulement_au_definitif;
    Ok(verification)
}

/// What the rules look at.
struct Examen {
    contrat: Contrat,
    valeur: Value,
    ecartes: Vec<String>,
    /// From a pointer of what is looked at to that of the user's data.
    origine: Box<dyn Fn(&str) -> String>,
}

/// The contract itself when the schema accepts it, else what remains without what it refuses.
fn examiner(ouverture: &Ouverture, donnees: &Value) -> Result<Option<Examen>, Erreur> {
    let typer = |valeur: &Value| -> Result<Contrat, Erreur> {
        serde_json::from_value(valeur.clone())
            .map_err(|e| Erreur::Interne(format!("le schéma accepte ce que les types refusent ({e})")))
    };
    if !refuse(&ouverture.remarques) {
        let (contrat, valeur) = (typer(donnees)?, donnees.clone());
        return Ok(Some(Examen { contrat, valeur, ecartes: Vec::new(), origine: Box::new(str::to_owned) }));
    }
    let schema = SCHEMA.as_ref().map_err(|e| Erreur::Interne(e.clone()))?;
    let Some(elague) = schema.elaguer(donnees) else { return Ok(None) };
    // A key given twice or two files that disagree: the value kept may not be the right one.
    let lus = ouverture.lecture.remarques.iter().map(|r| r.pointeur.clone());
    let ecartes = elague.ecartes.iter().cloned().chain(lus).collect();
    let contrat = typer(&elague.valeur)?;
    let valeur = elague.valeur.clone();
    Ok(Some(Examen { contrat, valeur, ecartes, origine: Box::new(move |p| elague.origine(p)) }))
}

/// The state asked for, else the contract's, else a draft.
fn etat_demande(contrat: &Contrat, choix: &Choix) -> Etat {
    choix.etat.unwrap_or(match contrat.etat.valeur() {
        Some(contrat::Etat::Definitif) => Etat::Definitif,
        _ => Etat::Projet,
    })
}

/// The model, and whether it was chosen or follows from the contract: two ARS without a choice are `PAR-008`,
/// and the rest is checked against the national model.
fn modele_determine(contrat: &Contrat, choix: &Choix) -> Result<(bool, Modele), Erreur> {
    match choisir_modele(contrat, choix) {
        Err(Erreur::Modele(ErreurModele::ChoixNecessaire)) => Ok((false, choix.catalogue()?.modele("national")?)),
        modele => Ok((true, modele?)),
    }
}

/// Twin contracts lack the same values, and the text may say what a rule says too: once is enough.
fn sans_repetition(rapport: &mut Rapport) {
    ordonner(&mut rapport.remarques);
    let place = |r: &Remarque| (r.code.clone(), r.pointeur.clone());
    let des_regles: BTreeSet<_> = rapport.remarques.iter().filter(|r| !r.references.is_empty()).map(place).collect();
    let mut vues = BTreeSet::new();
    rapport.remarques.retain(|r| match lacunes::cle(r) {
        Some((pointeur, ajouter)) => vues.insert((pointeur.to_owned(), ajouter.map(String::from))),
        None => !r.references.is_empty() || !des_regles.contains(&place(r)),
    });
}
