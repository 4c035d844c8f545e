//! How the contract is followed, who judges its disputes, what is attached to it, which rules it sets aside.

use super::champ::{choix, objet};
use super::identifiants::{Annee, Date};
use super::textes::{Chemin, Empreinte, Id, Texte};

objet! {
    /// Suivi | Le comité de suivi, les dialogues de gestion et les documents attendus.
    Suivi {
        requis {}
        facultatif {
            /// Comité de suivi | Les membres du comité.
            comite: Vec<MembreComite>,
            /// Réunions du comité | Le rythme des réunions du comité de suivi, si les parties en conviennent. | "deux fois par an, en mars et en octobre"
            reunions_comite: Texte,
            /// Autres comités | Les comités qui s'ajoutent au comité de suivi (stratégique, technique…).
            autres_comites: Vec<AutreComite>,
            /// Dialogues de gestion | Les dialogues prévus.
            dialogues: Vec<Dialogue>,
            /// Documents | Les documents que le gestionnaire transmet.
            documents: Vec<DocumentAttendu>,
            /// Contacts | L'interlocuteur de chaque partie, par sa fonction.
            contacts: Vec<Contact>,
        }
    }
}

objet! {
    /// Membre du comité | Un membre du comité de suivi.
    MembreComite {
        requis {}
        facultatif {
            /// Partie | L'identifiant de la partie représentée. | "ars-paca"
            partie: Id,
            /// Nom | Le nom de l'organisme, s'il n'est pas partie au contrat. | "MDPH des Bouches-du-Rhône"
            nom: Texte,
            /// Qualité | La fonction du membre. | "le directeur général ou son représentant"
            qualite: Texte,
        }
    }
}

objet! {
    /// Autre comité | Un comité qui s'ajoute au comité de suivi.
    AutreComite {
        requis {
            /// Nom | Le nom du comité. | "comité technique"
            nom: Texte,
        }
        facultatif {
            /// Mission | Ce que fait le comité. | "suit les actions et prépare les dialogues de gestion"
            mission: Texte,
            /// Réunions | Le rythme de ses réunions. | "une fois par trimestre"
            reunions: Texte,
            /// Membres | Les membres du comité.
            membres: Vec<MembreComite>,
        }
    }
}

choix! {
    /// Objet du dialogue
    TypeDialogue {
        /// Dialogue annuel
        Annuel,
        /// Dialogue à mi-parcours
        MiParcours,
        /// Dialogue supplémentaire
        Supplementaire,
        /// Dialogue final
        Final,
    }
}

choix! {
    /// Mois
    Mois {
        /// Janvier
        Janvier,
        /// Février
        Fevrier,
        /// Mars
        Mars,
        /// Avril
        Avril,
        /// Mai
        Mai,
        /// Juin
        Juin,
        /// Juillet
        Juillet,
        /// Août
        Aout,
        /// Septembre
        Septembre,
        /// Octobre
        Octobre,
        /// Novembre
        Novembre,
        /// Décembre
        Decembre,
    }
}

choix! {
    /// Fréquence d'un dialogue
    FrequenceDialogue {
        /// Deux fois par an
        Semestrielle,
        /// Chaque année
        Annuelle,
        /// Tous les deux ans
        Biennale,
    }
}

objet! {
    /// Dialogue de gestion | Un dialogue de gestion prévu.
    Dialogue {
        requis {
            /// Année | L'année du dialogue. | 2028
            annee: Annee,
        }
        facultatif {
            /// Type | La nature du dialogue. | "mi_parcours"
            r#type: TypeDialogue,
            /// Objet | Ce qu'il examine. | "bilan intermédiaire et trajectoire"
            objet: Texte,
            /// Conjoint | Le dialogue réunit les autorités : toutes, ou celles qui sont nommées. | true
            conjoint: bool,
            /// Autorités | Les autorités qui tiennent le dialogue ; à défaut, « conjoint » dit si ce sont toutes. | ["ars-paca"]
            autorites: Vec<Id>,
            /// Mois | Le mois du dialogue. | "juin"
            mois: Mois,
            /// Fréquence | Le rythme d'un dialogue qui se répète à partir de l'année indiquée. | "annuelle"
            frequence: FrequenceDialogue,
            /// Jusqu'en | La dernière année d'un dialogue qui se répète ; à défaut, la dernière du contrat. | 2030
            jusqu_en: Annee,
        }
    }
}

