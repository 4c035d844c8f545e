//! An SVG of anyone's → a drawing without words, filters nor anything that is elsewhere, or why it cannot be drawn.
//!
//! Words become outlines, drawn by the fonts of the program: the PDF and Word then show the same. What cannot be drawn
//! in lines (filters) is drawn in points. What is not drawn at all is told: a logo is never silently another.

use super::super::page::{FormatPage, Page};
use crate::isolement::Octets;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, FontFamily, FontResolver, ImageHrefResolver, ImageKind, Options, Tree, fontdb, roxmltree};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// A larger drawing is not read: a logo is some tens of kilobytes.
const OCTETS_MAX: usize = 8 << 20;
/// Longest side of a drawing in points, when it has filters: a third of a page of A4 at 300 dots an inch.
const COTE: f32 = 1_200.0;
/// The same, when it is only tried.
const COTE_D_ESSAI: f32 = 500.0;
/// How far from the drawing its lines may go, in sides of it.
const AUTOUR: f32 = 100.0;
/// Once its repetitions are unfolded.
const DEPLIE_MAX: usize = 32 << 20;

const SVG: &str = "http://www.w3.org/2000/svg";
const PNG: &str = "enregistrez le dessin en image PNG";

/// The font of words that name none.
const POLICE: &str = "Libertinus Serif";

/// The fonts of the program; never those of the machine.
static POLICES: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut polices = fontdb::Database::new();
    for (police, _) in typst_kit::fonts::embedded() {
        polices.load_font_data(police.data().to_vec());
    }
    polices.set_serif_family(POLICE);
    polices.set_sans_serif_family(POLICE);
    polices.set_cursive_family(POLICE);
    polices.set_fantasy_family(POLICE);
    polices.set_monospace_family("DejaVu Sans Mono");
    Arc::new(polices)
});

pub(super) fn est_un_svg(octets: &[u8]) -> bool {
    let debut = String::from_utf8_lossy(&octets[..octets.len().min(4096)]).into_owned();
    debut.contains("<svg") || debut.contains(":svg")
}

pub(super) fn lire(octets: &Octets) -> Result<Page, String> {
    if octets.len() > OCTETS_MAX {
        return Err(format!("ce dessin dépasse {} Mo ; simplifiez-le", OCTETS_MAX >> 20));
    }
    let texte = texte(octets)?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let xml = roxmltree::Document::parse_with_options(&texte, options).map_err(|erreur| {
        let place = erreur.pos();
        format!("ce dessin SVG est abîmé (ligne {}, colonne {}) ; enregistrez-le de nouveau", place.row, place.col)
    })?;
    examiner(&xml)?;
    let pertes = Pertes::default();
    let des_mots = elements(&xml).any(|element| element.tag_name().name() == "text");
    let arbre = Tree::from_xmltree(&xml, &pertes.options(des_mots))
        .map_err(|_| format!("ce dessin SVG n'a pas de taille, ou ne peut pas être lu ; {PNG}"))?;
    pertes.dire()?;
    dans_son_cadre(&arbre)?;
    if !arbre.filters().is_empty() {
        return en_points(&arbre);
    }
    let paysage = arbre.size().width() > arbre.size().height();
    let simple = arbre.to_string(&usvg::WriteOptions::default());
    if simple.len() > DEPLIE_MAX {
        return Err(format!("une fois déplié, ce dessin est démesuré ; {PNG}"));
    }
    // Drawn once here: what is too long or too large to draw stops this reader, not the printing.
    let relu = Tree::from_str(&simple, &Options::default());
    dessiner(&relu.map_err(|_| format!("ce dessin ne peut pas être simplifié ; {PNG}"))?, COTE_D_ESSAI)?;
    Ok(Page { octets: simple.into_bytes().into(), format: FormatPage::Svg, paysage })
}

/// Whether lines keep near the drawing: those that go very far out of it stop what draws them.
fn dans_son_cadre(arbre: &Tree) -> Result<(), String> {
    let boite = arbre.root().abs_stroke_bounding_box();
    let loin = AUTOUR * arbre.size().width().max(arbre.size().height());
    let proche = |place: f32| place.abs() <= loin;
    if [boite.left(), boite.top(), boite.right(), boite.bottom()].into_iter().all(proche) {
        return Ok(());
    }
    Err(format!("ce dessin a des traits qui vont démesurément loin hors de son cadre ; {PNG}"))
}

/// UTF-8, or UTF-16 with its mark.
fn texte(octets: &[u8]) -> Result<String, String> {
    let lu = match octets {
        [0xFF, 0xFE, ..] => encoding_rs::UTF_16LE.decode_with_bom_removal(octets).0,
        [0xFE, 0xFF, ..] => encoding_rs::UTF_16BE.decode_with_bom_removal(octets).0,
        _ => {
            let sans_marque = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets);
            std::str::from_utf8(sans_marque)
                .map_err(|_| "ce dessin SVG n'est pas écrit en UTF-8 ; enregistrez-le de nouveau".to_owned())?
                .into()
        }
    };
    Ok(lu.into_owned())
}

