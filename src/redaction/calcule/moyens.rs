//! The computed values about money: reference budgets and their totals, yearly grants and their twelfths.

use super::sources::Sources;
use crate::contrat::Contrat;
use crate::contrat::calculs::douziemes;
use crate::contrat::champ::Champ;
use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::{Budget, Dotation, Groupes, ModeVersement, TotalDeclare};
use crate::redaction::objets::a_donner;
use crate::schema::forme::libelle_de;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

fn euros(montant: Option<Montant>) -> Json {
    montant.map_or(Json::Null, |m| json!(m))
}

fn groupes(groupes: Option<&Groupes>) -> Json {
    let montant = |c: Option<&Champ<Montant>>| euros(c.and_then(|c| c.valeur().copied()));
    json!({
        "groupe_1": montant(groupes.map(|g| &g.groupe_1)),
        "groupe_2": montant(groupes.map(|g| &g.groupe_2)),
        "groupe_3": montant(groupes.map(|g| &g.groupe_3)),
        "total": euros(groupes.and_then(Groupes::total)),
    })
}

/// Totals of several budgets, group by group.
fn totaux<'a>(budgets: impl Iterator<Item = &'a Budget>) -> Json {
    let budgets: Vec<&Budget> = budgets.collect();
    let somme = |lire: &dyn Fn(&Budget) -> Option<Montant>| {
        let connus: Vec<Montant> = budgets.iter().filter_map(|b| lire(b)).collect();
        euros((!connus.is_empty()).then(|| connus.into_iter().sum()))
    };
    let cote = |depenses: bool| {
        let groupes =
            move |b: &Budget| if depenses { b.depenses.valeur().cloned() } else { b.recettes.valeur().cloned() };
        json!({
            "groupe_1": somme(&|b| groupes(b)?.groupe_1.valeur().copied()),
            "groupe_2": somme(&|b| groupes(b)?.groupe_2.valeur().copied()),
            "groupe_3": somme(&|b| groupes(b)?.groupe_3.valeur().copied()),
            "total": somme(&|b| groupes(b)?.total()),
        })
    };
    json!({ "depenses": cote(true), "recettes": cote(false) })
}

/// The name of a party, when one is said.
fn nom_de(sources: &Sources<'_>, id: Option<&str>) -> Json {
    id.map_or(Json::Null, |id| sources.nom_de_partie(id))
}

/// The funder of a budget, which is to be given when it is unsaid.
fn financeur(sources: &Sources<'_>, budget: &Budget) -> Json {
    match budget.financeur.valeur() {
        Some(id) => sources.nom_de_partie(id.as_str()),
        None => {
            let rang = sources.contrat.budgets().iter().position(|b| std::ptr::eq(b, budget)).unwrap_or_default();
            a_donner("financeur", &sources.place(&["moyens", "budgets"], rang).cle("financeur"))
        }
    }
}

pub(super) fn budgets(sources: &Sources<'_>) -> Json {
    let contrat = sources.contrat;
    let mut ids: Vec<&str> = Vec::new();
    let mut par_id: BTreeMap<&str, Vec<&Budget>> = BTreeMap::new();
    for b in contrat.budgets() {
        let siens = par_id.entry(b.etablissement.as_str()).or_default();
        if siens.is_empty() {
            ids.push(b.etablissement.as_str());
        }
        siens.push(b);
    }
    ids.into_iter()
        .map(|id| {
            let siens = || par_id.get(id).into_iter().flatten().copied();
            let lignes: Vec<Json> = siens()
                .map(|b| {
                    json!({
                        "financeur": financeur(sources, b),
                        "annee": b.annee.valeur().map(|a| a.valeur()),
                        "section": b.section.valeur().and_then(|s| serde_json::to_value(s).ok())
                            .and_then(|s| libelle_de("Section", s.as_str()?)),
                        "depenses": groupes(b.depenses.valeur()),
                        "recettes": groupes(b.recettes.valeur()),
                        "annonce": annonce(b),
                    })
                })
                .collect();
            let Json::Object(mut objet) = totaux(siens()) else { return Json::Null };
            let annees: BTreeSet<Option<u16>> = siens().map(|b| annee(contrat, b)).collect();
            objet.insert("somme".into(), json!(lignes.len() > 1 && annees.len() == 1));
            objet.insert("annees".into(), json!(annees.iter().flatten().collect::<Vec<_>>()));
            objet.insert("annonces".into(), json!(siens().any(|b| !annonce(b).is_null())));
            objet.insert("etablissement".into(), json!(id));
            objet.insert("nom".into(), sources.nom_etablissement(id));
            objet.insert("lignes".into(), json!(lignes));
            objet.into()
        })
        .collect()
}

