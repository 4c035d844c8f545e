//! The rows that were added to the tables of a contract, or removed → the elements of its lists that they make, or were.

use super::colonnes::{Savoir, Table};
use super::contenu::{Cellule, DossierWord};
use super::lignes::{self, Ligne, Lignes};
use super::plan::{Lieu, Plan, lieux};
use super::reponse::{Ecart, ElementDeListe, Sens};
use crate::document::Document;
use crate::dossier::Ouverture;
use crate::echanges::comparer::chemin;
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
    let savoir = Savoir::de(document, &ouverture.donnees, ouverture.contrat.as_ref());
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
    })
}

#[cfg(test)]
mod tests {
    use super::super::contenu::Suivi;
    use super::*;
    use crate::dossier::{self, Choix, Format};
    use crate::rendu;
    use serde_json::Value;
    use std::path::PathBuf;

    /// Every value of the read element is in the one that the row printed; an identifier is new.
    fn contredit(lu: &Value, vrai: Option<&Value>, chemin: &str) -> Option<String> {
        match (lu, vrai) {
            (Value::Object(cles), _) => cles
                .iter()
                .filter(|(cle, _)| *cle != "id")
                .find_map(|(cle, lu)| contredit(lu, vrai.and_then(|vrai| vrai.get(cle)), &format!("{chemin}/{cle}"))),
            (Value::Array(lus), _) if lus.iter().any(Value::is_object) => {
                lus.iter().enumerate().find_map(|(rang, lu)| {
                    contredit(lu, vrai.and_then(|vrai| vrai.get(rang)), &format!("{chemin}/{rang}"))
                })
            }
            (Value::Number(a), Some(Value::Number(b)))
                if a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| (a - b).abs() < 0.01) =>
            {
                None
            }
            (lu, vrai) => {
                // The look of a long text is not told by a row; a number is printed to two decimals.
                let plat = |v: &Value| match v {
                    Value::String(texte) => super::super::texte::aplatir(&texte.replace('*', "").replace("\n- ", "\n")),
                    autre => autre.to_string(),
                };
                (vrai.map(plat) != Some(plat(lu))).then(|| format!("{chemin} : {lu} / {vrai:?}"))
            }
        }
    }

    /// The rows of all the tables of the examples, read as if they had just been added: what is read is what they print. Whoever adds
    /// a row in the manner of the others is understood.
    #[test]
    fn each_printed_row_reads_back_as_the_element_that_it_prints() {
        for (exemple, part) in [("paca", 80), ("bretagne", 70), ("ara", 70), ("persagotiere", 70)] {
            let chemin = PathBuf::from(format!("fixtures/{exemple}/exemple.json"));
            let ouverture = dossier::ouvrir(&[chemin]).expect("an example");
            let choix = Choix::default();
            let verification = dossier::verifier(&ouverture, &choix).expect("a report");
            let exemplaires = dossier::rediger(&ouverture, &choix, &verification).expect("a document");
            let document = &exemplaires[0].document;
            let octets = dossier::imprimer(document, Format::Docx, &rendu::Options::default()).expect("a file");
            let imprime = DossierWord::lire(&octets, Suivi::Accepte).expect("a file of ours");
            let savoir = Savoir::de(document, &ouverture.donnees, ouverture.contrat.as_ref());
            let places = lieux(&imprime.paragraphes);
            let (mut lues, mut sures, mut doutes) = (0, 0, BTreeMap::<String, usize>::new());
            for tableau in &imprime.tableaux {
                let alentours = alentours(&imprime, tableau.paragraphe, places.get(tableau.paragraphe).copied());
                let Some(table) = Table::apprendre(&savoir, tableau, &alentours) else { continue };
                for (rang, element) in table.elements.iter().enumerate() {
                    let Some(element) = element else { continue };
                    let lu = table.lire(&tableau.lignes[rang], Some(rang));
                    let vrai = ouverture.donnees.pointer(&format!("{}/{element}", table.liste));
                    let faux = contredit(&lu.element, vrai, &table.liste);
                    assert_eq!(faux, None, "{exemple}: {:?}", tableau.lignes[rang]);
                    lues += 1;
                    sures += usize::from(lu.doutes.is_empty());
                    for doute in lu.doutes {
                        *doutes
                            .entry(format!("{} {}", table.liste, doute.split(':').next().unwrap_or_default()))
                            .or_default() += 1;
                    }
                }
            }
            assert!(lues > 60 && sures * 100 >= lues * part, "{exemple}: {sures} of {lues} rows; {doutes:#?}");
            println!("{exemple}: {sures} of {lues} rows without a doubt");
        }
    }
}
