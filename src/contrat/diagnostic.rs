//! The shared diagnosis: how it was made, what was found, the figures it rests on.

use super::champ::{choix, objet};
use super::identifiants::{Annee, Date, Montant, Pourcentage};
use super::textes::{Entier, Id, Mesure, Prose, Quantite, Texte};

objet! {
    /// Diagnostic partagé | La méthode, les constats et les indicateurs du diagnostic.
    Diagnostic {
        requis {}
        facultatif {
            /// Date | Le jour où le diagnostic a été arrêté. | "2025-06-30"
            date: Date,
            /// Méthode | La manière dont il a été mené. | "Le diagnostic s'appuie sur le tableau de bord de la performance et sur trois réunions."
            methode: Prose,
            /// Participants | Les personnes et instances associées, par leur qualité. | ["la direction générale de l'association"]
            participants: Vec<Texte>,
            /// Documents | Les documents exploités. | ["rapports d'activité 2022 à 2024"]
            documents: Vec<Texte>,
            /// Constats | Les forces, faiblesses et spécificités relevées.
            constats: Vec<Constat>,
            /// Perspectives | Les perspectives, par thème.
            perspectives: Vec<Perspective>,
            /// Indicateurs | Les valeurs observées et leur comparaison.
            indicateurs: Vec<IndicateurDiagnostic>,
            /// Situation financière | Les résultats, réserves et reports à nouveau par établissement.
            situation_financiere: Vec<SituationFinanciere>,
            /// Amendement Creton | Les jeunes adultes maintenus en établissement pour enfants.
            creton: Creton,
            /// Fonctions support | Ce que les établissements mettent en commun, et ce qui peut l'être. | "La paie et les achats sont communs ; la maintenance ne l'est pas encore."
            fonctions_support: Prose,
            /// Effectifs | L'état des effectifs, des qualifications et des difficultés de recrutement. | "Trois postes de rééducation sont vacants."
            effectifs: Prose,
            /// GVT | Le glissement vieillesse technicité consolidé, par année.
            gvt: Vec<Gvt>,
            /// Locaux | L'état des locaux, par établissement.
            locaux: Vec<Locaux>,
            /// Outils de la loi 2002-2 | Les dates des outils de la loi du 2 janvier 2002, par établissement.
            outils_2002_2: Vec<Outils20022>,
            /// Pratiques professionnelles | Un texte libre sur les pratiques. | "Les équipes ont engagé une démarche d'autodétermination."
            pratiques: Prose,
        }
    }
}

choix! {
    /// Thème du diagnostic
    Theme {
        /// Parcours des personnes accompagnées
        Parcours,
        /// Inscription territoriale et partenariats
        Territoire,
        /// Structure des emplois et profil des professionnels
        Emplois,
        /// Climat social et qualité de vie au travail
        ClimatSocial,
        /// Système d'information
        SystemeInformation,
        /// Situation financière
        SituationFinanciere,
        /// Patrimoine et besoins de financement
        Patrimoine,
        /// Dépenses de personnel
        DepensesPersonnel,
        /// Qualité et gestion des risques
        Qualite,
        /// Droits et participation des personnes
        Droits,
        /// Organisation et innovation
        Organisation,
    }
}

choix! {
    /// Nature du constat
    NatureConstat {
        /// Force
        Force,
        /// Faiblesse
        Faiblesse,
        /// Spécificité
        Specificite,
        /// Opportunité
        Opportunite,
        /// Menace
        Menace,
    }
}

choix! {
    /// Priorité
    Priorite {
        /// Haute
        Haute,
        /// Moyenne
        Moyenne,
        /// Basse
        Basse,
    }
}

