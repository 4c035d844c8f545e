//! Which values of a contract are identifiers, and of what: one table, for whoever checks, offers, renames or removes.
//!
//! It must not know whether what is named exists.

use serde_json::Value;

/// What an identifier should designate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vers {
    Etablissement,
    Autorite,
    Gestionnaire,
    /// An authority or a gestionnaire.
    Partie,
    /// An establishment or a gestionnaire.
    Beneficiaire,
    Constat,
    Objectif,
    Axe,
    General,
    Bibliotheque,
    Article,
    Regle,
    /// Any element that bears an identifier.
    Element,
    /// A model.
    Modele,
    /// An annex of the model.
    Annexe,
}

impl Vers {
    /// Whether what is designated is the model's or the program's, not the contract's.
    pub fn du_modele(self) -> bool {
        matches!(self, Vers::General | Vers::Bibliotheque | Vers::Article | Vers::Regle | Vers::Modele | Vers::Annexe)
    }

    /// Whether the model has the list of what may be named.
    pub fn est_du_modele(self) -> bool {
        matches!(self, Vers::Article | Vers::Axe | Vers::General)
    }

    /// « aucun établissement du contrat ».
    pub fn aucun(self) -> &'static str {
        match self {
            Vers::Etablissement => "aucun établissement du contrat",
            Vers::Autorite => "aucune autorité partie au contrat",
            Vers::Gestionnaire => "aucun gestionnaire partie au contrat",
            Vers::Partie => "aucune partie au contrat",
            Vers::Beneficiaire => "aucun établissement ni gestionnaire du contrat",
            Vers::Constat => "aucun constat du diagnostic",
            Vers::Objectif => "aucun objectif du contrat",
            Vers::Axe => "aucun axe du contrat ni du modèle",
            Vers::General => "aucun objectif général du modèle",
            Vers::Bibliotheque => "aucun objectif de la bibliothèque du modèle",
            Vers::Article => "aucun article du modèle",
            Vers::Regle => "aucune règle du catalogue",
            Vers::Element => "aucun élément du contrat",
            Vers::Modele => "aucun modèle",
            Vers::Annexe => "aucune annexe du modèle",
        }
    }

    /// Whether an element of a list of the contract is one of those that are designated.
    pub fn admet(self, liste: &str) -> bool {
        match self {
            Vers::Etablissement => liste == ETABLISSEMENTS,
            Vers::Autorite => liste == AUTORITES,
            Vers::Gestionnaire => liste == GESTIONNAIRES,
            Vers::Partie => liste == AUTORITES || liste == GESTIONNAIRES,
            Vers::Beneficiaire => liste == ETABLISSEMENTS || liste == GESTIONNAIRES,
            Vers::Constat => liste == "/diagnostic/constats",
            Vers::Objectif => liste == "/objectifs",
            Vers::Axe => liste == "/axes",
            Vers::Element => true,
            Vers::General | Vers::Bibliotheque | Vers::Article | Vers::Regle | Vers::Modele | Vers::Annexe => false,
        }
    }
}

const ETABLISSEMENTS: &str = "/perimetre/etablissements";
const AUTORITES: &str = "/parties/autorites";
const GESTIONNAIRES: &str = "/parties/gestionnaires";

/// The lists whose elements others name: where an identifier is a name, not a reference.
pub const NOMMEES: [&str; 6] =
    [AUTORITES, GESTIONNAIRES, ETABLISSEMENTS, "/axes", "/diagnostic/constats", "/objectifs"];

