//! The rows that were added to the tables of a contract, or removed → the elements of its lists that they make, or were.

use super::colonnes::{Savoir, Table};
use super::contenu::{Cellule, DossierWord};
use super::lignes::{self, Ligne, Lignes};
use super::plan::{Lieu, Plan, lieux};
use crate::document::Document;
use crate::dossier::Ouverture;
use crate::echanges::comparer::chemin;
use crate::echanges::reprise::{Ecart, ElementDeListe, Sens};
use std::collections::BTreeMap;

/// The most rows that are read; a file that adds more is no contract that someone reads again.
const LIGNES_MAX: usize = 500;

/// What the rows bring, and both files without them.
pub(super) struct Elements {
    pub elements: Vec<ElementDeListe>,
    /// The rows of tables that print no list.
    pub ecarts: Vec<Ecart>,
    pub imprime: DossierWord,
    pub word: DossierWord,
}

/// Finds the rows, and reads those that were added.
pub(super) fn relever(
    plan: &Plan,
    document: &Document,
    imprime: &DossierWord,
    word: &DossierWord,
    ouverture: &Ouverture,
) -> Elements {
    let savoir = Savoir::de(document, &ouverture.donnees, ouverture.contrat.as_deref());
    let places = lieux(&imprime.paragraphes);
    let tables: BTreeMap<usize, Table<'_>> = imprime
        .tableaux
        .iter()
        .enumerate()
        .filter_map(|(rang, tableau)| {
            let alentours = alentours(imprime, tableau.paragraphe, places.get(tableau.paragraphe).copied());
            Some((rang, Table::apprendre(&savoir, tableau, &alentours)?))
        })
        .collect();
    let element = |tableau: usize, ligne: usize| tables.get(&tableau).and_then(|table| *table.elements.get(ligne)?);
    let Lignes { ajoutees, retirees, imprime, word } =
        lignes::separer(imprime, word, &|tableau, ligne| element(tableau, ligne).is_some());
    let dans_word = lieux(&word.paragraphes);
    let clause = |ligne: &Ligne| plan.designer(dans_word.get(ligne.paragraphe).copied().unwrap_or_default());
    let mut sortie = Elements { elements: Vec::new(), ecarts: Vec::new(), imprime, word: DossierWord::default() };
    for (rang, ligne) in ajoutees.iter().enumerate() {
        match tables.get(&ligne.tableau).filter(|_| rang < LIGNES_MAX) {
            Some(table) => sortie.elements.push(ajout(ouverture, table, ligne, clause(ligne))),
            None => {
                let cellules = ligne.cellules.iter().map(texte).collect();
                sortie.ecarts.push(Ecart::LigneAjoutee { clause: clause(ligne), cellules });
            }
        }
    }
    for ligne in &retirees {
        let rang = ligne.rang.and_then(|rang| element(ligne.tableau, rang));
        let retrait = tables.get(&ligne.tableau).zip(rang);
        sortie
            .elements
            .extend(retrait.and_then(|(table, rang)| retrait_de(ouverture, &table.liste, rang, clause(ligne))));
    }
    drop(dans_word);
    sortie.word = word;
    sortie
}

fn texte(cellule: &Cellule) -> String {
    cellule.texte.replace('\n', " ¶ ")
}

/// The words above a table: its legend, the headings.
fn alentours(imprime: &DossierWord, paragraphe: usize, lieu: Option<Lieu<'_>>) -> String {
    let lieu = lieu.unwrap_or_default();
    let legende = paragraphe.checked_sub(1).and_then(|rang| imprime.paragraphes.get(rang));
    let legende = legende.map(|p| p.texte.as_str()).unwrap_or_default();
    [legende, lieu.intertitre, lieu.titre.mots].join("\n")
}

fn ajout(ouverture: &Ouverture, table: &Table<'_>, ligne: &Ligne, clause: String) -> ElementDeListe {
    let lu = table.lire(&ligne.cellules, ligne.rang);
    let au_dessus = ligne.rang.and_then(|rang| table.elements.get(..=rang)?.iter().rev().find_map(|element| *element));
    let premier = || table.elements.iter().flatten().min().copied().unwrap_or_default();
    let rang = au_dessus.map_or_else(premier, |rang| rang + 1);
    let liste = table.liste.clone();
    let voisin = au_dessus.map_or_else(|| liste.clone(), |rang| format!("{liste}/{rang}"));
    ElementDeListe {
        numero: 0,
        sens: Sens::Ajoute,
        rang,
        place: chemin(&ouverture.donnees, &liste),
        clause,
        position: ouverture.lecture.positions.de(&voisin),
        element: lu.element,
        a_preciser: lu.doutes,
        lieu: None,
        liste,
    }
}

fn retrait_de(ouverture: &Ouverture, liste: &str, rang: usize, clause: String) -> Option<ElementDeListe> {
    let pointeur = format!("{liste}/{rang}");
    Some(ElementDeListe {
        numero: 0,
        sens: Sens::Retire,
        liste: liste.to_owned(),
        rang,
        place: chemin(&ouverture.donnees, &pointeur),
        clause,
        position: ouverture.lecture.positions.de(&pointeur),
        element: ouverture.donnees.pointer(&pointeur)?.clone(),
        a_preciser: Vec::new(),
        lieu: None,
    })
}
