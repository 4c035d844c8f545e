//! The data of a contract → its sheets: which lists, which columns, which rows, and what each cell shows.

use super::cellule::{self, Montre, sans_objet};
use super::colonnes::{self, Annees, Colonne, Genre, PARENT, Utilisees};
use super::noms::{Noms, nu};
use super::plan;
use crate::formats::mots::propre;
use crate::schema::chemin::Chemins;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Years of activity that are shown before a contract begins.
const ANNEES_REALISEES: i64 = 3;
const ANNEES_DU_CONTRAT: i64 = 5;
const ANNEES_MAX: usize = 15;

/// A sheet.
pub(super) struct Grille {
    pub nom: String,
    /// Its list, « * » for any element above; « » for the values that are in no list.
    pub motif: String,
    pub forme: Arc<Forme>,
    pub colonnes: Vec<Colonne>,
    pub rangees: Vec<Rangee>,
    pub toujours: bool,
}

/// A row: an element of a list.
#[derive(Debug, Clone)]
pub(super) struct Rangee {
    pub cle: String,
    pub pointeur: String,
    /// The name of the element above.
    pub parent: String,
}

/// The sheets of a contract, and the names that they show.
pub(super) struct Fonds<'v> {
    pub donnees: &'v Value,
    pub noms: Noms,
    pub grilles: Vec<Grille>,
}

impl<'v> Fonds<'v> {
    pub fn de(donnees: &'v Value) -> Self {
        let noms = Noms::de(donnees);
        let mut grilles = vec![contrat(donnees)];
        let mut pris = BTreeSet::from([plan::CONTRAT.to_lowercase()]);
        let chemins = Chemins::de(donnees);
        listes(&forme_du_contrat(), "", "", &mut |motif, titre, forme| {
            let rangees = rangees(donnees, motif, forme, &noms, &chemins);
            let nom = nom_de_feuille(plan::de(motif).map_or(titre, |f| f.nom), &mut pris);
            grilles.push(grille(donnees, motif, nom, forme, rangees));
        });
        Fonds { donnees, noms, grilles }
    }

    /// The pointer of a cell, and what stands there. Where an object above is without object, its first column says it.
    pub fn cellule(&self, grille: &Grille, rangee: &Rangee, colonne: &Colonne) -> (String, Option<&'v Value>) {
        situer(self.donnees, grille, &rangee.pointeur, colonne)
    }

    pub fn montrer(&self, grille: &Grille, rangee: &Rangee, colonne: &Colonne) -> Option<Montre> {
        if colonne.genre == Genre::Parent {
            return Some(Montre::Texte(rangee.parent.clone()));
        }
        cellule::montrer(colonne, self.cellule(grille, rangee, colonne).1, &self.noms)
    }
}

/// The pointer of the value of a column for an element, and the value.
fn situer<'v>(donnees: &'v Value, grille: &Grille, element: &str, colonne: &Colonne) -> (String, Option<&'v Value>) {
    if let Genre::Annee { liste, cle, annee, valeur } = &colonne.genre {
        let liste = format!("{element}/{liste}");
        let trouve = donnees
            .pointer(&liste)
            .and_then(Value::as_array)
            .and_then(|elements| elements.iter().position(|e| e.get(cle).and_then(Value::as_i64) == Some(*annee)));
        return match trouve {
            Some(rang) => {
                let pointeur = format!("{liste}/{rang}/{valeur}");
                let lu = donnees.pointer(&pointeur);
                (pointeur, lu)
            }
            None => (format!("{liste}/+{annee}/{valeur}"), None),
        };
    }
    let pointeur = format!("{element}/{}", colonne.pointeur);
    let mut ici = element.to_owned();
    let mut relatif = String::new();
    for jeton in colonne.pointeur.split('/') {
        ici = format!("{ici}/{jeton}");
        relatif = if relatif.is_empty() { jeton.to_owned() } else { format!("{relatif}/{jeton}") };
        let Some(valeur) = donnees.pointer(&ici) else { break };
        if sans_objet(valeur).is_some() && ici.len() < pointeur.len() {
            let sous = format!("{relatif}/");
            let premiere = grille.colonnes.iter().find(|c| c.pointeur.starts_with(&sous));
            let premiere = premiere.is_some_and(|c| c.pointeur == colonne.pointeur);
            return (ici, premiere.then_some(valeur));
        }
    }
    let lu = donnees.pointer(&pointeur);
    (pointeur, lu)
}

