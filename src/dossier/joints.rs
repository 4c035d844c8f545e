//! What travels inside a printed PDF: the contract's data, how it was printed, its files, the report on a draft.
//!
//! With them a dossier can be read, checked and printed again without anything else. Nothing of the machine
//! goes along: files bear their name, not their folder.

use crate::document::{Joint, Relation};
use crate::modele::Modele;
use crate::rendu::pdf::Balises;
use crate::schema::generation;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Names of what is always attached; the files of the contract follow, by their own names.
pub const CONTRAT: &str = "contrat.json";
pub const PROVENANCE: &str = "provenance.json";
pub const RAPPORT: &str = "rapport.json";

/// How a dossier was printed: what, with what, and what goes along.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    title = "Provenance d'un dossier",
    description = "Le fichier provenance.json joint à chaque dossier en PDF : de quoi il est fait, et avec quoi."
)]
pub struct Provenance {
    #[schemars(description = "Version de cpom qui a imprimé le dossier.")]
    pub cpom: String,
    #[schemars(description = "Référence du contrat.")]
    pub reference: String,
    #[schemars(description = "« projet » ou « definitif ».")]
    pub etat: String,
    #[schemars(description = "Modèle régional appliqué.")]
    pub modele: Identite,
    #[schemars(description = "Date de signature donnée à l'impression, à la place de celle du contrat.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[schemars(description = "Gestionnaire du dossier, quand le contrat en a plusieurs et que chacun a le sien.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gestionnaire: Option<String>,
    #[schemars(
        description = "Document tiré du contrat, quand ce n'est pas le contrat : « equipes », « etablissement ID »."
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extrait: Option<String>,
    #[schemars(description = "Partie du dossier que porte ce fichier, quand il est découpé.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub morceau: Option<String>,
    #[schemars(description = "true quand chaque page porte les paraphes.")]
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paraphes: bool,
    #[schemars(description = "Service de signature dont le dossier porte les balises.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balises: Option<String>,
    #[schemars(
        description = "true quand contrat.json est le fichier donné, tel quel ; false quand il en réunit plusieurs ou n'en garde qu'une part."
    )]
    pub original: bool,
    #[schemars(description = "Ce qui est joint : les données, le rapport, les fichiers du contrat.")]
    pub fichiers: Vec<FichierJoint>,
    #[schemars(description = "Établissements et parties d'un autre dossier que celui-ci nomme.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hors_contrat: Option<Value>,
}

/// A model, its version and its checksum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    description = "Un modèle régional, sa version et l'empreinte SHA-256 de ses fichiers.",
    rename = "ModeleImprime"
)]
pub struct Identite {
    pub id: String,
    pub version: String,
    pub empreinte: String,
}

impl Identite {
    pub fn de(modele: &Modele) -> Self {
        Identite {
            id: modele.manifeste.id.to_string(),
            version: modele.manifeste.version.to_string(),
            empreinte: modele.empreinte.clone(),
        }
    }
}

/// A file attached to a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "Un fichier joint au dossier.")]
pub struct FichierJoint {
    #[schemars(description = "Nom dans le PDF.")]
    pub nom: String,
    #[schemars(
        description = "Chemin donné par le contrat, relatif à son dossier ; pour les données, le nom du fichier lu."
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chemin: Option<String>,
    #[schemars(description = "Pointeur JSON du chemin dans contrat.json.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointeur: Option<String>,
    #[schemars(description = "Empreinte SHA-256.")]
    pub sha256: String,
}

/// The schema of a provenance, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Provenance>())
}

/// SHA-256, in hexadecimal.
pub fn empreinte(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().map(|o| format!("{o:02x}")).collect()
}

/// The file that says how a document was printed.
pub fn joint_de_provenance(provenance: &Provenance) -> Joint {
    let mut octets = serde_json::to_vec_pretty(provenance).unwrap_or_default();
    octets.push(b'\n');
    Joint {
        nom: PROVENANCE.into(),
        octets: octets.into(),
        mime: "application/json",
        relation: Relation::Data,
        description: "Provenance : contrat, modèle et version de l'outil".into(),
    }
}

/// The word of the command line for a service.
pub fn nom_des_balises(balises: Balises) -> &'static str {
    match balises {
        Balises::Docuseal => "docuseal",
        Balises::Documenso => "documenso",
    }
}

/// The last part of a path, whatever the system it comes from.
pub fn nom_seul(chemin: &str) -> String {
    chemin.rsplit(['/', '\\']).next().unwrap_or_default().to_string()
}
