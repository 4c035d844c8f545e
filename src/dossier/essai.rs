//! A model → what is wrong with it: its clauses examined, then printed with contracts of several kinds.

use super::defaut::DefautDuProgramme;
use super::depart::{self, Reponses};
use super::exemplaires::CODE_DEFAUT;
use super::ouverture::{ErreurOuverture, examiner};
use crate::document::lint::Defaut;
use crate::lecture::{self, Fichier};
use crate::modele::Modele;
use crate::redaction::examen::{self, Faute, Genre};
use crate::redaction::{self, Demande, Impression, Usage};
use crate::remarque::{Position, Remarque, Severite, ordonner};
use crate::rendu;
use std::collections::BTreeSet;

/// The contracts that every model is tried with: name, files.
const CONTRATS: [(&str, &[&str]); 6] = [
    ("plusieurs départements, pièces et siège", &[include_str!("../../fixtures/paca/exemple.json")]),
    ("presque vide", &[include_str!("../../fixtures/paca/minimal.json")]),
    ("enfance, bibliothèque d'objectifs", &[include_str!("../../fixtures/bretagne/exemple.json")]),
    ("métropole, axes et portées", &[include_str!("../../fixtures/ara/exemple.json")]),
    ("gestionnaire public", &[include_str!("../../fixtures/persagotiere/exemple.json")]),
    (
        "deux gestionnaires",
        &[
            include_str!("../../fixtures/hesperia71/parties.json"),
            include_str!("../../fixtures/hesperia71/perimetre.json"),
            include_str!("../../fixtures/hesperia71/objectifs.json"),
            include_str!("../../fixtures/hesperia71/moyens.json"),
        ],
    ),
];

/// Codes of the remarks on a model.
const CLAUSE: &str = "MOD-001";
const ORPHELINE: &str = "MOD-002";
const CONDITION: &str = "MOD-003";
const CARACTERE: &str = "MOD-004";
const IMPRESSION: &str = "MOD-005";
const DEPART: &str = "MOD-006";

/// The data of the trial contracts, each file apart.
pub(super) fn contrats_d_essai() -> impl Iterator<Item = serde_json::Value> {
    CONTRATS.iter().flat_map(|(_, fichiers)| fichiers.iter()).filter_map(|texte| serde_json::from_str(texte).ok())
}

/// What is wrong with a model, in the order of its files; how many contracts it printed.
pub fn essayer(modele: &Modele) -> Result<(Vec<Remarque>, usize), ErreurOuverture> {
    let mut remarques = caracteres(modele);
    remarques.extend(du_depart(modele)?);
    let mut imprimes = 0;
    for (rang, (nom, fichiers)) in CONTRATS.iter().enumerate() {
        let fichiers = fichiers.iter().map(|texte| Fichier { nom: (*nom).into(), octets: texte.as_bytes().to_vec() });
        let ouverture = examiner(lecture::lire_fichiers(fichiers.collect())?)?;
        let contrat =
            ouverture.contrat.as_deref().ok_or_else(|| DefautDuProgramme(format!("contrat d'essai « {nom} »")))?;
        let premier = contrat.etablissements_inclus().next().map(|e| Usage::Etablissement(e.id.to_string()));
        for usage in [Some(Usage::Contrat), Some(Usage::Equipes), premier].into_iter().flatten() {
            let demande = Demande {
                contrat,
                donnees: &ouverture.donnees,
                ensemble: &ouverture.donnees,
                rangs: None,
                modele,
                impression: Impression::Projet,
                usage: &usage,
                date: contrat.signature.valeur().and_then(|s| s.date.valeur().copied()),
                logos: &[],
                fichiers: &[],
            };
            if rang == 0 && usage == Usage::Contrat {
                remarques.extend(examen::examiner(&demande).into_iter().map(de_faute));
                // Nothing can be printed with a plan that cannot be read.
                if remarques.iter().any(|r| r.code == CONDITION) {
                    ordonner(&mut remarques);
                    return Ok((remarques, imprimes));
                }
            }
            match imprimer(&demande) {
                Ok(defauts) => remarques.extend(defauts.iter().map(|d| de_defaut(d, nom))),
                Err(Echec::Redaction(erreur)) => remarques.push(de_redaction(&erreur, nom)),
                Err(Echec::Pdf(erreur)) => {
                    let message = format!("le contrat d'essai « {nom} » ne s'imprime pas : {erreur}");
                    remarques.push(remarque(IMPRESSION, None, message, "reprenez la dernière clause modifiée."));
                }
            }
        }
        imprimes += 1;
    }
    ordonner(&mut remarques);
    // A clause that fails with one contract often fails with all: once is enough.
    let place = |r: &Remarque| (r.code.clone(), r.position.clone());
    remarques.dedup_by(|a, b| a.position.is_some() && place(a) == place(b));
    let mut dits = BTreeSet::new();
    let sans_contrat = |r: &Remarque| r.message.split("contrat d'essai").next().unwrap_or_default().to_string();
    remarques.retain(|r| r.position.is_some() || dits.insert(sans_contrat(r)));
    Ok((remarques, imprimes))
}

