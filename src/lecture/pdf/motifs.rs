//! Patterns and shadings → what fills a drawing in SVG: tiles at the step that they ask for, colours sampled finely.

use std::fmt::Write;

use hayro_interpret::pattern::{ShadingPattern, TilingPattern};
use kurbo::{Affine, Point, Rect};

use super::images;
use super::svg::matrice;

/// Dots per point of a shading: 144 an inch.
const FINESSE: f64 = 2.0;
/// The least of them: a shading is smooth.
const FINESSE_MIN: f64 = 0.5;
/// Most words evaluated for a shading, and for all those of a page.
const COUT_MAX: f64 = 1e8;
const COUTS_MAX: usize = 1_000_000_000;
/// Most dots of a shading: an A3 page.
const POINTS_MAX: f64 = 4_000_000.0;
/// Most tiles that overlap one another at one place, on each side.
const RECOUVREMENT_MAX: i32 = 4;
/// Longest side of a tile as it is written: a tiny one keeps its decimals.
const TUILE: f64 = 500.0;

/// A tile: where it is drawn once, and how many of its neighbours reach into it on each side.
pub(super) struct Tuile {
    pub pose: Affine,
    pas: (f64, f64),
    voisins: (i32, i32),
    echelle: f64,
}

impl Tuile {
    /// `None` when it overlaps its neighbours without end.
    pub fn mesurer(tuile: &TilingPattern<'_>) -> Option<Self> {
        let pas = (f64::from(tuile.x_step.abs()), f64::from(tuile.y_step.abs()));
        let boite = tuile.bbox;
        let plus = |taille: f64, pas: f64| ((taille / pas - 1e-3).ceil() as i32 - 1).max(0);
        let voisins = (plus(boite.width(), pas.0), plus(boite.height(), pas.1));
        if voisins.0 > RECOUVREMENT_MAX || voisins.1 > RECOUVREMENT_MAX {
            return None;
        }
        let echelle = TUILE / pas.0.max(pas.1);
        let pose = Affine::scale(echelle) * Affine::translate((-boite.x0, -boite.y0));
        Some(Tuile { pose, pas, voisins, echelle })
    }

    /// The pattern, `une` being the tile drawn once: as often as its neighbours reach into it.
    pub fn motif(&self, une: &str, place: Affine) -> String {
        let Tuile { pose, pas: (pas_x, pas_y), voisins: (en_x, en_y), echelle } = self;
        let mut contenu = String::new();
        for y in (0..=*en_y).rev() {
            for x in (0..=*en_x).rev() {
                let (x, y) = (-f64::from(x) * pas_x * echelle, -f64::from(y) * pas_y * echelle);
                let _ = write!(contenu, "<g transform=\"translate({x} {y})\">{une}</g>");
            }
        }
        format!(
            "patternUnits=\"userSpaceOnUse\" width=\"{}\" height=\"{}\" patternTransform=\"{}\">{contenu}",
            pas_x * echelle,
            pas_y * echelle,
            matrice(place * pose.inverse())
        )
    }
}

/// A shading over a rectangle of the page, as a picture: nothing where there is no room for it, and why when it is out of
/// measure. `programme` is the length of what is evaluated for a dot, `echantillons` what those of the page have cost.
pub(super) fn degrade(
    degrade: &ShadingPattern,
    boite: Rect,
    programme: usize,
    echantillons: &mut usize,
) -> Result<Option<String>, &'static str> {
    // One dot beyond: the edge of the picture is not that of the drawing.
    let boite = boite.inflate(0.5, 0.5);
    if !(boite.width() > 0.0 && boite.height() > 0.0) {
        return Ok(None);
    }
    let par_point = 1 + programme / 2;
    let finesse =
        FINESSE.min((POINTS_MAX / boite.area()).sqrt()).min((COUT_MAX / boite.area() / par_point as f64).sqrt());
    *echantillons += (boite.area() * finesse * finesse) as usize * par_point;
    if finesse < FINESSE_MIN || *echantillons > COUTS_MAX {
        return Err("un dégradé y est démesuré");
    }
    let (colonnes, lignes) = ((boite.width() * finesse).ceil() as u32, (boite.height() * finesse).ceil() as u32);
    let encode = degrade.encode();
    let mut points = Vec::with_capacity(colonnes as usize * lignes as usize * 4);
    for ligne in 0..lignes {
        for colonne in 0..colonnes {
            let sur_page = Point::new(
                boite.x0 + (f64::from(colonne) + 0.5) / finesse,
                boite.y0 + (f64::from(ligne) + 0.5) / finesse,
            );
            let couleur = encode.sample(encode.base_transform * sur_page);
            points.extend(couleur.map(|c| (c * 255.0 + 0.5) as u8));
        }
    }
    let Some(image) = images::points(points, colonnes, lignes) else { return Ok(None) };
    let place = Affine::translate((boite.x0, boite.y0)) * Affine::scale(1.0 / finesse);
    Ok(Some(format!("<image transform=\"{}\" {}/>", matrice(place), image.balise)))
}
