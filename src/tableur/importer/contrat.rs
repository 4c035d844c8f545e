//! The sheet of the values that are in no list, one a row.

use super::super::grille::Grille;
use super::import::{Case, Import, lieu_de};
use crate::formats::mots::plat;
use crate::lecture::classeur::{Contenu, Feuille};
use std::collections::BTreeSet;

/// Reads it; whether it is one of ours.
pub(super) fn lire(import: &mut Import<'_>, feuille: &Feuille, grille: &Grille) -> bool {
    let Some(rangee) = grille.rangees.first() else { return false };
    let mot = |ligne: u32, colonne: u32| match feuille.cellule(ligne, colonne).map(|c| &c.contenu) {
        Some(Contenu::Texte(texte)) => texte.trim().to_owned(),
        _ => String::new(),
    };
    let titre = |voulu: &str| {
        (0..feuille.hauteur().min(12)).rev().find_map(|ligne| {
            let cellule = feuille.rangee(ligne).iter().find(|c| plat(&mot(ligne, c.colonne)) == voulu)?;
            Some((ligne, cellule.colonne))
        })
    };
    let Some((ligne_de_titre, valeur)) = titre("valeur") else { return false };
    let (cle, rubrique, champ) = (titre("_cle"), titre("rubrique"), titre("champ"));
    let mut vues = BTreeSet::new();
    for ligne in ligne_de_titre + 1..feuille.hauteur() {
        let cle = cle.map(|(_, colonne)| mot(ligne, colonne)).unwrap_or_default();
        let cle = cle.trim_start_matches('\'');
        let dit = [rubrique, champ].map(|place| place.map(|(_, c)| plat(&mot(ligne, c))).unwrap_or_default());
        let colonne = grille.colonnes.iter().find(|c| cle.strip_prefix('/') == Some(&c.pointeur)).or_else(|| {
            let des_mots = |titre: &str| {
                let (rubrique, champ) = titre.rsplit_once(" › ").unwrap_or(("Contrat", titre));
                [plat(rubrique), plat(champ)] == dit
            };
            grille.colonnes.iter().find(|c| cle.is_empty() && des_mots(&c.titre))
        });
        let Some(colonne) = colonne else { continue };
        if !vues.insert(colonne.pointeur.clone()) {
            continue;
        }
        let contenu = feuille.a(ligne, valeur).map(|c| &c.contenu);
        let lieu = &lieu_de(feuille, ligne, valeur);
        import.comparer(Case { grille, rangee, colonne, lieu }, contenu);
    }
    !vues.is_empty()
}
