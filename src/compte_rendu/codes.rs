//! The codes of remarks that are no rules of consistency: their first letters tell who found them.

/// Remarks that one phase finds.
pub struct FamilleDeCodes {
    debut: &'static str,
    /// What they are about, in a few words.
    pub titre: &'static str,
    /// What they mean and what to do, in a sentence or two.
    pub explication: &'static str,
}

const FAMILLES: [FamilleDeCodes; 8] = [
    FamilleDeCodes {
        debut: "SCH-",
        titre: "Structure du fichier",
        explication: "Structure du fichier : une valeur n'a pas la forme que le schéma attend. « cpom schema » donne le schéma ; le message dit ce qui est attendu et où.",
    },
    FamilleDeCodes {
        debut: "CPL-",
        titre: "Valeur à compléter",
        explication: "Complétude : le dossier imprime une valeur que le contrat ne donne pas. Un projet la montre entre crochets ; un contrat définitif est refusé. « cpom verifier --completude » en donne la liste par structure et par détenteur.",
    },
    FamilleDeCodes {
        debut: "SAI-",
        titre: "Valeur écrite en mots, ou dite à compléter",
        explication: "Saisie : une valeur écrite en mots a été lue (SAI-001), une valeur dit « à compléter » (SAI-002), ou « à compléter » s'imprimerait (SAI-003).",
    },
    FamilleDeCodes {
        debut: "CAR-",
        titre: "Caractère qui ne s'imprime pas comme il est écrit",
        explication: "Caractères : un signe que le dossier ne sait pas imprimer, ou qui s'imprimerait autrement qu'il n'est écrit.",
    },
    FamilleDeCodes {
        debut: "IMP-",
        titre: "Valeur que le modèle n'imprime pas",
        explication: "Impression : une valeur remplie que le modèle choisi n'imprime pas, avec la raison que donne le modèle.",
    },
    FamilleDeCodes {
        debut: "ACC-",
        titre: "Ce qu'un lecteur d'écran ou un signataire ne peut suivre",
        explication: "Accessibilité : ce qu'un lecteur d'écran ou un signataire ne pourrait pas suivre dans le dossier imprimé.",
    },
    FamilleDeCodes {
        debut: "MOD-",
        titre: "Modèle régional fautif",
        explication: "Modèle régional : une clause, une condition ou un contrat de départ du modèle est fautif (« cpom modeles verifier »).",
    },
    FamilleDeCodes {
        debut: "BIB-",
        titre: "Ligne d'une liste d'objectifs importée",
        explication: "Bibliothèque : une ligne d'une liste d'objectifs importée n'est pas lue comme elle est écrite.",
    },
];

/// The family of a code that is no rule.
pub fn hors_catalogue(code: &str) -> Option<&'static FamilleDeCodes> {
    FAMILLES.iter().find(|famille| code.starts_with(famille.debut))
}
