//! What is said of a contract, for who writes a file → the same words for who fills a page: elements by their names, fields
//! by their titles, no JSON.

use crate::contrat::renvois::NOMMEES;
use crate::modele::manifeste::{GenreElement, Manifeste};
use crate::schema::chemin::{Chemins, PUIS};
use crate::schema::forme::{Forme, forme_du_contrat};
use serde_json::Value;
use std::collections::BTreeMap;

/// The names of the elements of a contract, by their identifiers.
pub struct Mots {
    noms: BTreeMap<String, String>,
}

impl Mots {
    pub fn de(donnees: &Value) -> Self {
        let chemins = Chemins::de(donnees);
        let mut noms = BTreeMap::new();
        let indicateurs =
            (0..elements(donnees, "/fiches_actions").len()).map(|n| format!("/fiches_actions/{n}/indicateurs"));
        for liste in NOMMEES.iter().map(|liste| (*liste).to_owned()).chain(indicateurs) {
            let forme = forme_du_contrat().a(&format!("{liste}/0"));
            for (rang, element) in elements(donnees, &liste).iter().enumerate() {
                let Some(id) = element.get("id").and_then(Value::as_str) else { continue };
                noms.entry(id.to_owned()).or_insert_with(|| nom_de(&chemins, element, forme.as_deref(), rang));
            }
        }
        Mots { noms }
    }

    /// What the element that has this identifier is called.
    pub fn nom(&self, id: &str) -> Option<&str> {
        self.noms.get(id).map(String::as_str)
    }

    /// Of what is said of no contract.
    pub fn de_personne() -> Self {
        Mots { noms: BTreeMap::new() }
    }

    /// A model is named by its title, and the annexes that files are given for by theirs.
    pub fn avec_le_modele(mut self, modele: &Manifeste) -> Self {
        self.noms.entry(modele.id.to_string()).or_insert_with(|| modele.nom.clone());
        for (id, titre) in titres_des_annexes(modele) {
            self.noms.entry(id).or_insert(titre);
        }
        self
    }

    /// The words of a remark on a place.
    pub fn dire(&self, texte: &str, pointeur: &str) -> String {
        insecables(&self.sans_cles(&self.sans_identifiants(&sans_json(texte)), pointeur))
    }

    /// « IME (« ime-1 ») » → « IME »; « « ime-1 » » → « « IME » ».
    fn sans_identifiants(&self, texte: &str) -> String {
        let mut sortie = String::new();
        let mut reste = texte;
        while let Some((avant, suite)) = reste.split_once("« ") {
            let Some((mot, apres)) = suite.split_once(" »") else { break };
            sortie.push_str(avant);
            match self.noms.get(mot) {
                Some(_) if avant.ends_with(" (") && apres.starts_with(')') => {
                    sortie.truncate(sortie.len() - " (".len());
                    reste = &apres[1..];
                }
                Some(nom) => {
                    sortie.push_str(&format!("« {nom} »"));
                    reste = apres;
                }
                None => {
                    sortie.push_str("« ");
                    reste = suite;
                }
            }
        }
        sortie + reste
    }

    /// « modalite » → « Modalité », where that is the name of a field there.
    fn sans_cles(&self, texte: &str, pointeur: &str) -> String {
        let formes = formes_autour(pointeur);
        let titre = |cle: &str| formes.iter().find_map(|forme| forme.cles.get(cle)).map(|forme| forme.titre.clone());
        let mut sortie = String::new();
        let mut reste = texte;
        while let Some((avant, suite)) = reste.split_once(['«', '"']) {
            let ouvrant = &reste[avant.len()..reste.len() - suite.len()];
            sortie.push_str(avant);
            let fermant = if ouvrant == "«" { '»' } else { '"' };
            let nommer = |mot: &str| titre(mot).or_else(|| du_chemin(mot));
            let trouve = suite.split_once(fermant).and_then(|(mot, apres)| Some((nommer(mot.trim())?, apres)));
            match trouve {
                Some((titre, apres)) => {
                    sortie.push_str(&format!("« {titre} »"));
                    // « "modalite": … » asks for the value itself.
                    reste = apres.strip_prefix(": …").unwrap_or(apres);
                }
                None => {
                    sortie.push_str(ouvrant);
                    reste = suite;
                }
            }
        }
        sortie + reste
    }
}

