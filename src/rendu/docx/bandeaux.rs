//! A header or footer → what stands in it: its words a paragraph each, its pictures, its other objects; page numbers left out.
//!
//! What a house style prints there is known to no one afterwards: the file keeps the digests of it, so that what a reader
//! changes is told.

use super::xml::{Element, Enfant};
use sha2::{Digest, Sha256};

/// The property of the file that holds the digests of its headers and footers.
pub(crate) const PROPRIETE: &str = "cpom-entetes";
/// Fields whose words change with the page.
const DE_PAGE: [&str; 4] = ["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"];

/// A short digest, in hexadecimal.
pub(crate) fn empreinte(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().take(8).map(|octet| format!("{octet:02x}")).collect()
}

/// Whether the instruction of a field makes a page number.
fn de_page(instruction: &str) -> bool {
    let mot = instruction.split(|c: char| c.is_whitespace() || c == '\\').find(|mot| !mot.is_empty());
    mot.is_some_and(|mot| DE_PAGE.contains(&mot.to_uppercase().as_str()))
}

/// What tracked changes took out of the text, and what they put in it.
pub(crate) const RETIRE: [&str; 2] = ["w:del", "w:moveFrom"];
pub(crate) const AJOUTE: [&str; 2] = ["w:ins", "w:moveTo"];

/// What a header or footer holds, but in the elements that are passed over; `image` gives the digest of the picture of
/// a relationship.
pub(crate) fn elements(racine: &Element, passes: [&'static str; 2], image: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut releve = Releve { image, passes, champs: Vec::new(), ligne: String::new(), sortie: Vec::new() };
    releve.visiter(racine);
    releve.finir_la_ligne();
    releve.sortie
}

/// « t:words », « i:digest of a picture », « o:what it is »: what is told of it to a reader.
pub(crate) fn en_clair(element: &str) -> &str {
    match element.split_once(':') {
        Some(("t", mots)) => mots,
        Some(("i", _)) => "une image",
        Some((_, quoi)) => quoi,
        None => element,
    }
}

struct Releve<'i> {
    image: &'i dyn Fn(&str) -> String,
    passes: [&'static str; 2],
    /// The fields that enclose this place: instruction, and whether their result has begun.
    champs: Vec<(String, bool)>,
    ligne: String,
    sortie: Vec<String>,
}

impl Releve<'_> {
    fn finir_la_ligne(&mut self) {
        let ligne = std::mem::take(&mut self.ligne);
        let mots: Vec<&str> = ligne.split_whitespace().collect();
        if !mots.is_empty() {
            self.sortie.push(format!("t:{}", mots.join(" ")));
        }
    }

    fn enfants(&mut self, element: &Element) {
        element.elements().for_each(|enfant| self.visiter(enfant));
    }

    fn visiter(&mut self, element: &Element) {
        match element.nom.as_str() {
            "w:p" => {
                // A text box stands inside a paragraph.
                let dehors = std::mem::take(&mut self.ligne);
                self.enfants(element);
                self.finir_la_ligne();
                self.ligne = dehors;
            }
            "w:pPr" | "w:rPr" | "w:sdtPr" | "w:sdtEndPr" => {}
            nom if self.passes.contains(&nom) => {}
            "w:t" | "w:delText" if !self.champs.iter().any(|(instruction, _)| de_page(instruction)) => {
                self.ligne.extend(element.enfants.iter().filter_map(|enfant| match enfant {
                    Enfant::Texte(texte) => Some(texte.as_str()),
                    Enfant::Element(_) => None,
                }));
            }
            "w:t" | "w:delText" => {}
            "w:tab" | "w:ptab" | "w:br" | "w:cr" => self.ligne.push(' '),
            "w:noBreakHyphen" => self.ligne.push('\u{2011}'),
            "w:fldSimple" => {
                self.champs.push((element.lire_attribut("w:instr").unwrap_or_default().to_owned(), true));
                self.enfants(element);
                self.champs.pop();
            }
            "w:fldChar" => match element.lire_attribut("w:fldCharType") {
                Some("begin") => self.champs.push((String::new(), false)),
                Some("separate") => self.champs.iter_mut().last().into_iter().for_each(|champ| champ.1 = true),
                _ => drop(self.champs.pop()),
            },
            "w:instrText" | "w:delInstrText" => {
                if let Some((instruction, false)) = self.champs.last_mut() {
                    instruction.extend(element.enfants.iter().filter_map(|enfant| match enfant {
                        Enfant::Texte(texte) => Some(texte.as_str()),
                        Enfant::Element(_) => None,
                    }));
                }
            }
            "w:drawing" | "w:pict" | "w:object" => {
                let avant = self.sortie.len();
                self.enfants(element);
                if self.sortie.len() == avant {
                    self.sortie.push("o:un dessin".into());
                }
            }
            "mc:AlternateContent" => {
                let choix = element.trouver("mc:Choice").or_else(|| element.trouver("mc:Fallback"));
                choix.into_iter().for_each(|choix| self.enfants(choix));
            }
            "a:blip" | "v:imagedata" => {
                let lien = ["r:embed", "r:id", "r:link", "r:pict"].iter().find_map(|nom| element.lire_attribut(nom));
                let image = lien.map(|id| (self.image)(id)).unwrap_or_default();
                self.sortie.push(format!("i:{image}"));
            }
            "v:textpath" => self.sortie.extend(element.lire_attribut("string").map(|mots| format!("f:{mots}"))),
            "w:sym" => {
                let lu = |nom: &str| element.lire_attribut(nom).unwrap_or_default().to_lowercase();
                self.sortie.push(format!("o:le symbole {} de la police {}", lu("w:char"), lu("w:font")));
            }
            "w:footnoteReference" | "w:endnoteReference" => self.sortie.push("o:une note".into()),
            "o:OLEObject" | "w:control" => self.sortie.push("o:un objet incorporé".into()),
            "w:altChunk" | "w:subDoc" => self.sortie.push("o:un document inséré".into()),
            "c:chart" => self.sortie.push("o:un graphique".into()),
            "dgm:relIds" => self.sortie.push("o:un diagramme".into()),
            "m:t" | "a:t" => {
                self.ligne.extend(element.enfants.iter().filter_map(|enfant| match enfant {
                    Enfant::Texte(texte) => Some(texte.as_str()),
                    Enfant::Element(_) => None,
                }));
            }
            _ => self.enfants(element),
        }
    }
}

