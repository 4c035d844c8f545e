//! An equation of Word → its text on one line: « a/b », « x^2 ».

use super::texte::texte_brut;
use crate::rendu::docx::xml::Element;

/// The text of an equation, or of a piece of one.
pub(super) fn texte(element: &Element) -> String {
    let dans = |nom: &str| element.trouver(nom).map(texte).unwrap_or_default();
    let groupe = |texte: String| if texte.chars().count() > 1 { format!("({texte})") } else { texte };
    match element.nom.as_str() {
        "m:t" | "w:t" => texte_brut(element),
        "m:f" => format!("{}/{}", groupe(dans("m:num")), groupe(dans("m:den"))),
        "m:sSup" => format!("{}^{}", dans("m:e"), groupe(dans("m:sup"))),
        "m:sSub" => format!("{}_{}", dans("m:e"), groupe(dans("m:sub"))),
        "m:sSubSup" => format!("{}_{}^{}", dans("m:e"), groupe(dans("m:sub")), groupe(dans("m:sup"))),
        "m:rad" => format!("{}√{}", dans("m:deg"), groupe(dans("m:e"))),
        "m:d" => {
            let dedans: Vec<String> = element.elements().filter(|e| e.nom == "m:e").map(texte).collect();
            format!("({})", dedans.join(" ; "))
        }
        "m:nary" => {
            let signe = element.trouver("m:naryPr").and_then(|p| p.trouver("m:chr"));
            let signe = signe.and_then(|s| s.lire_attribut("m:val")).unwrap_or("∫");
            format!("{signe}_{}^{} {}", groupe(dans("m:sub")), groupe(dans("m:sup")), dans("m:e"))
        }
        nom if nom.ends_with("Pr") => String::new(),
        _ => element.elements().map(texte).collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rendu::docx::espaces::lire_nomme;

    #[test]
    fn an_equation_reads_on_one_line() {
        let r = |t: &str| format!("<m:r><m:t>{t}</m:t></m:r>");
        for (xml, attendu) in [
            (format!("<m:oMath>{}</m:oMath>", r("E=mc")), "E=mc"),
            (
                format!("<m:oMath><m:f><m:fPr/><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>", r("a+b"), r("2")),
                "(a+b)/2",
            ),
            (format!("<m:oMath><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup></m:oMath>", r("x"), r("2")), "x^2"),
        ] {
            assert_eq!(super::texte(&lire_nomme(xml.as_bytes()).unwrap()), attendu);
        }
    }
}
