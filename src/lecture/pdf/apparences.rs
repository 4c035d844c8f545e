//! The value of a field → the drawing that its file does not give: frame, ground, text laid out in its box.

use std::collections::HashMap;
use std::fmt::Write;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Number, Object};
use hayro_interpret::hayro_syntax::page::Resources;
use kurbo::{Affine, Rect};

use super::dessus::{Annotations, Apparence};

/// The space between a text and the frame of its field.
const MARGE: f64 = 2.0;
/// The sizes of a text that fits itself to its field.
const CORPS_MIN: f64 = 4.0;
const CORPS_MAX: f64 = 12.0;
/// From a line of a text to the next, and from the middle of a line to its foot, as parts of its size.
const INTERLIGNE: f64 = 1.15;
const MILIEU: f64 = 0.35;

/// What the look of a field is written with.
pub struct Ecriture<'a> {
    /// The default appearance: a font, its size, a colour.
    pub defaut: Vec<u8>,
    pub police: Option<Police<'a>>,
    pub alignement: i64,
    /// The number of cells of a field that has one for each letter.
    pub cases: usize,
    /// `MK`: rotation, frame, ground.
    pub apparence: Dict<'a>,
    pub widget: Dict<'a>,
    pub rect: Rect,
    pub ressources: Resources<'a>,
}

/// The font of a default appearance, and its size (0: that of the field).
pub struct Police<'a> {
    pub nom: String,
    pub corps: f64,
    pub dict: Dict<'a>,
}

impl<'a> Police<'a> {
    pub fn de(defaut: &[u8], ressources: &Resources<'a>) -> Option<Self> {
        let mut operations = TypedIter::new(defaut);
        let mut trouvee = None;
        while let Some(operation) = operations.next() {
            if let TypedInstruction::TextFont(police) = operation {
                let dict = ressources.get_font(police.0)?;
                trouvee = Some(Self { nom: police.0.as_str().to_string(), corps: police.1.as_f64().abs(), dict });
            }
        }
        trouvee
    }
}

/// A box that a text is laid in, turned as its field is.
struct Boite {
    largeur: f64,
    hauteur: f64,
    matrice: Affine,
    bord: f64,
    contenu: String,
}

impl Boite {
    /// The box of a field, with its ground and its frame.
    fn de(ecriture: &Ecriture<'_>, ronde: bool) -> Self {
        let (l, h) = (ecriture.rect.width(), ecriture.rect.height());
        let tour = ecriture.apparence.get::<i32>(b"R").unwrap_or(0).rem_euclid(360);
        let (largeur, hauteur, matrice) = match tour {
            90 => (h, l, Affine::new([0.0, 1.0, -1.0, 0.0, l, 0.0])),
            180 => (l, h, Affine::new([-1.0, 0.0, 0.0, -1.0, l, h])),
            270 => (h, l, Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, h])),
            _ => (l, h, Affine::IDENTITY),
        };
        let (bord, tirets) = bordure(&ecriture.widget, 1.0);
        let cadre = couleur(ecriture.apparence.get::<Array<'_>>(b"BC").as_ref(), true);
        let fond = couleur(ecriture.apparence.get::<Array<'_>>(b"BG").as_ref(), false);
        let mut contenu = String::new();
        let forme = |retrait: f64| {
            if ronde {
                rond(largeur / 2.0, hauteur / 2.0, largeur.min(hauteur) / 2.0 - retrait)
            } else {
                format!("{retrait} {retrait} {} {} re", largeur - 2.0 * retrait, hauteur - 2.0 * retrait)
            }
        };
        if let Some(fond) = fond {
            let _ = write!(contenu, "q {fond} {} f Q ", forme(0.0));
        }
        let souligne = ecriture.widget.get::<Dict<'_>>(b"BS").and_then(|bs| bs.get::<Name<'_>>(b"S"));
        match cadre {
            Some(cadre) if bord > 0.0 && souligne.is_some_and(|s| s.as_ref() == b"U") => {
                let _ = write!(contenu, "q {cadre} {bord} w 0 {} m {largeur} {} l S Q ", bord / 2.0, bord / 2.0);
            }
            Some(cadre) if bord > 0.0 => {
                let _ = write!(contenu, "q {cadre} {bord} w {tirets} {} S Q ", forme(bord / 2.0));
            }
            _ => {}
        }
        Self { largeur, hauteur, matrice, bord, contenu }
    }

    fn finir<'a>(self, ecriture: &Ecriture<'a>) -> Option<Apparence<'a>> {
        (!self.contenu.is_empty()).then(|| Apparence::Ecrite {
            contenu: self.contenu.into_bytes(),
            ressources: Box::new(ecriture.ressources.clone()),
            boite: Rect::new(0.0, 0.0, self.largeur, self.hauteur),
            matrice: self.matrice,
        })
    }
}