/// What the drawing library passes over without a word: told before it is given to it.
fn examiner(xml: &roxmltree::Document<'_>) -> Result<(), String> {
    let premier = xml.root_element().tag_name();
    if premier.namespace() != Some(SVG) || premier.name() != "svg" {
        return Err(format!("ce n'est pas un dessin SVG ; {PNG}"));
    }
    let (mut des_mots, mut des_polices) = (false, false);
    // A sheet of styles that stands beside, named before the drawing.
    let mut ailleurs = xml.root().children().any(|n| n.pi().is_some_and(|pi| pi.target == "xml-stylesheet"));
    for element in elements(xml) {
        let nom = element.tag_name();
        des_mots |= nom.name() == "text";
        if NON_DESSINES.contains(&nom.name()) {
            return Err(format!("ce dessin contient un élément « {} », que cpom ne dessine pas ; {PNG}", nom.name()));
        }
        if !DESSINES.contains(&nom.name()) {
            return Err(format!(
                "ce dessin contient un élément inconnu, « {} » ; {PNG}",
                nom.name().chars().take(40).collect::<String>()
            ));
        }
        let lien = element.attributes().find(|a| a.name() == "href").map(|a| a.value().trim());
        let interne = |lien: &str| {
            lien.is_empty()
                || lien.starts_with('#')
                || nom.name() == "a"
                || (nom.name() == "image" && lien.starts_with("data:"))
        };
        if let Some(lien) = lien.filter(|lien| !interne(lien)) {
            let court: String = lien.chars().take(60).collect();
            return Err(format!("ce dessin va chercher « {court} » hors du fichier ; incorporez-le, ou {PNG}"));
        }
        let textes = element.children().filter_map(|enfant| enfant.text());
        let feuille: String = if nom.name() == "style" { textes.collect() } else { String::new() };
        for style in element.attributes().map(|a| a.value()).chain([feuille.as_str()]) {
            for suite in style.split("url(").skip(1).map(|suite| suite.trim_start_matches([' ', '\'', '"'])) {
                des_polices |= suite.starts_with("data:");
                ailleurs |= !suite.starts_with('#') && !suite.starts_with("data:");
            }
        }
        ailleurs |= feuille.to_ascii_lowercase().contains("@import");
    }
    if ailleurs {
        return Err(format!("ce dessin va chercher des couleurs, des polices ou des images hors du fichier ; {PNG}"));
    }
    if des_mots && des_polices {
        return Err(format!("ce dessin apporte ses propres polices ; convertissez ses textes en tracés, ou {PNG}"));
    }
    Ok(())
}

/// The elements of the language of drawings; those of the programs that made it say nothing of what is drawn.
fn elements<'a>(xml: &'a roxmltree::Document<'_>) -> impl Iterator<Item = roxmltree::Node<'a, 'a>> {
    let tous = xml.root_element().descendants();
    tous.filter(|noeud| noeud.is_element() && noeud.tag_name().namespace() == Some(SVG))
}

/// Elements of SVG that would be missing from the page.
const NON_DESSINES: &[&str] = &[
    "foreignObject",
    "video",
    "audio",
    "canvas",
    "iframe",
    "object",
    "embed",
    "meshgradient",
    "mesh",
    "hatch",
    "solidcolor",
    "altGlyph",
    "glyphRef",
    "font",
    "font-face",
    "glyph",
    "missing-glyph",
    "hkern",
    "vkern",
];

/// Those that are drawn, or say how others are; those of animation and of description print nothing.
const DESSINES: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "a",
    "view",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "tref",
    "image",
    "marker",
    "pattern",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "filter",
    "style",
    "title",
    "desc",
    "metadata",
    "script",
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "set",
    "mpath",
    "cursor",
    "color-profile",
    "discard",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
];

/// What the drawing library could not do, told by the questions that it asks.
#[derive(Default)]
struct Pertes {
    caracteres: Arc<Mutex<BTreeSet<char>>>,
    polices: Arc<Mutex<BTreeSet<String>>>,
    images: Arc<Mutex<bool>>,
}

