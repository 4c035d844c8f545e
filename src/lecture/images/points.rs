//! A PNG or a JPEG → the same picture in eight bits a colour, upright, whole; as it came when it is so already.

use crate::isolement::Octets;
use crate::lecture::page::{FormatPage, Page};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat};
use std::io::Cursor;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Most points of one picture, in millions: an A4 page at 600 dots per inch has 35.
pub(in crate::lecture) const POINTS_MAX: usize = 120;
/// Up to that many points a picture that was changed is kept without loss; above, as a photograph.
const POINTS_SANS_PERTE: u64 = 2_000_000;
const QUALITE_JPEG: u8 = 92;

fn abimee<E>(_: E) -> String {
    "l'image est abîmée ; enregistrez-la de nouveau".to_owned()
}

/// The picture as it can be printed; it is decoded once here, so that a damaged one is told with its name.
pub(in crate::lecture) fn en_points(octets: &Octets, format: FormatPage) -> Result<Page, String> {
    let (orientation, telle_quelle, image) = match format {
        FormatPage::Png => {
            let mut decodeur = PngDecoder::new(Cursor::new(&octets[..])).map_err(abimee)?;
            let orientation = preparer(&mut decodeur)?;
            (orientation, png_simple(octets), DynamicImage::from_decoder(decodeur).map_err(abimee)?)
        }
        _ => {
            let mut decodeur = JpegDecoder::new(Cursor::new(&octets[..])).map_err(abimee)?;
            let orientation = preparer(&mut decodeur)?;
            jpeg_entier(octets)?;
            (orientation, jpeg_simple(octets), DynamicImage::from_decoder(decodeur).map_err(abimee)?)
        }
    };
    let droite = orientation == Orientation::NoTransforms;
    if telle_quelle && droite {
        let paysage = image.width() > image.height();
        return Ok(Page { octets: octets.clone(), format, paysage });
    }
    let mut image = sur_huit_bits(image);
    image.apply_orientation(orientation);
    reecrire(&image, format)
}

/// Checks the size before anything is unpacked, and says how the picture is to be turned.
fn preparer(decodeur: &mut impl ImageDecoder) -> Result<Orientation, String> {
    let (largeur, hauteur) = decodeur.dimensions();
    if largeur == 0 || hauteur == 0 {
        return Err(abimee(()));
    }
    if u64::from(largeur) * u64::from(hauteur) > POINTS_MAX as u64 * 1_000_000 {
        return Err(format!("l'image a plus de {POINTS_MAX} millions de points ; enregistrez-la plus petite"));
    }
    decodeur.orientation().map_err(abimee)
}

fn sur_huit_bits(image: DynamicImage) -> DynamicImage {
    let couleur = image.color();
    match (couleur.has_color(), couleur.has_alpha()) {
        (true, true) => image.into_rgba8().into(),
        (true, false) => image.into_rgb8().into(),
        (false, true) => image.into_luma_alpha8().into(),
        (false, false) => image.into_luma8().into(),
    }
}

fn reecrire(image: &DynamicImage, format: FormatPage) -> Result<Page, String> {
    let points = u64::from(image.width()) * u64::from(image.height());
    let photographie = format == FormatPage::Jpeg && points > POINTS_SANS_PERTE && !image.color().has_alpha();
    let mut octets = Vec::new();
    let (ecrit, format) = if photographie {
        (image.write_with_encoder(JpegEncoder::new_with_quality(&mut octets, QUALITE_JPEG)), FormatPage::Jpeg)
    } else {
        (image.write_to(&mut Cursor::new(&mut octets), ImageFormat::Png), FormatPage::Png)
    };
    ecrit.map_err(abimee)?;
    Ok(Page { octets: octets.into(), format, paysage: image.width() > image.height() })
}

/// Whether a PNG is what every reader of ours draws alike: eight bits a colour, no palette, no interlacing, no colour
/// that stands for transparency.
fn png_simple(octets: &[u8]) -> bool {
    // The header (IHDR) always comes first: width, height, bits, colours, compression, filter, interlacing.
    let Some([bits, couleurs, _, _, entrelacement]) = octets.get(24..29) else { return false };
    *bits == 8 && matches!(couleurs, 0 | 2 | 4 | 6) && *entrelacement == 0 && !morceaux(octets).any(|m| m == b"tRNS")
}

/// The kinds of the pieces of a PNG, up to its points.
fn morceaux(octets: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut place = 8;
    std::iter::from_fn(move || {
        let longueur = u32::from_be_bytes(octets.get(place..place + 4)?.try_into().ok()?);
        let genre = octets.get(place + 4..place + 8)?;
        place = place.checked_add(12)?.checked_add(usize::try_from(longueur).ok()?)?;
        (genre != b"IDAT").then_some(genre)
    })
}

/// A half file decodes as a picture with a grey end: it is read again without indulgence, and must have its end.
fn jpeg_entier(octets: &[u8]) -> Result<(), String> {
    let stricte = DecoderOptions::default().set_strict_mode(true).set_max_width(usize::MAX).set_max_height(usize::MAX);
    zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(octets), stricte).decode().map_err(abimee)?;
    Ok(())
}

/// Whether a JPEG is grey or in three colours: the inks of printers (CMYK) are converted.
fn jpeg_simple(octets: &[u8]) -> bool {
    let options = DecoderOptions::default().set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decodeur = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(octets), options);
    decodeur.decode_headers().is_ok() && decodeur.info().is_some_and(|info| matches!(info.components, 1 | 3))
}
