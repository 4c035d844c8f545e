//! Which authority answers for an establishment, and the regions of a contract: shared by the rules and the printed text.

use crate::contrat::Contrat;
use crate::contrat::parties::{Autorite, TypeAutorite};
use crate::contrat::perimetre::{Competence, Etablissement};
use crate::nomenclatures::{competences, departement, region};
use std::collections::BTreeMap;

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

    /// Whether a party may be this authority, as far as its type goes: it has not said its territory, or in a code that is none.
    pub fn indecise(self, autorite: &Autorite) -> bool {
        match self {
            Competente::Ars(_) => {
                autorite.r#type == TypeAutorite::Ars
                    && autorite.region.valeur().is_none_or(|code| region(code.as_str()).is_none())
            }
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

/// Whether an authority is competent for an establishment; unknown when it is of another kind, when one of the two does not say
/// what its competence follows from, or when what the establishment says is not that of its category (`PER-023`).
fn competent(autorite: &Autorite, etablissement: &Etablissement) -> Option<bool> {
    let situee = match autorite.r#type {
        TypeAutorite::Ars => autorite.region.valeur().is_some_and(|code| region(code.as_str()).is_some()),
        TypeAutorite::Departement | TypeAutorite::Metropole => autorite.departement.valeur().is_some(),
        _ => false,
    };
    let competentes = if coherente(etablissement) { Competente::pour(etablissement) } else { Vec::new() };
    (situee && !competentes.is_empty()).then(|| competentes.into_iter().any(|c| c.est(autorite)))
}

/// Whether the competence that an establishment says may be that of its category.
fn coherente(etablissement: &Etablissement) -> bool {
    let admises = etablissement.categorie.valeur().and_then(|c| competences(c.as_str()));
    let dite = etablissement.competence.valeur();
    admises.zip(dite).is_none_or(|(admises, dite)| admises.admises.contains(&dite.cle()))
}

/// Who may be judged competent or not in a contract. Left out, since other rules say what is wrong with them: an authority that is
/// competent for no establishment (`PAR-002`), an establishment one of whose authorities is not a party (`PAR-001`).
pub struct Partage<'a> {
    autorites: BTreeMap<&'a str, &'a Autorite>,
    etablissements: BTreeMap<&'a str, &'a Etablissement>,
}

impl<'a> Partage<'a> {
    pub fn du(contrat: &'a Contrat) -> Self {
        let autorites = contrat.autorites();
        let partie = |c: Competente| autorites.iter().any(|a| c.est(a) || c.indecise(a));
        let inclus: Vec<&Etablissement> =
            contrat.etablissements_inclus().filter(|e| Competente::pour(e).into_iter().all(partie)).collect();
        let une = |autorite: &&Autorite| inclus.iter().any(|e| competent(autorite, e) == Some(true));
        Partage {
            autorites: autorites.iter().filter(une).map(|a| (a.id.as_str(), a)).collect(),
            etablissements: inclus.into_iter().map(|e| (e.id.as_str(), e)).collect(),
        }
    }

    /// Whether the one is competent for the other, by their identifiers; unknown when one of them is left out.
    pub fn competent(&self, autorite: &str, etablissement: &str) -> Option<bool> {
        competent(self.autorites.get(autorite)?, self.etablissements.get(etablissement)?)
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
