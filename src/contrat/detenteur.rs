//! A JSON pointer of the contract → who holds the value: the authorities, the gestionnaire, or both.

use crate::remarque::Detenteur;

/// What the authorities decide or say of themselves.
const DES_AUTORITES: [&str; 18] = [
    "/parties/autorites",
    "/periode",
    "/signature",
    "/modele",
    "/intitule",
    "/etat",
    "/contrat_par",
    "/contrats_lies",
    "/visas_complementaires",
    "/tracabilite",
    "/moyens/dotations",
    "/moyens/evolution",
    "/moyens/cnr",
    "/moyens/fir",
    "/moyens/versements",
    "/moyens/modulation",
    "/moyens/beneficiaire_dgc",
    "/suivi",
];

/// What is agreed between them: neither can write it alone.
const DES_DEUX: [&str; 13] = [
    "/axes",
    "/clauses_particulieres",
    "/derogations",
    "/litiges",
    "/moyens/affectation_resultats",
    "/moyens/mesures_selon_resultats",
    "/moyens/habilitation_aide_sociale",
    "/moyens/rebasage",
    "/moyens/reallocation",
    "/moyens/redeploiements",
    "/moyens/retour_equilibre",
    // Each party names those who sit for it.
    "/suivi/comite",
    "/suivi/autres_comites",
];

/// Parts of what is agreed that one of them alone can give: the act by which the authority authorises the fees of a
/// siège, the share that it admits.
const DU_SIEGE: [&str; 2] = ["/moyens/frais_siege/autorisation", "/moyens/frais_siege/taux"];

/// Who holds the value at a JSON pointer.
pub fn detenteur(pointeur: &str) -> Detenteur {
    let parmi = |liste: &[&str]| {
        liste.iter().any(|p| pointeur.strip_prefix(p).is_some_and(|r| r.is_empty() || r.starts_with('/')))
    };
    if parmi(&DU_SIEGE) {
        Detenteur::Autorite
    } else if parmi(&DES_DEUX) {
        Detenteur::LesDeux
    } else if parmi(&DES_AUTORITES) {
        Detenteur::Autorite
    } else {
        Detenteur::Gestionnaire
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_held_with_what_it_stands_in() {
        let tenues = [
            ("/signature/lieu", Detenteur::Autorite),
            ("/signatures", Detenteur::Gestionnaire),
            ("/moyens/affectation_resultats/ordre/0", Detenteur::LesDeux),
            ("/moyens/habilitation_aide_sociale", Detenteur::LesDeux),
            ("/moyens/frais_siege/autorisation/acte", Detenteur::Autorite),
            ("/suivi/comite/0/qualite", Detenteur::LesDeux),
            ("/suivi/revision", Detenteur::Autorite),
            ("/moyens/frais_siege/base", Detenteur::Gestionnaire),
            ("/perimetre/etablissements/0/nom", Detenteur::Gestionnaire),
            ("", Detenteur::Gestionnaire),
        ];
        for (pointeur, attendu) in tenues {
            assert_eq!(detenteur(pointeur), attendu, "{pointeur}");
        }
    }

    #[test]
    fn every_part_named_here_is_one_of_the_contract() {
        let forme = crate::schema::forme::forme_du_contrat();
        for pointeur in DES_AUTORITES.iter().chain(&DES_DEUX).chain(&DU_SIEGE) {
            assert!(forme.a(pointeur).is_some(), "{pointeur}");
        }
    }
}
