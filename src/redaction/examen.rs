//! A model → what is wrong with its clauses and conditions, whether or not a contract prints them.
//!
//! What only shows with data (a key of an element of a list) is left to the printing of contracts.

use super::clauses::Ecriture;
use super::erreurs;
use super::impression::OU_LA_LACUNE;
use super::objets::attribut;
use super::{Demande, Usage};
use crate::modele::manifeste::Element;
use crate::modele::{Catalogue, MANIFESTE, Modele};
use minijinja::Value;
use std::collections::{BTreeSet, HashSet};

/// A fault of a model, at a line of one of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faute {
    pub genre: Genre,
    pub fichier: String,
    pub ligne: usize,
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    /// A clause that cannot be read.
    Syntaxe,
    /// A name that nothing gives.
    NomInconnu,
    /// A condition of the plan that cannot be read.
    Condition,
    /// A clause that no plan reaches.
    Orpheline,
    /// A gap that does not say where its value would be given.
    LacuneSansLieu,
}

/// Names that the plan gives, or that only some clauses are given: of an annex, of a fiche, of an establishment; of
/// macros and blocks.
const SELON_LA_CLAUSE: [&str; 11] =
    ["annexes", "visas", "annexe", "fiche", "objectif", "numero", "esms", "restants", "caller", "super", "loop"];

/// Examines the model of a request: its own clauses, then its conditions.
pub fn examiner(demande: &Demande<'_>) -> Vec<Faute> {
    let ecriture = Ecriture::ouvrir(demande);
    let modele = demande.modele;
    let atteintes = atteintes(modele);
    // A common clause names what only some models print.
    let mut connus = modele.reperes.clone();
    for autre in Catalogue::embarque().liste().unwrap_or_default() {
        connus.extend(autre.reperes);
    }
    let mut fautes = Vec::new();
    for (nom, chemin, texte) in modele.propres() {
        let faute = |genre, ligne, message| Faute { genre, fichier: chemin.clone(), ligne, message };
        if !atteintes.contains(nom) {
            fautes.push(faute(Genre::Orpheline, 1, orpheline(nom, &atteintes)));
        }
        for (ligne, id) in renvois(texte) {
            if !connus.contains(id) {
                let message = format!("aucun plan n'a d'élément « {id} » : le renvoi ne s'imprimerait jamais");
                fautes.push(faute(Genre::NomInconnu, ligne, message));
            }
        }
        for ligne in lacunes_sans_lieu(texte) {
            fautes.push(faute(Genre::LacuneSansLieu, ligne, OU_LA_LACUNE.to_string()));
        }
        match ecriture.env().get_template(nom) {
            Ok(clause) => {
                for (chemin, message) in inconnus(&ecriture, clause.undeclared_variables(true)) {
                    fautes.push(faute(Genre::NomInconnu, ligne_de(texte, &chemin), message));
                }
            }
            Err(erreur) => {
                fautes.push(faute(Genre::Syntaxe, erreur.line().unwrap_or(1), erreurs::message(&erreur)));
            }
        }
    }
    fautes.extend(conditions(&ecriture, modele));
    fautes
}

/// The elements of the plan that a clause asks for without being sure of them: line, identifier.
fn renvois(texte: &str) -> impl Iterator<Item = (usize, &str)> {
    const APPELS: [&str; 3] = ["existe(", "voir_article(", "voir_annexe("];
    texte.lines().enumerate().flat_map(|(rang, ligne)| {
        let suites = APPELS.iter().flat_map(move |appel| ligne.split(appel).skip(1));
        let arguments = suites.filter_map(|suite| suite.split(')').next());
        arguments.flat_map(move |argument| {
            let cites = argument.split(['"', '\'']).skip(1).step_by(2);
            cites.map(move |id| (rang + 1, id))
        })
    })
}

/// The lines where a clause asks for something without an object and a key: nobody would know where to give it.
fn lacunes_sans_lieu(texte: &str) -> impl Iterator<Item = usize> + '_ {
    texte.match_indices("lacune(").filter_map(|(debut, appel)| {
        let avant = texte[..debut].chars().next_back();
        let un_mot = avant.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let complet = arguments(&texte[debut + appel.len()..]) >= 3;
        (!un_mot && !complet).then(|| texte[..debut].matches('\n').count() + 1)
    })
}

