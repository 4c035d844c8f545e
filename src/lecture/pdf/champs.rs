//! A field of a form → what is printed of it: what it holds, by the appearance that the file gives or, when it gives
//! none, by one that is written here.

use hayro_interpret::hayro_syntax::object::{Array, Dict, FromBytes, Name, Object, Stream, String as Chaine};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use kurbo::Rect;

use super::apparences::{Ecriture, Police, bouton, ecrire};
use super::avant::Avant;
use super::dessus::{Annotations, Apparence, normale};

const BOUTON_RADIO: u32 = 1 << 15;
const BOUTON_POUSSOIR: u32 = 1 << 16;
const MULTILIGNE: u32 = 1 << 12;
const SECRET: u32 = 1 << 13;
const LISTE_DEROULANTE: u32 = 1 << 17;
const RICHE: u32 = 1 << 25;
const PEIGNE: u32 = 1 << 24;
/// Most parents of a field.
const PARENTS_MAX: usize = 32;

/// The fonts that a form may name without giving them.
const POLICES: &[u8] = b"<</Font<<\
/Helv<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\
/HeBo<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>\
/Helvetica<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\
/Cour<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>\
/TiRo<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>\
/ZaDb<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>\
/CpomHelv<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\
/CpomZaDb<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>\
>>>>";

/// A field at one place of a page, with what it is of its parents.
pub struct Champ<'a, 'd> {
    pub widget: &'d Dict<'a>,
    formulaire: &'d Dict<'a>,
    pub drapeaux: u32,
    pub nom: String,
}

impl<'a, 'd> Champ<'a, 'd> {
    fn lire(widget: &'d Dict<'a>, formulaire: &'d Dict<'a>) -> Self {
        let mut champ = Self { widget, formulaire, drapeaux: 0, nom: String::new() };
        champ.drapeaux = champ.herite(b"Ff").and_then(Object::into_number).map_or(0, |n| n.as_i64() as u32);
        let noms: Vec<String> = champ.lignee().filter_map(|d| d.get::<Chaine<'_>>(b"T")).map(|t| texte(&t)).collect();
        champ.nom = noms.into_iter().rev().collect::<Vec<_>>().join(".");
        champ
    }

    /// The field and its parents.
    fn lignee(&self) -> impl Iterator<Item = Dict<'a>> + use<'a> {
        std::iter::successors(Some(self.widget.clone()), |dict| dict.get::<Dict<'_>>(b"Parent")).take(PARENTS_MAX)
    }

    pub fn herite(&self, cle: &[u8]) -> Option<Object<'a>> {
        self.lignee().find_map(|dict| dict.get::<Object<'_>>(cle))
    }

    /// What the form gives to the fields that do not have it.
    pub fn de_la_forme(&self, cle: &[u8]) -> Option<Object<'a>> {
        self.herite(cle).or_else(|| self.formulaire.get::<Object<'_>>(cle))
    }

    pub fn a(&self, drapeau: u32) -> bool {
        self.drapeaux & drapeau != 0
    }

    fn refus(&self, cause: &str) -> String {
        format!("le champ « {} » {cause}", self.nom)
    }
}

/// What is printed of a field; otherwise why it cannot be told.
pub fn apparence<'a>(
    annotations: &Annotations<'a, '_>,
    widget: &Dict<'a>,
    rect: Rect,
    imprime: bool,
    page: &Page<'a>,
    avant: &mut Avant<'_>,
) -> Result<Option<Apparence<'a>>, String> {
    let champ = Champ::lire(widget, &annotations.formulaire);
    let genre = champ.herite(b"FT").and_then(Object::into_name).map(|nom| nom.to_vec()).unwrap_or_default();
    let poussoir = genre == b"Btn" && champ.a(BOUTON_POUSSOIR);
    let case = genre == b"Btn" && !poussoir;
    let etat = if case { Some(etat(&champ, annotations)?) } else { None };
    let valeur = if matches!(genre.as_slice(), b"Tx" | b"Ch") { valeurs(&champ) } else { Vec::new() };
    if !imprime {
        let rempli = etat.as_ref().is_some_and(|etat| etat != b"Off") || valeur.iter().any(|v| !v.trim().is_empty());
        return if rempli { Err(champ.refus("s'affiche à l'écran et ne s'imprime pas")) } else { Ok(None) };
    }
    let ressources = ressources(&champ, page);
    let dessinee = normale(widget, etat.as_deref());
    let ecriture = || Ecriture::lire(&champ, rect, &ressources);
    match genre.as_slice() {
        b"Btn" => match dessinee {
            Some(flux) => Ok(Some(Apparence::Flux(flux))),
            None if poussoir || !a_une_apparence(widget) || etat.as_deref().is_some_and(|etat| etat != b"Off") => {
                let legende = legende(&champ, etat.as_deref());
                if let Some(police) = &legende.1 {
                    avant.noter(police, &ressources)?;
                }
                bouton(&ecriture()?, annotations, &legende.0, case, champ.a(BOUTON_RADIO))
                    .map_err(|cause| champ.refus(&cause))
            }
            None => Ok(None),
        },
        b"Tx" | b"Ch" => {
            let liste = genre == b"Ch" && !champ.a(LISTE_DEROULANTE);
            if let Some(flux) = dessinee
                && montre(&champ, annotations, &flux, &valeur, liste, page, avant)?
            {
                return Ok(Some(Apparence::Flux(flux)));
            }
            let voulu = valeur.first().cloned().unwrap_or_default();
            if !voulu.trim().is_empty() && (liste || champ.a(SECRET) || champ.a(RICHE)) {
                return Err(champ.refus("n'a pas d'apparence"));
            }
            let ecriture = ecriture()?;
            if let Some(police) = &ecriture.police {
                avant.noter(&police.dict, &ressources)?;
            }
            ecrire(&ecriture, annotations, &voulu, champ.a(MULTILIGNE), champ.a(PEIGNE))
                .map_err(|cause| champ.refus(&cause))
        }
        // The look of a signature is what was signed with it; one without is not seen.
        _ => Ok(dessinee.map(Apparence::Flux)),
    }
}

