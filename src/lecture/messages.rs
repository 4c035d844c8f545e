//! Turns each error of the JSON parser into plain French, with the mistake people usually made. It must
//! not know the contract.

use jsonc_parser::ParseStringErrorKind as TexteFaux;
use jsonc_parser::errors::{ParseError, ParseErrorKind as Faute};

use super::positions::Source;
use crate::remarque::Remarque;

/// The finding that a parse error becomes; its code is always `LEC-json`.
pub(super) fn syntaxe(source: &Source, erreur: &ParseError) -> Box<Remarque> {
    let range = erreur.range();
    let texte = source.texte.as_str();
    if matches!(erreur.kind(), Faute::UnterminatedObject | Faute::UnterminatedArray)
        && let Some((octet, message, remede)) = jamais_ferme(source)
    {
        return refus(source, octet, "LEC-json", message, remede);
    }
    let (octet, message, remede) = match usuelle(texte, range.start, range.end) {
        Some((octet, message, remede)) => (octet, message.to_owned(), remede.to_owned()),
        None => {
            let (message, remede) = generale(source, erreur.kind(), range.start);
            (range.start, message, remede)
        }
    };
    refus(source, octet, "LEC-json", message, remede)
}

/// What the end of the file lacks, and where what is not closed begins.
fn jamais_ferme(source: &Source) -> Option<(usize, String, String)> {
    let texte = source.texte.as_str();
    let Ouvertures { restantes, suspecte } = ouvertures(texte);
    let manquants: String =
        restantes.iter().rev().map(|octet| if texte[*octet..].starts_with('{') { '}' } else { ']' }).collect();
    // A file cut short leaves all its blocks open: the last one is what it was saying.
    let coupable = suspecte.or(restantes.last().copied())?;
    let place = source.position(coupable);
    let accolade = texte[coupable..].starts_with('{');
    let (quoi, ferme, jamais) = match accolade {
        true => ("l'accolade « { » ouverte", '}', "fermée"),
        false => ("le crochet « [ » ouvert", ']', "fermé"),
    };
    let quoi = format!("{quoi} ligne {}, colonne {},", place.ligne, place.colonne);
    let (message, remede) = match suspecte {
        Some(_) => (
            format!("il manque « {manquants} » avant la fin du fichier : {quoi} n'est sans doute pas {jamais}."),
            format!("ajoutez « {ferme} » là où ce bloc finit : ce qui le suit est moins en retrait que lui."),
        ),
        None => (
            format!("il manque « {manquants} » à la fin du fichier : {quoi} n'est jamais {jamais}."),
            format!("ajoutez « {manquants} » ici ; si la fin du fichier s'est perdue, reprenez-la d'une copie."),
        ),
    };
    Some((texte.trim_end().len(), message, remede))
}

/// What is open at the end of a text.
struct Ouvertures {
    /// Bytes of the braces and brackets that are never closed, the outermost first.
    restantes: Vec<usize>,
    /// The first block whose closing is less indented than it: it took the closing of another.
    suspecte: Option<usize>,
}

fn ouvertures(texte: &str) -> Ouvertures {
    let (mut restantes, mut suspecte) = (Vec::new(), None);
    let (mut dans_texte, mut echappe) = (false, false);
    let (mut retrait, mut debut_de_ligne) = (0usize, true);
    for (octet, o) in texte.bytes().enumerate() {
        match o {
            b'\n' => (retrait, debut_de_ligne) = (0, true),
            b' ' | b'\t' if debut_de_ligne => retrait += 1,
            _ => {}
        }
        let premier = debut_de_ligne && !o.is_ascii_whitespace();
        debut_de_ligne &= o.is_ascii_whitespace();
        match o {
            _ if echappe => echappe = false,
            b'\\' if dans_texte => echappe = true,
            b'"' => dans_texte = !dans_texte,
            _ if dans_texte => {}
            b'{' | b'[' => restantes.push((octet, retrait)),
            b'}' | b']' => {
                if let Some((ouverture, ouvert_a)) = restantes.pop()
                    && premier
                    && retrait < ouvert_a
                {
                    suspecte = suspecte.or(Some(ouverture));
                }
            }
            _ => {}
        }
    }
    Ouvertures { restantes: restantes.into_iter().map(|(octet, _)| octet).collect(), suspecte }
}

