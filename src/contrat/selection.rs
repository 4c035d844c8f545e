//! From a contract of several gestionnaires to that of one: only its establishments, fiches and data.
//!
//! Works on the JSON value, so that what is printed keeps the places of the file: for each list that lost
//! elements, the ranks kept are returned. Shared parts (siège, transversal objectives) stay shared.

use super::Contrat;
use super::objectifs::Objectif;
use super::textes::Id;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A contract restricted to one gestionnaire.
#[derive(Debug, Clone)]
pub struct Selection {
    pub donnees: Value,
    /// Pointer of a list in the restricted contract → rank of each element in the file.
    pub rangs: BTreeMap<String, Vec<usize>>,
}

/// Keeps what concerns one gestionnaire; `None` if no signing gestionnaire bears that identifier.
///
/// The reference becomes `<reference>-<id>`, so that two twin contracts never share one.
pub fn restreindre(donnees: &Value, contrat: &Contrat, gestionnaire: &str) -> Option<Selection> {
    contrat.gestionnaires().iter().find(|g| g.id.as_str() == gestionnaire && g.mandataire.valeur().is_none())?;
    let siens: BTreeSet<&str> = contrat
        .etablissements()
        .iter()
        .filter(|e| e.gestionnaire.valeur().is_none_or(|g| g.as_str() == gestionnaire))
        .map(|e| e.id.as_str())
        .collect();
    let autres: BTreeSet<&str> =
        contrat.etablissements().iter().map(|e| e.id.as_str()).filter(|id| !siens.contains(id)).collect();
    let autres_gestionnaires: BTreeSet<&str> = contrat
        .gestionnaires()
        .iter()
        .filter(|g| {
            g.id.as_str() != gestionnaire
                && !g.mandataire.valeur().is_some_and(|m| m.de.iter().any(|id| id.as_str() == gestionnaire))
        })
        .map(|g| g.id.as_str())
        .collect();
    let mut filtre = Filtre { donnees: donnees.clone(), rangs: BTreeMap::new() };
    filtre.numeroter(contrat);
    filtre.garder("/parties/gestionnaires", |g| !contient(&autres_gestionnaires, g.get("id")));
    filtre.garder("/perimetre/etablissements", |e| contient(&siens, e.get("id")));

    // An element about establishments stays if one of them is kept, or if it names none.
    let concerne = |e: &Value| match e.get("etablissements").and_then(Value::as_array) {
        Some(liste) if !liste.is_empty() => liste.iter().any(|id| contient(&siens, Some(id))),
        _ => true,
    };
    for liste in ["/diagnostic/constats", "/perimetre/partenariats", "/perimetre/projets_transformation"] {
        filtre.garder(liste, concerne);
    }
    let engages = objectifs_engages(contrat, gestionnaire, &siens);
    filtre.garder("/objectifs", |o| contient(&engages, o.get("id")));
    let objectifs = filtre.identifiants("/objectifs");
    let constats = filtre.identifiants("/diagnostic/constats");
    filtre.garder("/fiches_actions", |f| {
        f.get("objectif").and_then(Value::as_str).is_some_and(|id| objectifs.contains(id))
    });

    // Lines of another gestionnaire's establishment go; those of none, or outside the perimeter, stay.
    let de_nous = |e: &Value| !contient(&autres, e.get("etablissement"));
    for liste in [
        "/diagnostic/indicateurs",
        "/diagnostic/situation_financiere",
        "/diagnostic/locaux",
        "/diagnostic/outils_2002_2",
        "/diagnostic/creton/par_etablissement",
        "/activite",
        "/moyens/budgets",
        "/moyens/cnr",
        "/moyens/investissements",
        "/moyens/retour_equilibre",
        "/moyens/esat_production",
        "/moyens/fir",
        "/moyens/recettes_creton",
    ] {
        filtre.garder(liste, de_nous);
    }
    moyens(&mut filtre, &siens, &autres, &autres_gestionnaires);
    filtre.garder_dans("/moyens/dotations", "repartition", de_nous);
    filtre.garder("/moyens/modulation/etablissements", |id| !contient(&autres, Some(id)));
    // A redeployment stays when one of its ends is ours: the other end is named, as it is part of the deal.
    filtre.garder("/moyens/redeploiements", |r| {
        ["de", "vers"].iter().filter_map(|c| r.get(*c)?.as_array()).flatten().any(de_nous)
    });
    // What each gestionnaire has of its own: the contracts that its own renews, those linked to it.
    let a_nous = |c: &Value| match c.get("gestionnaires").and_then(Value::as_array) {
        Some(liste) if !liste.is_empty() => liste.iter().any(|id| id.as_str() == Some(gestionnaire)),
        _ => concerne(c),
    };
    for liste in ["/periode/contrats_renouveles", "/contrats_lies"] {
        filtre.garder(liste, a_nous);
        filtre.garder_dans(liste, "gestionnaires", |id| !contient(&autres_gestionnaires, Some(id)));
    }
    filtre.garder("/derogations", |d| !contient(&autres, d.get("element")));
    filtre.garder("/suivi/comite", |m| !contient(&autres_gestionnaires, m.get("partie")));
    filtre.garder("/suivi/contacts", |m| !contient(&autres_gestionnaires, m.get("partie")));
    filtre.garder_dans("/suivi/autres_comites", "membres", |m| !contient(&autres_gestionnaires, m.get("partie")));

    // Lists of identifiers inside what stays.
    for (liste, cle) in [
        ("/objectifs", "etablissements"),
        ("/diagnostic/constats", "etablissements"),
        ("/perimetre/partenariats", "etablissements"),
        ("/perimetre/projets_transformation", "etablissements"),
        ("/contrats_lies", "etablissements"),
    ] {
        filtre.garder_dans(liste, cle, |id| !contient(&autres, Some(id)));
    }
    filtre.garder_dans("/objectifs", "gestionnaires", |id| !contient(&autres_gestionnaires, Some(id)));
    filtre.garder_dans("/objectifs", "constats", |id| id.as_str().is_some_and(|id| constats.contains(id)));

    let reference = format!("{}-{gestionnaire}", contrat.reference);
    if let Value::Object(racine) = &mut filtre.donnees {
        racine.insert("reference".into(), reference.into());
    }
    Some(Selection { donnees: filtre.donnees, rangs: filtre.rangs })
}

