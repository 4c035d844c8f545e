//! Which text a contract is concluded under: the one that it says, else the one that its perimeter, its parties and its
//! day call for. Shared by the rules and the printed text.

use crate::contrat::parties::TypeAutorite;
use crate::contrat::perimetre::Etablissement;
use crate::contrat::{Contrat, Fondement};
use crate::droit::{Jours, valeurs};

/// The text of a contract.
pub fn fondement(contrat: &Contrat, jours: Jours) -> Fondement {
    if let Some(fondement) = contrat.fondement.valeur() {
        return *fondement;
    }
    let inclus = || contrat.etablissements().iter().filter(|e| e.est_inclus());
    let ars = contrat.autorites().iter().any(|a| a.r#type == TypeAutorite::Ars);
    let en_vigueur = |id| valeurs::valeur(id).is_some_and(|v| v.pour(jours, None).is_some());
    if inclus().any(Etablissement::est_un_ehpad) && en_vigueur("duree_ehpad") {
        Fondement::Ehpad
    } else if ars && en_vigueur("contrat_obligatoire") {
        Fondement::EtablissementsHandicapEtSoins
    } else if inclus().any(Etablissement::est_un_chrs) && en_vigueur("contrat_des_chrs") {
        Fondement::Chrs
    } else {
        Fondement::Facultatif
    }
}

/// Whether the law obliges to conclude it, which bounds how tariffs are fixed and asks for an EPRD.
pub fn est_obligatoire(fondement: Fondement) -> bool {
    matches!(fondement, Fondement::EtablissementsHandicapEtSoins | Fondement::Ehpad)
}