/// The mistakes of people who write JSON by hand, recognised by the characters around the error.
fn usuelle(texte: &str, debut: usize, fin: usize) -> Option<(usize, &'static str, &'static str)> {
    let avant = texte.get(..debut)?.trim_end();
    let apres = texte.get(debut..)?;
    let suite = apres.trim_start();
    let chiffre_avant = avant.ends_with(|c: char| c.is_ascii_digit());
    let chiffre_apres = suite.starts_with(|c: char| c.is_ascii_digit());
    if avant.ends_with('0') && apres.starts_with(|c: char| c.is_ascii_digit()) && nombre_seul_zero(avant) {
        return Some((
            debut.saturating_sub(1),
            "un nombre ne commence pas par un zéro.",
            "si c'est un code (FINESS, département, catégorie…), mettez-le entre guillemets : \"01\" ; sinon, retirez le zéro.",
        ));
    }
    if chiffre_avant && chiffre_apres && apres.len() != suite.len() {
        return Some((
            debut,
            "un nombre s'écrit sans espace entre les milliers.",
            "écrivez par exemple 1234567.89 pour 1 234 567,89.",
        ));
    }
    let sans_virgule = avant.strip_suffix(',');
    if sans_virgule.is_some_and(|a| a.ends_with(|c: char| c.is_ascii_digit())) && chiffre_apres {
        return Some((
            debut.saturating_sub(1),
            "les décimales se notent ici avec un point, non avec une virgule.",
            "écrivez par exemple 1234.56 pour 1 234,56.",
        ));
    }
    let fautif =
        [debut, fin].into_iter().find(|octet| texte.get(*octet..).is_some_and(|t| t.starts_with(GUILLEMETS_COURBES)));
    if let Some(octet) = fautif {
        return Some((
            octet,
            "ces guillemets typographiques ne sont pas ceux de JSON.",
            "remplacez-les par des guillemets droits : \".",
        ));
    }
    if let Some(octet) = guillemet_dans_un_texte(texte, avant, suite) {
        return Some((
            octet,
            "un guillemet droit « \" » au milieu d'un texte le coupe ici.",
            "remplacez-le par des guillemets français (« … »), ou mettez une barre devant : \\\".",
        ));
    }
    let mot: String = apres.chars().take_while(|c| c.is_alphanumeric()).collect();
    let remede = match mot.to_lowercase().as_str() {
        "vrai" | "oui" | "true" | "yes" => "écrivez true, en minuscules et sans guillemets.",
        "faux" | "non" | "false" | "no" => "écrivez false, en minuscules et sans guillemets.",
        "none" | "nul" | "null" | "undefined" | "nan" => {
            "retirez la clé si la valeur n'est pas connue, ou écrivez {\"non_applicable\": \"motif\"}."
        }
        _ => return None,
    };
    Some((debut, "ce mot n'est pas une valeur de JSON.", remede))
}

/// The quote that ends a text before words that go on to another quote of the same line: `"IME "Les Mimosas""`.
fn guillemet_dans_un_texte(texte: &str, avant: &str, suite: &str) -> Option<usize> {
    let ouvert = avant.strip_suffix('"')?;
    // A text that was closed, not one that is opened here.
    let des_mots = suite.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '\'' | '«' | '-' | '.'));
    let meme_ligne = !texte.get(avant.len()..texte.len() - suite.len())?.contains('\n');
    let referme = suite.lines().next()?.contains('"');
    (des_mots && meme_ligne && referme && !ouvert.ends_with('\\')).then_some(ouvert.len())
}

const GUILLEMETS_COURBES: [char; 6] = ['“', '”', '«', '»', '‘', '’'];

/// Whether the number that ends here is a lone zero (`0`, `-0`), not `10` nor `1.0`.
fn nombre_seul_zero(avant: &str) -> bool {
    let reste = avant.strip_suffix('0').unwrap_or(avant);
    !reste.ends_with(|c: char| c.is_ascii_digit() || c == '.')
}

