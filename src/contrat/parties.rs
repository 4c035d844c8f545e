//! Who concludes the contract: authorities and managing bodies, and who signs for each.

use super::champ::{choix, objet};
use super::identifiants::{Date, Finess, Siren};
use super::textes::{Chemin, CodeDepartement, CodeRegion, CodeStatut, Id, Prose, Texte};

objet! {
    /// Parties | Les autorités et les organismes gestionnaires qui concluent le contrat.
    Parties {
        requis {}
        facultatif {
            /// Autorités | Les autorités qui ont délivré les autorisations, et les autres signataires publics.
            autorites: Vec<Autorite>,
            /// Gestionnaires | Les personnes morales qui gèrent les établissements.
            gestionnaires: Vec<Gestionnaire>,
        }
    }
}

choix! {
    /// Type d'autorité
    TypeAutorite {
        /// Agence régionale de santé
        Ars,
        /// Conseil départemental
        Departement,
        /// Métropole
        Metropole,
        /// Éducation nationale
        EducationNationale,
        /// Préfet
        Prefet,
        /// Autre
        Autre,
    }
}

objet! {
    /// Autorité | Une autorité partie au contrat.
    Autorite {
        requis {
            /// Identifiant | Le nom court de l'autorité dans ce fichier. | "ars-paca"
            id: Id,
            /// Type | La nature de l'autorité. | "ars"
            r#type: TypeAutorite,
        }
        facultatif {
            /// Nom | Le nom complet ; à défaut, il est tiré de la région ou du département. | "agence régionale de santé Provence-Alpes-Côte d'Azur" | toujours
            nom: Texte,
            /// Département | Le département de l'autorité. | "13" | toujours
            departement: CodeDepartement,
            /// Région | La région de l'ARS. | "93" | toujours
            region: CodeRegion,
            /// Adresse | L'adresse de l'autorité. | "132 boulevard de Paris, 13003 Marseille"
            adresse: Texte,
            /// Représentant | La personne qui signe.
            representant: Representant,
            /// Délégation | La délégation de signature, quand le représentant n'est pas le titulaire.
            par_delegation: Delegation,
            /// Nomination | L'acte qui a nommé le représentant.
            nomination: Acte,
            /// Délibération | La délibération qui habilite le représentant à signer.
            deliberation: Deliberation,
            /// Logo | Le logo imprimé sur la couverture.
            logo: Logo,
        }
    }
}

choix! {
    /// Genre grammatical
    GenreGrammatical {
        /// Féminin
        Feminin,
        /// Masculin
        Masculin,
    }
}

objet! {
    /// Représentant | La personne qui signe pour une partie.
    Representant {
        requis {}
        facultatif {
            /// Civilité | « M. » ou « Mme ». | "Mme"
            civilite: Texte,
            /// Nom | Le prénom et le nom ; facultatif. | "Prénom Nom"
            nom: Texte,
            /// Qualité | La fonction, sans article. | "directrice générale" | toujours
            qualite: Texte,
            /// Genre | Le genre de la fonction, s'il ne se lit pas dans la qualité. | "feminin"
            genre: GenreGrammatical,
        }
    }
}

objet! {
    /// Délégation | La délégation de signature d'un représentant.
    Delegation {
        requis {}
        facultatif {
            /// Délégant | La qualité de celui qui délègue. | "directeur général de l'ARS"
            delegant: Texte,
            /// Acte | L'acte de délégation. | "arrêté n° 2025-02"
            acte: Texte,
            /// Date | La date de l'acte. | "2025-01-10"
            date: Date,
            /// Publication | La date de publication de l'acte. | "2025-01-15"
            publication: Date,
        }
    }
}

objet! {
    /// Acte | Un acte et sa date.
    Acte {
        requis {}
        facultatif {
            /// Acte | La désignation de l'acte. | "décret du 12 mars 2024"
            acte: Texte,
            /// Objet | L'objet de l'acte. | "portant nomination de la directrice générale"
            objet: Texte,
            /// Date | La date de l'acte. | "2024-03-12"
            date: Date,
        }
    }
}

