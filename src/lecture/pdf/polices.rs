//! The fonts that a PDF names → whether their letters can be drawn as they are meant: they are in the file, or are
//! among those that every reader has.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write};

use hayro_interpret::font::{FontData, OutlineGlyph, StandardFont};
use hayro_interpret::hayro_cmap::{BfString, CMapName};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_interpret::{CMapResolverFn, CacheKey};

/// A non-embedded font is symbolic when it has signs of its own in place of letters.
const SIGNES: [&str; 16] = [
    "wingding",
    "webding",
    "marlett",
    "barcode",
    "code39",
    "code128",
    "3of9",
    "ean13",
    "idautomation",
    "icon",
    "awesome",
    "symbol",
    "mtextra",
    "dingbat",
    "pictogram",
    "emoji",
];

/// The last number that a letter of a composite font may have, and most ranges of widths.
const RANG_MAX: u32 = 65_535;
const PLAGES_MAX: usize = 200_000;
/// Most letters of all ranges of widths.
const ETENDUE_MAX: u64 = 10_000_000;
/// Widths that are the same to the eye, in thousandths of the body.
const LARGEUR_EGALE: f32 = 5.0;

/// What is known of a font.
#[derive(Debug, Clone)]
struct Police {
    nom: String,
    dans_le_fichier: bool,
    /// Why none of its letters can be drawn.
    refus: Option<String>,
    /// Whether its codes can be read.
    lisible: bool,
}

/// Whether a letter can be drawn.
pub enum Constat {
    Dessinable,
    Manque(String),
}

/// The fonts of a file, as they are met.
#[derive(Debug, Default)]
pub struct Polices {
    connues: RefCell<HashMap<u128, Police>>,
    /// Those that the library has replaced by one of its own.
    remplacees: RefCell<HashMap<u128, bool>>,
    /// The letters that were found right.
    justes: RefCell<HashSet<(u128, u32)>>,
}

impl Polices {
    /// Notes a font that a drawing names.
    pub fn noter(&self, police: &Dict<'_>, codages: &CMapResolverFn) {
        self.connues.borrow_mut().entry(police.cache_key()).or_insert_with(|| lire(police, codages));
    }

    /// Why the words written in a font cannot be read, if they cannot: no letter of them would be drawn.
    pub fn codage(&self, police: &Dict<'_>) -> Option<String> {
        let connues = self.connues.borrow();
        connues.get(&police.cache_key()).filter(|police| !police.lisible).and_then(|police| police.refus.clone())
    }

    pub fn constat(&self, lettre: &OutlineGlyph) -> Constat {
        let cle = lettre.font_cache_key();
        let rang = lettre.glyph_id().to_u32();
        // The first letter of a font, which it has for all those that it has not, is looked at each time.
        if rang != 0 && self.justes.borrow().contains(&(cle, rang)) {
            return Constat::Dessinable;
        }
        let connues = self.connues.borrow();
        let Some(police) = connues.get(&cle) else {
            return Constat::Manque("une police n'est pas dans le fichier".into());
        };
        if let Some(refus) = &police.refus {
            return Constat::Manque(refus.clone());
        }
        let mut remplacees = self.remplacees.borrow_mut();
        let remplacee = *remplacees.entry(cle).or_insert_with(|| remplacee(lettre));
        if remplacee && police.dans_le_fichier {
            return Constat::Manque(format!("la police « {} » est abîmée", police.nom));
        }
        if police.dans_le_fichier && perdue(lettre) {
            return Constat::Manque(format!("une lettre de la police « {} » est abîmée", police.nom));
        }
        if rang == 0 {
            let signe = lettre.as_unicode().and_then(signe).filter(|signe| visible(*signe));
            let dessinee = !lettre.outline().elements().is_empty();
            let quoi = signe.map(|signe| format!(" « {signe} »")).unwrap_or_default();
            match (police.dans_le_fichier, dessinee, signe) {
                // What a font draws in the place of what it has not.
                (true, true, _) | (true, false, Some(_)) => {
                    return Constat::Manque(format!("la police « {} » n'a pas un caractère{quoi}", police.nom));
                }
                (false, _, Some(_)) => return Constat::Manque(absente(&police.nom)),
                _ => {}
            }
        }
        self.justes.borrow_mut().insert((cle, rang));
        Constat::Dessinable
    }
}