fn contrat(donnees: &Value) -> Grille {
    let forme = forme_du_contrat();
    let mut utilisees = Utilisees::new();
    sans_objets(donnees, &forme, "", &mut utilisees);
    let colonnes = colonnes::du_contrat(&forme, &utilisees);
    let rangee = Rangee { cle: String::new(), pointeur: String::new(), parent: String::new() };
    Grille {
        nom: plan::CONTRAT.to_owned(),
        motif: String::new(),
        forme,
        colonnes,
        rangees: vec![rangee],
        toujours: true,
    }
}

/// The lists of the value that are declared without object, outside of lists.
fn sans_objets(valeur: &Value, forme: &Forme, ici: &str, sortie: &mut Utilisees) {
    for (cle, sous) in &forme.cles {
        let Some(dedans) = valeur.get(cle) else { continue };
        let pointeur = if ici.is_empty() { cle.clone() } else { format!("{ici}/{cle}") };
        match sous.nature {
            Nature::Objet => sans_objets(dedans, sous, &pointeur, sortie),
            Nature::Liste if sans_objet(dedans).is_some() => {
                sortie.insert(pointeur);
            }
            _ => {}
        }
    }
}

/// Every list of objects of the schema: its pattern, its title, the shape of its elements; those above first.
fn listes(forme: &Arc<Forme>, ici: &str, titres: &str, voir: &mut impl FnMut(&str, &str, &Arc<Forme>)) {
    for cle in &forme.ordre {
        let Some(sous) = forme.cles.get(cle) else { continue };
        let motif = format!("{ici}/{cle}");
        let titre = if titres.is_empty() { sous.titre.clone() } else { format!("{} ({titres})", sous.titre) };
        match (&sous.nature, &sous.element) {
            (Nature::Objet, _) => listes(sous, &motif, &sous.titre.clone(), voir),
            (Nature::Liste, Some(element)) if element.nature == Nature::Objet && plan::par_annee(&motif).is_none() => {
                voir(&motif, &titre, element);
                listes(element, &format!("{motif}/*"), &sous.titre.clone(), voir);
            }
            _ => {}
        }
    }
}

/// A name that spreadsheets take: 31 characters, none of `[]:*?/\`, unlike the others.
fn nom_de_feuille(titre: &str, pris: &mut BTreeSet<String>) -> String {
    let propre: String = titre.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).collect();
    let propre = propre.trim_matches('\'').to_owned();
    let court = |max: usize| propre.chars().take(max).collect::<String>().trim().to_owned();
    // What it stands under is said when another has its name.
    let mut nom: String = propre.split(" (").next().unwrap_or(&propre).chars().take(31).collect();
    if pris.contains(&nom.to_lowercase()) {
        nom = court(31);
    }
    let mut rang = 2;
    while !pris.insert(nom.to_lowercase()) {
        nom = format!("{} {rang}", court(28));
        rang += 1;
    }
    nom
}

/// The pointers of the lists of a pattern, with those of the elements above.
pub(super) fn lieux(donnees: &Value, motif: &str) -> Vec<String> {
    let mut ici = vec![String::new()];
    let morceaux: Vec<&str> = motif.split("/*").collect();
    for (rang, morceau) in morceaux.iter().enumerate() {
        ici.iter_mut().for_each(|p| p.push_str(morceau));
        if rang + 1 < morceaux.len() {
            ici = ici
                .iter()
                .flat_map(|p| {
                    let n = donnees.pointer(p).and_then(Value::as_array).map_or(0, Vec::len);
                    (0..n).map(move |rang| format!("{p}/{rang}"))
                })
                .collect();
        }
    }
    ici
}

/// The names of the elements of a list that others stand under, one for each: pointer → name.
pub(super) fn noms_des_parents(
    donnees: &Value,
    motif: &str,
    noms: &Noms,
    chemins: &Chemins<'_>,
) -> BTreeMap<String, String> {
    let Some((liste, _)) = motif.rsplit_once("/*") else { return BTreeMap::new() };
    let mut comptes: BTreeMap<String, usize> = BTreeMap::new();
    let mut sortie = BTreeMap::new();
    for pointeur in lieux(donnees, &format!("{liste}/*")) {
        let propre = donnees.pointer(&pointeur).and_then(|e| e.get("id")).and_then(Value::as_str);
        let vers = crate::contrat::renvois::Vers::Partie;
        let connu = propre.and_then(|id| {
            let tous = [vers, crate::contrat::renvois::Vers::Etablissement, crate::contrat::renvois::Vers::Objectif];
            tous.into_iter().filter(|v| v.admet(liste)).find_map(|v| noms.nom(v, id))
        });
        let nom = connu.map(str::to_owned).unwrap_or_else(|| {
            let etapes = chemins.etapes(&pointeur);
            etapes.iter().filter(|e| e.element).map(|e| nu(&e.nom)).collect::<Vec<_>>().join(" › ")
        });
        let n = comptes.entry(nom.to_lowercase()).or_default();
        *n += 1;
        let nom = if *n > 1 { format!("{nom} ({n})") } else { nom };
        sortie.insert(pointeur, nom);
    }
    sortie
}

