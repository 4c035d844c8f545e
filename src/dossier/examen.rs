//! An opened contract → what the rules say of it, with the model and the state that it is checked for.

use super::caracteres;
use super::choix::{Choix, choisir_modele};
use super::defaut::DefautDuProgramme;
use super::non_imprime;
use super::ouverture::{Ouverture, SCHEMA, refuse};
use super::pieces;
use crate::compte_rendu::{CompteRendu, Source};
use crate::contrat::champ::NON_APPLICABLE;
use crate::contrat::identifiants::Date;
use crate::contrat::{self, Contrat};
use crate::document::Etat;
use crate::modele::{ErreurModele, Modele};
use crate::regles::{self, Demande, Rapport};
use crate::remarque::{Remarque, Severite};
use crate::saisie;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Why the rules could not be run.
#[derive(Debug, thiserror::Error)]
pub enum ErreurExamen {
    #[error(transparent)]
    Modele(#[from] ErreurModele),
    #[error("« {0} » n'est pas une date.\n    À faire : écrivez l'année, le mois et le jour, par exemple 2026-01-31.")]
    Date(String),
    #[error(transparent)]
    Defaut(#[from] DefautDuProgramme),
}

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
    pub(super) donnees: Arc<Value>,
    /// The files that it names.
    pub(super) fichiers: pieces::Fichiers,
}

/// Every remark of the schema and of the rules.
///
/// What the schema refuses is taken out before the rules run, and the rules that read it are not run.
pub(super) fn selon_les_regles(ouverture: &Ouverture, choix: &Choix) -> Result<Verification, ErreurExamen> {
    let donnees = dater(&ouverture.donnees, choix.date.as_deref())?;
    let mut rapport = Rapport::default();
    let (modele, etat);
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
            for remarque in rapport.remarques.iter_mut().chain(&mut rapport.au_definitif) {
                remarque.pointeur = origine(&remarque.pointeur);
                remarque.position = ouverture.lecture.positions.de(&remarque.pointeur);
            }
        }
    }
    // In a contract to be signed each place is told: see `verification`.
    let dites = ouverture.remarques.iter().filter(|r| etat == Etat::Projet || r.code != saisie::ATTENDUS);
    rapport.remarques.extend(dites.cloned());
    let selon_l_etat = |etat| {
        let mut dites = caracteres::du_contrat(&ouverture.lecture, &donnees, etat);
        dites.extend(restes_a_completer(ouverture, &donnees, etat));
        dites
    };
    let dites = selon_l_etat(etat);
    // A draft is spared what only a definitive contract must have; its verdict is not.
    if etat == Etat::Projet && ouverture.contrat.is_some() {
        let bloquantes = selon_l_etat(Etat::Definitif).into_iter().filter(|r| r.severite == Severite::Bloquante);
        rapport.au_definitif.extend(bloquantes.filter(|r| !dites.contains(r)));
    }
    rapport.remarques.extend(dites);
    rapport.remarques.extend(non_imprime::du_modele(&donnees, &modele.manifeste, &ouverture.lecture.positions));
    let definitif_refuse = !rapport.au_definitif.is_empty();
    Ok(Verification { rapport, modele, etat, lacunes: None, definitif_refuse, donnees, fichiers })
}

/// The texts that still say « à compléter » where one is needed.
fn restes_a_completer(ouverture: &Ouverture, donnees: &Value, etat: Etat) -> Vec<Remarque> {
    let mut restes = saisie::restes(donnees, etat == Etat::Definitif);
    for reste in &mut restes {
        reste.position = ouverture.lecture.positions.de(&reste.pointeur);
    }
    restes
}

/// What the rules look at.
struct Examen {
    contrat: Arc<Contrat>,
    valeur: Arc<Value>,
    ecartes: Vec<String>,
    /// From a pointer of what is looked at to that of the user's data.
    origine: Box<dyn Fn(&str) -> String>,
}

/// The contract itself when the schema accepts it, else what remains without what it refuses.
fn examiner(ouverture: &Ouverture, donnees: &Arc<Value>) -> Result<Option<Examen>, ErreurExamen> {
    let typer = |valeur: &Value| -> Result<Arc<Contrat>, DefautDuProgramme> {
        Contrat::deserialize(valeur)
            .map(Arc::new)
            .map_err(|e| DefautDuProgramme(format!("le schéma accepte ce que les types refusent ({e})")))
    };
    if !refuse(&ouverture.remarques) {
        let contrat = match &ouverture.contrat {
            Some(contrat) if Arc::ptr_eq(donnees, &ouverture.donnees) => Arc::clone(contrat),
            _ => typer(donnees)?,
        };
        let valeur = Arc::clone(donnees);
        return Ok(Some(Examen { contrat, valeur, ecartes: Vec::new(), origine: Box::new(str::to_owned) }));
    }
    let schema = SCHEMA.as_ref().map_err(|e| DefautDuProgramme(e.clone()))?;
    let Some(mut elague) = schema.elaguer(donnees) else { return Ok(None) };
    // A key given twice or two files that disagree: the value kept may not be the right one.
    let lus = ouverture.lecture.remarques.iter().map(|r| r.pointeur.clone());
    let ecartes = elague.ecartes.iter().cloned().chain(lus).collect();
    let valeur = Arc::new(std::mem::take(&mut elague.valeur));
    let contrat = typer(&valeur)?;
    Ok(Some(Examen { contrat, valeur, ecartes, origine: Box::new(move |p| elague.origine(p)) }))
}

/// The state asked for, else the contract's, else a draft.
pub(super) fn etat_demande(contrat: &Contrat, choix: &Choix) -> Etat {
    choix.etat.unwrap_or(match contrat.etat.valeur() {
        Some(contrat::Etat::Definitif) => Etat::Definitif,
        _ => Etat::Projet,
    })
}

/// The model, and whether it was chosen or follows from the contract: two ARS without a choice are `PAR-008`,
/// and the rest is checked against the national model.
fn modele_determine(contrat: &Contrat, choix: &Choix) -> Result<(bool, Modele), ErreurExamen> {
    match choisir_modele(contrat, choix) {
        Err(ErreurModele::ChoixNecessaire) => Ok((false, choix.catalogue()?.modele("national")?)),
        modele => Ok((true, modele?)),
    }
}

/// `--date` is the date of signature, whatever the file says.
fn dater(donnees: &Arc<Value>, date: Option<&str>) -> Result<Arc<Value>, ErreurExamen> {
    let mut donnees = Arc::clone(donnees);
    if let Some(date) = date {
        let date: Date = date.parse().map_err(|_| ErreurExamen::Date(date.to_string()))?;
        if let Value::Object(racine) = Arc::make_mut(&mut donnees) {
            let signature = racine.entry("signature").or_insert_with(|| json!({}));
            match signature {
                Value::Object(s) if !s.contains_key(NON_APPLICABLE) => {
                    s.insert("date".into(), json!(date.iso()));
                }
                autre => *autre = json!({ "date": date.iso() }),
            }
        }
    }
    Ok(donnees)
}

/// The report on an opened and verified contract.
pub fn compte_rendu(ouverture: &Ouverture, verification: &Verification) -> CompteRendu {
    CompteRendu::nouveau(&Source {
        rapport: &verification.rapport,
        modele: &verification.modele,
        etat: verification.etat,
        fichiers: ouverture.lecture.fichiers.iter().map(|f| f.nom.clone()).collect(),
        donnees: &verification.donnees,
        contrat: ouverture.contrat.as_deref(),
        lacunes: verification.lacunes,
        definitif_refuse: verification.definitif_refuse,
    })
}
