//! The first sheet, which says how to fill the others, and the last one, which says what remains to be done.

use super::super::Erreur;
use super::super::demande::Options;
use super::super::grille::Grille;
use super::styles::{Styles, hauteur};
use crate::remarque::Remarque;
use crate::schema::chemin::Chemins;
use rust_xlsxwriter::{Url, Worksheet};
use serde_json::Value;
use std::collections::BTreeMap;

/// How to fill the workbook, on one screen.
pub(super) fn lisez_moi(
    donnees: &Value,
    grilles: &[&Grille],
    options: &Options<'_>,
    styles: &Styles,
) -> Result<Worksheet, Erreur> {
    let mut feuille = Worksheet::new();
    feuille.set_name("Lisez-moi")?;
    for (colonne, large) in (0_u16..).zip([34.0, 12.0, 34.0, 12.0, 34.0, 12.0]) {
        feuille.set_column_width(colonne, large)?;
    }
    let mot = |cle: &str| donnees.get(cle).and_then(Value::as_str).unwrap_or_default();
    feuille.merge_range(0, 0, 0, 5, &format!("Contrat {}", mot("reference")), &styles.titre)?;
    feuille.set_row_height(0, 24)?;
    feuille.merge_range(1, 0, 1, 5, mot("intitule"), &styles.paragraphe)?;
    let pour = match (options.pour, options.verrouille) {
        (None, _) => "Toutes les cellules peuvent être remplies.".to_owned(),
        (Some(pour), true) => format!("Ce classeur est pour {} : le reste est montré, et verrouillé.", pour.en_clair()),
        (Some(pour), false) => {
            format!("Ce classeur est pour {} : le reste, pointillé, est montré pour mémoire.", pour.en_clair())
        }
    };
    let lignes: [(&str, String, &rust_xlsxwriter::Format); 9] = [
        ("Pour qui", pour, &styles.pastille_blanche),
        ("Blanc", "À remplir ou à corriger. Le triangle d'un titre de colonne en donne le sens.".into(), &styles.pastille_blanche),
        ("Jaune", "Ce sans quoi la ligne ne peut pas être reprise.".into(), &styles.pastille_jaune),
        ("Gris", "Calculé par le tableur : jamais relu.".into(), &styles.pastille_grise),
        ("Ajouter", "Remplissez une ligne vide sous le tableau, ou insérez-en une. Pour un nouvel établissement, son nom suffit : il peut être cité aussitôt dans les autres feuilles.".into(), &styles.pastille_blanche),
        ("Retirer", "Supprimez la ligne : le retrait est proposé, et n'est fait que si on le demande.".into(), &styles.pastille_blanche),
        ("Sans objet", "Écrivez « sans objet : » suivi du motif, dans n'importe quelle cellule.".into(), &styles.pastille_blanche),
        ("Plusieurs valeurs", "Une par ligne dans la cellule : Alt+Entrée (Ctrl+Entrée dans LibreOffice).".into(), &styles.pastille_blanche),
        ("Rendre", "Enregistrez, et renvoyez ce fichier. Colonnes déplacées, masquées, ajoutées : cpom s'y retrouve. Il dira chaque changement avant de l'écrire.".into(), &styles.pastille_blanche),
    ];
    let mut ligne = 3;
    for (titre, texte, pastille) in lignes {
        feuille.write_string_with_format(ligne, 0, titre, pastille)?;
        feuille.merge_range(ligne, 1, ligne, 5, &texte, &styles.paragraphe)?;
        feuille.set_row_height(ligne, if texte.chars().count() > 100 { 30 } else { 16 })?;
        ligne += 1;
    }
    ligne += 1;
    feuille.write_string_with_format(ligne, 0, "Feuilles", &styles.titre)?;
    feuille.set_row_height(ligne, 24)?;
    // Three to a line, so that all stand on one screen.
    let hauteur = grilles.len().div_ceil(3);
    for (rang, grille) in grilles.iter().enumerate() {
        let ici = ligne + 1 + (rang % hauteur) as u32;
        let colonne = 2 * (rang / hauteur) as u16;
        feuille.write_url_with_format(ici, colonne, lien(&grille.nom, 0, 1).set_text(&grille.nom), &styles.lien)?;
        let combien = match (grille.motif.as_str(), grille.rangees.len()) {
            ("", _) => String::new(),
            (_, 0) => "vide".to_owned(),
            (_, 1) => "1 ligne".to_owned(),
            (_, n) => format!("{n} lignes"),
        };
        feuille.write_string_with_format(ici, colonne + 1, combien, &styles.paragraphe)?;
    }
    feuille.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 1);
    feuille.set_screen_gridlines(false);
    Ok(feuille)
}

