//! A document → what its printing keeps at hand: bookmarks, ranks of headings and values, the page break that is due.
//! It must not know how a block is printed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use docx_rs::{DocumentChild, Paragraph, StructuredDataTag, Table, TableCellContent, TableChild, TableRowChild};

use crate::document::{Alignement, Document, Genre, Titre};

use super::complements::{Champ, Complements, MARQUE};
use super::entetes::{self, Bandeau};
use crate::rendu::docx::plan::numerotation::{Plan, hors_plan, titres_des_blocs};
use crate::rendu::docx::plan::sections::Geometrie;
use crate::rendu::docx::plan::styles::{Role, StyleCellule};
use crate::rendu::docx::{Erreur, Options};

/// The body and what the other parts must know of it.
pub(in crate::rendu::docx) struct Corps {
    /// `document.xml` as docx-rs writes it.
    pub document: Vec<u8>,
    pub complements: Complements,
    pub plan: Plan,
    /// External addresses: relationship `rIdLien` + index.
    pub liens: Vec<String>,
    /// Pictures printed, by index in `Document::images`: relationship `rIdImage` + index. With the PNG drawn
    /// from an SVG, at the size of its first printing.
    pub images: BTreeMap<usize, Option<Vec<u8>>>,
    pub styles_cellules: BTreeSet<StyleCellule>,
    pub sommaire: bool,
    /// `comments.xml`, when the body refers to a comment.
    pub commentaires: Option<Vec<u8>>,
    /// Headers and footers, which the sections name.
    pub bandeaux: Vec<Bandeau>,
}

/// A block of the body or of a cell.
pub(super) enum Piece {
    Paragraphe(Box<Paragraph>),
    Tableau(Box<Table>),
    Controle(Box<StructuredDataTag>),
}

impl Piece {
    /// Keeps a paragraph, or the last row of a table, on the page of what follows it.
    pub fn garder_avec_la_suite(&mut self) {
        match self {
            Piece::Paragraphe(p) => p.property.keep_next = Some(true),
            Piece::Tableau(tableau) => {
                let Some(TableChild::TableRow(ligne)) = tableau.rows.last_mut() else { return };
                let cases = ligne.cells.iter_mut().map(|TableRowChild::TableCell(case)| case);
                for bloc in cases.flat_map(|case| &mut case.children) {
                    if let TableCellContent::Paragraph(p) = bloc {
                        p.property.keep_next = Some(true);
                    }
                }
            }
            Piece::Controle(_) => {}
        }
    }
}

/// Where a block is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lieu {
    Page,
    Encadre,
    Formulaire,
    Cellule(StyleCellule),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Contexte {
    pub lieu: Lieu,
    pub genre: Genre,
    /// Width of the text there, in twentieths of a point.
    pub largeur: u32,
    /// Depth in lists: 0 outside.
    pub liste: usize,
}

pub(super) struct Imprimeur<'a> {
    pub document: &'a Document,
    options: &'a Options,
    pub geometrie: Geometrie,
    /// Rank of each editable value among the complements, by pointer.
    champs: HashMap<&'a str, usize>,
    pub corps: Corps,
    /// Headings of the plan, in order.
    pub titres: Vec<&'a Titre>,
    pub rangs: HashMap<*const Titre, usize>,
    /// Bookmark of each anchor.
    pub signets: BTreeMap<&'a str, String>,
    /// Bookmarks already in the body.
    pub poses: BTreeSet<String>,
    pub dernier_signet: usize,
    /// The next block of the page starts a new page.
    pub saut: bool,
}

