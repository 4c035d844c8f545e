//! A file given with the contract → its pages as pictures: vector for a PDF, as they are for PNG and JPEG.
//!
//! PDF/A and PDF/UA accept no PDF inside a PDF: each page is drawn again. The file may be anything: its
//! reader works apart, so that a fault of it, or a file that never ends, is told like any other.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hayro_svg::hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro_svg::hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_svg::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat};
use lopdf::DecompressError;
use serde::{Deserialize, Serialize};

use super::images::{POINTS_MAX, en_points, format_de_points};
use crate::isolement::{self, Arret, LECTEURS, Octets, Paquet, Tache};

/// Most pages of a piece.
pub const PAGES_MAX: usize = 300;

/// Most megabytes of a drawing once unpacked, and of a font: drawing it takes a hundred times as much memory.
const DESSIN_MAX: usize = 8;
const POLICE_MAX: usize = 64;
/// Most megabytes of all drawings of a piece, once unpacked.
const DESSINS_MAX: usize = 64;

/// The reader of a hostile file may never end; that of a scan of 240 pages takes half as long.
const CALCUL: Duration = Duration::from_secs(120);
const DELAI: Duration = Duration::from_secs(600);
/// Pictures of a page below this size, in bytes, are left as they are.
const IMAGE_LEGERE: usize = 64 * 1024;
const QUALITE_JPEG: u8 = 85;

/// What the pictures of the pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// A piece is read apart: a hostile one stops its reader, and is told.
pub static PIECE: Tache = Tache { nom: "piece", calcul: CALCUL, delai: DELAI };

/// The pages of a PDF, PNG or JPEG file; otherwise why they cannot be printed, as the end of a sentence whose
/// subject is the file, and what to do.
pub fn pages(octets: &Arc<[u8]>) -> Result<Vec<Page>, String> {
    demander(&PIECE, octets, lire_ici)
        .map_err(|cause| format!("{cause} ; ouvrez-le et enregistrez-le de nouveau (« imprimer en PDF »)"))?
}

/// The work itself.
pub fn lire_ici(demande: Paquet) -> Paquet {
    repondre(&demande, lire)
}

fn lire(octets: &Octets) -> Result<Vec<Page>, String> {
    if let Some(format) = format_de_points(octets) {
        return en_points(octets, format).map(|page| vec![page]);
    }
    if !octets.get(..1024.min(octets.len())).unwrap_or_default().windows(5).any(|debut| debut == b"%PDF-") {
        return Err("ce n'est ni un PDF, ni une image PNG ou JPEG ; enregistrez-le sous l'une de ces formes".into());
    }
    convertir(octets.clone())
}

/// A page without its bytes, which travel beside it.
type Fiche = (FormatPage, bool);

/// Asks for the pages of a file.
pub(super) fn demander(
    tache: &'static Tache,
    octets: &Octets,
    ici: fn(Paquet) -> Paquet,
) -> Result<Result<Vec<Page>, String>, Arret> {
    let demande = Paquet { octets: vec![octets.clone()], ..Paquet::default() };
    let reponse = LECTEURS.confier(tache, demande, ici)?;
    let fiches: Result<Vec<Fiche>, String> = reponse.lire().ok_or(Arret::Brutal)?;
    let page = |((format, paysage), octets)| Page { octets, format, paysage };
    Ok(fiches.map(|fiches| fiches.into_iter().zip(reponse.octets).map(page).collect()))
}

/// The answer of the one who reads them.
pub(super) fn repondre(demande: &Paquet, lire: fn(&Octets) -> Result<Vec<Page>, String>) -> Paquet {
    match demande.octets.first().map_or_else(|| Err("il est vide".to_owned()), lire) {
        Ok(pages) => {
            let fiches: Result<Vec<Fiche>, String> = Ok(pages.iter().map(|page| (page.format, page.paysage)).collect());
            Paquet::de(&fiches, pages.into_iter().map(|page| page.octets).collect())
        }
        Err(motif) => Paquet::de(&Err::<Vec<Fiche>, _>(motif), Vec::new()),
    }
}

/// Runs a reader of hostile bytes apart: a fault of it, or one that never ends, is told in French.
pub fn a_part<T: Send + 'static>(lire: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    isolement::a_part(DELAI, lire).map_err(|arret| arret.to_string())
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
