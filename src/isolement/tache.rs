//! A kind of work, what it may take at most, and how it is stopped.

use std::time::Duration;

/// A reader of nested objects is recursive.
pub(super) const PILE: usize = 64 * 1024 * 1024;

/// A kind of work that an assistant can be asked for.
#[derive(Debug)]
pub struct Tache {
    /// Its name in a request.
    pub nom: &'static str,
    /// Longest that it may take of a processor: a machine that is busy elsewhere makes no file a hostile one.
    pub calcul: Duration,
    /// Longest that anyone waits for it.
    pub delai: Duration,
}

/// Why there is no answer; as the end of a sentence whose subject is the file that was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Arret {
    #[error("sa lecture n'en finit pas")]
    Delai,
    #[error("son contenu est abîmé ou démesuré : sa lecture s'est arrêtée avant la fin")]
    Brutal,
    #[error("une fois déplié, son contenu est démesuré")]
    Demesure,
    #[error("cpom n'a pas pu lancer le programme qui le lit à part ({0})")]
    Impossible(String),
}

/// What an assistant may take at most.
#[derive(Debug, Clone, Copy)]
pub struct Bornes {
    /// Mebibytes of memory (address space).
    pub memoire: u64,
    /// Mebibytes of an answer.
    pub reponse: u64,
}
