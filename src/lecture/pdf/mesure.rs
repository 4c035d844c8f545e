//! A drawing that is looked at and not drawn → its words, the place of its letters, their box.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, Rect, Shape};

/// A letter where it was drawn.
#[derive(Debug)]
pub struct Lettre {
    pub signe: Option<char>,
    pub x: f64,
    pub dessinee: bool,
}

/// A drawing that is only looked at: its letters, their box.
#[derive(Debug, Default)]
pub struct Mesure {
    pub lettres: Vec<Lettre>,
    pub texte: String,
    /// Letters whose character is not known.
    pub inconnus: usize,
    pub boite: Option<Rect>,
}

impl<'a> Device<'a> for Mesure {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(&mut self, glyphe: &Glyph<'a>, place: Affine, lettre: Affine, _: &Paint<'a>, facon: &GlyphDrawMode) {
        let signes = match glyphe.as_unicode() {
            Some(BfString::Char(signe)) => signe.to_string(),
            Some(BfString::String(signes)) => signes,
            None => String::new(),
        };
        let place = place * lettre;
        let dessinee = match glyphe {
            Glyph::Outline(glyphe) => {
                let trace = place * glyphe.outline();
                if !trace.elements().is_empty() {
                    let boite = trace.bounding_box();
                    self.boite = Some(self.boite.map_or(boite, |avant| avant.union(boite)));
                }
                glyphe.glyph_id().to_u32() != 0
            }
            Glyph::Type3(_) => true,
        };
        if !matches!(facon, GlyphDrawMode::Invisible) {
            self.inconnus += usize::from(signes.is_empty() && dessinee);
            self.texte.push_str(&signes);
        }
        let mut chaque = signes.chars();
        let signe = chaque.next().filter(|_| chaque.next().is_none());
        self.lettres.push(Lettre { signe, x: place.translation().x, dessinee });
    }
}