/// How many arguments without a name a call has; `texte` begins after its parenthesis.
fn arguments(texte: &str) -> usize {
    let (mut profondeur, mut guillemet, mut courant) = (0usize, None, String::new());
    let mut trouves: Vec<String> = Vec::new();
    let mut echappe = false;
    for c in texte.chars() {
        match (guillemet, c) {
            (Some(_), _) if echappe => echappe = false,
            (Some(_), '\\') => echappe = true,
            (Some(ouvrant), _) => {
                courant.push('x');
                guillemet = Some(ouvrant).filter(|ouvrant| *ouvrant != c);
            }
            (None, '"' | '\'') => guillemet = Some(c),
            (None, ')') if profondeur == 0 => break,
            (None, ',') if profondeur == 0 => trouves.push(std::mem::take(&mut courant)),
            (None, '(' | '[' | '{') => profondeur += 1,
            (None, ')' | ']' | '}') => profondeur = profondeur.saturating_sub(1),
            (None, _) => courant.push(c),
        }
    }
    trouves.push(courant);
    let nomme = |argument: &str| {
        argument
            .split_once('=')
            .is_some_and(|(avant, suite)| !suite.starts_with('=') && !avant.ends_with(['!', '<', '>']))
    };
    trouves.iter().filter(|a| !a.trim().is_empty() && !nomme(a)).count()
}

/// A file that nothing reaches is often a misspelt name.
fn orpheline(nom: &str, atteintes: &BTreeSet<String>) -> String {
    let proche = atteintes
        .iter()
        .map(|chemin| {
            chemin.split_once('/').filter(|(d, _)| !d.starts_with("annexes")).map_or(chemin.as_str(), |(_, n)| n)
        })
        .map(|autre| (strsim::damerau_levenshtein(autre, nom), autre))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, autre)| format!(" ; vouliez-vous dire « {autre} » ?"))
        .unwrap_or_default();
    format!("aucun plan n'imprime cette clause{proche}")
}

/// The conditions of the model's own plan, documents drawn from the contract and visas.
fn conditions(ecriture: &Ecriture<'_>, modele: &Modele) -> Vec<Faute> {
    fn relever<'m>(elements: &'m [Element], sortie: &mut Vec<(String, &'m str)>) {
        for element in elements {
            let fiches = element.fiches.as_ref().and_then(|f| f.condition.as_deref());
            let pages = element.etablissements.as_ref().and_then(|e| e.condition.as_deref());
            let toutes = [element.condition.as_deref(), fiches, pages];
            sortie.extend(toutes.into_iter().flatten().map(|condition| (element.id.to_string(), condition)));
            relever(&element.elements, sortie);
        }
    }
    let manifeste = &modele.manifeste;
    let mut toutes = Vec::new();
    relever(&manifeste.plan, &mut toutes);
    let extraits = [&manifeste.extraits.equipes, &manifeste.extraits.etablissement];
    extraits.into_iter().flatten().for_each(|extrait| relever(&extrait.plan, &mut toutes));
    for visa in &manifeste.visas {
        let des_articles = visa.articles.iter().filter_map(|a| a.condition.as_deref());
        toutes.extend(visa.condition.as_deref().into_iter().chain(des_articles).map(|c| (visa.designation(), c)));
    }
    let fichier = format!("{}/{MANIFESTE}", modele.dossier());
    let source = modele.manifeste_ecrit();
    let mut fautes = Vec::new();
    for (element, condition) in toutes {
        let ligne = ligne_de(source, &condition.replace('"', "\\\""));
        let faute = |message: String| Faute {
            genre: Genre::Condition,
            fichier: fichier.clone(),
            ligne,
            message: format!("la condition de « {element} » ne convient pas : {message}"),
        };
        match ecriture.env().compile_expression(condition) {
            Ok(expression) => {
                let inconnus = inconnus(ecriture, expression.undeclared_variables(true));
                fautes.extend(inconnus.into_iter().map(|(_, message)| faute(message)));
            }
            Err(erreur) => fautes.push(faute(erreurs::message(&erreur))),
        }
    }
    fautes
}

