//! From raw values to the way French administrative texts write them: numbers, dates, words.
//!
//! Pure functions on numbers and strings; no template, no contract. The spaces are
//! protected (U+00A0 between thousands and before a unit; a thin one is lost when a number is copied).

pub mod caracteres;
pub mod mots;
pub mod tableur;

use crate::contrat::identifiants::{Date, MOIS};

/// « 1 234 567 »; four digits stay together so that a year is never cut.
pub fn entier(n: i64) -> String {
    grouper(n, 5)
}

/// « 1 234 »: grouped from four digits, for what is never a year.
pub fn quantite_entiere(n: i64) -> String {
    grouper(n, 4)
}

fn grouper(n: i64, des: usize) -> String {
    let chiffres = n.unsigned_abs().to_string();
    let mut sortie = String::new();
    for (rang, c) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) && chiffres.len() >= des {
            sortie.push('\u{A0}');
        }
        sortie.push(c);
    }
    if n < 0 { format!("\u{2212}{sortie}") } else { sortie }
}

/// « 12,5 »: at most three decimals, no trailing zero.
pub fn nombre(n: f64) -> String {
    decimales(n, 3)
}

/// A number rounded to at most `max` decimals, without trailing zeros.
pub fn decimales(n: f64, max: usize) -> String {
    if !n.is_finite() || n.abs() > 1e15 {
        return "valeur illisible".into();
    }
    let texte = format!("{:.max$}", n.abs());
    let (entiere, fraction) = texte.split_once('.').unwrap_or((&texte, ""));
    let fraction = fraction.trim_end_matches('0');
    let entiere_nombre: i64 = entiere.parse().unwrap_or(0);
    let signe = if n < 0.0 && (entiere_nombre != 0 || !fraction.is_empty()) { "\u{2212}" } else { "" };
    let entiere = quantite_entiere(entiere_nombre);
    if fraction.is_empty() { format!("{signe}{entiere}") } else { format!("{signe}{entiere},{fraction}") }
}

/// « 1 234 567,89 € »: always two decimals, as columns of amounts need.
pub fn euros(n: f64) -> String {
    if !n.is_finite() || n.abs() > 1e15 {
        return "montant illisible".into();
    }
    let centimes = (n * 100.0).round() as i64;
    let (euros, reste) = (centimes.unsigned_abs() / 100, centimes.unsigned_abs() % 100);
    let signe = if centimes < 0 { "\u{2212}" } else { "" };
    let groupes = quantite_entiere(i64::try_from(euros).unwrap_or(i64::MAX));
    format!("{signe}{groupes},{reste:02}\u{00A0}€")
}

/// « 2,202 % ».
pub fn pourcent(n: f64) -> String {
    format!("{}\u{00A0}%", decimales(n, 3))
}

/// An identifier cut as registers write it: « 13 098 215 0 » at 2, 5 and 8.
pub fn en_groupes(texte: &str, coupes: &[usize]) -> String {
    let mut sortie = String::new();
    for (rang, c) in texte.chars().enumerate() {
        if coupes.contains(&rang) {
            sortie.push('\u{A0}');
        }
        sortie.push(c);
    }
    sortie
}

/// A deadline: a day, « juin 2027 », « 2e trimestre 2027 », « 2027 ».
pub fn echeance(texte: &str) -> String {
    if let Ok(jour) = texte.parse::<Date>() {
        return jour.to_string();
    }
    match texte.split_once('-') {
        Some((annee, reste)) if reste.starts_with('T') => {
            let rang = &reste[1..];
            format!("{rang}{} trimestre {annee}", if rang == "1" { "er" } else { "e" })
        }
        Some((annee, numero)) => match numero.parse::<usize>() {
            Ok(numero) => format!("{} {annee}", mois(numero)),
            Err(_) => texte.to_string(),
        },
        None => texte.to_string(),
    }
}

/// What stands before it in a sentence: « le 1er mars 2027 », « en juin 2027 », « au 2e trimestre 2027 », « en 2027 ».
pub fn devant_echeance(texte: &str) -> &'static str {
    match texte.parse::<Date>() {
        Ok(_) => "le",
        Err(_) if texte.contains('T') => "au",
        Err(_) => "en",
    }
}

fn mois(numero: usize) -> &'static str {
    MOIS.get(numero.wrapping_sub(1)).copied().unwrap_or_default()
}

/// « 1 alerte », « 2 alertes »; French keeps the singular for zero.
pub fn compte(n: usize, mot: &str) -> String {
    let pluriel = if n > 1 { "s" } else { "" };
    format!("{} {mot}{pluriel}", quantite_entiere(i64::try_from(n).unwrap_or(i64::MAX)))
}

/// A text in small letters without accents, to compare what people write.
pub fn sans_accents(texte: &str) -> String {
    texte.to_lowercase().chars().map(sans_accent).collect()
}

/// A small letter without its accent; any other character as it is.
pub fn sans_accent(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        autre => autre,
    }
}

/// « 1er », « 3e ».
pub fn ordinal(n: i64) -> String {
    if n == 1 { "1er".into() } else { format!("{}e", entier(n)) }
}

