//! The computed values about who bears what: the rules of each gestionnaire, the shares of what is common, the credits and
//! their beneficiaries.

use super::sources::{Sources, elements};
use crate::contrat::Contrat;
use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::Cnr;
use crate::contrat::siege::PartGestionnaire;
use crate::contrat::textes::Id;
use crate::formats::enumerer;
use crate::redaction::objets::{SansObjet, completer, compose};
use crate::redaction::parties;
use minijinja::Value;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The rules that a gestionnaire may have of its own.
const REGLES: [&str; 4] = ["rebasage", "affectation_resultats", "frais_siege", "quote_part"];

fn le_nom(contrat: &Contrat, id: &str) -> String {
    parties::nom_de_partie(contrat, id).and_then(|n| n.le).unwrap_or_else(|| id.to_string())
}

/// For each rule, the common one and those of single gestionnaires, with the names of whom they bind.
pub(super) fn regimes(sources: &Sources<'_>) -> Value {
    let contrat = sources.contrat;
    let moyens = sources.objets.get_attr("moyens").unwrap_or_default();
    let propres = elements(sources.objets, &["moyens", "par_gestionnaire"]);
    let gestionnaires = || contrat.gestionnaires().iter().filter(|g| g.mandataire.valeur().is_none());
    let regimes = REGLES.map(|cle| {
        let siennes: Vec<(String, Value)> = propres
            .iter()
            .filter_map(|g| Some((g.get_attr("gestionnaire").ok()?.to_string(), g.get_attr(cle).ok()?)))
            .filter(|(_, regle)| dite(regle))
            .collect();
        let commune = moyens.get_attr(cle).ok().filter(dite);
        let restants: Vec<&str> =
            gestionnaires().map(|g| g.id.as_str()).filter(|id| !siennes.iter().any(|(s, _)| s == id)).collect();
        let regime = |regle: Value, ids: &[&str], seul: bool| {
            let noms: Vec<String> = ids.iter().map(|id| le_nom(contrat, id)).collect();
            let publics = ids.iter().filter(|id| {
                let g = contrat.gestionnaires().iter().find(|g| g.id.as_str() == **id);
                g.and_then(parties::statut).is_some_and(|s| s.public())
            });
            let valeurs = json!({
                "gestionnaires": ids,
                "noms": enumerer(&noms),
                "nombre": ids.len(),
                "publics": publics.count(),
                "propre": seul,
            });
            completer("régime", &valeurs, vec![("regle", regle)])
        };
        let mut liste = Vec::new();
        if let Some(regle) = commune.filter(|_| siennes.is_empty() || !restants.is_empty()) {
            liste.push(regime(regle, &restants, !siennes.is_empty()));
        }
        liste.extend(siennes.iter().map(|(id, regle)| regime(regle.clone(), &[id.as_str()], true)));
        (cle, Value::from(liste))
    });
    compose("calcule.regimes", regimes.into_iter().collect())
}

/// A value, or one that is declared without object.
fn dite(valeur: &Value) -> bool {
    !valeur.is_undefined()
        && !valeur.is_none()
        && (valeur.is_true() || valeur.downcast_object_ref::<SansObjet>().is_some())
}

/// The names of the gestionnaires of the file, when the contract is that of one of several.
pub(super) fn communs(sources: &Sources<'_>) -> Json {
    let Some(ensemble) = &sources.ensemble else { return json!([]) };
    let ceux_de = |contrat: &Contrat| -> Vec<String> {
        let signent = contrat.gestionnaires().iter().filter(|g| g.mandataire.valeur().is_none());
        signent.map(|g| le_nom(contrat, g.id.as_str())).collect()
    };
    // Ours first: the others come after it when a printed dossier is read again.
    let mut tous = ceux_de(sources.contrat);
    let autres: Vec<String> = ceux_de(ensemble).into_iter().filter(|nom| !tous.contains(nom)).collect();
    // The contract of all of them shares with no other.
    if autres.is_empty() {
        return json!([]);
    }
    tous.extend(autres);
    json!(tous)
}

/// Whether the contract is that of one gestionnaire among several.
pub(super) fn est_partage(sources: &Sources<'_>) -> bool {
    communs(sources).as_array().is_some_and(|noms| !noms.is_empty())
}

