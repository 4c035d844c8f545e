//! Turns the files of a contract into one JSON value, with the place of each of its elements.
//!
//! Bytes come in here only: encoding, strict JSON, several files merged into one value. It must not know
//! the contract's types nor its schema: a value that reads well may still be nonsense.

pub mod adresses;
mod analyse;
mod arbre;
pub mod classeur;
pub(crate) mod codage;
mod erreurs;
mod fichiers;
mod fusion;
pub mod images;
mod messages;
pub mod noms;
pub mod ouverture;
mod page;
pub mod pages;
mod pdf;
pub mod pieces;
mod positions;
pub mod retouche;
pub mod tables;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::remarque::{Remarque, Severite, ordonner};
use fusion::est_commentaire;

pub use erreurs::ErreurLecture;
pub use fichiers::{ENTREE_STANDARD, Fichier, acces, recu};
pub use positions::Positions;

/// What was read: the files as they are, their one value, and where each element stands.
#[derive(Debug)]
pub struct Lecture {
    pub fichiers: Vec<Fichier>,
    /// The value of the contract, comments included (see [`sans_commentaires`]).
    pub valeur: Value,
    pub positions: Positions,
    /// Findings of the reading itself, all blocking: a key given twice in an object, two files that
    /// disagree. The first value is kept, so that the rest of the contract can be checked too.
    pub remarques: Vec<Remarque>,
}

impl Lecture {
    /// Whether the reading alone refuses the contract.
    pub fn refusee(&self) -> bool {
        self.remarques.iter().any(|r| r.severite == Severite::Bloquante)
    }
}

/// Reads the files of one contract; `-` is the standard input.
pub fn lire(chemins: &[PathBuf]) -> Result<Lecture, ErreurLecture> {
    fichiers::charger(chemins).and_then(lire_fichiers)
}

/// A file that the user names, as it is.
pub fn charger(chemin: &Path) -> Result<Fichier, ErreurLecture> {
    fichiers::charger(&[chemin.to_path_buf()])?.pop().ok_or(ErreurLecture::AucunFichier)
}

/// Reads the files of one contract from their bytes.
pub fn lire_fichiers(fichiers: Vec<Fichier>) -> Result<Lecture, ErreurLecture> {
    if fichiers.is_empty() {
        return Err(ErreurLecture::AucunFichier);
    }
    let mut remarques = Vec::new();
    let (sources, arbres) = analyser_tous(&fichiers, &mut remarques)?;
    let (racine, aussi) = fusion::fusionner(arbres, &sources, &mut remarques)?;
    let (valeur, racine) = racine.en_valeur();
    let positions = Positions::new(sources, racine, aussi);
    ordonner(&mut remarques);
    Ok(Lecture { fichiers, valeur, positions, remarques })
}

/// Parses each file; all files that are not JSON are told at once.
fn analyser_tous(
    fichiers: &[Fichier],
    remarques: &mut Vec<Remarque>,
) -> Result<(Vec<positions::Source>, Vec<arbre::Noeud>), ErreurLecture> {
    let mut sources = Vec::new();
    let mut arbres = Vec::new();
    let mut erreurs = Vec::new();
    for (rang, fichier) in fichiers.iter().enumerate() {
        match fichiers::texte(fichier) {
            Ok(texte) => {
                let source = positions::Source::new(&fichier.nom, texte);
                match analyse::analyser(&source, rang, remarques) {
                    Ok(arbre) => arbres.push(arbre),
                    Err(erreur) => erreurs.push(*erreur),
                }
                sources.push(source);
            }
            Err(erreur) => erreurs.push(*erreur),
        }
    }
    if erreurs.is_empty() {
        Ok((sources, arbres))
    } else {
        ordonner(&mut erreurs);
        Err(ErreurLecture::Syntaxe(erreurs))
    }
}

/// The value without `$comment` nor `$schema`, at any depth: what the contract's types know.
pub fn sans_commentaires(valeur: &Value) -> Value {
    match valeur {
        Value::Object(objet) => Value::Object(
            objet
                .iter()
                .filter(|(cle, _)| !est_commentaire(cle))
                .map(|(cle, v)| (cle.clone(), sans_commentaires(v)))
                .collect(),
        ),
        Value::Array(elements) => Value::Array(elements.iter().map(sans_commentaires).collect()),
        autre => autre.clone(),
    }
}