/// The letters of a font: the code of each, and its width as a part of the size.
struct Lettres(HashMap<char, (u8, f64)>);

impl Lettres {
    fn de<'a>(nom: &str, annotations: &Annotations<'a, '_>, ressources: &Resources<'a>) -> Option<Self> {
        let codes: String = (0..=255u8).map(|code| format!("{code:02x}")).collect();
        let contenu = format!("BT /{nom} 1000 Tf <{codes}00> Tj ET");
        let mesure = annotations.mesurer(contenu.as_bytes(), ressources);
        // A font of several bytes a letter shows fewer.
        (mesure.lettres.len() == 257).then(|| {
            let mut lettres = HashMap::new();
            for (code, paire) in mesure.lettres.windows(2).enumerate() {
                let (Some(signe), true) = (paire[0].signe, paire[0].dessinee) else { continue };
                lettres.entry(signe).or_insert((code as u8, (paire[1].x - paire[0].x) / 1000.0));
            }
            for (voulu, semblable) in
                [('\u{a0}', ' '), ('\u{202f}', ' '), ('\u{2011}', '-'), ('\u{ad}', '-'), ('\t', ' ')]
            {
                if let (false, Some(autre)) = (lettres.contains_key(&voulu), lettres.get(&semblable).copied()) {
                    lettres.insert(voulu, autre);
                }
            }
            Self(lettres)
        })
    }

    fn inconnue(&self, texte: &str) -> Option<char> {
        texte.chars().find(|signe| !matches!(signe, '\r' | '\n') && !self.0.contains_key(signe))
    }

    fn largeur(&self, texte: &str) -> f64 {
        texte.chars().filter_map(|signe| self.0.get(&signe)).map(|lettre| lettre.1).sum()
    }

    fn codes(&self, texte: &str) -> String {
        texte.chars().filter_map(|signe| self.0.get(&signe)).map(|lettre| format!("{:02x}", lettre.0)).collect()
    }

    /// The lines of a text in a width, for one size.
    fn lignes(&self, texte: &str, largeur: f64, corps: f64) -> Vec<String> {
        let mut lignes = Vec::new();
        for paragraphe in texte.replace("\r\n", "\n").split(['\n', '\r']) {
            let mut ligne = String::new();
            for mot in paragraphe.split(' ') {
                let essai = if ligne.is_empty() { mot.to_string() } else { format!("{ligne} {mot}") };
                if !ligne.is_empty() && self.largeur(&essai) * corps > largeur {
                    lignes.push(std::mem::replace(&mut ligne, mot.to_string()));
                } else {
                    ligne = essai;
                }
            }
            lignes.push(ligne);
        }
        lignes
    }
}

