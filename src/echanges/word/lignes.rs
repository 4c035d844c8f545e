//! The tables that were printed and those of an edited Word file → the rows that were added and removed; and both files without
//! them, so that what remains is compared as if nobody had touched them.

use super::alignement;
use super::contenu::{Cellule, DossierWord, Tableau};
use super::motifs::cles;
use crate::formats::mots::aplatir;
use std::collections::{BTreeMap, BTreeSet};

/// A row that one file only has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ligne {
    /// Rank, in what was printed, of its table.
    pub tableau: usize,
    /// A removed row: its rank. An added one: that of the row of what was printed after which it stands.
    pub rang: Option<usize>,
    /// Rank, in the edited file, of the paragraph where its table begins.
    pub paragraphe: usize,
    pub cellules: Vec<Cellule>,
}

/// Two files, and the rows that are of one only.
pub(super) struct Lignes {
    pub ajoutees: Vec<Ligne>,
    pub retirees: Vec<Ligne>,
    /// What was printed, without the rows that were removed.
    pub imprime: DossierWord,
    /// The edited file, without the rows that were added.
    pub word: DossierWord,
}

/// The row of what was printed that prints a field.
type Places<'d> = BTreeMap<&'d str, (usize, usize)>;

/// Parts the rows; `connue` says whether a row of what was printed, by its table and its rank, is one that can be told as removed.
pub(super) fn separer(imprime: &DossierWord, word: &DossierWord, connue: &dyn Fn(usize, usize) -> bool) -> Lignes {
    let champs: Vec<(usize, usize, Vec<String>)> = lignes(&imprime.tableaux)
        .map(|(tableau, rang, ligne)| (tableau, rang, cles_de(ligne)))
        .filter(|(.., cles)| !cles.is_empty())
        .collect();
    let places: Places<'_> =
        champs.iter().flat_map(|(t, r, cles)| cles.iter().map(|cle| (cle.as_str(), (*t, *r)))).collect();
    let mut sortie =
        Lignes { ajoutees: Vec::new(), retirees: Vec::new(), imprime: imprime.clone(), word: word.clone() };
    let paires = Paires::de(imprime, word, &places);
    let (mut a_oter, mut a_taire) = (Vec::new(), Vec::new());
    for (rang, tableau) in word.tableaux.iter().enumerate() {
        let Some(modele) = paires.modele(rang, tableau) else { continue };
        let Some(vieux) = imprime.tableaux.get(modele) else { continue };
        let comparees = Comparees::de(modele, vieux, tableau, &places);
        for (ligne, apres) in comparees.ajoutees() {
            let cellules = tableau.lignes[ligne].clone();
            if cellules.iter().all(|cellule| cellule.texte.trim().is_empty()) {
                continue;
            }
            let paragraphe = tableau.paragraphe;
            sortie.ajoutees.push(Ligne { tableau: modele, rang: apres, paragraphe, cellules });
            a_oter.push((rang, ligne));
        }
        for ligne in comparees.retirees() {
            let cellules = &vieux.lignes[ligne];
            let cles = cles_de(cellules);
            let partie = !cles.is_empty() && cles.iter().all(|cle| !word.champs.contains_key(cle));
            if partie && connue(modele, ligne) {
                let (paragraphe, cellules) = (tableau.paragraphe, cellules.clone());
                sortie.retirees.push(Ligne { tableau: modele, rang: Some(ligne), paragraphe, cellules });
                a_taire.push((modele, ligne));
            }
        }
    }
    oter(&mut sortie.word, &a_oter, false);
    oter(&mut sortie.imprime, &a_taire, true);
    sortie
}

fn lignes(tableaux: &[Tableau]) -> impl Iterator<Item = (usize, usize, &Vec<Cellule>)> {
    let d_un = |(t, tableau): (usize, &'_ Tableau)| -> Vec<(usize, usize)> {
        (0..tableau.lignes.len()).map(|r| (t, r)).collect()
    };
    let rangs: Vec<(usize, usize)> = tableaux.iter().enumerate().flat_map(d_un).collect();
    rangs.into_iter().map(|(t, r)| (t, r, &tableaux[t].lignes[r]))
}

fn cles_de(ligne: &[Cellule]) -> Vec<String> {
    ligne.iter().flat_map(|cellule| cles(&cellule.gabarit)).collect()
}

