//! Who holds a value of the contract: the authorities, or the gestionnaire.

/// Parts of the contract that the authorities hold; the gestionnaire holds the others.
const DES_AUTORITES: [&str; 17] = [
    "/parties/autorites",
    "/periode",
    "/signature",
    "/modele",
    "/intitule",
    "/contrats_lies",
    "/visas_complementaires",
    "/moyens/dotations",
    "/moyens/evolution",
    "/moyens/cnr",
    "/moyens/fir",
    "/moyens/versements",
    "/moyens/rebasage",
    "/moyens/reallocation",
    "/moyens/habilitation_aide_sociale",
    "/moyens/affectation_resultats",
    "/suivi",
];

/// Whether the authorities hold the value at a JSON pointer.
pub fn des_autorites(pointeur: &str) -> bool {
    DES_AUTORITES.iter().any(|p| pointeur.strip_prefix(p).is_some_and(|r| r.is_empty() || r.starts_with('/')))
}
