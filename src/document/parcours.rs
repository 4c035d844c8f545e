//! Every piece of text of some blocks, in reading order: for what looks for values, whatever holds them.

use super::{Bloc, Inline, Noeud};

/// Shows each inline of blocks, and those that it holds; the lines of a signature are no place to look for a value.
pub fn inlines<'a>(noeuds: &'a [Noeud], voir: &mut impl FnMut(&'a Inline)) {
    for noeud in noeuds {
        match &noeud.bloc {
            Bloc::Titre(t) => suite(&t.contenu, voir),
            Bloc::Paragraphe(p) => suite(&p.contenu, voir),
            Bloc::Liste(l) => l.elements.iter().for_each(|e| inlines(e, voir)),
            Bloc::Tableau(t) => {
                t.legende.iter().for_each(|legende| suite(legende, voir));
                let cellules = t.entete.iter().chain(t.lignes.iter().flat_map(|l| &l.cellules));
                cellules.for_each(|c| inlines(&c.blocs, voir));
            }
            Bloc::Formulaire { lignes } => lignes.iter().for_each(|l| {
                suite(&l.terme, voir);
                inlines(&l.blocs, voir);
            }),
            Bloc::Encadre { titre, blocs } => {
                suite(titre, voir);
                inlines(blocs, voir);
            }
            Bloc::Signatures { .. }
            | Bloc::Image { .. }
            | Bloc::Images { .. }
            | Bloc::Piece { .. }
            | Bloc::Sommaire { .. }
            | Bloc::SautDePage => {}
        }
    }
}

fn suite<'a>(contenu: &'a [Inline], voir: &mut impl FnMut(&'a Inline)) {
    for inline in contenu {
        voir(inline);
        match inline {
            Inline::Gras { contenu }
            | Inline::Italique { contenu }
            | Inline::Exposant { contenu }
            | Inline::Lien { contenu, .. } => suite(contenu, voir),
            Inline::Texte { .. }
            | Inline::Valeur { .. }
            | Inline::Lacune { .. }
            | Inline::Renvoi { .. }
            | Inline::RetourLigne => {}
        }
    }
}
