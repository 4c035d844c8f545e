//! The names that a drawing gives to what it uses → whether all readers find the same under them.

use hayro_interpret::hayro_syntax::object::{Dict, Name};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

/// Most levels of the tree of pages that are looked at.
const NIVEAUX_MAX: usize = 64;

/// The kinds of things that have names.
#[derive(Clone, Copy)]
pub enum Genre {
    Police,
    Dessin,
    Reglage,
    Motif,
    Degrade,
    Couleurs,
}

/// How many of the last levels of the resources of a page are not its own: those above the first that gives some. The
/// library looks there too, where most readers do not.
pub fn etrangers(page: &Page<'_>) -> usize {
    let niveaux = std::iter::successors(Some(page.resources()), |r| r.parent()).count();
    let mut dict: Option<Dict<'_>> = Some(page.raw().clone());
    for propres in 1..NIVEAUX_MAX {
        let Some(ici) = dict else { return 0 };
        if ici.get::<Dict<'_>>(b"Resources").is_some() {
            return niveaux.saturating_sub(propres);
        }
        dict = ici.get::<Dict<'_>>(b"Parent");
    }
    0
}

/// Whether a name is only known to the last levels.
pub fn etranger(ressources: &Resources<'_>, nom: &Name<'_>, genre: Genre, etrangers: usize) -> bool {
    if etrangers == 0 {
        return false;
    }
    let niveaux = std::iter::successors(Some(ressources), |r| r.parent());
    let place = niveaux.clone().position(|niveau| table(niveau, genre).contains_key(nom.as_ref()));
    place.is_some_and(|place| place + etrangers >= niveaux.count())
}

fn table<'r, 'a>(ressources: &'r Resources<'a>, genre: Genre) -> &'r Dict<'a> {
    match genre {
        Genre::Police => &ressources.fonts,
        Genre::Dessin => &ressources.x_objects,
        Genre::Reglage => &ressources.ext_g_states,
        Genre::Motif => &ressources.patterns,
        Genre::Degrade => &ressources.shadings,
        Genre::Couleurs => &ressources.color_spaces,
    }
}

/// The properties that a name stands for, and whether the library finds them: it does not look around.
pub fn proprietes<'a>(ressources: &Resources<'a>, nom: &Name<'_>) -> Option<(Dict<'a>, bool)> {
    let mut niveaux = std::iter::successors(Some(ressources), |r| r.parent()).enumerate();
    niveaux.find_map(|(rang, niveau)| Some((niveau.properties.get::<Dict<'a>>(nom.as_ref())?, rang == 0)))
}
