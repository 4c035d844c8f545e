//! Turns the files of a contract into one JSON value, with the place of each of its elements.
//!
//! Bytes come in here only: encoding, strict JSON, several files merged into one value. It must not know
//! the contract's types nor its schema: a value that reads well may still be nonsense.

mod analyse;
mod arbre;
pub(crate) mod codage;
mod fichiers;
mod fusion;
pub mod images;
mod messages;
pub mod noms;
pub mod ouverture;
pub mod pages;
mod pdf;
pub mod pieces;
mod positions;
pub mod retouche;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::remarque::{Remarque, Severite, ordonner};

pub use fichiers::{Fichier, acces, recu};
pub use positions::Positions;

/// The name of the standard input in places and messages.
pub const ENTREE_STANDARD: &str = "entrée standard";

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

/// Why nothing could be read: a matter of files, not of contract (exit code 2).
#[derive(Debug, thiserror::Error)]
pub enum ErreurLecture {
    #[error(
        "Aucun fichier n'est donné.\n    À faire : donnez le chemin d'un contrat en JSON, ou « - » pour lire l'entrée standard."
    )]
    AucunFichier,
    #[error("« {nom} » ne peut pas être lu : {motif}.\n    À faire : {remede}")]
    Acces { nom: String, motif: String, remede: &'static str, source: std::io::Error },
    #[error(
        "« {nom} » dépasse 20 Mo : ce n'est sans doute pas un contrat.\n    À faire : vérifiez le fichier ; les pièces annexées se donnent à part, par leur chemin."
    )]
    TropGros { nom: String },
    #[error("« {nom} » dépasse {max} Mo.\n    À faire : donnez un dossier en PDF imprimé par cpom.")]
    DossierTropGros { nom: String, max: u64 },
    #[error("« - » (l'entrée standard) est donné deux fois.\n    À faire : ne le donnez qu'une fois.")]
    EntreeStandardRepetee,
    /// The text is not JSON; one finding per file.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Syntaxe(Vec<Remarque>),
    #[error("Ces fichiers ne disent pas tous le même contrat : {}.\n    À faire : donnez un contrat à la fois (plusieurs fichiers d'un même contrat portent la même « reference ») ; pour vérifier beaucoup de contrats d'un coup, utilisez « cpom lot ».", .0.join(" ; "))]
    ReferencesDifferentes(Vec<String>),
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
    let racine = fusion::fusionner(arbres, &sources, &mut remarques)?;
    let (valeur, positions) = racine.en_valeur(sources);
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

/// Keys that speak to people and editors, never to the contract.
fn est_commentaire(cle: &str) -> bool {
    matches!(cle, "$comment" | "$schema")
}
