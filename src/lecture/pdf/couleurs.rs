//! A colour space as a PDF writes it → whether the library that draws reads it, and how many numbers make a colour.

use hayro_interpret::Function;
use hayro_interpret::hayro_syntax::object::{Array, Name, Object};

/// Whether the library reads the colours of a space; of one that it does not read, it makes greys.
pub fn espace_lisible(espace: &Object<'_>, profondeur: usize) -> bool {
    if profondeur > 4 {
        return false;
    }
    let connu = |nom: &[u8]| {
        matches!(nom, b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"CalCMYK" | b"G" | b"RGB" | b"CMYK" | b"Pattern")
    };
    let liste = match espace {
        Object::Name(nom) => return connu(nom),
        Object::Array(liste) => liste,
        _ => return false,
    };
    let termes: Vec<Object<'_>> = liste.iter::<Object<'_>>().take(5).collect();
    let Some(Object::Name(nom)) = termes.first() else { return false };
    let lisible = |rang: usize| termes.get(rang).is_some_and(|terme| espace_lisible(terme, profondeur + 1));
    match nom.as_ref() {
        b"ICCBased" => {
            matches!(termes.get(1), Some(Object::Stream(profil)) if matches!(profil.dict().get::<u8>(b"N"), Some(1 | 3 | 4)))
        }
        b"CalGray" | b"CalRGB" | b"Lab" => matches!(termes.get(1), Some(Object::Dict(_))),
        b"Indexed" | b"I" => lisible(1),
        b"Separation" | b"DeviceN" => lisible(2) && termes.get(3).is_some_and(|f| Function::new(f).is_some()),
        b"Pattern" => termes.len() < 2 || lisible(1),
        nom => connu(nom),
    }
}

/// How many numbers make a colour of a space that is readable.
pub fn composantes(espace: &Object<'_>, profondeur: usize) -> Option<usize> {
    let connu = |nom: &[u8]| match nom {
        b"DeviceGray" | b"CalGray" | b"G" | b"Indexed" | b"I" | b"Separation" => Some(1),
        b"DeviceRGB" | b"CalRGB" | b"RGB" | b"Lab" => Some(3),
        b"DeviceCMYK" | b"CalCMYK" | b"CMYK" => Some(4),
        _ => None,
    };
    let liste = match espace {
        Object::Name(nom) => return connu(nom),
        Object::Array(liste) if profondeur < 2 => liste,
        _ => return None,
    };
    let mut termes = liste.iter::<Object<'_>>();
    let Some(Object::Name(nom)) = termes.next() else { return None };
    match (nom.as_ref(), termes.next()) {
        (b"ICCBased", Some(Object::Stream(profil))) => profil.dict().get::<usize>(b"N"),
        (b"DeviceN", Some(Object::Array(encres))) => Some(Array::iter::<Name<'_>>(&encres).count()),
        (nom, _) => connu(nom),
    }
}