/// The drawing of a text in its field; otherwise why it cannot be written, as what the field does.
pub fn ecrire<'a>(
    ecriture: &Ecriture<'a>,
    annotations: &Annotations<'a, '_>,
    texte: &str,
    plusieurs_lignes: bool,
    peigne: bool,
) -> Result<Option<Apparence<'a>>, String> {
    let mut boite = Boite::de(ecriture, false);
    if texte.trim().is_empty() {
        return Ok(boite.finir(ecriture));
    }
    let (nom, lettres) = lettres(ecriture, annotations, texte)?;
    let corps = ecriture.police.as_ref().map_or(0.0, |police| police.corps);
    let retrait = boite.bord + MARGE;
    let (largeur, hauteur) = (boite.largeur - 2.0 * retrait, boite.hauteur - 2.0 * boite.bord);
    let mut traces: Vec<(f64, f64, String)> = Vec::new();
    let corps = if peigne && ecriture.cases > 0 {
        let corps = if corps > 0.0 { corps } else { (hauteur * 0.67).clamp(CORPS_MIN, CORPS_MAX) };
        let (case, y) = (boite.largeur / ecriture.cases as f64, boite.hauteur / 2.0 - MILIEU * corps);
        if texte.chars().count() > ecriture.cases {
            return Err("a plus de lettres que de cases".into());
        }
        for (rang, signe) in texte.chars().enumerate() {
            let signe = signe.to_string();
            traces.push(((rang as f64 + 0.5) * case - lettres.largeur(&signe) * corps / 2.0, y, lettres.codes(&signe)));
        }
        corps
    } else if plusieurs_lignes {
        let tient = |corps: f64| {
            let lignes = lettres.lignes(texte, largeur, corps);
            let assez_haut = lignes.len() as f64 * corps * INTERLIGNE <= hauteur + 0.35 * corps;
            (assez_haut && lignes.iter().all(|ligne| lettres.largeur(ligne) * corps <= largeur + 0.5)).then_some(lignes)
        };
        let essais: Vec<f64> = match corps {
            0.0 => (0..=16).map(|n| CORPS_MAX - f64::from(n) * 0.5).collect(),
            corps => vec![corps],
        };
        let (corps, lignes) =
            essais.into_iter().find_map(|corps| Some((corps, tient(corps)?))).ok_or("déborde de son cadre")?;
        for (rang, ligne) in lignes.iter().enumerate() {
            let y = boite.hauteur - boite.bord - corps - rang as f64 * corps * INTERLIGNE;
            traces.push((cale(ecriture, &boite, lettres.largeur(ligne) * corps), y, lettres.codes(ligne)));
        }
        corps
    } else {
        let une = texte.replace(['\r', '\n'], " ");
        let une = une.trim_end();
        if let Some(signe) = lettres.inconnue(une) {
            return Err(format!("contient « {signe} », que sa police n'a pas"));
        }
        let pleine = lettres.largeur(une);
        let corps = if corps > 0.0 { corps } else { (hauteur * 0.67).min(largeur / pleine.max(1e-3)).max(CORPS_MIN) };
        if pleine * corps > boite.largeur - 2.0 * boite.bord {
            return Err("déborde de son cadre".into());
        }
        traces.push((cale(ecriture, &boite, pleine * corps), boite.hauteur / 2.0 - MILIEU * corps, lettres.codes(une)));
        corps
    };
    let defaut = String::from_utf8_lossy(&ecriture.defaut).into_owned();
    for (x, y, codes) in traces {
        let _ = write!(boite.contenu, "q BT {defaut} /{nom} {corps} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET Q ");
    }
    Ok(boite.finir(ecriture))
}

/// The drawing of a button: its frame and its mark, or its words.
pub fn bouton<'a>(
    ecriture: &Ecriture<'a>,
    annotations: &Annotations<'a, '_>,
    legende: &str,
    case: bool,
    radio: bool,
) -> Result<Option<Apparence<'a>>, String> {
    if !case {
        let centre = Ecriture { alignement: 1, ..ecriture.copie() };
        return ecrire(&centre, annotations, legende, false, false);
    }
    let mut boite = Boite::de(ecriture, radio);
    if let Some(marque) = legende.chars().next() {
        let code = u8::try_from(marque).map_err(|_| "a une marque que sa police n'a pas")?;
        let montre = |contenu: &str| annotations.mesurer(contenu.as_bytes(), &ecriture.ressources);
        let trace = montre(&format!("BT /CpomZaDb 100 Tf <{code:02x}> Tj ET")).boite;
        let trace =
            trace.filter(|b| b.width() > 0.0 && b.height() > 0.0).ok_or("a une marque que sa police n'a pas")?;
        let cote = boite.largeur.min(boite.hauteur) - 2.0 * boite.bord;
        let part = if radio { 0.5 } else { 0.75 };
        let corps = part * 100.0 * cote / trace.width().max(trace.height());
        let centre = trace.center();
        let (x, y) = (boite.largeur / 2.0 - centre.x * corps / 100.0, boite.hauteur / 2.0 - centre.y * corps / 100.0);
        let defaut = String::from_utf8_lossy(&ecriture.defaut).into_owned();
        let _ = write!(boite.contenu, "q BT {defaut} /CpomZaDb {corps} Tf 1 0 0 1 {x} {y} Tm <{code:02x}> Tj ET Q ");
    }
    Ok(boite.finir(ecriture))
}

impl<'a> Ecriture<'a> {
    fn copie(&self) -> Self {
        Self {
            defaut: self.defaut.clone(),
            police: self.police.as_ref().map(|p| Police { nom: p.nom.clone(), corps: p.corps, dict: p.dict.clone() }),
            alignement: self.alignement,
            cases: self.cases,
            apparence: self.apparence.clone(),
            widget: self.widget.clone(),
            rect: self.rect,
            ressources: self.ressources.clone(),
        }
    }
}