/// The words for each kind of error.
fn generale(source: &Source, faute: &Faute, debut: usize) -> (String, String) {
    let (message, remede): (&str, &str) = match faute {
        Faute::CommentsNotAllowed => (
            "les commentaires (// ou /* */) ne sont pas admis en JSON.",
            "retirez-le, ou placez le texte sous une clé \"$comment\".",
        ),
        Faute::UnterminatedCommentBlock => (
            "un commentaire /* est ouvert ici et jamais fermé ; les commentaires ne sont pas admis en JSON.",
            "retirez-le, ou placez le texte sous une clé \"$comment\".",
        ),
        Faute::TrailingCommasNotAllowed => {
            ("cette virgule ne sépare rien : c'est la dernière de l'objet ou de la liste.", "retirez la virgule.")
        }
        Faute::ExpectedComma => ("il manque une virgule entre deux éléments.", "ajoutez une virgule ici."),
        Faute::SingleQuotedStringsNotAllowed => (
            "un texte s'écrit entre guillemets droits doubles, non entre apostrophes.",
            "remplacez ' par \" au début et à la fin du texte.",
        ),
        Faute::ExpectedColonAfterObjectKey => {
            ("il manque « : » entre la clé et sa valeur.", "écrivez \"clé\": valeur.")
        }
        Faute::ExpectedObjectValue => (
            "cette clé n'a pas de valeur.",
            "écrivez une valeur après « : », ou retirez la clé si la valeur n'est pas connue.",
        ),
        Faute::ExpectedStringObjectProperty => ("une clé s'écrit entre guillemets droits.", "écrivez \"clé\": valeur."),
        Faute::ExpectedDigit | Faute::ExpectedDigitFollowingNegativeSign => (
            "un chiffre est attendu ici.",
            "vérifiez ce nombre, ou mettez la valeur entre guillemets si c'est un texte.",
        ),
        Faute::ExpectedPlusMinusOrDigitInNumberLiteral => {
            ("l'exposant de ce nombre n'a pas de chiffre.", "écrivez le nombre sans exposant, par exemple 1500000.")
        }
        Faute::BareDecimalPointNumbersNotAllowed => (
            "il manque un chiffre avant ou après le point décimal.",
            "écrivez 0.5 et non .5, 5 ou 5.0 et non 5. — avec un chiffre de chaque côté du point.",
        ),
        Faute::HexadecimalNumbersNotAllowed => (
            "les nombres en hexadécimal (0x…) ne sont pas admis.",
            "écrivez le nombre en chiffres ordinaires, ou le code entre guillemets.",
        ),
        Faute::UnaryPlusNumbersNotAllowed => ("un nombre positif s'écrit sans le signe +.", "retirez le signe +."),
        Faute::NonFiniteNumbersNotAllowed => (
            "« Infinity » et « NaN » ne sont pas des nombres que JSON admet.",
            "retirez la clé si la valeur n'est pas connue.",
        ),
        Faute::MultipleRootJsonValues => (
            "quelque chose suit la fin du contrat.",
            "le fichier ne doit contenir qu'un objet : vérifiez s'il n'y a pas une accolade de trop avant cet endroit, et retirez la suite.",
        ),
        Faute::UnterminatedObject => {
            ("cette accolade « { » n'est jamais fermée.", "ajoutez « } » à la fin de cet objet.")
        }
        Faute::UnterminatedArray => ("ce crochet « [ » n'est jamais fermé.", "ajoutez « ] » à la fin de cette liste."),
        Faute::UnexpectedCloseBrace => (
            "cette accolade « } » ferme un objet qui n'est pas ouvert, ou une liste qui attend « ] ».",
            "retirez-la, ou fermez d'abord la liste par « ] ».",
        ),
        Faute::UnexpectedCloseBracket => (
            "ce crochet « ] » ferme une liste qui n'est pas ouverte, ou un objet qui attend « } ».",
            "retirez-le, ou fermez d'abord l'objet par « } ».",
        ),
        Faute::UnexpectedColon => {
            ("ce « : » n'a pas sa place ici.", "« : » ne se met qu'entre une clé et sa valeur, dans un objet { }.")
        }
        Faute::UnexpectedComma => (
            "cette virgule n'a pas sa place ici : il manque une valeur avant elle.",
            "retirez la virgule, ou écrivez la valeur.",
        ),
        Faute::UnexpectedWord => (
            "ce mot n'est ni un nombre, ni true, ni false, ni un texte entre guillemets.",
            "mettez le texte entre guillemets droits : \"…\".",
        ),
        Faute::UnexpectedToken => (
            "ce caractère n'a pas sa place ici.",
            "vérifiez les guillemets, les virgules et les accolades autour de cet endroit.",
        ),
        Faute::UnexpectedTokenInObject => {
            ("une clé entre guillemets est attendue ici.", "écrivez \"clé\": valeur, ou fermez l'objet par « } ».")
        }
        Faute::NestingDepthExceeded => {
            ("trop de listes ou d'objets sont emboîtés.", "vérifiez qu'il s'agit du bon fichier.")
        }
        Faute::String(genre) => return texte_faux(source, genre, debut),
        Faute::Custom(detail) => {
            return (
                format!("ce fichier n'est pas du JSON valide ({detail})."),
                "vérifiez le fichier autour de cet endroit.".into(),
            );
        }
    };
    (message.into(), remede.into())
}

fn texte_faux(source: &Source, genre: &TexteFaux, debut: usize) -> (String, String) {
    let (message, remede) = match genre {
        TexteFaux::UnterminatedStringLiteral => {
            let ligne = source.position(debut).ligne;
            return (
                format!("le guillemet ouvert ligne {ligne} n'est jamais fermé."),
                "ajoutez un guillemet droit à la fin de ce texte ; un guillemet à l'intérieur s'écrit \\\".".into(),
            );
        }
        TexteFaux::InvalidEscape
        | TexteFaux::InvalidEscapeInDoubleQuoteString
        | TexteFaux::InvalidEscapeInSingleQuoteString
        | TexteFaux::ExpectedTwoHexDigits => (
            "après une barre oblique inverse « \\ », JSON n'admet que \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u.",
            "doublez la barre (\\\\) ; dans un chemin de fichier, écrivez plutôt des barres « / ».",
        ),
        TexteFaux::ExpectedFourHexDigits => (
            "« \\u » doit être suivi de quatre chiffres hexadécimaux.",
            "écrivez directement le caractère voulu : le fichier est en UTF-8.",
        ),
        TexteFaux::InvalidUnicodeEscapeSequence(_) => (
            "cette suite « \\u… » ne désigne pas un caractère.",
            "écrivez directement le caractère voulu : le fichier est en UTF-8.",
        ),
    };
    (message.into(), remede.into())
}

/// A refusal of the file, at a byte of its text.
pub(super) fn refus(
    source: &Source,
    octet: usize,
    code: &str,
    message: impl Into<String>,
    remede: impl Into<String>,
) -> Box<Remarque> {
    Box::new(Remarque::bloquante(code, "", message, remede).placee(Some(source.position(octet))))
}