/// Where identifiers stand (`*` is any element of a list), part by part; what each should designate.
pub const RENVOIS: &[(&str, Vers)] = &[
    ("/parties/gestionnaires/*/mandataire/de/*", Vers::Gestionnaire),
    ("/contrats_lies/*/etablissements/*", Vers::Etablissement),
    ("/contrats_lies/*/gestionnaires/*", Vers::Gestionnaire),
    ("/periode/contrats_renouveles/*/gestionnaires/*", Vers::Gestionnaire),
    ("/clauses_particulieres/*/article", Vers::Article),
    ("/derogations/*/regle", Vers::Regle),
    ("/derogations/*/element", Vers::Element),
    ("/tracabilite/*/autorite", Vers::Autorite),
    ("/suivi/comite/*/partie", Vers::Partie),
    ("/suivi/autres_comites/*/membres/*/partie", Vers::Partie),
    ("/suivi/dialogues/*/autorites/*", Vers::Autorite),
    ("/suivi/contacts/*/partie", Vers::Partie),
    ("/perimetre/etablissements/*/gestionnaire", Vers::Gestionnaire),
    ("/perimetre/etablissements/*/capacites/*/dont/*/financeur", Vers::Autorite),
    ("/perimetre/partenariats/*/etablissements/*", Vers::Etablissement),
    ("/perimetre/projets_transformation/*/etablissements/*", Vers::Etablissement),
    ("/perimetre/projets_transformation/*/accord_autorites/*/autorite", Vers::Autorite),
    ("/diagnostic/constats/*/etablissements/*", Vers::Etablissement),
    ("/diagnostic/indicateurs/*/etablissement", Vers::Etablissement),
    ("/diagnostic/situation_financiere/*/etablissement", Vers::Etablissement),
    ("/diagnostic/locaux/*/etablissement", Vers::Etablissement),
    ("/diagnostic/outils_2002_2/*/etablissement", Vers::Etablissement),
    ("/diagnostic/creton/par_etablissement/*/etablissement", Vers::Etablissement),
    ("/objectifs/*/etablissements/*", Vers::Etablissement),
    ("/objectifs/*/gestionnaires/*", Vers::Gestionnaire),
    ("/objectifs/*/autorites/*", Vers::Autorite),
    ("/objectifs/*/constats/*", Vers::Constat),
    ("/objectifs/*/axe", Vers::Axe),
    ("/objectifs/*/general", Vers::General),
    ("/objectifs/*/bibliotheque", Vers::Bibliotheque),
    ("/fiches_actions/*/objectif", Vers::Objectif),
    ("/fiches_actions/*/moyens/financements/*/autorite", Vers::Autorite),
    ("/fiches_actions/*/moyens/financements/*/de", Vers::Etablissement),
    ("/fiches_actions/*/moyens/financements/*/vers", Vers::Etablissement),
    ("/activite/*/etablissement", Vers::Etablissement),
    ("/moyens/budgets/*/etablissement", Vers::Etablissement),
    ("/moyens/budgets/*/financeur", Vers::Autorite),
    ("/moyens/beneficiaire_dgc", Vers::Beneficiaire),
    ("/moyens/totaux_declares/*/financeur", Vers::Autorite),
    ("/moyens/totaux_declares/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/dotations/*/autorite", Vers::Autorite),
    ("/moyens/dotations/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/evolution/*/autorite", Vers::Autorite),
    ("/moyens/evolution/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/cnr/*/autorite", Vers::Autorite),
    ("/moyens/cnr/*/etablissement", Vers::Etablissement),
    ("/moyens/cnr/*/etablissements/*", Vers::Etablissement),
    ("/moyens/cnr/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/cnr/*/parts/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/fir/*/autorite", Vers::Autorite),
    ("/moyens/fir/*/etablissement", Vers::Etablissement),
    ("/moyens/fir/*/etablissements/*", Vers::Etablissement),
    ("/moyens/fir/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/fir/*/parts/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/versements/*/autorite", Vers::Autorite),
    ("/moyens/versements/*/etablissements/*", Vers::Etablissement),
    ("/moyens/redeploiements/*/de/*/etablissement", Vers::Etablissement),
    ("/moyens/redeploiements/*/vers/*/etablissement", Vers::Etablissement),
    ("/moyens/investissements/*/etablissement", Vers::Etablissement),
    ("/moyens/investissements/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/pgfp/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/retour_equilibre/*/etablissement", Vers::Etablissement),
    ("/moyens/habilitation_aide_sociale/*/autorite", Vers::Autorite),
    ("/moyens/habilitation_aide_sociale/*/capacites/*/etablissement", Vers::Etablissement),
    ("/moyens/par_gestionnaire/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/rebasage/etablissements/*", Vers::Etablissement),
    ("/moyens/rebasage/mesures/*/etablissement", Vers::Etablissement),
    ("/moyens/rebasage/mesures/*/autorite", Vers::Autorite),
    ("/moyens/par_gestionnaire/*/rebasage/etablissements/*", Vers::Etablissement),
    ("/moyens/par_gestionnaire/*/rebasage/mesures/*/etablissement", Vers::Etablissement),
    ("/moyens/par_gestionnaire/*/rebasage/mesures/*/autorite", Vers::Autorite),
    ("/moyens/affectation_resultats/validations/*/autorite", Vers::Autorite),
    ("/moyens/affectation_resultats/reprises/*/autorite", Vers::Autorite),
    ("/moyens/affectation_resultats/reprises/*/etablissements/*", Vers::Etablissement),
    ("/moyens/par_gestionnaire/*/affectation_resultats/validations/*/autorite", Vers::Autorite),
    ("/moyens/par_gestionnaire/*/affectation_resultats/reprises/*/autorite", Vers::Autorite),
    ("/moyens/par_gestionnaire/*/affectation_resultats/reprises/*/etablissements/*", Vers::Etablissement),
    ("/moyens/frais_siege/parts/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/frais_siege/autorisation/autorite", Vers::Autorite),
    ("/moyens/par_gestionnaire/*/frais_siege/parts/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/par_gestionnaire/*/frais_siege/autorisation/autorite", Vers::Autorite),
    ("/moyens/modulation/etablissements/*", Vers::Etablissement),
    ("/moyens/esat_production/*/etablissement", Vers::Etablissement),
    ("/moyens/recettes_creton/*/etablissement", Vers::Etablissement),
    ("/moyens/recettes_creton/*/gestionnaire", Vers::Gestionnaire),
    ("/moyens/reallocation/autorite", Vers::Autorite),
];

