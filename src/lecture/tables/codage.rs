//! The bytes of a table → its text, whichever encoding its spreadsheet saved it in.
//!
//! UTF-8 and UTF-16 are told by their form; the encodings of one byte a letter are told apart by the French that each
//! would make of the file, and a file that two of them read as well is refused rather than misread.

use crate::lecture::noms;
use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How a table was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codage {
    Unicode,
    Windows,
    Mac,
    Dos,
}

/// Why the bytes are no text: what is wrong, where, what to do.
#[derive(Debug)]
pub struct Illisible {
    pub ligne: u64,
    pub message: &'static str,
    pub remede: &'static str,
}

const EN_CSV: &str = "dans le tableur, enregistrez la feuille sous « CSV UTF-8 (délimité par des virgules) ».";

/// The upper half of code page 850, that DOS programs and their heirs write.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// The text, each accented letter as one character, without byte order mark.
pub fn decoder(octets: &[u8]) -> Result<(String, Codage), Illisible> {
    let refus = |message, remede| Err(Illisible { ligne: 1, message, remede });
    if octets.starts_with(b"PK\x03\x04") || octets.starts_with(b"\xD0\xCF\x11\xE0") {
        return refus("c'est un classeur de tableur, non une liste en CSV.", EN_CSV);
    }
    if octets.starts_with(b"%PDF") {
        return refus("c'est un PDF, non une liste en CSV.", EN_CSV);
    }
    if let Some(codage) = utf16(octets) {
        let (texte, perdu) = codage.decode_with_bom_removal(octets);
        return match perdu {
            true => refus("ce texte en UTF-16 est abîmé.", EN_CSV),
            false => rendre(&texte, Codage::Unicode),
        };
    }
    if octets.contains(&0) {
        return refus("c'est un fichier binaire, non une liste en CSV.", EN_CSV);
    }
    match std::str::from_utf8(octets) {
        Ok(texte) => rendre(texte.trim_start_matches('\u{FEFF}'), Codage::Unicode),
        Err(erreur) => d_un_octet(octets, erreur.valid_up_to()),
    }
}

fn rendre(texte: &str, codage: Codage) -> Result<(String, Codage), Illisible> {
    if let Some(place) = texte.find('\u{FFFD}') {
        return Err(Illisible {
            ligne: ligne(&texte.as_bytes()[..place]),
            message: "des lettres y ont été remplacées par « � » : elles sont perdues.",
            remede: EN_CSV,
        });
    }
    Ok((noms::compose(texte), codage))
}

fn ligne(avant: &[u8]) -> u64 {
    avant.iter().filter(|octet| **octet == b'\n').count() as u64 + 1
}

/// By its mark, else because one byte in two is nought.
fn utf16(octets: &[u8]) -> Option<&'static Encoding> {
    match octets {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let debut = &octets[..octets.len().min(4096)];
    let nuls = |reste| debut.iter().skip(reste).step_by(2).filter(|octet| **octet == 0).count() * 8 > debut.len() * 3;
    match (nuls(0), nuls(1)) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding of one byte a letter that makes the best French of the file.
fn d_un_octet(octets: &[u8], premier: usize) -> Result<(String, Codage), Illisible> {
    let lire = |codage: &'static Encoding| codage.decode_without_bom_handling(octets).0.into_owned();
    let dos: Vec<char> = CP850.chars().collect();
    let en_dos = |octet: &u8| if octet.is_ascii() { char::from(*octet) } else { dos[usize::from(*octet) - 128] };
    let mut lectures = [
        (Codage::Windows, lire(WINDOWS_1252)),
        (Codage::Mac, lire(MACINTOSH)),
        (Codage::Dos, octets.iter().map(en_dos).collect()),
    ]
    .map(|(codage, texte)| (vraisemblance(&texte), codage, texte));
    // The first of two as good is the one that spreadsheets save by default.
    lectures.sort_by_key(|(note, ..)| -note);
    let [(note, codage, texte), (suivante, _, autre), _] = lectures;
    let incertain = note <= 0 || (suivante * 10 >= note * 8 && texte != autre);
    if incertain {
        return Err(Illisible {
            ligne: ligne(&octets[..premier]),
            message: "le codage de ce fichier n'est pas sûr : ses lettres accentuées peuvent se lire de plusieurs façons.",
            remede: EN_CSV,
        });
    }
    rendre(&texte, codage)
}

/// How much a text looks like French, by its letters that are not plain ones and what is around them.
fn vraisemblance(texte: &str) -> i64 {
    let mut note = 0;
    let mut avant = ' ';
    let mut reste = texte.chars().peekable();
    while let Some(c) = reste.next() {
        let apres = reste.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            note += poids(c, avant, apres);
        }
        avant = c;
    }
    note
}

