//! The sections of a template → its margins, its headers and footers, and the pictures that these show.

use std::sync::Arc;

use super::paquet::Paquet;
use super::refus::GabaritRefuse;
use super::renommage::Renommage;
use crate::rendu::docx::bandeaux::{Lieu, Relation, est_filigrane, est_notre};
use crate::rendu::docx::plan::sections::{Geometrie, Marges, Section};
use crate::rendu::docx::xml::{Element, Enfant, W};

/// Least width and height of the text: 10 cm and 8 cm.
const LARGEUR_MIN: u32 = 5_670;
const HAUTEUR_MIN: u32 = 4_536;
/// Longest measure that a page can hold, in twentieths of a point: what Word itself takes.
const MESURE_MAX: i32 = 31_680;

/// A header or footer of the house, cleaned of what only its own file can hold.
#[derive(Debug, Clone)]
pub(in crate::rendu::docx) struct BandeauMaison {
    pub element: Element,
    pub relations: Vec<Relation>,
    /// Whether it prints the number of the page.
    pub numerote: bool,
}

/// A section of the template: its own margins, and its headers and footers or those of the section before.
#[derive(Debug, Clone, Default)]
struct SectionMaison {
    paysage: bool,
    marges: Option<Marges>,
    /// Whether its first page has headers of its own.
    premiere_a_part: bool,
    /// Identifier by place and kind (`default`, `first`, `even`).
    references: Vec<(Lieu, String, String)>,
}

/// What the template says of pages.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// Its first section: that of its first page, our cover.
    garde: SectionMaison,
    portrait: SectionMaison,
    /// Nothing when the template has no landscape page.
    paysage: Option<SectionMaison>,
    bandeaux: Vec<(String, BandeauMaison)>,
}

impl Sections {
    pub fn lire(
        paquet: &mut Paquet<'_>,
        renommage: &Renommage,
        pages_paires: bool,
        copies: &mut Vec<Copie>,
    ) -> Result<Self, GabaritRefuse> {
        let document = paquet.document()?;
        if document.lire_attribut("xmlns:w") != Some(W) {
            let strict = document.attributs.iter().any(|(_, valeur)| valeur.starts_with("http://purl.oclc.org/ooxml/"));
            return Err(if strict { GabaritRefuse::Strict } else { GabaritRefuse::PasWord });
        }
        let mut proprietes = Vec::new();
        ramasser(&document, &mut proprietes);
        let mut toutes: Vec<SectionMaison> = Vec::new();
        for sectpr in proprietes {
            let heritees = toutes.last().map(|s| s.references.clone()).unwrap_or_default();
            toutes.push(section(sectpr, heritees)?);
        }
        // A cover may be a section of its own: the body is the last one that is dressed.
        let derniere = |paysage: bool| {
            let de_ce_sens = || toutes.iter().rev().filter(move |s| s.paysage == paysage);
            de_ce_sens().find(|s| !s.references.is_empty()).or_else(|| de_ce_sens().next())
        };
        let portrait = derniere(false).or_else(|| toutes.last()).cloned().unwrap_or_default();
        let garde = toutes.first().cloned().unwrap_or_default();
        let mut sections = Sections { garde, portrait, paysage: derniere(true).cloned(), bandeaux: Vec::new() };
        // What a template keeps but does not show (Word forgets nothing) is not read.
        let montre = |s: &&SectionMaison, genre: &str, garde: bool| match genre {
            "first" => garde && s.premiere_a_part,
            "even" => pages_paires,
            _ => true,
        };
        let references: Vec<(Lieu, String)> = std::iter::once((&sections.garde, true))
            .chain(std::iter::once(&sections.portrait).chain(&sections.paysage).map(|s| (s, false)))
            .flat_map(|(s, garde)| {
                let montres = s.references.iter().filter(move |(_, genre, _)| montre(&s, genre, garde));
                montres.map(|(lieu, _, id)| (*lieu, id.clone()))
            })
            .collect();
        for (lieu, id) in references {
            if sections.bandeaux.iter().any(|(lu, _)| *lu == id) {
                continue;
            }
            let Some(chemin) = paquet.cible(&id).map(str::to_owned) else { continue };
            if let Some(bandeau) = bandeau(paquet, &chemin, lieu, renommage, copies)? {
                sections.bandeaux.push((id, bandeau));
            }
        }
        Ok(sections)
    }