/// The annexes of a model that a file is given for: their identifiers and titles.
pub fn titres_des_annexes(modele: &Manifeste) -> BTreeMap<String, String> {
    let (mut titres, mut a_voir) = (BTreeMap::new(), vec![&modele.plan]);
    while let Some(elements) = a_voir.pop() {
        let annexes = elements.iter().filter(|e| e.genre == GenreElement::Annexe && e.piece);
        titres.extend(annexes.filter_map(|e| Some((e.id.to_string(), e.titre_au(None)?.to_owned()))));
        a_voir.extend(elements.iter().map(|e| &e.elements));
    }
    titres
}

/// The name of an element as the page shows it: never its identifier, « Objectif n° 2 » when it has no other.
pub fn nom_de(chemins: &Chemins<'_>, element: &Value, forme: Option<&Forme>, rang: usize) -> String {
    let nom = chemins.element(element, forme, rang);
    let nom = sans_guillemets(&nom);
    // What it is about may have no name either.
    let sujets = ["id", "objectif", "etablissement", "autorite", "partie", "gestionnaire"];
    let anonyme = sujets.iter().any(|cle| element.get(*cle).and_then(Value::as_str) == Some(nom))
        || nom == format!("n° {}", rang + 1);
    match forme.filter(|_| anonyme) {
        Some(forme) => format!("{} n° {}", forme.titre, rang + 1),
        None => nom.to_owned(),
    }
}

/// Elements of one list that have the same name are told apart: by their unit if it does, else by their rank.
pub fn distinguer(noms: &mut [String], elements: &[Value], forme: Option<&Forme>) {
    let communs = homonymes(noms);
    let mut avec_unite = noms.to_vec();
    for &rang in &communs {
        let Some(mot) = elements.get(rang).and_then(|element| element.get("unite")?.as_str()) else { continue };
        let libelle = forme.and_then(|f| f.cles.get("unite")?.libelle(mot)).unwrap_or(mot);
        avec_unite[rang] = format!("{}, {libelle}", noms[rang]);
    }
    let encore = homonymes(&avec_unite);
    for rang in communs {
        noms[rang] = match encore.binary_search(&rang) {
            Ok(_) => format!("{}, n° {}", noms[rang], rang + 1),
            Err(_) => avec_unite[rang].clone(),
        };
    }
}

/// The ranks of the names that are not alone.
fn homonymes(noms: &[String]) -> Vec<usize> {
    let mut combien: BTreeMap<&str, usize> = BTreeMap::new();
    for nom in noms {
        *combien.entry(nom).or_default() += 1;
    }
    (0..noms.len()).filter(|rang| combien.get(noms[*rang].as_str()).is_some_and(|n| *n > 1)).collect()
}

/// « IME Les Mimosas » alone.
pub fn sans_guillemets(nom: &str) -> &str {
    nom.strip_prefix("« ").and_then(|reste| reste.strip_suffix(" »")).unwrap_or(nom)
}