impl Pertes {
    fn options(&self, des_mots: bool) -> Options<'static> {
        let (caracteres, absentes, images) = (self.caracteres.clone(), self.polices.clone(), self.images.clone());
        let (choisir, trouver) = (FontResolver::default_fallback_selector(), FontResolver::default_font_selector());
        let lire_une_image = ImageHrefResolver::default_data_resolver();
        Options {
            fontdb: if des_mots { POLICES.clone() } else { Arc::default() },
            font_family: POLICE.to_owned(),
            languages: vec!["fr".to_owned(), "fr-FR".to_owned(), "en".to_owned()],
            font_resolver: FontResolver {
                select_font: Box::new(move |voulue, polices| {
                    if let Some(nom) = absente(voulue.families(), polices) {
                        absentes.lock().unwrap_or_else(PoisonError::into_inner).insert(nom);
                    }
                    trouver(voulue, polices)
                }),
                select_fallback: Box::new(move |caractere, exclues, polices| {
                    let trouvee = choisir(caractere, exclues, polices);
                    if trouvee.is_none() && !caractere.is_whitespace() && !caractere.is_control() {
                        caracteres.lock().unwrap_or_else(PoisonError::into_inner).insert(caractere);
                    }
                    trouvee
                }),
            },
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(move |genre, octets, options| {
                    let lue = lire_une_image(genre, octets, options).filter(image_lisible);
                    if lue.is_none() {
                        *images.lock().unwrap_or_else(PoisonError::into_inner) = true;
                    }
                    lue
                }),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        }
    }

    fn dire(&self) -> Result<(), String> {
        if let Some(nom) = self.polices.lock().unwrap_or_else(PoisonError::into_inner).first() {
            let nom: String = nom.chars().take(60).collect();
            return Err(format!(
                "ce dessin écrit avec la police « {nom} », que cpom n'a pas ; convertissez ses textes en tracés, ou {PNG}"
            ));
        }
        if let Some(c) = self.caracteres.lock().unwrap_or_else(PoisonError::into_inner).first() {
            return Err(format!(
                "ce dessin écrit « {c} » (U+{:04X}), qu'aucune police de cpom ne dessine ; convertissez ses textes en tracés, ou {PNG}",
                u32::from(*c)
            ));
        }
        if *self.images.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(format!("une image incorporée dans ce dessin est abîmée ou d'un format inconnu ; {PNG}"));
        }
        Ok(())
    }
}

/// The font that a drawing names first, when none that it names is here: its words would have another look.
fn absente(familles: &[FontFamily], polices: &fontdb::Database) -> Option<String> {
    let ici = |nom: &str| polices.faces().any(|face| face.families.iter().any(|(n, _)| n.eq_ignore_ascii_case(nom)));
    let nommees = || familles.iter().filter_map(|f| if let FontFamily::Named(nom) = f { Some(nom) } else { None });
    nommees().next().filter(|_| !nommees().any(|nom| ici(nom))).cloned()
}

/// A picture in points inside a drawing, small enough and whole.
fn image_lisible(image: &ImageKind) -> bool {
    match image {
        ImageKind::PNG(octets) => super::en_points(&octets.as_slice().into(), FormatPage::Png).is_ok(),
        ImageKind::JPEG(octets) => super::en_points(&octets.as_slice().into(), FormatPage::Jpeg).is_ok(),
        ImageKind::SVG(_) => true,
        ImageKind::GIF(_) | ImageKind::WEBP(_) => false,
    }
}

fn en_points(arbre: &Tree) -> Result<Page, String> {
    let image = dessiner(arbre, COTE)?;
    let octets = image.encode_png().map_err(|_| format!("ce dessin ne peut pas être mis en points ; {PNG}"))?;
    Ok(Page { paysage: image.width() > image.height(), octets: octets.into(), format: FormatPage::Png })
}

/// The drawing in points, its longest side of `cote`.
fn dessiner(arbre: &Tree, cote: f32) -> Result<Pixmap, String> {
    let (largeur, hauteur) = (arbre.size().width(), arbre.size().height());
    let echelle = (cote / largeur).min(cote / hauteur);
    let points = |longueur: f32| ((longueur * echelle).round() as u32).max(1);
    let mut image =
        Pixmap::new(points(largeur), points(hauteur)).ok_or_else(|| format!("ce dessin n'a pas de surface ; {PNG}"))?;
    resvg::render(arbre, Transform::from_scale(echelle, echelle), &mut image.as_mut());
    Ok(image)
}

#[cfg(test)]
mod essais {
    use super::lire;

    #[test]
    fn lines_that_go_very_far_out_of_their_drawing_are_told_before_they_are_drawn() {
        let dessin = |chemin: &str| {
            let debut = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"60\">";
            lire(&format!("{debut}<path d=\"{chemin}\" fill=\"none\" stroke=\"#00695c\"/></svg>").into_bytes().into())
        };
        for chemin in ["M8 22q8-8 16 0t16 0 12-2E8 34q8-8 16 1t16 2", "m9 7v1h-28808594", "M0 0L3e9 3e9"] {
            assert!(dessin(chemin).err().is_some_and(|cause| cause.contains("démesurément loin")), "{chemin}");
        }
        assert!(dessin("M-500 8H900").is_ok());
    }
}
