//! What the parties want: axes, objectives, and the fiche that makes each objective operational.

use super::champ::{choix, objet};
use super::diagnostic::{Priorite, Sens};
use super::identifiants::{Annee, Montant};
use super::textes::{CodeDepartement, Echeance, Entier, Id, Mesure, Prose, Texte};

objet! {
    /// Axe | Un axe stratégique.
    Axe {
        requis {
            /// Identifiant | Le nom court de l'axe. | "axe-parcours"
            id: Id,
        }
        facultatif {
            /// Titre | L'intitulé de l'axe. | "Fluidifier les parcours"
            titre: Texte,
            /// Pilote | La fonction qui pilote l'axe. | "la direction du pôle enfance"
            pilote: Texte,
        }
    }
}

choix! {
    /// Portée de l'objectif
    Portee {
        /// Transversal
        Transversal,
        /// Siège
        Siege,
        /// Groupe d'établissements
        Groupe,
        /// Établissement
        Etablissement,
        /// Territoire
        Territoire,
    }
}

choix! {
    /// Origine de l'objectif
    Origine {
        /// Diagnostic partagé
        Diagnostic,
        /// Demande d'une autorité
        DemandeAutorite,
        /// Schéma ou projet régional
        Schema,
        /// Évaluation
        Evaluation,
        /// Bibliothèque d'objectifs
        Bibliotheque,
    }
}

objet! {
    /// Correspondance | Le lien de l'objectif avec un schéma ou le projet régional de santé.
    Correspondance {
        requis {
            /// Document | Le schéma ou le projet. | "projet régional de santé 2023-2028"
            document: Texte,
        }
        facultatif {
            /// Référence | L'axe, l'orientation ou l'action du document. | "axe 2, action 2.4"
            reference: Texte,
        }
    }
}

objet! {
    /// Objectif | Un objectif du contrat.
    Objectif {
        requis {
            /// Identifiant | Le nom court de l'objectif. | "obj-passage-adulte"
            id: Id,
        }
        facultatif {
            /// Titre | L'intitulé de l'objectif, à l'infinitif. | "Préparer le passage à l'âge adulte" | toujours
            titre: Texte,
            /// Axe | L'identifiant de l'axe. | "axe-parcours"
            axe: Id,
            /// Objectif général | L'objectif général du modèle auquel il se rattache (identifiant). | "parcours"
            general: Id,
            /// Portée | Ce que l'objectif concerne. | "etablissement"
            portee: Portee,
            /// Établissements | Les établissements concernés. | ["ime-les-oliviers"]
            etablissements: Vec<Id>,
            /// Gestionnaires | Les gestionnaires que l'objectif engage pour eux-mêmes, même sans établissement. | ["adelie"]
            gestionnaires: Vec<Id>,
            /// Territoire | Le territoire concerné, quand la portée est un territoire. | "bassin de vie de Carpentras"
            territoire: Texte,
            /// Départements | Les départements du territoire concerné ; l'objectif vise les établissements qui y sont. | ["84"]
            departements: Vec<CodeDepartement>,
            /// Constats | Les constats dont il découle. | ["c-jeunes-adultes"]
            constats: Vec<Id>,
            /// Origine | D'où vient l'objectif. | "diagnostic"
            origine: Origine,
            /// Bibliothèque | Le code de l'objectif dans la bibliothèque du modèle. | "rapt"
            bibliotheque: Id,
            /// Autorités | Les autorités qui portent l'objectif. | ["ars-paca"]
            autorites: Vec<Id>,
            /// Correspondance | Les schémas et projets auxquels il répond.
            correspondance: Vec<Correspondance>,
            /// Échéance | Le terme de l'objectif. | "2030"
            echeance: Echeance,
            /// Pilote | La fonction responsable. | "la direction de l'IME"
            pilote: Texte,
            /// Priorité | Le rang donné par les parties. | "haute"
            priorite: Priorite,
        }
    }
}

objet! {
    /// Fiche action | La mise en œuvre d'un objectif.
    FicheAction {
        requis {
            /// Objectif | L'identifiant de l'objectif. | "obj-passage-adulte"
            objectif: Id,
        }
        facultatif {
            /// Numéro | Le numéro stable de la fiche ; à défaut, son rang. | 3
            numero: Entier,
            /// Titre | Le titre de la fiche ; à défaut, celui de l'objectif. | "Préparer le passage à l'âge adulte"
            titre: Texte,
            /// Constat | Le constat du diagnostic, résumé pour la fiche. | "Neuf jeunes adultes restent à l'IME."
            constat: Prose,
            /// Objectif opérationnel | Ce que la fiche doit atteindre. | "Réduire à trois le nombre de jeunes adultes maintenus."
            objectif_operationnel: Prose,
            /// Actions | Les actions, leur calendrier et leur pilote.
            actions: Vec<Action>,
            /// Acteurs | Les acteurs à mobiliser. | ["MDPH des Bouches-du-Rhône"]
            acteurs: Vec<Texte>,
            /// Moyens | Les moyens nécessaires et leur financement.
            moyens: MoyensFiche,
            /// Calendrier | Le calendrier prévisionnel, s'il ne se lit pas dans les actions. | "Lancement au premier semestre 2026."
            calendrier: Prose,
            /// Indicateurs | Les indicateurs d'évaluation.
            indicateurs: Vec<Indicateur>,
            /// Vigilance | Les points de vigilance. | "Associer les familles dès le projet."
            vigilance: Prose,
            /// Bonnes pratiques | Les bonnes pratiques à promouvoir. | "Stages croisés entre les équipes."
            bonnes_pratiques: Prose,
            /// Résultats attendus | Les résultats attendus. | "Les admissions reprennent dès 2027."
            resultats_attendus: Prose,
        }
    }
}