/// The money: what is another's alone goes; of what is common, only our share stays beside the total.
fn moyens(filtre: &mut Filtre, siens: &BTreeSet<&str>, autres: &BTreeSet<&str>, autres_gestionnaires: &BTreeSet<&str>) {
    let pas_a_un_autre = |e: &Value| !contient(autres_gestionnaires, e.get("gestionnaire"));
    for liste in
        ["totaux_declares", "dotations", "evolution", "cnr", "fir", "investissements", "pgfp", "recettes_creton"]
    {
        filtre.garder(&format!("/moyens/{liste}"), pas_a_un_autre);
    }
    filtre.garder("/moyens/par_gestionnaire", pas_a_un_autre);
    for liste in ["cnr", "fir"] {
        filtre.garder_dans(&format!("/moyens/{liste}"), "parts", pas_a_un_autre);
    }
    // A list of establishments that loses all of them belongs to others.
    let a_d_autres = |e: &Value| match e.get("etablissements").and_then(Value::as_array) {
        Some(liste) if !liste.is_empty() => !liste.iter().any(|id| contient(siens, Some(id))),
        _ => false,
    };
    for liste in ["cnr", "fir", "versements"] {
        let liste = format!("/moyens/{liste}");
        filtre.garder(&liste, |e| !a_d_autres(e));
        filtre.garder_dans(&liste, "etablissements", |id| !contient(autres, Some(id)));
    }
    let a_nous = |e: &Value| !contient(autres, e.get("etablissement"));
    let mut regles = vec!["/moyens".to_string()];
    let propres = filtre.donnees.pointer("/moyens/par_gestionnaire").and_then(Value::as_array).map_or(0, Vec::len);
    regles.extend((0..propres).map(|rang| format!("/moyens/par_gestionnaire/{rang}")));
    for ici in regles {
        filtre.garder(&format!("{ici}/frais_siege/parts"), pas_a_un_autre);
        filtre.garder(&format!("{ici}/frais_siege/repartition"), a_nous);
        filtre.garder(&format!("{ici}/quote_part/repartition"), a_nous);
        filtre.garder(&format!("{ici}/rebasage/mesures"), a_nous);
        filtre.garder(&format!("{ici}/rebasage/etablissements"), |id| !contient(autres, Some(id)));
        filtre.garder(&format!("{ici}/affectation_resultats/reprises"), |e| !a_d_autres(e));
        filtre.garder_dans(&format!("{ici}/affectation_resultats/reprises"), "etablissements", |id| {
            !contient(autres, Some(id))
        });
    }
    let habilitations = "/moyens/habilitation_aide_sociale";
    filtre.garder(habilitations, |h| match h.get("capacites").and_then(Value::as_array) {
        Some(liste) if !liste.is_empty() => liste.iter().any(a_nous),
        _ => true,
    });
    filtre.garder_dans(habilitations, "capacites", a_nous);
    let beneficiaire = filtre.donnees.pointer("/moyens/beneficiaire_dgc");
    if contient(autres, beneficiaire) || contient(autres_gestionnaires, beneficiaire) {
        filtre.retirer("/moyens", "beneficiaire_dgc");
    }
    let modules = filtre.donnees.pointer("/moyens/modulation/etablissements").and_then(Value::as_array);
    if modules.is_some_and(|l| !l.is_empty() && l.iter().all(|id| contient(autres, Some(id)))) {
        filtre.retirer("/moyens", "modulation");
    }
    // A rebasing limited to the establishments of others is not ours.
    let rebases = filtre.donnees.pointer("/moyens/rebasage/etablissements").and_then(Value::as_array);
    if rebases.is_some_and(Vec::is_empty) {
        filtre.retirer("/moyens", "rebasage");
    }
}

