//! Shares of width → widths that hold their numbers.
//!
//! A model gives the shares of a table once for all contracts; an amount of a hundred million must still
//! fit on one line of its column. Widths are estimated from the number of characters: exact measures would
//! make Typst lay out each table twice.

use crate::document::{Bloc, Cellule, Colonne, Noeud, Tableau, mots};

/// Width of the text area, in millimetres; the margins of `dossier.typ` are the same.
pub const LARGEUR_PORTRAIT: f32 = 166.0;
pub const LARGEUR_PAYSAGE: f32 = 253.0;
pub const HAUTEUR_PORTRAIT: u16 = 235;

/// Average width of a character and inner margins of a cell, in millimetres, for each density.
/// The text sizes are those of `dossier.typ`: 9.5, 8.5 and 7.5 pt.
const DENSITES: [(f32, f32); 3] = [(1.66, 3.6), (1.49, 2.9), (1.31, 2.2)];

/// Side margin of a page, then, for the boxes of the initials: largest width, height, distance to the foot of
/// the page, space between two. All in millimetres.
const MARGE: f32 = 22.0;
pub const PARAPHE: [f32; 4] = [24.0, 9.0, 6.0, 2.0];
const POINTS: f32 = 72.0 / 25.4;

/// Width of a box of initials, in millimetres, when `total` are side by side.
pub fn largeur_paraphe(total: usize) -> f32 {
    let total = total.max(1) as f32;
    ((LARGEUR_PORTRAIT - PARAPHE[3] * (total - 1.0)) / total).clamp(1.0, PARAPHE[0])
}

/// The box of a signatory at the foot of a page `largeur` points wide: left, bottom, right, top, in points. The
/// last one touches the right margin; `dossier.typ` draws the same.
pub fn paraphe(largeur: f32, rang: usize, total: usize) -> [f32; 4] {
    let [_, haut, bas, entre] = PARAPHE;
    let boite = largeur_paraphe(total);
    let apres = total.saturating_sub(rang + 1) as f32;
    let droite = largeur - (MARGE + apres * (boite + entre)) * POINTS;
    [droite - boite * POINTS, bas * POINTS, droite, (bas + haut) * POINTS]
}

/// How many characters of plain text fit on a line of `largeur` millimetres at 10.5 pt.
pub fn caracteres(largeur: f32) -> usize {
    (largeur / 2.1).max(4.0) as usize
}

/// The same inside a table cell.
pub fn caracteres_cellule(largeur: f32, densite: u8) -> usize {
    let (caractere, marges) = densite_mm(densite);
    ((largeur - marges) / (caractere * 1.15)).max(4.0) as usize
}

fn densite_mm(densite: u8) -> (f32, f32) {
    DENSITES[usize::from(densite.min(2))]
}

/// Rewrites the shares as tenths of a millimetre of `largeur`, and the density when a smaller text is
/// what it takes. Expects a table whose rows have as many columns as it declares.
pub fn ajuster(tableau: &mut Tableau, largeur: f32) {
    let tient = |besoins: &[f32]| besoins.iter().sum::<f32>() <= largeur;
    let mut densite = tableau.densite.min(2);
    let mut besoins = besoins(tableau, densite, LETTRES);
    while densite < 2 && !tient(&besoins) {
        densite += 1;
        besoins = self::besoins(tableau, densite, LETTRES);
    }
    tableau.densite = densite;
    // Words whole when there is room for it: a hyphen in a narrow column reads badly.
    let entiers = [18, 15, 12].map(|lettres| self::besoins(tableau, densite, lettres));
    if let Some(entiers) = entiers.into_iter().find(|besoins| tient(besoins)) {
        besoins = entiers;
    }
    let largeurs = repartir(&tableau.colonnes, &besoins, largeur);
    for (colonne, mm) in tableau.colonnes.iter_mut().zip(largeurs) {
        colonne.largeur = (mm * 10.0).round().clamp(1.0, f32::from(u16::MAX)) as u16;
    }
}

/// Letters of a word that a column holds in any case.
const LETTRES: usize = 9;

/// Least width of each column: its numbers whole; of words, `lettres` letters.
fn besoins(tableau: &Tableau, densite: u8, lettres: usize) -> Vec<f32> {
    let (caractere, marges) = densite_mm(densite);
    let mut longueurs = vec![3_usize; tableau.colonnes.len()];
    let mut noter = |cellules: &[Cellule], entete: bool| {
        let mut rang = 0;
        for cellule in cellules {
            let etendue = usize::from(cellule.etendue);
            if let (1, Some(longueur), Some(colonne)) = (etendue, longueurs.get_mut(rang), tableau.colonnes.get(rang)) {
                let besoin = if colonne.chiffres && !entete && en_chiffres(&cellule.blocs) {
                    plus_longue(&cellule.blocs, false)
                } else {
                    plus_longue(&cellule.blocs, true).min(lettres)
                };
                *longueur = (*longueur).max(besoin);
            }
            rang += etendue;
        }
    };
    noter(&tableau.entete, true);
    tableau.lignes.iter().for_each(|ligne| noter(&ligne.cellules, false));
    longueurs.into_iter().map(|n| n as f32 * caractere * 1.08 + marges).collect()
}

/// « 1 250,00 € », « 18 (2024) »; not « [à compléter : …] » nor « non → partiel », which may be broken.
fn en_chiffres(noeuds: &[Noeud]) -> bool {
    noeuds.iter().all(|noeud| match &noeud.bloc {
        Bloc::Paragraphe(p) => mots::en_chiffres(&p.contenu),
        _ => false,
    })
}

/// Characters of the longest line (or word) of the paragraphs of a cell.
fn plus_longue(noeuds: &[Noeud], par_mot: bool) -> usize {
    let paragraphes = noeuds.iter().filter_map(|noeud| match &noeud.bloc {
        Bloc::Paragraphe(p) => Some(mots::inlines(&p.contenu)),
        _ => None,
    });
    let compter = |texte: String| {
        let separe = |c: char| c == '\n' || (par_mot && (c == ' ' || c == '-'));
        texte.split(separe).map(|mot| mot.chars().count()).max().unwrap_or(0)
    };
    paragraphes.map(compter).max().unwrap_or(0)
}

/// Shares `largeur` between columns, none below its need when they all fit.
fn repartir(colonnes: &[Colonne], besoins: &[f32], largeur: f32) -> Vec<f32> {
    let total: f32 = besoins.iter().sum();
    if total >= largeur {
        return besoins.iter().map(|besoin| besoin * largeur / total).collect();
    }
    let part = |rang: usize| colonnes.get(rang).map_or(1.0, |c| f32::from(c.largeur.max(1)));
    let mut fixe = vec![false; besoins.len()];
    loop {
        let pris: f32 = besoins.iter().zip(&fixe).filter(|(_, fixe)| **fixe).map(|(besoin, _)| besoin).sum();
        let parts: f32 = (0..besoins.len()).filter(|rang| !fixe[*rang]).map(part).sum();
        let donner = |rang: usize| (largeur - pris) * part(rang) / parts.max(1.0);
        let manque = (0..besoins.len()).find(|rang| !fixe[*rang] && donner(*rang) < besoins[*rang]);
        match manque {
            Some(rang) => fixe[rang] = true,
            None => {
                return (0..besoins.len()).map(|rang| if fixe[rang] { besoins[rang] } else { donner(rang) }).collect();
            }
        }
    }
}