fn mots_de(ligne: &[Cellule]) -> String {
    ligne.iter().map(|cellule| aplatir(&cellule.texte)).collect::<Vec<_>>().join("\u{1f}")
}

/// The tables of two files, by their fields and by their headings.
struct Paires<'d> {
    places: &'d Places<'d>,
    avec_champs: BTreeSet<usize>,
    /// By headings, the tables in their order.
    imprimes: BTreeMap<String, Vec<usize>>,
    /// For each table of the edited file, its headings and how many before it have the same.
    edites: Vec<(String, usize)>,
}

impl<'d> Paires<'d> {
    fn de(imprime: &DossierWord, word: &DossierWord, places: &'d Places<'d>) -> Self {
        let entete = |tableau: &Tableau| tableau.lignes.first().map(|ligne| mots_de(ligne)).unwrap_or_default();
        let mut imprimes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (rang, tableau) in imprime.tableaux.iter().enumerate() {
            imprimes.entry(entete(tableau)).or_default().push(rang);
        }
        let mut vus: BTreeMap<String, usize> = BTreeMap::new();
        let numeroter = |tableau: &Tableau| {
            let entete = entete(tableau);
            let vu = vus.entry(entete.clone()).or_default();
            *vu += 1;
            (entete, *vu - 1)
        };
        let edites = word.tableaux.iter().map(numeroter).collect();
        Paires { places, avec_champs: places.values().map(|(tableau, _)| *tableau).collect(), imprimes, edites }
    }

    /// The table of what was printed that a table of the file is: the one whose fields it has, else the one of the same headings at
    /// the same rank among them.
    fn modele(&self, rang: usize, tableau: &Tableau) -> Option<usize> {
        let mut voix: BTreeMap<usize, usize> = BTreeMap::new();
        for cle in tableau.lignes.iter().flat_map(|ligne| cles_de(ligne)) {
            if let Some((tableau, _)) = self.places.get(cle.as_str()) {
                *voix.entry(*tableau).or_default() += 1;
            }
        }
        let elu = voix.into_iter().max_by_key(|(tableau, voix)| (*voix, std::cmp::Reverse(*tableau)));
        if let Some((tableau, _)) = elu {
            return Some(tableau);
        }
        let (entete, vu) = self.edites.get(rang)?;
        self.imprimes.get(entete)?.get(*vu).copied().filter(|tableau| !self.avec_champs.contains(tableau))
    }
}

/// The rows of a table, and what each of the edited one is in what was printed.
struct Comparees {
    nombre: usize,
    /// For each row of the edited table, the one of what was printed.
    modeles: Vec<Option<usize>>,
}

impl Comparees {
    fn de(modele: usize, vieux: &Tableau, neuf: &Tableau, places: &Places<'_>) -> Self {
        let mut modeles: Vec<Option<usize>> =
            neuf.lignes.iter().map(|ligne| de_ses_champs(modele, ligne, places)).collect();
        sans_copie(&mut modeles, vieux, neuf);
        let prises: BTreeSet<usize> = modeles.iter().flatten().copied().collect();
        // The rows without fields (headings, totals): the same words first, then those that look most alike between the same rows.
        let nom = |rang: usize, ligne: &[Cellule], de: Option<usize>| match de {
            Some(place) => format!("n{place}"),
            None => format!("m{}", if ligne.is_empty() { rang.to_string() } else { mots_de(ligne) }),
        };
        let avant: Vec<String> = vieux
            .lignes
            .iter()
            .enumerate()
            .map(|(rang, ligne)| nom(rang, ligne, prises.contains(&rang).then_some(rang)))
            .collect();
        let apres: Vec<String> =
            neuf.lignes.iter().enumerate().map(|(rang, ligne)| nom(rang, ligne, modeles[rang])).collect();
        for (a, b) in alignement::aligner(&avant, &apres) {
            modeles[b] = modeles[b].or(Some(a));
        }
        for (anciens, nouveaux) in alignement::differences(&avant, &apres) {
            ressembler(anciens, nouveaux, vieux, neuf, &mut modeles);
        }
        Comparees { nombre: vieux.lignes.len(), modeles }
    }

