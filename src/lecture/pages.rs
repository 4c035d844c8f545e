//! A file given with the contract → its pages as pictures: vector for a PDF, as they are for PNG and JPEG.
//!
//! PDF/A and PDF/UA accept no PDF inside a PDF: each page is drawn again. The file may be anything: its
//! reader works apart, so that a fault of it, or a file that never ends, is told like any other.

use std::io::Cursor;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hayro_svg::hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro_svg::hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_svg::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, ImageReader};
use lopdf::DecompressError;

/// Name of a thread that reads a file of the user: its faults are told by an error, not by the thread.
pub const FIL: &str = "lecture à part";
/// Most pages of a piece.
pub const PAGES_MAX: usize = 300;
/// Most points of one picture, in millions: an A4 page at 600 dots per inch has 35.
const POINTS_MAX: usize = 120;

/// Most megabytes of a drawing once unpacked, and of a font: drawing it takes a hundred times as much memory.
const DESSIN_MAX: usize = 8;
const POLICE_MAX: usize = 64;
/// Most megabytes of all drawings of a piece, once unpacked.
const DESSINS_MAX: usize = 64;

/// The reader of a hostile file may never end.
const DELAI: Duration = Duration::from_secs(120);
/// A reader of nested objects is recursive.
const PILE: usize = 64 * 1024 * 1024;
/// Pictures of a page below this size, in bytes, are left as they are.
const IMAGE_LEGERE: usize = 64 * 1024;
const QUALITE_JPEG: u8 = 85;

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
    a_part(move || convertir(copie))
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

fn convertir(octets: Arc<[u8]>) -> Result<Vec<Page>, String> {
    let pdf = Pdf::new(Arc::new(octets)).map_err(|erreur| match erreur {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "il est protégé par un mot de passe".to_string()
        }
        LoadPdfError::Decryption(_) => "il est chiffré".to_string(),
        LoadPdfError::Invalid => "ce PDF est abîmé".to_string(),
    })?;
    let nombre = pdf.pages().len();
    if nombre == 0 {
        return Err("il n'a aucune page".into());
    }
    if nombre > PAGES_MAX {
        return Err(format!("il a {nombre} pages, et une pièce en a {PAGES_MAX} au plus : joignez l'extrait utile"));
    }
    if pdf.objects().into_iter().any(|objet| image_enorme(&objet)) {
        return Err(format!("une de ses images a plus de {POINTS_MAX} millions de points"));
    }
    if !se_deplie(&pdf) {
        return Err("une fois déplié, son contenu est démesuré : refaites-le, par exemple en l'imprimant en PDF".into());
    }
    let avertissements = Arc::new(Mutex::new(Vec::new()));
    let recueil = avertissements.clone();
    let lecture = InterpreterSettings {
        // What is missing from a page would be missing from the contract: it is told, never skipped.
        warning_sink: Arc::new(move |avertissement| {
            recueil.lock().unwrap_or_else(PoisonError::into_inner).push(match avertissement {
                InterpreterWarning::UnsupportedFont => "une police n'est pas prise en charge",
                InterpreterWarning::ImageDecodeFailure => "une image est abîmée ou n'est pas prise en charge",
            });
        }),
        ..InterpreterSettings::default()
    };
    let cache = RenderCache::new();
    let mut pages = Vec::with_capacity(nombre);
    for (rang, page) in pdf.pages().iter().enumerate() {
        let (largeur, hauteur) = page.render_dimensions();
        if !(largeur >= 1.0 && hauteur >= 1.0) {
            return Err(format!("sa page {} n'a pas de surface", rang + 1));
        }
        let svg = convert(page, &cache, &lecture, &SvgRenderSettings::default());
        if let Some(cause) = avertissements.lock().unwrap_or_else(PoisonError::into_inner).first() {
            return Err(format!("à sa page {}, {cause}", rang + 1));
        }
        let octets = alleger(&svg).into_bytes().into();
        pages.push(Page { octets, format: FormatPage::Svg, paysage: largeur > hauteur });
    }
    Ok(pages)
}

