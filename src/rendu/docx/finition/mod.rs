//! The finishing pass: makes what docx-rs wrote conform to ECMA-376.
//!
//! It orders children as the standard asks, drops empty properties and docx-rs's process-wide
//! identifiers, and adds what docx-rs cannot say (table properties and repeated header rows, sections,
//! external links, alternative texts) from `Complements`, kept by `corps` in document order.

mod champs;

use super::Erreur;
use super::corps::{Complements, FicheTableau, MARQUE_LIEN, MARQUE_SOMMAIRE};
use super::ordre::{ORDRE_PPR, ORDRE_RPR, ordonner};
use super::xml::{Element, Enfant, ecrire, lire};

const ORDRE_TCPR: &[&str] = &[
    "cnfStyle",
    "tcW",
    "gridSpan",
    "hMerge",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
    "headers",
    "cellIns",
    "cellDel",
    "cellMerge",
    "tcPrChange",
];
const ORDRE_NUMPR: &[&str] = &["ilvl", "numId", "numberingChange", "ins"];

/// Rewrites the body part.
pub(super) fn finir(octets: &[u8], complements: &Complements) -> Result<Vec<u8>, Erreur> {
    let mut racine = lire(octets)?;
    let mut passe = Passe { complements, tableaux: 0, sections: 0, dessins: 0 };
    passe.visiter(&mut racine)?;
    if (passe.tableaux, passe.sections, passe.dessins)
        != (complements.tableaux.len(), complements.sections.len(), complements.dessins.len())
    {
        return Err(Erreur::Structure("des compléments n'ont pas trouvé leur place"));
    }
    champs::poser(&mut racine, complements);
    ecrire(&racine)
}

struct Passe<'a> {
    complements: &'a Complements,
    tableaux: usize,
    sections: usize,
    dessins: usize,
}

impl Passe<'_> {
    fn visiter(&mut self, element: &mut Element) -> Result<(), Erreur> {
        // Paragraph identifiers come from a counter of the process: they would differ at each printing.
        element.attributs.retain(|(nom, _)| nom != "w14:paraId");
        match element.nom.as_str() {
            "w:tbl" => self.tableau(element)?,
            "w:sectPr" => {
                *element = suivant(&self.complements.sections, &mut self.sections, "section")?.clone();
                return Ok(());
            }
            "wp:docPr" => self.dessin(element)?,
            "w:hyperlink" => lien(element),
            "w:sdt" => controle(element),
            _ => {}
        }
        for enfant in element.elements_mut() {
            self.visiter(enfant)?;
        }
        match element.nom.as_str() {
            "w:pPr" => ordonner(element, ORDRE_PPR),
            "w:rPr" => ordonner(element, ORDRE_RPR),
            "w:tcPr" => ordonner(element, ORDRE_TCPR),
            "w:numPr" => ordonner(element, ORDRE_NUMPR),
            _ => {}
        }
        const FACULTATIFS: [&str; 4] = ["w:rPr", "w:pPr", "w:tcPr", "w:trPr"];
        element.enfants.retain(|enfant| match enfant {
            Enfant::Element(e) => !(e.est_vide() && FACULTATIFS.contains(&e.nom.as_str())),
            Enfant::Texte(_) => true,
        });
        Ok(())
    }

    fn tableau(&mut self, element: &mut Element) -> Result<(), Erreur> {
        let fiche = suivant(&self.complements.tableaux, &mut self.tableaux, "tableau")?;
        element.retirer("w:tblPr");
        element.retirer("w:tblGrid");
        for (rang, ligne) in element.elements_mut().filter(|e| e.nom == "w:tr").enumerate() {
            ligne.retirer("w:trPr");
            ligne.enfants.insert(0, Enfant::Element(fiche.proprietes_ligne(rang)));
        }
        element.enfants.splice(0..0, [Enfant::Element(fiche.proprietes()), Enfant::Element(fiche.grille())]);
        Ok(())
    }

    fn dessin(&mut self, element: &mut Element) -> Result<(), Erreur> {
        let dessin = suivant(&self.complements.dessins, &mut self.dessins, "image")?;
        element.poser("id", self.dessins);
        element.poser("name", format!("Image {}", self.dessins));
        element.poser("descr", &dessin.alternative);
        Ok(())
    }
}

fn suivant<'a, T>(liste: &'a [T], rang: &mut usize, quoi: &'static str) -> Result<&'a T, Erreur> {
    let element = liste.get(*rang).ok_or(Erreur::Structure(quoi))?;
    *rang += 1;
    Ok(element)
}

impl FicheTableau {
    fn proprietes(&self) -> Element {
        let mut tblpr = Element::nouveau("w:tblPr")
            .enfant(Element::val("w:tblStyle", self.style))
            .enfant(largeur("w:tblW", self.grille.iter().sum()))
            .enfant(Element::nouveau("w:tblLayout").attribut("w:type", "fixed"))
            .enfant(
                Element::val("w:tblLook", if self.premiere_colonne { "0680" } else { "0620" })
                    .attribut("w:firstRow", u8::from(self.entetes > 0))
                    .attribut("w:lastRow", 0)
                    .attribut("w:firstColumn", u8::from(self.premiere_colonne))
                    .attribut("w:lastColumn", 0)
                    .attribut("w:noHBand", 1)
                    .attribut("w:noVBand", 1),
            );
        if let Some(legende) = &self.legende {
            tblpr = tblpr.enfant(Element::val("w:tblCaption", legende));
        }
        tblpr
    }

    fn grille(&self) -> Element {
        self.grille.iter().fold(Element::nouveau("w:tblGrid"), |grille, l| {
            grille.enfant(Element::nouveau("w:gridCol").attribut("w:w", l))
        })
    }

    fn proprietes_ligne(&self, rang: usize) -> Element {
        let mut trpr = Element::nouveau("w:trPr");
        if self.insecables.get(rang).copied().unwrap_or(false) {
            trpr = trpr.enfant(Element::nouveau("w:cantSplit"));
        }
        if let Some(hauteur) = self.hauteur {
            trpr = trpr.enfant(Element::val("w:trHeight", hauteur).attribut("w:hRule", "atLeast"));
        }
        if rang < self.entetes {
            trpr = trpr.enfant(Element::nouveau("w:tblHeader"));
        }
        trpr
    }
}

fn largeur(nom: &str, twips: u32) -> Element {
    Element::nouveau(nom).attribut("w:w", twips).attribut("w:type", "dxa")
}

/// A link to the web is written by `inlines` as an anchor that names its relationship.
fn lien(element: &mut Element) {
    let rang = element.lire_attribut("w:anchor").and_then(|a| a.strip_prefix(MARQUE_LIEN)).map(str::to_owned);
    if let Some(rang) = rang {
        element.attributs.retain(|(nom, _)| nom != "w:anchor");
        element.attributs.insert(0, ("r:id".to_owned(), format!("rIdLien{rang}")));
    }
}

/// The table of contents becomes the building block Word offers to update.
fn controle(element: &mut Element) {
    let alias = element.trouver("w:sdtPr").and_then(|p| p.trouver("w:alias")).and_then(|a| a.lire_attribut("w:val"));
    if alias != Some(MARQUE_SOMMAIRE) {
        return;
    }
    if let Some(proprietes) = element.elements_mut().find(|e| e.nom == "w:sdtPr") {
        proprietes.enfants = vec![Enfant::Element(
            Element::nouveau("w:docPartObj")
                .enfant(Element::val("w:docPartGallery", "Table of Contents"))
                .enfant(Element::nouveau("w:docPartUnique")),
        )];
    }
}
