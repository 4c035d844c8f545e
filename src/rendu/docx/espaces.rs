//! The names of a tree as its maker wrote them → the names that we know: `w:p` whatever the prefix, Strict or not.
//! It must not know what the elements mean.

use std::collections::BTreeMap;

use super::Erreur;
use super::xml::{Element, Enfant, lire};

/// The notations that are read, with the prefix that ours have. Strict Open XML has other addresses for the same notations.
const ESPACES: &[(&str, &str)] = &[
    ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("w", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("r", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    ("m", "http://purl.oclc.org/ooxml/officeDocument/math"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("a", "http://purl.oclc.org/ooxml/drawingml/main"),
    ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("pic", "http://purl.oclc.org/ooxml/drawingml/picture"),
    ("c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ("c", "http://purl.oclc.org/ooxml/drawingml/chart"),
    ("dgm", "http://schemas.openxmlformats.org/drawingml/2006/diagram"),
    ("dgm", "http://purl.oclc.org/ooxml/drawingml/diagram"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("wp", "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ("wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"),
    ("wpc", "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"),
    ("wpi", "http://schemas.microsoft.com/office/word/2010/wordprocessingInk"),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("w15", "http://schemas.microsoft.com/office/word/2012/wordml"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("w10", "urn:schemas-microsoft-com:office:word"),
    ("cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
    ("vt", "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"),
    // The notations of the package have no prefix in ours.
    ("", "http://schemas.openxmlformats.org/package/2006/relationships"),
    ("", "http://schemas.openxmlformats.org/package/2006/content-types"),
    ("", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
    ("", "http://purl.oclc.org/ooxml/officeDocument/customProperties"),
];

/// What a prefix stands for at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Espace {
    Connu(&'static str),
    /// A notation that we do not read.
    Etranger,
}

/// The prefixes declared above a place; of each, the nearest last.
type Portee = BTreeMap<String, Vec<Espace>>;

/// Gives each element and attribute the name that we know it by. A prefix that nothing declares is left as it is; that of an
/// unknown notation too, unless it is one of ours.
fn nommer(racine: &mut Element) {
    visiter(racine, &mut Portee::new());
}

/// The prefix that an attribute declares; empty for the notation of elements without prefix.
fn declaration(attribut: &str) -> Option<&str> {
    match attribut.strip_prefix("xmlns")? {
        "" => Some(""),
        suite => suite.strip_prefix(':'),
    }
}

fn visiter(element: &mut Element, portee: &mut Portee) {
    let mut ici = Vec::new();
    for (nom, adresse) in &element.attributs {
        if let Some(prefixe) = declaration(nom) {
            let connu = ESPACES.iter().find(|(_, a)| a == adresse).map(|(nom, _)| Espace::Connu(nom));
            portee.entry(prefixe.to_owned()).or_default().push(connu.unwrap_or(Espace::Etranger));
            ici.push(prefixe.to_owned());
        }
    }
    if let Some(nom) = renomme(&element.nom, true, portee) {
        element.nom = nom;
    }
    for (nom, _) in &mut element.attributs {
        if declaration(nom).is_none()
            && let Some(neuf) = renomme(nom, false, portee)
        {
            *nom = neuf;
        }
    }
    for enfant in &mut element.enfants {
        if let Enfant::Element(enfant) = enfant {
            visiter(enfant, portee);
        }
    }
    for prefixe in ici {
        if let Some(pile) = portee.get_mut(&prefixe) {
            pile.pop();
        }
    }
}

/// The name that we know, when it is another.
fn renomme(nom: &str, element: bool, portee: &Portee) -> Option<String> {
    let (prefixe, local) = nom.split_once(':').unwrap_or(("", nom));
    // An attribute without prefix is of no notation.
    if prefixe.is_empty() && !element {
        return None;
    }
    match *portee.get(prefixe)?.last()? {
        Espace::Connu(connu) if connu == prefixe => None,
        Espace::Connu("") => Some(local.to_owned()),
        Espace::Connu(connu) => Some(format!("{connu}:{local}")),
        Espace::Etranger if prefixe.is_empty() || ESPACES.iter().any(|(p, _)| *p == prefixe) => {
            Some(format!("autre:{local}"))
        }
        Espace::Etranger => None,
    }
}

/// Reads a well-formed part of anyone's, its elements under the names that we know: `w:p` whatever its prefix.
pub(crate) fn lire_nomme(octets: &[u8]) -> Result<Element, Erreur> {
    let mut racine = lire(octets)?;
    nommer(&mut racine);
    Ok(racine)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noms(xml: &str) -> Vec<String> {
        fn relever(element: &Element, sortie: &mut Vec<String>) {
            sortie.push(element.nom.clone());
            sortie.extend(
                element.attributs.iter().filter(|(n, _)| !n.starts_with("xmlns")).map(|(n, _)| format!("@{n}")),
            );
            element.elements().for_each(|e| relever(e, sortie));
        }
        let mut sortie = Vec::new();
        relever(&lire_nomme(xml.as_bytes()).expect("XML"), &mut sortie);
        sortie
    }

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    #[test]
    fn a_name_is_known_by_its_address_and_not_by_its_prefix() {
        for xml in [
            format!(r#"<w:p xmlns:w="{W}" w:val="1"><w:r/></w:p>"#),
            format!(r#"<ns0:p xmlns:ns0="{W}" ns0:val="1"><ns0:r/></ns0:p>"#),
            format!(r#"<p xmlns="{W}" xmlns:x="{W}" x:val="1"><r/></p>"#),
            format!(r#"<s:p xmlns:s="{STRICT}" s:val="1"><r xmlns="{STRICT}"/></s:p>"#),
            r#"<w:p w:val="1"><w:r/></w:p>"#.to_owned(),
        ] {
            assert_eq!(noms(&xml), ["w:p", "@w:val", "w:r"], "{xml}");
        }
    }

    #[test]
    fn a_foreign_notation_does_not_pass_for_ours() {
        let xml = format!(r#"<w:p xmlns:w="urn:x" val="1"><r/><a xmlns="{W}"><w:b xmlns:w="{W}"/><w:c/></a></w:p>"#);
        assert_eq!(noms(&xml), ["autre:p", "@val", "r", "w:a", "w:b", "autre:c"]);
    }
}
