//! A block tree → where each value of the contract is printed: the article, annex or fiche.

use super::{Bloc, Document, Inline, Noeud, mots};
use std::collections::BTreeMap;

/// Each value by its pointer, with the heading of the plan above it: « Article 5 – Litiges ». The place where it may be
/// edited has precedence over those that repeat it.
pub fn lieux(document: &Document) -> BTreeMap<String, String> {
    let mut lieux = Lieux::default();
    for partie in &document.parties {
        lieux.titre.clone_from(&partie.titre);
        for Noeud { bloc, .. } in &partie.blocs {
            if let Bloc::Titre(titre) = bloc
                && titre.au_sommaire
            {
                let numero = titre.numero.as_ref().map(mots::numero).unwrap_or_default();
                lieux.titre = numero + &mots::inlines(&titre.contenu);
            }
            lieux.bloc(bloc);
        }
    }
    lieux.trouves.into_iter().map(|(pointeur, (_, titre))| (pointeur, titre)).collect()
}

#[derive(Default)]
struct Lieux {
    titre: String,
    /// Whether the place is the editable one, and its heading.
    trouves: BTreeMap<String, (bool, String)>,
}

impl Lieux {
    fn bloc(&mut self, bloc: &Bloc) {
        contenus(bloc).into_iter().for_each(|contenu| self.inlines(contenu));
        enfants(bloc).into_iter().flatten().for_each(|noeud| self.bloc(&noeud.bloc));
    }

    fn inlines(&mut self, contenu: &[Inline]) {
        for inline in contenu {
            match inline {
                Inline::Valeur { pointeur: Some(pointeur), champ, .. } => self.trouver(pointeur, *champ),
                Inline::Lacune { pointeur: Some(pointeur), .. } => self.trouver(pointeur, true),
                Inline::Gras { contenu }
                | Inline::Italique { contenu }
                | Inline::Exposant { contenu }
                | Inline::Lien { contenu, .. } => self.inlines(contenu),
                _ => {}
            }
        }
    }

    fn trouver(&mut self, pointeur: &str, champ: bool) {
        let connu = self.trouves.get(pointeur).is_some_and(|(deja, _)| *deja || !champ);
        if !connu {
            self.trouves.insert(pointeur.to_owned(), (champ, self.titre.clone()));
        }
    }
}

/// The blocks inside a block.
pub fn enfants(bloc: &Bloc) -> Vec<&[Noeud]> {
    match bloc {
        Bloc::Liste(liste) => liste.elements.iter().map(Vec::as_slice).collect(),
        Bloc::Tableau(t) => {
            t.entete.iter().chain(t.lignes.iter().flat_map(|l| &l.cellules)).map(|c| c.blocs.as_slice()).collect()
        }
        Bloc::Formulaire { lignes } => lignes.iter().map(|l| l.blocs.as_slice()).collect(),
        Bloc::Encadre { blocs, .. } => vec![blocs],
        _ => Vec::new(),
    }
}

/// The words of a block, those of the blocks inside it left out.
fn contenus(bloc: &Bloc) -> Vec<&[Inline]> {
    match bloc {
        Bloc::Titre(titre) => vec![&titre.contenu],
        Bloc::Paragraphe(p) => vec![&p.contenu],
        Bloc::Tableau(t) => t.legende.iter().map(Vec::as_slice).collect(),
        Bloc::Formulaire { lignes } => lignes.iter().map(|l| l.terme.as_slice()).collect(),
        Bloc::Signatures { signatures } => signatures
            .iter()
            .flat_map(|s| std::iter::once(s.partie.as_slice()).chain(s.lignes().map(Vec::as_slice)))
            .collect(),
        Bloc::Encadre { titre, .. } => vec![titre],
        _ => Vec::new(),
    }
}