fn opentype(descripteur: &Dict<'_>) -> bool {
    let programme = descripteur.get::<Stream<'_>>(b"FontFile3");
    programme.and_then(|p| p.dict().get::<Name<'_>>(b"Subtype")).is_some_and(|nom| nom.as_ref() == b"OpenType")
}

fn absente(nom: &str) -> String {
    format!("la police « {nom} » n'est pas dans le fichier")
}

fn lire(police: &Dict<'_>, codages: &CMapResolverFn) -> Police {
    let nom = police
        .get::<Name<'_>>(b"BaseFont")
        .map(|nom| String::from_utf8_lossy(&nom).into_owned())
        .unwrap_or_else(|| "sans nom".into());
    let nom = match nom.split_once('+') {
        Some((debut, reste)) if debut.len() == 6 => reste.to_string(),
        _ => nom,
    };
    let genre = police.get::<Name<'_>>(b"Subtype").map(|nom| nom.to_vec()).unwrap_or_default();
    let decrite = match genre.as_slice() {
        b"Type3" => return Police { nom, dans_le_fichier: true, refus: None, lisible: true },
        b"Type0" => police.get::<Array<'_>>(b"DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next()),
        _ => Some(police.clone()),
    };
    let composee = genre == b"Type0";
    let descripteur = decrite.as_ref().and_then(|d| d.get::<Dict<'_>>(b"FontDescriptor")).unwrap_or_default();
    let dans_le_fichier = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
        .iter()
        .any(|cle| descripteur.get::<Stream<'_>>(*cle).is_some());
    let lisible = !composee || codage_connu(police, codages);
    let refus = match () {
        () if !lisible => Some(format!("le codage de la police « {nom} » n'est pas dans le fichier")),
        // The library reads it as the form that it is not, and takes another in its place.
        () if !composee && opentype(&descripteur) => Some(format!(
            "la police « {nom} » est dans le fichier sous une forme qui n'est pas prise en charge (OpenType)"
        )),
        () if composee && !decrite.as_ref().is_none_or(largeurs_sures) => {
            Some(format!("les largeurs des lettres de la police « {nom} » se contredisent"))
        }
        () if dans_le_fichier => None,
        () if composee || !commune(&nom, police, &descripteur) => Some(absente(&nom)),
        () => None,
    };
    Police { nom, dans_le_fichier, refus, lisible }
}

/// Whether the codes of a composite font can be read.
fn codage_connu(police: &Dict<'_>, codages: &CMapResolverFn) -> bool {
    match police.get::<Object<'_>>(b"Encoding") {
        Some(Object::Stream(flux)) => flux
            .dict()
            .get::<Name<'_>>(b"UseCMap")
            .is_none_or(|nom| nom.starts_with(b"Identity") || codages(CMapName::from_bytes(&nom)).is_some()),
        Some(Object::Name(nom)) => nom.starts_with(b"Identity-") || codages(CMapName::from_bytes(&nom)).is_some(),
        _ => false,
    }
}

/// Whether the widths of a font keep to a number: the library takes each letter of each range.
pub fn largeurs_bornees(police: &Dict<'_>) -> bool {
    let fille = police.get::<Array<'_>>(b"DescendantFonts").and_then(|liste| liste.iter::<Dict<'_>>().next());
    let dicts = || [Some(police), fille.as_ref()].into_iter().flatten();
    let etendue = |liste: Array<'_>| {
        let (mut avant, mut total) = (None, 0_u64);
        for terme in liste.iter::<Object<'_>>() {
            let nombre = terme.into_number().map(|n| n.as_i64());
            // A range goes from a number to the next; a width that is taken for one adds little.
            if let (Some(premier), Some(dernier)) = (avant, nombre) {
                total = total.saturating_add(u64::try_from(i64::saturating_sub(dernier, premier)).unwrap_or(0));
            }
            avant = nombre;
        }
        total
    };
    dicts().all(|dict| {
        let listes = [b"W".as_slice(), b"W2"].into_iter().filter_map(|cle| dict.get::<Array<'_>>(cle));
        let simple = [b"FirstChar".as_slice(), b"LastChar"].into_iter().filter_map(|cle| dict.get::<Object<'_>>(cle));
        let mut simple = simple.filter_map(Object::into_number).map(|n| n.as_i64());
        listes.map(etendue).all(|etendue| etendue <= ETENDUE_MAX) && simple.all(|rang| rang <= i64::from(RANG_MAX))
    })
}

/// Whether the widths of a composite font are the same for all readers: each letter has one, in a form that all know.
fn largeurs_sures(police: &Dict<'_>) -> bool {
    let Some(liste) = police.get::<Array<'_>>(b"W") else { return true };
    let mut plages: Vec<(u32, u32, f32)> = Vec::new();
    let mut termes = liste.iter::<Object<'_>>();
    let rang = |terme: Option<Object<'_>>| terme?.into_number().and_then(|n| u32::try_from(n.as_i64()).ok());
    while let Some(premier) = termes.next() {
        let Some(premier) = rang(Some(premier)) else { return false };
        match termes.next() {
            Some(Object::Array(suite)) => {
                let suite = suite.iter::<f32>().take(RANG_MAX as usize + 1).enumerate();
                plages.extend(suite.map(|(n, largeur)| (premier + n as u32, premier + n as u32, largeur)));
            }
            dernier => {
                let (Some(dernier), Some(Object::Number(largeur))) = (rang(dernier), termes.next()) else {
                    return false;
                };
                plages.push((premier, dernier, largeur.as_f32()));
            }
        }
        if plages.last().is_some_and(|plage| plage.1 > RANG_MAX) || plages.len() > PLAGES_MAX {
            return false;
        }
    }
    plages.sort_by_key(|plage| (plage.0, plage.1));
    let mut avant: Option<(u32, f32)> = None;
    for (premier, dernier, largeur) in plages {
        if avant.is_some_and(|(fin, autre)| premier <= fin && (largeur - autre).abs() > LARGEUR_EGALE) {
            return false;
        }
        avant = Some(avant.filter(|(fin, _)| *fin >= dernier).unwrap_or((dernier, largeur)));
    }
    true
}

/// Whether every reader draws the letters of a font that is not in the file, at the widths that the file gives.
fn commune(nom: &str, police: &Dict<'_>, descripteur: &Dict<'_>) -> bool {
    if ["Symbol", "ZapfDingbats"].contains(&nom) {
        return true;
    }
    let serre: String = nom.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase();
    if SIGNES.iter().any(|signe| serre.contains(signe)) {
        return false;
    }
    let (symbolique, codee) = match police.get::<Object<'_>>(b"Encoding") {
        Some(Object::Name(_)) => (false, true),
        Some(Object::Dict(codage)) => {
            (differences(&codage).iter().any(|nom| arbitraire(nom)), codage.contains_key(b"BaseEncoding"))
        }
        _ => (false, false),
    };
    let signes = descripteur.get::<u32>(b"Flags").is_some_and(|drapeaux| drapeaux & 4 != 0);
    let latine = ["helvetica", "arial", "times", "courier"].iter().any(|famille| serre.contains(famille));
    !symbolique && (codee || latine || !signes)
}

