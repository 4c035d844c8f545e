//! A file given with the contract → its pages as pictures: vector for a PDF, as they are for PNG and JPEG.
//!
//! PDF/A and PDF/UA accept no PDF inside a PDF: each page is drawn again. The file may be anything: its
//! reader works apart, so that a fault of it, or a file that never ends, is told like any other.

use std::io::Cursor;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use image::{DynamicImage, ImageFormat, ImageReader};

use super::pdf;

/// Name of a thread that reads a file of the user: its faults are told by an error, not by the thread.
pub const FIL: &str = "lecture à part";
/// Most pages of a piece.
pub const PAGES_MAX: usize = 300;
/// Most points of one picture, in millions: an A4 page at 600 dots per inch has 35.
pub(super) const POINTS_MAX: usize = 120;

/// The reader of a hostile file may never end.
const DELAI: Duration = Duration::from_secs(120);
/// A reader of nested objects is recursive.
const PILE: usize = 64 * 1024 * 1024;
/// What the pictures of the pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatPage {
    Png,
    Jpeg,
    Svg,
}

/// A page of a piece, as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub octets: Arc<[u8]>,
    pub format: FormatPage,
    /// Wider than high.
    pub paysage: bool,
}

/// The pages of a PDF, PNG or JPEG file; otherwise why they cannot be printed, as the end of a sentence whose
/// subject is the file, and what to do.
pub fn pages(octets: &Arc<[u8]>) -> Result<Vec<Page>, String> {
    match image::guess_format(octets) {
        Ok(ImageFormat::Png) => return une_image(octets, FormatPage::Png),
        Ok(ImageFormat::Jpeg) => return une_image(octets, FormatPage::Jpeg),
        _ => {}
    }
    if !octets.iter().take(1024).copied().collect::<Vec<u8>>().windows(5).any(|debut| debut == b"%PDF-") {
        return Err("ce n'est ni un PDF, ni une image PNG ou JPEG".into());
    }
    let copie = octets.clone();
    a_part(move || pdf::convertir(copie))
        .map_err(|cause| format!("{cause} ; ouvrez-le et enregistrez-le de nouveau (« imprimer en PDF »)"))?
}

/// Runs a reader of hostile bytes apart: a fault of it, or one that never ends, is told in French.
pub fn a_part<T: Send + 'static>(lire: impl FnOnce() -> T + Send + 'static) -> Result<T, &'static str> {
    let (envoi, reception) = mpsc::channel();
    let fil = thread::Builder::new().name(FIL.into()).stack_size(PILE).spawn(move || {
        // Nobody waits any longer once the time is over.
        let _ = envoi.send(lire());
    });
    fil.map_err(|_| "la mémoire manque pour le lire")?;
    reception.recv_timeout(DELAI).map_err(|erreur| match erreur {
        mpsc::RecvTimeoutError::Timeout => "sa lecture n'en finit pas",
        mpsc::RecvTimeoutError::Disconnected => "son contenu est abîmé",
    })
}

fn une_image(octets: &Arc<[u8]>, format: FormatPage) -> Result<Vec<Page>, String> {
    let (copie, abimee) = (octets.clone(), || "l'image est abîmée ; enregistrez-la de nouveau".to_string());
    let dimensions =
        ImageReader::new(Cursor::new(octets)).with_guessed_format().ok().and_then(|l| l.into_dimensions().ok());
    let (largeur, hauteur) = dimensions.ok_or_else(abimee)?;
    if u64::from(largeur) * u64::from(hauteur) > POINTS_MAX as u64 * 1_000_000 {
        return Err(format!("l'image a plus de {POINTS_MAX} millions de points ; enregistrez-la plus petite"));
    }
    // Decoded once here, so that a damaged picture is told now, with its name.
    let decodee = a_part(move || image::load_from_memory(&copie).map(|image| image.color())).map_err(|_| abimee())?;
    let couleur = decodee.map_err(|_| abimee())?;
    let page = |octets, format| Page { octets, format, paysage: largeur > hauteur };
    if couleur.bits_per_pixel() / u16::from(couleur.channel_count()) == 8 {
        return Ok(vec![page(octets.clone(), format)]);
    }
    // PDF/A readers know 8 bits a colour.
    let image = image::load_from_memory(octets).map_err(|_| abimee())?;
    let image =
        if couleur.has_alpha() { DynamicImage::from(image.to_rgba8()) } else { DynamicImage::from(image.to_rgb8()) };
    let mut png = Vec::new();
    image.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(|_| abimee())?;
    Ok(vec![page(png.into(), FormatPage::Png)])
}
