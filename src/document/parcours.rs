//! Every piece of text of some blocks, in reading order: for what looks for values, or marks them, whatever holds them.

use super::{Bloc, Document, Inline, Noeud};

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

/// The same of a piece of text.
pub fn suite<'a>(contenu: &'a [Inline], voir: &mut impl FnMut(&'a Inline)) {
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

/// What stands in the place of words that do not say where they come from, if something does.
pub type Remplacer<'f> = dyn FnMut(&str) -> Option<Vec<Inline>> + 'f;

/// Gives other inlines in the place of the words of a document that do not say where they come from, wherever they stand.
pub fn remplacer(document: &mut Document, faire: &mut Remplacer<'_>) {
    document.parties.iter_mut().for_each(|partie| dans_les_blocs(&mut partie.blocs, faire));
}

fn dans_les_blocs(noeuds: &mut [Noeud], faire: &mut Remplacer<'_>) {
    for noeud in noeuds {
        match &mut noeud.bloc {
            Bloc::Titre(t) => dans_la_suite(&mut t.contenu, faire),
            Bloc::Paragraphe(p) => dans_la_suite(&mut p.contenu, faire),
            Bloc::Liste(l) => l.elements.iter_mut().for_each(|e| dans_les_blocs(e, faire)),
            Bloc::Tableau(t) => {
                t.legende.iter_mut().for_each(|legende| dans_la_suite(legende, faire));
                let cellules = t.entete.iter_mut().chain(t.lignes.iter_mut().flat_map(|l| &mut l.cellules));
                cellules.for_each(|c| dans_les_blocs(&mut c.blocs, faire));
            }
            Bloc::Formulaire { lignes } => lignes.iter_mut().for_each(|l| {
                dans_la_suite(&mut l.terme, faire);
                dans_les_blocs(&mut l.blocs, faire);
            }),
            Bloc::Encadre { titre, blocs } => {
                dans_la_suite(titre, faire);
                dans_les_blocs(blocs, faire);
            }
            Bloc::Signatures { signatures } => signatures.iter_mut().for_each(|s| {
                dans_la_suite(&mut s.partie, faire);
                s.qualite.iter_mut().for_each(|ligne| dans_la_suite(ligne, faire));
            }),
            Bloc::Image { .. }
            | Bloc::Images { .. }
            | Bloc::Piece { .. }
            | Bloc::Sommaire { .. }
            | Bloc::SautDePage => {}
        }
    }
}

fn dans_la_suite(contenu: &mut Vec<Inline>, faire: &mut Remplacer<'_>) {
    let mut rang = 0;
    while let Some(inline) = contenu.get_mut(rang) {
        match inline {
            Inline::Texte { texte } | Inline::Valeur { texte, pointeur: None, .. } => {
                if let Some(neufs) = faire(texte) {
                    let nombre = neufs.len();
                    contenu.splice(rang..=rang, neufs);
                    rang += nombre;
                    continue;
                }
            }
            Inline::Gras { contenu }
            | Inline::Italique { contenu }
            | Inline::Exposant { contenu }
            | Inline::Lien { contenu, .. } => dans_la_suite(contenu, faire),
            Inline::Valeur { .. } | Inline::Lacune { .. } | Inline::Renvoi { .. } | Inline::RetourLigne => {}
        }
        rang += 1;
    }
}
