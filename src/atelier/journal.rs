//! What was done to a contract, operation by operation: each is on the disk before it is acknowledged, and can be undone.
//!
//! A line holds the change twice: as texts, which give the very bytes back when nothing else happened since, and as values
//! by path, which are put back one by one when something did.

use super::troncons::Troncon;
use crate::dossier::registre::{ErreurRegistre, Registre};
use crate::lecture::Fichier;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io;
use std::path::Path;

/// Operations among which a request that comes again is looked for.
const RECENTES: usize = 500;

/// Whether an operation undoes another, or does it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SensDHistorique")]
pub enum Sens {
    Annuler,
    Retablir,
}

/// A change of the data, by path, with what it replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trace {
    /// Nothing before: it was not there; nothing after: it was taken away.
    Valeur {
        chemin: String,
        avant: Option<Value>,
        apres: Option<Value>,
    },
    Venu {
        liste: String,
        cle: String,
        rang: usize,
        valeur: Value,
    },
    Parti {
        liste: String,
        cle: String,
        rang: usize,
        valeur: Value,
    },
    Bouge {
        liste: String,
        cle: String,
        de: usize,
        vers: usize,
    },
}

/// An operation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entree {
    pub n: u64,
    /// Seconds since 1970.
    pub quand: i64,
    pub nom: String,
    /// Key of the part of the contract.
    pub partie: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sens: Option<Sens>,
    /// The operation that is undone, or done again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub de: Option<u64>,
    /// The page that asked, and the number that it gave to its request.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub client: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numero: Option<u64>,
    /// The name of a milestone, which changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jalon: Option<String>,
    /// Whether the files were changed by someone else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dehors: bool,
    pub traces: Vec<Trace>,
    pub textes: Vec<Troncon>,
}

impl Entree {
    /// Whether it can be undone: what someone else wrote is his.
    pub fn est_une_operation(&self) -> bool {
        self.jalon.is_none() && !self.dehors
    }
}

/// The history of a contract.
#[derive(Debug)]
pub struct Journal {
    registre: Registre,
    entrees: Vec<Entree>,
    /// Where each line begins.
    debuts: Vec<u64>,
}

impl Journal {
    /// Opens the history; an operation that was noted and not written, since the program was killed in between, is dropped.
    pub fn ouvrir(chemin: &Path, fichiers: &[Fichier]) -> Result<Self, ErreurRegistre> {
        let (registre, octets) = Registre::prendre(chemin, true)?;
        let mut journal = Journal { registre, entrees: Vec::new(), debuts: Vec::new() };
        let mut debut = 0;
        for ligne in octets.split_inclusive(|octet| *octet == b'\n') {
            // A line of another version says nothing to this one.
            if let Ok(entree) = serde_json::from_slice::<Entree>(ligne) {
                journal.entrees.push(entree);
                journal.debuts.push(debut);
            }
            debut += ligne.len() as u64;
        }
        let inecrite = journal.entrees.last().is_some_and(|derniere| {
            !derniere.textes.is_empty()
                && derniere.textes.iter().any(|t| t.est_avant(fichiers) && !t.est_apres(fichiers))
        });
        if inecrite {
            journal.oublier_la_derniere()?;
        }
        Ok(journal)
    }

    /// Notes an operation, on the disk.
    pub fn noter(&mut self, entree: Entree) -> io::Result<()> {
        let debut = self.registre.fin();
        self.registre.ajouter(&serde_json::to_string(&entree).unwrap_or_default())?;
        self.entrees.push(entree);
        self.debuts.push(debut);
        Ok(())
    }

    /// Takes back the last operation, which could not be written.
    pub fn oublier_la_derniere(&mut self) -> io::Result<()> {
        self.entrees.pop();
        match self.debuts.pop() {
            Some(debut) => self.registre.couper(debut),
            None => Ok(()),
        }
    }

    pub fn entrees(&self) -> &[Entree] {
        &self.entrees
    }

    /// The number of the last operation.
    pub fn dernier(&self) -> u64 {
        self.entrees.last().map_or(0, |entree| entree.n)
    }

    pub fn entree(&self, n: u64) -> Option<&Entree> {
        self.entrees.iter().rev().find(|entree| entree.n == n)
    }

    /// Whether a request was already done.
    pub fn connait(&self, client: &str, numero: u64) -> bool {
        let recentes = self.entrees.iter().rev().take(RECENTES);
        recentes.into_iter().any(|entree| entree.numero == Some(numero) && entree.client == client)
    }

    /// The operation that undid another, the last time.
    pub fn annulation_de(&self, n: u64) -> Option<&Entree> {
        self.entrees.iter().rev().find(|entree| entree.sens == Some(Sens::Annuler) && entree.de == Some(n))
    }

    /// The operation that would be undone now, and the one that would be done again.
    pub fn piles(&self) -> (Option<&Entree>, Option<&Entree>) {
        let (mut faites, mut defaites): (Vec<u64>, Vec<u64>) = (Vec::new(), Vec::new());
        for entree in &self.entrees {
            match (entree.sens, entree.de) {
                (Some(Sens::Annuler), Some(de)) => {
                    faites.retain(|n| *n != de);
                    defaites.push(de);
                }
                (Some(Sens::Retablir), Some(de)) => {
                    defaites.retain(|n| *n != de);
                    faites.push(de);
                }
                _ if !entree.est_une_operation() => {}
                _ => {
                    faites.push(entree.n);
                    defaites.clear();
                }
            }
        }
        let trouver = |n: Option<&u64>| n.and_then(|n| self.entree(*n));
        (trouver(faites.last()), trouver(defaites.last()))
    }
}