    /// The margins, ours where the template says nothing.
    pub fn geometrie(&self) -> Result<Geometrie, GabaritRefuse> {
        let notre = Geometrie::default();
        let portrait = self.portrait.marges.unwrap_or(notre.portrait);
        // Without a landscape page of its own, the sides stay as narrow as ours: tables there are wide.
        let paysage = self.paysage.as_ref().and_then(|s| s.marges).unwrap_or(Marges {
            gauche: portrait.gauche.min(notre.paysage.gauche),
            droite: portrait.droite.min(notre.paysage.droite),
            ..portrait
        });
        let geometrie = Geometrie { portrait, paysage };
        let tient = [Section::Portrait, Section::Paysage]
            .iter()
            .all(|s| geometrie.largeur(*s) >= LARGEUR_MIN && geometrie.hauteur(*s) >= HAUTEUR_MIN);
        if tient { Ok(geometrie) } else { Err(GabaritRefuse::Marges) }
    }

    /// What stands there: the first page of the template is our cover.
    pub fn bandeau(&self, section: Section, lieu: Lieu, pair: bool) -> Option<&BandeauMaison> {
        let maison = match (section, &self.paysage) {
            (Section::Garde, _) => &self.garde,
            (Section::Paysage, Some(paysage)) => paysage,
            _ => &self.portrait,
        };
        let genre = match section {
            Section::Garde if maison.premiere_a_part => "first",
            _ if pair => "even",
            _ => "default",
        };
        let (_, _, id) = maison.references.iter().find(|(l, g, _)| *l == lieu && g == genre)?;
        self.bandeaux.iter().find(|(lu, _)| lu == id).map(|(_, bandeau)| bandeau)
    }
}

fn en_mots(lieu: Lieu) -> &'static str {
    match lieu {
        Lieu::Entete => "en-tête",
        Lieu::Pied => "pied de page",
    }
}

/// The properties of the sections, in the order of the text.
fn ramasser<'e>(element: &'e Element, sortie: &mut Vec<&'e Element>) {
    for enfant in element.elements() {
        match enfant.nom.as_str() {
            "w:sectPr" => sortie.push(enfant),
            // What a tracked change remembers is no section.
            "w:sectPrChange" | "w:pPrChange" => {}
            _ => ramasser(enfant, sortie),
        }
    }
}

fn section(sectpr: &Element, heritees: Vec<(Lieu, String, String)>) -> Result<SectionMaison, GabaritRefuse> {
    let mut references = heritees;
    for element in sectpr.elements() {
        let lieu = match element.nom.as_str() {
            "w:headerReference" => Lieu::Entete,
            "w:footerReference" => Lieu::Pied,
            _ => continue,
        };
        let lire = |nom: &str| element.lire_attribut(nom).unwrap_or_default().to_owned();
        let genre = lire("w:type");
        references.retain(|(l, g, _)| !(*l == lieu && *g == genre));
        references.push((lieu, genre, lire("r:id")));
    }
    let page = sectpr.trouver("w:pgSz");
    let cote = |nom: &str| page.and_then(|p| p.lire_attribut(nom)).and_then(twips);
    let couchee = matches!((cote("w:w"), cote("w:h")), (Some(largeur), Some(hauteur)) if largeur > hauteur);
    let paysage = couchee || page.and_then(|p| p.lire_attribut("w:orient")) == Some("landscape");
    let premiere_a_part =
        sectpr.trouver("w:titlePg").is_some_and(|e| !matches!(e.lire_attribut("w:val"), Some("0" | "false" | "off")));
    Ok(SectionMaison { paysage, marges: marges(sectpr)?, premiere_a_part, references })
}

