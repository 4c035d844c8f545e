//! What the contract covers: establishments, their capacities, partnerships, planned transformations.

use super::champ::{choix, objet};
use super::identifiants::{Annee, Date, Finess, Siret};
use super::textes::{Chemin, CodeCategorie, CodeDepartement, CodeFiness, Echeance, Entier, Id, Prose, Quantite, Texte};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

objet! {
    /// Périmètre | Les établissements et services, leurs partenariats et leurs projets de transformation.
    Perimetre {
        requis {}
        facultatif {
            /// Territoire | Les départements couverts.
            territoire: Territoire,
            /// Établissements et services | Un élément par établissement ou service, inclus ou exclu.
            etablissements: Vec<Etablissement>,
            /// Places déclarées | Le total des places annoncé par le gestionnaire, comparé au total calculé. | 240
            total_declare: Entier,
            /// Établissements déclarés | Le nombre d'établissements annoncé, comparé au nombre calculé. | 6
            nombre_declare: Entier,
            /// Organigramme | L'organigramme du gestionnaire (PDF ou image).
            organigramme: Chemin,
            /// Partenariats | Les partenariats formalisés avec d'autres acteurs.
            partenariats: Vec<Partenariat>,
            /// Projets de transformation | Les projets qui modifieront les autorisations pendant le contrat.
            projets_transformation: Vec<ProjetTransformation>,
        }
    }
}

objet! {
    /// Territoire | Les départements couverts par le contrat.
    Territoire {
        requis {}
        facultatif {
            /// Départements | Les codes des départements. | ["13", "84"]
            departements: Vec<CodeDepartement>,
            /// Description | Une description du territoire. | "Les bassins d'Aix-en-Provence et d'Avignon."
            description: Prose,
        }
    }
}

choix! {
    /// Autorité compétente
    Competence {
        /// Compétence exclusive de l'ARS
        Ars,
        /// Compétence exclusive du département
        Departement,
        /// Compétence conjointe de l'ARS et du département
        Conjointe,
    }
}

impl Competence {
    pub const TOUTES: [Competence; 3] = [Competence::Ars, Competence::Departement, Competence::Conjointe];

    /// The value of the contract file.
    pub fn cle(self) -> &'static str {
        match self {
            Competence::Ars => "ars",
            Competence::Departement => "departement",
            Competence::Conjointe => "conjointe",
        }
    }
}

/// Whether an establishment is in the perimeter: `true`, or an object that says why not.
#[derive(Debug, Clone, PartialEq)]
pub enum Inclusion {
    Inclus,
    Exclu { motif: String },
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum FormeInclusion {
    Inclus(bool),
    Exclu(Motif),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Motif {
    motif: String,
}

impl Serialize for Inclusion {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Inclusion::Inclus => FormeInclusion::Inclus(true),
            Inclusion::Exclu { motif } => FormeInclusion::Exclu(Motif { motif: motif.clone() }),
        }
        .serialize(s)
    }
}

impl<'de> Deserialize<'de> for Inclusion {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match FormeInclusion::deserialize(d)? {
            FormeInclusion::Inclus(true) => Ok(Inclusion::Inclus),
            FormeInclusion::Inclus(false) => {
                Err(serde::de::Error::custom("un établissement exclu demande un motif : {\"motif\": \"…\"}"))
            }
            FormeInclusion::Exclu(m) => Ok(Inclusion::Exclu { motif: m.motif }),
        }
    }
}

