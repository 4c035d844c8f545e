//! A printed page and boxes added to it → those that cover what the page says.
//!
//! A signature that a service adds where nothing is printed hides nothing; elsewhere it could replace a figure.

use super::juge::Visible;
use super::{Genre, Modification};
use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use resvg::usvg::{Group, Node, Options, Tree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most boxes looked at.
const BOITES_MAX: usize = 100;
/// What is larger than this part of the page is its background.
const FOND: f32 = 0.5;

/// What the added boxes cover, in the file as it was before anything was added.
pub(super) fn recouvre(imprime: &[u8], boites: &[Visible]) -> Vec<Modification> {
    let cache = |boite: &Visible, quoi: &str| Modification {
        genre: Genre::Champ,
        page: Some(boite.page),
        quoi: format!("le champ ajouté « {} » {quoi} la page {}", boite.champ, boite.page),
    };
    let Some(pdf) = Some(imprime.to_vec())
        .and_then(|octets| Pdf::new(Arc::new(octets)).ok())
        .filter(|_| boites.len() <= BOITES_MAX)
    else {
        return boites.iter().take(1).map(|boite| cache(boite, "ne peut pas être situé sur")).collect();
    };
    let mut pages: BTreeMap<usize, Option<Dessin>> = BTreeMap::new();
    let mut sortie = Vec::new();
    for boite in boites {
        match pages.entry(boite.page).or_insert_with(|| Dessin::de(&pdf, boite.page)) {
            Some(dessin) if dessin.libre(boite.rectangle) => {}
            Some(_) => sortie.push(cache(boite, "couvre ce que dit")),
            None => sortie.push(cache(boite, "ne peut pas être situé sur")),
        }
    }
    sortie
}

/// What a page draws: rectangles from its upper left corner.
struct Dessin {
    hauteur: f32,
    traces: Vec<[f32; 4]>,
}

impl Dessin {
    fn de(pdf: &Pdf, numero: usize) -> Option<Self> {
        let page = pdf.pages().get(numero.checked_sub(1)?)?;
        let (largeur, hauteur) = page.render_dimensions();
        let svg = convert(page, &RenderCache::new(), &InterpreterSettings::default(), &SvgRenderSettings::default());
        let arbre = Tree::from_str(&svg, &Options::default()).ok()?;
        let mut traces = Vec::new();
        relever(arbre.root(), &mut traces);
        traces.retain(|[gauche, haut, droite, bas]| (droite - gauche) * (bas - haut) < FOND * largeur * hauteur);
        Some(Dessin { hauteur, traces })
    }

    /// Whether nothing is drawn in a rectangle given from the lower left corner.
    fn libre(&self, [gauche, bas, droite, haut]: [f32; 4]) -> bool {
        let (bas, haut) = (self.hauteur - bas, self.hauteur - haut);
        self.traces.iter().all(|[g, h, d, b]| *d <= gauche || *g >= droite || *b <= haut || *h >= bas)
    }
}

fn relever(groupe: &Group, traces: &mut Vec<[f32; 4]>) {
    for noeud in groupe.children() {
        if let Node::Group(groupe) = noeud {
            relever(groupe, traces);
            continue;
        }
        let place = noeud.abs_stroke_bounding_box();
        traces.push([place.left(), place.top(), place.right(), place.bottom()]);
    }
}
