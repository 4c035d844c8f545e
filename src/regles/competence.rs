//! Which authority answers for an establishment, and the regions of a contract: shared by the rules and the printed text.

use crate::contrat::Contrat;
use crate::contrat::parties::{Autorite, TypeAutorite};
use crate::contrat::perimetre::{Competence, Etablissement};
use crate::nomenclatures::{departement, region};

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

/// The regions of a contract, by INSEE code: those of its agencies, else those of its other authorities, else those of
/// its establishments.
pub fn regions(contrat: &Contrat) -> Vec<&'static str> {
    let du_departement = |code: &str| departement(code).map(|d| d.code_region);
    let agences = contrat.autorites().iter().filter(|a| a.r#type == TypeAutorite::Ars);
    let agences = agences.filter_map(|a| region(a.region.valeur()?.as_str()).map(|r| r.code));
    let autres = contrat.autorites().iter().filter_map(|a| du_departement(a.departement.valeur()?.as_str()));
    let inclus = contrat.etablissements().iter().filter(|e| e.est_inclus());
    let etablissements = inclus.filter_map(|e| du_departement(e.departement.valeur()?.as_str()));
    let listes: [Vec<&'static str>; 3] = [agences.collect(), autres.collect(), etablissements.collect()];
    listes.into_iter().find(|liste| !liste.is_empty()).unwrap_or_default()
}