fn a_une_apparence(widget: &Dict<'_>) -> bool {
    widget.get::<Dict<'_>>(b"AP").is_some_and(|ap| ap.get::<Object<'_>>(b"N").is_some())
}

fn a_refaire(annotations: &Annotations<'_, '_>) -> bool {
    annotations.formulaire.get::<bool>(b"NeedAppearances").unwrap_or(false)
}

/// Whether the drawing that a file gives of a field shows what the field holds.
fn montre<'a>(
    champ: &Champ<'a, '_>,
    annotations: &Annotations<'a, '_>,
    flux: &Stream<'a>,
    valeur: &[String],
    liste: bool,
    page: &Page<'a>,
    avant: &mut Avant<'_>,
) -> Result<bool, String> {
    avant.apparence(flux, page)?;
    let contenu = flux.decoded().map_err(|_| champ.refus("a une apparence abîmée"))?;
    let propres = flux.dict().get::<Dict<'_>>(b"Resources").unwrap_or_default();
    let mesure = annotations.mesurer(&contenu, &Resources::from_parent(propres, page.resources().clone()));
    let serrer = |texte: &str| texte.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
    let vu = serrer(&mesure.texte);
    // The characters of some fonts have no name: their words cannot be read, only seen.
    let illisible = mesure.inconnus > 0;
    if valeur.iter().any(|v| serrer(v) == vu || (liste && vu.contains(&serrer(v)))) {
        return Ok(true);
    }
    let montant = nombre(&vu);
    if montant.is_some() && valeur.iter().any(|v| nombre(v) == montant) {
        return Ok(true);
    }
    let vide = valeur.iter().all(|v| serrer(v).is_empty());
    if vu.is_empty() && !illisible && !vide {
        return Ok(false);
    }
    if a_refaire(annotations) && !vide {
        return Ok(false);
    }
    // A field that holds nothing may show a hint; one with a format of its own shows more than its value.
    let mise_en_forme = champ.herite(b"AA").and_then(Object::into_dict).is_some_and(|aa| aa.contains_key(b"F"));
    if vide || illisible || mise_en_forme || champ.a(SECRET) {
        return Ok(true);
    }
    Err(champ.refus(&format!("contient « {} » et affiche « {} »", valeur[0].trim(), mesure.texte.trim())))
}

