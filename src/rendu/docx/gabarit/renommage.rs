//! The styles of a template → the name that each has in our file, and the words for looking at them.

use std::collections::{BTreeMap, BTreeSet};

use crate::rendu::docx::plan::styles::connus;
use crate::rendu::docx::xml::Element;

/// The name that each style of a template has in our file.
#[derive(Debug)]
pub(super) struct Renommage(BTreeMap<String, String>);

impl Renommage {
    /// A style takes our identifier when it has our name, or when both are the default of their kind; another keeps
    /// its own, unless it is one of ours.
    pub fn de(styles: &Element) -> Self {
        let leurs = || styles.elements().filter(|e| e.nom == "w:style");
        let mut noms: BTreeMap<String, String> = BTreeMap::new();
        let mut pris: BTreeSet<String> = connus().iter().map(|connu| connu.id.to_lowercase()).collect();
        for defauts in [true, false] {
            for style in leurs().filter(|s| est_defaut(s) == defauts) {
                let Some(id) = style.lire_attribut("w:styleId") else { continue };
                let (genre, nom) = (genre(style), nom(style));
                let notre = connus().iter().find(|connu| {
                    connu.genre == genre && if defauts { connu.defaut } else { connu.nom.to_lowercase() == nom }
                });
                let nouveau = match notre {
                    Some(connu) => connu.id.clone(),
                    None => libre(id, &pris),
                };
                pris.insert(nouveau.to_lowercase());
                noms.entry(id.to_owned()).or_insert(nouveau);
            }
        }
        Renommage(noms)
    }

    pub fn nouveau(&self, ancien: &str) -> Option<&str> {
        self.0.get(ancien).map(String::as_str)
    }
}

fn libre(id: &str, pris: &BTreeSet<String>) -> String {
    let autres = (1..).map(|rang| format!("{id}Gabarit{rang}"));
    std::iter::once(id.to_owned()).chain(autres).find(|nom| !pris.contains(&nom.to_lowercase())).unwrap_or_default()
}

fn est_defaut(style: &Element) -> bool {
    matches!(style.lire_attribut("w:default"), Some("1" | "true" | "on"))
}

pub(super) fn genre(style: &Element) -> &str {
    style.lire_attribut("w:type").unwrap_or("paragraph")
}

pub(super) fn nom(style: &Element) -> String {
    style.valeur("w:name").unwrap_or_default().trim().to_lowercase()
}

/// The prefixes that the template's elements use, and those that a reader may ignore.
pub(super) fn adopter_les_notations(racine: &mut Element, leur: &Element) {
    for (nom, valeur) in &leur.attributs {
        if (nom.starts_with("xmlns:") || nom == "mc:Ignorable") && racine.lire_attribut(nom).is_none() {
            racine.poser(nom, valeur);
        }
    }
}
