//! Words → the number that begins at one of them, in figures or in words.

use super::mots::Phrase;

/// A number of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nombre {
    pub valeur: f64,
    /// Its words: from, to (excluded).
    pub debut: usize,
    pub fin: usize,
}

impl Nombre {
    /// The same, of a whole.
    pub fn entier(&self) -> Option<usize> {
        (self.valeur.fract() == 0.0 && (0.0..1e9).contains(&self.valeur)).then_some(self.valeur as usize)
    }
}

/// The number that begins at a word; none inside of a range, a date, a reference or an ordinal.
pub fn nombre(phrase: &Phrase<'_>, debut: usize) -> Option<Nombre> {
    let premier = phrase.nu(debut);
    if !premier.starts_with(|c: char| c.is_ascii_digit()) && !lettre(premier) {
        return None;
    }
    let avant = debut.checked_sub(1).and_then(|rang| phrase.mots.get(rang));
    if avant.is_some_and(|m| m.apres.contains(['/', '°', '_']) || (m.apres == "-" && !lettre(&m.nu))) {
        return None;
    }
    if avant.is_some_and(|m| {
        matches!(m.nu.as_ref(), "n" | "no" | "numero" | "article" | "art" | "page" | "r" | "l" | "d")
            && phrase.nu(debut).starts_with(|c: char| c.is_ascii_digit())
            && !m.apres.contains(['\'', '’'])
    }) {
        return None;
    }
    en_chiffres(phrase, debut).or_else(|| en_lettres(phrase, debut))
}

/// A year written alone.
pub fn annee(phrase: &Phrase<'_>, rang: usize) -> Option<i16> {
    let mot = phrase.mots.get(rang)?;
    let seul = mot.brut.len() == 4 && mot.brut.bytes().all(|o| o.is_ascii_digit());
    let annee: i16 = mot.brut.parse().ok().filter(|_| seul)?;
    (1900..=2100).contains(&annee).then_some(annee)
}

/// « 18 000 », « 18.000 », « 1,5 ».
fn en_chiffres(phrase: &Phrase<'_>, debut: usize) -> Option<Nombre> {
    let premier = phrase.mots.get(debut)?;
    if !premier.brut.bytes().all(|o| o.is_ascii_digit() || matches!(o, b',' | b'.')) {
        return None;
    }
    let mut fin = debut + 1;
    let mut chiffres = premier.brut.to_owned();
    if chiffres.len() <= 3 && !chiffres.contains([',', '.']) {
        // Groups of three figures, parted by one space.
        while let (Some(ici), Some(suivant)) = (phrase.mots.get(fin - 1), phrase.mots.get(fin)) {
            let groupe = suivant.brut.split(',').next().unwrap_or_default();
            let espace = ici.apres.chars().count() == 1 && ici.apres.chars().all(char::is_whitespace);
            let suite = suivant.brut.bytes().all(|o| o.is_ascii_digit() || o == b',');
            if !espace || !suite || groupe.len() != 3 || chiffres.contains(',') {
                break;
            }
            chiffres.push_str(suivant.brut);
            fin += 1;
        }
    }
    // « 18.000 »: a full stop before three figures parts the thousands.
    let milliers = chiffres.split('.').skip(1).all(|groupe| groupe.len() == 3) && !chiffres.contains(',');
    let chiffres = if milliers { chiffres.replace('.', "") } else { chiffres.replace(',', ".") };
    let valeur: f64 = chiffres.parse().ok()?;
    let suite = phrase.mots.get(fin - 1).map_or("", |m| m.apres);
    // A range, a date, a time: « 2023-2028 », « 12/03 ».
    if suite.starts_with(['-', '/', '\u{2013}']) && phrase.nu(fin).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(Nombre { valeur, debut, fin })
}

fn lettre(mot: &str) -> bool {
    petit(mot).is_some() || dizaine(mot).is_some() || matches!(mot, "cent" | "cents" | "mille" | "et")
}

