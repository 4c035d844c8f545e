//! The means: reference budgets, yearly grants, financial rules, head-office fees.

use super::activite::UniteActivite;
use super::champ::{choix, objet};
use super::identifiants::{Annee, Montant, Pourcentage};
use super::perimetre::Modalite;
use super::resultats::{AffectationResultats, Section, Virements};
use super::siege::{FraisSiege, Part, PartGestionnaire, QuotePart};
use super::textes::{Entier, GroupeFonctionnel, Id, Prose, Quantite, Texte};
use super::trajectoire::{AnneePgfp, Reallocation, Rebasage, RecettesCreton};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

objet! {
    /// Moyens | Les budgets de référence, les dotations et les règles financières.
    Moyens {
        requis {}
        facultatif {
            /// Année de référence | L'année des budgets de référence. | 2025
            annee_reference: Annee,
            /// Budgets | Un budget par établissement, financeur, section et année.
            budgets: Vec<Budget>,
            /// Totaux déclarés | Les totaux annoncés, comparés aux totaux calculés.
            totaux_declares: Vec<TotalDeclare>,
            /// Bénéficiaire de la dotation globalisée | L'établissement ou l'entité qui reçoit la dotation globalisée commune. | "ime-les-oliviers"
            beneficiaire_dgc: Id,
            /// Dotations | Les dotations par autorité et par année.
            dotations: Vec<Dotation>,
            /// Évolution | La règle d'évolution par autorité et par année.
            evolution: Vec<Evolution>,
            /// Crédits non reconductibles | Les crédits non reconductibles accordés.
            cnr: Vec<Cnr>,
            /// Crédits du fonds d'intervention régional | Les crédits accordés au titre du FIR.
            fir: Vec<Cnr>,
            /// Versements | La manière dont chaque autorité verse sa dotation.
            versements: Vec<Versement>,
            /// Redéploiements | Les moyens déplacés d'un établissement à un autre.
            redeploiements: Vec<Redeploiement>,
            /// Investissements | Le plan pluriannuel d'investissement.
            investissements: Vec<Investissement>,
            /// Plan global de financement | Le plan global de financement pluriannuel (PGFP) abrégé, une ligne par année.
            pgfp: Vec<AnneePgfp>,
            /// Recettes Creton | Les recettes liées aux jeunes adultes maintenus, et leur emploi.
            recettes_creton: Vec<RecettesCreton>,
            /// Rebasage | La remise à niveau de la base budgétaire, ou son absence.
            rebasage: Rebasage,
            /// Réallocation | La part de la dotation que l'autorité peut réallouer.
            reallocation: Reallocation,
            /// Retour à l'équilibre | La trajectoire des établissements en déficit.
            retour_equilibre: Vec<RetourEquilibre>,
            /// Affectation des résultats | L'ordre des affectations et leurs limites.
            affectation_resultats: AffectationResultats,
            /// Virements | Entre quels établissements les crédits peuvent être virés.
            virements: Virements,
            /// Mesures selon les résultats | Les mesures que l'autorité peut prendre si les objectifs ne sont pas atteints.
            mesures_selon_resultats: MesuresSelonResultats,
            /// Habilitations à l'aide sociale | L'habilitation de chaque département et ses conditions.
            habilitation_aide_sociale: Vec<HabilitationAideSociale>,
            /// Frais de siège | L'autorisation, le montant et la répartition.
            frais_siege: FraisSiege,
            /// Quote-part | La quote-part des charges communes d'un gestionnaire public.
            quote_part: QuotePart,
            /// Modulation | La modulation des tarifs selon l'activité.
            modulation: Modulation,
            /// Budgets commerciaux des ESAT | Le budget de production et de commercialisation de chaque ESAT.
            esat_production: Vec<BudgetProduction>,
            /// Règles propres à un gestionnaire | Ce qui vaut pour un gestionnaire à la place des règles communes du contrat.
            par_gestionnaire: Vec<MoyensGestionnaire>,
        }
    }
}

