//! The sheets, columns and rows of a workbook that comes back, found whatever was moved, renamed, added or lost.

use super::colonnes::{self, Colonne, Genre, PARENT};
use super::exporter::{self, nom_defini};
use super::grille::Grille;
use crate::formats::mots::{plat, propre};
use crate::lecture::classeur::{Classeur, Contenu, Feuille};

/// Rows in which titles are looked for.
const TITRES_MAX: u32 = 12;

/// A sheet, with its columns.
pub(super) struct Reperee<'c> {
    pub feuille: &'c Feuille,
    pub cle: Option<u32>,
    pub colonnes: Vec<(u32, Colonne)>,
    /// The first row of data.
    pub premiere: u32,
    /// Titles of columns that are none of ours.
    pub inconnues: Vec<String>,
    /// Titles of ours that are not there.
    pub absentes: Vec<String>,
}

/// The sheet of a list: by the name of its range, which follows it whatever its title, else by its title.
pub(super) fn feuille<'c>(classeur: &'c Classeur, grille: &Grille) -> Option<&'c Feuille> {
    let defini = nom_defini(&grille.motif);
    let nommee =
        classeur.noms_definis.iter().filter(|(nom, _)| nom.eq_ignore_ascii_case(&defini)).find_map(|(_, plage)| {
            let nom = nom_de_la_plage(plage)?;
            classeur.feuilles.iter().find(|f| f.nom == nom)
        });
    let titree = || classeur.feuilles.iter().find(|f| plat(&f.nom) == plat(&grille.nom));
    nommee.or_else(titree)
}

/// The sheets of a workbook that are of no list by their names.
pub(super) fn sans_nom<'c>(classeur: &'c Classeur, grilles: &[Grille]) -> Vec<&'c Feuille> {
    let prises: Vec<&str> = grilles.iter().filter_map(|g| feuille(classeur, g)).map(|f| f.nom.as_str()).collect();
    let notres = |nom: &str| exporter::NOTRES.contains(&nom) || prises.contains(&nom);
    classeur.feuilles.iter().filter(|f| !notres(&f.nom) && !f.cellules.is_empty()).collect()
}

/// The sheet of a list that has lost its names: it has the keys of its rows, and the pointers of its columns.
pub(super) fn par_ses_cles<'c>(restent: &[&'c Feuille], grille: &Grille) -> Option<&'c Feuille> {
    let sienne = |feuille: &&Feuille| {
        let Some(lue) = Reperee::de(feuille, grille) else { return false };
        let connues = lue.lignes().filter(|ligne| grille.rangees.iter().any(|r| r.cle == lue.cle_de(*ligne))).count();
        connues > 0 && lue.colonnes.len() * 2 > grille.colonnes.len()
    };
    let mut trouvees = restent.iter().copied().filter(sienne);
    trouvees.next().filter(|_| trouvees.next().is_none())
}

/// « Budgets » of « ='Budgets'!$A$1:$F$9 » or of « $Budgets.$A$1:.$F$9 ».
fn nom_de_la_plage(plage: &str) -> Option<String> {
    let plage = plage.trim_start_matches('=').trim_start_matches('$');
    if let Some(reste) = plage.strip_prefix('\'') {
        let mut nom = String::new();
        let mut lettres = reste.chars().peekable();
        while let Some(c) = lettres.next() {
            match c {
                '\'' if lettres.next_if_eq(&'\'').is_some() => nom.push('\''),
                '\'' => return Some(nom),
                c => nom.push(c),
            }
        }
        return None;
    }
    let fin = plage.find(['!', '.'])?;
    plage.get(..fin).map(str::to_owned)
}

fn mots(contenu: &Contenu) -> &str {
    match contenu {
        Contenu::Texte(texte) => texte.trim().trim_start_matches('\''),
        _ => "",
    }
}

