//! What templates know of the objectives, their fiches and their axes beyond the contract's own keys.

use super::sources::{Sources, elements, ou_du_contrat};
use crate::contrat::Contrat;
use crate::contrat::champ::Champ;
use crate::modele::manifeste::Intitule;
use crate::redaction::objets::{a_donner, completer, compose};
use minijinja::Value;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// By identifier: number of its fiche, title, titles of its axis and general objective, names of its establishments.
pub fn objectifs(sources: &Sources<'_>) -> Vec<(String, Value)> {
    let contrat = sources.contrat;
    let numeros: BTreeMap<String, u32> = contrat
        .fiches_numerotees()
        .into_iter()
        .map(|(numero, rang)| (contrat.fiches_actions.elements()[rang].objectif.to_string(), numero))
        .collect();
    // The contract's own title of an axis comes after the model's: it wins.
    let propres = contrat.axes.elements().iter();
    let axes: BTreeMap<String, String> = table(sources.axes)
        .chain(propres.filter_map(|a| Some((a.id.to_string(), a.titre.valeur()?.to_string()))))
        .collect();
    let generaux: BTreeMap<String, String> = table(sources.generaux).collect();
    contrat
        .objectifs
        .elements()
        .iter()
        .zip(elements(sources.objets, &["objectifs"]))
        .map(|(o, objet)| {
            let nommes: Vec<Json> =
                o.etablissements.elements().iter().map(|id| sources.nom_etablissement(id.as_str())).collect();
            let titre_de = |id: &Champ<_>, table: &BTreeMap<String, String>| {
                id.valeur().map(|id: &crate::contrat::textes::Id| {
                    table.get(id.as_str()).cloned().unwrap_or_else(|| id.to_string())
                })
            };
            let valeur = json!({
                "numero": numeros.get(o.id.as_str()),
                "axe": titre_de(&o.axe, &axes),
                "general": titre_de(&o.general, &generaux),
                "etablissements": nommes,
            });
            let titre = ou_du_contrat(o.titre.valeur().map(|t| t.as_str()), &objet, "titre");
            (o.id.to_string(), completer("calcule.objectifs", &valeur, vec![("titre", titre)]))
        })
        .collect()
}

fn table(intitules: &[Intitule]) -> impl Iterator<Item = (String, String)> {
    intitules.iter().map(|i| (i.id.to_string(), i.titre.clone()))
}

/// The rank of each objective, the first of two that bear one identifier.
fn places(contrat: &Contrat) -> BTreeMap<&str, usize> {
    contrat.objectifs.elements().iter().enumerate().rev().map(|(rang, o)| (o.id.as_str(), rang)).collect()
}

/// The fiches in the order of their numbers.
pub fn fiches(sources: &Sources<'_>) -> Json {
    let contrat = sources.contrat;
    let mut fiches = contrat.fiches_numerotees();
    fiches.sort_unstable();
    let places = places(contrat);
    fiches
        .into_iter()
        .map(|(numero, rang)| {
            let fiche = &contrat.fiches_actions.elements()[rang];
            let place = places.get(fiche.objectif.as_str()).copied();
            let objectif = place.map(|place| &contrat.objectifs.elements()[place]);
            // A fiche takes the title of its objective.
            let a_titrer = place
                .map_or_else(|| sources.place(&["fiches_actions"], rang), |place| sources.place(&["objectifs"], place));
            let titre = fiche.titre.valeur().or_else(|| objectif.and_then(|o| o.titre.valeur()));
            let axe = objectif.and_then(|o| o.axe.valeur()).map(ToString::to_string).unwrap_or_default();
            json!({
                "numero": numero, "objectif": fiche.objectif.as_str(), "axe": axe,
                "titre": titre.map_or_else(|| a_donner("titre", &a_titrer.cle("titre")), |t| json!(t.to_string())),
            })
        })
        .collect()
}

