//! The contract as the file gives it, field for field; the JSON Schema is generated from these types.
//!
//! One file per part of the contract. Amounts are integer cents, dates are civil dates. These types
//! know nothing of files, models, rules or printing. The doc comment of a key reads
//! `Title | Description | example in JSON`.

pub mod activite;
pub mod calculs;
pub mod calendrier;
pub mod champ;
pub mod detenteur;
pub mod diagnostic;
pub mod identifiants;
pub mod moyens;
pub mod objectifs;
pub mod parties;
pub mod perimetre;
pub mod portee;
pub mod propres;
pub mod renvois;
pub mod resultats;
pub mod selection;
pub mod siege;
pub mod suivi;
pub mod textes;
pub mod trajectoire;

use champ::{choix, objet};
use identifiants::Date;
use textes::{Echeance, Entier, Id, Prose, Texte};

choix! {
    /// Version du format | La version du format de fichier ; seule « 1 » existe. | "1"
    VersionSchema {
        /// Première version du format
        #[serde(rename = "1")]
        V1,
    }
}

objet! {
    /// Contrat pluriannuel d'objectifs et de moyens | Toutes les données d'un CPOM, d'où sont tirés le contrat, ses annexes et ses fiches actions.
    Contrat {
        requis {
            /// Version du format | La version du format de ce fichier. | "1"
            version_schema: VersionSchema,
            /// Référence | La référence du contrat ; elle devient le nom des fichiers produits. | "CPOM-2026-2030-ADELIE"
            reference: Texte,
            /// Parties | Les autorités et les organismes gestionnaires qui concluent le contrat.
            parties: parties::Parties,
            /// Période | La durée du contrat et sa prise d'effet.
            periode: Periode,
        }
        facultatif {
            /// Intitulé | L'intitulé du contrat, imprimé sur la couverture. | "Contrat pluriannuel d'objectifs et de moyens 2026-2030"
            intitule: Texte,
            /// Modèle | Le modèle régional qui imprime le contrat ; à défaut, celui de la région de la seule ARS partie, sinon le modèle national.
            modele: ChoixModele,
            /// État | Projet (avec filigrane et lacunes visibles) ou définitif (prêt à signer). | "projet"
            etat: Etat,
            /// Fondement | Le texte en application duquel le contrat est conclu ; à défaut, il suit le périmètre et les parties. | "etablissements_handicap_et_soins"
            fondement: Fondement,
            /// Contrat par | Un seul contrat pour l'ensemble, ou un contrat par gestionnaire. | "ensemble"
            contrat_par: ContratPar,
            /// Signature | Le lieu, la date et le mode de la signature.
            signature: Signature,
            /// Contrats liés | Les autres CPOM, le contrat précédent ou suivant.
            contrats_lies: Vec<ContratLie>,
            /// Préambule | Le contexte territorial, les enjeux et la méthode de contractualisation.
            preambule: Preambule,
            /// Visas complémentaires | Les textes et actes à viser en plus de ceux du modèle.
            visas_complementaires: Vec<Visa>,
            /// Clauses particulières | Les stipulations propres à ce contrat, imprimées à leur place.
            clauses_particulieres: Vec<ClauseParticuliere>,
            /// Périmètre | Les établissements et services, leurs partenariats et leurs projets de transformation.
            perimetre: perimetre::Perimetre,
            /// Diagnostic partagé | La méthode, les constats et les indicateurs du diagnostic.
            diagnostic: diagnostic::Diagnostic,
            /// Axes | Les axes stratégiques.
            axes: Vec<objectifs::Axe>,
            /// Objectifs | Les objectifs du contrat.
            objectifs: Vec<objectifs::Objectif>,
            /// Fiches actions | Une fiche par objectif : actions, moyens, indicateurs.
            fiches_actions: Vec<objectifs::FicheAction>,
            /// Activité | L'activité de référence et les cibles, par établissement et modalité.
            activite: Vec<activite::Activite>,
            /// Moyens | Les budgets de référence, les dotations et les règles financières.
            moyens: moyens::Moyens,
            /// Suivi | Le comité de suivi, les dialogues de gestion et les documents attendus.
            suivi: suivi::Suivi,
            /// Litiges | Les juridictions que le contrat nomme.
            litiges: suivi::Litiges,
            /// Traçabilité | Les actes et les étapes qui ont conduit au contrat, avec leurs dates.
            tracabilite: Vec<suivi::ActeTrace>,
            /// Pièces | Les pièces annexées au contrat.
            pieces: Vec<suivi::Piece>,
            /// Dérogations | Les règles de cohérence écartées, avec leur motif.
            derogations: Vec<suivi::Derogation>,
        }
    }
}