fn rangees(donnees: &Value, motif: &str, forme: &Arc<Forme>, noms: &Noms, chemins: &Chemins<'_>) -> Vec<Rangee> {
    let parents = noms_des_parents(donnees, motif, noms, chemins);
    let mut sortie = Vec::new();
    let mut comptes: BTreeMap<String, usize> = BTreeMap::new();
    for liste in lieux(donnees, motif) {
        let au_dessus = motif.rsplit_once("/*").map(|(_, suite)| &liste[..liste.len() - suite.len()]);
        let parent = au_dessus.and_then(|p| parents.get(p)).cloned().unwrap_or_default();
        for (rang, element) in donnees.pointer(&liste).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let au_dessus = au_dessus.map(|p| cle_du_chemin(donnees, p)).unwrap_or_default();
            let mut cle = cle_de(motif, forme, element);
            if !au_dessus.is_empty() {
                cle = format!("{au_dessus}|{cle}");
            }
            let n = comptes.entry(cle.clone()).or_default();
            *n += 1;
            if *n > 1 {
                cle = format!("{cle}#{n}");
            }
            sortie.push(Rangee { cle, pointeur: format!("{liste}/{rang}"), parent: parent.clone() });
        }
    }
    sortie
}

/// The key of an element among those of its list.
pub(super) fn cle_de(motif: &str, forme: &Forme, element: &Value) -> String {
    if let Some(id) = element.get("id").and_then(Value::as_str) {
        return id.to_owned();
    }
    let cles: Vec<&str> = match plan::de(motif).map(|f| f.cles) {
        Some(cles) if !cles.is_empty() => cles.to_vec(),
        _ => forme.requises.iter().map(String::as_str).collect(),
    };
    let mot = |cle: &str| match element.get(cle) {
        // As a cell gives it back: no space at its ends, no line.
        Some(Value::String(mot)) => propre(&mot.chars().take(80).collect::<String>()),
        Some(Value::Number(n)) => n.to_string(),
        _ => String::new(),
    };
    cles.into_iter().map(mot).collect::<Vec<_>>().join("|")
}

/// The keys of the elements on the way to a pointer.
pub(super) fn cle_du_chemin(donnees: &Value, pointeur: &str) -> String {
    let mut cles = Vec::new();
    let (mut ici, mut motif, mut forme) = (String::new(), String::new(), Some(forme_du_contrat()));
    for jeton in pointeur.split('/').skip(1) {
        let liste = donnees.pointer(&ici).is_some_and(Value::is_array);
        forme = forme.and_then(|f| f.cles.get(jeton).or(f.element.as_ref()).cloned());
        let au_dessus = motif.clone();
        ici = format!("{ici}/{jeton}");
        motif = format!("{motif}/{}", if liste { "*" } else { jeton });
        if let (true, Some(forme), Some(element)) = (liste, &forme, donnees.pointer(&ici)) {
            cles.push(cle_de(&au_dessus, forme, element));
        }
    }
    cles.join("|")
}

fn grille(donnees: &Value, motif: &str, nom: String, forme: &Arc<Forme>, rangees: Vec<Rangee>) -> Grille {
    let elements: Vec<&Value> = rangees.iter().filter_map(|r| donnees.pointer(&r.pointeur)).collect();
    let mut utilisees = Utilisees::new();
    for element in &elements {
        sans_objets(element, forme, "", &mut utilisees);
        for (liste, _, cles) in plan::PAR_ANNEE {
            let Some(cle) = liste.strip_prefix(&format!("{motif}/*/")) else { continue };
            let siens = element.pointer(&format!("/{cle}")).and_then(Value::as_array).into_iter().flatten();
            for dedans in siens.filter_map(Value::as_object) {
                utilisees.extend(cles.iter().filter(|k| dedans.contains_key(**k)).map(|k| format!("{cle}/{k}")));
            }
        }
    }
    let annees = |pointeur: &str| annees(donnees, &elements, pointeur);
    let mut colonnes = colonnes::de(motif, forme, &annees, &utilisees);
    if motif.contains("/*") {
        let titre = forme_du_parent(motif);
        colonnes.insert(
            0,
            Colonne {
                titre: titre.clone(),
                pointeur: PARENT.to_owned(),
                forme: Arc::new(Forme::de_nature(titre, Nature::Texte)),
                genre: Genre::Parent,
                vers: None,
                requise: true,
            },
        );
    }
    titres_uniques(&mut colonnes);
    let toujours = plan::de(motif).is_some_and(|f| f.toujours);
    Grille { nom, motif: motif.to_owned(), forme: forme.clone(), colonnes, rangees, toujours }
}