fn marges(sectpr: &Element) -> Result<Option<Marges>, GabaritRefuse> {
    let Some(element) = sectpr.trouver("w:pgMar") else { return Ok(None) };
    let mesure = |nom: &str, defaut: i32| match element.lire_attribut(nom) {
        None => Ok(defaut),
        Some(lue) => twips(lue).filter(|m| m.abs() <= MESURE_MAX).ok_or(GabaritRefuse::Marges),
    };
    let positive = |nom: &str, defaut: i32| u32::try_from(mesure(nom, defaut)?).map_err(|_| GabaritRefuse::Marges);
    Ok(Some(Marges {
        haut: mesure("w:top", 1_418)?,
        bas: mesure("w:bottom", 1_418)?,
        gauche: positive("w:left", 1_418)?,
        droite: positive("w:right", 1_418)?,
        reliure: positive("w:gutter", 0)?,
        entete: positive("w:header", 709)?,
        pied: positive("w:footer", 709)?,
    }))
}

/// A measure in twentieths of a point; some programs write one with decimals, or with its unit.
fn twips(texte: &str) -> Option<i32> {
    const UNITES: [(&str, f64); 5] =
        [("pt", 20.0), ("in", 1_440.0), ("cm", 1_440.0 / 2.54), ("mm", 144.0 / 2.54), ("", 1.0)];
    let (nombre, par_unite) = UNITES.iter().find_map(|(unite, par)| Some((texte.strip_suffix(unite)?, par)))?;
    let mesure = nombre.parse::<f64>().ok()? * par_unite;
    (mesure.abs() <= f64::from(MESURE_MAX)).then_some(mesure.round() as i32)
}

