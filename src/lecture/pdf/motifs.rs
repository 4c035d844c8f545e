//! Patterns and shadings → what fills a drawing in SVG: tiles at the step that they ask for, colours sampled finely.

use std::fmt::Write;

use hayro_interpret::pattern::{Pattern, ShadingPattern, TilingPattern};
use hayro_interpret::{CacheKey, FillRule, Paint};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::dessin::{Dessin, IMAGE_ABIMEE};
use super::images;
use super::svg::{chemin, matrice};

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

impl<'a> Dessin<'a, '_> {
    /// Fills a path with a pattern.
    pub(super) fn remplir_de(&mut self, trace: &BezPath, regle: FillRule, motif: &Pattern<'a>) {
        match motif {
            Pattern::Shading(degrade) => {
                let numero = self.communs.decoupe(trace, regle);
                let Some(image) = self.degrade(degrade, trace.bounding_box()) else { return };
                self.poser(|texte| {
                    let _ = write!(texte, "<g clip-path=\"url(#n{numero})\">{image}</g>");
                });
            }
            Pattern::Tiling(tuile) => {
                let Some(numero) = self.tuile(tuile, Affine::IDENTITY, false) else { return };
                self.communs.employer(numero);
                let d = chemin(trace, Affine::IDENTITY);
                let regle = if regle == FillRule::EvenOdd { " fill-rule=\"evenodd\"" } else { "" };
                self.poser(|texte| {
                    let _ = write!(texte, "<path d=\"{d}\"{regle} fill=\"url(#n{numero})\"/>");
                });
            }
        }
    }

    /// The number of a pattern that a line is drawn with, in the plane of that line.
    pub(super) fn motif(&mut self, motif: &Pattern<'a>, plan: Affine, boite: Rect, trait_: bool) -> Option<usize> {
        match motif {
            Pattern::Tiling(tuile) => self.tuile(tuile, plan, trait_),
            Pattern::Shading(degrade) => {
                let cadre = self.plume.cadre();
                let image = self.degrade(degrade, boite)?;
                let texte = format!(
                    "patternUnits=\"userSpaceOnUse\" width=\"{}\" height=\"{}\" patternTransform=\"{}\">{image}",
                    cadre.x1.max(1.0),
                    cadre.y1.max(1.0),
                    matrice(plan.inverse())
                );
                Some(self.communs.numero(texte, |sortie, numero, contenu| {
                    let _ = write!(sortie, "<pattern id=\"n{numero}\" {contenu}</pattern>");
                }))
            }
        }
    }

    /// A stencil painted with a pattern.
    pub(super) fn image_peinte(
        &mut self,
        blanc: Option<images::Encodee>,
        place: Affine,
        boite: Rect,
        motif: &Pattern<'a>,
    ) {
        let Some(blanc) = blanc else { return self.refuser(IMAGE_ABIMEE) };
        let cadre = (place * boite.to_path(0.1)).bounding_box();
        let masque = format!(
            "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><image transform=\"{}\" {}/>",
            cadre.x0,
            cadre.y0,
            cadre.width(),
            cadre.height(),
            matrice(place),
            blanc.balise
        );
        let numero = self.communs.numero(masque, |sortie, numero, contenu| {
            let _ = write!(sortie, "<mask id=\"n{numero}\" maskUnits=\"userSpaceOnUse\" {contenu}</mask>");
        });
        self.plume.grouper(Some(format!("mask=\"url(#n{numero})\"")), false, &mut self.communs);
        let encre = Paint::Pattern(Box::new(motif.clone()));
        self.remplir(&(place * boite.to_path(0.1)), FillRule::NonZero, &encre);
        self.plume.oter();
    }

    /// A tile, drawn as often as its neighbours reach into it.
    fn tuile(&mut self, tuile: &TilingPattern<'a>, plan: Affine, trait_: bool) -> Option<usize> {
        let cle = (tuile.cache_key(), (plan.inverse() * tuile.matrix).as_coeffs().map(f64::to_bits));
        if let Some(numero) = self.tuiles.get(&cle) {
            return Some(*numero);
        }
        let (pas_x, pas_y) = (f64::from(tuile.x_step.abs()), f64::from(tuile.y_step.abs()));
        let boite = tuile.bbox;
        let plus = |taille: f64, pas: f64| ((taille / pas - 1e-3).ceil() as i32 - 1).max(0);
        let (en_x, en_y) = (plus(boite.width(), pas_x), plus(boite.height(), pas_y));
        if en_x > RECOUVREMENT_MAX || en_y > RECOUVREMENT_MAX {
            self.refuser("un motif y recouvre ses voisins sans fin");
            return None;
        }
        let echelle = TUILE / pas_x.max(pas_y);
        let pose = Affine::scale(echelle) * Affine::translate((-boite.x0, -boite.y0));
        let sans_bord = Rect::new(-1e7, -1e7, 1e7, 1e7);
        let une = self.a_part(sans_bord, |dessin| {
            tuile.interpret(dessin, pose, trait_);
        });
        let mut contenu = String::new();
        for y in (0..=en_y).rev() {
            for x in (0..=en_x).rev() {
                let (x, y) = (-f64::from(x) * pas_x * echelle, -f64::from(y) * pas_y * echelle);
                let _ = write!(contenu, "<g transform=\"translate({x} {y})\">{une}</g>");
            }
        }
        let place = plan.inverse() * tuile.matrix * pose.inverse();
        let texte = format!(
            "patternUnits=\"userSpaceOnUse\" width=\"{}\" height=\"{}\" patternTransform=\"{}\">{contenu}",
            pas_x * echelle,
            pas_y * echelle,
            matrice(place)
        );
        let numero = self.communs.numero(texte, |sortie, numero, contenu| {
            let _ = write!(sortie, "<pattern id=\"n{numero}\" {contenu}</pattern>");
        });
        if self.avant.constant(tuile.cache_key()) {
            self.tuiles.insert(cle, numero);
        }
        Some(numero)
    }

    /// A shading over a rectangle of the page, as a picture.
    fn degrade(&mut self, degrade: &ShadingPattern, boite: Rect) -> Option<String> {
        // One dot beyond: the edge of the picture is not that of the drawing.
        let boite = boite.intersect(self.plume.cadre()).inflate(0.5, 0.5);
        if !(boite.width() > 0.0 && boite.height() > 0.0) {
            return None;
        }
        let par_point = 1 + self.avant.programme / 2;
        let finesse =
            FINESSE.min((POINTS_MAX / boite.area()).sqrt()).min((COUT_MAX / boite.area() / par_point as f64).sqrt());
        self.echantillons += (boite.area() * finesse * finesse) as usize * par_point;
        if finesse < FINESSE_MIN || self.echantillons > COUTS_MAX {
            self.refuser("un dégradé y est démesuré");
            return None;
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
        let image = images::points(points, colonnes, lignes)?;
        let place = Affine::translate((boite.x0, boite.y0)) * Affine::scale(1.0 / finesse);
        let image = format!("<image transform=\"{}\" {}/>", matrice(place), image.balise);
        Some(match &degrade.shading.clip_path {
            None => image,
            Some(cadre) => {
                let numero = self.communs.decoupe(cadre, FillRule::NonZero);
                format!("<g clip-path=\"url(#n{numero})\">{image}</g>")
            }
        })
    }
}