fn poids(c: char, avant: char, apres: char) -> i64 {
    let (lie_avant, lie_apres) = (avant.is_alphabetic(), apres.is_alphabetic());
    let dans_un_mot = lie_avant || lie_apres;
    // A small letter, after a capital, is followed by another: « Fêtes ».
    let petite = !apres.is_uppercase() && (!avant.is_uppercase() || apres.is_lowercase());
    let si = |condition: bool, oui: i64, non: i64| if condition { oui } else { non };
    match c {
        'é' => si(petite && dans_un_mot, if lie_avant { 10 } else { 5 }, -3),
        // Nearly always the end of a word.
        'à' => si(!lie_apres && (!lie_avant || matches!(avant, 'l' | 'L' | 'j' | 'J')), 7, 1),
        'ù' => si(petite && lie_avant && !lie_apres, 5, 1),
        'è' | 'ê' | 'ç' => si(petite && dans_un_mot, if lie_avant { 6 } else { 4 }, -3),
        'ô' | 'î' | 'û' | 'â' | 'ï' | 'ë' | 'œ' => si(petite && dans_un_mot, 4, -3),
        'Ù' => si(matches!(avant, 'o' | 'O') && !lie_apres, 5, -3),
        'É' | 'È' | 'Ê' | 'À' | 'Ç' | 'Ô' | 'Î' | 'Œ' | 'Â' | 'Û' | 'Ë' | 'Ï' => match () {
            () if avant.is_lowercase() || (lie_avant && apres.is_lowercase()) => -6,
            () if c == 'É' && lie_avant => 6,
            () if matches!(c, 'É' | 'À' | 'Ê' | 'Ç' | 'Î' | 'Œ') => si(dans_un_mot || c == 'À', 4, -3),
            () => si(dans_un_mot, if lie_avant { 2 } else { 1 }, -3),
        },
        '’' => si(lie_avant && lie_apres, 6, -1),
        '“' | '‘' => si(!lie_avant && lie_apres, 2, -4),
        '”' => si(!lie_apres && !avant.is_whitespace(), 2, -4),
        '«' => si(!lie_avant, 4, -4),
        '»' => si(!lie_apres, 4, -4),
        '–' | '—' => si(!dans_un_mot, 3, -4),
        '…' => si(!lie_apres && !avant.is_whitespace(), 4, -4),
        '°' => si(matches!(avant, 'n' | 'N' | '0'..='9'), 4, -3),
        '€' => si(!lie_apres && (!lie_avant || matches!(avant, 'k' | 'M')), 4, -4),
        '²' | '³' => si(avant == 'm', 3, -3),
        '•' | '·' | '½' | '§' | '±' | '≤' | '≥' => si(!dans_un_mot, 1, -4),
        '\u{A0}' => {
            let unite = matches!(apres, ':' | ';' | '!' | '?' | '»' | '%' | '€') || avant == '«';
            si(unite || (avant.is_ascii_digit() && apres.is_ascii_digit()), 3, 0)
        }
        'ü' | 'ö' | 'ä' | 'ñ' | 'í' | 'ó' | 'á' | 'ú' | 'æ' => si(petite && dans_un_mot, -1, -4),
        c if c.is_control() => -10,
        _ => -5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTE: &str = "Code;Objectif;Thème\n1;Développer l’accès à la scolarisation;Parcours « fluide »\n2;Où être accueilli dès l'été : n° 1, garçons et fêtes;Évaluation\n";

    fn dos(texte: &str) -> Vec<u8> {
        let table: Vec<char> = CP850.chars().collect();
        assert_eq!(table.len(), 128);
        let octet = |c: char| table.iter().position(|t| *t == c).map_or(c as u8, |rang| rang as u8 + 128);
        texte.replace('’', "'").chars().map(octet).collect()
    }

    #[test]
    fn a_french_table_reads_right_in_each_encoding() {
        let utf16 = |gros: bool| -> Vec<u8> {
            LISTE.encode_utf16().flat_map(|u| if gros { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let cas = [
            (LISTE.as_bytes().to_vec(), Codage::Unicode),
            ([b"\xEF\xBB\xBF", LISTE.as_bytes()].concat(), Codage::Unicode),
            (LISTE.replace('é', "e\u{301}").into_bytes(), Codage::Unicode),
            (utf16(false), Codage::Unicode),
            (utf16(true), Codage::Unicode),
            ([b"\xFF\xFE".to_vec(), utf16(false)].concat(), Codage::Unicode),
            (WINDOWS_1252.encode(LISTE).0.into_owned(), Codage::Windows),
            (MACINTOSH.encode(LISTE).0.into_owned(), Codage::Mac),
        ];
        for (octets, attendu) in cas {
            assert_eq!(decoder(&octets).unwrap(), (LISTE.to_owned(), attendu));
        }
        assert_eq!(decoder(&dos(LISTE)).unwrap(), (LISTE.replace('’', "'"), Codage::Dos));
    }

    #[test]
    fn a_single_accent_is_enough_and_what_stays_doubtful_is_refused() {
        for mot in
            ["Accès", "scolarité", "Fêtes du village", "garçons", "voilà", "reçu à Paris", "côté", "où", "Évaluer"]
        {
            let texte = format!("code;titre\n1;{mot}\n");
            for (octets, codage) in [
                (WINDOWS_1252.encode(&texte).0.into_owned(), Codage::Windows),
                (MACINTOSH.encode(&texte).0.into_owned(), Codage::Mac),
                (dos(&texte), Codage::Dos),
            ] {
                // Read right, or told: never another word.
                if let Ok((lu, _)) = decoder(&octets) {
                    assert_eq!(lu, texte, "{codage:?}");
                }
            }
        }
        for octets in [
            &b"code;titre\n1;\xC3\xA9t\xE9 \xC3\xA8\n"[..],
            b"\xFF\xFE\x00",
            b"PK\x03\x04",
            b"a\0b;c",
            "a;\u{FFFD}".as_bytes(),
        ] {
            assert!(decoder(octets).is_err(), "{octets:?}");
        }
    }
}
