//! The words that a short field of a Word file holds → the value alone, without what the page or a hand put around it.
//!
//! A mark of a list, a number, a tab or the point of the sentence around belong to the page; a long text keeps its own.

/// Signs that begin an element of a list.
const PUCES: &[char] = &[
    '-', '\u{2010}', '\u{2011}', '\u{2012}', '–', '—', '•', '·', '▪', '▫', '■', '□', '●', '○', '◦', '‣', '⁃', '➢', '➤',
    '✓', '✔', '*', '\u{F0B7}', '\u{F0A7}', '\u{F0D8}', '\u{F0FC}',
];

/// The value of a short field; `avant` is the one that it had. What is on several lines is refused.
pub(super) fn valeur(texte: &str, avant: &str) -> Result<String, String> {
    if avant.contains('\n') {
        return Ok(texte.trim().to_owned());
    }
    let mut lignes = texte.lines().map(|ligne| ligne.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut lignes = lignes.by_ref().filter(|ligne| !ligne.is_empty());
    let premiere = lignes.next().unwrap_or_default();
    if lignes.next().is_some() {
        return Err("cette valeur tient sur une ligne, et il y en a plusieurs : réunissez-les dans le document".into());
    }
    let sans_marque = match sans_marque(avant) {
        Some(_) => premiere.as_str(),
        None => sans_marque(&premiere).unwrap_or(&premiere),
    };
    Ok(sans_point(sans_marque, avant).to_owned())
}

/// What follows the mark of a list, when there is one: « - x », « • x », « 1. x », « a) x ».
fn sans_marque(texte: &str) -> Option<&str> {
    let texte = texte.trim();
    let mut lettres = texte.chars();
    let premiere = lettres.next()?;
    if PUCES.contains(&premiere) {
        let suite = lettres.as_str();
        // « -5 » is a number, « –Association » a mark that lost its space.
        let colle = suite.starts_with(|c: char| c.is_ascii_digit());
        return (!colle && !suite.trim().is_empty()).then(|| suite.trim_start());
    }
    let fin = texte.find(|c: char| !c.is_ascii_digit()).filter(|fin| (1..=2).contains(fin));
    let fin = fin.or_else(|| (premiere.is_ascii_lowercase() && texte[1..].starts_with(')')).then_some(1))?;
    let (numero, suite) = texte.split_at(fin);
    let fermants: &[char] = if numero.starts_with(|c: char| c.is_ascii_digit()) { &['.', ')', '°'] } else { &[')'] };
    let suite = suite.strip_prefix(fermants)?.trim_start_matches([')', '.', '-', '–']);
    // « 2.5 » is a number, « 3. 000 » none of a list either.
    let mots = suite.strip_prefix(' ')?.trim_start();
    let des_mots = !mots.starts_with(|c: char| c.is_ascii_digit()) || mots.contains(char::is_alphabetic);
    (!mots.is_empty() && des_mots).then_some(mots)
}

/// The point of the sentence around goes; that of an abbreviation stays, and that of a value which had one.
fn sans_point<'t>(texte: &'t str, avant: &str) -> &'t str {
    const MOTS_MAX: usize = 12;
    const ABREVIATIONS: [&str; 8] = ["cie", "etc", "dept", "dépt", "adm", "ste", "sté", "inc"];
    let Some(nu) = texte.strip_suffix('.').filter(|nu| !nu.ends_with('.')) else { return texte };
    let mots: Vec<&str> = nu.split_whitespace().collect();
    let Some(dernier) = mots.last() else { return texte };
    let abrege =
        dernier.contains('.') || dernier.chars().count() < 3 || ABREVIATIONS.contains(&dernier.to_lowercase().as_str());
    // More than a few words, or several sentences, are a text of its own.
    let phrase = mots.len() > MOTS_MAX || nu.contains(". ");
    if abrege || phrase || avant.ends_with('.') { texte } else { nu.trim_end() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_of_the_page_enters_a_short_value() {
        for (texte, attendu) in [
            ("- Association Mimosa", "Association Mimosa"),
            ("–\u{A0}Association Mimosa", "Association Mimosa"),
            ("—Association Mimosa", "Association Mimosa"),
            ("•\tAssociation Mimosa", "Association Mimosa"),
            ("\u{F0B7} Association Mimosa", "Association Mimosa"),
            ("* Association Mimosa", "Association Mimosa"),
            ("1. Association Mimosa", "Association Mimosa"),
            ("2) Association Mimosa", "Association Mimosa"),
            ("3.\tAssociation Mimosa", "Association Mimosa"),
            ("1° Association Mimosa", "Association Mimosa"),
            ("a) Association Mimosa", "Association Mimosa"),
            ("Association\tMimosa", "Association Mimosa"),
            ("\u{A0}Association\u{A0}\u{202F}Mimosa \n", "Association Mimosa"),
            ("Association Mimosa.", "Association Mimosa"),
            ("- Association Mimosa.", "Association Mimosa"),
            // What belongs to the value.
            ("12 avenue des Pins", "12 avenue des Pins"),
            ("1. 14 avenue des Pins", "14 avenue des Pins"),
            ("3. 000", "3. 000"),
            ("2.5", "2.5"),
            ("-5", "-5"),
            ("1er juin 2027", "1er juin 2027"),
            ("3e étage, 4 rue Haute", "3e étage, 4 rue Haute"),
            ("A. Durand et Cie.", "A. Durand et Cie."),
            ("S.A.R.L.", "S.A.R.L."),
            ("en cours…", "en cours…"),
            ("Le siège a rendu son avis. Il est favorable.", "Le siège a rendu son avis. Il est favorable."),
            ("-", "-"),
        ] {
            assert_eq!(valeur(texte, "").as_deref(), Ok(attendu), "{texte}");
        }
        assert_eq!(valeur("- 12 % des places", "- 10 % des places").as_deref(), Ok("- 12 % des places"));
        assert_eq!(valeur("Vu le 2 mai.", "Vu le 1er mai.").as_deref(), Ok("Vu le 2 mai."));
        assert!(valeur("12 avenue des Pins\n13090 Aix", "").is_err_and(|motif| motif.contains("une ligne")));
        assert_eq!(valeur("a\nb", "a\nc").as_deref(), Ok("a\nb"));
    }
}