/// The number that a text is, whatever its spaces, its unit and its decimals: « 1 234,50 € » is 1234.5.
fn nombre(texte: &str) -> Option<f64> {
    let chiffres: String = texte.chars().filter(|c| c.is_ascii_digit() || ",.-".contains(*c)).collect();
    chiffres.replace(',', ".").parse().ok()
}

/// The state of a check box or radio button: the name of the drawing that it shows.
fn etat(champ: &Champ<'_, '_>, annotations: &Annotations<'_, '_>) -> Result<Vec<u8>, String> {
    let etats: Vec<Vec<u8>> = match champ.widget.get::<Dict<'_>>(b"AP").and_then(|ap| ap.get::<Object<'_>>(b"N")) {
        Some(Object::Dict(etats)) => etats.keys().map(|nom| nom.to_vec()).filter(|nom| nom != b"Off").collect(),
        _ => Vec::new(),
    };
    let affiche = champ.widget.get::<Name<'_>>(b"AS").map(|nom| nom.to_vec());
    let valeur = match champ.herite(b"V") {
        Some(Object::Name(nom)) => Some(nom.to_vec()),
        Some(Object::String(texte)) => Some(texte.to_vec()),
        _ => None,
    };
    let valeur = valeur
        .map(|valeur| if etats.contains(&valeur) { valeur } else { par_option(champ, &valeur).unwrap_or(valeur) });
    let coche = |nom: &Vec<u8>| nom != b"Off" && !nom.is_empty();
    let par_valeur = match &valeur {
        Some(valeur) if etats.contains(valeur) => Some(valeur.clone()),
        // Without drawings of its own, a box that is alone is what its field is.
        Some(valeur) if etats.is_empty() && coche(valeur) && champ.widget.get::<Object<'_>>(b"FT").is_some() => {
            Some(valeur.clone())
        }
        Some(_) => Some(b"Off".to_vec()),
        None => None,
    };
    match (affiche, par_valeur) {
        (Some(affiche), Some(voulu)) if affiche == voulu || (!coche(&affiche) && !coche(&voulu)) => Ok(affiche),
        (Some(_), Some(voulu)) if a_refaire(annotations) => Ok(voulu),
        (Some(_), Some(_)) => {
            Err(champ.refus("est coché selon sa valeur et ne l'est pas selon son apparence, ou l'inverse"))
        }
        (Some(affiche), None) => Ok(affiche),
        (None, voulu) => Ok(voulu.unwrap_or_else(|| b"Off".to_vec())),
    }
}

/// The state that a value stands for when the options have names of their own: the rank of the option.
fn par_option(champ: &Champ<'_, '_>, valeur: &[u8]) -> Option<Vec<u8>> {
    let options = champ.herite(b"Opt").and_then(Object::into_array)?;
    let rang = options.iter::<Object<'_>>().position(|option| match &option {
        Object::String(texte_) => texte(texte_).as_bytes() == valeur || texte_.as_bytes() == valeur,
        _ => false,
    })?;
    Some(rang.to_string().into_bytes())
}

/// The ways in which the value of a field may be shown, the best first.
fn valeurs(champ: &Champ<'_, '_>) -> Vec<String> {
    let valeur = match champ.herite(b"V") {
        Some(Object::String(valeur)) => texte(&valeur),
        Some(Object::Name(valeur)) => valeur.as_str().to_string(),
        Some(Object::Stream(flux)) => flux.decoded().map(|octets| decoder(&octets)).unwrap_or_default(),
        Some(Object::Array(choix)) => {
            let choix: Vec<String> = choix.iter::<Chaine<'_>>().map(|choix| texte(&choix)).collect();
            choix.join("\n")
        }
        _ => return Vec::new(),
    };
    let options = champ.herite(b"Opt").and_then(Object::into_array);
    let affiche = options.iter().flat_map(|options| options.iter::<Array<'_>>()).find_map(|option| {
        let mut termes = option.iter::<Chaine<'_>>();
        let (export, affiche) = (termes.next()?, termes.next()?);
        (texte(&export) == valeur).then(|| texte(&affiche))
    });
    affiche.into_iter().chain([valeur]).collect()
}

