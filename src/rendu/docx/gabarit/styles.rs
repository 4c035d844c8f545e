//! Our styles and those of a template → one styles part, where the house's definition of a style replaces ours.
//!
//! Styles are matched by their name, which Word keeps in English for its own (« heading 1 ») whatever its language;
//! identifiers are ours, so the body need not change. What makes the document behave (outline level, numbering
//! of headings, staying with the next paragraph) stays ours.

use std::collections::BTreeSet;

use super::renommage::{Renommage, adopter_les_notations, genre, nom};
use super::{couleurs, listes};
use crate::rendu::docx::Erreur;
use crate::rendu::docx::ordre::{ORDRE_PPR, ORDRE_RPR, ordonner};
use crate::rendu::docx::plan::numerotation::SANS_NUMERO;
use crate::rendu::docx::plan::styles::connus;
use crate::rendu::docx::xml::{Element, Enfant, ecrire, lire};

const ORDRE_STYLE: &[&str] = &[
    "name",
    "aliases",
    "basedOn",
    "next",
    "link",
    "autoRedefine",
    "hidden",
    "uiPriority",
    "semiHidden",
    "unhideWhenUsed",
    "qFormat",
    "locked",
    "personal",
    "personalCompose",
    "personalReply",
    "rsid",
    "pPr",
    "rPr",
    "tblPr",
    "trPr",
    "tcPr",
    "tblStylePr",
];
/// What of a paragraph style makes the document behave: ours, whatever the house says.
const COMPORTEMENT: [&str; 4] = ["w:keepNext", "w:keepLines", "w:numPr", "w:outlineLvl"];
/// What a style says of other styles.
const RENVOIS: [&str; 3] = ["w:basedOn", "w:next", "w:link"];

/// What a template says of styles and lists.
pub(super) struct Modele<'g> {
    pub styles: &'g Element,
    pub renommage: &'g Renommage,
    pub listes: Option<&'g Element>,
}

/// See `Gabarit::habiller`.
pub(super) fn habiller(gabarit: &Modele<'_>, styles: &[u8], listes: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Erreur> {
    let mut racine = lire(styles)?;
    let leurs = leurs(gabarit);
    let teinte = couleurs::des_titres(|id| leurs.iter().find(|(lu, _)| lu == id).map(|(_, style)| style));
    let mut faits: BTreeSet<&str> = BTreeSet::new();
    let enfants = std::mem::take(&mut racine.enfants);
    let mut sortie = Vec::new();
    for enfant in enfants {
        let Enfant::Element(notre) = enfant else { continue };
        if notre.nom == "w:docDefaults" {
            let leur = gabarit.styles.trouver("w:docDefaults").cloned().map(en_francais);
            sortie.push(leur.unwrap_or(notre));
            sortie.extend(gabarit.styles.trouver("w:latentStyles").cloned());
            continue;
        }
        let id = notre.lire_attribut("w:styleId").unwrap_or_default();
        let leur = |id: &str| leurs.iter().find(|(lu, _)| lu == id);
        let intertitre = id.strip_prefix("Intertitre").map(|niveau| format!("Heading{niveau}"));
        match (leur(id), intertitre.and_then(|titre| leur(&titre))) {
            (Some((id, style)), _) => {
                faits.insert(id);
                sortie.push(fondre(&notre, style));
            }
            // A heading inside a clause looks like the house's headings.
            (None, Some((_, style))) => {
                let mut style = fondre(&notre, style);
                style.retirer("w:link");
                sortie.push(style);
            }
            (None, None) => sortie.push(match &teinte {
                Some(teinte) => couleurs::teindre(notre, teinte),
                None => notre,
            }),
        }
    }
    sortie.extend(leurs.iter().filter(|(id, _)| !faits.contains(id.as_str())).map(|(_, style)| style.clone()));
    sortie.iter_mut().for_each(sans_numero_herite);
    racine.enfants = sortie.into_iter().map(Enfant::Element).collect();
    adopter_les_notations(&mut racine, gabarit.styles);
    let listes = listes::reunir(listes, gabarit.listes, &racine, gabarit.renommage)?;
    Ok((ecrire(&racine)?, listes))
}

