//! The head office and the common charges: who authorises them, what they cost, who bears which share.

use super::champ::{choix, objet};
use super::identifiants::{Annee, Date, Montant, Pourcentage};
use super::textes::{Id, Quantite, Texte};

objet! {
    /// Part | La part d'un établissement.
    Part {
        requis {
            /// Établissement | L'identifiant de l'établissement, ou son nom s'il est hors périmètre. | "ime-les-oliviers"
            etablissement: Texte,
            /// Montant | Le montant, en euros. | 1200000
            montant: Montant,
        }
        facultatif {}
    }
}

objet! {
    /// Part d'un gestionnaire | Ce qui revient à un gestionnaire d'un montant commun à plusieurs.
    PartGestionnaire {
        requis {
            /// Gestionnaire | L'identifiant du gestionnaire. | "papillons-blancs-creusot"
            gestionnaire: Id,
        }
        facultatif {
            /// Montant | Sa part du montant, en euros. | 120000
            montant: Montant,
            /// Base | Sa part des charges brutes, en euros. | 5400000
            base: Montant,
        }
    }
}

choix! {
    /// Mode de fixation des frais de siège
    ModeSiege {
        /// Montant annuel
        Montant,
        /// Pourcentage des charges brutes
        Taux,
    }
}

objet! {
    /// Autorisation de frais de siège | L'acte qui autorise les frais de siège.
    AutorisationSiege {
        requis {}
        facultatif {
            /// Acte | La désignation de l'acte. | "l'arrêté du 12 décembre 2024"
            acte: Texte,
            /// Autorité | L'autorité qui a autorisé. | "ars-paca"
            autorite: Id,
            /// Date | La date de l'acte. | "2024-12-12"
            date: Date,
            /// Échéance | Le dernier jour de l'autorisation. | "2029-12-31"
            echeance: Date,
            /// Taux autorisé | Le taux fixé par l'autorisation (%). | 3.5
            taux: Pourcentage,
            /// Montant autorisé | Le montant fixé par l'autorisation (euros). | 190000
            montant: Montant,
        }
    }
}

objet! {
    /// Emploi du siège | Une catégorie d'emplois du siège.
    EmploiSiege {
        requis {
            /// Catégorie | La catégorie d'emplois. | "direction"
            categorie: Texte,
            /// ETP | Le nombre d'équivalents temps plein. | 1.5
            etp: Quantite,
        }
        facultatif {}
    }
}

objet! {
    /// Montant annuel | Un montant et son année.
    MontantAnnuel {
        requis {
            /// Année | L'année. | 2027
            annee: Annee,
            /// Montant | Le montant, en euros. | 195000
            montant: Montant,
        }
        facultatif {}
    }
}

objet! {
    /// Frais de siège | L'autorisation, le montant et la répartition.
    FraisSiege {
        requis {}
        facultatif {
            /// Mode | Un montant annuel, ou un pourcentage unique des charges brutes. | "taux"
            mode: ModeSiege,
            /// Taux | Le pourcentage des charges brutes. | 3.5
            taux: Pourcentage,
            /// Base | Les charges brutes du dernier exercice clos, en euros. | 5400000
            base: Montant,
            /// Montant | Le montant annuel, en euros. | 189000
            montant: Montant,
            /// Trajectoire | Les montants annoncés pour les années suivantes.
            trajectoire: Vec<MontantAnnuel>,
            /// Répartition | La part de chaque établissement, y compris hors périmètre.
            repartition: Vec<Part>,
            /// Parts | La part de chaque gestionnaire, quand le siège est commun à plusieurs.
            parts: Vec<PartGestionnaire>,
            /// Autorisation | L'acte qui autorise les frais de siège.
            autorisation: AutorisationSiege,
            /// Emplois | Les emplois du siège, par catégorie.
            emplois: Vec<EmploiSiege>,
        }
    }
}

objet! {
    /// Quote-part | La quote-part des charges communes d'un gestionnaire public.
    QuotePart {
        requis {}
        facultatif {
            /// Montant | Le montant annuel, en euros. | 45000
            montant: Montant,
            /// Clé | La clé de répartition. | "au prorata des charges brutes"
            cle: Texte,
            /// Répartition | La part de chaque établissement.
            repartition: Vec<Part>,
        }
    }
}