fn elements<'v>(donnees: &'v Value, liste: &str) -> &'v [Value] {
    donnees.pointer(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// « moyens.budgets » → « Moyens › Budgets ».
fn du_chemin(mot: &str) -> Option<String> {
    if !mot.contains('.') || !mot.bytes().all(|octet| octet.is_ascii_lowercase() || matches!(octet, b'.' | b'_')) {
        return None;
    }
    let mut forme = forme_du_contrat();
    let mut titres = Vec::new();
    for cle in mot.split('.') {
        forme = forme.cles.get(cle)?.clone();
        titres.push(forme.titre.clone());
    }
    Some(titres.join(PUIS))
}

/// The objects that a place is in, the nearest first.
fn formes_autour(pointeur: &str) -> Vec<std::sync::Arc<Forme>> {
    let autour = std::iter::successors(Some(pointeur), |p| p.rsplit_once('/').map(|(parent, _)| parent));
    autour.filter_map(|p| forme_du_contrat().a(p)).filter(|forme| !forme.cles.is_empty()).collect()
}

/// « déclarez-la sans objet : {"non_applicable": "motif"} » → « déclarez-la sans objet, avec son motif »: what is typed in a
/// file is a box of the page.
fn sans_json(texte: &str) -> String {
    let mut sortie = texte.to_owned();
    for (json, mots) in [
        (" : {\"non_applicable\": \"motif\"}", ", avec son motif"),
        ("{\"non_applicable\": \"motif\"}", "« sans objet », avec son motif"),
    ] {
        sortie = sortie.replace(json, mots);
    }
    // Other pieces of JSON say how to write what the page has fields for.
    while let Some(debut) = sortie.find("{\"") {
        let Some(fin) = sortie[debut..].find('}').map(|fin| debut + fin + 1) else { break };
        let dit = &sortie[debut..fin];
        if dit.contains("\"sans_objet\"") || dit.contains("\"non_applicable\"") {
            sortie.replace_range(debut..fin, "« sans objet », avec son motif");
        } else if sortie[..debut].ends_with("ajoutez ") {
            sortie.replace_range(debut..fin, "un élément");
        } else {
            let avant = sortie[..debut].trim_end_matches([' ', ':', '\u{A0}']).len();
            sortie.replace_range(avant..fin, "");
        }
    }
    sortie
}

/// Guillemets and the marks that a space precedes stay with their words at the end of a line.
fn insecables(texte: &str) -> String {
    let paires = [("« ", "«\u{A0}"), (" »", "\u{A0}»"), (" :", "\u{A0}:"), (" ;", "\u{A0};"), (" ?", "\u{A0}?")];
    paires.iter().fold(texte.to_owned(), |texte, (avant, apres)| texte.replace(avant, apres))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn elements_of_the_same_name_are_told_apart() {
        let elements = ["journees", "actes", "%", "%", "actes"].map(|unite| json!({ "unite": unite }));
        let mut noms = ["SESSAD", "SESSAD", "IME", "IME", "MAS"].map(String::from);
        distinguer(&mut noms, &elements, None);
        assert_eq!(noms, ["SESSAD, journees", "SESSAD, actes", "IME, n° 3", "IME, n° 4", "MAS"]);
    }

    #[test]
    fn people_read_names_and_titles() {
        let donnees = json!({
            "perimetre": { "etablissements": [{ "id": "ime-1", "nom": "IME Les Mimosas" }] },
            "objectifs": [{ "id": "objectif-1", "titre": "Fluidifier" }],
            "fiches_actions": [{ "objectif": "objectif-1", "indicateurs": [{ "id": "i-a", "libelle": "Délai" }] }]
        });
        let mots = Mots::de(&donnees);
        for (texte, attendu) in [
            ("Établissement n° 1 (« ime-1 ») : rien.", "Établissement n° 1 : rien."),
            (
                "« ime-1 » et « objectif-1 », « i-a », « autre ».",
                "« IME Les Mimosas » et « Fluidifier », « Délai », « autre ».",
            ),
            (
                "renseignez-la, ou déclarez-la sans objet : {\"non_applicable\": \"motif\"}.",
                "renseignez-la, ou déclarez-la sans objet, avec son motif.",
            ),
            (
                "ajoutez {\"annexe\": \"x\", \"fichier\": …} à « pieces », ou {\"annexe\": \"x\", \"sans_objet\": \"motif\"}.",
                "ajoutez un élément à « Pièces », ou « sans objet », avec son motif.",
            ),
            ("ajoutez le budget à « moyens.budgets ».", "ajoutez le budget à « Moyens › Budgets »."),
            (
                "la clé « modalite » manque ; ajoutez \"modalite\": …",
                "la clé « Modalité » manque ; ajoutez « Modalité »",
            ),
            ("« sans fin", "« sans fin"),
            ("un \"mot\" cité", "un \"mot\" cité"),
        ] {
            assert_eq!(mots.dire(texte, "/perimetre/etablissements/0/capacites/0").replace('\u{A0}', " "), attendu);
        }
        assert_eq!(mots.dire("À faire : « ime-1 » ?", "/"), "À faire\u{A0}: «\u{A0}IME Les Mimosas\u{A0}»\u{A0}?");
    }
}
