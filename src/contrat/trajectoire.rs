//! The means over the years of a contract: what is planned, what is moved from one basis to another.

use super::champ::{choix, objet};
use super::identifiants::{Annee, Montant, Pourcentage};
use super::textes::{Id, Prose, Texte};

objet! {
    /// Plan global de financement | Une année du plan global de financement pluriannuel (PGFP), pour l'ensemble des établissements.
    AnneePgfp {
        requis {
            /// Année | L'année du plan. | 2027
            annee: Annee,
        }
        facultatif {
            /// Charges | Les charges d'exploitation prévues, en euros. | 8200000
            charges: Montant,
            /// Produits | Les produits d'exploitation prévus, en euros. | 8250000
            produits: Montant,
            /// Capacité d'autofinancement | La capacité (ou l'insuffisance, négative) d'autofinancement, en euros. | 310000
            capacite_autofinancement: Montant,
            /// Investissements | Les investissements prévus, en euros. | 450000
            investissements: Montant,
            /// Fonds de roulement | Le fonds de roulement net global en fin d'année, en euros. | 1200000
            fonds_de_roulement: Montant,
            /// Commentaire | Une explication. | "emprunt de 600 000 € pour la rénovation de l'internat"
            commentaire: Texte,
            /// Gestionnaire | Le gestionnaire concerné ; à défaut, le plan est commun. | "papillons-blancs-creusot"
            gestionnaire: Id,
        }
    }
}

objet! {
    /// Recettes Creton | Les produits tirés de l'accueil de jeunes adultes maintenus en établissement pour enfants, et leur emploi.
    RecettesCreton {
        requis {
            /// Année | L'année des recettes. | 2026
            annee: Annee,
        }
        facultatif {
            /// Établissement | L'établissement qui les perçoit. | "ime-les-oliviers"
            etablissement: Id,
            /// Montant | Le montant prévu, en euros. | 85000
            montant: Montant,
            /// Gestionnaire | Le gestionnaire qui les perçoit, si aucun établissement n'est nommé. | "papillons-blancs-creusot"
            gestionnaire: Id,
            /// Emploi | Ce qu'elles financent. | "accompagnement des sorties vers le secteur adulte"
            emploi: Texte,
        }
    }
}

choix! {
    /// Moment du rebasage
    ChoixRebasage {
        /// Avant la signature
        AvantSignature,
        /// Pendant le contrat
        Pendant,
        /// Aucun rebasage
        Aucun,
    }
}

objet! {
    /// Rebasage | La remise à niveau de la base budgétaire : avant la signature, pendant le contrat, ou jamais.
    Rebasage {
        requis {
            /// Choix | Le moment du rebasage. | "aucun"
            choix: ChoixRebasage,
        }
        facultatif {
            /// Établissements | Les établissements concernés ; à défaut, tous. | ["sessad-les-oliviers"]
            etablissements: Vec<Id>,
            /// Année | L'année du rebasage. | 2028
            annee: Annee,
            /// Montant | L'effet sur la base, en euros ; négatif pour une baisse. | -45000
            montant: Montant,
            /// Modalités | Les conditions du rebasage. | "Le rebasage suit le dialogue de gestion de la troisième année."
            modalites: Prose,
            /// Mesures | Les mesures du rebasage, une par ligne.
            mesures: Vec<MesureRebasage>,
        }
    }
}

objet! {
    /// Mesure de rebasage | Ce que le rebasage change pour un établissement.
    MesureRebasage {
        requis {
            /// Objet | La mesure. | "création d'un demi-poste de psychologue"
            objet: Texte,
        }
        facultatif {
            /// Établissement | L'identifiant de l'établissement. | "sessad-les-oliviers"
            etablissement: Id,
            /// Autorité | L'identifiant de l'autorité qui finance. | "ars-paca"
            autorite: Id,
            /// Année | L'année d'effet. | 2027
            annee: Annee,
            /// Montant | L'effet annuel sur la base, en euros. | 32000
            montant: Montant,
        }
    }
}

objet! {
    /// Réallocation | Une part de la dotation réallouée au profit de territoires en difficulté.
    Reallocation {
        requis {}
        facultatif {
            /// Autorité | L'autorité qui réalloue. | "ars-paca"
            autorite: Id,
            /// Taux | La part de la dotation, en pour cent. | 1
            taux: Pourcentage,
            /// Année | L'année où elle prend effet. | 2027
            annee: Annee,
            /// Destination | Les territoires ou les publics qui en bénéficient. | "les territoires dont le taux d'équipement est le plus faible"
            destination: Texte,
            /// Modalités | Les conditions, l'échange préalable et les limites. | "Le montant est arrêté après échange avec le gestionnaire."
            modalites: Prose,
        }
    }
}
