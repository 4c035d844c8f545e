//! The pages of the draft as they were last drawn, and where each value stands on them, by path of the page.

use super::cles::Cles;
use crate::rendu::apercu::{Lieu, Page};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// The pages of a state.
#[derive(Clone, Default)]
pub struct Pages {
    /// The state that they are of; nothing before the first is drawn.
    pub n: Option<u64>,
    pub pages: Vec<Arc<Page>>,
    /// Whether they are the first ones only, while the others are drawn.
    pub debut: bool,
    /// Whether a later state has no text, since a value of it does not read: they are those of the state before.
    pub arretees: bool,
}

/// What a page of the workshop is told of them.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListeDePages {
    pub n: u64,
    pub pages: Vec<PageVue>,
    /// Whether more pages are being drawn.
    pub encours: bool,
    /// Whether they wait for a value that does not read.
    pub arretees: bool,
}

/// A page: the name of its picture, its size in points.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageVue {
    pub h: String,
    pub l: f64,
    pub ht: f64,
}

/// Where a value is printed: a page and a rectangle of it, in parts of its width and height.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ZoneVue {
    /// Empty for the words of a clause.
    pub chemin: String,
    pub x: f64,
    pub y: f64,
    pub l: f64,
    pub ht: f64,
}

/// A place of a value: the rank of the page, from 0, and the rectangle.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlaceVue {
    pub page: usize,
    #[serde(flatten)]
    pub zone: ZoneVue,
}

impl Pages {
    pub fn liste(&self) -> ListeDePages {
        let page = |page: &Arc<Page>| PageVue { h: page.empreinte.clone(), l: page.largeur, ht: page.hauteur };
        ListeDePages {
            n: self.n.unwrap_or_default(),
            pages: self.pages.iter().map(page).collect(),
            encours: self.debut,
            arretees: self.arretees,
        }
    }

    pub fn page(&self, empreinte: &str) -> Option<&Arc<Page>> {
        self.pages.iter().find(|page| page.empreinte == empreinte)
    }

    /// Where a value, or what is below it, is printed: its own places, else those of its parts.
    pub fn places(&self, chemin: &str, cles: &Cles) -> Vec<PlaceVue> {
        let toutes = || {
            let pages = self.pages.iter().enumerate();
            pages.flat_map(|(rang, page)| zones(page, cles).into_iter().map(move |zone| PlaceVue { page: rang, zone }))
        };
        let exactes: Vec<PlaceVue> = toutes().filter(|place| place.zone.chemin == chemin).collect();
        if !exactes.is_empty() || chemin.is_empty() {
            return exactes;
        }
        let dedans = format!("{chemin}/");
        toutes().filter(|place| place.zone.chemin.starts_with(&dedans)).collect()
    }
}

/// The rectangles of a page.
pub fn zones(page: &Page, cles: &Cles) -> Vec<ZoneVue> {
    let dire = |zone: &crate::rendu::apercu::Zone| {
        let [x, y, l, ht] = zone.cadre;
        match &zone.lieu {
            Lieu::Valeur(pointeur) => Some(ZoneVue { chemin: cles.chemin(pointeur), x, y, l, ht }),
            // A click in the words of a clause leads nowhere yet.
            Lieu::Clause(_) => None,
        }
    };
    page.zones.iter().filter_map(dire).collect()
}
