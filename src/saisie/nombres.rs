//! French words → numbers, amounts and percentages; what can be read in two ways is refused, with both.

use super::mots::attendu;
use serde_json::{Value, json};

/// A number read without doubt: its sign, its digits, and where the decimals begin. Exact: nothing is a float before the end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Decimal {
    negatif: bool,
    entiers: String,
    decimales: String,
}

/// Most digits of a number: beyond, no amount of a contract.
const CHIFFRES_MAX: usize = 15;

/// « 1 250,50 € », « 1 250,5 k€ », « 1,2 M€ »: an amount in euros.
pub(super) fn montant(texte: &str) -> Result<Value, String> {
    const ATTENDU: &str = "un montant en euros (« 62 400 € », « 62 400,50 € »)";
    let (nombre, zeros) = unite_de_montant(texte).ok_or_else(|| attendu(texte, ATTENDU))?;
    let decimal = decimal(nombre, Virgule::DesCentimes).map_err(|doute| doute.dire(texte, ATTENDU))?;
    let decimal = decimal.fois_dix(zeros);
    if decimal.decimales.trim_end_matches('0').len() > 2 {
        return Err(format!("« {texte} » a plus de deux décimales : un montant s'arrête aux centimes"));
    }
    decimal.valeur().ok_or_else(|| attendu(texte, ATTENDU))
}

/// The words of an amount without its unit, and the zeros that the unit is worth.
fn unite_de_montant(texte: &str) -> Option<(&str, usize)> {
    // An older sign before the number is an English habit without ambiguity.
    let texte = texte.strip_prefix('€').map_or(texte, str::trim_start);
    const UNITES: [(&str, usize); 12] = [
        ("millions d'euros", 6),
        ("million d'euros", 6),
        ("milliers d'euros", 3),
        ("millions €", 6),
        ("keuros", 3),
        ("euros", 0),
        ("euro", 0),
        ("Md€", 9),
        ("M€", 6),
        ("k€", 3),
        ("K€", 3),
        ("€", 0),
    ];
    let trouve = UNITES.iter().find_map(|(unite, zeros)| Some((texte.strip_suffix(unite)?, *zeros)));
    let (nombre, zeros) = trouve.unwrap_or_else(|| texte.strip_suffix("EUR").map_or((texte, 0), |n| (n, 0)));
    let nombre = nombre.trim_end();
    nombre.ends_with(|c: char| c.is_ascii_digit() || c == ')').then_some((nombre, zeros))
}

/// « 2,5 % », « 2,5 »: a number of percent.
pub(super) fn pourcentage(texte: &str) -> Result<Value, String> {
    const ATTENDU: &str = "un pourcentage (« 2,5 % »)";
    let sans = ["%", "pour cent"].iter().find_map(|unite| texte.strip_suffix(unite)).map(str::trim_end);
    let decimal = decimal(sans.unwrap_or(texte), Virgule::DesDecimales).map_err(|doute| doute.dire(texte, ATTENDU))?;
    let valeur = decimal.valeur().ok_or_else(|| attendu(texte, ATTENDU))?;
    let n = valeur.as_f64().unwrap_or_default().abs();
    if sans.is_none() && n > 100.0 {
        return Err(format!("« {texte} » dépasse 100 : si c'est voulu, écrivez « {texte} % »"));
    }
    if sans.is_none() && n > 0.0 && n < 1.0 {
        return Err(format!(
            "« {texte} » peut se lire « {texte} % » ou « {} % » : écrivez-le avec le signe « % »",
            decimal.fois_dix(2).francais()
        ));
    }
    Ok(valeur)
}

pub(super) fn nombre(texte: &str) -> Result<Value, String> {
    const ATTENDU: &str = "un nombre (« 1 250 », « 12,5 »), sans mot ni unité";
    let decimal = decimal(texte, Virgule::DesDecimales).map_err(|doute| doute.dire(texte, ATTENDU))?;
    decimal.valeur().ok_or_else(|| attendu(texte, ATTENDU))
}