/// What is said of the contract, with links to the cells.
pub(super) fn remarques(
    donnees: &Value,
    remarques: &[Remarque],
    lieux: &BTreeMap<String, (String, u32, u32)>,
    styles: &Styles,
) -> Result<Worksheet, Erreur> {
    let mut feuille = Worksheet::new();
    feuille.set_name("Remarques")?;
    for (colonne, (titre, large)) in (0_u16..).zip([
        ("Gravité", 13),
        ("Code", 10),
        ("Cellule", 24),
        ("Place", 44),
        ("Remarque", 70),
        ("À faire", 60),
    ]) {
        feuille.write_string_with_format(0, colonne, titre, &styles.tete)?;
        feuille.set_column_width(colonne, large)?;
    }
    let chemins = Chemins::de(donnees);
    if remarques.is_empty() {
        feuille.write_string_with_format(1, 4, "Aucune remarque.", &styles.paragraphe)?;
    }
    for (ligne, remarque) in (1_u32..).zip(remarques) {
        feuille.write_string_with_format(ligne, 0, remarque.severite.to_string(), &styles.champ)?;
        feuille.write_string_with_format(ligne, 1, &remarque.code, &styles.rubrique)?;
        match lieu(lieux, &remarque.pointeur) {
            Some((nom, l, c)) => {
                feuille.write_url_with_format(ligne, 2, lien(nom, *l, *c), &styles.lien)?;
            }
            None => {
                feuille.write_blank(ligne, 2, &styles.rubrique)?;
            }
        }
        feuille.write_string_with_format(ligne, 3, chemins.texte(&remarque.pointeur), &styles.rubrique)?;
        feuille.write_string_with_format(ligne, 4, &remarque.message, &styles.rubrique)?;
        feuille.write_string_with_format(ligne, 5, &remarque.remede, &styles.rubrique)?;
        let place = chemins.texte(&remarque.pointeur);
        let textes = [(place.as_str(), 44.0), (&remarque.message, 70.0), (&remarque.remede, 60.0)];
        feuille.set_row_height(ligne, hauteur(textes.into_iter()))?;
    }
    feuille.set_freeze_panes(1, 0)?;
    feuille.set_repeat_rows(0, 0)?;
    feuille.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(feuille)
}

/// The cell of a pointer, or of what is nearest above it.
fn lieu<'l>(lieux: &'l BTreeMap<String, (String, u32, u32)>, pointeur: &str) -> Option<&'l (String, u32, u32)> {
    let mut ici = pointeur;
    loop {
        if let Some(lieu) = lieux.get(ici) {
            return Some(lieu);
        }
        ici = ici.rsplit_once('/').map(|(parent, _)| parent).filter(|parent| !parent.is_empty())?;
    }
}

/// A link to a cell of the workbook.
fn lien(feuille: &str, ligne: u32, colonne: u32) -> Url {
    use crate::lecture::classeur::nom_de_cellule;
    let cellule = nom_de_cellule(ligne, colonne);
    Url::new(format!("internal:'{}'!{cellule}", feuille.replace('\'', "''"))).set_text(format!("{feuille}!{cellule}"))
}
