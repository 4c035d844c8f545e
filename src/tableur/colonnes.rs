//! The shape of an element → the columns of its sheet: its values, those of the objects in it, its lists of simple values, its years.

use super::plan;
use crate::contrat::renvois::{self, Vers};
use crate::formats::mots::plat;
use crate::schema::forme::{Forme, Nature};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Genre {
    /// One value.
    Valeur,
    /// A list of simple values, one a line.
    Liste,
    /// An object or a list that can only be said to be without object.
    SansObjet,
    /// The value of a year, in a list of one element a year.
    Annee { liste: String, cle: String, annee: i64, valeur: String },
    /// The element above.
    Parent,
    /// What is computed: rank in `plan::CALCULS`.
    Calcul(usize),
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Colonne {
    pub titre: String,
    /// From the element: « depenses/groupe_1 », « realise/2024 », « cibles/2027/fin »; « ^ » is the element above.
    pub pointeur: String,
    pub forme: Arc<Forme>,
    pub genre: Genre,
    pub vers: Option<Vers>,
    pub requise: bool,
}

/// The pointer of the column of the element above.
pub(super) const PARENT: &str = "^";

/// The years that stand in columns.
pub(super) type Annees = BTreeSet<i64>;

/// Which of the optional columns are used: lists declared without object, keys of years.
pub(super) type Utilisees = BTreeSet<String>;

/// All columns of the elements of a list.
pub(super) fn de(
    motif: &str,
    element: &Arc<Forme>,
    annees: &dyn Fn(&str) -> Annees,
    utilisees: &Utilisees,
) -> Vec<Colonne> {
    let mut sortie = Vec::new();
    descendre(&Contexte { motif, annees, utilisees }, element, "", "", true, &mut sortie);
    // What tells a row from the others comes first.
    let cles = plan::de(motif).map(|f| f.cles).unwrap_or_default();
    let rang = |c: &Colonne| cles.iter().position(|cle| *cle == c.pointeur).unwrap_or(cles.len());
    sortie.sort_by_key(rang);
    sortie
}

struct Contexte<'a> {
    motif: &'a str,
    annees: &'a dyn Fn(&str) -> Annees,
    utilisees: &'a Utilisees,
}

fn joindre(avant: &str, cle: &str) -> String {
    if avant.is_empty() { cle.to_owned() } else { format!("{avant}/{cle}") }
}

fn descendre(
    contexte: &Contexte<'_>,
    forme: &Arc<Forme>,
    ici: &str,
    titres: &str,
    dans_requis: bool,
    sortie: &mut Vec<Colonne>,
) {
    for cle in &forme.ordre {
        let Some(sous) = forme.cles.get(cle) else { continue };
        let pointeur = joindre(ici, cle);
        let titre = if titres.is_empty() { sous.titre.clone() } else { format!("{titres} : {}", sous.titre) };
        let requise = dans_requis && forme.requises.contains(cle);
        match sous.nature {
            Nature::Objet => {
                descendre(contexte, sous, &pointeur, &titre, requise, sortie);
            }
            Nature::Table => {
                let Some(element) = &sous.element else { continue };
                for annee in (contexte.annees)(&pointeur) {
                    let pointeur = format!("{pointeur}/{annee}");
                    let titre = format!("{titre} {annee}");
                    let (forme, genre) = (element.clone(), Genre::Valeur);
                    sortie.push(Colonne { titre, pointeur, forme, genre, vers: None, requise: false });
                }
                calculs(contexte, &pointeur, sortie);
            }
            Nature::Liste if sous.element.as_ref().is_some_and(|e| e.nature == Nature::Objet) => {
                let motif = format!("{}/*/{pointeur}", contexte.motif);
                match plan::par_annee(&motif) {
                    Some((_, cle_annee, cles)) => {
                        par_annee(contexte, sous, &pointeur, &titre, cle_annee, cles, sortie);
                    }
                    None if contexte.utilisees.contains(&pointeur) => {
                        let (forme, genre) = (sous.clone(), Genre::SansObjet);
                        sortie.push(Colonne { titre, pointeur, forme, genre, vers: None, requise: false });
                    }
                    None => {}
                }
            }
            Nature::Liste => {
                let vers = renvois::vers(&format!("{}/*/{pointeur}/*", contexte.motif));
                let (forme, genre) = (sous.clone(), Genre::Liste);
                sortie.push(Colonne { titre, pointeur, forme, genre, vers, requise });
            }
            _ => {
                let vers = renvois::vers(&format!("{}/*/{pointeur}", contexte.motif));
                let (forme, genre) = (sous.clone(), Genre::Valeur);
                sortie.push(Colonne { titre, pointeur: pointeur.clone(), forme, genre, vers, requise });
                calculs(contexte, &pointeur, sortie);
            }
        }
    }
}