objet! {
    /// Délibération | La délibération d'une assemblée ou d'un conseil.
    Deliberation {
        requis {}
        facultatif {
            /// Référence | Le numéro de la délibération. | "n° 2025-47"
            reference: Texte,
            /// Date | Le jour de la délibération. | "2025-10-20"
            date: Date,
            /// Exécutoire le | Le jour où la délibération est devenue exécutoire. | "2025-10-27"
            executoire_le: Date,
        }
    }
}

objet! {
    /// Logo | Une image et son texte de remplacement.
    Logo {
        requis {
            /// Fichier | L'image (PNG, JPEG ou SVG), relative au dossier du contrat. | "logos/ars.png"
            fichier: Chemin,
        }
        facultatif {
            /// Texte de remplacement | Ce que dit l'image à qui ne la voit pas. | "Logo de l'ARS"
            alternative: Texte,
        }
    }
}

objet! {
    /// Siège | Le siège d'un gestionnaire.
    Siege {
        requis {}
        facultatif {
            /// Adresse | L'adresse du siège. | "12 avenue des Pins, 13090 Aix-en-Provence"
            adresse: Texte,
            /// Organisation | L'organisation du siège et ses services. | "Le siège réunit la direction, les finances et les ressources humaines."
            organisation: Prose,
        }
    }
}

objet! {
    /// Mandat | Le mandat par lequel un gestionnaire agit pour d'autres, sans signer le contrat.
    Mandat {
        requis {
            /// Mandants | Les gestionnaires qui donnent mandat. | ["association-a", "association-b"]
            de: Vec<Id>,
        }
        facultatif {
            /// Acte | L'acte qui donne mandat. | "convention constitutive du 14 février 2012"
            acte: Texte,
        }
    }
}

objet! {
    /// Gestionnaire | Une personne morale gestionnaire d'établissements ou de services.
    Gestionnaire {
        requis {
            /// Identifiant | Le nom court du gestionnaire dans ce fichier. | "adelie"
            id: Id,
        }
        facultatif {
            /// Nom | Le nom complet de la personne morale. | "Association départementale Adélie" | toujours
            nom: Texte,
            /// Sigle | Le sigle ou nom d'usage. | "Adélie"
            sigle: Texte,
            /// Statut juridique | Le code FINESS du statut juridique. | "60"
            statut_juridique: CodeStatut,
            /// FINESS juridique | Le numéro FINESS de l'entité juridique. | "130804040"
            finess_ej: Finess,
            /// SIREN | Le numéro SIREN de la personne morale. | "775558992"
            siren: Siren,
            /// Statut précis | Les mots qui disent le statut, si ceux de la nomenclature ne conviennent pas. | "établissement public social et médico-social autonome"
            statut_precis: Texte,
            /// Adresse | L'adresse de la personne morale qui n'a pas de siège. | "12 avenue des Pins, 13090 Aix-en-Provence"
            adresse: Texte,
            /// Siège | L'adresse et l'organisation du siège.
            siege: Siege,
            /// Représentant | La personne qui signe.
            representant: Representant,
            /// Délégation | La délégation de signature, quand le représentant n'est pas le titulaire.
            par_delegation: Delegation,
            /// Délibération | La délibération du conseil qui autorise la signature.
            deliberation: Deliberation,
            /// Conventions collectives | Les conventions collectives appliquées. | ["Convention collective du 15 mars 1966"]
            conventions_collectives: Vec<Texte>,
            /// Organisation | L'organisation de la personne morale. | "L'association compte cinq établissements réunis en deux pôles."
            organisation: Prose,
            /// Activités | Les activités de la personne morale. | "Elle accompagne des enfants et des adultes en situation de handicap."
            activites: Prose,
            /// Mandataire | Le mandat reçu d'autres gestionnaires ; un mandataire ne signe pas.
            mandataire: Mandat,
            /// Logo | Le logo imprimé sur la couverture.
            logo: Logo,
        }
    }
}
