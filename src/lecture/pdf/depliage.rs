//! The packed parts of a PDF → whether they keep to a size once unpacked; they are unpacked no further than that.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use lopdf::DecompressError;

use super::POINTS_MAX;

/// Most megabytes of a drawing once unpacked, and of a font: drawing it takes a hundred times as much memory.
const DESSIN_MAX: usize = 8 * MO;
const POLICE_MAX: usize = 64 * MO;
/// Most megabytes of all drawings of a piece, once unpacked.
const DESSINS_MAX: usize = 64 * MO;
const MO: usize = 1024 * 1024;

/// The filters that may unpack much out of little, and the short names that they have inside a drawing.
const DEPLIANTS: [(&[u8], &[u8]); 5] = [
    (b"ASCIIHexDecode", b"AHx"),
    (b"ASCII85Decode", b"A85"),
    (b"LZWDecode", b"LZW"),
    (b"FlateDecode", b"Fl"),
    (b"RunLengthDecode", b"RL"),
];

/// What is left to unpack, and what was seen.
#[derive(Debug)]
pub struct Poids {
    reste: usize,
    vus: HashSet<ObjectIdentifier>,
}

impl Default for Poids {
    fn default() -> Self {
        Self { reste: DESSINS_MAX, vus: HashSet::new() }
    }
}

impl Poids {
    pub fn dessin(&mut self, flux: &Stream<'_>) -> Result<(), String> {
        if self.vu(flux) {
            return Ok(());
        }
        let taille = taille(flux, DESSIN_MAX.min(self.reste)).ok_or_else(demesure)?;
        self.reste -= taille;
        Ok(())
    }

    pub fn image(&mut self, image: &Stream<'_>) -> Result<(), String> {
        if self.vu(image) {
            return Ok(());
        }
        let points = points(image);
        if points > POINTS_MAX * 1_000_000 {
            return Err(format!("une de ses images a plus de {POINTS_MAX} millions de points"));
        }
        // Four colours of sixteen bits for each point.
        taille(image, points.saturating_mul(8) + MO).map(drop).ok_or_else(demesure)
    }

    /// The programs of a font.
    pub fn police(&mut self, police: &Dict<'_>) -> Result<(), String> {
        let fille = police.get::<Array<'_>>(b"DescendantFonts").and_then(|liste| liste.iter::<Dict<'_>>().next());
        for dict in [Some(police.clone()), fille].into_iter().flatten() {
            let Some(descripteur) = dict.get::<Dict<'_>>(b"FontDescriptor") else { continue };
            for cle in [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"] {
                if let Some(flux) = descripteur.get::<Stream<'_>>(cle)
                    && !self.vu(&flux)
                {
                    taille(&flux, POLICE_MAX).ok_or_else(demesure)?;
                }
            }
        }
        for flux in
            [police.get::<Stream<'_>>(b"ToUnicode"), police.get::<Stream<'_>>(b"Encoding")].into_iter().flatten()
        {
            self.dessin(&flux)?;
        }
        Ok(())
    }

    fn vu(&mut self, flux: &Stream<'_>) -> bool {
        // Those inside a drawing have no number of their own.
        let id = flux.obj_id();
        id.obj_number != 0 && !self.vus.insert(id)
    }
}

fn demesure() -> String {
    "une fois déplié, son contenu est démesuré".into()
}

fn filtres<'a>(flux: &Stream<'a>) -> Vec<Name<'a>> {
    match flux.dict().get::<Object<'a>>(b"Filter").or_else(|| flux.dict().get(b"F")) {
        Some(Object::Name(nom)) => vec![nom],
        Some(Object::Array(noms)) => Array::iter::<Name<'a>>(&noms).collect(),
        _ => Vec::new(),
    }
}

fn depliant(nom: &Name<'_>) -> Option<&'static [u8]> {
    DEPLIANTS.iter().find(|(long, court)| nom.as_ref() == *long || nom.as_ref() == *court).map(|(long, _)| *long)
}

/// Whether a stream is what it is once unpacked, and no picture in a form of its own.
pub fn deplie_seulement(flux: &Stream<'_>) -> bool {
    filtres(flux).iter().all(|nom| depliant(nom).is_some())
}

/// The size of a stream once unpacked; `None` over the limit. What is damaged is the reader's business.
fn taille(flux: &Stream<'_>, max: usize) -> Option<usize> {
    let brut = flux.raw_data();
    let filtres: Vec<lopdf::Object> =
        filtres(flux).iter().filter_map(depliant).map(|long| lopdf::Object::Name(long.to_vec())).collect();
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

fn points(image: &Stream<'_>) -> usize {
    let cote = |cle: &[u8], court: &[u8]| {
        let dict = Stream::dict(image);
        dict.get::<u32>(cle).or_else(|| dict.get::<u32>(court)).map_or(0, |cote| cote as usize)
    };
    cote(b"Width", b"W").saturating_mul(cote(b"Height", b"H"))
}

/// The length of the program of a function, in words; that of those it is made of counts.
pub fn programme(fonction: &Object<'_>) -> usize {
    match fonction {
        Object::Stream(flux) if flux.dict().get::<u8>(b"FunctionType") == Some(4) => {
            let Some(taille) = taille(flux, MO) else { return usize::MAX };
            // A word and its space take two bytes at least.
            taille / 2
        }
        Object::Dict(dict) => {
            let filles = dict.get::<Array<'_>>(b"Functions");
            filles
                .iter()
                .flat_map(|liste| liste.iter::<Object<'_>>())
                .map(|fille| match &fille {
                    Object::Stream(_) => programme(&fille),
                    _ => 1,
                })
                .max()
                .unwrap_or(1)
        }
        _ => 1,
    }
}

/// How many steps it takes to find each object that is packed with others: the square of their number.
///
/// Their streams are looked for in the bytes: to ask for them would already take those steps.
pub fn rangement(octets: &[u8]) -> usize {
    const MARQUE: &[u8] = b"/ObjStm";
    const AUTOUR: usize = 300;
    let mut total: usize = 0;
    let mut place = 0;
    while let Some(trouve) = octets[place..].windows(MARQUE.len()).position(|mot| mot == MARQUE) {
        place += trouve;
        let debut =
            octets[..place].iter().rposition(|octet| *octet == b'j').unwrap_or(0).max(place.saturating_sub(AUTOUR));
        let dict = &octets[debut..(place + AUTOUR).min(octets.len())];
        let fin = dict.windows(6).position(|mot| mot == b"stream").unwrap_or(dict.len());
        let dict = &dict[..fin];
        let nombre = dict
            .windows(3)
            .position(|mot| mot.starts_with(b"/N") && (mot[2].is_ascii_whitespace() || mot[2].is_ascii_digit()))
            .map_or(0, |n| {
                let chiffres = dict[n + 2..].iter().skip_while(|octet| octet.is_ascii_whitespace());
                let chiffres = chiffres.take_while(|octet| octet.is_ascii_digit()).take(9);
                chiffres.fold(0_usize, |nombre, chiffre| nombre * 10 + usize::from(chiffre - b'0'))
            });
        total = total.saturating_add(nombre.saturating_mul(nombre));
        place += MARQUE.len();
    }
    total
}