choix! {
    /// État du document
    Etat {
        /// Projet
        Projet,
        /// Définitif
        Definitif,
    }
}

choix! {
    /// Fondement du contrat
    Fondement {
        /// Contrat des établissements pour personnes handicapées et des services de soins (article L. 313-12-2)
        EtablissementsHandicapEtSoins,
        /// Contrat des établissements d'hébergement pour personnes âgées dépendantes (IV ter de l'article L. 313-12)
        Ehpad,
        /// Contrat des centres d'hébergement et de réinsertion sociale (article L. 313-11-2)
        Chrs,
        /// Contrat des services d'aide à domicile (article L. 313-11-1)
        AideADomicile,
        /// Contrat facultatif (article L. 313-11)
        Facultatif,
    }
}

choix! {
    /// Découpage en contrats
    ContratPar {
        /// Un seul contrat pour l'ensemble
        Ensemble,
        /// Un contrat par gestionnaire
        Gestionnaire,
    }
}

objet! {
    /// Modèle | Le modèle régional choisi.
    ChoixModele {
        requis {
            /// Identifiant du modèle | Le nom du modèle (« cpom --version --detaillee » les liste). | "paca"
            id: Id,
        }
        facultatif {
            /// Version du modèle | La version attendue ; une autre version est signalée. | "2017-2022.1"
            version: Texte,
        }
    }
}

choix! {
    /// Prise d'effet
    PriseEffet {
        /// À la date de début
        Date,
        /// À la date de la dernière signature
        DerniereSignature,
    }
}

objet! {
    /// Période | La durée du contrat et sa prise d'effet.
    Periode {
        requis {}
        facultatif {
            /// Prise d'effet | À la date de début, ou à la dernière signature. | "date"
            prise_effet: PriseEffet,
            /// Début | Le premier jour d'effet du contrat (AAAA-MM-JJ). | "2026-01-01"
            debut: Date,
            /// Fin | Le dernier jour d'effet ; à défaut, il est calculé. | "2030-12-31"
            fin: Date,
            /// Durée | La durée en années : cinq au plus. | 5
            duree_annees: Entier,
            /// Prorogation | La prorogation du contrat dans la limite d'une sixième année.
            prorogation: Prorogation,
            /// Préparation du renouvellement | Le jour ou le mois où les parties commencent à préparer le contrat qui succédera à celui-ci. | "2029-12-31"
            prepare_renouvellement: Echeance,
            /// Contrat renouvelé | La référence du contrat que celui-ci renouvelle ; s'il en renouvelle plusieurs, « contrats_renouveles ». | "CPOM-2021-2025-ADELIE"
            renouvelle: Texte,
            /// Contrats renouvelés | Les contrats que celui-ci renouvelle, quand ils sont plusieurs ou n'ont pas le même gestionnaire.
            contrats_renouveles: Vec<ContratRenouvele>,
        }
    }
}

objet! {
    /// Contrat renouvelé | Un contrat que celui-ci renouvelle.
    ContratRenouvele {
        requis {
            /// Référence | La référence du contrat renouvelé. | "CPOM-2021-2025-MIMOSA"
            reference: Texte,
        }
        facultatif {
            /// Gestionnaires | Les gestionnaires dont c'est le contrat ; à défaut, tous. | ["adelie"]
            gestionnaires: Vec<Id>,
            /// Fin | Le dernier jour du contrat renouvelé. | "2025-12-31"
            fin: Date,
        }
    }
}

objet! {
    /// Prorogation | La prorogation du contrat dans la limite d'une sixième année.
    Prorogation {
        requis {}
        facultatif {
            /// Prorogé jusqu'au | Le dernier jour du contrat prorogé. | "2031-12-31"
            jusqu_au: Date,
            /// Avenant | L'avenant qui proroge le contrat. | "avenant n° 2"
            avenant: Texte,
            /// Date de l'avenant | Le jour où cet avenant est signé. | "2030-10-14"
            date_avenant: Date,
            /// Motif | La raison de la prorogation. | "achèvement de la reconstruction de l'IME"
            motif: Texte,
        }
    }
}