fn differences(codage: &Dict<'_>) -> Vec<String> {
    let liste = codage.get::<Array<'_>>(b"Differences");
    let noms = liste.iter().flat_map(|l| l.iter::<Object<'_>>()).filter_map(Object::into_name);
    noms.map(|nom| nom.as_str().to_string()).collect()
}

/// A name of a glyph that only its own font knows: « g12 ».
fn arbitraire(nom: &str) -> bool {
    let lettres = nom.trim_end_matches(|c: char| c.is_ascii_digit());
    lettres.len() < nom.len() && ["g", "G", "c", "C", "a", "glyph", "cid", "index", "char"].contains(&lettres)
}

fn signe(texte: BfString) -> Option<char> {
    match texte {
        BfString::Char(signe) => Some(signe),
        BfString::String(texte) => texte.chars().next(),
    }
}

fn visible(signe: char) -> bool {
    let muet = matches!(signe, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}');
    !(muet || signe.is_whitespace() || signe.is_control())
}

/// Whether a letter comes from a font of the library: it is only told in what the library shows of itself.
fn remplacee(lettre: &OutlineGlyph) -> bool {
    struct Debut(String);
    impl Write for Debut {
        fn write_str(&mut self, texte: &str) -> fmt::Result {
            self.0.push_str(texte);
            if self.0.len() > 400 { Err(fmt::Error) } else { Ok(()) }
        }
    }
    let mut debut = Debut(String::new());
    let _ = write!(debut, "{lettre:?}");
    debut.0.contains("Standard(StandardKind") || lettre.font_data().is_some_and(|donnees| commun(&donnees.data))
}

/// Whether a program is one of those that the library has.
fn commun(donnees: &FontData) -> bool {
    use StandardFont::{
        Courier, CourierBold, CourierBoldOblique, CourierOblique, Helvetica, HelveticaBold, HelveticaBoldOblique,
        HelveticaOblique, Symbol, TimesBold, TimesBoldItalic, TimesItalic, TimesRoman, ZapfDingBats,
    };
    let siens = [
        Courier,
        CourierBold,
        CourierBoldOblique,
        CourierOblique,
        Helvetica,
        HelveticaBold,
        HelveticaBoldOblique,
        HelveticaOblique,
        Symbol,
        TimesBold,
        TimesBoldItalic,
        TimesItalic,
        TimesRoman,
        ZapfDingBats,
    ];
    siens.iter().any(|police| police.get_font_data().0.as_ref().as_ref() == donnees.as_ref().as_ref())
}

/// Whether the program of a font draws a letter of which the library draws nothing.
fn perdue(lettre: &OutlineGlyph) -> bool {
    lettre.outline().elements().is_empty()
        && lettre.font_data().is_some_and(|donnees| {
            contours(donnees.data.as_ref().as_ref(), lettre.glyph_id().to_u32() as usize).is_some_and(|n| n != 0)
        })
}

/// How many contours a TrueType program gives to a letter; -1 when it is made of others.
fn contours(police: &[u8], rang: usize) -> Option<i16> {
    let mot = |place: usize| Some(u16::from_be_bytes(police.get(place..place.checked_add(2)?)?.try_into().ok()?));
    let long =
        |place: usize| Some(u32::from_be_bytes(police.get(place..place.checked_add(4)?)?.try_into().ok()?) as usize);
    let table = |nom: &[u8]| {
        let tables = usize::from(mot(4)?);
        let entree = (0..tables).map(|n| 12 + n * 16).find(|place| police.get(*place..place + 4) == Some(nom))?;
        long(entree + 8)
    };
    let (tete, places, traces) = (table(b"head")?, table(b"loca")?, table(b"glyf")?);
    let place = |rang: usize| match mot(tete.checked_add(50)?)? {
        0 => Some(usize::from(mot(places.checked_add(rang * 2)?)?) * 2),
        _ => long(places.checked_add(rang * 4)?),
    };
    let (debut, fin) = (place(rang)?, place(rang + 1)?);
    // A letter that ends before it begins is one that the library does not find.
    if fin == debut {
        Some(0)
    } else if fin < debut {
        Some(-1)
    } else {
        Some(mot(traces.checked_add(debut)?)? as i16)
    }
}
