//! The package of a template → its parts by relationship, or the reason why it is no template.

use super::GabaritRefuse;
use crate::rendu::docx::paquet::Archive;
use crate::rendu::docx::xml::{Element, lire};

/// The most that is unpacked of a template, in bytes.
const MAX: u64 = 64 * 1024 * 1024;
/// What begins a file of Word 97, or an encrypted one.
const ANCIEN: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const RELATIONS_STRICTES: &str = "http://purl.oclc.org/ooxml/";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const WORD_A_MACROS: &str = "application/vnd.ms-word.";

/// A relationship of a part.
#[derive(Debug, Clone)]
pub(super) struct Lien {
    pub id: String,
    /// Last word of its type: « image », « header ».
    pub genre: String,
    /// Place in the package, or address when it is elsewhere.
    pub cible: String,
    pub externe: bool,
}

/// A template being read.
pub(super) struct Paquet<'o> {
    archive: Archive<'o>,
    types: Element,
    /// Place of the main part.
    document: String,
    liens: Vec<Lien>,
}

impl<'o> Paquet<'o> {
    pub fn ouvrir(octets: &'o [u8]) -> Result<Self, GabaritRefuse> {
        if octets.starts_with(ANCIEN) {
            return Err(GabaritRefuse::Ancien);
        }
        let archive = Archive::ouvrir(octets, MAX).ok_or(GabaritRefuse::PasWord)?;
        let mut paquet = Paquet { archive, types: Element::default(), document: String::new(), liens: Vec::new() };
        paquet.types = paquet.xml("[Content_Types].xml")?.ok_or(GabaritRefuse::PasWord)?;
        let racine = paquet.relations("")?;
        let principal = racine.into_iter().find(|lien| lien.genre == "officeDocument");
        paquet.document = principal.ok_or(GabaritRefuse::PasWord)?.cible;
        let contenu = paquet.contenu(&paquet.document).unwrap_or_default();
        if contenu.starts_with(WORD_A_MACROS) {
            return Err(GabaritRefuse::Macros);
        }
        if !["document.main+xml", "template.main+xml"].iter().any(|fin| contenu.strip_prefix(WORD) == Some(fin)) {
            return Err(GabaritRefuse::PasWord);
        }
        paquet.liens = paquet.relations(&paquet.document.clone())?;
        if paquet.liens.iter().any(|lien| lien.genre == "vbaProject") {
            return Err(GabaritRefuse::Macros);
        }
        Ok(paquet)
    }

    /// The main part.
    pub fn document(&mut self) -> Result<Element, GabaritRefuse> {
        let chemin = self.document.clone();
        self.xml(&chemin)?.ok_or(GabaritRefuse::PartieIllisible(chemin))
    }

    /// The place of the part that the main one names by this identifier.
    pub fn cible(&self, id: &str) -> Option<&str> {
        self.liens.iter().find(|lien| lien.id == id && !lien.externe).map(|lien| lien.cible.as_str())
    }

    /// The part of a kind that the main one names.
    pub fn xml_lie(&mut self, genre: &str) -> Result<Option<Element>, GabaritRefuse> {
        let lien = self.liens.iter().find(|lien| lien.genre == genre && !lien.externe);
        match lien.map(|lien| lien.cible.clone()) {
            Some(chemin) => self.xml(&chemin),
            None => Ok(None),
        }
    }

    /// A part as a tree; `None` when it is not there.
    pub fn xml(&mut self, chemin: &str) -> Result<Option<Element>, GabaritRefuse> {
        let Some(octets) = self.octets(chemin)? else { return Ok(None) };
        lire(&octets).map(Some).map_err(|_| GabaritRefuse::PartieIllisible(chemin.to_owned()))
    }

    pub fn octets(&mut self, chemin: &str) -> Result<Option<Vec<u8>>, GabaritRefuse> {
        self.archive.lire(chemin).map_err(|_| GabaritRefuse::PartieIllisible(chemin.to_owned()))
    }

    /// The relationships of a part; of the package itself for an empty name.
    pub fn relations(&mut self, chemin: &str) -> Result<Vec<Lien>, GabaritRefuse> {
        let (dossier, fichier) = chemin.rsplit_once('/').unwrap_or(("", chemin));
        let separateur = if dossier.is_empty() { "" } else { "/" };
        let relations = self.xml(&format!("{dossier}{separateur}_rels/{fichier}.rels"))?;
        let mut sortie = Vec::new();
        for relation in relations.iter().flat_map(Element::elements) {
            let lire = |nom: &str| relation.lire_attribut(nom).unwrap_or_default();
            if lire("Type").starts_with(RELATIONS_STRICTES) {
                return Err(GabaritRefuse::Strict);
            }
            let externe = lire("TargetMode") == "External";
            let cible = if externe { lire("Target").to_owned() } else { resoudre(dossier, lire("Target")) };
            let genre = lire("Type").rsplit('/').next().unwrap_or_default();
            // Word's own extensions (vbaProject) have another prefix and are known by their last word too.
            let genre = lire("Type").strip_prefix(RELATIONS).unwrap_or(genre).to_owned();
            sortie.push(Lien { id: lire("Id").to_owned(), genre, cible, externe });
        }
        Ok(sortie)
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

/// The place in the package of a target written in a part of this folder.
fn resoudre(dossier: &str, cible: &str) -> String {
    if let Some(absolu) = cible.strip_prefix('/') {
        return absolu.to_owned();
    }
    let mut morceaux: Vec<&str> = dossier.split('/').filter(|m| !m.is_empty()).collect();
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