objet! {
    /// Action | Une action de la fiche.
    Action {
        requis {
            /// Texte | L'action, à l'infinitif. | "Signer une convention avec deux foyers de vie"
            texte: Prose,
        }
        facultatif {
            /// Début | Le début de l'action. | "2026-T2"
            debut: Echeance,
            /// Fin | La fin de l'action. | "2026-12"
            fin: Echeance,
            /// Pilote | La fonction responsable. | "la direction de l'IME"
            pilote: Texte,
        }
    }
}

choix! {
    /// Statut des moyens
    StatutMoyens {
        /// Financé
        Finance,
        /// Par redéploiement
        Redeploiement,
        /// À moyens constants
        MoyensConstants,
        /// Sous condition de financement
        Conditionnel,
        /// Financement refusé
        Refuse,
        /// Fiche d'intention, sans financement
        Intention,
    }
}

choix! {
    /// Source du financement
    SourceFinancement {
        /// Dotation
        Dotation,
        /// Crédits non reconductibles
        Cnr,
        /// Fonds d'intervention régional
        Fir,
        /// Redéploiement
        Redeploiement,
        /// Réserves
        Reserves,
        /// Emprunt
        Emprunt,
        /// Autre source
        Autre,
    }
}

objet! {
    /// Moyens de la fiche | Les moyens nécessaires et leur financement.
    MoyensFiche {
        requis {}
        facultatif {
            /// Description | Les moyens humains, matériels et financiers. | "Un demi-poste de coordonnateur."
            description: Prose,
            /// Statut | L'état du financement. | "redeploiement"
            statut: StatutMoyens,
            /// Financements | Une ligne par source et par année.
            financements: Vec<Financement>,
        }
    }
}

objet! {
    /// Financement | Un montant, sa source et son année.
    Financement {
        requis {
            /// Source | La source du financement. | "cnr"
            source: SourceFinancement,
        }
        facultatif {
            /// Autorité | L'autorité qui finance. | "ars-paca"
            autorite: Id,
            /// Année | L'année du financement. | 2026
            annee: Annee,
            /// Montant | Le montant, en euros. | 15000
            montant: Montant,
            /// Acquis | Faux tant que ce financement n'est pas accordé (un prêt, une subvention demandés). | false
            acquis: bool,
            /// De | L'établissement dont les moyens sont redéployés. | "ime-les-oliviers"
            de: Id,
            /// Vers | L'établissement qui les reçoit. | "sessad-les-oliviers"
            vers: Id,
        }
    }
}

choix! {
    /// Nature de l'indicateur
    NatureIndicateur {
        /// Mise en œuvre
        MiseEnOeuvre,
        /// Résultat
        Resultat,
        /// Suivi
        Suivi,
    }
}

objet! {
    /// Indicateur | Un indicateur d'évaluation et ses cibles.
    Indicateur {
        requis {
            /// Identifiant | Le nom court de l'indicateur. | "ind-jeunes-adultes"
            id: Id,
        }
        facultatif {
            /// Libellé | Ce que mesure l'indicateur. | "Nombre de jeunes adultes maintenus à l'IME"
            libelle: Texte,
            /// Nature | Mise en œuvre, résultat ou suivi. | "resultat"
            nature: NatureIndicateur,
            /// Numérateur | Ce qui est compté au-dessus de la barre d'un taux. | "sorties vers le secteur adulte"
            numerateur: Texte,
            /// Dénominateur | Ce qui est compté au-dessous. | "jeunes de plus de 20 ans présents au 1er janvier"
            denominateur: Texte,
            /// Unité | L'unité de la valeur. | "personnes"
            unite: Texte,
            /// Sens | Le sens d'évolution voulu. | "baisse"
            sens: Sens,
            /// Source | D'où vient la valeur. | "rapport d'activité"
            source: Texte,
            /// Fréquence | Le rythme de la mesure. | "annuelle"
            frequence: Texte,
            /// Valeur initiale | La valeur de départ.
            valeur_initiale: ValeurInitiale,
            /// Cibles | Les valeurs à atteindre, par année.
            cibles: Vec<Cible>,
        }
    }
}

objet! {
    /// Valeur initiale | La valeur de départ d'un indicateur.
    ValeurInitiale {
        requis {
            /// Valeur | La valeur de départ. | 9
            valeur: Mesure,
        }
        facultatif {
            /// Année | L'année de la valeur. | 2024
            annee: Annee,
            /// Environ | La valeur est une approximation. | true
            environ: bool,
        }
    }
}

objet! {
    /// Cible | Une valeur à atteindre.
    Cible {
        requis {
            /// Année | L'année de la cible. | 2028
            annee: Annee,
            /// Fin | La valeur en fin d'année. | 5
            fin: Mesure,
        }
        facultatif {
            /// Début | La valeur en début d'année. | 6
            debut: Mesure,
            /// Environ | La cible est une approximation. | true
            environ: bool,
        }
    }
}
