//! A PDF whose objects are written one by one → the same objects in compressed streams.
//!
//! Typst writes the structure tree as ten thousand small objects in clear, three quarters of the file;
//! PDF 1.5 lets them share a few compressed streams. Object numbers and contents do not change, but for the look
//! of the borders of each cell, which the structure tree repeats and no reader of it asks for.
//!
//! lopdf writes such a file too, one stream after the other; here the streams share the cores.

use std::io::Write;

use libdeflater::{CompressionLvl, Compressor};
use lopdf::xref::{Xref, XrefEntry, XrefStreamBuilder, XrefType};
use lopdf::{Dictionary, Document, Object, ObjectId, ObjectStream, Stream, Writer, dictionary};
use rayon::prelude::*;

/// Many objects a stream compress well; too many, and a reader unpacks the whole file to show a page.
const OBJETS_PAR_FLUX: usize = 1000;
/// Of libdeflate: beyond, a tenth of the time for a hundredth of the size.
const NIVEAU: i32 = 7;

/// Writes the file, small.
pub fn compresser(mut document: Document) -> lopdf::Result<Vec<u8>> {
    document.objects.values_mut().for_each(sans_bordures);
    let (rangees, isolees): (Vec<_>, Vec<_>) =
        document.objects.iter().partition(|(id, objet)| ObjectStream::can_be_compressed(**id, objet, &document));
    let groupes: Vec<&[(&ObjectId, &Object)]> = rangees.chunks(OBJETS_PAR_FLUX).collect();
    let flux: Vec<std::io::Result<Stream>> = groupes.par_iter().map(|groupe| reunir(groupe)).collect();

    let mut sortie = format!("%PDF-{}\n%", document.version).into_bytes();
    sortie.extend_from_slice(&document.binary_mark);
    sortie.push(b'\n');
    let dernier = document.objects.keys().map(|id| id.0).max().unwrap_or_default();
    let mut table = Xref::new(0, XrefType::CrossReferenceStream);
    for (id, objet) in isolees {
        ecrire(&mut sortie, &mut table, *id, objet)?;
    }
    let mut suivant = dernier;
    for (groupe, flux) in groupes.into_iter().zip(flux) {
        suivant += 1;
        for (index, (id, _)) in groupe.iter().enumerate() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            table.insert(id.0, XrefEntry::Compressed { container: suivant, index });
        }
        ecrire(&mut sortie, &mut table, (suivant, 0), &Object::Stream(flux?))?;
    }
    suivant += 1;
    let debut = sortie.len();
    table.insert(suivant, place(debut));
    table.size = suivant + 1;
    let references = references(&table, &document.trailer)?;
    ecrire(&mut sortie, &mut table, (suivant, 0), &Object::Stream(references))?;
    write!(sortie, "startxref\n{debut}\n%%EOF\n")?;
    Ok(sortie)
}

/// Compresses a stream that is not, when it gains by it.
pub fn comprimer(flux: &mut Stream) {
    if flux.dict.has(b"Filter") {
        return;
    }
    let mut compresseur = Compressor::new(CompressionLvl::new(NIVEAU).unwrap_or_default());
    let mut sortie = vec![0; compresseur.zlib_compress_bound(flux.content.len())];
    let Ok(longueur) = compresseur.zlib_compress(&flux.content, &mut sortie) else { return };
    // The name of the filter has its own length.
    if longueur + 19 < flux.content.len() {
        sortie.truncate(longueur);
        flux.dict.set("Filter", "FlateDecode");
        flux.set_content(sortie);
    }
}

fn place(octet: usize) -> XrefEntry {
    XrefEntry::Normal { offset: u32::try_from(octet).unwrap_or(u32::MAX), generation: 0 }
}

fn ecrire(sortie: &mut Vec<u8>, table: &mut Xref, id: ObjectId, objet: &Object) -> std::io::Result<()> {
    table.insert(id.0, place(sortie.len()));
    writeln!(sortie, "{} {} obj", id.0, id.1)?;
    Writer::write_object(sortie, objet)?;
    sortie.extend_from_slice(b"\nendobj\n");
    Ok(())
}

/// Objects in one stream: where each begins, then all of them.
fn reunir(objets: &[(&ObjectId, &Object)]) -> std::io::Result<Stream> {
    let (mut places, mut corps) = (Vec::new(), Vec::new());
    for (id, objet) in objets {
        write!(places, "{} {} ", id.0, corps.len())?;
        Writer::write_object(&mut corps, objet)?;
        corps.push(b' ');
    }
    let (nombre, premier) = (objets.len() as i64, places.len() as i64);
    let dictionnaire = dictionary! { "Type" => "ObjStm", "N" => nombre, "First" => premier };
    places.extend(corps);
    let mut flux = Stream::new(dictionnaire, places);
    comprimer(&mut flux);
    Ok(flux)
}

/// The table of all places, with what the trailer of the file says.
fn references(table: &Xref, trailer: &Dictionary) -> lopdf::Result<Stream> {
    let mut constructeur = XrefStreamBuilder::new(table);
    let contenu = constructeur.build_stream_content()?;
    let largeurs = constructeur.calculate_optimal_widths();
    let entree = largeurs.iter().sum::<usize>();
    let mut dictionnaire = trailer.clone();
    for cle in [b"Prev".as_slice(), b"XRefStm", b"Filter", b"DecodeParms", b"Length"] {
        dictionnaire.remove(cle);
    }
    let largeurs: Vec<Object> = largeurs.iter().map(|largeur| Object::Integer(*largeur as i64)).collect();
    dictionnaire.set("Type", "XRef");
    dictionnaire.set("Size", i64::from(table.size));
    dictionnaire.set("W", largeurs);
    dictionnaire.set("Index", constructeur.build_index_array());
    let mut flux = Stream::new(dictionnaire, par_differences(&contenu, entree));
    comprimer(&mut flux);
    match flux.dict.has(b"Filter") {
        true => flux.dict.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => entree as i64 }),
        // The differences are part of the compression.
        false => flux.set_content(contenu),
    }
    Ok(flux)
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

/// PNG's « up » predictor: each entry as its difference with the one before, nearly always the same.
fn par_differences(table: &[u8], largeur: usize) -> Vec<u8> {
    let mut sortie = Vec::with_capacity(table.len() + table.len() / largeur.max(1) + 1);
    let mut precedente = vec![0; largeur];
    for entree in table.chunks(largeur.max(1)) {
        sortie.push(2);
        for (octet, avant) in entree.iter().zip(&mut precedente) {
            sortie.push(octet.wrapping_sub(*avant));
            *avant = *octet;
        }
    }
    sortie
}