/// A measure or a rate: a number, or words when it is none. A number that can be read in two ways is no words.
pub(super) fn nombre_ou_mots(texte: &str) -> Result<Value, String> {
    match decimal(texte, Virgule::DesDecimales) {
        Ok(decimal) => Ok(decimal.valeur().unwrap_or_else(|| json!(texte))),
        Err(doute @ (Doute::Milliers { .. } | Doute::Fraction { .. } | Doute::Parentheses(_))) => {
            Err(doute.dire(texte, "un nombre"))
        }
        Err(Doute::Espaces) if texte.chars().all(|c| c.is_ascii_digit() || " ,.".contains(c)) => {
            Err(Doute::Espaces.dire(texte, "un nombre"))
        }
        Err(_) => Ok(json!(texte)),
    }
}

/// What three digits after a comma are in a French text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Virgule {
    /// Decimals, as we print them: « 2,202 % »; but « 1,250 », which we never print, is doubtful.
    DesDecimales,
    /// Cents are two: three digits are doubtful.
    DesCentimes,
}

/// Why words are no number without doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Doute {
    /// Not a number.
    Mots,
    /// Spaces that part no thousands.
    Espaces,
    /// Three digits after a point or a comma: as thousands, as decimals.
    Milliers { entier: String, decimal: String },
    /// « 3/4 », with its value when it has few decimals.
    Fraction { valeur: Option<String> },
    /// « (300) », the minus of accountants.
    Parentheses(String),
}

impl Doute {
    fn dire(&self, texte: &str, quoi: &str) -> String {
        match self {
            Doute::Mots => attendu(texte, quoi),
            Doute::Espaces => {
                format!(
                    "« {texte} » a des espaces qui ne séparent pas des milliers : écrivez « 1 250 » ou « 1 250 000 »"
                )
            }
            Doute::Milliers { entier, decimal } => {
                format!("« {texte} » peut se lire {entier} ou {decimal} : écrivez « {entier} » ou « {decimal} »")
            }
            Doute::Fraction { valeur: Some(valeur) } => {
                format!("« {texte} » peut être une fraction ou une date : écrivez le nombre, par exemple « {valeur} »")
            }
            Doute::Fraction { valeur: None } => {
                format!("« {texte} » peut être une fraction ou une date : écrivez le nombre")
            }
            Doute::Parentheses(nombre) => {
                format!(
                    "« {texte} » peut être un nombre négatif ou une remarque : écrivez « \u{2212}{nombre} » ou « {nombre} »"
                )
            }
        }
    }
}

/// Reads a number alone: sign, digits in groups of three or not, decimals after a comma or a point.
fn decimal(texte: &str, virgule: Virgule) -> Result<Decimal, Doute> {
    let texte = texte.trim();
    if let Some(dedans) = texte.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        return Err(decimal(dedans, virgule).map_or(Doute::Mots, |d| Doute::Parentheses(d.francais())));
    }
    if let Some((haut, bas)) = texte.split_once('/') {
        return Err(fraction(haut.trim(), bas.trim()));
    }
    let (negatif, corps) = match texte.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(suite) => (true, suite.trim_start()),
        None => (false, texte.strip_prefix('+').map_or(texte, str::trim_start)),
    };
    let chiffre = |c: char| c.is_ascii_digit();
    if !corps.starts_with(chiffre) || !corps.ends_with(chiffre) || corps.len() > 60 {
        return Err(Doute::Mots);
    }
    if corps.chars().any(|c| !chiffre(c) && !c.is_whitespace() && !matches!(c, ',' | '.' | '\'')) {
        return Err(Doute::Mots);
    }
    let (entiers, decimales) = couper(corps, virgule)?;
    if entiers.len() + decimales.len() > CHIFFRES_MAX {
        return Err(Doute::Mots);
    }
    Ok(Decimal { negatif, entiers, decimales })
}

