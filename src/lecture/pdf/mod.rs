//! The bytes of a PDF → its pages as SVG, as they would be printed; otherwise why not, as the end of a sentence whose
//! subject is the file, and what to do.
//!
//! Nothing is left out in silence: what is not drawn as it is meant refuses the file, with its page. `avant` reads
//! each drawing before, `dessin` writes it, `annotations` and `champs` add what stands on the page.

mod annotations;
mod apparences;
mod avant;
mod calques;
mod champs;
mod couleurs;
mod cours;
mod depliage;
mod dessin;
mod dessus;
mod echantillons;
mod encres;
#[cfg(test)]
mod essais;
mod images;
mod mesure;
mod motifs;
mod noms;
mod polices;
mod svg;

use std::sync::{Arc, Mutex, PoisonError};

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object};
use hayro_interpret::hayro_syntax::page::Page as PageDePdf;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, InterpreterWarning, interpret};
use kurbo::Rect;

use super::images::POINTS_MAX;
use super::page::{FormatPage, PAGES_MAX, Page};
use avant::Avant;
use calques::Calques;
use dessin::Dessin;
use dessus::Annotations;
use polices::Polices;

/// Most bytes of the drawing of a page, and of all those of a piece: a page of text has some hundred thousand.
const PAGE_MAX: usize = 24 << 20;
const TOTAL_MAX: usize = 256 << 20;

/// Most steps to find all the objects that are packed together: each costs the number of its neighbours.
const RANGEMENT_MAX: usize = 400_000_000;

const REIMPRIMER: &str = "imprimez-le en PDF depuis votre logiciel";

/// The pages of a PDF.
pub fn convertir(octets: Arc<[u8]>) -> Result<Vec<Page>, String> {
    let pdf = ouvrir(octets)?;
    entier(&pdf)?;
    let avertissements = Arc::new(Mutex::new(Vec::new()));
    let reglages = reglages(&avertissements);
    let catalogue: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap_or_default();
    let sur_toutes = |cause: String| format!("{cause} ; {REIMPRIMER}");
    let calques = Calques::lire(&catalogue).map_err(sur_toutes)?;
    let polices = Polices::default();
    let cache = InterpreterCache::new();
    let mut avant = Avant::nouveau(&polices, &reglages.cmap_resolver);
    let annotations = Annotations::lire(&catalogue, &calques, &reglages, &cache, pdf.xref());
    let mut pages = Vec::with_capacity(pdf.pages().len());
    let mut reste = TOTAL_MAX;
    for (rang, page) in pdf.pages().iter().enumerate() {
        let svg = une_page(page, &mut avant, &annotations, &reglages, &cache, &polices, reste);
        let avertis = avertissements.lock().unwrap_or_else(PoisonError::into_inner).first().copied();
        let svg = match (svg, avertis) {
            // The warning says more than what follows from it.
            (_, Some(cause)) => Err(cause.to_string()),
            (svg, None) => svg,
        };
        let svg = svg.map_err(|cause| format!("à sa page {}, {cause} ; {REIMPRIMER}", rang + 1))?;
        reste = reste.saturating_sub(svg.len());
        let (largeur, hauteur) = page.render_dimensions();
        pages.push(Page { octets: svg.into_bytes().into(), format: FormatPage::Svg, paysage: largeur > hauteur });
    }
    Ok(pages)
}

fn ouvrir(octets: Arc<[u8]>) -> Result<Pdf, String> {
    if depliage::rangement(&octets) > RANGEMENT_MAX {
        return Err(format!("ses objets sont rangés d'une façon démesurée ; {REIMPRIMER}"));
    }
    let guidee = table_en_place(&octets);
    let pdf = Pdf::new(Arc::new(octets)).map_err(|erreur| match erreur {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "il est protégé par un mot de passe".to_string()
        }
        LoadPdfError::Decryption(_) => "il est chiffré".to_string(),
        LoadPdfError::Invalid => "ce PDF est abîmé".to_string(),
    })?;
    match pdf.pages().len() {
        0 => Err("il n'a aucune page".into()),
        nombre if nombre > PAGES_MAX => {
            Err(format!("il a {nombre} pages, et une pièce en a {PAGES_MAX} au plus : joignez l'extrait utile"))
        }
        // What is found without the table may be what the file no longer shows.
        _ if !guidee => {
            Err(format!("la table de ses objets est abîmée : ce qu'il montre ne peut qu'être deviné ; {REIMPRIMER}"))
        }
        _ => Ok(pdf),
    }
}

