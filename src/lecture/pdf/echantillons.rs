//! The samples of an image, before they are read → whether they are all there, in a form that the library reads as it
//! is meant: it makes an image shorter of what is missing, and stops on half a sample.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::couleurs::composantes;
use super::depliage::deplie_seulement;

pub(super) const IMAGE_ABIMEE: &str = "une image est abîmée ou n'est pas prise en charge";
const INCOMPLETE: &str = "une image y est incomplète";

/// An image, in this space of colours when it has one that is known.
pub fn entiers(image: &Stream<'_>, espace: Option<&Object<'_>>) -> Result<(), String> {
    let dict = Stream::dict(image);
    let entier = |long: &[u8], court: &[u8]| dict.get::<usize>(long).or_else(|| dict.get::<usize>(court));
    let pochoir = dict.get::<bool>(b"ImageMask").or_else(|| dict.get::<bool>(b"IM")).unwrap_or(false);
    let bits = entier(b"BitsPerComponent", b"BPC").unwrap_or(if pochoir { 1 } else { 8 });
    let par_couleur = dict.get::<Array<'_>>(b"Mask").is_some() && dict.get::<Stream<'_>>(b"SMask").is_none();
    if par_couleur && (bits == 16 || a_l_envers(dict)) {
        // The library compares with what it has already converted.
        return Err("la transparence d'une image n'est pas prise en charge".into());
    }
    // The other filters say themselves what they hold.
    if !deplie_seulement(image) {
        return Ok(());
    }
    let octets = image.decoded().map_err(|_| IMAGE_ABIMEE)?;
    if bits == 16 && octets.len() % 2 == 1 {
        return Err(INCOMPLETE.into());
    }
    let couleurs = if pochoir { Some(1) } else { espace.and_then(|espace| composantes(espace, 0)) };
    let (Some(couleurs), Some(largeur), Some(hauteur)) = (couleurs, entier(b"Width", b"W"), entier(b"Height", b"H"))
    else {
        return Ok(());
    };
    let rangee = largeur.saturating_mul(couleurs).saturating_mul(bits).div_ceil(8);
    // Less than a row is what many files lack, and nobody sees.
    let lus = octets.len().saturating_add(rangee.saturating_sub(1));
    if lus < rangee.saturating_mul(hauteur) { Err(INCOMPLETE.into()) } else { Ok(()) }
}

/// Whether the samples stand for other values than their own.
fn a_l_envers(dict: &Dict<'_>) -> bool {
    let bornes = dict.get::<Array<'_>>(b"Decode").or_else(|| dict.get::<Array<'_>>(b"D"));
    let indices = matches!(dict.get::<Object<'_>>(b"ColorSpace"), Some(Object::Array(liste))
        if liste.iter::<Name<'_>>().next().is_some_and(|nom| nom.as_ref() == b"Indexed"));
    bornes.is_some_and(|bornes| !indices && bornes.iter::<f32>().enumerate().any(|(n, x)| x != (n % 2) as f32))
}