/// The objectives of a gestionnaire: those that name it or one of its establishments, those of a territory where it
/// has one, and those that name nobody.
fn objectifs_engages<'a>(contrat: &'a Contrat, gestionnaire: &str, siens: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let nous = |ids: &[Id]| ids.iter().any(|id| id.as_str() == gestionnaire);
    let engage = |o: &&Objectif| {
        let (etablissements, gestionnaires) = (o.etablissements.elements(), o.gestionnaires.elements());
        if nous(gestionnaires) || etablissements.iter().any(|id| siens.contains(id.as_str())) {
            return true;
        }
        let personne = etablissements.is_empty() && gestionnaires.is_empty();
        let la = || contrat.etablissements().iter().any(|e| siens.contains(e.id.as_str()) && o.vise(e));
        personne && (o.departements.elements().is_empty() || la())
    };
    contrat.objectifs.elements().iter().filter(engage).map(|o| o.id.as_str()).collect()
}

fn contient(ids: &BTreeSet<&str>, id: Option<&Value>) -> bool {
    id.and_then(Value::as_str).is_some_and(|id| ids.contains(id))
}

struct Filtre {
    donnees: Value,
    rangs: BTreeMap<String, Vec<usize>>,
}

impl Filtre {
    /// Keeps the elements of a list that fit, and remembers their ranks in the file.
    fn garder(&mut self, pointeur: &str, convient: impl Fn(&Value) -> bool) {
        let Some(Value::Array(liste)) = self.donnees.pointer_mut(pointeur) else { return };
        let mut rangs = Vec::new();
        let mut gardes = Vec::new();
        for (rang, element) in std::mem::take(liste).into_iter().enumerate() {
            if convient(&element) {
                rangs.push(rang);
                gardes.push(element);
            }
        }
        *liste = gardes;
        // A list sifted twice: the ranks kept are those of the file.
        let rangs = match self.rangs.get(pointeur) {
            Some(avant) => rangs.into_iter().filter_map(|rang| avant.get(rang).copied()).collect(),
            None => rangs,
        };
        self.rangs.insert(pointeur.to_string(), rangs);
    }