/// Where an identifier may stand, or words of one's own: a share of a sum goes to an establishment, or to something else. What
/// names no one there is no fault.
pub const SOUPLES: &[(&str, Vers)] = &[
    ("/moyens/dotations/*/repartition/*/etablissement", Vers::Etablissement),
    ("/moyens/frais_siege/repartition/*/etablissement", Vers::Etablissement),
    ("/moyens/quote_part/repartition/*/etablissement", Vers::Etablissement),
    ("/moyens/par_gestionnaire/*/frais_siege/repartition/*/etablissement", Vers::Etablissement),
    ("/moyens/par_gestionnaire/*/quote_part/repartition/*/etablissement", Vers::Etablissement),
];

/// Identifiers that other rooms look after: the model is chosen, and annexes are checked by their own rules.
pub const AILLEURS: &[(&str, Vers)] = &[("/modele/id", Vers::Modele), ("/pieces/*/annexe", Vers::Annexe)];

/// A reference: where it is written, what it says, what it should designate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renvoi<'a> {
    pub pointeur: String,
    pub id: &'a str,
    pub vers: Vers,
}

/// All references of a contract, part by part.
pub fn tous(donnees: &Value) -> Vec<Renvoi<'_>> {
    de_la_table(donnees, RENVOIS)
}

/// The values that name an element, though they might have been words.
pub fn souples(donnees: &Value) -> Vec<Renvoi<'_>> {
    de_la_table(donnees, SOUPLES)
}

fn de_la_table<'v>(donnees: &'v Value, table: &[(&str, Vers)]) -> Vec<Renvoi<'v>> {
    let mut sortie = Vec::new();
    for (motif, vers) in table {
        suivre(donnees, motif.trim_start_matches('/'), String::new(), &mut |pointeur, id| {
            sortie.push(Renvoi { pointeur, id, vers: *vers });
        });
    }
    sortie
}

/// What should be designated at a JSON pointer, if it is the place of an identifier.
pub fn vers(pointeur: &str) -> Option<Vers> {
    let convient = |motif: &str| {
        motif.split('/').count() == pointeur.split('/').count()
            && motif.split('/').zip(pointeur.split('/')).all(|(m, p)| m == p || m == "*" && est_un_element(p))
    };
    RENVOIS.iter().chain(SOUPLES).chain(AILLEURS).find(|(motif, _)| convient(motif)).map(|(_, vers)| *vers)
}