/// What stands above: « Établissement » for the list of the establishments.
fn forme_du_parent(motif: &str) -> String {
    let liste = motif.rsplit_once("/*").map_or("", |(liste, _)| liste);
    match liste {
        "/perimetre/etablissements" => "Établissement".to_owned(),
        "/fiches_actions" => "Fiche action".to_owned(),
        liste => forme_du_contrat().a(&liste.replace('*', "0")).map_or_else(String::new, |f| f.titre.clone()),
    }
}

/// One label a column, so that they are found by it.
fn titres_uniques(colonnes: &mut [Colonne]) {
    let mut pris = BTreeSet::new();
    for colonne in colonnes {
        let mut rang = 2;
        let titre = colonne.titre.clone();
        while !pris.insert(colonne.titre.to_lowercase()) {
            colonne.titre = format!("{titre} ({rang})");
            rang += 1;
        }
    }
}

/// The years of a column of years: those that are told, and those that are to be.
fn annees(donnees: &Value, elements: &[&Value], pointeur: &str) -> Annees {
    let mut annees = Annees::new();
    for element in elements {
        match element.pointer(&format!("/{pointeur}")) {
            Some(Value::Object(table)) => annees.extend(table.keys().filter_map(|cle| cle.parse::<i64>().ok())),
            Some(Value::Array(liste)) => {
                annees.extend(liste.iter().filter_map(|e| e.get("annee").and_then(Value::as_i64)));
            }
            _ => {}
        }
    }
    let duree = donnees.pointer("/periode/duree_annees").and_then(Value::as_i64).unwrap_or(ANNEES_DU_CONTRAT);
    let annee = |cle: &str| donnees.pointer(&format!("/periode/{cle}"))?.as_str()?.get(..4)?.parse::<i64>().ok();
    if let Some(debut) = annee("debut") {
        let fin = annee("fin").unwrap_or(debut + duree.clamp(1, 15) - 1);
        match pointeur {
            "realise" => annees.extend(debut - ANNEES_REALISEES..debut),
            _ => annees.extend((debut..=fin).take(ANNEES_MAX)),
        }
    }
    annees
}

/// The values of a contract that no cell of its workbook holds: their pointers.
pub fn non_montrees(donnees: &Value) -> Vec<String> {
    let fonds = Fonds::de(donnees);
    let mut montrees: BTreeSet<String> = BTreeSet::new();
    for grille in &fonds.grilles {
        for rangee in &grille.rangees {
            for colonne in &grille.colonnes {
                let (pointeur, valeur) = fonds.cellule(grille, rangee, colonne);
                let vue = fonds.montrer(grille, rangee, colonne);
                if valeur.is_some() && matches!(vue, Some(Montre::Texte(_) | Montre::Nombre(_) | Montre::Jour(_))) {
                    montrees.insert(pointeur);
                }
                // The year of a column is said by its title.
                if let Genre::Annee { cle, .. } = &colonne.genre
                    && let Some((element, _)) = fonds.cellule(grille, rangee, colonne).0.rsplit_once('/')
                {
                    montrees.insert(format!("{element}/{cle}"));
                }
            }
        }
    }
    let mut sortie = Vec::new();
    feuilles(donnees, &mut String::new(), &mut |pointeur| {
        let mut ici = pointeur;
        loop {
            if montrees.contains(ici) {
                return;
            }
            match ici.rsplit_once('/') {
                Some((parent, _)) if !parent.is_empty() => ici = parent,
                _ => break,
            }
        }
        sortie.push(pointeur.to_owned());
    });
    sortie
}

/// The values that hold no other.
fn feuilles(valeur: &Value, pointeur: &mut String, voir: &mut impl FnMut(&str)) {
    let longueur = pointeur.len();
    let mut descendre = |cle: &str, dedans: &Value, pointeur: &mut String| {
        pointeur.push('/');
        pointeur.push_str(&crate::remarque::jeton_de_pointeur(cle));
        feuilles(dedans, pointeur, voir);
        pointeur.truncate(longueur);
    };
    match valeur {
        Value::Object(objet) if !objet.is_empty() => {
            objet.iter().filter(|(cle, _)| !cle.starts_with('$')).for_each(|(cle, v)| descendre(cle, v, pointeur));
        }
        Value::Array(elements) if !elements.is_empty() => {
            elements.iter().enumerate().for_each(|(rang, v)| descendre(&rang.to_string(), v, pointeur));
        }
        Value::Object(_) | Value::Array(_) => {}
        _ => voir(pointeur),
    }
}