objet! {
    /// Constat | Une force, une faiblesse ou une spécificité relevée par le diagnostic.
    Constat {
        requis {
            /// Identifiant | Le nom court du constat, auquel les objectifs renvoient. | "c-jeunes-adultes"
            id: Id,
        }
        facultatif {
            /// Thème | Le thème d'analyse. | "parcours"
            theme: Theme,
            /// Nature | Force, faiblesse, spécificité, opportunité ou menace. | "faiblesse"
            nature: NatureConstat,
            /// Établissements | Les établissements concernés. | ["ime-les-oliviers"]
            etablissements: Vec<Id>,
            /// Transversal | Le constat vaut pour tout le gestionnaire. | true
            transversal: bool,
            /// Texte | Le constat, en une ou deux phrases. | "Neuf jeunes adultes restent accueillis faute de place dans le secteur adulte."
            texte: Prose,
            /// Causes | Les causes identifiées. | "Listes d'attente en foyer de vie."
            causes: Prose,
            /// Conséquences | Les effets constatés. | "Des enfants ne peuvent être admis."
            consequences: Prose,
            /// Priorité | Le rang donné par les parties. | "haute"
            priorite: Priorite,
            /// Non retenu | Le constat ne donne pas lieu à objectif, pour le motif indiqué.
            non_retenu: NonRetenu,
        }
    }
}

objet! {
    /// Constat non retenu | Pourquoi le constat ne donne pas lieu à un objectif.
    NonRetenu {
        requis {
            /// Motif | La raison. | "relève du plan d'action interne"
            motif: Texte,
        }
        facultatif {}
    }
}

objet! {
    /// Perspective | Ce que les parties envisagent pour un thème.
    Perspective {
        requis {
            /// Thème | Le thème d'analyse. | "parcours"
            theme: Theme,
            /// Texte | La perspective. | "Développer les réponses modulaires avec le secteur adulte."
            texte: Prose,
        }
        facultatif {}
    }
}

objet! {
    /// Indicateur du diagnostic | Une valeur observée et sa comparaison.
    IndicateurDiagnostic {
        requis {
            /// Libellé | Le nom de l'indicateur. | "Taux d'absentéisme (hors formation)"
            libelle: Texte,
        }
        facultatif {
            /// Code | Le code de l'indicateur, s'il en a un. | "ABS"
            code: Texte,
            /// Thème | Le thème d'analyse. | "climat_social"
            theme: Theme,
            /// Établissement | L'établissement concerné ; à défaut, tout le gestionnaire. | "ime-les-oliviers"
            etablissement: Id,
            /// Année | L'année de la valeur. | 2024
            annee: Annee,
            /// Valeur | La valeur observée. | 11.4
            valeur: Mesure,
            /// Unité | L'unité de la valeur. | "%"
            unite: Texte,
            /// Référence | Les quartiles et la médiane du groupe de comparaison.
            reference: Quartiles,
            /// Défavorable | Le côté où la valeur est mauvaise : au-dessus du troisième quartile ou au-dessous du premier. | "hausse"
            defavorable: Sens,
            /// Commentaire | Une explication. | "Deux absences longues en 2024."
            commentaire: Texte,
        }
    }
}

choix! {
    /// Sens d'évolution
    Sens {
        /// À la hausse
        Hausse,
        /// À la baisse
        Baisse,
        /// Maintien
        Maintien,
    }
}

objet! {
    /// Quartiles | Les valeurs du groupe de comparaison.
    Quartiles {
        requis {}
        facultatif {
            /// Groupe | Le groupe de comparaison. | "IME de la région"
            groupe: Texte,
            /// Premier quartile | Un quart des valeurs est au-dessous. | 6.1
            q1: Nombre,
            /// Médiane | La moitié des valeurs est au-dessous. | 8.7
            mediane: Nombre,
            /// Troisième quartile | Un quart des valeurs est au-dessus. | 10.9
            q3: Nombre,
        }
    }
}

/// A signed number without unit.
pub type Nombre = f64;

objet! {
    /// Situation financière | Le résultat et les réserves d'un établissement pour un exercice.
    SituationFinanciere {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "ime-les-oliviers"
            etablissement: Id,
            /// Exercice | L'année. | 2024
            exercice: Annee,
        }
        facultatif {
            /// Résultat | Le résultat de l'exercice, négatif s'il est déficitaire (euros). | -12500.5
            resultat: Montant,
            /// Réserves | Le total des réserves (euros). | 84000
            reserves: Montant,
            /// Report à nouveau | Les reports à nouveau excédentaire et déficitaire.
            report_a_nouveau: ReportANouveau,
        }
    }
}

