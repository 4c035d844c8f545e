//! What is known of a revision while it is judged, and how a change is told or allowed.

use super::etat::{Etat, Vue};
use super::{Ajout, Genre, Modification};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

/// What is said of a revision.
#[derive(Debug, Default)]
pub(super) struct Jugement {
    pub(super) ajouts: Vec<Ajout>,
    pub(super) modifications: Vec<Modification>,
    /// The fields that it signs.
    pub(super) signes: Vec<String>,
    /// The boxes that it adds to pages and that show something.
    pub(super) visibles: Vec<Visible>,
}

/// A box that shows something on a page.
#[derive(Debug, Clone)]
pub(super) struct Visible {
    pub(super) champ: String,
    /// From one.
    pub(super) page: usize,
    pub(super) rectangle: [f32; 4],
}

pub(super) struct Juge<'a> {
    pub(super) etat: &'a Etat,
    pub(super) avant: Vue<'a>,
    pub(super) apres: Vue<'a>,
    /// What changed and that nothing has allowed yet.
    pub(super) reste: BTreeSet<ObjectId>,
    pub(super) dit: Jugement,
}

impl<'a> Juge<'a> {
    pub(super) fn dire(&mut self, genre: Genre, page: Option<usize>, quoi: impl Into<String>) {
        let modification = Modification { genre, page, quoi: quoi.into() };
        if !self.dit.modifications.contains(&modification) {
            self.dit.modifications.push(modification);
        }
    }

    /// Whether what a key refers to is what it referred to, or something new; a rewriting of it is then allowed.
    pub(super) fn tenu(&mut self, avant: Option<&'a Dictionary>, apres: &'a Dictionary, cle: &[u8]) -> bool {
        let Ok(id) = apres.get(cle).and_then(Object::as_reference) else { return true };
        let ancien = avant.and_then(|avant| avant.get(cle).ok()?.as_reference().ok());
        if ancien != Some(id) {
            return self.etat.est_nouveau(id);
        }
        // Used elsewhere too, it would change there what nobody looks at here.
        if self.etat.renvois(id) == 1 {
            self.reste.remove(&id);
        }
        true
    }
}