objet! {
    /// Règles propres à un gestionnaire | Ce qui vaut pour un gestionnaire à la place des règles communes du contrat.
    MoyensGestionnaire {
        requis {
            /// Gestionnaire | L'identifiant du gestionnaire. | "papillons-blancs-creusot"
            gestionnaire: Id,
        }
        facultatif {
            /// Rebasage | La remise à niveau de sa base budgétaire, ou son absence.
            rebasage: Rebasage,
            /// Affectation des résultats | L'ordre de ses affectations et leurs limites.
            affectation_resultats: AffectationResultats,
            /// Frais de siège | L'autorisation, le montant et la répartition de son siège.
            frais_siege: FraisSiege,
            /// Quote-part | La quote-part de ses charges communes.
            quote_part: QuotePart,
        }
    }
}

objet! {
    /// Groupes fonctionnels | Les montants des trois groupes, en euros.
    Groupes {
        requis {}
        facultatif {
            /// Groupe I | Dépenses : exploitation courante ; recettes : produits de la tarification. | 120000
            groupe_1: Montant,
            /// Groupe II | Dépenses : personnel ; recettes : autres produits d'exploitation. | 900000
            groupe_2: Montant,
            /// Groupe III | Dépenses : structure ; recettes : produits financiers et non encaissables. | 180000
            groupe_3: Montant,
        }
    }
}

objet! {
    /// Budget de référence | Les crédits reconductibles d'un établissement au 1er janvier.
    Budget {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "ime-les-oliviers"
            etablissement: Id,
        }
        facultatif {
            /// Année | L'année du budget ; à défaut, l'année de référence. | 2025
            annee: Annee,
            /// Financeur | L'identifiant de l'autorité qui finance. | "ars-paca" | toujours
            financeur: Id,
            /// Section | Pour un EHPAD seulement : la section tarifaire. | "soins"
            section: Section,
            /// Dépenses | Les dépenses (classe 6), par groupe.
            depenses: Groupes,
            /// Recettes | Les recettes (classe 7), par groupe.
            recettes: Groupes,
            /// Total déclaré | Facultatif : le total des dépenses que vous annoncez ; une remarque dit s'il n'est pas la somme (euros). | 1200000
            total_declare: Montant,
        }
    }
}

objet! {
    /// Total déclaré | Un total annoncé, comparé au total calculé.
    TotalDeclare {
        requis {
            /// Montant | Le total annoncé, en euros. | 5400000
            montant: Montant,
        }
        facultatif {
            /// Année | L'année du total. | 2025
            annee: Annee,
            /// Financeur | L'autorité concernée ; à défaut, toutes. | "ars-paca"
            financeur: Id,
            /// Groupe | Le groupe de dépenses concerné (1, 2 ou 3) ; à défaut, tous. | 2
            groupe: GroupeFonctionnel,
            /// Gestionnaire | Le gestionnaire concerné ; à défaut, tous. | "papillons-blancs-creusot"
            gestionnaire: Id,
        }
    }
}

objet! {
    /// Dotation | La dotation d'une autorité pour une année.
    Dotation {
        requis {
            /// Autorité | L'identifiant de l'autorité. | "ars-paca"
            autorite: Id,
            /// Année | L'année de la dotation. | 2026
            annee: Annee,
        }
        facultatif {
            /// Montant | Le montant annuel, en euros. | 4200000 | toujours
            montant: Montant,
            /// Répartition | La répartition prévisionnelle entre les établissements.
            repartition: Vec<Part>,
            /// Gestionnaire | Le gestionnaire qui la reçoit, si elle n'est pas commune à tous. | "papillons-blancs-creusot"
            gestionnaire: Id,
            /// Fractions déclarées | Les douze fractions annoncées, comparées aux douzièmes calculés (euros). | [350000]
            fractions_declarees: Vec<Montant>,
        }
    }
}