/// The total that is announced, when the groups do not already make it.
fn annonce(budget: &Budget) -> Json {
    let calcule = budget.depenses.valeur().and_then(Groupes::total);
    euros(budget.total_declare.valeur().copied().filter(|declare| Some(*declare) != calcule))
}

/// Year of a budget: its own, else the reference year.
fn annee(contrat: &Contrat, budget: &Budget) -> Option<u16> {
    let reference = || contrat.moyens.valeur().and_then(|m| m.annee_reference.valeur());
    budget.annee.valeur().or_else(reference).map(|a| a.valeur())
}

/// Totals by year, then by funder: budgets of two years are never added.
pub(super) fn budgets_totaux(sources: &Sources<'_>) -> Json {
    let contrat = sources.contrat;
    let cle = |b: &Budget| (annee(contrat, b), b.financeur.valeur().map(|f| f.as_str().to_owned()));
    let mut cles: Vec<(Option<u16>, Option<String>)> = Vec::new();
    let mut par_cle: BTreeMap<(Option<u16>, Option<String>), Vec<&Budget>> = BTreeMap::new();
    for b in contrat.budgets() {
        let siens = par_cle.entry(cle(b)).or_default();
        if siens.is_empty() {
            cles.push(cle(b));
        }
        siens.push(b);
    }
    // The funders keep the order of the contract within a year.
    cles.sort_by_key(|(annee, _)| annee.unwrap_or_default());
    cles.iter()
        .map(|voulue| {
            let siens = || par_cle.get(voulue).into_iter().flatten().copied();
            let Json::Object(mut objet) = totaux(siens()) else { return Json::Null };
            objet.insert("annee".into(), json!(voulue.0));
            objet.insert("financeur".into(), siens().next().map_or(Json::Null, |b| financeur(sources, b)));
            objet.into()
        })
        .collect()
}

/// Totals of each year, in order.
pub(super) fn budgets_par_annee(contrat: &Contrat) -> Json {
    let annees: BTreeSet<Option<u16>> = contrat.budgets().iter().map(|b| annee(contrat, b)).collect();
    annees
        .into_iter()
        .map(|voulue| {
            let siens = contrat.budgets().iter().filter(|b| annee(contrat, b) == voulue);
            let Json::Object(mut objet) = totaux(siens) else { return Json::Null };
            objet.insert("annee".into(), json!(voulue));
            objet.into()
        })
        .collect()
}

/// The totals that are announced and that the tables do not make: those of a group, and those without their budgets.
pub(super) fn totaux_declares(sources: &Sources<'_>) -> Json {
    let contrat = sources.contrat;
    let Some(moyens) = contrat.moyens.valeur() else { return json!([]) };
    let de = |t: &TotalDeclare| t.annee.valeur().or(moyens.annee_reference.valeur()).map(|a| a.valeur());
    let calcule = |t: &TotalDeclare| {
        let siens = contrat.budgets().iter().filter(|b| {
            annee(contrat, b) == de(t) && t.financeur.valeur().is_none_or(|f| b.financeur.valeur() == Some(f))
        });
        siens.filter_map(|b| b.depenses.valeur().and_then(Groupes::total)).reduce(|a, b| a + b)
    };
    let imprimes =
        moyens.totaux_declares.elements().iter().filter(|t| {
            t.groupe.valeur().is_some() || t.gestionnaire.valeur().is_some() || calcule(t) != Some(t.montant)
        });
    imprimes
        .map(|t| {
            json!({
                "annee": de(t),
                "financeur": nom_de(sources, t.financeur.valeur().map(|f| f.as_str())),
                "gestionnaire": nom_de(sources, t.gestionnaire.valeur().map(|g| g.as_str())),
                "groupe": t.groupe.valeur().map(|g| g.0),
                "montant": t.montant,
            })
        })
        .collect()
}

