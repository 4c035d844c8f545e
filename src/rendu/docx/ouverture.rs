//! The bytes of a Word file of anyone's → its parts, found by relationships and content types whatever their names.
//! It must not know what the parts hold.

use super::archive::Archive;
use super::espaces::lire_nomme;
use super::xml::{Element, lire};

/// What begins a file of Word 97, or an encrypted one.
pub(crate) const ANCIEN: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const STRICT: &str = "http://purl.oclc.org/ooxml/";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const WORD_A_MACROS: &str = "application/vnd.ms-word.";
/// The most bytes of a part in XML: its tree takes some twenty times as many.
const PARTIE_MAX: u64 = 40 * 1024 * 1024;

/// Why a file cannot be read as a Word document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refus {
    /// Word 97, or a file under a password.
    Ancien,
    /// No zip, or one without the parts that make a Word document.
    PasWord,
    /// A document of the same family: « application/vnd….spreadsheetml.sheet.main+xml ».
    AutreGenre(String),
    Macros,
    /// A part that is damaged, or out of measure.
    Partie(String),
}

/// A relationship of a part.
#[derive(Debug, Clone)]
pub(crate) struct Lien {
    pub id: String,
    /// Last word of its type: « image », « header ».
    pub genre: String,
    /// Place in the package, or address when it is elsewhere.
    pub cible: String,
    pub externe: bool,
    /// Whether the file is in Strict Open XML.
    pub strict: bool,
}

/// A Word file being read.
pub(crate) struct Ouverture<'o> {
    archive: Archive<'o>,
    types: Element,
    /// Place of the main part.
    document: String,
    /// Relationships of the main part.
    liens: Vec<Lien>,
    strict: bool,
}

impl<'o> Ouverture<'o> {
    /// `max` is the most bytes to unpack of it, all parts together.
    pub fn ouvrir(octets: &'o [u8], max: u64) -> Result<Self, Refus> {
        if octets.starts_with(ANCIEN) {
            return Err(Refus::Ancien);
        }
        let archive = Archive::ouvrir(octets, max).ok_or(Refus::PasWord)?;
        let (types, document) = (Element::default(), String::new());
        let mut ouverture = Ouverture { archive, types, document, liens: Vec::new(), strict: false };
        ouverture.types = ouverture.nommee("[Content_Types].xml")?.ok_or(Refus::PasWord)?;
        let racine = ouverture.relations("")?;
        let principal = racine.iter().find(|lien| lien.genre == "officeDocument" && !lien.externe);
        let principal = principal.map(|lien| lien.cible.clone()).or_else(|| ouverture.de_type("document.main+xml"));
        ouverture.document = principal.ok_or(Refus::PasWord)?;
        let contenu = ouverture.contenu(&ouverture.document).unwrap_or_default().to_owned();
        if contenu.starts_with(WORD_A_MACROS) {
            return Err(Refus::Macros);
        }
        if !["document.main+xml", "template.main+xml"].iter().any(|fin| contenu.strip_prefix(WORD) == Some(fin)) {
            return Err(if contenu.ends_with(".main+xml") { Refus::AutreGenre(contenu) } else { Refus::PasWord });
        }
        ouverture.liens = ouverture.relations(&ouverture.document.clone())?;
        if ouverture.liens.iter().any(|lien| lien.genre == "vbaProject") {
            return Err(Refus::Macros);
        }
        ouverture.strict = racine.iter().chain(&ouverture.liens).any(|lien| lien.strict);
        Ok(ouverture)
    }

    /// Whether it is in Strict Open XML.
    pub fn strict(&self) -> bool {
        self.strict
    }

    /// The place of the main part.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The relationships of the main part.
    pub fn liens(&self) -> &[Lien] {
        &self.liens
    }

    /// A part as a tree, names as they are written; `None` when it is not there.
    pub fn xml(&mut self, chemin: &str) -> Result<Option<Element>, Refus> {
        self.arbre(chemin, lire)
    }

    /// A part as a tree, names as we know them.
    pub fn nommee(&mut self, chemin: &str) -> Result<Option<Element>, Refus> {
        self.arbre(chemin, lire_nomme)
    }

    fn arbre(
        &mut self,
        chemin: &str,
        lire: fn(&[u8]) -> Result<Element, super::Erreur>,
    ) -> Result<Option<Element>, Refus> {
        let illisible = || Refus::Partie(chemin.to_owned());
        let Some(octets) = self.archive.lire_au_plus(chemin, PARTIE_MAX).map_err(|_| illisible())? else {
            return Ok(None);
        };
        lire(&octets).map(Some).map_err(|_| illisible())
    }

    pub fn octets(&mut self, chemin: &str) -> Result<Option<Vec<u8>>, Refus> {
        self.archive.lire(chemin).map_err(|_| Refus::Partie(chemin.to_owned()))
    }

