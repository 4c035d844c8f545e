//! A page that Typst has laid out → its digest, its size, its picture when it is asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use typst::layout::{Frame, FrameItem};
use typst::utils::hash128;
use typst_layout::Page as Trame;
use typst_svg::SvgOptions;

use super::zones::{self, Reperes, Zone};

/// A page as it is printed.
pub struct Page {
    /// Two pages of one digest are the same picture with the same values at the same places.
    pub empreinte: String,
    /// In points.
    pub largeur: f64,
    pub hauteur: f64,
    /// What stands where, in reading order.
    pub zones: Vec<Zone>,
    trame: Trame,
    svg: OnceLock<Arc<str>>,
}

impl Page {
    fn nouvelle(trame: &Trame, empreinte: String, reperes: &Reperes) -> Self {
        let taille = trame.frame.size();
        Self {
            empreinte,
            largeur: taille.x.to_pt(),
            hauteur: taille.y.to_pt(),
            zones: zones::de_la_page(&trame.frame, reperes),
            trame: trame.clone(),
            svg: OnceLock::new(),
        }
    }

    /// The page as an SVG file, drawn the first time that it is asked for. Letters are outlines: it needs no font.
    pub fn svg(&self) -> &Arc<str> {
        self.svg.get_or_init(|| {
            let mut page = self.trame.clone();
            sans_lien(&mut page.frame);
            typst_svg::svg(&page, &SvgOptions::default()).into()
        })
    }
}

/// A picture leads nowhere: who shows it lays its own links over it.
fn sans_lien(trame: &mut Frame) {
    trame.retain(|item| {
        if let FrameItem::Group(groupe) = item {
            sans_lien(&mut groupe.frame);
        }
        !matches!(item, FrameItem::Link(..) | FrameItem::Tag(_))
    });
}

/// The pages of the state before, by their digest.
pub struct Connues<'a>(BTreeMap<&'a str, &'a Arc<Page>>);

impl<'a> Connues<'a> {
    pub fn de(pages: &'a [Arc<Page>]) -> Self {
        Self(pages.iter().map(|page| (page.empreinte.as_str(), page)).collect())
    }

    /// The page that was there already, or a new one.
    pub fn reprendre<'r>(&self, trame: &Trame, reperes: impl FnOnce() -> &'r Reperes) -> Arc<Page> {
        let empreinte = format!("{:032x}", hash128(&(&trame.frame, trame.number, &trame.fill)));
        match self.0.get(empreinte.as_str()) {
            Some(page) => Arc::clone(page),
            None => Arc::new(Page::nouvelle(trame, empreinte, reperes())),
        }
    }
}
