//! What becomes of the results: the order or the freedom of their allocation, the shares taken back, the transfers of credits.

use super::champ::{choix, objet};
use super::identifiants::{Annee, Montant, Pourcentage};
use super::textes::{Id, Prose, Texte};

choix! {
    /// Section tarifaire
    Section {
        /// Hébergement
        Hebergement,
        /// Dépendance
        Dependance,
        /// Soins
        Soins,
    }
}

choix! {
    /// Affectation du résultat
    Affectation {
        /// Apurement des déficits antérieurs
        ApurementDeficits,
        /// Réduction des charges d'exploitation
        ReductionCharges,
        /// Réserve de compensation des déficits
        ReserveCompensation,
        /// Financement de mesures d'investissement
        Investissement,
        /// Réserve de compensation des charges d'amortissement
        ReserveAmortissements,
        /// Réserve de trésorerie, dans la limite du besoin en fonds de roulement
        ReserveTresorerie,
        /// Financement de mesures d'exploitation n'accroissant pas les charges des exercices suivants
        MesuresExploitation,
        /// Report à nouveau
        ReportANouveau,
    }
}

choix! {
    /// Fongibilité des résultats
    Fongibilite {
        /// Aucune : chaque établissement garde ses résultats
        Aucune,
        /// Entre les établissements d'un même financeur
        MemeFinanceur,
        /// Entre tous les établissements du contrat
        Totale,
    }
}

choix! {
    /// Mode d'affectation
    ModeAffectation {
        /// Selon un ordre de priorité
        Ordre,
        /// Libre
        Libre,
    }
}

objet! {
    /// Validation d'une affectation | L'accord qu'une affectation demande à une autorité.
    ValidationAffectation {
        requis {
            /// Autorité | L'identifiant de l'autorité qui valide. | "ars-paca"
            autorite: Id,
        }
        facultatif {
            /// Seuil | Le montant à partir duquel l'affectation est validée ; à défaut, toutes le sont (euros). | 50000
            seuil: Montant,
            /// Modalités | La forme et le délai de la validation. | "dans les deux mois de la demande"
            modalites: Texte,
        }
    }
}

objet! {
    /// Reprise d'excédent | La part d'un excédent qu'une autorité reprend ; le gestionnaire garde le reste.
    Reprise {
        requis {
            /// Part reprise | La part de l'excédent que l'autorité reprend, en pour cent. | 20
            part: Pourcentage,
        }
        facultatif {
            /// Autorité | L'identifiant de l'autorité. | "cd-13"
            autorite: Id,
            /// Section | La section tarifaire dont l'excédent est repris ; à défaut, toutes. | "dependance"
            section: Section,
            /// Établissements | Les établissements concernés ; à défaut, tous ceux que l'autorité finance. | ["eam-les-lavandes"]
            etablissements: Vec<Id>,
            /// Modalités | Les précisions utiles. | "au-delà de 10 000 euros"
            modalites: Texte,
        }
    }
}

objet! {
    /// Affectation des résultats | L'ordre des affectations et leurs limites.
    AffectationResultats {
        requis {}
        facultatif {
            /// Mode | Selon un ordre de priorité, ou libre. | "libre"
            mode: ModeAffectation,
            /// Ordre transitoire | L'ordre de priorité jusqu'au premier exercice sous EPRD. | ["apurement_deficits", "reserve_compensation"]
            transitoire: Vec<Affectation>,
            /// Ordre sous EPRD | L'ordre de priorité à partir du premier exercice sous EPRD. | ["apurement_deficits", "investissement"]
            eprd: Vec<Affectation>,
            /// Premier exercice sous EPRD | L'année du premier exercice. | 2026
            premier_exercice: Annee,
            /// Plafonds | La part maximale de chaque affectation.
            plafonds: Vec<Plafond>,
            /// Fongibilité | Entre quels établissements les résultats peuvent être affectés. | "meme_financeur"
            fongibilite: Fongibilite,
            /// Validations | Les affectations qui demandent l'accord d'une autorité.
            validations: Vec<ValidationAffectation>,
            /// Reprises | La part des excédents que chaque autorité reprend.
            reprises: Vec<Reprise>,
        }
    }
}

objet! {
    /// Plafond | La part maximale d'une affectation.
    Plafond {
        requis {
            /// Affectation | L'affectation plafonnée. | "reserve_tresorerie"
            affectation: Affectation,
            /// Pourcentage | La part maximale du résultat, en pour cent. | 20
            pourcentage: Pourcentage,
        }
        facultatif {}
    }
}

choix! {
    /// Étendue des virements
    EtendueVirements {
        /// Aucun virement entre établissements
        Aucun,
        /// Entre les établissements d'un même financeur
        MemeFinanceur,
        /// Entre tous les établissements du contrat
        Libre,
    }
}

objet! {
    /// Virements | Entre quels établissements les crédits peuvent être virés, et comment l'autorité en est informée.
    Virements {
        requis {}
        facultatif {
            /// Étendue | Entre quels établissements. | "meme_financeur"
            etendue: EtendueVirements,
            /// Information | Comment et quand l'autorité est informée. | "dans le mois qui suit le virement"
            information: Texte,
            /// Modalités | Les limites et les précisions utiles. | "Le cumul des virements d'un exercice ne dépasse pas 5 % de la dotation."
            modalites: Prose,
        }
    }
}
