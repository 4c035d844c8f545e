//! What an edited Word file has besides words and fields, against what was printed: tables, objects, headers, the order of fields.

use super::alignement;
use super::contenu::{Cellule, DossierWord, Genre, GenreObjet, Objet, Tableau};
use super::plan::{Lieu, Plan, lieux};
use crate::document::Document;
use crate::echanges::reprise::{Ecart, Sens};
use crate::formats::mots::aplatir;
use crate::rendu::docx::bandeaux;
use std::collections::{BTreeMap, BTreeSet};

/// All that differs, in the order: tables, objects, headers and footers.
pub(super) fn comparer(plan: &Plan, imprime: &DossierWord, word: &DossierWord) -> Vec<Ecart> {
    let mut ecarts = tableaux(plan, imprime, word);
    ecarts.extend(objets(plan, imprime, word));
    ecarts.extend(en_tetes(imprime, word));
    ecarts
}

fn tableaux(plan: &Plan, imprime: &DossierWord, word: &DossierWord) -> Vec<Ecart> {
    // A word processor may cut the grid of columns again: cells count, not the columns that they cover.
    let cellules = |ligne: &Vec<Cellule>| ligne.iter().map(|cellule| cellule.suite).collect::<Vec<_>>();
    let forme = |t: &Tableau| t.lignes.iter().map(cellules).collect::<Vec<_>>();
    let formes = |dossier: &DossierWord| dossier.tableaux.iter().map(forme).collect::<Vec<_>>();
    let (lieux_avant, lieux_apres) = (lieux(&imprime.paragraphes), lieux(&word.paragraphes));
    let mut ecarts = Vec::new();
    for (vieux, neufs) in alignement::differences(&formes(imprime), &formes(word)) {
        let (vieux, neufs) = (&imprime.tableaux[vieux], &word.tableaux[neufs]);
        for rang in 0..vieux.len().max(neufs.len()) {
            let (ancien, nouveau) = (vieux.get(rang), neufs.get(rang));
            let place = match (ancien, nouveau) {
                (_, Some(nouveau)) => lieux_apres.get(nouveau.paragraphe),
                (Some(ancien), None) => lieux_avant.get(ancien.paragraphe),
                (None, None) => None,
            };
            let clause = plan.designer(place.copied().unwrap_or_default());
            ecarts.push(Ecart::Tableau { clause, avant: decrire(ancien), apres: decrire(nouveau) });
        }
    }
    ecarts
}

/// « 12 lignes, 4 colonnes, 3 cellules fusionnées ».
fn decrire(tableau: Option<&Tableau>) -> String {
    let Some(tableau) = tableau else { return String::new() };
    let colonnes = |ligne: &Vec<Cellule>| ligne.iter().map(|cellule| u32::from(cellule.etendue)).sum::<u32>();
    let compter = |n: u32, mot: &str| crate::formats::compte(n as usize, mot);
    let lignes = compter(u32::try_from(tableau.lignes.len()).unwrap_or(u32::MAX), "ligne");
    let colonnes = compter(tableau.lignes.iter().map(colonnes).max().unwrap_or_default(), "colonne");
    let fusionnees = tableau.lignes.iter().flatten().filter(|c| c.etendue > 1 || c.suite).count();
    match fusionnees {
        0 => format!("{lignes}, {colonnes}"),
        1 => format!("{lignes}, {colonnes}, 1 cellule fusionnée"),
        n => format!("{lignes}, {colonnes}, {n} cellules fusionnées"),
    }
}

/// The objects that one file only has, as many as it has more.
fn objets(plan: &Plan, imprime: &DossierWord, word: &DossierWord) -> Vec<Ecart> {
    let titres: BTreeSet<String> = titres(imprime).chain(titres(word)).collect();
    let (avant, apres) = (a_dire(imprime, &titres), a_dire(word, &titres));
    let mut ecarts = en_trop(plan, &apres, &avant, &lieux(&word.paragraphes), Sens::Ajoute);
    ecarts.extend(en_trop(plan, &avant, &apres, &lieux(&imprime.paragraphes), Sens::Retire));
    ecarts
}

/// The lines of the table of contents follow the headings: they are told when they are none.
fn a_dire<'d>(dossier: &'d DossierWord, titres: &BTreeSet<String>) -> Vec<&'d Objet> {
    let dit = |objet: &&Objet| objet.genre != GenreObjet::Sommaire || !est_un_titre(&objet.texte, titres);
    dossier.objets.iter().filter(dit).collect()
}

