//! A small XML tree, read from and written to bytes: what the finishing pass works on.
//! It knows nothing of WordprocessingML beyond being its notation.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Erreur;
pub(crate) use crate::document::xml::nettoyer;

/// A child of an element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Enfant {
    Element(Element),
    Texte(String),
}

/// An element with its qualified name, attributes in order, and children.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Element {
    pub nom: String,
    pub attributs: Vec<(String, String)>,
    pub enfants: Vec<Enfant>,
}

impl Element {
    pub fn nouveau(nom: &str) -> Self {
        Self { nom: nom.to_owned(), ..Self::default() }
    }

    /// An element whose whole content is its `w:val`.
    pub fn val(nom: &str, valeur: impl ToString) -> Self {
        Self::nouveau(nom).attribut("w:val", valeur)
    }

    pub fn attribut(mut self, nom: &str, valeur: impl ToString) -> Self {
        self.poser(nom, valeur);
        self
    }

    pub fn enfant(mut self, enfant: Element) -> Self {
        self.enfants.push(Enfant::Element(enfant));
        self
    }

    pub fn lire_attribut(&self, nom: &str) -> Option<&str> {
        self.attributs.iter().find(|(n, _)| n == nom).map(|(_, v)| v.as_str())
    }

    /// Sets an attribute, replacing the one of that name.
    pub fn poser(&mut self, nom: &str, valeur: impl ToString) {
        let valeur = nettoyer(&valeur.to_string()).into_owned();
        match self.attributs.iter_mut().find(|(n, _)| n == nom) {
            Some((_, ancienne)) => *ancienne = valeur,
            None => self.attributs.push((nom.to_owned(), valeur)),
        }
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.enfants.iter().filter_map(|e| match e {
            Enfant::Element(e) => Some(e),
            Enfant::Texte(_) => None,
        })
    }

    pub fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.enfants.iter_mut().filter_map(|e| match e {
            Enfant::Element(e) => Some(e),
            Enfant::Texte(_) => None,
        })
    }

    pub fn trouver(&self, nom: &str) -> Option<&Element> {
        self.elements().find(|e| e.nom == nom)
    }

    pub fn trouver_mut(&mut self, nom: &str) -> Option<&mut Element> {
        self.elements_mut().find(|e| e.nom == nom)
    }

    /// The `w:val` of the child of that name.
    pub fn valeur(&self, nom: &str) -> Option<&str> {
        self.trouver(nom)?.lire_attribut("w:val")
    }

    pub fn retirer(&mut self, nom: &str) {
        self.enfants.retain(|e| !matches!(e, Enfant::Element(e) if e.nom == nom));
    }

    pub fn est_vide(&self) -> bool {
        self.enfants.is_empty() && self.attributs.is_empty()
    }
}

/// Clean text with the five characters of XML's own notation escaped, fit for an element or an attribute.
pub(crate) fn echapper(texte: &str) -> String {
    quick_xml::escape::escape(nettoyer(texte).as_ref()).into_owned()
}

/// Deepest nesting of elements that is read: no text goes as far, and no stack either.
const PROFONDEUR_MAX: usize = 400;

/// The text of a part in UTF-8: it may be in UTF-16, or in what its declaration says.
fn decoder(octets: &[u8]) -> Result<Cow<'_, str>, Erreur> {
    let encodage = Encoding::for_bom(octets).map(|(encodage, _)| encodage).or(match octets {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => declare(octets),
    });
    let (texte, _, abime) = encodage.unwrap_or(UTF_8).decode(octets);
    if abime { Err(Erreur::Structure("texte mal codé")) } else { Ok(texte) }
}

/// What the declaration says of the encoding.
fn declare(octets: &[u8]) -> Option<&'static Encoding> {
    let tete = octets.get(..octets.len().min(200))?;
    let tete = tete.strip_prefix(b"<?xml")?;
    let tete = std::str::from_utf8(tete.split(|o| *o == b'>').next()?).ok()?;
    let valeur = tete.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let guillemet = valeur.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let nom = valeur[1..].split(guillemet).next()?;
    // A declaration read byte by byte cannot be one of UTF-16.
    Encoding::for_label(nom.as_bytes()).filter(|encodage| encodage.is_ascii_compatible())
}