    /// The rows that are of the edited table only, each with the one of what was printed that it follows.
    fn ajoutees(&self) -> Vec<(usize, Option<usize>)> {
        let mut dernier = None;
        let mut sortie = Vec::new();
        for (rang, modele) in self.modeles.iter().enumerate() {
            match modele {
                Some(_) => dernier = *modele,
                None => sortie.push((rang, dernier)),
            }
        }
        sortie
    }

    fn retirees(&self) -> Vec<usize> {
        let restees: BTreeSet<usize> = self.modeles.iter().flatten().copied().collect();
        (0..self.nombre).filter(|rang| !restees.contains(rang)).collect()
    }
}

/// The row of what was printed whose fields a row has most of.
fn de_ses_champs(modele: usize, ligne: &[Cellule], places: &Places<'_>) -> Option<usize> {
    let mut voix: BTreeMap<usize, usize> = BTreeMap::new();
    for cle in cles_de(ligne) {
        if let Some((_, rang)) = places.get(cle.as_str()).filter(|(tableau, _)| *tableau == modele) {
            *voix.entry(*rang).or_default() += 1;
        }
    }
    voix.into_iter().max_by_key(|(rang, voix)| (*voix, std::cmp::Reverse(*rang))).map(|(rang, _)| rang)
}

/// Of a row that was copied with its fields, the one that has the words of the first stays; the others are new.
fn sans_copie(modeles: &mut [Option<usize>], vieux: &Tableau, neuf: &Tableau) {
    let mut gardees: BTreeMap<usize, usize> = BTreeMap::new();
    for (rang, modele) in modeles.iter().enumerate() {
        let Some(modele) = *modele else { continue };
        let fidele = |rang: usize| mots_de(&neuf.lignes[rang]) == mots_de(&vieux.lignes[modele]);
        let gardee = gardees.entry(modele).or_insert(rang);
        if !fidele(*gardee) && fidele(rang) {
            *gardee = rang;
        }
    }
    for (rang, modele) in modeles.iter_mut().enumerate() {
        if modele.is_some_and(|m| gardees.get(&m) != Some(&rang)) {
            *modele = None;
        }
    }
}

/// Rows without fields between two that are known: a total whose figures changed is still the total.
fn ressembler(
    anciens: std::ops::Range<usize>,
    nouveaux: std::ops::Range<usize>,
    vieux: &Tableau,
    neuf: &Tableau,
    modeles: &mut [Option<usize>],
) {
    let cellules = |ligne: &[Cellule]| ligne.iter().map(|c| aplatir(&c.texte)).collect::<Vec<_>>();
    for ancien in anciens.filter(|rang| cles_de(&vieux.lignes[*rang]).is_empty()) {
        let connues = cellules(&vieux.lignes[ancien]);
        let communes = |rang: &usize| -> (bool, usize) {
            let ici = cellules(&neuf.lignes[*rang]);
            let pareilles = ici.iter().zip(&connues).filter(|(a, b)| a == b && !a.is_empty()).count();
            (ici.first() == connues.first(), pareilles)
        };
        let libres = nouveaux.clone().filter(|rang| modeles[*rang].is_none());
        let proche = libres.filter(|rang| neuf.lignes[*rang].len() == connues.len()).max_by_key(|rang| communes(rang));
        if let Some(proche) = proche.filter(|rang| communes(rang) > (false, 0)) {
            modeles[proche] = Some(ancien);
        }
    }
}

/// Takes rows out of a file: their shape, their words, their places of fields; of what was printed, their fields too.
fn oter(dossier: &mut DossierWord, lignes: &[(usize, usize)], avec_les_champs: bool) {
    for (tableau, rang) in lignes.iter().rev() {
        let Some(table) = dossier.tableaux.get_mut(*tableau).filter(|table| *rang < table.lignes.len()) else {
            continue;
        };
        let ligne = table.lignes.remove(*rang);
        for cellule in &ligne {
            let (debut, fin) = cellule.paragraphes;
            for paragraphe in dossier.paragraphes.get_mut(debut..fin).unwrap_or_default() {
                let genre = paragraphe.genre;
                *paragraphe = super::contenu::Paragraphe { genre, ..Default::default() };
            }
        }
        for cle in cles_de(&ligne) {
            if avec_les_champs {
                dossier.champs.remove(&cle);
            } else if let Some(occurrences) = dossier.champs.get_mut(&cle) {
                occurrences.retain(|occurrence| occurrence.ligne != Some((*tableau, *rang)));
            }
        }
    }
}