impl JsonSchema for Inclusion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Inclusion".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Inclusion dans le périmètre",
            "description": "true si l'établissement est dans le périmètre ; sinon un objet qui en donne le motif.",
            "examples": [true],
            "oneOf": [
                { "const": true, "title": "Inclus dans le périmètre" },
                {
                    "title": "Exclu du périmètre",
                    "type": "object",
                    "properties": {
                        "motif": {
                            "title": "Motif de l'exclusion",
                            "description": "Pourquoi l'établissement n'est pas couvert par le contrat.",
                            "type": "string",
                            "minLength": 3,
                            "examples": ["financé par la caisse d'allocations familiales"]
                        }
                    },
                    "required": ["motif"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

objet! {
    /// Établissement ou service | Un établissement ou service médico-social.
    Etablissement {
        requis {
            /// Identifiant | Le nom court de l'établissement dans ce fichier. | "ime-les-oliviers"
            id: Id,
        }
        facultatif {
            /// Nom | Le nom de l'établissement ou du service. | "IME Les Oliviers" | toujours
            nom: Texte,
            /// Gestionnaire | L'identifiant du gestionnaire. | "adelie"
            gestionnaire: Id,
            /// Pôle ou site | Le pôle ou le site qui réunit plusieurs établissements. | "Pôle enfance"
            pole: Texte,
            /// FINESS géographique | Le numéro FINESS de l'établissement. | "130787195"
            finess: Finess,
            /// SIRET | Le numéro SIRET de l'établissement. | "73282932000074"
            siret: Siret,
            /// Catégorie | Le code de la catégorie FINESS. | "183"
            categorie: CodeCategorie,
            /// Clientèle | Les personnes ou le type de handicap accompagnés. | "déficience intellectuelle"
            clientele: Texte,
            /// Département | Le département d'implantation. | "13"
            departement: CodeDepartement,
            /// Adresse | L'adresse de l'établissement. | "4 chemin des Oliviers, 13100 Aix-en-Provence"
            adresse: Texte,
            /// Compétence | L'autorité qui autorise et tarifie. | "ars"
            competence: Competence,
            /// Inclus | true, ou le motif de l'exclusion. | true
            inclus: Inclusion,
            /// Ouverture prévue | Le jour, le mois ou l'année d'ouverture d'un établissement à créer. | "2027-09-01"
            ouverture_prevue: Echeance,
            /// Entrée dans le contrat | Le moment où l'établissement entre dans le contrat, s'il n'y est pas dès la prise d'effet. | "2028-01-01"
            entree: Echeance,
            /// Sites | Les autres lieux où l'établissement accueille (antennes, sites secondaires).
            sites: Vec<Site>,
            /// Publics | Les personnes accompagnées. | "enfants et adolescents présentant une déficience intellectuelle"
            publics: Texte,
            /// Âges | Les âges autorisés.
            ages: Ages,
            /// Zone d'intervention | Le territoire desservi. | "Pays d'Aix"
            zone_intervention: Texte,
            /// Sécurité | Le classement et le dernier avis de la commission de sécurité.
            securite: Securite,
            /// Évaluation | La dernière évaluation de la qualité et la suivante.
            evaluation: Evaluation,
            /// Autorisations | Les arrêtés d'autorisation, d'extension ou de renouvellement.
            autorisations: Vec<Autorisation>,
            /// Capacités | Une ligne par modalité d'accueil.
            capacites: Vec<Capacite>,
            /// Capacité déclarée | La capacité totale annoncée, comparée à la somme des modalités. | 58
            capacite_declaree: Entier,
            /// Planchers d'ouverture | Le nombre minimal de jours d'ouverture des années où il change ; à défaut, il est le même pour tout le contrat.
            planchers_ouverture: Vec<PlancherOuverture>,
            /// Jours d'ouverture | Le nombre de jours d'ouverture par an. | 210
            jours_ouverture: Entier,
            /// Équivalents temps plein | Les effectifs par fonction.
            etp: Etp,
            /// Convention collective | La convention appliquée, si elle diffère de celle du gestionnaire. | "Convention collective du 31 octobre 1951"
            convention_collective: Texte,
            /// Médicalisation | Le GMP et le PMP d'un établissement pour personnes âgées.
            medicalisation: Medicalisation,
        }
    }
}

objet! {
    /// Site | Une antenne ou un site secondaire d'un établissement.
    Site {
        requis {
            /// Nom | Le nom du site. | "antenne de Salon-de-Provence"
            nom: Texte,
        }
        facultatif {
            /// Adresse | L'adresse du site. | "8 rue des Cordeliers, 13300 Salon-de-Provence"
            adresse: Texte,
            /// FINESS géographique | Le numéro FINESS du site, s'il en a un. | "130787195"
            finess: Finess,
            /// Capacité | Les places de l'établissement que ce site accueille. | 12
            places: Entier,
        }
    }
}

objet! {
    /// Âges | Les âges d'accueil, en années.
    Ages {
        requis {}
        facultatif {
            /// Âge minimal | L'âge le plus bas. | 6
            min: Entier,
            /// Âge maximal | L'âge le plus haut. | 20
            max: Entier,
        }
    }
}

choix! {
    /// Avis de la commission de sécurité
    AvisSecurite {
        /// Favorable
        Favorable,
        /// Défavorable
        Defavorable,
    }
}

objet! {
    /// Sécurité | Le classement de l'établissement et le dernier avis de la commission.
    Securite {
        requis {}
        facultatif {
            /// Type d'établissement recevant du public | Le type et la catégorie (J, U, R…). | "J, 4e catégorie"
            type_erp: Texte,
            /// Avis | Le dernier avis de la commission. | "favorable"
            avis: AvisSecurite,
            /// Date | La date du dernier avis. | "2024-05-14"
            date: Date,
            /// Accessibilité | L'état d'accessibilité des locaux. | "conforme depuis 2019"
            accessibilite: Texte,
        }
    }
}

objet! {
    /// Évaluation | L'évaluation de la qualité (référentiel de la HAS).
    Evaluation {
        requis {}
        facultatif {
            /// Dernière évaluation | Le jour, le mois ou l'année de la dernière évaluation. | "2023-11-20"
            date: Echeance,
            /// Prochaine évaluation | L'échéance de la prochaine. | "2028-T4"
            prochaine: Echeance,
        }
    }
}

objet! {
    /// Autorisation | Un acte d'autorisation.
    Autorisation {
        requis {
            /// Acte | La désignation de l'acte, sans le mot « Vu ». | "l'arrêté n° 2017-031 du 4 janvier 2017"
            acte: Texte,
        }
        facultatif {
            /// Objet | L'objet de l'acte. | "portant renouvellement de l'autorisation"
            objet: Texte,
            /// Date | La date de l'acte. | "2017-01-04"
            date: Date,
            /// Échéance | Le dernier jour de l'autorisation. | "2032-01-03"
            echeance: Date,
            /// Renouvellement prévu | Le renouvellement de l'autorisation est engagé. | true
            renouvellement_engage: bool,
        }
    }
}

choix! {
    /// Modalité d'accueil
    Modalite {
        /// Internat
        Internat,
        /// Semi-internat
        SemiInternat,
        /// Externat
        Externat,
        /// Accueil de jour
        AccueilJour,
        /// Hébergement permanent
        HebergementPermanent,
        /// Hébergement temporaire
        HebergementTemporaire,
        /// Accueil d'urgence
        AccueilUrgence,
        /// Accueil familial
        AccueilFamilial,
        /// Milieu ordinaire
        MilieuOrdinaire,
        /// Ambulatoire
        Ambulatoire,
        /// Domicile
        Domicile,
        /// Travail protégé
        Travail,
        /// Unité d'enseignement externalisée
        UniteEnseignement,
        /// Autre modalité
        Autre,
    }
}

choix! {
    /// Unité de compte
    UniteCapacite {
        /// Places
        Places,
        /// File active
        FileActive,
        /// Séances
        Seances,
    }
}

objet! {
    /// Capacité | La capacité d'une modalité d'accueil.
    Capacite {
        requis {
            /// Modalité | La modalité d'accueil. | "semi_internat"
            modalite: Modalite,
        }
        facultatif {
            /// Libellé | Le nom de la modalité s'il est particulier. | "unité pour enfants polyhandicapés"
            libelle: Texte,
            /// Sections | Les sections entre lesquelles la modalité est partagée. | ["section polyhandicap"]
            sections: Vec<Texte>,
            /// Capacité autorisée | Le nombre de places autorisées. | 43
            autorisee: Entier,
            /// Capacité installée | Le nombre de places installées. | 43
            installee: Entier,
            /// Capacité financée | Le nombre de places financées. | 43
            financee: Entier,
            /// Places habilitées à l'aide sociale | Le nombre de places habilitées. | 20
            habilitee_aide_sociale: Entier,
            /// Dont | Des places comprises dans celles de la modalité, jamais ajoutées.
            dont: Vec<Dont>,
            /// Unité | Ce que compte la capacité. | "places"
            unite: UniteCapacite,
            /// Évolutions prévues | Les changements de capacité prévus pendant le contrat.
            evolutions: Vec<EvolutionCapacite>,
            /// Code FINESS | L'activité, le mode de fonctionnement et le public de FINESS ; une reprise de FINESS y reconnaît la ligne. | "844/11/437"
            code_finess: CodeFiness,
        }
    }
}

objet! {
    /// Évolution de capacité | Un changement de capacité prévu ; il n'autorise rien par lui-même.
    EvolutionCapacite {
        requis {
            /// Échéance | Le moment prévu. | "2029-01"
            echeance: Echeance,
            /// Capacité visée | Le nombre de places visé. | 12
            capacite: Entier,
        }
        facultatif {
            /// Motif | La raison du changement. | "transformation de places d'internat"
            motif: Texte,
            /// Environ | La capacité visée est une approximation. | true
            environ: bool,
        }
    }
}

objet! {
    /// Dont | Une partie d'une capacité, comprise dans le nombre de la modalité.
    Dont {
        requis {
            /// Libellé | Ce que sont ces places. | "places d'accueil temporaire"
            libelle: Texte,
            /// Nombre | Le nombre de places. | 3
            nombre: Entier,
        }
        facultatif {
            /// Catégorie | Le code de la catégorie FINESS de ces places, si elle n'est pas celle de l'établissement. | "437"
            categorie: CodeCategorie,
            /// Compétence | L'autorité qui autorise et tarifie ces places, si elle n'est pas celle de l'établissement. | "conjointe"
            competence: Competence,
            /// Financeur | L'identifiant de l'autorité qui finance ces places. | "ars-paca"
            financeur: Id,
        }
    }
}

objet! {
    /// Équivalents temps plein | Les effectifs en équivalents temps plein, par fonction.
    Etp {
        requis {}
        facultatif {
            /// Administratif | Direction et administration. | 4.5
            administratif: Quantite,
            /// Éducatif | Personnel éducatif. | 22
            educatif: Quantite,
            /// Médical | Médecins. | 0.8
            medical: Quantite,
            /// Paramédical | Personnel paramédical. | 6.2
            paramedical: Quantite,
            /// Pédagogique | Enseignants. | 3
            pedagogique: Quantite,
            /// Autres | Services généraux et autres fonctions. | 5
            autres: Quantite,
            /// Total déclaré | Facultatif : le total que vous annoncez ; une remarque dit s'il n'est pas la somme. | 41.5
            total_declare: Quantite,
        }
    }
}

objet! {
    /// Médicalisation | Le niveau de dépendance et de soins d'un EHPAD.
    Medicalisation {
        requis {}
        facultatif {
            /// GMP | Le GIR moyen pondéré. | 742
            gmp: Quantite,
            /// Date du GMP | La date de validation du GMP. | "2024-09-10"
            date_gmp: Date,
            /// PMP | Le PATHOS moyen pondéré. | 215
            pmp: Quantite,
            /// Date du PMP | La date de validation du PMP. | "2024-09-10"
            date_pmp: Date,
        }
    }
}

choix! {
    /// Nature du partenariat
    NaturePartenariat {
        /// Convention de partenariat
        Convention,
        /// Groupement de coopération (GCSMS)
        Gcsms,
        /// Convention avec un groupement hospitalier de territoire
        Ght,
        /// Convention d'un dispositif intégré
        DispositifIntegre,
        /// Participation à un réseau
        Reseau,
        /// Autre coopération
        Autre,
    }
}

objet! {
    /// Partenariat | Une coopération formalisée.
    Partenariat {
        requis {
            /// Partenaire | Le nom du partenaire. | "centre hospitalier du Pays d'Aix"
            partenaire: Texte,
        }
        facultatif {
            /// Objet | L'objet de la coopération. | "accès aux consultations spécialisées"
            objet: Texte,
            /// Nature | La forme de la coopération. | "convention"
            nature: NaturePartenariat,
            /// Date | Le jour, le mois ou l'année de l'acte. | "2022-06-01"
            date: Echeance,
            /// Établissements | Les établissements concernés. | ["ime-les-oliviers"]
            etablissements: Vec<Id>,
            /// Pièce annexée | Le titre de la pièce annexée qui en donne le texte. | "Convention du dispositif intégré"
            piece: Texte,
        }
    }
}

objet! {
    /// Projet de transformation | Un projet qui modifiera une autorisation ; le contrat n'autorise rien par lui-même.
    ProjetTransformation {
        requis {
            /// Nature | Ce que le projet transforme. | "transformation de 6 places d'internat en 10 places de SESSAD"
            nature: Texte,
        }
        facultatif {
            /// Établissements | Les établissements concernés. | ["ime-les-oliviers"]
            etablissements: Vec<Id>,
            /// Échéance | Le moment prévu. | "2028-T3"
            echeance: Echeance,
            /// Exonéré d'appel à projet | Le projet est exonéré de la procédure d'appel à projet. | true
            exonere_appel_a_projet: bool,
            /// Moyens | Redéploiement ou crédits complémentaires. | "redéploiement, à coût constant"
            moyens: Texte,
            /// Accord des autorités | L'avis de chaque autorité sur le projet.
            accord_autorites: Vec<AccordAutorite>,
        }
    }
}

objet! {
    /// Accord d'une autorité | L'avis d'une autorité sur un projet.
    AccordAutorite {
        requis {
            /// Autorité | L'identifiant de l'autorité. | "ars-paca"
            autorite: Id,
            /// Accord | true si l'autorité est d'accord. | true
            accord: bool,
        }
        facultatif {}
    }
}

objet! {
    /// Plancher d'ouverture | Le nombre minimal de jours d'ouverture d'une année.
    PlancherOuverture {
        requis {
            /// Année | L'année. | 2027
            annee: Annee,
            /// Jours | Le nombre minimal de jours d'ouverture. | 206
            jours: Entier,
        }
        facultatif {}
    }
}