/// Whether the drawings and the fonts of a file keep to a size once unpacked; they are unpacked no further than that.
fn se_deplie(pdf: &Pdf) -> bool {
    const MO: usize = 1024 * 1024;
    let mut reste = DESSINS_MAX * MO;
    pdf.objects().into_iter().all(|objet| {
        let Object::Stream(flux) = objet else { return true };
        let nom = |cle: &[u8]| Stream::dict(&flux).get::<Name<'_>>(cle).map(|nom| nom.to_vec()).unwrap_or_default();
        let image = nom(b"Subtype") == b"Image";
        let police = matches!(nom(b"Subtype").as_slice(), b"Type1C" | b"CIDFontType0C" | b"OpenType")
            || Stream::dict(&flux).contains_key(b"Length1".as_slice());
        let max = match () {
            // Four colours of sixteen bits for each point.
            () if image => points(&flux).saturating_mul(8) + MO,
            () if police => POLICE_MAX * MO,
            () => (DESSIN_MAX * MO).min(reste),
        };
        match taille_depliee(&flux, max) {
            Some(taille) => {
                reste -= if image || police { 0 } else { taille };
                true
            }
            None => false,
        }
    })
}

/// The size of a stream once unpacked; `None` over the limit. What is damaged is the reader's business.
fn taille_depliee(flux: &Stream<'_>, max: usize) -> Option<usize> {
    let brut = flux.raw_data();
    let filtres: Vec<lopdf::Object> = match flux.dict().get::<Object<'_>>(b"Filter") {
        Some(Object::Name(nom)) => vec![nom],
        Some(Object::Array(noms)) => Array::iter::<Name<'_>>(&noms).collect(),
        _ => Vec::new(),
    }
    .iter()
    .filter(|nom| DEPLIANTS.contains(&&***nom))
    .map(|nom| lopdf::Object::Name(nom.to_vec()))
    .collect();
    if filtres.is_empty() {
        return (brut.len() <= max).then_some(brut.len());
    }
    let mut copie = lopdf::Stream::new(lopdf::Dictionary::new(), brut.to_vec());
    copie.dict.set("Filter", filtres);
    match copie.decompressed_content_with_limit(max) {
        Ok(contenu) => Some(contenu.len()),
        Err(lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => None,
        Err(_) => Some(0),
    }
}

/// The filters that may unpack much out of little.
const DEPLIANTS: [&[u8]; 5] = [b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"FlateDecode", b"RunLengthDecode"];

/// A picture that would fill the memory once unpacked.
fn image_enorme(objet: &Object<'_>) -> bool {
    let Object::Stream(flux) = objet else { return false };
    points(flux) > POINTS_MAX * 1_000_000
}

fn points(flux: &Stream<'_>) -> usize {
    let cote = |cle: &[u8]| Stream::dict(flux).get::<u32>(cle).map_or(0, |cote| cote as usize);
    cote(b"Width").saturating_mul(cote(b"Height"))
}

/// Photographs and scans as JPEG: the reader gives every picture as PNG, ten times larger for a scan.
///
/// The original file, attached, keeps every point.
fn alleger(svg: &str) -> String {
    const PNG: &str = "data:image/png;base64,";
    let mut sortie = String::with_capacity(svg.len());
    let mut reste = svg;
    while let Some(debut) = reste.find(PNG) {
        let (avant, image) = reste.split_at(debut);
        let image = &image[PNG.len()..];
        let fin = image.find(['"', '\'']).unwrap_or(image.len());
        sortie.push_str(avant);
        match (fin > IMAGE_LEGERE).then(|| en_jpeg(&image[..fin])).flatten() {
            Some(jpeg) => sortie.extend(["data:image/jpeg;base64,", jpeg.as_str()]),
            None => sortie.extend([PNG, &image[..fin]]),
        }
        reste = &image[fin..];
    }
    sortie.push_str(reste);
    sortie
}

/// The same picture as JPEG, when it is opaque and much lighter so.
fn en_jpeg(png: &str) -> Option<String> {
    let octets = STANDARD.decode(png).ok()?;
    let image = image::load_from_memory_with_format(&octets, ImageFormat::Png).ok()?;
    if image.color().has_alpha() && image.to_rgba8().pixels().any(|point| point.0[3] != 255) {
        return None;
    }
    let image = image.into_rgb8();
    let gris = image.pixels().all(|p| p.0[0] == p.0[1] && p.0[1] == p.0[2]);
    let image = DynamicImage::from(image);
    let image = if gris { DynamicImage::from(image.into_luma8()) } else { image };
    let mut jpeg = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITE_JPEG)).ok()?;
    (jpeg.len() * 2 < octets.len()).then(|| STANDARD.encode(jpeg))
}