/// The dotted names that lead nowhere, each with what is wrong.
fn inconnus(ecriture: &Ecriture<'_>, noms: HashSet<String>) -> Vec<(String, String)> {
    let mut connus: BTreeSet<&str> = ecriture.env().globals().map(|(nom, _)| nom).collect();
    connus.extend(SELON_LA_CLAUSE);
    connus.extend(poses(ecriture.modele()));
    let mut sortie = Vec::new();
    let noms: BTreeSet<String> = noms.into_iter().collect();
    for nom in &noms {
        let mut segments = nom.split('.');
        let premier = segments.next().unwrap_or_default();
        let message = match ecriture.commune(premier) {
            Some(valeur) => cle_fautive(valeur, segments),
            None if connus.contains(premier) => None,
            None => Some(format!("le nom « {premier} » n'existe pas ; la liste est dans templates/README.md")),
        };
        sortie.extend(message.map(|message| (nom.clone(), message)));
    }
    sortie
}

/// The names that some clause gives, since one that includes another gives it its own; and those that a clause
/// asks whether they are given.
fn poses(modele: &Modele) -> BTreeSet<&str> {
    let lettre = |c: char| c.is_alphanumeric() || c == '_';
    let mut sortie = BTreeSet::new();
    for texte in modele.toutes() {
        for balise in texte.split("{%").skip(1) {
            let posee = balise.trim_start_matches('-').trim_start().strip_prefix("set ");
            sortie.extend(posee.and_then(|suite| suite.split(|c| !lettre(c)).next()));
        }
        for test in [" is defined", " is not defined", " is undefined"] {
            sortie.extend(texte.split(test).filter_map(|avant| avant.rsplit(|c| !lettre(c)).next()));
        }
    }
    sortie
}

/// Follows a path as far as its keys are known beforehand.
fn cle_fautive<'n>(valeur: &Value, segments: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut valeur = valeur.clone();
    for segment in segments {
        match attribut(&valeur, segment) {
            Ok(suite) if suite.is_undefined() => return None,
            Ok(suite) => valeur = suite,
            Err(erreur) => return Some(erreurs::message(&erreur)),
        }
    }
    None
}

/// The names of the clauses that a plan prints, or that one of those calls.
fn atteintes(modele: &Modele) -> BTreeSet<String> {
    fn relever(elements: &[Element], sortie: &mut Vec<String>) {
        for element in elements {
            sortie.extend(element.clause.clone());
            sortie.extend(element.fiches.as_ref().map(|f| f.clause.clone()));
            sortie.extend(element.etablissements.as_ref().map(|e| e.clause.clone()));
            relever(&element.elements, sortie);
        }
    }
    let mut a_voir = Vec::new();
    relever(&modele.manifeste.plan, &mut a_voir);
    for usage in [Usage::Equipes, Usage::Etablissement(String::new())] {
        if let Ok(Some(extrait)) = usage.extrait(modele) {
            relever(&extrait.plan, &mut a_voir);
        }
    }
    let mut vues = BTreeSet::new();
    while let Some(nom) = a_voir.pop() {
        let Some((chemin, texte)) = modele.clause(&nom) else { continue };
        if vues.insert(chemin) {
            a_voir.extend(appelees(texte));
        }
    }
    let racine = format!("{}/", modele.dossier());
    vues.iter().map(|chemin| chemin.strip_prefix(&racine).unwrap_or(chemin).to_string()).collect()
}

/// The files that a clause names.
fn appelees(texte: &str) -> impl Iterator<Item = String> + '_ {
    texte.split(['"', '\'']).filter(|mot| mot.ends_with(".md")).map(String::from)
}

/// The line of a text where a name stands, from 1.
fn ligne_de(texte: &str, nom: &str) -> usize {
    let derniere = nom.rsplit('.').next().unwrap_or(nom);
    [nom, derniere].iter().find_map(|n| texte.lines().position(|l| l.contains(n))).map_or(1, |rang| rang + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_that_does_not_say_where_is_found_at_its_line() {
        let clause = "{{ lacune(\"a, b\", e, 'nom') }}\n{% if x is lacune %}{{ lacune(\"a (b, c\") }}{% endif %}\n\
                      {{ lacune(nom(a, b), e) }} {{ lacune(\"x\", o[\"a\"], \"b\", ajouter=\"c\") }}\n\
                      {{ lacune(\"x\", e, ajouter=\"un\") }}";
        assert_eq!(lacunes_sans_lieu(clause).collect::<Vec<_>>(), [2, 3, 4]);
    }
}