fn petit(mot: &str) -> Option<u64> {
    Some(match mot {
        "un" | "une" => 1,
        "deux" => 2,
        "trois" => 3,
        "quatre" => 4,
        "cinq" => 5,
        "six" => 6,
        "sept" => 7,
        "huit" => 8,
        "neuf" => 9,
        "dix" => 10,
        "onze" => 11,
        "douze" => 12,
        "treize" => 13,
        "quatorze" => 14,
        "quinze" => 15,
        "seize" => 16,
        _ => return None,
    })
}

fn dizaine(mot: &str) -> Option<u64> {
    Some(match mot {
        "vingt" | "vingts" => 20,
        "trente" => 30,
        "quarante" => 40,
        "cinquante" => 50,
        "soixante" => 60,
        _ => return None,
    })
}

/// « dix-sept », « quatre-vingt-onze », « deux cent mille ».
fn en_lettres(phrase: &Phrase<'_>, debut: usize) -> Option<Nombre> {
    let (mut total, mut courant, mut fin) = (0u64, 0u64, debut);
    while let Some(mot) = phrase.mots.get(fin) {
        // A comma ends a number: « deux, trois ».
        if fin > debut && phrase.mots.get(fin - 1).is_some_and(|m| m.apres.contains([',', '(', ')', ':', '/'])) {
            break;
        }
        let reste = courant % 100;
        let mot = mot.nu.as_ref();
        courant = match (petit(mot), dizaine(mot), mot) {
            (Some(n), ..) if accepte(reste, n) => courant + n,
            (_, Some(20), _) if reste == 4 => courant + 76,
            (_, Some(n), _) if reste == 0 => courant + n,
            (.., "cent" | "cents") if courant < 10 => courant.max(1) * 100,
            (.., "mille") if total == 0 => {
                total = courant.max(1) * 1000;
                0
            }
            (.., "et") if reste >= 20 && reste % 10 == 0 && matches!(phrase.nu(fin + 1), "un" | "une" | "onze") => {
                courant
            }
            _ => break,
        };
        fin += 1;
    }
    let valeur = (total + courant) as f64;
    (fin > debut).then_some(Nombre { valeur, debut, fin })
}

/// Whether a small number may follow: « vingt » « deux », « soixante » « douze », « dix » « sept ».
fn accepte(reste: u64, n: u64) -> bool {
    match reste {
        0 => true,
        10 | 70 | 90 => (7..=9).contains(&n),
        60 | 80 => true,
        20 | 30 | 40 | 50 => n < 10,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::mots::phrases;
    use super::*;
    use crate::formats::en_lettres as ecrit;

    fn lu(texte: &str) -> Option<(f64, usize)> {
        let phrase = phrases(texte, |_| true).next()?;
        nombre(&phrase, 0).map(|n| (n.valeur, n.fin))
    }

    #[test]
    fn every_number_in_words_is_read_as_it_is_written() {
        for n in (2..1200).chain([1999, 2000, 18_000, 80_000, 200_071, 999_999]) {
            let texte = format!("{} places", ecrit(n));
            assert_eq!(lu(&texte).map(|(valeur, _)| valeur), Some(n as f64), "{texte}");
        }
    }

    #[test]
    fn figures_are_read_with_their_thousands_and_decimals() {
        assert_eq!(lu("1\u{A0}204 places"), Some((1204.0, 2)));
        assert_eq!(lu("18.000 euros"), Some((18_000.0, 1)));
        assert_eq!(lu("1 234 567,5 euros"), Some((1_234_567.5, 3)));
        assert_eq!(lu("1,2 million"), Some((1.2, 1)));
        assert_eq!(lu("12 2027"), Some((12.0, 1)));
        for texte in ["3e trimestre", "2023-2028", "12/03/2026", "2e"] {
            assert_eq!(lu(texte), None, "{texte}");
        }
    }
}