fn par_annee(
    contexte: &Contexte<'_>,
    liste: &Arc<Forme>,
    pointeur: &str,
    titre: &str,
    cle: &str,
    cles: &[&str],
    sortie: &mut Vec<Colonne>,
) {
    let Some(element) = &liste.element else { return };
    for annee in (contexte.annees)(pointeur) {
        for (rang, valeur) in cles.iter().enumerate() {
            let Some(forme) = element.cles.get(*valeur) else { continue };
            if rang > 0 && !contexte.utilisees.contains(&format!("{pointeur}/{valeur}")) {
                continue;
            }
            let suite =
                if cles.len() == 1 || rang == 0 { String::new() } else { format!(" ({})", forme.titre.to_lowercase()) };
            let genre =
                Genre::Annee { liste: pointeur.to_owned(), cle: cle.to_owned(), annee, valeur: (*valeur).to_owned() };
            let pointeur = format!("{pointeur}/{annee}/{valeur}");
            let titre = format!("{titre} {annee}{suite}");
            sortie.push(Colonne { titre, pointeur, forme: forme.clone(), genre, vers: None, requise: false });
        }
    }
}

/// The computed columns that follow a key.
fn calculs(contexte: &Contexte<'_>, pointeur: &str, sortie: &mut Vec<Colonne>) {
    for (rang, calcul) in plan::CALCULS.iter().enumerate() {
        if calcul.motif == contexte.motif && calcul.apres == pointeur {
            let nature = if contexte.motif.starts_with("/moyens") { Nature::Montant } else { Nature::Nombre };
            sortie.push(Colonne {
                titre: calcul.titre.to_owned(),
                pointeur: String::new(),
                forme: Arc::new(Forme::de_nature(calcul.titre, nature)),
                genre: Genre::Calcul(rang),
                vers: None,
                requise: false,
            });
        }
    }
}

/// The column of a pointer that was read in a sheet, whether or not the sheet of today would have it (a year more).
pub(super) fn de_pointeur(motif: &str, element: &Arc<Forme>, pointeur: &str) -> Option<Colonne> {
    let nombre = |mot: &str| mot.parse::<i64>().ok().filter(|n| (1900..=2200).contains(n));
    let annee: Option<i64> = pointeur.split('/').find_map(nombre);
    let jetons: Vec<&str> = pointeur.split('/').collect();
    let utilisees: Utilisees = (1..=jetons.len())
        .map(|n| jetons[..n].iter().filter(|j| nombre(j).is_none()).copied().collect::<Vec<_>>().join("/"))
        .collect();
    let annees = |_: &str| annee.into_iter().collect::<Annees>();
    de(motif, element, &annees, &utilisees).into_iter().find(|c| c.pointeur == pointeur)
}

/// The column of a title that was read in a sheet, of a year that the sheet of today has not.
pub(super) fn de_titre(motif: &str, element: &Arc<Forme>, titre: &str) -> Option<Colonne> {
    let nombre = |mot: &str| mot.parse::<i64>().ok().filter(|n| (1900..=2200).contains(n));
    let annee = titre.split(|c: char| !c.is_ascii_digit()).find_map(nombre)?;
    let dessous = format!("{motif}/*/");
    let listes = plan::PAR_ANNEE.iter().filter_map(|(liste, _, cles)| Some((liste.strip_prefix(&dessous)?, cles)));
    let utilisees: Utilisees =
        listes.flat_map(|(liste, cles)| cles.iter().map(move |cle| format!("{liste}/{cle}"))).collect();
    let annees = |_: &str| Annees::from([annee]);
    let voulu = plat(titre);
    let dun_an = |c: &Colonne| c.pointeur.split('/').any(|jeton| nombre(jeton).is_some());
    de(motif, element, &annees, &utilisees).into_iter().find(|c| dun_an(c) && plat(&c.titre) == voulu)
}

/// The values of the contract that are in no list, each as a column of one row.
pub(super) fn du_contrat(forme: &Arc<Forme>, utilisees: &Utilisees) -> Vec<Colonne> {
    let mut sortie = Vec::new();
    hors_liste(forme, "", "", utilisees, &mut sortie);
    sortie
}

fn hors_liste(forme: &Arc<Forme>, ici: &str, titres: &str, utilisees: &Utilisees, sortie: &mut Vec<Colonne>) {
    for cle in &forme.ordre {
        let Some(sous) = forme.cles.get(cle) else { continue };
        let pointeur = joindre(ici, cle);
        let titre = if titres.is_empty() { sous.titre.clone() } else { format!("{titres} › {}", sous.titre) };
        let genre = match sous.nature {
            Nature::Objet => {
                hors_liste(sous, &pointeur, &titre, utilisees, sortie);
                continue;
            }
            Nature::Liste if sous.element.as_ref().is_some_and(|e| e.nature == Nature::Objet) => {
                if !utilisees.contains(&pointeur) {
                    continue;
                }
                Genre::SansObjet
            }
            Nature::Liste => Genre::Liste,
            Nature::Table => continue,
            _ => Genre::Valeur,
        };
        let vers = renvois::vers(&match genre {
            Genre::Liste => format!("/{pointeur}/*"),
            _ => format!("/{pointeur}"),
        });
        let requise = forme.requises.contains(cle);
        sortie.push(Colonne { titre, pointeur, forme: sous.clone(), genre, vers, requise });
    }
}
