//! What a workbook holds, once read: its sheets, and their cells by row and column.

use super::limites::{CELLULES_MAX, COLONNES_MAX, LIGNES_MAX, TEXTE_MAX};
use super::refus::ClasseurRefuse;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Classeur {
    pub feuilles: Vec<Feuille>,
    /// Properties that a program or a person gave to the file, by their name (`cpom.reference`).
    pub proprietes: BTreeMap<String, String>,
    /// Names of ranges, with what they name (`'Budgets'!$A$3:$F$9`).
    pub noms_definis: Vec<(String, String)>,
    /// Whether days are counted from 1904.
    pub epoque_1904: bool,
    /// What the file holds besides, and that is not read: macros, links to other files, pictures.
    pub alertes: Vec<String>,
}

/// A sheet: only its cells that hold something, row after row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Feuille {
    pub nom: String,
    pub masquee: bool,
    pub cellules: Vec<Cellule>,
    pub fusions: Vec<Fusion>,
    /// Merged ranges that are not held.
    pub fusions_tues: usize,
    pub notes: Vec<Note>,
}

/// A cell; rows and columns are counted from 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cellule {
    pub ligne: u32,
    pub colonne: u32,
    pub contenu: Contenu,
    /// Its formula, if it has one; `contenu` is then what was last computed.
    pub formule: Option<String>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Contenu {
    /// Nothing: a formula that was never computed.
    Vide,
    Texte(String),
    Nombre(f64),
    Booleen(bool),
    /// « 2026-09-01 », or « 2026-09-01T08:30:00 ».
    Date(String),
    /// « #REF! ».
    Erreur(String),
}

/// A merged range, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fusion {
    pub debut: (u32, u32),
    pub fin: (u32, u32),
}

/// A note that stands on a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub ligne: u32,
    pub colonne: u32,
    pub auteur: String,
    pub texte: String,
}

impl Feuille {
    /// The cell at a place, itself only.
    pub fn cellule(&self, ligne: u32, colonne: u32) -> Option<&Cellule> {
        let rang = self.cellules.binary_search_by_key(&(ligne, colonne), |c| (c.ligne, c.colonne)).ok()?;
        self.cellules.get(rang)
    }

    /// What a reader sees at a place: the cell, or that of the top left of the merged range around it.
    pub fn a(&self, ligne: u32, colonne: u32) -> Option<&Cellule> {
        self.cellule(ligne, colonne).or_else(|| {
            let autour =
                |f: &&Fusion| (f.debut.0..=f.fin.0).contains(&ligne) && (f.debut.1..=f.fin.1).contains(&colonne);
            let fusion = self.fusions.iter().find(autour)?;
            self.cellule(fusion.debut.0, fusion.debut.1)
        })
    }

    /// The cells of a row.
    pub fn rangee(&self, ligne: u32) -> &[Cellule] {
        let debut = self.cellules.partition_point(|c| c.ligne < ligne);
        let fin = self.cellules.partition_point(|c| c.ligne <= ligne);
        self.cellules.get(debut..fin).unwrap_or_default()
    }

    /// One more than the last row that holds something.
    pub fn hauteur(&self) -> u32 {
        self.cellules.last().map_or(0, |c| c.ligne + 1)
    }
}

/// « F », of the sixth column, which is number 5.
pub fn nom_de_colonne(colonne: u32) -> String {
    let mut lettres = Vec::new();
    let mut reste = u64::from(colonne) + 1;
    while reste > 0 {
        reste -= 1;
        lettres.push(char::from(b'A' + (reste % 26) as u8));
        reste /= 26;
    }
    lettres.into_iter().rev().collect()
}

/// « F12 ».
pub fn nom_de_cellule(ligne: u32, colonne: u32) -> String {
    format!("{}{}", nom_de_colonne(colonne), u64::from(ligne) + 1)
}

/// The day that a number is, where a column holds days whatever the format of its cells; nothing of a number that is none.
pub fn date_du_nombre(nombre: f64, epoque_1904: bool) -> Option<String> {
    let depuis = if epoque_1904 { jiff::civil::date(1904, 1, 1) } else { jiff::civil::date(1899, 12, 30) };
    let jours = nombre.trunc();
    // What people call a day: a year typed alone, or an amount, is none.
    if !(18_000.0..=80_000.0).contains(&jours) {
        return None;
    }
    let jour = depuis.checked_add(jiff::Span::new().days(jours as i64)).ok()?;
    Some(jour.to_string())
}

/// Merged ranges of a sheet that are held: no table that people fill has as many.
const FUSIONS_MAX: usize = 2_000;

/// Cells that come in, held within bounds.
pub(super) struct Recolte {
    pub feuille: Feuille,
    /// Cells of all sheets so far.
    deja: usize,
}

impl Recolte {
    pub fn nouvelle(nom: &str, masquee: bool, deja: usize) -> Self {
        Recolte { feuille: Feuille { nom: nom.to_owned(), masquee, ..Feuille::default() }, deja }
    }

    /// Takes a cell that holds something.
    pub fn prendre(&mut self, cellule: Cellule) -> Result<(), ClasseurRefuse> {
        let (ligne, colonne) = (cellule.ligne, cellule.colonne);
        let ou = || (self.feuille.nom.clone(), nom_de_cellule(ligne, colonne));
        if ligne >= LIGNES_MAX || colonne >= COLONNES_MAX {
            let (feuille, cellule) = ou();
            return Err(ClasseurRefuse::HorsLimites { feuille, cellule });
        }
        if self.deja + self.feuille.cellules.len() >= CELLULES_MAX {
            let (feuille, cellule) = ou();
            return Err(ClasseurRefuse::TropDeCellules { feuille, cellule });
        }
        if let Contenu::Texte(texte) = &cellule.contenu
            && texte.len() > TEXTE_MAX
            && texte.chars().count() > TEXTE_MAX
        {
            let (feuille, cellule) = ou();
            return Err(ClasseurRefuse::TexteTropLong { feuille, cellule });
        }
        self.feuille.cellules.push(cellule);
        Ok(())
    }

    /// The sheet, its cells in order; the first of two at one place stays.
    pub fn finir(mut self) -> Feuille {
        // Each cell that is looked for may be in any of them.
        self.feuille.fusions_tues = self.feuille.fusions.len().saturating_sub(FUSIONS_MAX);
        self.feuille.fusions.truncate(FUSIONS_MAX);
        let place = |c: &Cellule| (c.ligne, c.colonne);
        if !self.feuille.cellules.is_sorted_by_key(place) {
            self.feuille.cellules.sort_by_key(place);
        }
        self.feuille.cellules.dedup_by_key(|c| (c.ligne, c.colonne));
        self.feuille
    }
}
