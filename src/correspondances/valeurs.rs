//! A cell → a number, a year, a FINESS number: as exports of all kinds write them.

use crate::lecture::classeur::Contenu;

/// What a cell says, once read as a FINESS number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FinessLu {
    pub numero: String,
    /// Its first zero had been lost.
    pub complete: bool,
}

/// The words of a cell; nothing when it is empty.
pub(super) fn texte(contenu: &Contenu) -> Option<String> {
    let texte = match contenu {
        Contenu::Vide => return None,
        Contenu::Texte(texte) | Contenu::Date(texte) | Contenu::Erreur(texte) => texte.trim().to_owned(),
        Contenu::Nombre(nombre) => nombre.to_string(),
        Contenu::Booleen(oui) => if *oui { "oui" } else { "non" }.to_owned(),
    };
    (!texte.is_empty()).then_some(texte)
}

/// A number; nothing of an empty cell, which is no zero.
pub(super) fn nombre(contenu: &Contenu) -> Option<Result<f64, String>> {
    match contenu {
        Contenu::Nombre(nombre) => Some(Ok(*nombre)),
        autre => texte(autre).map(|texte| lire_nombre(&texte).ok_or(texte)),
    }
}

/// « 1 234,56 € », « -90409.180000000007567 », « .0818 », « 9,28 % », « (1 200) ».
fn lire_nombre(texte: &str) -> Option<f64> {
    let serre: String = texte.chars().filter(|c| !c.is_whitespace() && !matches!(c, '€' | '%' | '\'' | '’')).collect();
    let (serre, negatif) = match serre.strip_prefix('(').and_then(|s| s.strip_suffix(')')) {
        Some(dedans) => (dedans.to_owned(), true),
        None => (serre.replace('\u{2212}', "-"), false),
    };
    let admis = serre.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',' | 'e' | 'E'));
    if !admis || !serre.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let (virgules, points) = (serre.matches(',').count(), serre.matches('.').count());
    let clair = match (virgules, points) {
        (0, 0 | 1) => serre,
        (1, 0) => serre.replace(',', "."),
        // The last mark is the decimal one, the others part thousands.
        (1, _) if serre.rfind(',') > serre.rfind('.') => serre.replace('.', "").replace(',', "."),
        (_, 1) if serre.rfind('.') > serre.rfind(',') => serre.replace(',', ""),
        _ => return None,
    };
    let nombre: f64 = clair.parse().ok().filter(|n: &f64| n.is_finite())?;
    Some(if negatif { -nombre } else { nombre })
}

/// « 2024 », « 3/2025 », « 2024-12-31 », « Exercice 2024 »: the only year that is there.
pub(super) fn annee(contenu: &Contenu) -> Option<u16> {
    let texte = texte(contenu)?;
    let annees: Vec<u16> = (texte.split(|c: char| !c.is_ascii_digit()))
        .filter(|morceau| morceau.len() == 4)
        .filter_map(|morceau| morceau.parse().ok())
        .filter(|annee| (1990..=2100).contains(annee))
        .collect();
    match annees.as_slice() {
        [annee] => Some(*annee),
        _ => None,
    }
}

/// The nine first characters; eight digits have lost their zero.
pub(super) fn finess(contenu: &Contenu) -> Option<FinessLu> {
    let texte = texte(contenu)?;
    let serre: String = texte.split([' ', '-', '\u{A0}']).next().unwrap_or_default().to_uppercase();
    let groupes: String = texte.chars().filter(|c| !c.is_whitespace()).take(9).collect::<String>().to_uppercase();
    let est = |numero: &str| {
        numero.len() == 9
            && numero.bytes().enumerate().all(|(rang, o)| o.is_ascii_digit() || rang == 1 && matches!(o, b'A' | b'B'))
    };
    if est(&groupes) {
        return Some(FinessLu { numero: groupes, complete: false });
    }
    let coupe = serre.len() == 8 && serre.bytes().all(|o| o.is_ascii_digit());
    coupe.then(|| FinessLu { numero: format!("0{serre}"), complete: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mot(texte: &str) -> Contenu {
        Contenu::Texte(texte.to_owned())
    }

    #[test]
    fn numbers_are_read_as_exports_write_them() {
        for (texte, attendu) in [
            ("-90409.180000000007567", Some(-90_409.18)),
            (".081800000000", Some(0.0818)),
            ("1 234,56 €", Some(1234.56)),
            ("1\u{202F}234\u{A0}567", Some(1_234_567.0)),
            ("1.234,5", Some(1234.5)),
            ("1,234.5", Some(1234.5)),
            ("9,28 %", Some(9.28)),
            ("(1 200)", Some(-1200.0)),
            ("#REF!", None),
            ("néant", None),
            ("1.2.3", None),
            ("-", None),
        ] {
            assert_eq!(lire_nombre(texte).map(|n| (n * 1e6).round() / 1e6), attendu, "{texte}");
        }
        assert_eq!(nombre(&mot("")), None);
        assert_eq!(nombre(&mot("0")), Some(Ok(0.0)));
        assert_eq!(nombre(&mot("n. c.")), Some(Err("n. c.".into())));
    }

    #[test]
    fn a_finess_number_is_found_again_without_its_zero_or_before_a_name() {
        let lu = |texte: &str| finess(&mot(texte)).map(|f| (f.numero, f.complete));
        assert_eq!(lu("130982150 - IME LES OLIVIERS"), Some(("130982150".into(), false)));
        assert_eq!(lu("13 098 215 0"), Some(("130982150".into(), false)));
        assert_eq!(lu("2A0002408"), Some(("2A0002408".into(), false)));
        assert_eq!(lu("10001436"), Some(("010001436".into(), true)));
        assert_eq!(finess(&Contenu::Nombre(10_001_436.0)).map(|f| f.complete), Some(true));
        assert_eq!(lu("Total"), None);
    }

    #[test]
    fn a_year_is_read_in_what_holds_it() {
        let lu = |texte: &str| annee(&mot(texte));
        assert_eq!(
            (lu("2024"), lu("3/2025"), lu("31/12/2024"), lu("Exercice 2023")),
            (Some(2024), Some(2025), Some(2024), Some(2023))
        );
        assert_eq!((lu("2023-2024"), lu("24"), annee(&Contenu::Nombre(2024.0))), (None, None, Some(2024)));
    }
}