/// The digits before and after the decimal sign.
fn couper(corps: &str, virgule: Virgule) -> Result<(String, String), Doute> {
    let points = corps.matches('.').count();
    let virgules = corps.matches(',').count();
    let separateurs = [('.', points), (',', virgules)];
    match separateurs {
        [(_, 0), (_, 0)] => Ok((grouper(corps, &[' ', '\''])?, String::new())),
        // « 1.250.000 », « 1,250,000 »: several of the same part thousands.
        [(_, n), (_, 0)] if n > 1 => Ok((grouper(corps, &['.'])?, String::new())),
        [(_, 0), (_, n)] if n > 1 => Ok((grouper(corps, &[','])?, String::new())),
        [(_, 0), (_, 1)] => une_marque(corps, ',', virgule),
        [(_, 1), (_, 0)] => une_marque(corps, '.', virgule),
        // « 1.250,50 », « 1,250.50 »: the last is the decimal sign, when it stands alone.
        _ => {
            let (derniere, autre) = if corps.rfind(',') > corps.rfind('.') { (',', '.') } else { ('.', ',') };
            let (avant, apres) = corps.rsplit_once(derniere).ok_or(Doute::Mots)?;
            if avant.contains(derniere) || !apres.bytes().all(|b| b.is_ascii_digit()) {
                return Err(Doute::Mots);
            }
            Ok((grouper(avant, &[autre])?, apres.to_owned()))
        }
    }
}

/// One point or one comma: decimals, or thousands.
fn une_marque(corps: &str, marque: char, virgule: Virgule) -> Result<(String, String), Doute> {
    let (avant, apres) = corps.split_once(marque).ok_or(Doute::Mots)?;
    if !apres.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Doute::Espaces);
    }
    let entiers = grouper(avant, &[' ', '\''])?;
    // « 1250.500 », « 1 250,500 », « 0,125 » can only have decimals.
    let en_milliers = apres.len() == 3 && avant.len() <= 3 && !entiers.starts_with('0');
    let doute = match (marque, virgule) {
        (',', Virgule::DesDecimales) => en_milliers && apres.ends_with('0'),
        _ => en_milliers,
    };
    if doute {
        let lu =
            |entiers: String, decimales: &str| Decimal { negatif: false, entiers, decimales: decimales.to_owned() };
        let entier = lu(format!("{entiers}{apres}"), "").francais();
        return Err(Doute::Milliers { entier, decimal: lu(entiers, apres).francais() });
    }
    Ok((entiers, apres.to_owned()))
}

/// Digits in groups of three, or not in groups.
fn grouper(texte: &str, separateurs: &[char]) -> Result<String, Doute> {
    let separe = |c: char| separateurs.contains(&c) || separateurs.contains(&' ') && c.is_whitespace();
    let groupes: Vec<&str> = texte.split(separe).collect();
    let chiffres = |groupe: &&str| !groupe.is_empty() && groupe.bytes().all(|b| b.is_ascii_digit());
    if !groupes.iter().all(chiffres) {
        return Err(if texte.contains(char::is_whitespace) { Doute::Espaces } else { Doute::Mots });
    }
    let [premier, suite @ ..] = groupes.as_slice() else { return Err(Doute::Mots) };
    if !suite.is_empty() && (premier.len() > 3 || suite.iter().any(|groupe| groupe.len() != 3)) {
        return Err(if separateurs.contains(&' ') { Doute::Espaces } else { Doute::Mots });
    }
    Ok(groupes.concat())
}

fn fraction(haut: &str, bas: &str) -> Doute {
    let (Ok(h), Ok(b)) = (haut.parse::<u32>(), bas.parse::<u32>()) else {
        // « 3/4/26 », « n/a ».
        let chiffres = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || "/ ".contains(c));
        return if chiffres(haut) && chiffres(bas) { Doute::Fraction { valeur: None } } else { Doute::Mots };
    };
    if b == 0 {
        return Doute::Fraction { valeur: None };
    }
    let milliemes = u64::from(h) * 1000;
    let exact = milliemes.is_multiple_of(u64::from(b)).then(|| milliemes / u64::from(b));
    let valeur = exact.map(|m| {
        Decimal { negatif: false, entiers: (m / 1000).to_string(), decimales: format!("{:03}", m % 1000) }.francais()
    });
    Doute::Fraction { valeur }
}

