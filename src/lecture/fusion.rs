//! Joins the trees of several files of one contract into one, and tells where they disagree. It must not
//! know the contract's types: only by which keys the elements of its lists are recognised.

use std::collections::HashMap;

use serde_json::Value;

use super::arbre::{Champ, Contenu, Noeud};
use super::erreurs::ErreurLecture;
use super::positions::{Aussi, Source};
use crate::remarque::{Remarque, jeton_de_pointeur};

/// By which keys the elements of a list are one and the same, for lists whose elements have no `id`.
/// Several ways may exist: the first for which the element has a value is used.
const CLES: &[(&str, &[&[&str]])] = &[
    ("accord_autorites", &[&["autorite"]]),
    ("activite", &[&["etablissement", "modalite"]]),
    ("autorisations", &[&["acte"]]),
    ("budgets", &[&["etablissement", "annee", "financeur", "section"]]),
    ("capacites", &[&["modalite"], &["etablissement"]]),
    ("cibles", &[&["annee"]]),
    ("clauses_particulieres", &[&["article", "place"]]),
    ("comite", &[&["partie", "nom", "qualite"]]),
    ("contacts", &[&["partie"]]),
    ("contrats_lies", &[&["reference"]]),
    ("derogations", &[&["regle", "element"]]),
    ("dialogues", &[&["annee", "type"]]),
    ("documents", &[&["titre"]]),
    ("dont", &[&["libelle"]]),
    ("dotations", &[&["autorite", "annee", "gestionnaire"]]),
    ("emplois", &[&["categorie"]]),
    ("esat_production", &[&["etablissement", "annee"]]),
    ("evolution", &[&["autorite", "annee", "gestionnaire"]]),
    ("evolutions", &[&["echeance"]]),
    ("fiches_actions", &[&["objectif"], &["numero"]]),
    ("indicateurs", &[&["id"], &["etablissement", "code", "libelle", "annee"]]),
    ("gvt", &[&["annee"]]),
    ("habilitation_aide_sociale", &[&["autorite"]]),
    ("locaux", &[&["etablissement"]]),
    ("outils_2002_2", &[&["etablissement"]]),
    ("par_etablissement", &[&["etablissement"]]),
    ("par_gestionnaire", &[&["gestionnaire"]]),
    ("parts", &[&["gestionnaire"]]),
    ("pgfp", &[&["annee", "gestionnaire"]]),
    ("pieces", &[&["annexe", "titre"]]),
    ("plafonds", &[&["affectation"]]),
    ("planchers_ouverture", &[&["annee"]]),
    ("recettes_creton", &[&["etablissement", "annee", "gestionnaire"]]),
    ("repartition", &[&["etablissement"]]),
    ("retour_equilibre", &[&["etablissement"]]),
    ("situation_financiere", &[&["etablissement", "exercice"]]),
    ("totaux_declares", &[&["annee", "financeur", "groupe", "gestionnaire"]]),
    ("trajectoire", &[&["annee"]]),
    ("validations", &[&["autorite"]]),
    ("versements", &[&["autorite", "mode"]]),
    ("visas_complementaires", &[&["texte"]]),
];

const PAR_ID: &[&[&str]] = &[&["id"]];

/// One tree from those of the files, in their order, and where else its elements are written. Refuses files of different contracts.
pub(super) fn fusionner(
    arbres: Vec<Noeud>,
    sources: &[Source],
    remarques: &mut Vec<Remarque>,
) -> Result<(Noeud, Aussi), ErreurLecture> {
    if arbres.len() > 1 {
        verifier_references(&arbres, sources)?;
    }
    let mut fusion = Fusion { sources, remarques, aussi: Aussi::new() };
    let racine = arbres
        .into_iter()
        .reduce(|mut premier, suivant| {
            fusion.joindre(&mut premier, suivant, "", "");
            premier
        })
        .ok_or(ErreurLecture::AucunFichier)?;
    Ok((racine, fusion.aussi))
}

/// All files must carry the same `reference`.
fn verifier_references(arbres: &[Noeud], sources: &[Source]) -> Result<(), ErreurLecture> {
    let references: Vec<Option<Value>> = arbres.iter().map(|a| a.champ("reference").map(Noeud::valeur)).collect();
    let premiere = references.first().cloned().flatten();
    if premiere.is_some() && references.iter().all(|r| *r == premiere) {
        return Ok(());
    }
    let detail = arbres.iter().zip(&references).map(|(arbre, reference)| {
        let nom = arbre.lieu.position(sources).map(|p| p.fichier).unwrap_or_default();
        match reference {
            Some(Value::String(texte)) => format!("« {nom} » porte la référence « {texte} »"),
            Some(autre) => format!("« {nom} » porte la référence {autre}"),
            None => format!("« {nom} » n'a pas de clé \"reference\""),
        }
    });
    Err(ErreurLecture::ReferencesDifferentes(detail.collect()))
}

struct Fusion<'a> {
    sources: &'a [Source],
    remarques: &'a mut Vec<Remarque>,
    aussi: Aussi,
}