choix! {
    /// Mode de signature
    ModeSignature {
        /// Signature manuscrite
        Papier,
        /// Signature électronique
        Electronique,
    }
}

objet! {
    /// Signature | Le lieu, la date et le mode de la signature.
    Signature {
        requis {}
        facultatif {
            /// Lieu | La ville où le contrat est signé. | "Marseille"
            lieu: Texte,
            /// Date de signature | Le jour de la signature. | "2025-12-15"
            date: Date,
            /// Mode | Papier ou électronique. | "papier"
            mode: ModeSignature,
            /// Exemplaires | Le nombre d'originaux ; à défaut, un par signataire. | 4
            exemplaires: Entier,
        }
    }
}

objet! {
    /// Contrat lié | Un autre CPOM : contrat précédent, suivant, ou conclu avec une autre autorité.
    ContratLie {
        requis {
            /// Référence | La référence du contrat lié. | "CPOM-2024-2028-METROPOLE"
            reference: Texte,
        }
        facultatif {
            /// Objet | Ce que couvre ce contrat. | "services autonomie à domicile"
            objet: Texte,
            /// Parties | Les noms des parties à ce contrat. | ["Métropole de Lyon"]
            parties: Vec<Texte>,
            /// Début | Le premier jour de ce contrat. | "2024-01-01"
            debut: Date,
            /// Fin | Le dernier jour de ce contrat. | "2028-12-31"
            fin: Date,
            /// Établissements | Les établissements couverts par ce contrat. | ["ime-les-oliviers"]
            etablissements: Vec<Id>,
            /// Gestionnaires | Les gestionnaires du présent contrat que ce contrat lie ; à défaut, tous. | ["adelie"]
            gestionnaires: Vec<Id>,
            /// Projets communs | Ce que les deux contrats mènent ensemble. | "La plateforme de services est portée par les deux contrats."
            projets_communs: Prose,
        }
    }
}

objet! {
    /// Préambule | Le contexte territorial, les enjeux et la méthode de contractualisation.
    Preambule {
        requis {}
        facultatif {
            /// Contexte | Le contexte territorial et institutionnel. | "Le gestionnaire intervient dans deux départements."
            contexte: Prose,
            /// Enjeux | Les enjeux que les parties partagent. | "Fluidifier les parcours et mieux répondre aux situations complexes."
            enjeux: Prose,
            /// Méthode | La manière dont le contrat a été préparé. | "Quatre réunions de négociation se sont tenues en 2025."
            methode: Prose,
        }
    }
}

objet! {
    /// Visa | Un texte ou un acte visé en tête du contrat.
    Visa {
        requis {
            /// Texte | La nature et le numéro du texte, sans le mot « Vu ». | "l'arrêté n° 2025-014 du 3 mars 2025"
            texte: Texte,
        }
        facultatif {
            /// Objet | Ce que porte le texte. | "portant programmation des CPOM"
            objet: Texte,
            /// Date | La date du texte. | "2025-03-03"
            date: Date,
            /// Référence | La référence de publication. | "RAA n° 27 du 5 mars 2025"
            reference: Texte,
        }
    }
}

choix! {
    /// Place de la clause
    Place {
        /// Avant l'article
        Avant,
        /// Après l'article
        Apres,
        /// À la place de l'article
        Remplace,
        /// À la place du texte de l'article, dont les tableaux et les sous-articles restent
        RemplaceTexte,
    }
}

objet! {
    /// Clause particulière | Une stipulation propre à ce contrat, imprimée à sa place et signalée.
    ClauseParticuliere {
        requis {
            /// Article | L'identifiant de l'article du modèle (« perimetre », « litiges »…). | "litiges"
            article: Id,
            /// Place | Avant l'article, après lui, à sa place, ou à la place de son seul texte (ses tableaux restent). | "apres"
            place: Place,
            /// Texte | La clause elle-même. | "Les parties recourent à un médiateur choisi d'un commun accord."
            texte: Prose,
        }
        facultatif {
            /// Motif | Pourquoi cette clause est ajoutée. | "demande du conseil d'administration"
            motif: Texte,
        }
    }
}