impl Decimal {
    fn fois_dix(&self, zeros: usize) -> Self {
        let mut decimales: String = self.decimales.clone();
        let mut entiers = self.entiers.clone();
        for _ in 0..zeros {
            entiers.push(if decimales.is_empty() { '0' } else { decimales.remove(0) });
        }
        Decimal { negatif: self.negatif, entiers, decimales }
    }

    /// An integer when it is one; nothing when it is beyond what a file holds exactly.
    fn valeur(&self) -> Option<Value> {
        let signe = if self.negatif { "-" } else { "" };
        let decimales = self.decimales.trim_end_matches('0');
        if decimales.is_empty() {
            let n: i64 = format!("{signe}{}", self.entiers).parse().ok()?;
            return (n.unsigned_abs() < 9_000_000_000_000_000).then(|| json!(n));
        }
        let n: f64 = format!("{signe}{}.{decimales}", self.entiers).parse().ok()?;
        n.is_finite().then(|| json!(n))
    }

    /// « 62 400 », « 62,4 ».
    fn francais(&self) -> String {
        let entiers = self.entiers.trim_start_matches('0');
        let entiers = if entiers.is_empty() { "0" } else { entiers };
        let mut groupes = String::new();
        for (rang, c) in entiers.chars().enumerate() {
            if rang > 0 && (entiers.len() - rang).is_multiple_of(3) {
                groupes.push(' ');
            }
            groupes.push(c);
        }
        let decimales = self.decimales.trim_end_matches('0');
        let virgule = if decimales.is_empty() { "" } else { "," };
        let signe = if self.negatif { "\u{2212}" } else { "" };
        format!("{signe}{groupes}{virgule}{decimales}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Lecteur = fn(&str) -> Result<Value, String>;

    #[track_caller]
    fn sur(lire: Lecteur, cas: &[(&str, Value)]) {
        for (texte, attendu) in cas {
            assert_eq!(lire(texte).as_ref(), Ok(attendu), "{texte}");
        }
    }

    /// Refused, and the message holds these words.
    #[track_caller]
    fn douteux(lire: Lecteur, cas: &[(&str, &str)]) {
        for (texte, dit) in cas {
            let motif = lire(texte).expect_err(texte);
            assert!(motif.contains(dit) && motif.contains(texte), "{texte}: {motif}");
        }
    }

    #[test]
    fn amounts_without_doubt_are_read() {
        sur(
            montant,
            &[
                ("62 400 €", json!(62400)),
                ("62400", json!(62400)),
                ("62400,5", json!(62400.5)),
                ("12.5 €", json!(12.5)),
                ("12,50 euros", json!(12.5)),
                ("1 250 000,50 €", json!(1_250_000.5)),
                ("1.250.000 €", json!(1_250_000)),
                ("1,250,000", json!(1_250_000)),
                ("1.250,50 €", json!(1250.5)),
                ("1,250.50", json!(1250.5)),
                ("1'250", json!(1250)),
                ("1 250,5 k€", json!(1_250_500)),
                ("1,25 k€", json!(1250)),
                ("1 M€", json!(1_000_000)),
                ("1,2 million d'euros", json!(1_200_000)),
                ("0,1 k€", json!(100)),
                ("\u{2212}300,00 €", json!(-300)),
                ("-300 €", json!(-300)),
                ("€ 1 250", json!(1250)),
                ("1 250 EUR", json!(1250)),
                ("0 €", json!(0)),
                ("0.30", json!(0.3)),
            ],
        );
    }

    #[test]
    fn doubtful_amounts_are_refused_with_how_to_write_them() {
        douteux(
            montant,
            &[
                ("62.400 €", "62 400 ou 62,4"),
                ("1.250", "1 250 ou 1,25"),
                ("1,250", "1 250 ou 1,25"),
                ("1,234 €", "1 234 ou 1,234"),
                ("1,250 k€", "1 250 ou 1,25"),
                ("12 50 €", "milliers"),
                ("1 2500", "milliers"),
                ("3/4", "0,75"),
                ("3/4/26", "fraction ou une date"),
                ("(300)", "\u{2212}300"),
                ("(300) €", "\u{2212}300"),
                ("300)", "n'est pas un montant"),
                ("12,505 0", "milliers"),
                ("1250,505 €", "centimes"),
                ("12,50,1", "n'est pas un montant"),
                ("1.25.000,5", "n'est pas un montant"),
                ("1e6", "n'est pas un montant"),
                ("inf", "n'est pas un montant"),
                ("1O0", "n'est pas un montant"),
                ("100 $", "n'est pas un montant"),
                ("environ 100 €", "n'est pas un montant"),
                ("100 € à 120 €", "n'est pas un montant"),
                ("1 m€", "n'est pas un montant"),
                ("€", "n'est pas un montant"),
                ("99999999999999999999", "n'est pas un montant"),
                ("9 000 000 000 Md€", "n'est pas un montant"),
            ],
        );
    }

    #[test]
    fn percentages_are_read_as_they_are_printed_and_doubted_beyond() {
        sur(
            pourcentage,
            &[
                ("2,5 %", json!(2.5)),
                ("2,202 %", json!(2.202)),
                ("95", json!(95)),
                ("12.5%", json!(12.5)),
                ("104 %", json!(104)),
                ("0,95 %", json!(0.95)),
                ("0", json!(0)),
                ("-1,5 %", json!(-1.5)),
                ("3 pour cent", json!(3)),
            ],
        );
        douteux(
            pourcentage,
            &[
                ("150", "écrivez « 150 % »"),
                ("0,95", "« 95 % »"),
                ("2.202 %", "2 202 ou 2,202"),
                ("1,250", "1 250 ou 1,25"),
                ("3/4", "0,75"),
                ("95 % environ", "n'est pas un pourcentage"),
                ("95 ‰", "n'est pas un pourcentage"),
            ],
        );
    }

    #[test]
    fn numbers_keep_their_decimals_and_words_are_no_number() {
        sur(
            nombre,
            &[
                ("215", json!(215)),
                ("1 250", json!(1250)),
                ("12,5", json!(12.5)),
                ("12.5", json!(12.5)),
                ("12,375", json!(12.375)),
                ("0,125", json!(0.125)),
                ("0.125", json!(0.125)),
                ("1250.500", json!(1250.5)),
                ("12,0", json!(12)),
                ("+3", json!(3)),
            ],
        );
        douteux(
            nombre,
            &[
                ("1.250", "1 250 ou 1,25"),
                ("1,250", "1 250 ou 1,25"),
                ("12.375", "12 375 ou 12,375"),
                ("3/4", "0,75"),
                ("1/3", "fraction"),
                ("12 places", "n'est pas un nombre"),
                ("douze", "n'est pas un nombre"),
                ("12 ou 13", "n'est pas un nombre"),
                ("\u{661}\u{662}", "n'est pas un nombre"),
                ("NaN", "n'est pas un nombre"),
            ],
        );
    }

    #[test]
    fn a_measure_is_a_number_or_words_and_never_a_doubtful_number() {
        sur(
            nombre_ou_mots,
            &[
                ("12,5", json!(12.5)),
                ("non fixe", json!("non fixe")),
                ("95 % des usagers", json!("95 % des usagers")),
                ("fait / à faire", json!("fait / à faire")),
                ("2 à 3", json!("2 à 3")),
            ],
        );
        douteux(
            nombre_ou_mots,
            &[
                ("62.400", "62 400 ou 62,4"),
                ("1,250", "1 250"),
                ("3/4", "0,75"),
                ("12 50", "milliers"),
                ("(3)", "négatif"),
            ],
        );
    }
}