/// What a header or footer names: a picture of the package, an address.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub id: String,
    /// Last word of its type.
    pub genre: String,
    pub cible: String,
    pub externe: bool,
}

/// Style of our line in a header or footer, by orientation.
pub(super) const STYLE_ENTETE: [&str; 2] = ["EntetePortrait", "EntetePaysage"];

pub(super) const STYLE_PIED: [&str; 2] = ["PiedPortrait", "PiedPaysage"];

/// Start of the name of our watermark.
pub(super) const FILIGRANE: &str = "Filigrane";

/// A header or a footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lieu {
    Entete,
    Pied,
}

impl Lieu {
    pub fn racine(self) -> &'static str {
        match self {
            Lieu::Entete => "w:hdr",
            Lieu::Pied => "w:ftr",
        }
    }
}

/// Whether a paragraph is one of those written here: our own file, saved again by a word processor or not, may be
/// taken as a house style. `nommer` gives the style its name in our file.
pub(super) fn est_notre<'s>(element: &'s Element, nommer: impl Fn(&'s str) -> Option<&'s str>) -> bool {
    let style = element.trouver("w:pPr").and_then(|p| p.valeur("w:pStyle"));
    let style = style.and_then(nommer).unwrap_or_default();
    let ligne = STYLE_ENTETE.contains(&style) || STYLE_PIED.contains(&style);
    element.nom == "w:p" && (ligne || (est_filigrane(element) && !a_des_mots(element)))
}

/// Whether it draws our watermark: its letters are known even where its name was changed.
pub(super) fn est_filigrane(element: &Element) -> bool {
    let nommee = element.nom == "v:shape" && element.lire_attribut("id").is_some_and(|id| id.starts_with(FILIGRANE));
    let ecrite = element.nom == "v:textpath" && element.lire_attribut("string") == Some("PROJET");
    nommee || ecrite || element.elements().any(est_filigrane)
}

fn a_des_mots(element: &Element) -> bool {
    element.nom == "w:t" || element.elements().any(a_des_mots)
}

#[cfg(test)]
mod tests {
    use super::super::espaces::lire_nomme;
    use super::*;

    #[test]
    fn a_header_is_its_words_and_its_pictures_without_page_numbers() {
        let xml = r#"<w:hdr><w:p><w:pPr/><w:r><w:t>Contrat</w:t><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>
            <w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>
            <w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>81</w:t></w:r></w:fldSimple>
            <w:r><w:t> fin</w:t></w:r></w:p><w:p/><w:p><w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r></w:p></w:hdr>"#;
        let lus = elements(&lire_nomme(xml.as_bytes()).unwrap(), RETIRE, &|id| format!("image de {id}"));
        assert_eq!(lus, ["t:Contrat fin", "i:image de rId7"]);
        assert_eq!(lus.iter().map(|e| en_clair(e)).collect::<Vec<_>>(), ["Contrat fin", "une image"]);
    }

    #[test]
    fn tracked_changes_are_accepted_or_rejected() {
        let xml = "<w:hdr><w:p><w:r><w:t>Contrat</w:t></w:r><w:ins><w:r><w:t> relu</w:t></w:r></w:ins>\
                   <w:del><w:r><w:delText> lu</w:delText></w:r></w:del></w:p></w:hdr>";
        let racine = lire_nomme(xml.as_bytes()).unwrap();
        let lus = [RETIRE, AJOUTE].map(|passes| elements(&racine, passes, &|_| String::new()));
        assert_eq!(lus, [["t:Contrat relu"], ["t:Contrat lu"]]);
    }
}