/// What a button shows of itself, and the font of its own marks.
fn legende<'a>(champ: &Champ<'a, '_>, etat: Option<&[u8]>) -> (String, Option<Dict<'a>>) {
    let marque = champ.widget.get::<Dict<'_>>(b"MK").and_then(|mk| mk.get::<Chaine<'_>>(b"CA")).map(|ca| texte(&ca));
    let dingbats = Dict::from_bytes(POLICES)
        .and_then(|d: Dict<'a>| d.get::<Dict<'a>>(b"Font"))
        .and_then(|polices| polices.get::<Dict<'a>>(b"CpomZaDb"));
    match etat {
        None => (marque.unwrap_or_default(), None),
        Some(b"Off") => (String::new(), None),
        Some(_) => {
            let seule = if champ.a(BOUTON_RADIO) { "l" } else { "4" };
            (marque.filter(|m| !m.is_empty()).unwrap_or_else(|| seule.into()), dingbats)
        }
    }
}

/// What the drawing of a field may name: what its form gives, then the fonts that all readers have.
fn ressources<'a>(champ: &Champ<'a, '_>, page: &Page<'a>) -> Resources<'a> {
    let communes = Dict::from_bytes(POLICES).unwrap_or_default();
    let forme = champ.formulaire.get::<Dict<'_>>(b"DR").unwrap_or_default();
    let propres = champ.widget.get::<Dict<'_>>(b"DR").unwrap_or_default();
    let fond = Resources::from_parent(communes, page.resources().clone());
    Resources::from_parent(propres, Resources::from_parent(forme, fond))
}

impl<'a> Ecriture<'a> {
    fn lire(champ: &Champ<'a, '_>, rect: Rect, ressources: &Resources<'a>) -> Result<Self, String> {
        let chaine = |cle: &[u8]| champ.de_la_forme(cle).and_then(Object::into_string).map(|s| s.as_bytes().to_vec());
        let nombre = |cle: &[u8]| champ.de_la_forme(cle).and_then(Object::into_number).map(|n| n.as_i64());
        let defaut = chaine(b"DA").unwrap_or_default();
        Ok(Self {
            police: Police::de(&defaut, ressources),
            defaut,
            alignement: nombre(b"Q").unwrap_or(0),
            cases: nombre(b"MaxLen").and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
            apparence: champ.widget.get::<Dict<'_>>(b"MK").unwrap_or_default(),
            widget: champ.widget.clone(),
            rect,
            ressources: ressources.clone(),
        })
    }
}

fn texte(chaine: &Chaine<'_>) -> String {
    decoder(chaine.as_bytes())
}

/// A text of PDF: UTF-16 or UTF-8 by its mark, else the encoding that PDF has of its own.
fn decoder(octets: &[u8]) -> String {
    /// From 0x18, then from 0x80.
    const BAS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const HAUT: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match octets {
        [0xFE, 0xFF, reste @ ..] => utf16(reste, u16::from_be_bytes),
        [0xFF, 0xFE, reste @ ..] => utf16(reste, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, reste @ ..] => String::from_utf8_lossy(reste).into_owned(),
        _ => octets
            .iter()
            .map(|octet| match octet {
                0x18..=0x1F => BAS[usize::from(octet - 0x18)],
                0x80..=0xA0 => HAUT[usize::from(octet - 0x80)],
                octet => char::from(*octet),
            })
            .collect(),
    }
}

fn utf16(octets: &[u8], lire: fn([u8; 2]) -> u16) -> String {
    let mots = octets.chunks_exact(2).map(|paire| lire([paire[0], paire[1]]));
    char::decode_utf16(mots).map(|signe| signe.unwrap_or('\u{fffd}')).collect()
}