/// Reads a well-formed part into its root element.
pub(crate) fn lire(octets: &[u8]) -> Result<Element, Erreur> {
    let decode = decoder(octets)?;
    let mut lecteur = Reader::from_str(&decode);
    let mut pile = vec![Element::default()];
    loop {
        match lecteur.read_event()? {
            Event::Start(_) if pile.len() > PROFONDEUR_MAX => return Err(Erreur::Structure("trop de niveaux")),
            Event::Start(balise) => pile.push(ouvrir(&balise)?),
            Event::Empty(balise) => ajouter(&mut pile, Enfant::Element(ouvrir(&balise)?)),
            Event::End(_) => {
                if let Some(fini) = pile.pop() {
                    ajouter(&mut pile, Enfant::Element(fini));
                }
            }
            Event::Text(texte) => {
                let texte = texte.decode().map_err(quick_xml::Error::from)?;
                ajouter_texte(&mut pile, &texte);
            }
            Event::GeneralRef(reference) => {
                let nom = reference.decode().map_err(quick_xml::Error::from)?;
                let brut = format!("&{nom};");
                let texte = quick_xml::escape::unescape(&brut).map_err(quick_xml::Error::from)?;
                ajouter_texte(&mut pile, &texte);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // Other programs put line ends around the root.
    let faux_document = pile.into_iter().next().unwrap_or_default();
    let racine = faux_document.enfants.into_iter().find_map(|enfant| match enfant {
        Enfant::Element(racine) => Some(racine),
        Enfant::Texte(_) => None,
    });
    racine.ok_or(Erreur::Structure("document sans élément racine"))
}

fn ouvrir(balise: &BytesStart<'_>) -> Result<Element, Erreur> {
    let mut element = Element::nouveau(&String::from_utf8_lossy(balise.name().as_ref()));
    for attribut in balise.attributes() {
        let attribut = attribut.map_err(quick_xml::Error::from)?;
        let brut = String::from_utf8_lossy(&attribut.value);
        let valeur = quick_xml::escape::unescape(&brut).map_err(quick_xml::Error::from)?;
        element.attributs.push((String::from_utf8_lossy(attribut.key.as_ref()).into_owned(), valeur.into_owned()));
    }
    Ok(element)
}

fn ajouter(pile: &mut [Element], enfant: Enfant) {
    if let Some(dernier) = pile.last_mut() {
        dernier.enfants.push(enfant);
    }
}

fn ajouter_texte(pile: &mut [Element], texte: &str) {
    let Some(dernier) = pile.last_mut() else { return };
    match dernier.enfants.last_mut() {
        Some(Enfant::Texte(debut)) => debut.push_str(texte),
        _ => dernier.enfants.push(Enfant::Texte(texte.to_owned())),
    }
}

/// Writes a part: declaration, then the root.
pub(crate) fn ecrire(racine: &Element) -> Result<Vec<u8>, Erreur> {
    let mut sortie = Writer::new(Vec::new());
    sortie.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    ecrire_element(racine, &mut sortie)?;
    Ok(sortie.into_inner())
}

fn ecrire_element(element: &Element, sortie: &mut Writer<Vec<u8>>) -> Result<(), Erreur> {
    let mut balise = BytesStart::new(element.nom.as_str());
    for (nom, valeur) in &element.attributs {
        balise.push_attribute((nom.as_str(), valeur.as_str()));
    }
    if element.enfants.is_empty() {
        sortie.write_event(Event::Empty(balise))?;
        return Ok(());
    }
    sortie.write_event(Event::Start(balise))?;
    for enfant in &element.enfants {
        match enfant {
            Enfant::Element(e) => ecrire_element(e, sortie)?,
            Enfant::Texte(t) => sortie.write_event(Event::Text(BytesText::new(t)))?,
        }
    }
    sortie.write_event(Event::End(BytesEnd::new(element.nom.as_str())))?;
    Ok(())
}

pub(super) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