/// The template's styles under their names in our file, each once, in its order.
fn leurs(gabarit: &Modele<'_>) -> Vec<(String, Element)> {
    let renommage = gabarit.renommage;
    let mut sortie: Vec<(String, Element)> = Vec::new();
    for style in gabarit.styles.elements().filter(|e| e.nom == "w:style") {
        let Some(id) = style.lire_attribut("w:styleId").and_then(|id| renommage.nouveau(id)) else { continue };
        if sortie.iter().any(|(deja, _)| deja == id) {
            continue;
        }
        let mut style = style.clone();
        style.poser("w:styleId", id);
        let defaut = connus().iter().any(|connu| connu.id == id && connu.defaut);
        if !defaut {
            style.attributs.retain(|(nom, _)| nom != "w:default");
        }
        // Two styles of different kinds cannot have one name.
        let homonyme = connus().iter().any(|c| c.nom.to_lowercase() == nom(&style) && c.id != id);
        if homonyme && let Some(element) = style.trouver_mut("w:name") {
            let ancien = element.lire_attribut("w:val").unwrap_or_default().to_owned();
            element.poser("w:val", format!("{ancien} (gabarit)"));
        }
        for renvoi in RENVOIS {
            let Some(element) = style.trouver_mut(renvoi) else { continue };
            match element.lire_attribut("w:val").and_then(|ancien| renommage.nouveau(ancien)) {
                Some(nouveau) => {
                    let nouveau = nouveau.to_owned();
                    element.poser("w:val", nouveau);
                }
                None => style.retirer(renvoi),
            }
        }
        sans_langue(&mut style);
        listes::decaler_le_style(&mut style, gabarit.listes.is_some());
        sortie.push((id.to_owned(), style));
    }
    sans_boucle(&mut sortie);
    sortie
}

/// The number of a heading is for it alone: a style that rests on a heading prints none, unless it has its own.
fn sans_numero_herite(style: &mut Element) {
    let titre = |id: &str| connus().iter().any(|c| c.id == id && c.nom.starts_with("heading "));
    if !style.valeur("w:basedOn").is_some_and(titre) {
        return;
    }
    if style.trouver("w:pPr").is_none() {
        style.enfants.push(Enfant::Element(Element::nouveau("w:pPr")));
    }
    if let Some(ppr) = style.trouver_mut("w:pPr").filter(|ppr| ppr.trouver("w:numPr").is_none()) {
        let numpr = Element::nouveau("w:numPr").enfant(Element::val("w:numId", SANS_NUMERO));
        ppr.enfants.push(Enfant::Element(numpr));
        ordonner(ppr, ORDRE_PPR);
    }
    ordonner(style, ORDRE_STYLE);
}

/// A style that rests on itself, through others, rests on nothing.
fn sans_boucle(styles: &mut [(String, Element)]) {
    for rang in 0..styles.len() {
        let mut vus = BTreeSet::from([styles[rang].0.clone()]);
        let mut ici = rang;
        while let Some(base) = styles[ici].1.valeur("w:basedOn").map(str::to_owned) {
            if !vus.insert(base.clone()) {
                styles[ici].1.retirer("w:basedOn");
                break;
            }
            let Some(suivant) = styles.iter().position(|(id, _)| *id == base) else { break };
            ici = suivant;
        }
    }
}

/// The house's look with our behaviour.
fn fondre(notre: &Element, leur: &Element) -> Element {
    let mut style = leur.clone();
    style.attributs.clone_from(&notre.attributs);
    for nom in ["w:name", "w:next"] {
        if let Some(element) = notre.trouver(nom) {
            style.retirer(nom);
            style.enfants.push(Enfant::Element(element.clone()));
        }
    }
    if genre(notre) == "paragraph" {
        let mut ppr = style.trouver("w:pPr").cloned().unwrap_or_else(|| Element::nouveau("w:pPr"));
        ppr.retirer("w:numPr");
        let nos_ppr = notre.trouver("w:pPr");
        let nos = |nom: &str| nos_ppr.and_then(|p| p.trouver(nom)).cloned();
        for nom in COMPORTEMENT {
            if let Some(element) = nos(nom) {
                ppr.retirer(nom);
                ppr.enfants.push(Enfant::Element(element));
            }
        }
        // Word writes the leaders of a table of contents in its paragraphs, not in its styles.
        if nom(notre).starts_with("toc ") && ppr.trouver("w:tabs").is_none() {
            ppr.enfants.extend(nos("w:tabs").map(Enfant::Element));
        }
        ordonner(&mut ppr, ORDRE_PPR);
        style.retirer("w:pPr");
        if !ppr.est_vide() {
            style.enfants.push(Enfant::Element(ppr));
        }
    }
    ordonner(&mut style, ORDRE_STYLE);
    style
}

/// The text is French, whatever the language of the machine where the template was made.
fn en_francais(mut defauts: Element) -> Element {
    let mut rpr_defaut = defauts.trouver("w:rPrDefault").cloned().unwrap_or_else(|| Element::nouveau("w:rPrDefault"));
    let mut rpr = rpr_defaut.trouver("w:rPr").cloned().unwrap_or_else(|| Element::nouveau("w:rPr"));
    rpr.retirer("w:lang");
    rpr = rpr.enfant(Element::val("w:lang", "fr-FR").attribut("w:eastAsia", "fr-FR").attribut("w:bidi", "ar-SA"));
    ordonner(&mut rpr, ORDRE_RPR);
    rpr_defaut.enfants = vec![Enfant::Element(rpr)];
    defauts.retirer("w:rPrDefault");
    defauts.enfants.insert(0, Enfant::Element(rpr_defaut));
    defauts
}

fn sans_langue(element: &mut Element) {
    if element.nom == "w:rPr" {
        element.retirer("w:lang");
    }
    element.elements_mut().for_each(sans_langue);
}
