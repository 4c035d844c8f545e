//! Kinds of change, and what is said of the great parts of a document.

use super::formulaire::nom;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a revision adds, as signing does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "genre", rename_all = "snake_case")]
#[schemars(description = "Ce qu'une révision ajoute, comme toute signature peut le faire.")]
pub enum Ajout {
    #[schemars(description = "Une signature dans un champ.")]
    Signature { champ: String },
    #[schemars(description = "L'horodatage du document.")]
    Horodatage { champ: String },
    #[schemars(description = "Un champ de signature de plus.")]
    Champ { champ: String },
    #[schemars(description = "Des preuves de validation (DSS).")]
    Preuves,
    #[schemars(description = "La description du document.")]
    Metadonnees,
    #[schemars(description = "Les informations du fichier.")]
    Informations,
}

impl Ajout {
    /// As a person says it.
    pub fn en_mots(&self) -> String {
        match self {
            Ajout::Signature { champ } => format!("signature dans « {champ} »"),
            Ajout::Horodatage { champ } => format!("horodatage du document dans « {champ} »"),
            Ajout::Champ { champ } => format!("champ de signature « {champ} »"),
            Ajout::Preuves => "preuves de validation".into(),
            Ajout::Metadonnees => "description du document".into(),
            Ajout::Informations => "informations du fichier".into(),
        }
    }
}

/// A change that signing does not make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(description = "Un changement que signer ne fait pas.")]
pub struct Modification {
    #[schemars(description = "Sa sorte.")]
    pub genre: Genre,
    #[schemars(description = "La page, quand il en a une.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    #[schemars(description = "Ce qui a changé, en mots.")]
    pub quoi: String,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "La sorte d'un changement.")]
pub enum Genre {
    #[schemars(description = "Des pages ajoutées, retirées, déplacées ou recadrées.")]
    Pages,
    #[schemars(description = "Ce que montre une page.")]
    Contenu,
    #[schemars(description = "Une annotation.")]
    Annotation,
    #[schemars(description = "Un champ.")]
    Champ,
    #[schemars(description = "Ce que montre un champ.")]
    Apparence,
    #[schemars(description = "Une signature retirée, remplacée ou interdite, ou ses preuves.")]
    Signature,
    #[schemars(description = "Le formulaire qui réunit les champs.")]
    Formulaire,
    #[schemars(description = "Un fichier joint.")]
    FichierJoint,
    #[schemars(description = "Un programme dans le document.")]
    Script,
    #[schemars(description = "Une action automatique.")]
    Action,
    #[schemars(description = "Des calques, qui montrent ou cachent.")]
    Calques,
    #[schemars(description = "Les signets et les renvois.")]
    Renvois,
    #[schemars(description = "Ce que lit un lecteur d'écran, ou la forme générale du document.")]
    Structure,
    #[schemars(description = "La description du document.")]
    Metadonnees,
    #[schemars(description = "Une partie du fichier que cpom ne sait pas lire.")]
    NonReconnu,
    #[schemars(description = "Autre chose.")]
    Autre,
}

impl Genre {
    /// What a key of the catalogue holds.
    pub(super) fn de_la_cle(cle: &[u8]) -> (Genre, String) {
        let (genre, quoi) = match cle {
            b"Pages" => (Genre::Pages, "l'ensemble des pages a été remplacé"),
            b"AF" => (Genre::FichierJoint, "la liste des fichiers joints a changé"),
            b"Names" => (Genre::Structure, "la table des noms du document a changé"),
            b"AcroForm" => (Genre::Formulaire, "le formulaire des signatures a changé"),
            b"DSS" => (Genre::Signature, "une preuve de validation a été remplacée"),
            b"Perms" => (Genre::Signature, "les droits posés par une certification ont changé"),
            b"Metadata" => (Genre::Metadonnees, "la description du document a changé"),
            b"OpenAction" => (Genre::Action, "une action se déclenche à l'ouverture"),
            b"AA" => (Genre::Action, "des actions automatiques ont été ajoutées"),
            b"OCProperties" => (Genre::Calques, "des calques montrent ou cachent une partie du document"),
            b"StructTreeRoot" | b"MarkInfo" => (Genre::Structure, "ce que lit un lecteur d'écran a changé"),
            b"Lang" => (Genre::Structure, "la langue du document a changé"),
            b"Outlines" | b"Dests" | b"Threads" => (Genre::Renvois, "les signets ou les renvois ont changé"),
            b"PageLabels" => (Genre::Pages, "la numérotation des pages a changé"),
            b"Collection" => (Genre::FichierJoint, "le document est devenu un porte-documents"),
            b"OutputIntents" => (Genre::Contenu, "les couleurs du document ont changé"),
            b"ViewerPreferences" | b"PageMode" | b"PageLayout" => {
                (Genre::Structure, "la manière de montrer le document a changé")
            }
            cle => return (Genre::Structure, format!("la description générale du document a changé ({})", nom(cle))),
        };
        (genre, quoi.to_string())
    }

    /// What a key of the table of names holds.
    pub(super) fn du_nom(cle: &[u8]) -> (Genre, String) {
        let (genre, quoi) = match cle {
            b"EmbeddedFiles" => (Genre::FichierJoint, "la liste des fichiers joints a changé"),
            b"JavaScript" => (Genre::Script, "un programme (JavaScript) a été ajouté"),
            b"Dests" => (Genre::Renvois, "les renvois du document ont changé"),
            b"AP" | b"Pages" | b"Templates" => (Genre::Pages, "des modèles de pages ont été ajoutés"),
            cle => return (Genre::Structure, format!("la table des noms du document a changé ({})", nom(cle))),
        };
        (genre, quoi.to_string())
    }
}
