//! A file → what its annotations and fields share, and the drawings that they are printed with.

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Resources;
use hayro_interpret::hayro_syntax::xref::XRef;
use hayro_interpret::{ClipPath, Context, Device, FillRule, InterpreterCache, InterpreterSettings, interpret};
use kurbo::{Affine, Rect, Shape};

use super::calques::Calques;
use super::mesure::Mesure;

/// What is the same for all pages of a file.
pub struct Annotations<'a, 'c> {
    /// The form that the fields belong to.
    pub formulaire: Dict<'a>,
    pub calques: &'c Calques,
    reglages: &'c InterpreterSettings,
    cache: &'c InterpreterCache<'a>,
    xref: &'a XRef,
}

/// A drawing, and the rectangle of the page that it fills.
pub struct Dessus<'a> {
    pub rect: Rect,
    pub apparence: Apparence<'a>,
}

/// A drawing of the file, or one that is written here.
pub enum Apparence<'a> {
    Flux(Stream<'a>),
    Ecrite { contenu: Vec<u8>, ressources: Box<Resources<'a>>, boite: Rect, matrice: Affine },
}

impl<'a, 'c> Annotations<'a, 'c> {
    pub fn lire(
        catalogue: &Dict<'a>,
        calques: &'c Calques,
        reglages: &'c InterpreterSettings,
        cache: &'c InterpreterCache<'a>,
        xref: &'a XRef,
    ) -> Self {
        let formulaire = catalogue.get::<Dict<'_>>(b"AcroForm").unwrap_or_default();
        Self { formulaire, calques, reglages, cache, xref }
    }

    /// Draws this content at its place.
    pub fn interpreter(
        &self,
        contenu: &[u8],
        ressources: &Resources<'a>,
        place: Affine,
        boite: Rect,
        cadre: Rect,
        sortie: &mut impl Device<'a>,
    ) {
        sortie.push_clip_path(&ClipPath { path: place * boite.to_path(0.1), fill: FillRule::NonZero });
        let mut contexte = Context::new(place, cadre, self.cache, self.xref, self.reglages.clone());
        interpret(TypedIter::new(contenu), ressources, &mut contexte, sortie);
        sortie.pop_clip_path();
    }

    /// What a drawing shows: its words, and whether it has ink.
    pub fn mesurer(&self, contenu: &[u8], ressources: &Resources<'a>) -> Mesure {
        let mut mesure = Mesure::default();
        let sans_bord = Rect::new(-1e6, -1e6, 1e6, 1e6);
        self.interpreter(contenu, ressources, Affine::IDENTITY, sans_bord, sans_bord, &mut mesure);
        mesure
    }
}

/// The drawing that an annotation has for its ordinary state, or for this one.
pub fn normale<'a>(annotation: &Dict<'a>, etat: Option<&[u8]>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'_>>(b"AP")?.get::<Object<'_>>(b"N")? {
        Object::Stream(flux) => Some(flux),
        Object::Dict(etats) => match etat {
            Some(etat) => etats.get::<Stream<'_>>(etat),
            None => etats.get::<Stream<'_>>(annotation.get::<Name<'_>>(b"AS")?.as_ref()),
        },
        _ => None,
    }
}
