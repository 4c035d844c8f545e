//! The drawing events of a page → SVG. What cannot be drawn as it is meant is told, never left out.
//!
//! The events come from `hayro-interpret`; what it passes over in silence is looked for by `avant` before.

use std::collections::HashMap;
use std::fmt::Write;

use hayro_interpret::font::Glyph;
use hayro_interpret::pattern::{Pattern, ShadingPattern, TilingPattern};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, FillRule, GlyphDrawMode, Image, MaskType, Paint, PathDrawMode, SoftMask,
    StrokeProps,
};
use kurbo::{Affine, BezPath, Cap, Join, Rect, Shape};

use super::avant::Avant;
use super::echantillons::IMAGE_ABIMEE;
use super::encres::{couleur, hexa, nom_de_fusion};
use super::images;
use super::motifs::{self, Tuile};
use super::polices::{Constat, Polices};
use super::svg::{Communs, Plume, chemin, matrice, nombre, points_ronds};

/// The width of « the thinnest line »: a hair on paper, seen on a screen; a line of no visible width is as wide.
const FILET: f64 = 0.25;
const FILET_MIN: f64 = 0.05;
/// Most patterns, masks and glyphs drawn one in another.
const IMBRICATION_MAX: usize = 8;
/// Most patterns and masks that are drawn for a piece: each use draws it again.
const REPETITIONS_MAX: usize = 4_000;

/// A page while it is drawn.
pub struct Dessin<'a, 'p> {
    pub(super) plume: Plume,
    pub(super) communs: Communs,
    masque: Option<SoftMask<'a>>,
    fusion: BlendMode,
    polices: &'p Polices,
    pub(super) avant: &'p Avant<'p>,
    glyphes: HashMap<(u128, u32, u32), Option<usize>>,
    masques: HashMap<(u128, bool, bool, [u8; 4]), usize>,
    /// Whether groups are apart from what is under them.
    isole: bool,
    imbrication: usize,
    repetitions: usize,
    /// The tiles that are written: each by its pattern and its place.
    pub(super) tuiles: HashMap<(u128, [u64; 6]), usize>,
    /// What the shadings have cost: dots, by the length of what is evaluated at each.
    pub(super) echantillons: usize,
    /// Bytes that may still be written, those of what is shared counted at each use.
    reste: usize,
    /// Why the page cannot be drawn: the first reason.
    pub refus: Option<String>,
}

impl<'a, 'p> Dessin<'a, 'p> {
    pub fn nouveau(page: Rect, polices: &'p Polices, avant: &'p Avant<'p>, reste: usize) -> Self {
        Self {
            plume: Plume::neuve(page),
            communs: Communs::default(),
            masque: None,
            fusion: BlendMode::Normal,
            polices,
            avant,
            glyphes: HashMap::new(),
            masques: HashMap::new(),
            isole: avant.a_part(),
            tuiles: HashMap::new(),
            echantillons: 0,
            imbrication: 0,
            repetitions: 0,
            reste,
            refus: None,
        }
    }