/// A rate, or the words « non fixe » or « indice ».
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(
    title = "Taux d'évolution",
    description = "Un taux en pour cent, « indice » quand l'évolution suit un indice, ou « non fixe » quand elle n'est pas arrêtée.",
    example = 0.8
)]
pub enum Taux {
    Fixe(Pourcentage),
    NonFixe(NonFixe),
}

choix! {
    /// Taux non fixé
    NonFixe {
        /// Non fixé
        #[serde(rename = "non fixe")]
        NonFixe,
        /// Indice
        Indice,
    }
}

choix! {
    /// Mode de fixation des tarifs
    ModeTarif {
        /// Taux d'évolution des dotations limitatives ou objectif départemental
        TauxOuObjectif,
        /// Formule fixe d'actualisation
        Formule,
        /// Avenants annuels
        AvenantsAnnuels,
        /// Équation tarifaire ou tarif plafond
        EquationOuPlafond,
    }
}

objet! {
    /// Évolution | Le taux d'évolution d'une autorité pour une année.
    Evolution {
        requis {
            /// Autorité | L'identifiant de l'autorité. | "ars-paca"
            autorite: Id,
            /// Année | L'année concernée. | 2027
            annee: Annee,
            /// Taux | Le taux en pour cent, « indice » ou « non fixe ». | 0.8
            taux: Taux,
        }
        facultatif {
            /// Mode de fixation | La manière dont le contrat fixe les tarifs de cette année. | "taux_ou_objectif"
            mode: ModeTarif,
            /// Indice | L'indice que l'évolution suit. | "taux de progression de l'objectif national de dépenses médico-sociales"
            indice: Texte,
            /// Réserve | La réserve sous laquelle l'autorité s'engage. | "sous réserve des crédits notifiés à l'agence"
            reserve: Texte,
            /// Gestionnaire | Le gestionnaire concerné ; à défaut, tous. | "papillons-blancs-creusot"
            gestionnaire: Id,
            /// Règle | La règle en toutes lettres. | "taux d'actualisation des dotations régionales limitatives"
            regle: Texte,
        }
    }
}

objet! {
    /// Crédits non reconductibles | Des crédits accordés pour une année, ou pour la durée du contrat.
    Cnr {
        requis {
            /// Montant | Le montant, en euros. | 25000
            montant: Montant,
        }
        facultatif {
            /// Année | L'année des crédits. | 2026
            annee: Annee,
            /// Sur la durée du contrat | Vrai si les crédits valent pour toute la durée du contrat, sans année. | true
            sur_la_duree: bool,
            /// Autorité | L'identifiant de l'autorité. | "ars-paca"
            autorite: Id,
            /// Établissement | L'établissement qui les reçoit. | "ime-les-oliviers"
            etablissement: Id,
            /// Établissements | Les établissements qui les reçoivent ensemble. | ["ime-les-oliviers", "sessad-les-oliviers"]
            etablissements: Vec<Id>,
            /// Gestionnaire | Le gestionnaire qui les reçoit. | "papillons-blancs-creusot"
            gestionnaire: Id,
            /// Siège | Vrai si les crédits vont au siège. | true
            siege: bool,
            /// Parts | La part de chaque gestionnaire, quand les crédits leur sont communs.
            parts: Vec<PartGestionnaire>,
            /// Objet | Ce que les crédits financent. | "formation aux écrits professionnels"
            objet: Texte,
        }
    }
}

choix! {
    /// Mode de versement
    ModeVersement {
        /// Dotation globalisée versée par douzièmes
        DotationGlobalisee,
        /// Prix de journée globalisé
        PrixJourneeGlobalise,
        /// Prix de journée
        PrixJournee,
        /// Forfait
        Forfait,
        /// Tarif horaire
        TarifHoraire,
        /// Autre mode
        Autre,
    }
}

objet! {
    /// Versement | La manière dont une autorité verse sa dotation.
    Versement {
        requis {
            /// Autorité | L'identifiant de l'autorité. | "cd-13"
            autorite: Id,
            /// Mode | Le mode de versement. | "prix_journee_globalise"
            mode: ModeVersement,
        }
        facultatif {
            /// Établissements | Les établissements concernés ; à défaut, tous ceux que l'autorité finance. | ["eam-les-lavandes"]
            etablissements: Vec<Id>,
            /// Modalités | Les précisions utiles. | "à terme échu, sur état mensuel"
            modalites: Texte,
        }
    }
}

