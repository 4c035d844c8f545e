//! Block tree → the pages that a printing would have, as pictures for a screen, and where each value stands on them.
//!
//! An `Apercu` lasts: what a change does not touch is not drawn again, and keeps its page, its digest and its picture. The
//! pages are those of the PDF, laid out by the same program out of the same files (`pdf::monde`); this module must
//! not know the contract, nor who looks.

mod page;
mod zones;

use std::cell::LazyCell;
use std::sync::Arc;

use crate::document::Document;
use crate::rendu::pdf::{Erreur, Options, mise_en_page, monde, preparation};
pub use page::Page;
pub use zones::{Lieu, Zone};

/// How many later compilations may still reuse a memoized result: someone hesitates between a few states of a
/// value, and memory must stay flat over a day.
const COMPILATIONS_GARDEES: usize = 5;

/// Top blocks of the first parts, drawn alone the first time: the pages that one sees first.
const DEBUT: usize = 60;
/// A document of fewer top blocks is drawn whole at once.
const LONG: usize = 300;

/// The last state of a document on screen.
#[derive(Default)]
pub struct Apercu {
    avant: Option<monde::Monde>,
    pages: Vec<Arc<Page>>,
    /// Whether something was drawn since the last `ranger`.
    a_ranger: bool,
}

impl Apercu {
    /// Draws a document after another state of it, or the first: its pages, those of the state before wherever they are
    /// the same. After a refusal, the state before stays.
    pub fn composer(&mut self, document: &Document) -> Result<&[Arc<Page>], Erreur> {
        self.ranger();
        self.a_ranger = true;
        self.pages = self.dessiner(document)?;
        Ok(&self.pages)
    }

    /// The first pages of a long document of which nothing was drawn yet, without those that follow: their numbers, and the
    /// table of contents, are right once the whole is composed. None of what is short, or on screen already.
    pub fn commencer(&mut self, document: &Document) -> Option<&[Arc<Page>]> {
        let total: usize = document.parties.iter().map(|partie| partie.blocs.len()).sum();
        if !self.pages.is_empty() || total < LONG {
            return None;
        }
        let mut vus = 0;
        let premieres = document.parties.iter().take_while(|partie| {
            let avant = vus;
            vus += partie.blocs.len();
            avant == 0 || vus <= DEBUT
        });
        let debut = Document {
            identite: document.identite.clone(),
            parties: premieres.cloned().collect(),
            images: document.images.clone(),
            pieces: document.pieces.clone(),
            joints: Vec::new(),
            champs: Default::default(),
        };
        self.composer(&debut).ok()
    }

    /// Empties Typst's caches of what the last drawings did not use. Best called once the pages are sent, for nobody waits
    /// then (a fifth of the time of a change); the next drawing does it otherwise.
    pub fn ranger(&mut self) {
        if std::mem::take(&mut self.a_ranger) {
            typst::comemo::evict(COMPILATIONS_GARDEES);
        }
    }

    /// The pages of the last state drawn.
    pub fn pages(&self) -> &[Arc<Page>] {
        &self.pages
    }

    /// The page that has this digest, in the last state drawn.
    pub fn page(&self, empreinte: &str) -> Option<&Arc<Page>> {
        self.pages.iter().find(|page| page.empreinte == empreinte)
    }

    /// Forgets what Typst remembers: the next state is drawn as a first one. For who sees memory run short.
    pub fn oublier(&mut self) {
        self.avant = None;
        typst::comemo::evict(0);
    }

    fn dessiner(&mut self, document: &Document) -> Result<Vec<Arc<Page>>, Erreur> {
        let prepare = preparation::preparer(document, preparation::Usage::Apercu)?;
        let monde = monde::Monde::new(&prepare, Options::default(), self.avant.as_ref())?;
        let composees = mise_en_page::composer(&monde)?;
        // Only a new page needs them.
        let reperes = LazyCell::new(|| zones::Reperes::de(&prepare.document));
        let connues = page::Connues::de(&self.pages);
        let reprendre = |trame| connues.reprendre(trame, || &*reperes);
        let pages = composees.pages().iter().map(reprendre).collect();
        self.avant = Some(monde);
        Ok(pages)
    }
}
