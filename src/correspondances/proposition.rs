//! A table that no correspondence is given for → one that its headers suggest, to be read again and kept.

use super::embarquees::toutes;
use super::forme::{Apport, Correspondance, Presentation, Reperage, Signe, Valeur};
use super::mots::cle;
use super::valeurs;
use crate::lecture::classeur::{Classeur, Feuille, nom_de_cellule};
use serde_json::Map;
use std::collections::BTreeMap;

/// Headers that are as near as that are the same.
const PROCHE: f64 = 0.93;

/// A correspondence that is suggested, and what it leaves out.
#[derive(Debug)]
pub struct Proposee {
    pub correspondance: Correspondance,
    /// Headers whose value is known: cell, header, key.
    pub reconnus: Vec<String>,
    /// Those that nothing is made of.
    pub laisses: Vec<String>,
}

/// The suggestion; nothing when no row of headers names FINESS numbers.
pub fn proposer(classeur: &Classeur) -> Option<Proposee> {
    let (feuille, rang) = classeur.feuilles.iter().find_map(|feuille| Some((feuille, tete(feuille)?)))?;
    let entetes: Vec<(String, String)> = (feuille.rangee(rang).iter())
        .filter_map(|c| {
            Some((format!("{}!{}", feuille.nom, nom_de_cellule(c.ligne, c.colonne)), valeurs::texte(&c.contenu)?))
        })
        .collect();
    let finess = entetes.iter().map(|(_, mots)| mots).filter(|mots| est_finess(mots)).min_by_key(|mots| {
        let cle = cle(mots);
        // That of the establishment rather than that of its entity.
        (cle.contains("ej") || cle.contains("juridique"), cle.len())
    })?;
    let annee = entetes.iter().map(|(_, mots)| mots).find(|mots| est_annee(mots));
    let connues: Vec<(String, Apport, Valeur)> = toutes().flat_map(connues).collect();
    let mut apports: BTreeMap<String, Apport> = BTreeMap::new();
    let (mut reconnus, mut laisses) = (Vec::new(), Vec::new());
    for (lieu, mots) in &entetes {
        if mots == finess || Some(mots) == annee {
            continue;
        }
        let (apport, valeur) = match trouver(&connues, mots).or_else(|| groupe(mots)) {
            Some(trouvee) => trouvee,
            None => {
                laisses.push(format!("{lieu} « {mots} »"));
                continue;
            }
        };
        let liste = apport.liste.clone().unwrap_or_else(|| "établissement".to_owned());
        reconnus.push(format!("{lieu} « {mots} » → {liste}, {}", valeur.champ));
        let nom = format!("{liste} {:?}", apport.fixes);
        let valeur = Valeur { lire: vec![Reperage { mots: mots.clone(), ..Reperage::default() }], ..valeur };
        apports.entry(nom).or_insert_with(|| Apport { valeurs: Vec::new(), ..apport }).valeurs.push(valeur);
    }
    let reperage = |mots: &String| Reperage { mots: mots.clone(), ..Reperage::default() };
    let correspondance = Correspondance {
        schema: Some("correspondance.schema.json".to_owned()),
        titre: format!("Tableau « {} »", feuille.nom),
        source: None,
        feuilles: Some(feuille.nom.clone()),
        presentation: Presentation::Tableau,
        finess: reperage(finess),
        annee: annee.map(reperage),
        apports: apports.into_values().collect(),
    };
    Some(Proposee { correspondance, reconnus, laisses })
}

fn est_finess(mots: &str) -> bool {
    cle(mots).contains("finess")
}

fn est_annee(mots: &str) -> bool {
    ["annee", "exercice", "campagne"].iter().any(|mot| cle(mots).starts_with(mot))
}

/// The first row that names FINESS numbers beside other words.
fn tete(feuille: &Feuille) -> Option<u32> {
    (0..feuille.hauteur().min(60)).find(|rang| {
        let mots: Vec<String> = feuille.rangee(*rang).iter().filter_map(|c| valeurs::texte(&c.contenu)).collect();
        mots.len() > 1 && mots.iter().any(|mots| est_finess(mots))
    })
}

/// The headers of a correspondence, each alone.
fn connues(correspondance: Correspondance) -> Vec<(String, Apport, Valeur)> {
    let un = |apport: &Apport| {
        let apport = apport.clone();
        let valeurs = apport.valeurs.clone();
        valeurs.into_iter().flat_map(move |valeur| {
            let apport = Apport { si: None, plusieurs: false, ..apport.clone() };
            valeur.lire.clone().into_iter().map(move |reperage| (cle(&reperage.mots), apport.clone(), valeur.clone()))
        })
    };
    correspondance.apports.iter().filter(|apport| !apport.plusieurs).flat_map(un).collect()
}

fn trouver(connues: &[(String, Apport, Valeur)], mots: &str) -> Option<(Apport, Valeur)> {
    let cherche = cle(mots);
    let proche = |(connue, ..): &&(String, Apport, Valeur)| {
        *connue == cherche
            || chiffres(connue) == chiffres(&cherche)
                && strsim::jaro_winkler(connue, &cherche) > PROCHE
                && connue.len().abs_diff(cherche.len()) < 4
    };
    connues.iter().find(proche).map(|(_, apport, valeur)| (apport.clone(), valeur.clone()))
}

/// What tells « groupe I » from « groupe II »: a letter or a digit more is another thing.
fn chiffres(mots: &str) -> Vec<&str> {
    mots.split_whitespace().filter(|mot| mot.len() <= 3).collect()
}

/// « Dépenses du groupe 2 », « Charges – Groupe II ».
fn groupe(mots: &str) -> Option<(Apport, Valeur)> {
    let mots = cle(mots);
    let dit = |parmi: &[&str]| parmi.iter().any(|mot| mots.contains(mot));
    let cote = match (dit(&["depense", "charge"]), dit(&["recette", "produit"])) {
        (true, false) => "depenses",
        (false, true) => "recettes",
        _ => return None,
    };
    let apres = mots.split("groupe").nth(1)?.split(|c: char| !c.is_alphanumeric()).find(|mot| !mot.is_empty())?;
    let groupe = match apres {
        "1" | "i" => 1,
        "2" | "ii" => 2,
        "3" | "iii" => 3,
        _ => return None,
    };
    let valeur = Valeur {
        champ: format!("{cote}/groupe_{groupe}"),
        lire: Vec::new(),
        signe: if cote == "depenses" { Signe::Absolu } else { Signe::TelQuel },
        facteur: None,
    };
    let apport = Apport {
        liste: Some("/moyens/budgets".to_owned()),
        annee: Some("annee".to_owned()),
        fixes: Map::new(),
        si: None,
        plusieurs: false,
        valeurs: Vec::new(),
    };
    Some((apport, valeur))
}