fn part_de(parts: &[PartGestionnaire], contrat: &Contrat) -> Option<Montant> {
    let signe = |id: &Id| contrat.gestionnaires().iter().any(|g| g.id == *id && g.mandataire.valeur().is_none());
    parts.iter().find(|p| signe(&p.gestionnaire)).and_then(|p| p.montant.valeur().copied())
}

/// The non-recurring credits and those of the FIR: who receives each line, our share of it, the totals.
pub(super) fn credits(sources: &Sources<'_>) -> Value {
    let moyens = sources.contrat.moyens.valeur();
    let listes = [("cnr", moyens.map(|m| m.cnr.elements())), ("fir", moyens.map(|m| m.fir.elements()))];
    let listes = listes.map(|(cle, lignes)| {
        let objets = elements(sources.objets, &["moyens", cle]);
        (cle, liste_de_credits(sources, lignes.unwrap_or_default(), objets))
    });
    compose("calcule.credits", listes.into_iter().collect())
}

fn liste_de_credits(sources: &Sources<'_>, lignes: &[Cnr], objets: Vec<Value>) -> Value {
    let partage = est_partage(sources);
    let mut totaux: BTreeMap<Option<u16>, (Montant, usize)> = BTreeMap::new();
    let mut imprimees = Vec::new();
    for (credit, objet) in lignes.iter().zip(objets) {
        let nomme = credit.etablissement.valeur().is_some()
            || !credit.etablissements.elements().is_empty()
            || credit.gestionnaire.valeur().is_some_and(|id| {
                let g = sources.contrat.gestionnaires().iter().find(|g| g.id == *id);
                g.is_some_and(|g| g.mandataire.valeur().is_none())
            });
        let part = part_de(credit.parts.elements(), sources.contrat).filter(|_| partage);
        let commun = partage && !nomme;
        let montant = part.unwrap_or(credit.montant);
        if part.is_some() || !commun {
            let annee = credit.annee.valeur().map(|a| a.valeur());
            let total = totaux.entry(annee).or_default();
            total.0 += montant;
            total.1 += 1;
        }
        let valeurs = json!({
            "beneficiaire": beneficiaire(sources, credit, partage),
            "montant": montant,
            "part": part.is_some(),
            "commun": commun,
        });
        imprimees.push(completer("crédit", &valeurs, vec![("ligne", objet)]));
    }
    let totaux: Vec<Json> = totaux
        .into_iter()
        .filter(|(_, (_, nombre))| *nombre > 1)
        .map(|(annee, (montant, _))| json!({ "annee": annee.unwrap_or_default(), "somme": montant }))
        .collect();
    completer("crédits", &json!({ "totaux": totaux }), vec![("lignes", Value::from(imprimees))])
}

/// « IME Les Oliviers et SESSAD Les Oliviers », « siège de l'association », « ensemble du périmètre »; a name that is to be
/// given stands for all of them.
fn beneficiaire(sources: &Sources<'_>, credit: &Cnr, partage: bool) -> Json {
    let gestionnaire = credit.gestionnaire.valeur().map(|id| sources.nom_de_partie(id.as_str()));
    let structure = |id: &Id| sources.nom_etablissement(id.as_str());
    if credit.siege.valeur() == Some(&true) {
        return match gestionnaire {
            Some(Json::String(nom)) => json!(format!("siège : {nom}")),
            Some(a_donner) => a_donner,
            None => json!("siège"),
        };
    }
    let ensemble: Vec<Json> = credit.etablissements.elements().iter().map(structure).collect();
    match (credit.etablissement.valeur(), ensemble.is_empty(), gestionnaire) {
        (Some(id), _, _) => structure(id),
        (None, false, _) => match ensemble.iter().find(|nom| !nom.is_string()) {
            Some(a_donner) => a_donner.clone(),
            None => json!(enumerer(&ensemble.iter().filter_map(Json::as_str).map(String::from).collect::<Vec<_>>())),
        },
        (None, true, Some(nom)) => nom,
        (None, true, None) if partage => json!("ensemble des gestionnaires"),
        (None, true, None) => json!("ensemble du périmètre"),
    }
}