objet! {
    /// Report à nouveau | Les soldes des comptes 110 et 119 ; un établissement n'a que l'un des deux.
    ReportANouveau {
        requis {}
        facultatif {
            /// Excédentaire | Le solde créditeur (110), en euros. | 15000
            excedentaire: Montant,
            /// Déficitaire | Le solde débiteur (119), en euros et en valeur positive. | 0
            deficitaire: Montant,
        }
    }
}

objet! {
    /// Amendement Creton | Les jeunes adultes maintenus en établissement pour enfants.
    Creton {
        requis {}
        facultatif {
            /// Nombre | Le nombre de jeunes adultes. | 9
            nombre: Entier,
            /// Année | L'année de la valeur. | 2024
            annee: Annee,
            /// Commentaire | Une explication. | "Six relèvent d'un foyer de vie, trois d'une MAS."
            commentaire: Prose,
            /// Par établissement | La répartition par établissement.
            par_etablissement: Vec<CretonEtablissement>,
        }
    }
}

objet! {
    /// Amendement Creton par établissement | Les jeunes adultes maintenus dans un établissement.
    CretonEtablissement {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "ime-les-oliviers"
            etablissement: Id,
        }
        facultatif {
            /// Nombre | Le nombre de jeunes adultes. | 6
            nombre: Entier,
            /// Orientation | Les orientations attendues. | "quatre vers un foyer de vie, deux vers une MAS"
            orientation: Texte,
            /// Commentaire | Une explication. | "deux sorties prévues en 2026"
            commentaire: Texte,
        }
    }
}

objet! {
    /// GVT | Le glissement vieillesse technicité d'une année, tous établissements réunis.
    Gvt {
        requis {
            /// Année | L'année de la valeur. | 2024
            annee: Annee,
        }
        facultatif {
            /// Taux | Le taux, en pour cent de la masse salariale. | 0.9
            taux: Pourcentage,
            /// Montant | Le montant, en euros. | 42000
            montant: Montant,
            /// Commentaire | Une explication. | "hausse due aux changements d'échelon"
            commentaire: Texte,
        }
    }
}

choix! {
    /// Occupation des locaux
    Occupation {
        /// Propriétaire
        Proprietaire,
        /// Locataire
        Locataire,
        /// Mise à disposition
        MiseADisposition,
    }
}

objet! {
    /// Locaux | Les locaux d'un établissement.
    Locaux {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "ime-les-oliviers"
            etablissement: Id,
        }
        facultatif {
            /// Occupation | À quel titre les locaux sont occupés. | "proprietaire"
            occupation: Occupation,
            /// Construction | L'année de construction, et celle de la dernière rénovation. | "1987, rénovés en 2015"
            construction: Texte,
            /// Surface | La surface, en mètres carrés. | 2400
            surface: Quantite,
            /// État | L'état des locaux et leur accessibilité. | "accessibles ; isolation à reprendre"
            etat: Texte,
            /// Besoins | Les travaux nécessaires. | "rénovation de l'internat"
            besoins: Texte,
        }
    }
}

objet! {
    /// Outils de la loi 2002-2 | La date de la dernière version de chaque outil de la loi du 2 janvier 2002.
    Outils20022 {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "ime-les-oliviers"
            etablissement: Id,
        }
        facultatif {
            /// Livret d'accueil | La date du livret d'accueil. | "2023-09-01"
            livret_accueil: Date,
            /// Charte | La date d'affichage de la charte des droits et libertés. | "2022-01-10"
            charte: Date,
            /// Contrat de séjour | La date du modèle de contrat de séjour ou de document individuel de prise en charge. | "2023-09-01"
            contrat_sejour: Date,
            /// Règlement de fonctionnement | La date du règlement de fonctionnement. | "2022-06-15"
            reglement_fonctionnement: Date,
            /// Personne qualifiée | La date d'information sur le recours à une personne qualifiée. | "2023-01-10"
            personne_qualifiee: Date,
            /// Conseil de la vie sociale | La date de la dernière élection du conseil ou de la forme de participation qui en tient lieu. | "2024-10-03"
            conseil_vie_sociale: Date,
            /// Projet d'établissement | La date du projet d'établissement ou de service. | "2021-12-17"
            projet_etablissement: Date,
        }
    }
}