    /// The relationships of a part; of the package itself for an empty name.
    pub fn relations(&mut self, chemin: &str) -> Result<Vec<Lien>, Refus> {
        let (dossier, fichier) = chemin.rsplit_once('/').unwrap_or(("", chemin));
        let separateur = if dossier.is_empty() { "" } else { "/" };
        let relations = self.nommee(&format!("{dossier}{separateur}_rels/{fichier}.rels"))?;
        Ok(relations.iter().flat_map(Element::elements).map(|relation| lien(relation, dossier)).collect())
    }

    /// The places of the parts of a kind that the main part names (« comments »); without a relationship, those that the content
    /// types say to be of that kind, or the one that has its usual name.
    pub fn parties(&self, genre: &str) -> Vec<String> {
        let mut parties: Vec<String> =
            self.liens.iter().filter(|l| l.genre == genre && !l.externe).map(|l| l.cible.clone()).collect();
        if parties.is_empty() {
            let dossier = self.document.rsplit_once('/').map_or("", |(dossier, _)| dossier);
            let usuel = resoudre(dossier, &format!("{genre}.xml"));
            let usuel = self.archive.contient(&usuel).then_some(usuel);
            parties.extend(self.de_type(&format!("{genre}+xml")).or(usuel));
        }
        parties
    }

    /// The place of a part whose content type ends so.
    fn de_type(&self, fin: &str) -> Option<String> {
        let du_type = |t: &&Element| {
            let contenu = t.lire_attribut("ContentType").and_then(|contenu| contenu.strip_prefix(WORD));
            t.nom == "Override" && contenu == Some(fin)
        };
        let nom = self.types.elements().find(du_type)?.lire_attribut("PartName")?;
        Some(resoudre("", nom))
    }

    /// The content type of a part.
    pub fn contenu(&self, chemin: &str) -> Option<&str> {
        let egal = |element: &Element, nom: &str, valeur: &str| {
            element.lire_attribut(nom).is_some_and(|lu| lu.trim_start_matches('/').eq_ignore_ascii_case(valeur))
        };
        let extension = chemin.rsplit_once('.').map_or("", |(_, extension)| extension);
        let propre = self.types.elements().find(|t| t.nom == "Override" && egal(t, "PartName", chemin));
        let commun = || self.types.elements().find(|t| t.nom == "Default" && egal(t, "Extension", extension));
        propre.or_else(commun)?.lire_attribut("ContentType")
    }
}

fn lien(relation: &Element, dossier: &str) -> Lien {
    let lire = |nom: &str| relation.lire_attribut(nom).unwrap_or_default();
    let externe = lire("TargetMode") == "External";
    let cible = if externe { lire("Target").to_owned() } else { resoudre(dossier, lire("Target")) };
    let type_ = lire("Type");
    // Word's own extensions (vbaProject) have another prefix and are known by their last word too.
    let genre = type_.strip_prefix(RELATIONS).or(type_.rsplit('/').next()).unwrap_or_default();
    let genre = match genre {
        // Strict says « coreProperties » like the others, but for this one.
        "metadata/core-properties" => "core-properties",
        autre => autre,
    };
    Lien { id: lire("Id").to_owned(), genre: genre.to_owned(), cible, externe, strict: type_.starts_with(STRICT) }
}

/// The place in the package of a target written in a part of this folder.
pub(crate) fn resoudre(dossier: &str, cible: &str) -> String {
    let cible = decoder(cible).replace('\\', "/");
    // A fragment names a place inside the part.
    let cible = cible.split('#').next().unwrap_or_default();
    let depart = if cible.starts_with('/') { "" } else { dossier };
    let mut morceaux: Vec<&str> = depart.split('/').filter(|m| !m.is_empty()).collect();
    for morceau in cible.split('/') {
        match morceau {
            "" | "." => {}
            ".." => {
                morceaux.pop();
            }
            nom => morceaux.push(nom),
        }
    }
    morceaux.join("/")
}

/// « mon%20texte.xml » as the zip has it.
fn decoder(cible: &str) -> String {
    let octets = cible.as_bytes();
    let mut sortie = Vec::with_capacity(octets.len());
    let mut rang = 0;
    while let Some(octet) = octets.get(rang) {
        let code = octets.get(rang + 1..rang + 3).filter(|_| *octet == b'%');
        let code = code.and_then(|c| std::str::from_utf8(c).ok()).and_then(|c| u8::from_str_radix(c, 16).ok());
        sortie.push(code.unwrap_or(*octet));
        rang += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(sortie).unwrap_or_else(|_| cible.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_place_whatever_the_way_it_is_written() {
        for (dossier, cible, attendu) in [
            ("word", "comments2.xml", "word/comments2.xml"),
            ("word", "/word/comments.xml", "word/comments.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("word", "./notes/mes%20notes.xml", "word/notes/mes notes.xml"),
            ("word", r"notes\x.xml", "word/notes/x.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "../../../x.xml", "x.xml"),
            ("word", "a%zz.xml#b", "word/a%zz.xml"),
        ] {
            assert_eq!(resoudre(dossier, cible), attendu);
        }
    }
}
