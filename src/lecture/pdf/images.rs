//! The points of a picture → an element of SVG: PNG, or JPEG for photographs and scans.

use std::borrow::Cow;
use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hayro_interpret::{ImageData, LumaData};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage, RgbaImage, imageops};

/// Pictures below this size, in bytes, are left without loss.
const IMAGE_LEGERE: usize = 64 * 1024;
const QUALITE_JPEG: u8 = 85;
/// Dots per point of a picture whose points are blended, and its longest side.
const FINESSE: f64 = 2.0;
const COTE_LISSE: f64 = 1_700.0;

/// A picture, as the attributes of its element.
pub struct Encodee {
    pub balise: String,
}

/// A stencil: where it is marked, a colour.
pub fn pochoir(points: &LumaData, [r, v, b, alpha]: [u8; 4]) -> Option<Encodee> {
    let opacite = |marque: u8| (u16::from(marque) * u16::from(alpha) / 255) as u8;
    let points_: Vec<u8> = points.data.iter().flat_map(|m| [r, v, b, opacite(*m)]).collect();
    let image = RgbaImage::from_raw(points.width, points.height, points_)?;
    encoder(image.into(), (points.width, points.height))
}

/// Colours, with what hides a part of them; `sur_page` is their width and height there, in points.
pub fn couleurs(image: ImageData, alpha: Option<LumaData>, sur_page: (f64, f64)) -> Option<Encodee> {
    let lissee = image.interpolate();
    let image: DynamicImage = match image {
        ImageData::Rgb(rgb) => RgbImage::from_raw(rgb.width, rgb.height, rgb.data)?.into(),
        ImageData::Luma(gris) => GrayImage::from_raw(gris.width, gris.height, gris.data)?.into(),
    };
    let plan = (image.width(), image.height());
    let Some(alpha) = alpha else {
        return encoder(if lissee { lisser(image, sur_page) } else { image }, plan);
    };
    let mut alpha = GrayImage::from_raw(alpha.width, alpha.height, alpha.data)?;
    let mut image = image.into_rgba8();
    // The finer of the two decides: points are repeated, none is blended.
    let (largeur, hauteur) = (image.width().max(alpha.width()), image.height().max(alpha.height()));
    if u64::from(largeur) * u64::from(hauteur) > super::POINTS_MAX as u64 * 1_000_000 {
        return None;
    }
    if image.dimensions() != (largeur, hauteur) {
        image = agrandir(&image, largeur, hauteur);
    }
    if alpha.dimensions() != (largeur, hauteur) {
        alpha = agrandir(&alpha, largeur, hauteur);
    }
    image.pixels_mut().zip(alpha.pixels()).for_each(|(point, alpha)| point.0[3] = alpha.0[0]);
    let image = DynamicImage::from(image);
    encoder(if lissee { lisser(image, sur_page) } else { image }, plan)
}

/// A picture whose points are to be blended, which an archive file does not let its reader do: they are here.
fn lisser(image: DynamicImage, (largeur, hauteur): (f64, f64)) -> DynamicImage {
    let taille = |points: f64, cote: u32| ((points * FINESSE).min(COTE_LISSE).ceil() as u32).max(cote);
    let (largeur, hauteur) = (taille(largeur, image.width()), taille(hauteur, image.height()));
    if (largeur, hauteur) == (image.width(), image.height()) {
        return image;
    }
    image.resize_exact(largeur, hauteur, imageops::FilterType::Triangle)
}

fn agrandir<P>(image: &image::ImageBuffer<P, Vec<u8>>, largeur: u32, hauteur: u32) -> image::ImageBuffer<P, Vec<u8>>
where
    P: image::Pixel<Subpixel = u8> + 'static,
{
    imageops::resize(image, largeur, hauteur, imageops::FilterType::Nearest)
}

/// Colours and opacity, point by point.
pub fn points(points: Vec<u8>, largeur: u32, hauteur: u32) -> Option<Encodee> {
    encoder(RgbaImage::from_raw(largeur, hauteur, points)?.into(), (largeur, hauteur))
}

/// The element of a picture that covers this width and height of its plane.
fn encoder(image: DynamicImage, (largeur, hauteur): (u32, u32)) -> Option<Encodee> {
    let image = simplifier(image);
    let mut png = Vec::new();
    image.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).ok()?;
    let (genre, octets) = match (png.len() > IMAGE_LEGERE).then(|| en_jpeg(&image, png.len())).flatten() {
        Some(jpeg) => ("jpeg", Cow::Owned(jpeg)),
        None => ("png", Cow::Borrowed(&png)),
    };
    // Points are shown as points; those finer than what Word's pictures have would be skipped, so they are blended.
    let balise = format!(
        "width=\"{largeur}\" height=\"{hauteur}\" preserveAspectRatio=\"none\" {}xlink:href=\"data:image/{genre};base64,{}\"",
        if largeur.max(hauteur) > 1_000 { "" } else { "style=\"image-rendering:pixelated\" " },
        STANDARD.encode(octets.as_ref())
    );
    Some(Encodee { balise })
}

/// The same picture without the opacity or the colours that it does not use.
fn simplifier(image: DynamicImage) -> DynamicImage {
    let image = match image {
        DynamicImage::ImageRgba8(points) if points.pixels().all(|p| p.0[3] == 255) => {
            DynamicImage::ImageRgba8(points).into_rgb8().into()
        }
        autre => autre,
    };
    match image {
        DynamicImage::ImageRgb8(points) if points.pixels().all(|p| p.0[0] == p.0[1] && p.0[1] == p.0[2]) => {
            DynamicImage::ImageRgb8(points).into_luma8().into()
        }
        autre => autre,
    }
}

/// Photographs and scans as JPEG when much lighter so; the original file, attached, keeps every point.
fn en_jpeg(image: &DynamicImage, en_png: usize) -> Option<Vec<u8>> {
    if image.color().has_alpha() {
        return None;
    }
    let mut jpeg = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITE_JPEG)).ok()?;
    (jpeg.len() * 2 < en_png).then_some(jpeg)
}