impl Fusion<'_> {
    /// Adds to `garde` what `autre` says; `nom` is the key under which both stand.
    fn joindre(&mut self, garde: &mut Noeud, autre: Noeud, nom: &str, pointeur: &str) {
        self.aussi.entry(garde.lieu).or_default().push(autre.lieu);
        match (&mut garde.contenu, autre.contenu) {
            (Contenu::Objet(champs), Contenu::Objet(autres)) => {
                self.joindre_objets(champs, autres, pointeur);
            }
            (Contenu::Liste(elements), Contenu::Liste(autres)) if d_objets(elements, &autres) => {
                self.joindre_listes(elements, autres, nom, pointeur);
            }
            (_, contenu) => {
                let autre = Noeud { contenu, lieu: autre.lieu };
                if !egales(&garde.valeur(), &autre.valeur()) && !est_commentaire(nom) {
                    self.remarques.push(self.conflit(garde, &autre, nom, pointeur));
                }
            }
        }
    }

    fn joindre_objets(&mut self, champs: &mut Vec<Champ>, autres: Vec<Champ>, pointeur: &str) {
        let rangs: HashMap<String, usize> =
            champs.iter().enumerate().map(|(rang, champ)| (champ.cle.clone(), rang)).collect();
        for autre in autres {
            match rangs.get(&autre.cle).and_then(|rang| champs.get_mut(*rang)) {
                Some(garde) => {
                    let enfant = format!("{pointeur}/{}", jeton_de_pointeur(&autre.cle));
                    self.joindre(&mut garde.noeud, autre.noeud, &autre.cle, &enfant);
                }
                None => champs.push(autre),
            }
        }
    }

    /// The nth element of a key in one file is the nth of that key in the other, so that a list may
    /// repeat a key without its elements being merged together.
    fn joindre_listes(&mut self, elements: &mut Vec<Noeud>, autres: Vec<Noeud>, nom: &str, pointeur: &str) {
        let mut places: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (rang, element) in elements.iter().enumerate() {
            places.entry(identite(element, nom)).or_default().push(rang);
        }
        let mut consommes: HashMap<Vec<String>, usize> = HashMap::new();
        for autre in autres {
            let cle = identite(&autre, nom);
            let occurrence = consommes.entry(cle.clone()).or_default();
            let rang = places.get(&cle).and_then(|p| p.get(*occurrence)).copied();
            *occurrence += 1;
            match rang.and_then(|r| elements.get_mut(r).map(|e| (r, e))) {
                Some((rang, garde)) => {
                    let enfant = format!("{pointeur}/{rang}");
                    self.joindre(garde, autre, nom, &enfant);
                }
                None => elements.push(autre),
            }
        }
    }

    fn conflit(&self, garde: &Noeud, autre: &Noeud, nom: &str, pointeur: &str) -> Remarque {
        let lieu = |n: &Noeud| n.lieu.position(self.sources);
        let ou = |n: &Noeud| lieu(n).map_or_else(String::new, |p| format!(" ({}, ligne {})", p.fichier, p.ligne));
        let quoi = if nom.is_empty() { "le contrat".to_owned() } else { format!("« {nom} »") };
        Remarque::bloquante(
            "LEC-conflit",
            pointeur,
            format!(
                "deux valeurs différentes sont données pour {quoi} : {}{} et {}{}.",
                extrait(&garde.valeur()),
                ou(garde),
                extrait(&autre.valeur()),
                ou(autre)
            ),
            "gardez la bonne valeur dans un seul des deux fichiers, ou écrivez la même dans les deux.",
        )
        .placee(lieu(autre))
    }
}

/// Whether two lists hold objects only, so that their elements can be recognised. A list of plain values
/// is a value as a whole.
fn d_objets(elements: &[Noeud], autres: &[Noeud]) -> bool {
    elements.iter().chain(autres).all(|n| matches!(n.contenu, Contenu::Objet(_)))
}

/// What makes an element the same as another: the values of its keys, or its whole value if it has none.
fn identite(element: &Noeud, nom: &str) -> Vec<String> {
    let propres = CLES.iter().find(|(liste, _)| *liste == nom).map(|(_, cles)| *cles);
    for cles in propres.into_iter().chain([PAR_ID]).flatten() {
        if cles.iter().any(|cle| element.champ(cle).is_some()) {
            let valeurs =
                cles.iter().map(|cle| element.champ(cle).map_or_else(String::new, |n| n.valeur().to_string()));
            return cles.iter().map(|c| (*c).to_owned()).chain(valeurs).collect();
        }
    }
    vec![element.valeur().to_string()]
}

/// Equality of values, where `40` and `40.0` are the same number.
fn egales(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x == y || x.as_f64() == y.as_f64(),
        (Value::Array(x), Value::Array(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| egales(x, y)),
        _ => a == b,
    }
}

/// A value short enough for a message.
fn extrait(valeur: &Value) -> String {
    let texte = match valeur {
        Value::String(texte) => format!("« {texte} »"),
        Value::Object(_) => "un objet".to_owned(),
        autre => autre.to_string(),
    };
    match texte.char_indices().nth(60) {
        Some((octet, _)) => format!("{}…", texte.get(..octet).unwrap_or_default()),
        None => texte,
    }
}

/// Keys that speak to people and editors, never to the contract.
pub(super) fn est_commentaire(cle: &str) -> bool {
    matches!(cle, "$comment" | "$schema")
}