/// How often a grant is paid, as far as its authority's modes tell: not by twelfths when none of them is.
fn par_douziemes(contrat: &Contrat, dotation: &Dotation) -> bool {
    let versements = contrat.moyens.valeur().map_or(&[][..], |m| m.versements.elements());
    let mut siens = versements.iter().filter(|v| v.autorite == dotation.autorite).peekable();
    siens.peek().is_none()
        || siens.any(|v| matches!(v.mode, ModeVersement::DotationGlobalisee | ModeVersement::PrixJourneeGlobalise))
}

/// The yearly grants. `partage`: the contract is that of one gestionnaire among several, and of a common grant it has only
/// the shares of its establishments.
pub(super) fn dotations(sources: &Sources<'_>, partage: bool) -> Json {
    let contrat = sources.contrat;
    let dotations = contrat.moyens.valeur().map_or(&[][..], |m| m.dotations.elements());
    dotations
        .iter()
        .enumerate()
        .map(|(rang, d)| {
            let a_donner =
                || a_donner("montant de la dotation", &sources.place(&["moyens", "dotations"], rang).cle("montant"));
            let total = d.montant.valeur().copied();
            let siennes =
                d.repartition.elements().iter().filter(|p| contrat.etablissement(p.etablissement.as_str()).is_some());
            let siennes = siennes.map(|p| p.montant).reduce(|a, b| a + b);
            let commune = partage && d.gestionnaire.valeur().is_none();
            let part = siennes.filter(|part| commune && Some(*part) != total);
            let montant = part.or(total);
            let commune = commune && siennes.is_none() || part.is_some();
            let douziemes_calcules = montant.filter(|_| par_douziemes(contrat, d)).map(douziemes);
            let annoncees = d.fractions_declarees.valeur().filter(|_| part.is_none());
            let parts: Vec<Json> = d
                .repartition
                .elements()
                .iter()
                .map(|p| {
                    json!({
                        "etablissement": p.etablissement.as_str(),
                        "nom": sources.nom_etablissement(p.etablissement.as_str()),
                        "montant": p.montant,
                    })
                })
                .collect();
            let calculees = douziemes_calcules.filter(|_| annoncees.is_none());
            json!({
                "autorite": sources.nom_de_partie(d.autorite.as_str()),
                "autorite_id": d.autorite.as_str(),
                "gestionnaire": nom_de(sources, d.gestionnaire.valeur().map(|g| g.as_str())),
                "annee": d.annee.valeur(),
                "montant": montant.map_or_else(a_donner, |m| json!(m)),
                "douzieme": euros(calculees.map(|f| f[0])),
                "dernier_douzieme": euros(calculees.map(|f| f[11])),
                "fractions": annoncees.map(|f| suites(f)).unwrap_or_default(),
                "parts": parts,
                "commune": commune,
                "totale": euros(total.filter(|_| part.is_some())),
            })
        })
        .collect()
}

/// Equal fractions that follow each other, told at once: their ranks and the amount of each.
fn suites(fractions: &[Montant]) -> Vec<Json> {
    let mut suites: Vec<(usize, usize, Montant)> = Vec::new();
    for (rang, montant) in fractions.iter().enumerate() {
        match suites.last_mut() {
            Some((_, dernier, de)) if de == montant => *dernier = rang + 1,
            _ => suites.push((rang + 1, rang + 1, *montant)),
        }
    }
    suites.into_iter().map(|(de, a, montant)| json!({ "de": de, "a": a, "somme": montant })).collect()
}
