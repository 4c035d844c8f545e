//! Our lists and those of a template → one numbering part. The house's come after ours, with other identifiers; its
//! heading styles no longer lead to them, since the tree says the numbers of headings.

use std::collections::BTreeSet;

use super::renommage::{Renommage, adopter_les_notations};
use crate::rendu::docx::Erreur;
use crate::rendu::docx::plan::styles::connus;
use crate::rendu::docx::xml::{Element, Enfant, ecrire, lire};

/// What is added to the identifiers of the template's lists: more than any document of ours has.
const DECALAGE: u64 = 100_000;

/// Only the lists that a style leads to are kept: nothing else of the template is printed.
pub(super) fn reunir(
    notres: &[u8],
    leurs: Option<&Element>,
    styles: &Element,
    renommage: &Renommage,
) -> Result<Vec<u8>, Erreur> {
    let mut utiles = BTreeSet::new();
    nommees(styles, &mut utiles);
    let Some(leurs) = leurs.filter(|_| !utiles.is_empty()) else { return Ok(notres.to_vec()) };
    let mut racine = lire(notres)?;
    adopter_les_notations(&mut racine, leurs);
    let mut adaptes: Vec<Element> = leurs.elements().cloned().collect();
    adaptes.retain_mut(|element| adapter(element, renommage));
    let attribut = |e: &Element, nom: &str| e.lire_attribut(nom).map(str::to_owned);
    let definies: BTreeSet<String> = adaptes.iter().filter_map(|e| attribut(e, "w:abstractNumId")).collect();
    let mut instances: Vec<Element> = adaptes.iter().filter(|e| e.nom == "w:num").cloned().collect();
    instances.retain(|num| {
        let definie = num.valeur("w:abstractNumId").is_some_and(|id| definies.contains(id));
        definie && attribut(num, "w:numId").is_some_and(|id| utiles.contains(&id))
    });
    let menees: BTreeSet<&str> = instances.iter().filter_map(|num| num.valeur("w:abstractNumId")).collect();
    let definitions = adaptes.iter().filter(|e| {
        e.nom == "w:abstractNum" && e.lire_attribut("w:abstractNumId").is_some_and(|id| menees.contains(id))
    });
    racine.enfants.extend(definitions.chain(&instances).cloned().map(Enfant::Element));
    // All definitions before all lists.
    racine.enfants.sort_by_key(|enfant| matches!(enfant, Enfant::Element(e) if e.nom == "w:num"));
    ecrire(&racine)
}

/// The template's lists that styles name, under their new identifiers.
fn nommees(element: &Element, sortie: &mut BTreeSet<String>) {
    let a_eux = |id: &&str| id.parse::<u64>().is_ok_and(|id| id >= DECALAGE);
    sortie.extend(element.valeur("w:numId").filter(a_eux).map(str::to_owned));
    element.elements().for_each(|e| nommees(e, sortie));
}

/// Whether the element could be given its new identifiers.
fn adapter(element: &mut Element, renommage: &Renommage) -> bool {
    let propres = [("w:abstractNum", "w:abstractNumId"), ("w:num", "w:numId"), ("w:abstractNumId", "w:val")];
    if let Some((_, attribut)) = propres.iter().find(|(nom, _)| *nom == element.nom) {
        let Some(decale) = element.lire_attribut(attribut).and_then(decaler) else { return false };
        element.poser(attribut, decale);
    }
    for renvoi in ["w:pStyle", "w:styleLink", "w:numStyleLink"] {
        let Some(enfant) = element.trouver_mut(renvoi) else { continue };
        let nouveau = enfant.lire_attribut("w:val").and_then(|ancien| renommage.nouveau(ancien));
        match nouveau.filter(|id| !connus().iter().any(|connu| connu.id == *id)) {
            Some(nouveau) => {
                let nouveau = nouveau.to_owned();
                enfant.poser("w:val", nouveau);
            }
            None => element.retirer(renvoi),
        }
    }
    // Picture bullets are parts of their own: the character that stands for them remains.
    element.retirer("w:lvlPicBulletId");
    element.elements_mut().all(|enfant| adapter(enfant, renommage))
}

/// The lists of a template's style, under their new identifiers; none when the template has lost them.
pub(super) fn decaler_le_style(style: &mut Element, listes: bool) {
    let Some(ppr) = style.trouver_mut("w:pPr") else { return };
    let Some(numpr) = ppr.trouver_mut("w:numPr") else { return };
    let numero = numpr.trouver_mut("w:numId");
    let decale = numero.as_ref().and_then(|n| n.lire_attribut("w:val")).and_then(|ancien| match ancien {
        "0" => Some(0),
        autre => decaler(autre),
    });
    match (numero, decale) {
        (Some(numero), Some(decale)) if listes || decale == 0 => numero.poser("w:val", decale),
        (None, _) if listes => {}
        _ => ppr.retirer("w:numPr"),
    }
}

fn decaler(id: &str) -> Option<u64> {
    id.parse::<u32>().ok().map(|id| u64::from(id) + DECALAGE).filter(|id| *id < 2_000_000_000)
}
