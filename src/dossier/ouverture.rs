//! Files of anyone → an opened contract: its data, its typed form when the schema accepts it, what is said of it.

use super::defaut::DefautDuProgramme;
use super::{caracteres, joints, lacunes, pieces};
use crate::contrat::Contrat;
use crate::lecture::{self, ErreurLecture, Lecture};
use crate::remarque::{Remarque, Severite, ordonner};
use crate::saisie;
use crate::schema::{Schema, generation};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// Why files could not be opened as a contract.
#[derive(Debug, thiserror::Error)]
pub enum ErreurOuverture {
    #[error(transparent)]
    Lecture(#[from] ErreurLecture),
    #[error(transparent)]
    Defaut(#[from] DefautDuProgramme),
}

/// A contract as it was read: its data, its typed form when the schema accepts it, what is said of it.
#[derive(Debug)]
pub struct Ouverture {
    pub lecture: Lecture,
    /// The data without comments.
    pub donnees: Arc<Value>,
    /// `None` when a remark is blocking.
    pub contrat: Option<Arc<Contrat>>,
    pub remarques: Vec<Remarque>,
    /// Pointers of the values that say « à compléter », held to be absent.
    pub(super) attendus: Vec<String>,
    /// Where the files that it names are.
    pub(super) source: pieces::Source,
    /// When the contract was read out of a printed dossier: how that one was printed, and its report.
    pub(super) reprise: Option<joints::Provenance>,
    pub(super) rapport_joint: Option<Arc<[u8]>>,
}

pub(super) static SCHEMA: LazyLock<Result<Schema, String>> =
    LazyLock::new(|| Schema::depuis_valeur(generation::schema_contrat()).map_err(|e| e.to_string()));

/// Reads and checks the files of one contract.
pub fn ouvrir(chemins: &[PathBuf]) -> Result<Ouverture, ErreurOuverture> {
    examiner(lecture::lire(chemins)?)
}

/// Checks files that came without a disk, with those that the contract names, by their path.
pub fn ouvrir_recus(
    fichiers: Vec<lecture::Fichier>,
    nommes: BTreeMap<String, Arc<[u8]>>,
) -> Result<Ouverture, ErreurOuverture> {
    let ouverture = examiner(lecture::lire_fichiers(fichiers)?)?;
    Ok(Ouverture { source: pieces::Source::Recus(nommes), ..ouverture })
}

/// Reads a contract again out of a printed dossier, to print it as it was.
pub fn rouvrir(
    contrat: lecture::Fichier,
    provenance: joints::Provenance,
    fichiers: BTreeMap<String, Arc<[u8]>>,
    rapport: Option<Arc<[u8]>>,
) -> Result<Ouverture, ErreurOuverture> {
    let ouverture = examiner(lecture::lire_fichiers(vec![contrat])?)?;
    let source = pieces::Source::Joints(fichiers);
    Ok(Ouverture { source, reprise: Some(provenance), rapport_joint: rapport, ..ouverture })
}

impl Ouverture {
    /// How many elements the files have in a list, those that only say « à compléter » included.
    pub fn ecrits(&self, liste: &str) -> usize {
        let rang = |pointeur: &String| {
            let suite = pointeur.strip_prefix(liste)?.strip_prefix('/')?;
            suite.split('/').next()?.parse::<usize>().ok()
        };
        self.attendus.iter().filter_map(rang).max().map_or(0, |rang| rang + 1)
    }
}

/// Checks what was read against the schema.
pub fn examiner(mut lecture: Lecture) -> Result<Ouverture, ErreurOuverture> {
    let schema = SCHEMA.as_ref().map_err(|e| DefautDuProgramme(e.clone()))?;
    pieces::annoncer(&lecture.valeur);
    let mut remarques = caracteres::alleger(&mut lecture);
    remarques.extend(lecture.remarques.iter().cloned());
    let saisie = saisie::lire_donnees(schema, &mut lecture.valeur, &|p| lecture.positions.de(p));
    if saisie.refusee {
        let mut refus = schema.valider(&lecture.valeur, &|p| lecture.positions.de(p));
        saisie.expliquer(&mut refus);
        remarques.extend(refus);
    }
    remarques.extend(saisie.remarques);
    lacunes::nommer(&mut remarques, &lecture.valeur);
    ordonner(&mut remarques);
    let donnees = lecture::sans_commentaires(&lecture.valeur);
    let contrat = if refuse(&remarques) {
        None
    } else {
        match Contrat::deserialize(&donnees) {
            Ok(contrat) => Some(Arc::new(contrat)),
            Err(cause) => {
                return Err(DefautDuProgramme(format!("le schéma accepte ce que les types refusent ({cause})")).into());
            }
        }
    };
    let source = pieces::Source::default();
    let (donnees, attendus) = (Arc::new(donnees), saisie.attendus);
    Ok(Ouverture { lecture, donnees, contrat, remarques, attendus, source, reprise: None, rapport_joint: None })
}

/// Whether one of the remarks refuses the contract.
pub fn refuse(remarques: &[Remarque]) -> bool {
    remarques.iter().any(|r| r.severite == Severite::Bloquante)
}