/// Whether the table of the objects is where the file says that it is.
fn table_en_place(octets: &[u8]) -> bool {
    let cherche = |mot: &[u8]| octets.windows(mot.len()).rposition(|ici| ici == mot);
    let Some(marque) = cherche(b"startxref") else { return false };
    let chiffres = octets[marque + 9..].iter().skip_while(|octet| octet.is_ascii_whitespace());
    let chiffres = chiffres.take_while(|octet| octet.is_ascii_digit()).take(12);
    let place = chiffres.fold(0_usize, |place, chiffre| place * 10 + usize::from(chiffre - b'0'));
    let debut = octets.windows(5).position(|ici| ici == b"%PDF-").unwrap_or(0);
    [place, place + debut].iter().any(|place| {
        let suite = octets.get(*place..).unwrap_or_default().trim_ascii_start();
        let objet = suite.iter().position(|octet| !(octet.is_ascii_digit() || octet.is_ascii_whitespace()));
        suite.starts_with(b"xref") || objet.is_some_and(|fin| fin >= 3 && suite[fin..].starts_with(b"obj"))
    })
}

/// Whether the pages of a file are what it has to show, and all of it.
fn entier(pdf: &Pdf) -> Result<(), String> {
    let catalogue: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap_or_default();
    if catalogue.get::<Dict<'_>>(b"Collection").is_some() {
        return Err(
            "c'est un porte-documents, dont les pages ne sont que la couverture ; joignez chacun des fichiers \
                    qu'il contient"
                .into(),
        );
    }
    let formulaire = catalogue.get::<Dict<'_>>(b"AcroForm").unwrap_or_default();
    let xfa = formulaire.get::<Object<'_>>(b"XFA").is_some();
    let champs =
        formulaire.get::<Array<'_>>(b"Fields").is_some_and(|champs| champs.iter::<Dict<'_>>().next().is_some());
    if xfa && (!champs || catalogue.get::<bool>(b"NeedsRendering").unwrap_or(false)) {
        return Err("c'est un formulaire XFA, que seul son logiciel sait afficher ; ouvrez-le dans Acrobat Reader et \
                    imprimez-le en PDF"
            .into());
    }
    let annonce = catalogue.get::<Dict<'_>>(b"Pages").and_then(|pages| pages.get::<usize>(b"Count"));
    let nombre = pdf.pages().len();
    if annonce.is_some_and(|annonce| annonce > nombre) {
        return Err(format!(
            "ce PDF est abîmé : il annonce {} pages, {nombre} s'y trouve{} ; {REIMPRIMER}",
            annonce.unwrap_or_default(),
            if nombre > 1 { "nt" } else { "" }
        ));
    }
    let tenu = catalogue.get::<Name<'_>>(b"Type").is_none_or(|nom| nom.as_ref() == b"Catalog");
    if tenu { Ok(()) } else { Err("ce PDF est abîmé".into()) }
}

fn reglages(avertissements: &Arc<Mutex<Vec<&'static str>>>) -> InterpreterSettings {
    let recueil = avertissements.clone();
    InterpreterSettings {
        // What is missing from a page would be missing from the contract: it is told, never skipped.
        warning_sink: Arc::new(move |avertissement| {
            recueil.lock().unwrap_or_else(PoisonError::into_inner).push(match avertissement {
                InterpreterWarning::UnsupportedFont => "une police n'est pas prise en charge",
                InterpreterWarning::ImageDecodeFailure => echantillons::IMAGE_ABIMEE,
            });
        }),
        ..InterpreterSettings::default()
    }
}

fn une_page<'a>(
    page: &PageDePdf<'a>,
    avant: &mut Avant<'_>,
    annotations: &Annotations<'a, '_>,
    reglages: &InterpreterSettings,
    cache: &InterpreterCache<'a>,
    polices: &Polices,
    reste: usize,
) -> Result<String, String> {
    let (largeur, hauteur) = page.render_dimensions();
    if !(largeur >= 1.0 && hauteur >= 1.0) {
        return Err("il n'y a pas de surface".into());
    }
    avant.page(page)?;
    let dessus = annotations.de_la_page(page, avant)?;
    avant.transparences()?;
    let cadre = Rect::new(0.0, 0.0, f64::from(largeur), f64::from(hauteur));
    let place = page.initial_transform(true).to_kurbo();
    let mut dessin = Dessin::nouveau(cadre, polices, avant, PAGE_MAX.min(reste));
    let mut contexte = Context::new(place, cadre, cache, page.xref(), reglages.clone());
    interpret(page.typed_operations(), page.resources(), &mut contexte, &mut dessin);
    for annotation in &dessus {
        annotations.dessiner(annotation, page, place, cadre, &mut dessin);
    }
    dessin.finir(largeur, hauteur)
}
