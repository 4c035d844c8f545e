//! The words of a block tree, in reading order: what both formats must print, no more, no less.
//!
//! Must not know any output format.

use super::{Bloc, Document, Inline, Ligne, Noeud, Numero, Partie};

/// The plain text of a document, one block a line, numbers of headings included.
pub fn texte(document: &Document) -> String {
    let mut sortie = String::new();
    for partie in &document.parties {
        texte_partie(partie, &mut sortie);
    }
    sortie
}

/// The same for one part.
pub fn texte_partie(partie: &Partie, sortie: &mut String) {
    blocs(&partie.blocs, sortie);
}

/// The same for some blocks.
pub fn texte_noeuds(noeuds: &[Noeud], sortie: &mut String) {
    blocs(noeuds, sortie);
}

/// The text of inline content.
pub fn inlines(contenu: &[Inline]) -> String {
    let mut sortie = String::new();
    ecrire(contenu, &mut sortie);
    sortie
}

/// Whether inline content is figures, with a unit at most, and no value that is not known yet.
pub fn en_chiffres(contenu: &[Inline]) -> bool {
    let texte = inlines(contenu);
    let compter = |voulu: fn(char) -> bool| texte.chars().filter(|c| voulu(*c)).count();
    compter(char::is_alphabetic) <= 2 * compter(char::is_numeric) + 2 && !lacunes(contenu)
}

fn lacunes(contenu: &[Inline]) -> bool {
    contenu.iter().any(|inline| match inline {
        Inline::Lacune { .. } => true,
        Inline::Gras { contenu }
        | Inline::Italique { contenu }
        | Inline::Exposant { contenu }
        | Inline::Lien { contenu, .. } => lacunes(contenu),
        Inline::Texte { .. } | Inline::Valeur { .. } | Inline::Renvoi { .. } | Inline::RetourLigne => false,
    })
}

/// The printed form of a computed number.
pub fn numero(numero: &Numero) -> String {
    format!("{}{}{}", numero.prefixe, numero.texte, numero.suffixe)
}

fn blocs(noeuds: &[Noeud], sortie: &mut String) {
    for noeud in noeuds {
        bloc(&noeud.bloc, sortie);
    }
}

fn ligne(contenu: &[Inline], sortie: &mut String) {
    ecrire(contenu, sortie);
    sortie.push('\n');
}

fn bloc(bloc: &Bloc, sortie: &mut String) {
    match bloc {
        Bloc::Titre(titre) => {
            if let Some(n) = &titre.numero {
                sortie.push_str(&numero(n));
            }
            ligne(&titre.contenu, sortie);
        }
        Bloc::Paragraphe(p) => ligne(&p.contenu, sortie),
        Bloc::Liste(liste) => liste.elements.iter().for_each(|e| blocs(e, sortie)),
        Bloc::Tableau(t) => {
            if let Some(legende) = &t.legende {
                ligne(legende, sortie);
            }
            t.entete.iter().for_each(|c| blocs(&c.blocs, sortie));
            for Ligne { cellules, .. } in &t.lignes {
                cellules.iter().for_each(|c| blocs(&c.blocs, sortie));
            }
        }
        Bloc::Formulaire { lignes } => {
            for l in lignes {
                ligne(&l.terme, sortie);
                blocs(&l.blocs, sortie);
            }
        }
        Bloc::Signatures { signatures } => {
            for s in signatures {
                ligne(&s.partie, sortie);
                s.lignes().for_each(|q| ligne(q, sortie));
            }
        }
        Bloc::Encadre { titre, blocs: b } => {
            if !titre.is_empty() {
                ligne(titre, sortie);
            }
            blocs(b, sortie);
        }
        Bloc::Image { .. } | Bloc::Images { .. } | Bloc::Piece { .. } | Bloc::Sommaire { .. } | Bloc::SautDePage => {}
    }
}

fn ecrire(contenu: &[Inline], sortie: &mut String) {
    for inline in contenu {
        match inline {
            Inline::Texte { texte }
            | Inline::Valeur { texte, .. }
            | Inline::Lacune { texte, .. }
            | Inline::Renvoi { texte, .. } => sortie.push_str(texte),
            Inline::Gras { contenu }
            | Inline::Italique { contenu }
            | Inline::Exposant { contenu }
            | Inline::Lien { contenu, .. } => ecrire(contenu, sortie),
            Inline::RetourLigne => sortie.push('\n'),
        }
    }
}
