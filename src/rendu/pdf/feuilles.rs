//! The blocks of a prepared part → its sheets: runs of one orientation, cut again in what Typst remembers one by one.
//!
//! Typst draws again what reads a file that has changed: a run of blocks has a file of its own, a large table too. It is
//! the same cut for a printing and for a preview, which only gains from it.

use std::ops::Range;

use super::preparation::PageDePiece;
use crate::document::{Bloc, Genre, Noeud, Style};

/// Fewer blocks a run cost more files than they spare drawing; a table of more rows is alone.
const BLOCS: usize = 40;
const RANGEES: usize = 20;

/// Pages of one orientation.
#[derive(Debug, PartialEq, Eq)]
pub struct Feuille {
    pub paysage: bool,
    /// A page of a file given with the contract, and nothing else.
    pub piece: bool,
    /// The pictures that stand on top of a cover.
    pub tete: Vec<Suite>,
    pub suites: Vec<Suite>,
}

/// A run of blocks.
#[derive(Debug, PartialEq, Eq)]
pub struct Suite {
    pub blocs: Range<usize>,
    /// What comes after it on the same sheet.
    pub apres: Option<Apres>,
}

/// What a paragraph must know of the block that follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Apres {
    Signatures,
    Autre,
}

/// The sheets of a part, in order.
pub fn feuilles(blocs: &[Noeud], genre: Genre, pages: &[PageDePiece]) -> Vec<Feuille> {
    let imprimable = |feuille: &(bool, Range<usize>)| {
        // A change of orientation is already a page break.
        blocs[feuille.1.clone()].iter().any(|noeud| noeud.bloc != Bloc::SautDePage)
    };
    let feuille = |(paysage, rangs): (bool, Range<usize>)| {
        // Logos stay on top of a cover, the title hangs a third of the way down.
        let en_tete = |rang: &usize| {
            genre == Genre::Garde && matches!(blocs[*rang].bloc, Bloc::Images { .. } | Bloc::Image { .. })
        };
        let reste = rangs.start + rangs.clone().take_while(en_tete).count();
        Feuille {
            paysage,
            piece: rangs.len() == 1 && est_piece(&blocs[rangs.start]),
            tete: suites(blocs, rangs.start..reste),
            suites: suites(blocs, reste..rangs.end),
        }
    };
    fondre(blocs, orienter(blocs, pages)).into_iter().filter(imprimable).map(feuille).collect()
}

fn est_piece(noeud: &Noeud) -> bool {
    matches!(noeud.bloc, Bloc::Piece { .. })
}

/// Runs of blocks that share an orientation; a page of a piece is alone. Headings that announce a landscape table, and
/// the notes that follow it, go along with it.
fn orienter(blocs: &[Noeud], pages: &[PageDePiece]) -> Vec<(bool, Range<usize>)> {
    let mut sortie = Vec::new();
    let (mut debut, mut paysage) = (0, false);
    for (rang, Noeud { bloc, .. }) in blocs.iter().enumerate() {
        if let Bloc::Piece { source, .. } = bloc {
            if debut < rang {
                sortie.push((paysage, debut..rang));
            }
            sortie.push((pages.get(*source).is_some_and(|page| page.paysage), rang..rang + 1));
            (debut, paysage) = (rang + 1, false);
            continue;
        }
        let large = matches!(bloc, Bloc::Tableau(tableau) if tableau.paysage);
        if large && !paysage {
            let titres = blocs[debut..rang].iter().rev().take_while(|n| matches!(n.bloc, Bloc::Titre(_))).count();
            if debut < rang - titres {
                sortie.push((false, debut..rang - titres));
            }
            (debut, paysage) = (rang - titres, true);
        } else if paysage && !large && !matches!(bloc, Bloc::Paragraphe(p) if p.style == Style::Note) {
            // Headings between two landscape tables stay with the second: decided when it comes.
            sortie.push((true, debut..rang));
            (debut, paysage) = (rang, false);
        }
    }
    if debut < blocs.len() {
        sortie.push((paysage, debut..blocs.len()));
    }
    sortie
}

/// Landscape runs that follow each other directly become one.
fn fondre(blocs: &[Noeud], runs: Vec<(bool, Range<usize>)>) -> Vec<(bool, Range<usize>)> {
    let mut sortie: Vec<(bool, Range<usize>)> = Vec::new();
    for (paysage, rangs) in runs {
        match sortie.last_mut() {
            Some((true, avant)) if paysage && !blocs[avant.start..rangs.end].iter().any(est_piece) => {
                avant.end = rangs.end;
            }
            _ => sortie.push((paysage, rangs)),
        }
    }
    sortie
}