    /// The same for a list of identifiers in each element of a list.
    fn garder_dans(&mut self, pointeur: &str, cle: &str, convient: impl Fn(&Value) -> bool) {
        let taille = self.donnees.pointer(pointeur).and_then(Value::as_array).map_or(0, Vec::len);
        for rang in 0..taille {
            self.garder(&format!("{pointeur}/{rang}/{cle}"), &convient);
        }
    }

    fn retirer(&mut self, pointeur: &str, cle: &str) {
        if let Some(Value::Object(objet)) = self.donnees.pointer_mut(pointeur) {
            objet.remove(cle);
        }
    }

    /// Gives each fiche the number that it has in the whole, so that it keeps it in the contract of each.
    fn numeroter(&mut self, contrat: &Contrat) {
        let Some(Value::Array(fiches)) = self.donnees.pointer_mut("/fiches_actions") else { return };
        for (numero, rang) in contrat.fiches_numerotees() {
            if let Some(Value::Object(fiche)) = fiches.get_mut(rang) {
                fiche.entry("numero").or_insert_with(|| numero.into());
            }
        }
    }

    fn identifiants(&self, pointeur: &str) -> BTreeSet<String> {
        self.donnees
            .pointer(pointeur)
            .and_then(Value::as_array)
            .map(|l| l.iter().filter_map(|e| e.get("id")?.as_str().map(String::from)).collect())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Two gestionnaires with an establishment each, and what is each one's own.
    fn deux() -> Value {
        json!({
            "version_schema": "1", "reference": "CPOM",
            "parties": {"gestionnaires": [{"id": "a"}, {"id": "b"}]},
            "periode": {"contrats_renouveles": [{"reference": "A", "gestionnaires": ["a"]}, {"reference": "B", "gestionnaires": ["b"]}]},
            "contrats_lies": [{"reference": "LIE-B", "gestionnaires": ["b"]}, {"reference": "LIE"}],
            "perimetre": {"etablissements": [
                {"id": "ea", "gestionnaire": "a", "departement": "71"}, {"id": "eb", "gestionnaire": "b", "departement": "21"},
            ]},
            "objectifs": [
                {"id": "un", "etablissements": ["ea"]}, {"id": "deux", "etablissements": ["eb"]},
                {"id": "trois", "gestionnaires": ["b"]}, {"id": "quatre"},
                {"id": "cinq", "portee": "territoire", "departements": ["71"]},
            ],
            "fiches_actions": [
                {"objectif": "un"}, {"objectif": "deux"}, {"objectif": "trois"}, {"objectif": "quatre"}, {"objectif": "cinq"},
            ],
        })
    }

    fn valeurs(donnees: &Value, liste: &str, cle: &str) -> Vec<String> {
        let elements = donnees.pointer(liste).and_then(Value::as_array).cloned().unwrap_or_default();
        elements.iter().map(|e| e[cle].as_str().map_or_else(|| e[cle].to_string(), String::from)).collect()
    }

    fn de(gestionnaire: &str) -> Value {
        let donnees = deux();
        let contrat: Contrat = serde_json::from_value(donnees.clone()).expect("a contract");
        restreindre(&donnees, &contrat, gestionnaire).expect("a gestionnaire").donnees
    }

    #[test]
    fn a_fiche_keeps_its_number_in_the_contract_of_each() {
        assert_eq!(valeurs(&de("a"), "/fiches_actions", "numero"), ["1", "4", "5"]);
        assert_eq!(valeurs(&de("b"), "/fiches_actions", "numero"), ["2", "3", "4"]);
    }

    #[test]
    fn what_is_of_one_gestionnaire_is_not_in_the_contract_of_the_other() {
        let (a, b) = (de("a"), de("b"));
        assert_eq!(valeurs(&a, "/objectifs", "id"), ["un", "quatre", "cinq"]);
        assert_eq!(valeurs(&b, "/objectifs", "id"), ["deux", "trois", "quatre"]);
        assert_eq!(valeurs(&a, "/periode/contrats_renouveles", "reference"), ["A"]);
        assert_eq!(valeurs(&b, "/contrats_lies", "reference"), ["LIE-B", "LIE"]);
        assert_eq!(valeurs(&a, "/contrats_lies", "reference"), ["LIE"]);
    }
}