objet! {
    /// Bout d'un redéploiement | D'où partent les moyens, ou où ils arrivent.
    BoutRedeploiement {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "ime-les-oliviers"
            etablissement: Id,
        }
        facultatif {
            /// Modalité | La modalité concernée. | "internat"
            modalite: Modalite,
            /// Groupe | Le groupe fonctionnel (1, 2 ou 3). | 2
            groupe: GroupeFonctionnel,
            /// Montant | Le montant, en euros. | 60000
            montant: Montant,
            /// ETP | Les équivalents temps plein déplacés. | 1.5
            etp: Quantite,
        }
    }
}

objet! {
    /// Redéploiement | Des moyens déplacés, à coût constant.
    Redeploiement {
        requis {
            /// Objet | Ce que permet le redéploiement. | "création de quatre places de SESSAD"
            objet: Texte,
        }
        facultatif {
            /// Année | L'année d'effet. | 2027
            annee: Annee,
            /// De | D'où partent les moyens.
            de: Vec<BoutRedeploiement>,
            /// Vers | Où ils arrivent.
            vers: Vec<BoutRedeploiement>,
        }
    }
}

objet! {
    /// Investissement | Une opération du plan pluriannuel d'investissement.
    Investissement {
        requis {
            /// Objet | L'opération. | "réhabilitation de l'internat"
            objet: Texte,
        }
        facultatif {
            /// Établissement | L'établissement concerné. | "ime-les-oliviers"
            etablissement: Id,
            /// Année | L'année de l'opération. | 2028
            annee: Annee,
            /// Montant | Le montant, en euros. | 480000
            montant: Montant,
            /// Financement | Le mode de financement. | "réserves et emprunt"
            financement: Texte,
            /// Accord | L'accord déjà donné à l'opération ou à son financement. | "emprunt autorisé le 3 mars 2026"
            accord: Texte,
            /// Gestionnaire | Le gestionnaire concerné, si l'opération n'est pas propre à un établissement. | "papillons-blancs-creusot"
            gestionnaire: Id,
        }
    }
}

objet! {
    /// Retour à l'équilibre | La trajectoire d'un établissement en déficit.
    RetourEquilibre {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "mas-la-garrigue"
            etablissement: Id,
        }
        facultatif {
            /// Trajectoire | Le résultat attendu chaque année.
            trajectoire: Vec<ResultatAttendu>,
            /// Mesures | Les mesures de redressement. | "Révision du plan de remplacement."
            mesures: Prose,
        }
    }
}

objet! {
    /// Résultat attendu | Le résultat attendu d'une année.
    ResultatAttendu {
        requis {
            /// Année | L'année. | 2027
            annee: Annee,
            /// Résultat | Le résultat attendu, négatif s'il est déficitaire (euros). | -20000
            resultat: Montant,
        }
        facultatif {}
    }
}

objet! {
    /// Mesures selon les résultats | Ce que l'autorité peut décider si les objectifs ne sont pas atteints ; la clause n'est imprimée qu'avec ces données.
    MesuresSelonResultats {
        requis {}
        facultatif {
            /// Fondement | Le texte qui fonde la mesure. | "l'article R. 314-43-2 du code de l'action sociale et des familles"
            fondement: Texte,
            /// Mesure | La mesure elle-même. | "une réduction de la dotation de l'année suivante"
            mesure: Texte,
            /// Indicateur | L'indicateur qui la déclenche. | "le taux d'occupation"
            indicateur: Texte,
            /// Plafond | La limite de la mesure. | "la moitié de l'écart entre l'objectif et le réalisé"
            plafond: Texte,
            /// Audition | La manière dont le gestionnaire est entendu. | "le gestionnaire présente ses observations écrites dans le délai d'un mois, puis il est reçu"
            audition: Texte,
        }
    }
}

