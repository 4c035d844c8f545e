//! Whom an objective concerns: the establishments that it names, those of its territory, or all.
//!
//! Pure functions of the contract, shared by what is printed and by the contract of one gestionnaire.

use super::objectifs::{Objectif, Portee};
use super::perimetre::Etablissement;

impl Objectif {
    /// Whether the objective concerns an establishment. One of a territory concerns those that are there, and none
    /// when nothing says where they are; one that binds gestionnaires for themselves concerns none of their
    /// establishments, unless it is transversal.
    pub fn vise(&self, etablissement: &Etablissement) -> bool {
        let nommes = self.etablissements.elements();
        if !nommes.is_empty() {
            return nommes.contains(&etablissement.id);
        }
        let gestionnaires = self.gestionnaires.elements();
        let du_gestionnaire = || {
            gestionnaires.is_empty()
                || etablissement.gestionnaire.valeur().is_some_and(|g| gestionnaires.iter().any(|id| id == g))
        };
        match self.portee.valeur() {
            Some(Portee::Siege | Portee::Etablissement | Portee::Groupe) => false,
            Some(Portee::Territoire) => self.est_de_son_territoire(etablissement),
            Some(Portee::Transversal) => du_gestionnaire(),
            None if !self.departements.elements().is_empty() => self.est_de_son_territoire(etablissement),
            None => gestionnaires.is_empty(),
        }
    }

    /// Whether an establishment is in the départements of the objective or, when it names none, whether its own zone
    /// bears the name of the territory.
    fn est_de_son_territoire(&self, etablissement: &Etablissement) -> bool {
        let departements = self.departements.elements();
        if !departements.is_empty() {
            return etablissement.departement.valeur().is_some_and(|code| departements.contains(code));
        }
        let (territoire, zone) = (self.territoire.valeur(), etablissement.zone_intervention.valeur());
        let nu = |mots: &str| mots.trim().to_lowercase();
        territoire.zip(zone).is_some_and(|(t, z)| nu(t.as_str()) == nu(z.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vise(objectif: &str, etablissement: &str) -> bool {
        let objectif: Objectif = serde_json::from_str(objectif).expect("an objective");
        objectif.vise(&serde_json::from_str(etablissement).expect("an establishment"))
    }

    #[test]
    fn an_objective_of_a_territory_concerns_those_that_are_there() {
        let isere = r#"{"id": "a", "gestionnaire": "g", "departement": "38", "zone_intervention": "Pays voironnais"}"#;
        for (objectif, attendu) in [
            (r#"{"id": "o", "portee": "territoire", "territoire": "pays Voironnais"}"#, true),
            (r#"{"id": "o", "portee": "territoire", "territoire": "Rhône"}"#, false),
            (r#"{"id": "o", "portee": "territoire"}"#, false),
            (r#"{"id": "o", "portee": "territoire", "territoire": "bassin", "departements": ["38"]}"#, true),
            (r#"{"id": "o", "departements": ["69"]}"#, false),
            (r#"{"id": "o", "portee": "territoire", "etablissements": ["a"]}"#, true),
            (r#"{"id": "o", "portee": "transversal"}"#, true),
            (r#"{"id": "o"}"#, true),
            (r#"{"id": "o", "gestionnaires": ["g"]}"#, false),
            (r#"{"id": "o", "portee": "transversal", "gestionnaires": ["g"]}"#, true),
            (r#"{"id": "o", "portee": "transversal", "gestionnaires": ["autre"]}"#, false),
            (r#"{"id": "o", "portee": "siege"}"#, false),
        ] {
            assert_eq!(vise(objectif, isere), attendu, "{objectif}");
        }
    }
}