impl<'a> Imprimeur<'a> {
    pub(super) fn nouveau(document: &'a Document, options: &'a Options) -> Result<Self, Erreur> {
        let mut titres = Vec::new();
        let mut ancres = Vec::new();
        for partie in &document.parties {
            let debut = titres.len();
            titres_des_blocs(&partie.blocs, &mut titres);
            ancres.extend(titres.iter().skip(debut).filter_map(|t| t.ancre.as_deref()));
            if hors_plan(partie.genre) {
                titres.truncate(debut);
            }
        }
        Ok(Imprimeur {
            document,
            options,
            geometrie: options.geometrie(),
            champs: HashMap::new(),
            corps: Corps {
                document: Vec::new(),
                complements: Complements::default(),
                plan: Plan::etablir(document),
                liens: Vec::new(),
                images: BTreeMap::new(),
                styles_cellules: BTreeSet::new(),
                sommaire: false,
                commentaires: None,
                bandeaux: entetes::bandeaux(&document.identite, options.gabarit.as_deref())?,
            },
            rangs: titres.iter().enumerate().map(|(rang, t)| (std::ptr::from_ref(*t), rang)).collect(),
            titres,
            signets: signets(&ancres),
            poses: BTreeSet::new(),
            dernier_signet: 0,
            saut: false,
        })
    }

    /// The style that marks the runs of an editable value, `propre` being the one they have besides.
    pub(super) fn marque_de_champ(&mut self, pointeur: &str, propre: Option<&str>) -> Option<String> {
        let (pointeur, champ) = self.document.champs.get_key_value(pointeur)?;
        let rang = *self.champs.entry(pointeur).or_insert_with(|| {
            let libre = self.options.verrouille && champ.du_gestionnaire;
            self.corps.complements.champs.push(Champ { champ: champ.clone(), libre });
            self.corps.complements.champs.len() - 1
        });
        let propre = propre.map(|style| format!(":{style}")).unwrap_or_default();
        Some(format!("{MARQUE}{rang}{propre}"))
    }

    /// Adds a paragraph, on a new page if one is due.
    pub(super) fn pousser(&mut self, mut paragraphe: Paragraph, contexte: Contexte, sortie: &mut Vec<Piece>) {
        if contexte.lieu == Lieu::Page && std::mem::take(&mut self.saut) {
            paragraphe = paragraphe.page_break_before(true);
        }
        sortie.push(paragraphe.into());
    }

    /// Adds a table; Word would merge it with one just before.
    pub(super) fn pousser_tableau(&mut self, tableau: Table, contexte: Contexte, sortie: &mut Vec<Piece>) {
        let saut = contexte.lieu == Lieu::Page && self.saut;
        if saut || matches!(sortie.last(), Some(Piece::Tableau(_))) {
            self.pousser(Paragraph::new().style("Separateur"), contexte, sortie);
        }
        sortie.push(Piece::Tableau(Box::new(tableau)));
    }

    pub(super) fn style_cellule(&mut self, style: StyleCellule) -> String {
        self.corps.styles_cellules.insert(style);
        style.id()
    }

    pub(super) fn lien_externe(&mut self, adresse: String) -> usize {
        if let Some(rang) = self.corps.liens.iter().position(|l| *l == adresse) {
            return rang;
        }
        self.corps.liens.push(adresse);
        self.corps.liens.len() - 1
    }
}

impl From<Paragraph> for Piece {
    fn from(paragraphe: Paragraph) -> Self {
        Piece::Paragraphe(Box::new(paragraphe))
    }
}

impl From<Piece> for DocumentChild {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Paragraphe(p) => DocumentChild::Paragraph(p),
            Piece::Tableau(t) => DocumentChild::Table(t),
            Piece::Controle(c) => DocumentChild::StructuredDataTag(c),
        }
    }
}

/// A paragraph with no height to speak of, where the file format demands one.
pub(super) fn separateur() -> Piece {
    Paragraph::new().style("Separateur").into()
}

/// The style of ordinary text in a cell with this role.
pub(super) fn cellule(role: Role, alignement: Alignement, densite: u8) -> StyleCellule {
    StyleCellule { role, alignement, densite: densite.min(2) }
}

pub(super) fn mm(twips: u32) -> u32 {
    twips * 254 / 14_400
}

/// Word wants bookmark names of at most 40 letters, digits and underscores.
fn signets<'a>(ancres: &[&'a str]) -> BTreeMap<&'a str, String> {
    let propre = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let nom = |(rang, ancre): (usize, &&'a str)| {
        let court: String = ancre.chars().map(propre).take(30).collect();
        (*ancre, format!("r{}_{court}", rang + 1))
    };
    // Collected backwards: on a repeated anchor the first heading keeps it.
    ancres.iter().enumerate().rev().map(nom).collect()
}
