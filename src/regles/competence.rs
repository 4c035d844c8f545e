//! Which authority answers for an establishment: shared by the rules on parties, transformations and means.

use crate::contrat::parties::{Autorite, TypeAutorite};
use crate::contrat::perimetre::{Competence, Etablissement};
use crate::nomenclatures::departement;

/// An authority that must be a party, by what makes it competent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Competente {
    /// The ARS of a region, by its INSEE code.
    Ars(&'static str),
    /// The conseil départemental, or the Métropole, of a département, by its INSEE code.
    Departement(&'static str),
}

impl Competente {
    /// The authorities competent for an establishment; none while its competence or its département is unknown.
    pub fn pour(etablissement: &Etablissement) -> Vec<Competente> {
        let Some(departement) = etablissement.departement.valeur().and_then(|d| departement(d.as_str())) else {
            return Vec::new();
        };
        // Places inside others may be of another competence: those of a FAM in a foyer.
        let capacites = etablissement.capacites.elements().iter();
        let dont = capacites.flat_map(|c| c.dont.elements()).filter_map(|d| d.competence.valeur());
        let competences: Vec<Competence> = etablissement.competence.valeur().into_iter().chain(dont).copied().collect();
        let a = |convient: &[Competence]| competences.iter().any(|c| convient.contains(c));
        let ars = a(&[Competence::Ars, Competence::Conjointe]).then_some(Competente::Ars(departement.code_region));
        let conseil = a(&[Competence::Departement, Competence::Conjointe]);
        ars.into_iter().chain(conseil.then_some(Competente::Departement(departement.code))).collect()
    }

    /// Whether a party is this authority. An ARS without region and a conseil without département are no one.
    pub fn est(self, autorite: &Autorite) -> bool {
        match self {
            Competente::Ars(region) => {
                autorite.r#type == TypeAutorite::Ars && autorite.region.valeur().is_some_and(|r| r.as_str() == region)
            }
            Competente::Departement(code) => {
                matches!(autorite.r#type, TypeAutorite::Departement | TypeAutorite::Metropole)
                    && autorite.departement.valeur().is_some_and(|d| d.as_str() == code)
            }
        }
    }

    /// Whether a party may be this authority, as far as its type goes: it has not said its territory.
    pub fn indecise(self, autorite: &Autorite) -> bool {
        match self {
            Competente::Ars(_) => autorite.r#type == TypeAutorite::Ars && autorite.region.valeur().is_none(),
            Competente::Departement(_) => {
                matches!(autorite.r#type, TypeAutorite::Departement | TypeAutorite::Metropole)
                    && autorite.departement.valeur().is_none()
            }
        }
    }

    /// « l'agence régionale de santé Bretagne », « le conseil départemental du Rhône ».
    pub fn nom(self) -> String {
        match self {
            Competente::Ars(region) => {
                crate::nomenclatures::region(region).map_or_else(String::new, |r| format!("l'{}", r.ars))
            }
            Competente::Departement("69M") => "la Métropole de Lyon".into(),
            Competente::Departement(code) => {
                departement(code).map_or_else(String::new, |d| format!("le conseil départemental {}", d.de))
            }
        }
    }
}