fn suites(blocs: &[Noeud], rangs: Range<usize>) -> Vec<Suite> {
    let seul = |rang: usize| matches!(&blocs[rang].bloc, Bloc::Tableau(tableau) if tableau.lignes.len() > RANGEES);
    let mut sortie = Vec::new();
    let mut debut = rangs.start;
    for rang in rangs.clone() {
        let suivant = rang + 1;
        if suivant == rangs.end || suivant - debut == BLOCS || seul(rang) || seul(suivant) {
            let apres = (suivant < rangs.end).then(|| match blocs[suivant].bloc {
                Bloc::Signatures { .. } => Apres::Signatures,
                _ => Apres::Autre,
            });
            sortie.push(Suite { blocs: debut..suivant, apres });
            debut = suivant;
        }
    }
    sortie
}

#[cfg(test)]
mod tests {
    //! The blocks of a part are on its sheets once, in order, those of a size together.

    use super::*;
    use crate::document::{Paragraphe, Tableau, Titre};

    fn noeud(bloc: Bloc) -> Noeud {
        Noeud { bloc, origine: None }
    }

    fn par(style: Style) -> Noeud {
        noeud(Bloc::Paragraphe(Paragraphe { style, contenu: Vec::new() }))
    }

    fn titre() -> Noeud {
        noeud(Bloc::Titre(Titre { niveau: 2, numero: None, contenu: Vec::new(), au_sommaire: false, ancre: None }))
    }

    fn tableau(paysage: bool, rangees: usize) -> Noeud {
        let ligne = crate::document::Ligne { genre: crate::document::GenreLigne::Normale, cellules: Vec::new() };
        let lignes = vec![ligne; rangees];
        let (colonnes, entete) = (Vec::new(), Vec::new());
        noeud(Bloc::Tableau(Tableau { legende: None, colonnes, entete, lignes, paysage, densite: 0 }))
    }

    /// Orientation and runs of each sheet.
    fn coupe(blocs: &[Noeud], genre: Genre) -> Vec<(bool, Vec<[usize; 2]>)> {
        let feuilles = feuilles(blocs, genre, &[]);
        let runs =
            |f: &Feuille| f.tete.iter().chain(&f.suites).map(|suite| [suite.blocs.start, suite.blocs.end]).collect();
        feuilles.iter().map(|f| (f.paysage, runs(f))).collect()
    }

    #[test]
    fn headings_and_notes_go_along_with_a_landscape_table() {
        let note = || par(Style::Note);
        let blocs =
            [par(Style::Corps), titre(), tableau(true, 1), note(), titre(), tableau(true, 1), par(Style::Corps)];
        assert_eq!(coupe(&blocs, Genre::Annexe), [(false, vec![[0, 1]]), (true, vec![[1, 6]]), (false, vec![[6, 7]]),]);
    }

    #[test]
    fn a_sheet_of_page_breaks_is_none() {
        let saut = || noeud(Bloc::SautDePage);
        assert_eq!(coupe(&[saut(), tableau(true, 1), saut()], Genre::Annexe), [(true, vec![[1, 2]])]);
        assert_eq!(coupe(&[saut(), saut()], Genre::Annexe), []);
    }

    #[test]
    fn a_large_table_is_alone_and_runs_are_short() {
        let mut blocs: Vec<Noeud> = (0..3).map(|_| par(Style::Corps)).collect();
        blocs.push(tableau(false, RANGEES + 1));
        blocs.extend((0..BLOCS + 2).map(|_| par(Style::Corps)));
        assert_eq!(coupe(&blocs, Genre::Socle), [(false, vec![[0, 3], [3, 4], [4, 44], [44, 46]])]);
    }

    #[test]
    fn a_run_knows_what_comes_after_it() {
        let mut blocs: Vec<Noeud> = (0..BLOCS).map(|_| par(Style::Corps)).collect();
        blocs.push(noeud(Bloc::Signatures { signatures: Vec::new() }));
        let suites = feuilles(&blocs, Genre::Socle, &[]).remove(0).suites;
        assert_eq!(suites.iter().map(|s| s.apres).collect::<Vec<_>>(), [Some(Apres::Signatures), None]);
    }

    #[test]
    fn the_logos_of_a_cover_are_apart() {
        let logo = || noeud(Bloc::Images { images: Vec::new(), hauteur_mm: 20 });
        let blocs = [logo(), titre(), logo()];
        let feuille = feuilles(&blocs, Genre::Garde, &[]).remove(0);
        assert_eq!(feuille.tete, [Suite { blocs: 0..1, apres: None }]);
        assert_eq!(feuille.suites, [Suite { blocs: 1..3, apres: None }]);
        assert_eq!(coupe(&blocs, Genre::Annexe), [(false, vec![[0, 3]])]);
    }
}
