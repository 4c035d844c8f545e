//! Bytes of a PDF → its objects, read strictly: what two readers could take differently is refused.
//!
//! A reader that shows a page repairs what it can; here a repair would hide a change.

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use std::ops::Range;

/// What is read, or why it is not understood, as the end of a sentence.
pub(super) type Lu<T> = Result<T, &'static str>;

/// Deepest nesting of one object.
const PROFONDEUR_MAX: u8 = 100;

const COUPE: &str = "un objet est coupé";
const ECRITURE: &str = "un objet n'est pas écrit selon la norme";

/// An object, and where it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) id: ObjectId,
    pub(super) objet: Object,
    pub(super) etendue: Range<usize>,
    /// The length of its stream is said by another object: it must agree.
    pub(super) longueur: Option<(ObjectId, usize)>,
}

/// Reads bytes from a place on.
pub(super) struct Lecteur<'a> {
    octets: &'a [u8],
    pub(super) place: usize,
}

fn blanc(octet: u8) -> bool {
    matches!(octet, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn delimiteur(octet: u8) -> bool {
    matches!(octet, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lecteur<'a> {
    pub(super) fn nouveau(octets: &'a [u8], place: usize) -> Self {
        Lecteur { octets, place }
    }

    fn reste(&self) -> &'a [u8] {
        self.octets.get(self.place..).unwrap_or_default()
    }

    pub(super) fn octet(&self) -> Option<u8> {
        self.octets.get(self.place).copied()
    }

    pub(super) fn commence_par(&self, mot: &[u8]) -> bool {
        self.reste().starts_with(mot)
    }

    /// Whether a word stands here, alone.
    pub(super) fn mot(&self, mot: &[u8]) -> bool {
        self.commence_par(mot) && self.reste().get(mot.len()).is_none_or(|o| blanc(*o) || delimiteur(*o))
    }

    pub(super) fn prendre(&mut self, mot: &[u8]) -> Lu<()> {
        if !self.mot(mot) {
            return Err(ECRITURE);
        }
        self.place += mot.len();
        Ok(())
    }

    fn espaces(&mut self) {
        self.place += self.reste().iter().take_while(|o| blanc(**o)).count();
    }

    /// White space and comments; false when a comment could be taken for something else.
    pub(super) fn blancs(&mut self) -> bool {
        let mut clair = true;
        loop {
            self.espaces();
            if self.octet() != Some(b'%') {
                return clair;
            }
            let ligne = self.reste();
            let fin = ligne.iter().position(|o| matches!(o, b'\n' | b'\r')).unwrap_or(ligne.len());
            let ligne = &ligne[..fin];
            clair &= ![b"obj".as_slice(), b"xref", b"trailer", b"stream", b"%%EOF"]
                .iter()
                .any(|mot| ligne.windows(mot.len()).any(|w| w == *mot));
            self.place += fin;
        }
    }

    /// One end of line, if there is one.
    pub(super) fn fin_de_ligne(&mut self) {
        if self.commence_par(b"\r\n") {
            self.place += 2;
        } else if matches!(self.octet(), Some(b'\n' | b'\r')) {
            self.place += 1;
        }
    }

    /// A whole number without sign.
    pub(super) fn entier(&mut self) -> Lu<usize> {
        self.blancs();
        let chiffres: &[u8] = self.reste();
        let fin = chiffres.iter().take_while(|o| o.is_ascii_digit()).count();
        let texte = std::str::from_utf8(&chiffres[..fin]).map_err(|_| ECRITURE)?;
        let nombre = texte.parse().map_err(|_| ECRITURE)?;
        self.place += fin;
        match self.octet() {
            Some(o) if !blanc(o) && !delimiteur(o) => Err(ECRITURE),
            _ => Ok(nombre),
        }
    }

    fn id(&mut self) -> Lu<ObjectId> {
        let numero = u32::try_from(self.entier()?).map_err(|_| ECRITURE)?;
        Ok((numero, u16::try_from(self.entier()?).map_err(|_| ECRITURE)?))
    }

    /// `n g obj … endobj`.
    pub(super) fn indirect(&mut self) -> Lu<Place> {
        self.blancs();
        let debut = self.place;
        let id = self.id()?;
        self.blancs();
        self.prendre(b"obj")?;
        let mut objet = self.objet(0)?;
        self.blancs();
        let mut longueur = None;
        if self.commence_par(b"stream") {
            let Object::Dictionary(dict) = objet else { return Err(ECRITURE) };
            let contenu = self.flux(&dict)?;
            if let Ok(Object::Reference(dite)) = dict.get(b"Length") {
                longueur = Some((*dite, contenu.len()));
            }
            let mut flux = Stream::new(Dictionary::new(), contenu.to_vec());
            flux.dict = dict;
            objet = Object::Stream(flux);
        }
        self.blancs();
        self.prendre(b"endobj")?;
        Ok(Place { id, objet, etendue: debut..self.place, longueur })
    }

    fn flux(&mut self, dict: &Dictionary) -> Lu<&'a [u8]> {
        self.place += b"stream".len();
        match (self.octet(), self.commence_par(b"\r\n")) {
            (_, true) => self.place += 2,
            (Some(b'\n'), _) => self.place += 1,
            _ => return Err(ECRITURE),
        }
        let reste = self.reste();
        let longueur = match dict.get(b"Length") {
            Ok(Object::Integer(n)) => usize::try_from(*n).map_err(|_| ECRITURE)?,
            // It may be said further on: the end is looked for, and must agree.
            Ok(Object::Reference(_)) => {
                let fin = chercher(reste, b"endstream").ok_or(COUPE)?;
                let contenu = &reste[..fin];
                let contenu = contenu.strip_suffix(b"\n").unwrap_or(contenu);
                contenu.strip_suffix(b"\r").unwrap_or(contenu).len()
            }
            _ => return Err(ECRITURE),
        };
        let contenu = reste.get(..longueur).ok_or(COUPE)?;
        self.place += longueur;
        self.espaces();
        self.prendre(b"endstream")?;
        Ok(contenu)
    }

    /// A direct object.
    pub(super) fn objet(&mut self, profondeur: u8) -> Lu<Object> {
        if profondeur > PROFONDEUR_MAX {
            return Err("un objet est imbriqué sans fin");
        }
        self.blancs();
        match self.octet().ok_or(COUPE)? {
            b'/' => self.nom().map(Object::Name),
            b'(' => self.chaine().map(|octets| Object::String(octets, StringFormat::Literal)),
            b'[' => {
                self.place += 1;
                let mut tableau = Vec::new();
                loop {
                    self.blancs();
                    if self.octet() == Some(b']') {
                        self.place += 1;
                        return Ok(Object::Array(tableau));
                    }
                    tableau.push(self.objet(profondeur + 1)?);
                }
            }
            b'<' if self.commence_par(b"<<") => {
                self.place += 2;
                let mut dict = Dictionary::new();
                loop {
                    self.blancs();
                    if self.commence_par(b">>") {
                        self.place += 2;
                        return Ok(Object::Dictionary(dict));
                    }
                    let cle = self.nom()?;
                    // Readers do not agree on which of two values holds.
                    if dict.has(&cle) {
                        return Err("une clé est donnée deux fois");
                    }
                    let valeur = self.objet(profondeur + 1)?;
                    dict.set(cle, valeur);
                }
            }
            b'<' => self.hexadecimal().map(|octets| Object::String(octets, StringFormat::Hexadecimal)),
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.nombre_ou_renvoi(),
            _ => {
                for (mot, objet) in [
                    (b"true".as_slice(), Object::Boolean(true)),
                    (b"false", Object::Boolean(false)),
                    (b"null", Object::Null),
                ] {
                    if self.mot(mot) {
                        self.place += mot.len();
                        return Ok(objet);
                    }
                }
                Err(ECRITURE)
            }
        }
    }

    fn nom(&mut self) -> Lu<Vec<u8>> {
        if self.octet() != Some(b'/') {
            return Err(ECRITURE);
        }
        self.place += 1;
        let mut nom = Vec::new();
        while let Some(octet) = self.octet().filter(|o| !blanc(*o) && !delimiteur(*o)) {
            self.place += 1;
            let code =
                (octet == b'#').then(|| Some(chiffre(*self.reste().first()?)? * 16 + chiffre(*self.reste().get(1)?)?));
            match code.flatten() {
                Some(code) => {
                    self.place += 2;
                    nom.push(code);
                }
                None => nom.push(octet),
            }
        }
        Ok(nom)
    }

    fn nombre_ou_renvoi(&mut self) -> Lu<Object> {
        let reste = self.reste();
        let fin = reste.iter().take_while(|o| !blanc(**o) && !delimiteur(**o)).count();
        let texte = std::str::from_utf8(&reste[..fin]).map_err(|_| ECRITURE)?;
        if !texte.bytes().all(|o| matches!(o, b'+' | b'-' | b'.' | b'0'..=b'9')) {
            return Err(ECRITURE);
        }
        let avant = self.place;
        if texte.bytes().all(|o| o.is_ascii_digit())
            && let Ok(id) = self.id()
        {
            self.blancs();
            if self.mot(b"R") {
                self.place += 1;
                return Ok(Object::Reference(id));
            }
        }
        self.place = avant + fin;
        match texte.contains('.') {
            true => texte.parse().map(Object::Real).map_err(|_| ECRITURE),
            false => texte.parse().map(Object::Integer).map_err(|_| ECRITURE),
        }
    }

    fn chaine(&mut self) -> Lu<Vec<u8>> {
        self.place += 1;
        let (mut sortie, mut ouvertes) = (Vec::new(), 1u32);
        loop {
            let octet = self.octet().ok_or(COUPE)?;
            self.place += 1;
            match octet {
                b'(' => ouvertes += 1,
                b')' if ouvertes == 1 => return Ok(sortie),
                b')' => ouvertes -= 1,
                b'\\' => {
                    self.echappement(&mut sortie)?;
                    continue;
                }
                b'\r' => {
                    self.place += usize::from(self.octet() == Some(b'\n'));
                    sortie.push(b'\n');
                    continue;
                }
                _ => {}
            }
            sortie.push(octet);
        }
    }

    fn echappement(&mut self, sortie: &mut Vec<u8>) -> Lu<()> {
        let octet = self.octet().ok_or(COUPE)?;
        self.place += 1;
        match octet {
            b'n' => sortie.push(b'\n'),
            b'r' => sortie.push(b'\r'),
            b't' => sortie.push(b'\t'),
            b'b' => sortie.push(8),
            b'f' => sortie.push(12),
            b'0'..=b'7' => {
                let mut code = u32::from(octet - b'0');
                for _ in 0..2 {
                    let Some(chiffre) = self.octet().filter(|o| matches!(o, b'0'..=b'7')) else { break };
                    code = code * 8 + u32::from(chiffre - b'0');
                    self.place += 1;
                }
                // Overflow is to be ignored, says the standard.
                sortie.push((code & 0xFF) as u8);
            }
            b'\r' => self.place += usize::from(self.octet() == Some(b'\n')),
            b'\n' => {}
            autre => sortie.push(autre),
        }
        Ok(())
    }

    fn hexadecimal(&mut self) -> Lu<Vec<u8>> {
        self.place += 1;
        let (mut sortie, mut moitie) = (Vec::new(), None);
        loop {
            let octet = self.octet().ok_or(COUPE)?;
            self.place += 1;
            match (octet, chiffre(octet), moitie) {
                (b'>', _, None) => return Ok(sortie),
                (b'>', _, Some(haut)) => {
                    sortie.push(haut * 16);
                    return Ok(sortie);
                }
                (_, Some(bas), Some(haut)) => {
                    sortie.push(haut * 16 + bas);
                    moitie = None;
                }
                (_, Some(haut), None) => moitie = Some(haut),
                (octet, None, _) if blanc(octet) => {}
                _ => return Err(ECRITURE),
            }
        }
    }
}

fn chiffre(octet: u8) -> Option<u8> {
    char::from(octet).to_digit(16).and_then(|c| u8::try_from(c).ok())
}

pub(super) fn chercher(octets: &[u8], mot: &[u8]) -> Option<usize> {
    octets.windows(mot.len()).position(|w| w == mot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lu(texte: &str) -> Lu<Object> {
        Lecteur::nouveau(texte.as_bytes(), 0).objet(0)
    }

    #[test]
    fn objects_are_read_as_the_standard_writes_them() {
        let dict = lu("<</A#42 (a\\(b\\051\\\n(c))/B[1 -2.5 true null<4>]/C 12 0 R/D 12 0>>").err();
        assert!(dict.is_some(), "two numbers are no value");
        let lu = lu("<</A#42 (a\\(b\\051\\\n(c))/B[1 -2.5 true null<4>]/C 12 0 R % note\n/D 12>>").unwrap();
        let lu = lu.as_dict().unwrap();
        assert_eq!(lu.get(b"AB").unwrap().as_str().unwrap(), b"a(b)(c)");
        assert_eq!(lu.get(b"C").unwrap().as_reference().unwrap(), (12, 0));
        assert_eq!(lu.get(b"D").unwrap().as_i64().unwrap(), 12);
        let tableau = lu.get(b"B").unwrap().as_array().unwrap();
        assert_eq!(tableau[1], Object::Real(-2.5));
        assert_eq!(tableau[4].as_str().unwrap(), b"\x40");
    }

    #[test]
    fn what_readers_could_take_differently_is_refused() {
        for texte in ["<</A 1/A 2>>", "[1 2", "(a", "<4g>", "12a", "99999999999999999999", "<</A>>", "foo"] {
            assert!(lu(texte).is_err(), "{texte}");
        }
        assert!(lu(&"[".repeat(100_000)).is_err());
        for texte in ["1 0 obj<</Length 2>>stream\nabc\nendstream endobj", "1 0 obj 1", "1 0 obj 1 2 endobj"] {
            assert!(Lecteur::nouveau(texte.as_bytes(), 0).indirect().is_err(), "{texte}");
        }
    }
}
