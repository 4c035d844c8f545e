//! A correspondence: a data file that anyone can write, with its schema.

use crate::schema::generation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A correspondence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    title = "Correspondance d'un tableau",
    description = "Dit quels mots d'un tableau désignent quelles valeurs du contrat ; lue par « cpom importer tableau »."
)]
pub struct Correspondance {
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    #[schemars(description = "Le schéma, pour les éditeurs.")]
    pub schema: Option<String>,
    #[schemars(description = "Ce qu'est le tableau.", example = &"Restitution ImportERRD")]
    pub titre: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(description = "D'où viennent les intitulés, et ce qu'il faut savoir du tableau.")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        description = "Le nom des feuilles à lire, où « * » vaut n'importe quels mots ; à défaut, toutes. Les formes sont séparées par « | ».",
        example = &"CRP SOUMIS*|CRP NON SOUMIS*"
    )]
    pub feuilles: Option<String>,
    #[schemars(
        description = "Comment les valeurs se présentent : un tableau (une ligne par établissement) ou un formulaire (un établissement par feuille)."
    )]
    pub presentation: Presentation,
    #[schemars(description = "Le numéro FINESS de l'établissement (ou de l'entité juridique).")]
    pub finess: Reperage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(description = "L'année ; à défaut, celle que donne « --annee ».")]
    pub annee: Option<Reperage>,
    #[schemars(description = "Ce que chaque ligne (ou chaque feuille) apporte au contrat.", length(min = 1))]
    pub apports: Vec<Apport>,
}

/// How values are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Un tableau, ou un formulaire.")]
pub enum Presentation {
    Tableau,
    Formulaire,
}

/// The words by which a value is found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "Les mots par lesquels une valeur se trouve.")]
pub struct Reperage {
    #[schemars(
        description = "L'en-tête de la colonne (tableau) ou le libellé de la ligne (formulaire) ; majuscules, accents, espaces et « (en €) » ne comptent pas.",
        example = &"Dépenses Groupe I ERRD"
    )]
    pub mots: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        description = "Formulaire : le libellé après lequel chercher, quand le même libellé est dans plusieurs parties.",
        example = &"CHARGES"
    )]
    pub apres: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        description = "Formulaire : l'en-tête de la colonne où lire la valeur ; à défaut, la première cellule remplie dans la direction.",
        example = &"Réalisé"
    )]
    pub colonne: Option<String>,
    #[serde(default, skip_serializing_if = "est_a_droite")]
    #[schemars(description = "Formulaire : où se trouve la valeur, vue du libellé (à droite, à défaut).")]
    pub direction: Direction,
}

fn est_a_droite(direction: &Direction) -> bool {
    *direction == Direction::Droite
}

/// Where a value stands, seen from its label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "À droite du libellé, ou au-dessous.")]
pub enum Direction {
    #[default]
    Droite,
    Dessous,
}

/// What each row brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "Un élément d'une liste du contrat, ou des valeurs de l'établissement lui-même.")]
pub struct Apport {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        description = "La liste du contrat où l'élément se trouve ou s'ajoute ; à défaut, les valeurs sont celles de l'établissement.",
        example = &"/moyens/budgets"
    )]
    pub liste: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(description = "La clé de l'élément qui porte l'année (« annee » ou « exercice »).", example = &"annee")]
    pub annee: Option<String>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[schemars(
        description = "Des valeurs de l'élément qui ne sont pas dans le tableau ; elles aident à le reconnaître dans le contrat."
    )]
    pub fixes: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(description = "Seulement les lignes dont une colonne a l'un de ces mots.")]
    pub si: Option<Condition>,
    #[serde(default, skip_serializing_if = "est_faux")]
    #[schemars(
        description = "Plusieurs lignes du même établissement et de la même année sont autant d'éléments, reconnus par leurs mots."
    )]
    pub plusieurs: bool,
    #[schemars(description = "Les valeurs.", length(min = 1))]
    pub valeurs: Vec<Valeur>,
}

fn est_faux(valeur: &bool) -> bool {
    !valeur
}

/// Which rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "Les lignes dont une colonne a l'un de ces mots.")]
pub struct Condition {
    #[schemars(description = "L'en-tête de la colonne.")]
    pub mots: String,
    #[schemars(description = "Les mots admis.")]
    pub parmi: Vec<String>,
}

/// A value of the table, and where it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "Une valeur du tableau, et sa clé dans le contrat.")]
pub struct Valeur {
    #[schemars(description = "La clé dans l'élément ; « / » pour aller plus bas.", example = &"depenses/groupe_1")]
    pub champ: String,
    #[schemars(description = "Où la valeur se trouve ; plusieurs, leurs nombres sont additionnés.", length(min = 1))]
    pub lire: Vec<Reperage>,
    #[serde(default, skip_serializing_if = "Signe::est_tel_quel")]
    #[schemars(description = "Ce qu'il faut faire du signe.")]
    pub signe: Signe,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(
        description = "Un facteur : 100 pour une fraction qui devient un pourcentage, 1000 pour des milliers d'euros."
    )]
    pub facteur: Option<f64>,
}

/// What is made of a sign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Le signe : tel quel, opposé (des dépenses écrites en négatif) ou absolu.")]
pub enum Signe {
    #[default]
    TelQuel,
    Oppose,
    Absolu,
}

impl Signe {
    fn est_tel_quel(&self) -> bool {
        *self == Signe::TelQuel
    }

    pub(super) fn appliquer(self, nombre: f64) -> f64 {
        match self {
            Signe::TelQuel => nombre,
            Signe::Oppose => 0.0 - nombre,
            Signe::Absolu => nombre.abs(),
        }
    }
}

/// The schema of the file, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Correspondance>())
}