/// What the schema refuses in the starting contract of the model.
fn du_depart(modele: &Modele) -> Result<Vec<Remarque>, ErreurOuverture> {
    let etablissements = Reponses::lire_etablissements("IME,SESSAD,EHPAD").unwrap_or_default();
    let reponses = Reponses { etablissements, departements: vec!["13".into()], ..Reponses::default() };
    let contrat = match depart::contrat_de_depart(modele, &reponses) {
        Ok(contrat) => contrat,
        Err(erreur) => return Ok(vec![remarque(DEPART, None, phrase(erreur.to_string()), "corrigez ce fichier.")]),
    };
    let nom = "contrat de départ".to_owned();
    let lu = lecture::lire_fichiers(vec![Fichier { nom, octets: depart::texte(&contrat).into_bytes() }])?;
    let refus = examiner(lu)?.remarques.into_iter().filter(|r| r.severite == Severite::Bloquante);
    let dire = |r: Remarque| {
        let message = format!("le contrat de départ est refusé par le schéma, à {} : {}", r.pointeur, r.message);
        remarque(DEPART, None, message, "corrigez « depart.json » (templates/README.md, « Le contrat de départ »).")
    };
    Ok(refus.map(dire).collect())
}

enum Echec {
    Redaction(redaction::Erreur),
    Pdf(rendu::pdf::Erreur),
}

fn imprimer(demande: &Demande<'_>) -> Result<Vec<Defaut>, Echec> {
    let redaction = redaction::rediger(demande).map_err(Echec::Redaction)?;
    rendu::pdf::rendre(&redaction.document, rendu::pdf::Options::default()).map_err(Echec::Pdf)?;
    Ok(redaction.defauts)
}

/// The characters of the clauses that no font of the program has.
fn caracteres(modele: &Modele) -> Vec<Remarque> {
    let mut sortie = Vec::new();
    for (_, chemin, texte) in modele.propres() {
        for (rang, ligne) in texte.lines().enumerate() {
            for c in rendu::pdf::manquants(ligne) {
                let message = format!("le caractère « {c} » (U+{:04X}) ne s'imprime pas.", u32::from(c));
                let position = position(&chemin, rang + 1);
                sortie.push(remarque(CARACTERE, position, message, "remplacez-le par un mot ou un signe courant."));
            }
        }
    }
    sortie
}

fn de_faute(faute: Faute) -> Remarque {
    let (code, severite, remede) = match faute.genre {
        Genre::Syntaxe | Genre::NomInconnu => (CLAUSE, Severite::Bloquante, "corrigez cette ligne."),
        Genre::Condition => (CONDITION, Severite::Bloquante, "corrigez la condition dans le manifeste."),
        Genre::LacuneSansLieu => (CLAUSE, Severite::Bloquante, "ajoutez l'objet et la clé à cet appel."),
        Genre::Orpheline => {
            (ORPHELINE, Severite::Alerte, "nommez ce fichier dans le plan ou dans une clause, ou retirez-le.")
        }
    };
    let position = position(&faute.fichier, faute.ligne);
    Remarque { severite, ..remarque(code, position, phrase(faute.message), remede) }
}

/// Ends with a point, unless it asks something.
fn phrase(message: String) -> String {
    if message.ends_with(['?', '.']) { message } else { message + "." }
}

fn de_redaction(erreur: &redaction::Erreur, contrat: &str) -> Remarque {
    let avec = format!("avec le contrat d'essai « {contrat} »");
    match erreur {
        redaction::Erreur::Clause { fichier, ligne, message, extrait } => {
            let message = format!("{message} ({avec}).{extrait}");
            remarque(CLAUSE, position(fichier, *ligne), message, "corrigez cette ligne.")
        }
        autre => remarque(CLAUSE, None, format!("{autre} ({avec})."), "corrigez le modèle."),
    }
}

fn de_defaut(defaut: &Defaut, contrat: &str) -> Remarque {
    let place = defaut.origine.as_ref().and_then(|o| position(&o.fichier, o.ligne as usize));
    let message = format!("{} ({}, contrat d'essai « {contrat} »)", defaut.message, defaut.partie);
    remarque(CODE_DEFAUT, place, message, defaut.remede)
}

fn remarque(code: &str, position: Option<Position>, message: String, remede: &str) -> Remarque {
    let remarque = Remarque::bloquante(code, "", message, remede).placee(position);
    Remarque { chemin: "le modèle".into(), ..remarque }
}

fn position(fichier: &str, ligne: usize) -> Option<Position> {
    Some(Position { fichier: fichier.to_string(), ligne: u32::try_from(ligne).unwrap_or(u32::MAX), colonne: 1 })
}
