//! Block tree → plain text, for diffs and tests: one line per paragraph, no layout.

use crate::document::{Bloc, Cellule, Document, GenreLigne, Inline, Ligne, Liste, Noeud, Tableau, mots};

/// Prints a document as readable text; parts are separated by a line that names them.
pub fn rendre(document: &Document) -> String {
    let mut sortie = String::new();
    for partie in &document.parties {
        if !sortie.is_empty() {
            sortie.push('\n');
        }
        sortie.push_str(&format!("=== {} ({}) ===\n", une_ligne(&partie.titre), partie.cle));
        blocs(&partie.blocs, "", &mut sortie);
    }
    sortie
}

fn blocs(noeuds: &[Noeud], retrait: &str, sortie: &mut String) {
    for noeud in noeuds {
        bloc(&noeud.bloc, retrait, sortie);
    }
}

fn bloc(bloc: &Bloc, retrait: &str, sortie: &mut String) {
    match bloc {
        Bloc::Titre(titre) => {
            let numero = titre.numero.as_ref().map(mots::numero).unwrap_or_default();
            let diese = "#".repeat(usize::from(titre.niveau.clamp(1, 6)));
            let texte = une_ligne(&format!("{numero}{}", mots::inlines(&titre.contenu)));
            sortie.push_str(&format!("\n{retrait}{diese} {texte}\n\n"));
        }
        Bloc::Paragraphe(p) => ecrire(retrait, &p.contenu, sortie),
        Bloc::Liste(l) => liste(l, retrait, sortie),
        Bloc::Tableau(t) => tableau(t, retrait, sortie),
        Bloc::Formulaire { lignes } => {
            for ligne in lignes {
                sortie.push_str(&format!("{retrait}{} :\n", une_ligne(&mots::inlines(&ligne.terme))));
                blocs(&ligne.blocs, &format!("{retrait}    "), sortie);
            }
        }
        Bloc::Signatures { signatures } => {
            for signature in signatures {
                ecrire(&format!("{retrait}[signature] "), &signature.partie, sortie);
                for ligne in signature.lignes() {
                    ecrire(&format!("{retrait}    "), ligne, sortie);
                }
            }
        }
        Bloc::Encadre { titre, blocs: dedans } => {
            let marge = format!("{retrait}> ");
            if !titre.is_empty() {
                ecrire(&marge, titre, sortie);
            }
            blocs(dedans, &marge, sortie);
        }
        Bloc::Image { alternative, .. } => sortie.push_str(&format!("{retrait}[image : {}]\n", une_ligne(alternative))),
        Bloc::Images { images, .. } => {
            for (_, alternative) in images {
                sortie.push_str(&format!("{retrait}[image : {}]\n", une_ligne(alternative)));
            }
        }
        Bloc::Piece { titre, .. } => sortie.push_str(&format!("{retrait}[pièce : {}]\n", une_ligne(titre))),
        Bloc::Sommaire { .. } => sortie.push_str(&format!("{retrait}[sommaire]\n")),
        Bloc::SautDePage => sortie.push_str(&format!("{retrait}[saut de page]\n")),
    }
}

fn ecrire(retrait: &str, contenu: &[Inline], sortie: &mut String) {
    for ligne in mots::inlines(contenu).split('\n') {
        sortie.push_str(format!("{retrait}{}", une_ligne(ligne)).trim_end());
        sortie.push('\n');
    }
}

fn liste(liste: &Liste, retrait: &str, sortie: &mut String) {
    for (rang, element) in (0u32..).zip(&liste.elements) {
        let marque = match liste.depart {
            Some(depart) => format!("{}. ", depart.saturating_add(rang)),
            None => "- ".to_owned(),
        };
        let marge = format!("{retrait}{}", " ".repeat(marque.len()));
        let mut texte = String::new();
        blocs(element, &marge, &mut texte);
        // The mark takes the place of the first margin.
        let texte = texte.trim_start_matches('\n');
        sortie.push_str(&format!("{retrait}{marque}{}", texte.strip_prefix(&marge).unwrap_or(texte)));
        if texte.is_empty() {
            sortie.push('\n');
        }
    }
}

fn tableau(tableau: &Tableau, retrait: &str, sortie: &mut String) {
    if let Some(legende) = &tableau.legende {
        ecrire(retrait, legende, sortie);
    }
    if !tableau.entete.is_empty() {
        rangee(&tableau.entete, "", retrait, sortie);
        sortie.push_str(&format!("{retrait}{}\n", vec!["---"; tableau.colonnes.len().max(1)].join(" | ")));
    }
    for Ligne { genre, cellules } in &tableau.lignes {
        let marque = match genre {
            GenreLigne::Normale => "",
            GenreLigne::Total => "= ",
            GenreLigne::Groupe => "* ",
        };
        rangee(cellules, marque, retrait, sortie);
    }
}

fn rangee(cellules: &[Cellule], marque: &str, retrait: &str, sortie: &mut String) {
    let textes: Vec<String> = cellules
        .iter()
        .map(|cellule| {
            let mut texte = String::new();
            blocs(&cellule.blocs, "", &mut texte);
            let lignes: Vec<String> = texte.lines().map(une_ligne).filter(|l| !l.is_empty()).collect();
            lignes.join(" / ")
        })
        .collect();
    sortie.push_str(format!("{retrait}{marque}{}", textes.join(" | ")).trim_end());
    sortie.push('\n');
}

/// The words of a text with single ordinary spaces between them; no-break spaces are kept.
fn une_ligne(texte: &str) -> String {
    texte.split([' ', '\n', '\r', '\t']).filter(|m| !m.is_empty()).collect::<Vec<_>>().join(" ")
}
