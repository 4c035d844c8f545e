//! The codes of remarks that are no rules of consistency: their first letters tell who found them.

/// Remarks that one phase finds.
pub struct FamilleDeCodes {
    debut: &'static str,
    /// What they are about, in a few words.
    pub titre: &'static str,
    /// What they mean and what to do, in a sentence or two.
    pub explication: &'static str,
}

const FAMILLES: [FamilleDeCodes; 9] = [
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
        debut: "FIN-",
        titre: "Ce que dit FINESS",
        explication: "FINESS (« cpom verifier --finess ») : l'extrait donné dit autre chose que le contrat. FIN-001 : un numéro n'y est pas. FIN-002 : un nom, un numéro, un statut ou une catégorie diffère. FIN-003 : des places autorisées ou installées diffèrent. FIN-004 : un établissement est fermé, ou à un autre gestionnaire. FIN-005 : un autre CPOM est en cours. FIN-006 : un établissement du gestionnaire n'est pas nommé. Un registre peut se tromper : ce ne sont que des alertes, l'arrêté fait foi.",
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