objet! {
    /// Document attendu | Un document que le gestionnaire transmet.
    DocumentAttendu {
        requis {
            /// Titre | Le document. | "revue des objectifs"
            titre: Texte,
        }
        facultatif {
            /// Échéance | Le moment de l'envoi. | "chaque année, avec l'ERRD"
            echeance: Texte,
        }
    }
}

objet! {
    /// Contact | L'interlocuteur d'une partie.
    Contact {
        requis {
            /// Partie | L'identifiant de la partie. | "ars-paca"
            partie: Id,
        }
        facultatif {
            /// Fonction | La fonction de l'interlocuteur. | "responsable du service des établissements pour personnes handicapées"
            fonction: Texte,
            /// Courriel | L'adresse du service, jamais d'une personne. | "ars-paca-doms@ars.sante.fr"
            courriel: Texte,
        }
    }
}

objet! {
    /// Litiges | Les juridictions que le contrat nomme.
    Litiges {
        requis {}
        facultatif {
            /// Nommer les juridictions compétentes | Le contrat nomme le juge des litiges relatifs au contrat, et celui des tarifs selon le département de chaque établissement et la date de signature ; à défaut, le modèle en décide. | true
            nommer_les_juges: bool,
            /// Tribunal convenu | Le tribunal administratif auquel les parties soumettent leurs différends sur le contrat, sans article. | "tribunal administratif de Marseille"
            tribunal_convenu: Texte,
        }
    }
}

choix! {
    /// Nature de l'acte
    NatureActe {
        /// Tarification
        Tarification,
        /// Autorisation
        Autorisation,
        /// Dialogue social
        DialogueSocial,
        /// Information des instances
        InformationInstances,
        /// Autre acte
        Autre,
    }
}

objet! {
    /// Acte | Un acte ou une étape, pour la traçabilité du contrat.
    ActeTrace {
        requis {
            /// Nature | Le domaine de l'acte. | "information_instances"
            nature: NatureActe,
        }
        facultatif {
            /// Acte | L'acte ou l'étape, avec son numéro s'il en a un. | "consultation du comité social et économique"
            acte: Texte,
            /// Objet | Ce sur quoi il porte. | "projet de contrat"
            objet: Texte,
            /// Date | Sa date. | "2025-09-18"
            date: Date,
            /// Autorité | L'autorité qui l'a pris, si c'est une partie au contrat. | "ars-paca"
            autorite: Id,
        }
    }
}

objet! {
    /// Pièce | Une pièce annexée, ou l'annexe déclarée sans objet.
    Piece {
        requis {
            /// Annexe | L'identifiant de l'annexe du modèle. | "evaluation"
            annexe: Id,
        }
        facultatif {
            /// Titre | Le titre de la pièce. | "Abrégé et synthèse de la dernière évaluation externe"
            titre: Texte,
            /// Fichier | Le fichier (PDF, PNG ou JPEG), relatif au dossier du contrat. | "pieces/evaluation.pdf"
            fichier: Chemin,
            /// Empreinte | L'empreinte SHA-256 attendue. | "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            sha256: Empreinte,
            /// Date | La date de la pièce. | "2023-11-20"
            date: Date,
            /// Sans objet | Le motif pour lequel l'annexe est sans objet. | "aucune convention avec une autre autorité"
            sans_objet: Texte,
        }
    }
}

objet! {
    /// Dérogation | Une règle de cohérence écartée pour ce contrat.
    Derogation {
        requis {
            /// Règle | Le code de la règle. | "PER-009"
            regle: Texte,
            /// Motif | Pourquoi elle est écartée. | "ouverture séquentielle validée par l'ARS"
            motif: Texte,
        }
        facultatif {
            /// Élément | L'identifiant de l'élément concerné ; à défaut, tout le contrat. | "ime-les-oliviers"
            element: Id,
            /// Auteur | La fonction de celui qui l'a décidé. | "la direction de l'offre médico-sociale"
            auteur: Texte,
            /// Date | Le jour de la décision. | "2025-11-03"
            date: Date,
        }
    }
}
