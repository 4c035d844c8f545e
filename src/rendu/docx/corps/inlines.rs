//! Inline content → runs and hyperlinks of docx-rs. It must not know blocks.

use docx_rs::{BreakType, Hyperlink, HyperlinkType, Paragraph, Run, VertAlignType};

use crate::document::Inline;

use super::complements::MARQUE_LIEN;
use super::imprimeur::{Imprimeur, Piece};
use crate::rendu::docx::xml::nettoyer;

/// A child of a paragraph.
pub(super) enum Morceau {
    Texte(Box<Run>),
    Lien(Hyperlink),
}

/// What the enclosing inlines ask of a run.
#[derive(Debug, Clone, Copy, Default)]
struct Forme<'s> {
    gras: bool,
    italique: bool,
    exposant: bool,
    style: Option<&'s str>,
}

impl Forme<'_> {
    fn habiller(self, mut run: Run) -> Run {
        if let Some(style) = self.style {
            run = run.style(style);
        }
        if self.gras {
            run = run.bold();
        }
        if self.italique {
            run = run.italic();
        }
        if self.exposant {
            run.run_property = run.run_property.vert_align(VertAlignType::SuperScript);
        }
        run
    }

    fn texte(self, texte: &str) -> Run {
        self.habiller(Run::new().add_text(nettoyer(texte)))
    }
}

/// A run of plain text.
pub(super) fn texte(texte: &str) -> Run {
    Forme::default().texte(texte)
}

/// Puts the pieces at the end of a paragraph.
pub(super) fn remplir(paragraphe: Paragraph, morceaux: Vec<Morceau>) -> Paragraph {
    morceaux.into_iter().fold(paragraphe, |p, morceau| match morceau {
        Morceau::Texte(run) => p.add_run(*run),
        Morceau::Lien(lien) => p.add_hyperlink(lien),
    })
}

impl Imprimeur<'_> {
    pub(super) fn inlines(&mut self, contenu: &[Inline]) -> Vec<Morceau> {
        let mut sortie = Vec::new();
        self.ecrire(contenu, Forme::default(), &mut sortie);
        sortie
    }

    /// A paragraph of content in a given style, outside the flow of the page.
    pub(super) fn ligne(&mut self, style: &str, contenu: &[Inline]) -> Piece {
        let contenu = self.inlines(contenu);
        remplir(Paragraph::new().style(style), contenu).into()
    }

    fn ecrire(&mut self, contenu: &[Inline], forme: Forme<'_>, sortie: &mut Vec<Morceau>) {
        for inline in contenu {
            match inline {
                Inline::Valeur { texte, pointeur: Some(pointeur), champ: true } if !texte.is_empty() => {
                    let marque = self.marque_de_champ(pointeur, forme.style);
                    let forme = Forme { style: marque.as_deref().or(forme.style), ..forme };
                    sortie.push(Morceau::Texte(Box::new(forme.texte(texte))));
                }
                Inline::Texte { texte } | Inline::Valeur { texte, .. } => {
                    if !texte.is_empty() {
                        sortie.push(Morceau::Texte(Box::new(forme.texte(texte))));
                    }
                }
                Inline::Lacune { texte, pointeur, .. } => {
                    // What is missing may be written in its place.
                    let marque = pointeur.as_deref().and_then(|p| self.marque_de_champ(p, Some("Lacune")));
                    let forme = Forme { style: marque.as_deref().or(Some("Lacune")), ..forme };
                    sortie.push(Morceau::Texte(Box::new(forme.texte(texte))));
                }
                Inline::Gras { contenu } => self.ecrire(contenu, Forme { gras: true, ..forme }, sortie),
                Inline::Italique { contenu } => self.ecrire(contenu, Forme { italique: true, ..forme }, sortie),
                Inline::Exposant { contenu } => self.ecrire(contenu, Forme { exposant: true, ..forme }, sortie),
                Inline::Renvoi { ancre, texte } => sortie.push(match self.signets.get(ancre.as_str()) {
                    Some(signet) => {
                        Morceau::Lien(Hyperlink::new(signet, HyperlinkType::Anchor).add_run(forme.texte(texte)))
                    }
                    None => Morceau::Texte(Box::new(forme.texte(texte))),
                }),
                Inline::Lien { url, contenu } => self.lien(url, contenu, forme, sortie),
                Inline::RetourLigne => {
                    let run = Run::new().add_break(BreakType::TextWrapping);
                    sortie.push(Morceau::Texte(Box::new(forme.habiller(run))));
                }
            }
        }
    }

    fn lien(&mut self, url: &str, contenu: &[Inline], forme: Forme<'_>, sortie: &mut Vec<Morceau>) {
        let Some(adresse) = adresse(url) else { return self.ecrire(contenu, forme, sortie) };
        let rang = self.lien_externe(adresse);
        let mut dedans = Vec::new();
        self.ecrire(contenu, Forme { style: Some("Hyperlink"), ..forme }, &mut dedans);
        // A link within a link does not exist in Word: only its words remain.
        let runs = dedans.into_iter().flat_map(|morceau| match morceau {
            Morceau::Texte(run) => vec![*run],
            Morceau::Lien(lien) => lien.children.into_iter().filter_map(en_run).collect(),
        });
        let lien = Hyperlink::new(format!("{MARQUE_LIEN}{rang}"), HyperlinkType::Anchor);
        sortie.push(Morceau::Lien(runs.fold(lien, Hyperlink::add_run)));
    }
}

fn en_run(enfant: docx_rs::ParagraphChild) -> Option<Run> {
    match enfant {
        docx_rs::ParagraphChild::Run(run) => Some(*run),
        _ => None,
    }
}

/// The address as a relationship can hold it; `None` when it is no web or mail address.
fn adresse(url: &str) -> Option<String> {
    let url = url.trim();
    let reste = ["https://", "http://", "mailto:"].iter().find_map(|schema| url.strip_prefix(schema))?;
    if !reste.starts_with(|c: char| c.is_ascii_alphanumeric()) || url.len() > 2_000 {
        return None;
    }
    let mut sortie = String::with_capacity(url.len());
    for octet in url.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&octet) {
            sortie.push(char::from(octet));
        } else {
            sortie.push_str(&format!("%{octet:02X}"));
        }
    }
    Some(sortie)
}