    /// The whole SVG, of this width and height.
    pub fn finir(self, largeur: f32, hauteur: f32) -> Result<String, String> {
        if let Some(refus) = self.refus {
            return Err(refus);
        }
        if self.communs.trop_profond {
            return Err("son dessin est trop imbriqué".into());
        }
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             viewBox=\"0 0 {largeur} {hauteur}\" width=\"{largeur}\" height=\"{hauteur}\"><defs>{}</defs>{}</svg>",
            self.communs.texte,
            self.plume.finir()
        ))
    }

    pub(super) fn refuser(&mut self, cause: impl Into<String>) {
        self.refus.get_or_insert_with(|| cause.into());
    }

    /// Whether to go on; a page that is too large ends here.
    fn suit(&mut self) -> bool {
        if self.plume.taille() + self.communs.texte.len() + self.communs.employe > self.reste {
            self.refuser("son dessin est démesuré");
        }
        self.refus.is_none()
    }

    /// Draws apart, on a ground of its own: the text of it.
    pub(super) fn a_part(&mut self, page: Rect, dessiner: impl FnOnce(&mut Self)) -> String {
        self.repetitions += 1;
        if self.imbrication >= IMBRICATION_MAX || self.repetitions > REPETITIONS_MAX {
            self.refuser("ses motifs se répètent sans fin");
        }
        if self.refus.is_some() {
            return String::new();
        }
        let dehors = std::mem::replace(&mut self.plume, Plume::neuve(page));
        let (masque, fusion) = (self.masque.take(), std::mem::take(&mut self.fusion));
        self.imbrication += 1;
        self.reste = self.reste.saturating_sub(dehors.taille());
        dessiner(self);
        self.reste += dehors.taille();
        self.imbrication -= 1;
        (self.masque, self.fusion) = (masque, fusion);
        std::mem::replace(&mut self.plume, dehors).finir()
    }

    /// Writes a drawing, with the mask and the blending of the moment.
    pub(super) fn poser(&mut self, ecrire: impl FnOnce(&mut String)) {
        let masque = self.masque.clone();
        let attributs = self.attributs(1.0, masque, self.fusion);
        match attributs {
            None => self.plume.ecrire(None, &mut self.communs, ecrire),
            Some(a) if self.fusion != BlendMode::Normal => self.plume.ecrire(Some(a), &mut self.communs, ecrire),
            Some(a) => {
                self.plume.grouper(Some(a), false, &mut self.communs);
                self.plume.ecrire(None, &mut self.communs, ecrire);
                self.plume.oter();
            }
        }
    }

    /// What a group does to what it holds; `None` when it does nothing.
    fn attributs(&mut self, opacite: f32, masque: Option<SoftMask<'a>>, fusion: BlendMode) -> Option<String> {
        let mut attributs = Vec::new();
        if let Some(masque) = masque {
            let numero = self.masquer(&masque);
            attributs.push(format!("mask=\"url(#n{})\"", self.communs.employer(numero)));
        }
        if fusion != BlendMode::Normal {
            attributs.push(format!("style=\"mix-blend-mode:{}\"", nom_de_fusion(fusion)));
        }
        if (opacite - 1.0).abs() > 1e-4 {
            attributs.push(format!("opacity=\"{}\"", opacite.clamp(0.0, 1.0)));
        }
        (!attributs.is_empty()).then(|| attributs.join(" "))
    }

    fn masquer(&mut self, masque: &SoftMask<'a>) -> usize {
        let inverse = match masque.transfer_function() {
            None => false,
            Some(f) => {
                let suit = |droite: fn(f32) -> f32| {
                    (0..=16).map(|n| n as f32 / 16.0).all(|x| (f.apply(x) - droite(x)).abs() < 0.02)
                };
                let inverse = suit(|x| 1.0 - x);
                if !inverse && !suit(|x| x) {
                    self.refuser("un masque y passe par une fonction de transfert");
                }
                inverse
            }
        };
        let alpha = masque.mask_type() == MaskType::Alpha;
        if inverse && alpha {
            self.refuser("un masque y passe par une fonction de transfert");
        }
        let fond = masque.background_color().to_rgba().to_rgba8();
        let cle = (masque.cache_key(), alpha, inverse, fond);
        if let Some(numero) = self.masques.get(&cle) {
            return *numero;
        }
        let page = self.plume.page();
        let contenu = self.a_part(Rect::new(-1e6, -1e6, 1e6, 1e6), |dessin| masque.interpret(dessin));
        let plein = |couleur: &str| {
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{couleur}\"/>",
                page.x0,
                page.y0,
                page.width(),
                page.height()
            )
        };
        let mut texte = format!(
            "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}>",
            page.x0,
            page.y0,
            page.width(),
            page.height(),
            if alpha { " mask-type=\"alpha\" style=\"mask-type:alpha\"" } else { "" }
        );
        if inverse {
            // White, from which what is there is taken away.
            texte.push_str(&plein("#ffffff"));
            let fond = if fond[..3] == [0, 0, 0] { String::new() } else { plein(&hexa(fond)) };
            texte.push_str(&format!("<g style=\"mix-blend-mode:difference\">{fond}{contenu}</g>"));
        } else {
            if !alpha && fond[..3] != [0, 0, 0] {
                texte.push_str(&plein(&hexa(fond)));
            }
            texte.push_str(&contenu);
        }
        let numero = self.communs.numero(texte, |sortie, numero, contenu| {
            let _ = write!(sortie, "<mask id=\"n{numero}\" maskUnits=\"userSpaceOnUse\" {contenu}</mask>");
        });
        self.masques.insert(cle, numero);
        numero
    }

    pub(super) fn remplir(&mut self, trace: &BezPath, regle: FillRule, encre: &Paint<'a>) {
        if let Paint::Pattern(motif) = encre {
            self.remplir_de(trace, regle, motif);
            return;
        }
        let Some(encre) = couleur(encre, "fill") else { return };
        let d = chemin(trace, Affine::IDENTITY);
        let regle = if regle == FillRule::EvenOdd { " fill-rule=\"evenodd\"" } else { "" };
        self.poser(|texte| {
            let _ = write!(texte, "<path d=\"{d}\"{regle}{encre}/>");
        });
    }

    fn tracer(&mut self, trace: &BezPath, place: Affine, encre: &Paint<'a>, trait_: &StrokeProps) {
        let echelle = place.determinant().abs().sqrt();
        let largeur = f64::from(trait_.line_width.abs());
        let fin = largeur * echelle < FILET_MIN;
        // Stretched lines keep their own plane, at the scale of the page; the others, and the thinnest, are drawn on it.
        let (plan, dans_le_plan) = match fin || conforme(place) {
            true => (Affine::IDENTITY, place),
            false => (place * Affine::scale(1.0 / echelle), Affine::scale(echelle)),
        };
        let largeur = if fin { FILET } else { largeur * echelle };
        let trace = dans_le_plan * trace.clone();
        let trace = if trait_.line_cap == Cap::Round { points_ronds(trace) } else { trace };
        let d = chemin(&trace, Affine::IDENTITY);
        let mut style = String::from(" fill=\"none\" stroke-width=\"");
        nombre(&mut style, largeur);
        style.push('"');
        style.push_str(match trait_.line_cap {
            Cap::Butt => "",
            Cap::Square => " stroke-linecap=\"square\"",
            Cap::Round => " stroke-linecap=\"round\"",
        });
        style.push_str(match trait_.line_join {
            Join::Miter => "",
            Join::Bevel => " stroke-linejoin=\"bevel\"",
            Join::Round => " stroke-linejoin=\"round\"",
        });
        if trait_.line_join == Join::Miter && trait_.miter_limit != 4.0 {
            let _ = write!(style, " stroke-miterlimit=\"{}\"", trait_.miter_limit.max(1.0));
        }
        style.push_str(&tirets(trait_, echelle));
        if plan != Affine::IDENTITY {
            let _ = write!(style, " transform=\"{}\"", matrice(plan));
        }
        let boite = (plan * trace).bounding_box().inflate(largeur * 5.0, largeur * 5.0);
        let Some(encre) = self.encre_du_trait(encre, plan, boite) else { return };
        self.poser(|texte| {
            let _ = write!(texte, "<path d=\"{d}\"{style}{encre}/>");
        });
    }

    fn encre_du_trait(&mut self, encre: &Paint<'a>, plan: Affine, boite: Rect) -> Option<String> {
        match encre {
            Paint::Color(_) => couleur(encre, "stroke"),
            Paint::Pattern(motif) => {
                let numero = self.motif(motif, plan, boite, true)?;
                Some(format!(" stroke=\"url(#n{})\"", self.communs.employer(numero)))
            }
        }
    }

    /// Fills a path with a pattern.
    fn remplir_de(&mut self, trace: &BezPath, regle: FillRule, motif: &Pattern<'a>) {
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
    fn motif(&mut self, motif: &Pattern<'a>, plan: Affine, boite: Rect, trait_: bool) -> Option<usize> {
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
    fn image_peinte(&mut self, blanc: Option<images::Encodee>, place: Affine, boite: Rect, motif: &Pattern<'a>) {
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

    /// The number of a tile in a plane; one that does not change is written once.
    fn tuile(&mut self, tuile: &TilingPattern<'a>, plan: Affine, trait_: bool) -> Option<usize> {
        let cle = (tuile.cache_key(), (plan.inverse() * tuile.matrix).as_coeffs().map(f64::to_bits));
        if let Some(numero) = self.tuiles.get(&cle) {
            return Some(*numero);
        }
        let Some(mesures) = Tuile::mesurer(tuile) else {
            self.refuser("un motif y recouvre ses voisins sans fin");
            return None;
        };
        let sans_bord = Rect::new(-1e7, -1e7, 1e7, 1e7);
        let une = self.a_part(sans_bord, |dessin| {
            tuile.interpret(dessin, mesures.pose, trait_);
        });
        let texte = mesures.motif(&une, plan.inverse() * tuile.matrix);
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
        let boite = boite.intersect(self.plume.cadre());
        let image = match motifs::degrade(degrade, boite, self.avant.programme, &mut self.echantillons) {
            Ok(image) => image?,
            Err(cause) => {
                self.refuser(cause);
                return None;
            }
        };
        Some(match &degrade.shading.clip_path {
            None => image,
            Some(cadre) => {
                let numero = self.communs.decoupe(cadre, FillRule::NonZero);
                format!("<g clip-path=\"url(#n{numero})\">{image}</g>")
            }
        })
    }

    /// A letter that is filled: its outline is written once.
    fn lettre(&mut self, glyphe: &hayro_interpret::font::OutlineGlyph, place: Affine, encre: &Paint<'a>) {
        let cle = (glyphe.font_cache_key(), glyphe.glyph_id().to_u32(), code(glyphe));
        let numero = match self.glyphes.get(&cle) {
            Some(numero) => *numero,
            None => {
                let trace = glyphe.outline();
                let numero = (!trace.elements().is_empty()).then(|| {
                    self.communs.numero(chemin(&trace, Affine::IDENTITY), |texte, numero, d| {
                        let _ = write!(texte, "<path id=\"n{numero}\" d=\"{d}\"/>");
                    })
                });
                self.glyphes.insert(cle, numero);
                numero
            }
        };
        let (Some(numero), Some(encre)) = (numero, couleur(encre, "fill")) else { return };
        self.communs.employer(numero);
        self.poser(|texte| {
            let _ = write!(texte, "<use xlink:href=\"#n{numero}\" transform=\"{}\"{encre}/>", matrice(place));
        });
    }
}

/// The code by which a glyph was asked for: a font that is not embedded draws one glyph at several widths.
fn code(glyphe: &hayro_interpret::font::OutlineGlyph) -> u32 {
    glyphe.advance_width().map_or(0, f32::to_bits)
}

impl<'a> Device<'a> for Dessin<'a, '_> {
    fn set_soft_mask(&mut self, masque: Option<SoftMask<'a>>) {
        self.masque = masque;
    }

    fn set_blend_mode(&mut self, fusion: BlendMode) {
        self.fusion = fusion;
    }

    fn draw_path(&mut self, trace: &BezPath, place: Affine, encre: &Paint<'a>, facon: &PathDrawMode) {
        if !self.suit() || trace.elements().is_empty() {
            return;
        }
        match facon {
            PathDrawMode::Fill(regle) => self.remplir(&(place * trace.clone()), *regle, encre),
            PathDrawMode::Stroke(trait_) => self.tracer(trace, place, encre, trait_),
        }
    }

    fn push_clip_path(&mut self, decoupe: &ClipPath) {
        self.plume.decouper(&decoupe.path, decoupe.fill, &mut self.communs);
    }

    fn pop_clip_path(&mut self) {
        self.plume.oter();
    }

    fn push_transparency_group(&mut self, opacite: f32, masque: Option<SoftMask<'a>>, fusion: BlendMode) {
        let attributs = self.attributs(opacite, masque, fusion);
        let attributs = attributs.or_else(|| self.isole.then(|| "style=\"isolation:isolate\"".to_string()));
        self.plume.grouper(attributs, fusion != BlendMode::Normal, &mut self.communs);
    }

    fn pop_transparency_group(&mut self) {
        self.plume.oter();
    }

    fn draw_glyph(
        &mut self,
        glyphe: &Glyph<'a>,
        place: Affine,
        lettre: Affine,
        encre: &Paint<'a>,
        facon: &GlyphDrawMode,
    ) {
        if !self.suit() || matches!(facon, GlyphDrawMode::Invisible) {
            return;
        }
        let glyphe = match glyphe {
            Glyph::Outline(glyphe) => glyphe,
            Glyph::Type3(glyphe) => {
                let (masque, fusion) = (self.masque.clone(), self.fusion);
                self.imbrication += 1;
                if self.imbrication > IMBRICATION_MAX {
                    self.refuser("ses lettres se contiennent elles-mêmes");
                } else {
                    glyphe.interpret(self, place, lettre, encre);
                }
                self.imbrication -= 1;
                (self.masque, self.fusion) = (masque, fusion);
                return;
            }
        };
        if let Constat::Manque(cause) = self.polices.constat(glyphe) {
            self.refuser(cause);
            return;
        }
        match (facon, encre) {
            (GlyphDrawMode::Stroke(trait_), _) => self.tracer(&(lettre * glyphe.outline()), place, encre, trait_),
            (_, Paint::Color(_)) => self.lettre(glyphe, place * lettre, encre),
            _ => self.remplir(&(place * lettre * glyphe.outline()), FillRule::NonZero, encre),
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, place: Affine) {
        if !self.suit() {
            return;
        }
        let mut lue = false;
        match image {
            Image::Stencil(pochoir) => pochoir.with_stencil(
                |points, encre| {
                    lue = true;
                    let place = place * echelle(points.scale_factors);
                    match encre {
                        Paint::Color(couleur) => {
                            let point = images::pochoir(&points, couleur.to_rgba().to_rgba8());
                            self.image(point, place);
                        }
                        Paint::Pattern(motif) => {
                            let blanc = images::pochoir(&points, [255; 4]);
                            let boite = Rect::new(0.0, 0.0, f64::from(points.width), f64::from(points.height));
                            self.image_peinte(blanc, place, boite, motif);
                        }
                    }
                },
                None,
            ),
            Image::Raster(image) => image.with_rgba(
                |couleurs, alpha| {
                    lue = true;
                    let place = place * echelle(couleurs.scale_factors());
                    let [a, b, c, d, ..] = place.as_coeffs();
                    let sur_page =
                        (a.hypot(b) * f64::from(couleurs.width()), c.hypot(d) * f64::from(couleurs.height()));
                    self.image(images::couleurs(couleurs, alpha, sur_page), place);
                },
                None,
            ),
        }
        if !lue {
            self.refuser(IMAGE_ABIMEE);
        }
    }
}

impl Dessin<'_, '_> {
    fn image(&mut self, image: Option<images::Encodee>, place: Affine) {
        let Some(image) = image else { return self.refuser(IMAGE_ABIMEE) };
        let numero = self.communs.numero(image.balise, |texte, numero, contenu| {
            let _ = write!(texte, "<image id=\"n{numero}\" {contenu}/>");
        });
        self.poser(|texte| {
            let _ = write!(texte, "<use xlink:href=\"#n{numero}\" transform=\"{}\"/>", matrice(place));
        });
    }
}

fn echelle((x, y): (f32, f32)) -> Affine {
    Affine::scale_non_uniform(f64::from(x), f64::from(y))
}

/// Whether a transformation keeps the widths of lines the same in all directions.
fn conforme(place: Affine) -> bool {
    let [a, b, c, d, ..] = place.as_coeffs();
    let (x, y) = (a.hypot(b), c.hypot(d));
    (x - y).abs() < 1e-3 * x.max(y) && (a * c + b * d).abs() < 1e-3 * x * y
}

/// Dashes; those too short to be seen make a line.
fn tirets(trait_: &StrokeProps, echelle: f64) -> String {
    let longueurs: Vec<f64> = trait_.dash_array.iter().map(|n| f64::from(n.max(0.0))).collect();
    let periode: f64 = longueurs.iter().sum();
    if longueurs.is_empty() || periode * echelle < FILET_MIN {
        return String::new();
    }
    let mut texte = String::from(" stroke-dasharray=\"");
    for (rang, longueur) in longueurs.iter().enumerate() {
        if rang > 0 {
            texte.push(' ');
        }
        nombre(&mut texte, longueur * echelle);
    }
    texte.push('"');
    if trait_.dash_offset != 0.0 {
        texte.push_str(" stroke-dashoffset=\"");
        nombre(&mut texte, f64::from(trait_.dash_offset) * echelle);
        texte.push('"');
    }
    texte
}
