//! The blocks that reports are made of, and what frames them: for the printers of the dossier.

use crate::document::{
    Alignement, Bloc, Cellule, Colonne, Document, Etat, Genre, GenreLigne, Identite, Inline, Ligne, LigneFormulaire,
    Noeud, Paragraphe, Partie, Style, Tableau, Titre,
};
use crate::redaction::typographie;

/// A report on the contract of that reference. It bears no date: nothing says when it was made but what it was made from.
pub(crate) fn document(titre: &str, reference: &str, modele: &str, blocs: Vec<Noeud>) -> Document {
    let mut document = Document {
        identite: Identite {
            reference: propre(reference),
            titre: titre.into(),
            auteur: String::new(),
            // A report is no draft of itself: no watermark.
            etat: Etat::Definitif,
            date: String::new(),
            producteur: format!("cpom {}, modèle {}", env!("CARGO_PKG_VERSION"), propre(modele)),
        },
        parties: vec![Partie { genre: Genre::Liminaire, cle: "rapport".into(), titre: titre.into(), blocs }],
        images: Vec::new(),
        pieces: Vec::new(),
        joints: Vec::new(),
        champs: Default::default(),
    };
    typographie::appliquer(&mut document);
    document
}

/// Terms and what they are.
pub(crate) fn formulaire(lignes: Vec<(&str, String)>) -> Noeud {
    let ligne = |(terme, valeur): (&str, String)| LigneFormulaire {
        terme: vec![texte(terme)],
        blocs: vec![paragraphe(&valeur)],
    };
    noeud(Bloc::Formulaire { lignes: lignes.into_iter().map(ligne).collect() })
}

/// A table of two columns: their headers, and their widths in hundredths.
pub(crate) fn tableau(colonnes: [(&str, u16); 2], lignes: Vec<Ligne>) -> Noeud {
    noeud(Bloc::Tableau(Tableau {
        legende: None,
        colonnes: colonnes
            .map(|(_, largeur)| Colonne { largeur, alignement: Alignement::Gauche, chiffres: false })
            .into(),
        entete: colonnes.map(|(mot, _)| cellule(vec![paragraphe(mot)])).into(),
        lignes,
        paysage: false,
        densite: 1,
    }))
}

/// A row of such a table that says what those below have in common.
pub(crate) fn intertitre(blocs: Vec<Noeud>) -> Ligne {
    Ligne { genre: GenreLigne::Groupe, cellules: vec![Cellule { etendue: 2, ..cellule(blocs) }] }
}

pub(crate) fn ligne(cellules: [Vec<Noeud>; 2]) -> Ligne {
    Ligne { genre: GenreLigne::Normale, cellules: cellules.map(cellule).into() }
}

pub(super) fn noeud(bloc: Bloc) -> Noeud {
    Noeud { bloc, origine: None }
}

pub(crate) fn titre(niveau: u8, intitule: &str) -> Noeud {
    noeud(Bloc::Titre(Titre { niveau, numero: None, contenu: vec![texte(intitule)], au_sommaire: true, ancre: None }))
}

pub(crate) fn paragraphe(contenu: &str) -> Noeud {
    noeud(Bloc::Paragraphe(Paragraphe { style: Style::Corps, contenu: vec![texte(contenu)] }))
}

pub(crate) fn note(contenu: &str) -> Noeud {
    noeud(Bloc::Paragraphe(Paragraphe { style: Style::Note, contenu: vec![texte(contenu)] }))
}

fn cellule(blocs: Vec<Noeud>) -> Cellule {
    Cellule { blocs, etendue: 1, entete: false }
}

fn texte(contenu: &str) -> Inline {
    Inline::Texte { texte: propre(contenu) }
}

/// Values quoted from a file may hold line breaks and control characters.
fn propre(texte: &str) -> String {
    texte.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
