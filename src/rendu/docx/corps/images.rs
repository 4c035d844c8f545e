//! Gives a picture its size and place on the page; draws as PNG the SVG that Word does not read.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use crate::document::{FormatImage, Image};

/// English Metric Units in a millimetre.
const EMU_PAR_MM: u64 = 36_000;

/// Dots per millimetre of a drawn SVG: 300 an inch.
const POINTS_PAR_MM: f32 = 300.0 / 25.4;
/// Longest side of a drawn SVG, in dots: an A4 page at 300 dots an inch.
const POINTS_MAX: f32 = 3_508.0;
/// A larger SVG is not read: a logo is some tens of kilobytes.
const OCTETS_MAX: usize = 8 << 20;

/// The fonts of the PDF, for the words of a logo; never those of the machine.
static POLICES: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut polices = fontdb::Database::new();
    for (police, _) in typst_kit::fonts::embedded() {
        polices.load_font_data(police.data().to_vec());
    }
    polices.set_serif_family("Libertinus Serif");
    polices.set_sans_serif_family("Libertinus Serif");
    Arc::new(polices)
});

/// A picture as Word can show it.
pub(super) struct Apercu {
    /// Width and height in EMU.
    pub taille: (u32, u32),
    /// The bytes to write when they are not the picture's own: an SVG drawn as PNG.
    pub png: Option<Vec<u8>>,
}

/// Fits a picture in a box in millimetres; `None` when it cannot be read.
pub(super) fn apercu(image: &Image, largeur_mm: u32, hauteur_mm: u32) -> Option<Apercu> {
    if image.format == FormatImage::Svg {
        return dessiner(&image.octets, largeur_mm, hauteur_mm);
    }
    let taille = dimensions(&image.octets, image.format)?;
    Some(Apercu { taille: ajuster(taille, largeur_mm, hauteur_mm), png: None })
}

/// Draws an SVG at its printed size. What it refers to outside itself is not loaded.
fn dessiner(octets: &[u8], largeur_mm: u32, hauteur_mm: u32) -> Option<Apercu> {
    if octets.len() > OCTETS_MAX {
        return None;
    }
    let mut options =
        Options { fontdb: POLICES.clone(), font_family: "Libertinus Serif".to_owned(), ..Options::default() };
    options.image_href_resolver = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    let dessin = Tree::from_data(octets, &options).ok()?;
    let (l, h) = (dessin.size().width(), dessin.size().height());
    let boite = |mm: u32| (mm.clamp(1, 1000) as f32 * POINTS_PAR_MM).min(POINTS_MAX);
    let echelle = (boite(largeur_mm) / l).min(boite(hauteur_mm) / h);
    // Whole dots; a drawing thinner than one dot keeps one.
    let points = |cote: f32| ((cote * echelle).round() as u32).max(1);
    let mut image = Pixmap::new(points(l), points(h))?;
    resvg::render(&dessin, Transform::from_scale(echelle, echelle), &mut image.as_mut());
    let taille = ajuster((image.width(), image.height()), largeur_mm, hauteur_mm);
    Some(Apercu { taille, png: Some(image.encode_png().ok()?) })
}

/// Width and height in pixels; `None` when the bytes are not what the format says.
fn dimensions(octets: &[u8], format: FormatImage) -> Option<(u32, u32)> {
    let (l, h) = match format {
        FormatImage::Png => png(octets)?,
        FormatImage::Jpeg => jpeg(octets)?,
        FormatImage::Svg => return None,
    };
    (l > 0 && h > 0).then_some((l, h))
}

fn png(octets: &[u8]) -> Option<(u32, u32)> {
    if !octets.starts_with(b"\x89PNG\r\n\x1a\n") || octets.get(12..16)? != b"IHDR" {
        return None;
    }
    let lire = |debut: usize| octets.get(debut..debut + 4)?.try_into().ok().map(u32::from_be_bytes);
    Some((lire(16)?, lire(20)?))
}

/// Walks the JPEG segments to the frame header (SOF), which holds the size.
fn jpeg(octets: &[u8]) -> Option<(u32, u32)> {
    if !octets.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let lire = |debut: usize| octets.get(debut..debut + 2)?.try_into().ok().map(u16::from_be_bytes);
    let mut position = 2;
    loop {
        if *octets.get(position)? != 0xFF {
            return None;
        }
        let marqueur = *octets.get(position + 1)?;
        match marqueur {
            0xFF => position += 1,
            0x01 | 0xD0..=0xD8 => position += 2,
            0xC4 | 0xC8 | 0xCC | 0x00..=0xBF | 0xD9.. => position += 2 + usize::from(lire(position + 2)?),
            0xC0..=0xCF => return Some((lire(position + 7)?.into(), lire(position + 5)?.into())),
        }
    }
}

/// The largest size in EMU that keeps the proportions within a box in millimetres (at least one EMU a side).
fn ajuster((largeur, hauteur): (u32, u32), largeur_mm: u32, hauteur_mm: u32) -> (u32, u32) {
    let (l, h) = (u64::from(largeur.max(1)), u64::from(hauteur.max(1)));
    let boite_l = u64::from(largeur_mm.clamp(1, 1000)) * EMU_PAR_MM;
    let boite_h = u64::from(hauteur_mm.clamp(1, 1000)) * EMU_PAR_MM;
    let (cx, cy) = if boite_l * h <= boite_h * l { (boite_l, boite_l * h / l) } else { (boite_h * l / h, boite_h) };
    let borner = |v: u64| u32::try_from(v.max(1)).unwrap_or(u32::MAX);
    (borner(cx), borner(cy))
}
