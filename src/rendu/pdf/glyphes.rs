//! A character → whether Typst finds a glyph of it among the embedded fonts, in every weight and slope of a dossier.
//!
//! Typst looks through the families of `dossier.typ`, then takes the face nearest to the text among those that announce
//! the character; some announce what they have no glyph of. The same choice is made here beforehand.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use typst::layout::Abs;
use typst::text::{Font, FontStretch, FontStyle, FontVariant, FontVariations, FontWeight};

use super::fontes;

/// The families of `dossier.typ`, in its order; the book of fonts knows them in small letters.
const FAMILLES: [&str; 3] = ["libertinus serif", "new computer modern", "dejavu sans mono"];

/// Text, headings, bold, bold headings.
const GRAISSES: [u16; 4] = [400, 600, 700, 900];

/// The characters of each face, in the order of the book, sorted.
static FACES: LazyLock<Vec<Vec<u32>>> = LazyLock::new(|| fontes::polices().map(|police| dessines(&police)).collect());

/// What the text family has in all its faces: a mark is drawn with its base, by one font.
static DU_TEXTE: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let faces: Vec<&Vec<u32>> = fontes::livre().select_family(FAMILLES[0]).filter_map(|rang| FACES.get(rang)).collect();
    let [premiere, autres @ ..] = faces.as_slice() else { return Vec::new() };
    premiere.iter().copied().filter(|c| autres.iter().all(|face| face.binary_search(c).is_ok())).collect()
});

/// The answers given so far.
static CONNUS: Mutex<BTreeMap<char, bool>> = Mutex::new(BTreeMap::new());

/// The characters that a face announces and has.
fn dessines(police: &Font) -> Vec<u32> {
    let face = police.clone().instantiate(police.info().variant, Abs::pt(10.0), &FontVariations::default());
    let glyphe = |c: &u32| char::from_u32(*c).and_then(|c| face.ttf().glyph_index(c)).is_some_and(|g| g.0 != 0);
    let mut caracteres: Vec<u32> = police.info().coverage.iter().filter(glyphe).collect();
    caracteres.sort_unstable();
    caracteres
}

/// Whether every face of the text family has it.
pub fn du_texte(c: char) -> bool {
    DU_TEXTE.binary_search(&u32::from(c)).is_ok()
}

/// Whether it is drawn, whatever the weight and the slope.
pub fn dessine(c: char) -> bool {
    if let Some(connu) = CONNUS.lock().ok().and_then(|connus| connus.get(&c).copied()) {
        return connu;
    }
    let styles = [FontStyle::Normal, FontStyle::Italic];
    let variantes = styles.into_iter().flat_map(|style| {
        GRAISSES.map(|graisse| FontVariant::new(style, FontWeight::from_number(graisse), FontStretch::NORMAL))
    });
    let dessine = variantes.into_iter().all(|variante| dessine_en(c, variante));
    if let Ok(mut connus) = CONNUS.lock() {
        connus.insert(c, dessine);
    }
    dessine
}

fn dessine_en(c: char, variante: FontVariant) -> bool {
    let livre = fontes::livre();
    let a = |rang: usize| FACES.get(rang).is_some_and(|face| face.binary_search(&u32::from(c)).is_ok());
    let familles: Vec<usize> = FAMILLES.iter().filter_map(|famille| livre.select(famille, variante)).collect();
    if familles.iter().any(|rang| a(*rang)) {
        return true;
    }
    let premiere = familles.first().and_then(|rang| livre.info(*rang));
    let secours = livre.select_fallback(premiere, variante, c.encode_utf8(&mut [0; 4]));
    secours.is_some_and(|rang| a(rang) && !familles.contains(&rang))
}
