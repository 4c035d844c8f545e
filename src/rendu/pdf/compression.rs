//! A PDF whose objects are written one by one → the same objects in compressed streams.
//!
//! Typst writes the structure tree as ten thousand small objects in clear, three quarters of the file;
//! PDF 1.5 lets them share a few compressed streams. Object numbers and contents do not change, but for the look
//! of the borders of each cell, which the structure tree repeats and no reader of it asks for.

use lopdf::{Dictionary, Document, Object, SaveOptions, Stream};

/// Many objects a stream compress well; too many, and a reader unpacks the whole file to show a page.
const OBJETS_PAR_FLUX: usize = 1000;
/// Bytes of an entry of the cross-reference table, as lopdf writes it: kind, place, rank.
const ENTREE: usize = 7;

/// Writes the file, small.
pub fn compresser(mut document: Document) -> lopdf::Result<Vec<u8>> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJETS_PAR_FLUX)
        .compression_level(9)
        .build();
    document.objects.values_mut().for_each(sans_bordures);
    let mut sortie = Vec::new();
    document.save_with_options(&mut sortie, options)?;
    Ok(references(&sortie).unwrap_or(sortie))
}

/// Takes the colour, style and thickness of borders off an element of the structure tree.
fn sans_bordures(objet: &mut Object) {
    let Object::Dictionary(element) = objet else { return };
    if !element.has_type(b"StructElem") {
        return;
    }
    let Ok(Object::Array(attributs)) = element.get_mut(b"A") else { return };
    attributs.retain_mut(|attribut| {
        let Object::Dictionary(attribut) = attribut else { return true };
        ["BorderColor", "BorderStyle", "BorderThickness"].iter().for_each(|cle| {
            attribut.remove(cle.as_bytes());
        });
        // What is left says who owns the attributes, and no attribute.
        attribut.len() > 1
    });
    if attributs.is_empty() {
        element.remove(b"A");
    }
}

/// Compresses the cross-reference table, the last object, which lopdf writes in clear. `None` when the file
/// does not end as lopdf ends it.
fn references(octets: &[u8]) -> Option<Vec<u8>> {
    let place = octets.windows(9).rposition(|f| f == b"startxref")?;
    let fin = std::str::from_utf8(octets.get(place..)?).ok()?;
    let debut: usize = fin.lines().nth(1)?.trim().parse().ok()?;
    let objet = octets.get(debut..place)?;
    let flux = objet.windows(7).position(|f| f == b"stream\n")?;
    let dictionnaire = std::str::from_utf8(objet.get(..flux)?).ok()?;
    let (avant, apres) = dictionnaire.split_once("/Length ")?;
    let chiffres = apres.find(|c: char| !c.is_ascii_digit())?;
    let longueur: usize = apres[..chiffres].parse().ok()?;
    let table = objet.get(flux + 7..)?.get(..longueur)?;

    let mut comprimee = Stream::new(Dictionary::new(), par_differences(table));
    comprimee.compress().ok()?;
    comprimee.dict.get(b"Filter").ok()?;
    let contenu = comprimee.content;
    let entete = format!(
        "{avant}/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {ENTREE}>>/Length {}{}stream\n",
        contenu.len(),
        &apres[chiffres..]
    );
    let queue = format!("\nendstream\nendobj\n\n{fin}");
    Some([&octets[..debut], entete.as_bytes(), &contenu, queue.as_bytes()].concat())
}

/// PNG's « up » predictor: each entry as its difference with the one before, nearly always the same.
fn par_differences(table: &[u8]) -> Vec<u8> {
    let mut sortie = Vec::with_capacity(table.len() * (ENTREE + 1) / ENTREE);
    let mut precedente = [0; ENTREE];
    for entree in table.chunks(ENTREE) {
        sortie.push(2);
        for (octet, avant) in entree.iter().zip(&mut precedente) {
            sortie.push(octet.wrapping_sub(*avant));
            *avant = *octet;
        }
    }
    sortie
}
