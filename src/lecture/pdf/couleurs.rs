//! A colour space as a PDF writes it → whether the library that draws reads it.

use hayro_interpret::Function;
use hayro_interpret::hayro_syntax::object::Object;

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