/// A whole number in words (« vingt et un »), up to 999 999; beyond, in figures.
pub fn en_lettres(n: i64) -> String {
    match n {
        0 => "zéro".into(),
        1..=999_999 => {
            let n = n as u32;
            let (milliers, reste) = (n / 1000, n % 1000);
            let tete = match milliers {
                0 => String::new(),
                1 => "mille".into(),
                m => format!("{} mille", moins_de_mille(m, false)),
            };
            match (tete.is_empty(), reste) {
                (true, r) => moins_de_mille(r, true),
                (false, 0) => tete,
                (false, r) => format!("{tete} {}", moins_de_mille(r, true)),
            }
        }
        _ => entier(n),
    }
}

const UNITES: [&str; 20] = [
    "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
];
const DIZAINES: [&str; 10] =
    ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

/// `final_`: « cents » and « quatre-vingts » take their s only at the end of the number.
fn moins_de_mille(n: u32, final_: bool) -> String {
    let (centaines, reste) = (n / 100, n % 100);
    let tete = match centaines {
        0 => String::new(),
        1 => "cent".into(),
        c if reste == 0 && final_ => format!("{} cents", UNITES[c as usize % 20]),
        c => format!("{} cent", UNITES[c as usize % 20]),
    };
    match (tete.is_empty(), reste) {
        (true, r) => moins_de_cent(r, final_),
        (false, 0) => tete,
        (false, r) => format!("{tete} {}", moins_de_cent(r, final_)),
    }
}

fn moins_de_cent(n: u32, final_: bool) -> String {
    let (dizaine, unite) = (n as usize / 10, n as usize % 10);
    match (dizaine, unite) {
        (0 | 1, _) => UNITES[n as usize % 20].into(),
        (8, 0) if final_ => "quatre-vingts".into(),
        (2..=6, 0) | (8, 0) => DIZAINES[dizaine].into(),
        (2..=6, 1) => format!("{} et un", DIZAINES[dizaine]),
        (7, 1) => "soixante et onze".into(),
        (7 | 9, _) => format!("{}-{}", DIZAINES[dizaine], UNITES[10 + unite]),
        _ => format!("{}-{}", DIZAINES[dizaine], UNITES[unite]),
    }
}

/// « a, b et c ».
pub fn enumerer(elements: &[String]) -> String {
    match elements {
        [] => String::new(),
        [seul] => seul.clone(),
        [debut @ .., dernier] => format!("{} et {dernier}", debut.join(", ")),
    }
}

/// The same text with its first letter in capital.
pub fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    match lettres.next() {
        Some(c) => c.to_uppercase().chain(lettres).collect(),
        None => String::new(),
    }
}

/// The same text with its first letter in lower case, unless the first word is an acronym (« ARS »).
pub fn minuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    match (lettres.next(), lettres.clone().next()) {
        (Some(_), Some(seconde)) if seconde.is_uppercase() => texte.to_string(),
        (Some(c), _) => c.to_lowercase().chain(lettres).collect(),
        (None, _) => String::new(),
    }
}

/// Whether a word calls an elision: « l'établissement », « d'Ille-et-Vilaine ».
pub fn elide(texte: &str) -> bool {
    const ASPIRES: [&str; 6] = ["haut", "hérault", "hors", "huit", "handicap", "hôpital de h"];
    let debut = texte.trim_start().to_lowercase();
    match debut.chars().next() {
        Some('h') => !ASPIRES.iter().any(|h| debut.starts_with(h)),
        Some(c) => "aàâäeéèêëiîïoôöuùûüyœæ".contains(c) && !debut.starts_with("oui") && !debut.starts_with("onz"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_words_as_grammar_asks() {
        for (n, attendu) in [
            (5, "cinq"),
            (21, "vingt et un"),
            (71, "soixante et onze"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (91, "quatre-vingt-onze"),
            (200, "deux cents"),
            (203, "deux cent trois"),
            (1000, "mille"),
            (80_000, "quatre-vingt mille"),
            (200_000, "deux cent mille"),
            (1999, "mille neuf cent quatre-vingt-dix-neuf"),
        ] {
            assert_eq!(en_lettres(n), attendu);
        }
    }

    #[test]
    fn amounts_dates_and_deadlines_follow_french_use() {
        assert_eq!(euros(1234567.89), "1\u{A0}234\u{A0}567,89\u{A0}€");
        assert_eq!(euros(-0.5), "\u{2212}0,50\u{A0}€");
        assert_eq!(nombre(12.50), "12,5");
        assert_eq!(entier(2026), "2026");
        assert_eq!(entier(12026), "12\u{A0}026");
        assert_eq!(echeance("2027-T2"), "2e trimestre 2027");
        assert_eq!(echeance("2027-06"), "juin 2027");
        assert_eq!(echeance("2027-06-01"), "1er\u{A0}juin 2027");
        assert_eq!(echeance("2027"), "2027");
        assert_eq!(enumerer(&["a".into(), "b".into(), "c".into()]), "a, b et c");
    }
}