/// The fields that fetch something: none is taken into a contract.
const CHAMPS_REFUSES: [&str; 8] =
    ["INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "LINK", "DDE", "DDEAUTO", "DATABASE", "IMPORT"];

fn controler_les_champs(mots: &[String], lieu: Lieu) -> Result<(), GabaritRefuse> {
    match mots.iter().find(|mot| CHAMPS_REFUSES.contains(&mot.as_str())) {
        Some(champ) => Err(GabaritRefuse::Champ { lieu: en_mots(lieu), champ: champ.clone() }),
        None => Ok(()),
    }
}

/// An old drawing may name its picture by an address instead of a relationship.
fn controler_les_adresses(element: &Element, lieu: Lieu) -> Result<(), GabaritRefuse> {
    if element.nom == "v:imagedata"
        && let Some((_, adresse)) = element.attributs.iter().find(|(nom, _)| nom == "src" || nom == "o:href")
    {
        return Err(GabaritRefuse::ImageExterne { lieu: en_mots(lieu), adresse: adresse.clone() });
    }
    element.elements().try_for_each(|e| controler_les_adresses(e, lieu))
}

/// Reads a header or footer, and the pictures that it shows; `None` when it holds nothing.
fn bandeau(
    paquet: &mut Paquet<'_>,
    chemin: &str,
    lieu: Lieu,
    renommage: &Renommage,
    copies: &mut Vec<Copie>,
) -> Result<Option<BandeauMaison>, GabaritRefuse> {
    let Some(mut element) = paquet.xml(chemin)? else { return Ok(None) };
    if element.nom != lieu.racine() {
        return Err(GabaritRefuse::PartieIllisible(chemin.to_owned()));
    }
    let mut relations = Vec::new();
    for lien in paquet.relations(chemin)? {
        let cible = match (lien.genre.as_str(), lien.externe) {
            ("hyperlink", _) => lien.cible,
            ("image", true) => {
                return Err(GabaritRefuse::ImageExterne { lieu: en_mots(lieu), adresse: lien.cible });
            }
            ("image", false) => image(paquet, &lien.cible, lieu, copies)?,
            _ => return Err(GabaritRefuse::Objet { lieu: en_mots(lieu) }),
        };
        relations.push(Relation { id: lien.id, genre: lien.genre, cible, externe: lien.externe });
    }
    nettoyer(&mut element, renommage);
    if element.enfants.is_empty() {
        return Ok(None);
    }
    let champs = instructions(&element).to_uppercase();
    let champs: Vec<String> = champs.split(|c: char| c.is_whitespace() || c == '\\').map(str::to_owned).collect();
    controler_les_champs(&champs, lieu)?;
    controler_les_adresses(&element, lieu)?;
    let numerote = champs.iter().any(|mot| mot == "PAGE");
    Ok(Some(BandeauMaison { element, relations, numerote }))
}

/// Copies a picture, and says where it is from the folder of the headers.
fn image(paquet: &mut Paquet<'_>, chemin: &str, lieu: Lieu, copies: &mut Vec<Copie>) -> Result<String, GabaritRefuse> {
    let contenu = paquet.contenu(chemin).unwrap_or_default().to_owned();
    let extension = chemin.rsplit_once('.').map_or("", |(_, extension)| extension);
    let nom = extension.bytes().all(|o| o.is_ascii_alphanumeric()) && (1..=5).contains(&extension.len());
    if !contenu.starts_with("image/") || !nom {
        let fichier = chemin.rsplit('/').next().unwrap_or(chemin).to_owned();
        return Err(GabaritRefuse::Image { lieu: en_mots(lieu), fichier });
    }
    let octets = paquet.octets(chemin)?.ok_or_else(|| GabaritRefuse::PartieIllisible(chemin.to_owned()))?;
    if let Some(deja) = copies.iter().find(|copie| *copie.octets == *octets) {
        return Ok(deja.fichier.clone());
    }
    let fichier = format!("media/gabarit{}.{}", copies.len() + 1, extension.to_ascii_lowercase());
    copies.push(Copie { fichier: fichier.clone(), contenu, octets: octets.into() });
    Ok(fichier)
}

/// Takes away what only the template's own file can hold (its bookmarks, comments, tracked changes, and what is
/// ours), and gives styles their names in our file.
fn nettoyer(element: &mut Element, renommage: &Renommage) {
    for enfant in std::mem::take(&mut element.enfants) {
        let Enfant::Element(mut e) = enfant else {
            element.enfants.push(enfant);
            continue;
        };
        match e.nom.as_str() {
            "w:bookmarkStart"
            | "w:bookmarkEnd"
            | "w:commentRangeStart"
            | "w:commentRangeEnd"
            | "w:proofErr"
            | "w:permStart"
            | "w:permEnd"
            | "w:del"
            | "w:moveFrom"
            | "w:rPrChange"
            | "w:pPrChange"
            | "w:dataBinding" => {}
            // Its lists are not ours: an identifier of theirs would lead to another list here.
            "w:numPr" => {}
            "w:r" if est_filigrane(&e) => {}
            _ if est_notre(&e, |id| renommage.nouveau(id)) => {}
            "w:ins" | "w:moveTo" => {
                nettoyer(&mut e, renommage);
                element.enfants.extend(e.enfants);
            }
            nom => {
                if matches!(nom, "w:pStyle" | "w:rStyle" | "w:tblStyle") {
                    let nouveau = e.lire_attribut("w:val").and_then(|ancien| renommage.nouveau(ancien));
                    let Some(nouveau) = nouveau.map(str::to_owned) else { continue };
                    e.poser("w:val", nouveau);
                }
                nettoyer(&mut e, renommage);
                element.enfants.push(Enfant::Element(e));
            }
        }
    }
}

/// The instructions of the fields: « PAGE », « NUMPAGES ».
fn instructions(element: &Element) -> String {
    let mut sortie = element.lire_attribut("w:instr").map(|i| format!(" {i} ")).unwrap_or_default();
    if element.nom == "w:fldChar" {
        sortie.push(' ');
    }
    for enfant in &element.enfants {
        match enfant {
            Enfant::Element(e) => sortie.push_str(&instructions(e)),
            Enfant::Texte(texte) if element.nom == "w:instrText" => sortie.push_str(texte),
            Enfant::Texte(_) => {}
        }
    }
    sortie
}

/// A file that the template brings as it is: a picture of a header, its theme.
#[derive(Debug, Clone)]
pub(in crate::rendu::docx) struct Copie {
    /// Its place in the package, from the folder `word/`.
    pub fichier: String,
    pub contenu: String,
    pub octets: Arc<[u8]>,
}
