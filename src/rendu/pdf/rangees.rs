//! Rows as written → rows that have exactly the columns of their table.

use crate::document::{Bloc, Cellule, GenreLigne, Inline, Ligne, Noeud, Paragraphe, Style, mots};

/// Gives a row exactly `nombre` columns: spans that overflow are cut, missing cells are added empty.
pub fn cadrer(cellules: &[Cellule], nombre: usize) -> Vec<Cellule> {
    let mut libres = nombre;
    let mut sortie = Vec::with_capacity(nombre);
    for (rang, cellule) in cellules.iter().enumerate() {
        let suivantes = cellules.len() - rang - 1;
        let etendue = usize::from(cellule.etendue).clamp(1, libres.saturating_sub(suivantes).max(1));
        libres = libres.saturating_sub(etendue);
        let etendue = u16::try_from(etendue).unwrap_or(u16::MAX);
        sortie.push(Cellule { blocs: cellule.blocs.clone(), etendue, entete: cellule.entete });
    }
    if !sortie.is_empty() {
        sortie.extend((0..libres).map(|_| Cellule { blocs: Vec::new(), etendue: 1, entete: false }));
    }
    sortie
}

/// The same; a group row is one cell over the whole width.
pub fn cadrer_ligne(ligne: &Ligne, nombre: usize) -> Vec<Cellule> {
    match (ligne.genre, ligne.cellules.as_slice()) {
        (GenreLigne::Groupe, [seule]) => {
            let etendue = u16::try_from(nombre).unwrap_or(u16::MAX);
            vec![sans_titre(&Cellule { etendue, ..seule.clone() })]
        }
        (GenreLigne::Groupe, cellules) => cadrer(cellules, nombre).iter().map(sans_titre).collect(),
        _ => cadrer(&ligne.cellules, nombre),
    }
}

/// A repeated header would print a heading, hence its anchor, once a page: it becomes a bold paragraph.
pub fn sans_titre(cellule: &Cellule) -> Cellule {
    let noeud = |noeud: &Noeud| match &noeud.bloc {
        Bloc::Titre(titre) => {
            let numero = titre.numero.as_ref().map(mots::numero).map(|texte| Inline::Texte { texte });
            let contenu = numero.into_iter().chain(titre.contenu.iter().cloned()).collect();
            let bloc = Bloc::Paragraphe(Paragraphe { style: Style::Corps, contenu });
            Noeud { bloc, origine: None }
        }
        _ => noeud.clone(),
    };
    Cellule { blocs: cellule.blocs.iter().map(noeud).collect(), ..cellule.clone() }
}