/// The font that a text is written with, and its letters: that of the field, or the one that every reader has in the
/// place of Helvetica.
fn lettres<'a>(
    ecriture: &Ecriture<'a>,
    annotations: &Annotations<'a, '_>,
    texte: &str,
) -> Result<(String, Lettres), String> {
    let police = ecriture.police.as_ref().ok_or("ne dit pas la police de son texte")?;
    let lettres = Lettres::de(&police.nom, annotations, &ecriture.ressources);
    let inconnue = lettres.as_ref().map(|lettres| lettres.inconnue(texte));
    if let (Some(lettres), Some(None)) = (lettres, inconnue) {
        return Ok((police.nom.clone(), lettres));
    }
    let base =
        police.dict.get::<Name<'_>>(b"BaseFont").map(|nom| nom.as_str().to_ascii_lowercase()).unwrap_or_default();
    if (base.contains("helvetica") || base.contains("arial"))
        && let Some(lettres) = Lettres::de("CpomHelv", annotations, &ecriture.ressources)
        && lettres.inconnue(texte).is_none()
    {
        return Ok(("CpomHelv".into(), lettres));
    }
    Err(match inconnue.flatten() {
        Some(signe) => format!("contient « {signe} », que sa police n'a pas"),
        None => "a une police dont les lettres ne se lisent pas une à une".into(),
    })
}

/// Where a line begins, for its alignment.
fn cale(ecriture: &Ecriture<'_>, boite: &Boite, largeur: f64) -> f64 {
    let retrait = boite.bord + MARGE;
    match ecriture.alignement {
        1 => (boite.largeur - largeur) / 2.0,
        2 => boite.largeur - retrait - largeur,
        _ => retrait,
    }
}

/// The width of the frame of an annotation, and its dashes.
pub fn bordure(annotation: &Dict<'_>, sans_rien: f64) -> (f64, String) {
    let liste = |tirets: Array<'_>| {
        let longueurs: Vec<String> = tirets.iter::<f32>().map(|n| n.max(0.0).to_string()).collect();
        format!("[{}] 0 d", longueurs.join(" "))
    };
    if let Some(style) = annotation.get::<Dict<'_>>(b"BS") {
        let tirete = style.get::<Name<'_>>(b"S").is_some_and(|s| s.as_ref() == b"D");
        let tirets = style.get::<Array<'_>>(b"D").map(liste).unwrap_or_else(|| "[3] 0 d".into());
        return (style.get::<f64>(b"W").unwrap_or(1.0), if tirete { tirets } else { String::new() });
    }
    match annotation.get::<Array<'_>>(b"Border") {
        Some(bord) => {
            let termes: Vec<Object<'_>> = bord.iter::<Object<'_>>().take(4).collect();
            let largeur = match termes.get(2) {
                Some(Object::Number(n)) => Number::as_f64(n),
                _ => sans_rien,
            };
            let tirets = match termes.into_iter().nth(3) {
                Some(Object::Array(tirets)) => liste(tirets),
                _ => String::new(),
            };
            (largeur, tirets)
        }
        None => (sans_rien, String::new()),
    }
}

/// A colour of an annotation as an operator, for lines or for grounds; an empty one is none.
pub fn couleur(valeurs: Option<&Array<'_>>, trait_: bool) -> Option<String> {
    let valeurs: Vec<String> = valeurs?.iter::<f32>().map(|n| n.clamp(0.0, 1.0).to_string()).collect();
    let operateur = match (valeurs.len(), trait_) {
        (1, true) => "G",
        (1, false) => "g",
        (3, true) => "RG",
        (3, false) => "rg",
        (4, true) => "K",
        (4, false) => "k",
        _ => return None,
    };
    Some(format!("{} {operateur}", valeurs.join(" ")))
}

fn rond(x: f64, y: f64, rayon: f64) -> String {
    let k = rayon * 0.552_285;
    let r = rayon;
    format!(
        "{} {y} m {} {} {} {} {x} {} c {} {} {} {} {} {y} c {} {} {} {} {x} {} c {} {} {} {} {} {y} c h",
        x + r,
        x + r,
        y + k,
        x + k,
        y + r,
        y + r,
        x - k,
        y + r,
        x - r,
        y + k,
        x - r,
        x - r,
        y - k,
        x - k,
        y - r,
        y - r,
        x + k,
        y - r,
        x + r,
        y - k,
        x + r,
    )
}