impl<'c> Reperee<'c> {
    /// The columns of a sheet: by their hidden pointers, else by their titles.
    pub fn de(feuille: &'c Feuille, grille: &Grille) -> Option<Self> {
        let colonne = |pointeur: &str| -> Option<Colonne> {
            if pointeur.is_empty() {
                return None;
            }
            let connue = grille.colonnes.iter().find(|c| c.pointeur == pointeur).cloned();
            let autre = || colonnes::de_pointeur(&grille.motif, &grille.forme, pointeur);
            connue.or_else(|| pointeur.contains('/').then(autre).flatten())
        };
        let titree = |titre: &str| {
            let voulu = plat(titre);
            let connue = grille.colonnes.iter().find(|c| plat(&c.titre) == voulu);
            match connue {
                Some(c) => Some(c.clone()).filter(|c| !matches!(c.genre, Genre::Calcul(_))),
                None => colonnes::de_titre(&grille.motif, &grille.forme, titre),
            }
        };
        let lire = |ligne: u32, trouver: &dyn Fn(&str) -> Option<Colonne>| {
            let mut trouvees: Vec<(u32, Colonne)> = Vec::new();
            for cellule in feuille.rangee(ligne) {
                if let Some(c) = trouver(mots(&cellule.contenu))
                    && trouvees.iter().all(|(_, deja)| deja.pointeur != c.pointeur)
                {
                    trouvees.push((cellule.colonne, c));
                }
            }
            trouvees
        };
        let haut = feuille.hauteur().min(TITRES_MAX);
        let meilleure = |trouver: &dyn Fn(&str) -> Option<Colonne>| {
            let lignes = (0..haut).map(|ligne| (lire(ligne, trouver), ligne));
            lignes.rev().max_by_key(|(trouvees, _)| trouvees.len()).filter(|(trouvees, _)| !trouvees.is_empty())
        };
        let par_pointeur = meilleure(&colonne).filter(|(trouvees, ligne)| {
            // A title may be a pointer by chance: « annee » is no title of ours, and there is more than one.
            trouvees.len() > 1 || cle(feuille, *ligne).is_some()
        });
        let (colonnes, ligne, titres) = match par_pointeur {
            Some((mut colonnes, ligne)) => {
                let titres = ligne.checked_sub(1);
                // A year that someone added has a title only.
                for cellule in titres.map(|titres| feuille.rangee(titres)).unwrap_or_default() {
                    let libre = feuille.a(ligne, cellule.colonne).is_none_or(|c| mots(&c.contenu).is_empty());
                    if let Some(c) = titree(mots(&cellule.contenu)).filter(|_| libre)
                        && colonnes.iter().all(|(_, deja)| deja.pointeur != c.pointeur)
                    {
                        colonnes.push((cellule.colonne, c));
                    }
                }
                (colonnes, ligne, titres)
            }
            None => {
                let (colonnes, ligne) = meilleure(&titree)?;
                (colonnes, ligne, Some(ligne))
            }
        };
        let prises: Vec<u32> = colonnes.iter().map(|(place, _)| *place).collect();
        let nos_titres: Vec<String> = grille.colonnes.iter().map(|c| plat(&c.titre)).collect();
        let inconnues = titres.map(|ligne| feuille.rangee(ligne)).unwrap_or_default().iter();
        let inconnues = inconnues
            .filter(|c| !prises.contains(&c.colonne))
            .map(|c| mots(&c.contenu))
            .filter(|titre| !titre.is_empty() && *titre != "_cle" && !nos_titres.contains(&plat(titre)))
            .map(str::to_owned)
            .collect();
        let presente = |c: &&Colonne| {
            matches!(c.genre, Genre::Calcul(_)) || colonnes.iter().any(|(_, autre)| autre.pointeur == c.pointeur)
        };
        let absentes = grille.colonnes.iter().filter(|c| !presente(c)).map(|c| c.titre.clone()).collect();
        Some(Reperee { feuille, cle: cle(feuille, ligne), colonnes, premiere: ligne + 1, inconnues, absentes })
    }

    /// The rows of data.
    pub fn lignes(&self) -> std::ops::Range<u32> {
        self.premiere..self.feuille.hauteur().max(self.premiere)
    }

    /// The words of the key of a row.
    pub fn cle_de(&self, ligne: u32) -> String {
        let cellule = self.cle.and_then(|colonne| self.feuille.a(ligne, colonne));
        cellule.map(|c| propre(&super::cellule::en_texte(&c.contenu))).unwrap_or_default()
    }

    /// Whether a row says nothing: the element above alone is no row.
    pub fn est_vide(&self, ligne: u32) -> bool {
        self.colonnes.iter().filter(|(_, c)| c.pointeur != PARENT).all(|(colonne, _)| {
            self.feuille.a(ligne, *colonne).is_none_or(|c| match &c.contenu {
                Contenu::Texte(texte) => texte.trim().is_empty(),
                Contenu::Vide => true,
                _ => false,
            })
        })
    }
}

/// The column of the keys, named on the row of pointers or on that of titles.
fn cle(feuille: &Feuille, ligne: u32) -> Option<u32> {
    (ligne.saturating_sub(1)..=ligne)
        .find_map(|l| feuille.rangee(l).iter().find(|c| mots(&c.contenu) == "_cle").map(|c| c.colonne))
}
