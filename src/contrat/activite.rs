//! The activity of reference and its targets, by establishment and mode of care.

use super::champ::{choix, objet};
use super::identifiants::Pourcentage;
use super::objectifs::Cible;
use super::perimetre::Modalite;
use super::textes::{Entier, Id, Quantite, Texte};
use std::collections::BTreeMap;

choix! {
    /// Unité d'activité
    UniteActivite {
        /// Journées
        Journees,
        /// Demi-journées
        DemiJournees,
        /// Séances
        Seances,
        /// Actes
        Actes,
        /// Prestations
        Prestations,
        /// Personnes (file active)
        FileActive,
    }
}

choix! {
    /// Capacité de référence
    BaseCapacite {
        /// Capacité autorisée
        Autorisee,
        /// Capacité installée
        Installee,
        /// Capacité financée
        Financee,
    }
}

objet! {
    /// Activité | L'activité d'un établissement pour une modalité d'accueil.
    Activite {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "ime-les-oliviers"
            etablissement: Id,
        }
        facultatif {
            /// Modalité | La modalité d'accueil ; à défaut, toutes ensemble. | "semi_internat"
            modalite: Modalite,
            /// Unité | Ce qui est compté. | "journees"
            unite: UniteActivite,
            /// Définition | La manière de compter (absences, demi-journées, file active). | "personnes vues au moins une fois dans l'année"
            definition: Texte,
            /// Capacité de référence | La capacité qui fonde l'activité théorique. | "autorisee"
            capacite_de_reference: BaseCapacite,
            /// Jours | Les jours d'ouverture par an, retenus pour l'activité théorique. | 210
            jours: Entier,
            /// Activité théorique | Capacité × jours ; à défaut, elle est calculée. | 9030
            theorique: Quantite,
            /// Réalisé | L'activité des trois dernières années, par année. | {"2022": 8610, "2023": 8700, "2024": 8820}
            realise: BTreeMap<String, Champ<Quantite>>,
            /// Moyenne déclarée | Facultatif : la moyenne des trois années que vous annoncez ; une remarque dit si ce n'est pas la moyenne calculée. | 8710
            moyenne_declaree: Quantite,
            /// Taux déclaré | Le taux de réalisation annoncé, comparé au taux calculé. | 96.456
            taux_declare: Pourcentage,
            /// Activité retenue | L'activité retenue par les parties. | 8820
            retenue: Quantite,
            /// Cibles | Les cibles par année.
            cibles: Vec<Cible>,
            /// Taux minimal | Le taux d'occupation plancher (%). | 90
            taux_min: Pourcentage,
            /// Commentaire | Une explication. | "Travaux au second semestre 2023."
            commentaire: Texte,
        }
    }
}

use super::champ::Champ;