/// The axes of the contract, else of the model.
pub fn axes(sources: &Sources<'_>) -> Json {
    let propres = sources.contrat.axes.elements();
    if propres.is_empty() {
        return sources.axes.iter().map(|a| json!({ "id": a.id, "titre": a.titre, "pilote": null })).collect();
    }
    propres
        .iter()
        .enumerate()
        .map(|(rang, a)| {
            let titre = a.titre.valeur().map(ToString::to_string);
            // A contract may name an axis of the model without its title.
            let du_modele = || sources.axes.iter().find(|axe| axe.id == a.id).map(|axe| axe.titre.clone());
            json!({
                "id": a.id.as_str(),
                "titre": titre
                    .or_else(du_modele)
                    .map_or_else(|| a_donner("titre de l'axe", &sources.place(&["axes"], rang).cle("titre")), Json::from),
                "pilote": a.pilote.valeur().map(ToString::to_string),
            })
        })
        .collect()
}

/// The fiches axis by axis, axes without fiche included; then those of no axis.
pub fn fiches_par_axe(sources: &Sources<'_>) -> Json {
    let fiches = fiches(sources);
    let fiches: Vec<&Json> = fiches.as_array().map(|f| f.iter().collect()).unwrap_or_default();
    let de = |convient: &dyn Fn(&str) -> bool| -> Vec<Json> {
        let axe = |fiche: &Json| fiche["axe"].as_str().unwrap_or_default().to_owned();
        fiches.iter().filter(|f| convient(&axe(f))).map(|f| (*f).clone()).collect()
    };
    let mut sortie: Vec<Json> = axes(sources).as_array().cloned().unwrap_or_default();
    let connus: Vec<String> = sortie.iter().map(|a| a["id"].as_str().unwrap_or_default().to_owned()).collect();
    for (axe, id) in sortie.iter_mut().zip(&connus) {
        axe["fiches"] = json!(de(&|axe| axe == id));
    }
    let sans_axe = de(&|axe| !connus.iter().any(|id| id == axe));
    if !sans_axe.is_empty() {
        sortie.push(json!({ "id": "", "titre": "Sans axe", "pilote": null, "fiches": sans_axe }));
    }
    sortie.into()
}

/// The fiches that concern an establishment: number, rank of the fiche, rank of its objective.
fn fiches_de(contrat: &Contrat, etablissement: &str) -> Vec<(u32, usize, usize)> {
    let mut fiches = contrat.fiches_numerotees();
    fiches.sort_unstable();
    let places = places(contrat);
    let lier = |(numero, rang): (u32, usize)| {
        let fiche = &contrat.fiches_actions.elements()[rang];
        let place = *places.get(fiche.objectif.as_str())?;
        let vise = contrat.etablissement(etablissement).is_some_and(|e| contrat.objectifs.elements()[place].vise(e));
        vise.then_some((numero, rang, place))
    };
    fiches.into_iter().filter_map(lier).collect()
}

/// Their numbers.
pub fn numeros_des_fiches(contrat: &Contrat, etablissement: &str) -> Vec<u32> {
    fiches_de(contrat, etablissement).into_iter().map(|(numero, ..)| numero).collect()
}

/// The same as clauses see them: number, fiche and objective of the contract.
pub fn feuille_de_route(sources: &Sources<'_>, etablissement: &str) -> Vec<Value> {
    let (fiches, objectifs) = (elements(sources.objets, &["fiches_actions"]), elements(sources.objets, &["objectifs"]));
    let ligne = |(numero, rang, place): (u32, usize, usize)| {
        let entrees = vec![
            ("numero", Value::from(numero)),
            ("fiche", fiches.get(rang)?.clone()),
            ("objectif", objectifs.get(place)?.clone()),
        ];
        Some(compose("feuille", entrees))
    };
    fiches_de(sources.contrat, etablissement).into_iter().filter_map(ligne).collect()
}