/// A rank, or what stands for any.
fn est_un_element(jeton: &str) -> bool {
    jeton == "*" || !jeton.is_empty() && jeton.bytes().all(|octet| octet.is_ascii_digit())
}

fn suivre<'a>(valeur: &'a Value, motif: &str, ici: String, trouver: &mut impl FnMut(String, &'a str)) {
    let (jeton, suite) = match motif.split_once('/') {
        Some((jeton, suite)) => (jeton, Some(suite)),
        None => (motif, None),
    };
    let mut descendre = |cle: &str, enfant: &'a Value| {
        let la = format!("{ici}/{cle}");
        match (suite, enfant) {
            (Some(suite), _) => suivre(enfant, suite, la, trouver),
            (None, Value::String(id)) => trouver(la, id),
            (None, _) => {}
        }
    };
    match (jeton, valeur) {
        ("*", Value::Array(elements)) => {
            for (rang, element) in elements.iter().enumerate() {
                descendre(&rang.to_string(), element);
            }
        }
        (cle, Value::Object(objet)) => {
            if let Some(enfant) = objet.get(cle) {
                descendre(cle, enfant);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::forme::{Forme, Nature, forme_du_contrat};
    use serde_json::json;

    /// Every identifier of the schema that is not the name of its element is in the table, and nothing else is.
    #[test]
    fn the_table_is_that_of_the_schema() {
        fn parcourir(forme: &Forme, ici: &str, trouver: &mut impl FnMut(&str)) {
            if forme.definition.as_deref() == Some("Id") && !ici.ends_with("/id") || ici == "/modele/id" {
                trouver(ici);
            }
            forme.cles.iter().for_each(|(cle, f)| parcourir(f, &format!("{ici}/{cle}"), trouver));
            if forme.nature == Nature::Liste {
                forme.element.iter().for_each(|f| parcourir(f, &format!("{ici}/*"), trouver));
            }
        }
        let mut du_schema: Vec<String> = Vec::new();
        parcourir(&forme_du_contrat(), "", &mut |pointeur| du_schema.push(pointeur.to_owned()));
        // A rule is named by its code.
        du_schema.push("/derogations/*/regle".into());
        let mut de_la_table: Vec<&str> = RENVOIS.iter().chain(AILLEURS).map(|(motif, _)| *motif).collect();
        du_schema.sort();
        de_la_table.sort_unstable();
        assert_eq!(du_schema, de_la_table);
    }

    /// Every place called « etablissement » is in a table: what is removed leaves no name behind.
    #[test]
    fn no_place_that_names_an_establishment_is_forgotten() {
        fn parcourir(forme: &Forme, ici: &str) {
            if ici.ends_with("/etablissement") {
                assert!(vers(ici).is_some(), "{ici}");
            }
            forme.cles.iter().for_each(|(cle, f)| parcourir(f, &format!("{ici}/{cle}")));
            forme.element.iter().for_each(|f| parcourir(f, &format!("{ici}/*")));
        }
        parcourir(&forme_du_contrat(), "");
    }

    #[test]
    fn references_are_found_where_they_are_written() {
        let donnees = json!({
            "moyens": { "budgets": [{ "etablissement": "ime" }, { "etablissement": { "non_applicable": "x" } }] },
            "objectifs": [{ "etablissements": ["ime", "mas"] }]
        });
        let trouves: Vec<(String, String)> =
            tous(&donnees).into_iter().map(|r| (r.pointeur, r.id.to_owned())).collect();
        let en = |p: &str, id: &str| (p.to_owned(), id.to_owned());
        assert_eq!(
            trouves,
            [
                en("/objectifs/0/etablissements/0", "ime"),
                en("/objectifs/0/etablissements/1", "mas"),
                en("/moyens/budgets/0/etablissement", "ime"),
            ]
        );
        assert_eq!(vers("/moyens/budgets/3/etablissement"), Some(Vers::Etablissement));
        assert_eq!(vers("/objectifs/*/constats/*"), Some(Vers::Constat));
        assert_eq!(vers("/moyens/budgets/x/etablissement"), None);
    }
}