fn en_trop(plan: &Plan, suite: &[&Objet], autres: &[&Objet], lieux: &[Lieu<'_>], sens: Sens) -> Vec<Ecart> {
    let mut restent: BTreeMap<(GenreObjet, &str), usize> = BTreeMap::new();
    for objet in autres {
        *restent.entry((objet.genre, &objet.empreinte)).or_default() += 1;
    }
    let mut ecarts = Vec::new();
    for objet in suite {
        if let Some(reste) = restent.get_mut(&(objet.genre, objet.empreinte.as_str())).filter(|reste| **reste > 0) {
            *reste -= 1;
            continue;
        }
        let clause = plan.designer(lieux.get(objet.paragraphe).copied().unwrap_or_default());
        ecarts.push(Ecart::Objet { sorte: objet.genre, sens, clause, texte: objet.texte.clone() });
    }
    ecarts
}

/// The headings of the plan, as they are compared.
fn titres(dossier: &DossierWord) -> impl Iterator<Item = String> + '_ {
    dossier.paragraphes.iter().filter(|p| p.genre == Genre::Titre).map(|p| aplatir(&p.texte))
}

/// Whether a line of the table of contents is a heading, with or without its number and its page.
fn est_un_titre(ligne: &str, titres: &BTreeSet<String>) -> bool {
    const MOTS_MAX: usize = 200;
    let plat = aplatir(ligne);
    let sans_page = plat.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    [plat.as_str(), sans_page].into_iter().any(|texte| {
        let debuts = std::iter::once(0).chain(texte.match_indices(' ').map(|(place, _)| place + 1));
        debuts.take(MOTS_MAX).any(|debut| titres.contains(&texte[debut..]))
    })
}

/// What a reader added to or took from headers and footers. A house style's are known by their digests alone.
fn en_tetes(imprime: &DossierWord, word: &DossierWord) -> Vec<Ecart> {
    let (vieux, neufs) = (&imprime.bandeaux.elements, &word.bandeaux.elements);
    let maison = &word.bandeaux.de_la_maison;
    let plats: BTreeSet<String> = vieux.iter().map(|e| aplatir(e)).collect();
    let connu = |element: &String| match maison.is_empty() {
        true => plats.contains(&aplatir(element)),
        false => maison.contains(&bandeaux::empreinte(element.as_bytes())),
    };
    let mut ecarts: Vec<Ecart> = neufs
        .iter()
        .filter(|element| !connu(element))
        .map(|element| Ecart::EnTete { sens: Sens::Ajoute, texte: bandeaux::en_clair(element).to_owned() })
        .collect();
    if maison.is_empty() {
        let presents: BTreeSet<String> = neufs.iter().map(|e| aplatir(e)).collect();
        let perdus = vieux.iter().filter(|element| !presents.contains(&aplatir(element)));
        ecarts.extend(perdus.map(|e| Ecart::EnTete { sens: Sens::Retire, texte: bandeaux::en_clair(e).to_owned() }));
    } else {
        let presents: BTreeSet<String> = neufs.iter().map(|e| bandeaux::empreinte(e.as_bytes())).collect();
        let perdus = maison.iter().filter(|empreinte| !presents.contains(*empreinte));
        let texte = "un texte ou une image du gabarit";
        ecarts.extend(perdus.map(|_| Ecart::EnTete { sens: Sens::Retire, texte: texte.into() }));
    }
    ecarts
}

/// The fields that no longer stand where they were: the fewest that must have moved. They keep their values.
pub(super) fn champs_deplaces(document: &Document, imprime: &DossierWord, word: &DossierWord) -> Vec<Ecart> {
    let rangs: BTreeMap<&str, usize> = word.ordre.iter().enumerate().map(|(rang, cle)| (cle.as_str(), rang)).collect();
    let paires: Vec<(usize, usize)> =
        imprime.ordre.iter().enumerate().filter_map(|(rang, cle)| Some((rang, *rangs.get(cle.as_str())?))).collect();
    let restes: BTreeSet<usize> = alignement::croissante(&paires).into_iter().map(|(rang, _)| rang).collect();
    let partis: BTreeSet<&str> = paires
        .iter()
        .filter(|(rang, _)| !restes.contains(rang))
        .filter_map(|(rang, _)| imprime.ordre.get(*rang).map(String::as_str))
        .collect();
    let deplaces = document.champs.iter().filter(|(_, champ)| partis.contains(champ.cle.as_str()));
    deplaces.map(|(p, champ)| Ecart::ChampDeplace { pointeur: p.clone(), titre: champ.titre.clone() }).collect()
}