objet! {
    /// Habilitation à l'aide sociale | L'habilitation départementale et ses conditions.
    HabilitationAideSociale {
        requis {}
        facultatif {
            /// Autorité | Le département qui habilite. | "cd-13"
            autorite: Id,
            /// Capacités habilitées | Les places habilitées par établissement.
            capacites: Vec<CapaciteHabilitee>,
            /// Conditions | Les conditions de l'habilitation. | "Les admissions sont prononcées dans la limite des places habilitées."
            conditions: Prose,
            /// Participation | La manière dont le département verse sa participation. | "Le département verse le prix de journée à terme échu."
            participation: Prose,
            /// Bénéficiaires | Les personnes que l'habilitation vise. | "Les adultes handicapés admis à l'aide sociale et orientés en foyer de vie."
            beneficiaires: Prose,
            /// Objectifs de l'habilitation | Ce que l'habilitation doit permettre. | "Répondre aux demandes d'accueil du département, dans la limite des places habilitées."
            objectifs: Prose,
            /// Critères d'évaluation | Les critères d'évaluation des actions conduites. | "Le taux d'occupation des places habilitées et le délai d'admission."
            criteres_evaluation: Prose,
            /// Coordination | La coordination avec les autres organismes. | "Le gestionnaire informe chaque mois le département des places libres."
            coordination: Prose,
            /// Avances | Les conditions des avances. | "Le département ne verse pas d'avance."
            avances: Prose,
            /// Durée et dénonciation | Les conditions de durée, de renouvellement et de dénonciation de la convention. | "La convention suit la durée du contrat ; chaque partie peut la dénoncer avec un préavis de six mois."
            renouvellement: Prose,
            /// Documents | Les documents et les statistiques transmis au département. | "L'état des présences, chaque trimestre."
            documents: Prose,
            /// Conciliation | Comment les désaccords sont réglés avant tout recours. | "Les parties se réunissent dans le mois qui suit la demande de l'une d'elles."
            conciliation: Prose,
            /// Règlement départemental | La référence au règlement départemental d'aide sociale. | "règlement départemental d'aide sociale adopté le 28 juin 2019"
            rdas: Texte,
        }
    }
}

objet! {
    /// Capacité habilitée | Les places habilitées d'un établissement.
    CapaciteHabilitee {
        requis {
            /// Établissement | L'identifiant de l'établissement. | "eam-les-lavandes"
            etablissement: Id,
            /// Capacité | Le nombre de places habilitées. | 20
            capacite: Entier,
        }
        facultatif {}
    }
}

objet! {
    /// Modulation | La modulation des tarifs selon l'activité ; la clause n'est imprimée qu'avec ces données.
    Modulation {
        requis {}
        facultatif {
            /// Établissements | Les établissements concernés. | ["ime-les-oliviers"]
            etablissements: Vec<Id>,
            /// Indicateurs | Ce que l'activité compte. Un contrat obligatoire ne la mesure pas par la seule occupation. | ["journees", "file_active"]
            indicateurs: Vec<UniteActivite>,
            /// Objectif | Le taux d'activité à atteindre (%). | 96
            objectif: Pourcentage,
            /// Part de l'écart | La part de l'écart retenue, au plus la moitié (%). | 50
            part_ecart: Pourcentage,
            /// Circonstances | Les circonstances qui écartent la modulation. | "travaux, épidémie ou fermeture administrative"
            circonstances: Texte,
        }
    }
}

objet! {
    /// Budget commercial d'un ESAT | Le budget de production et de commercialisation.
    BudgetProduction {
        requis {
            /// Établissement | L'identifiant de l'ESAT. | "esat-le-mistral"
            etablissement: Id,
        }
        facultatif {
            /// Année | L'année du budget. | 2025
            annee: Annee,
            /// Charges | Les charges, en euros. | 610000
            charges: Montant,
            /// Produits | Les produits, en euros. | 640000
            produits: Montant,
        }
    }
}
