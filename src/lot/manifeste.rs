//! The manifest: what was read, what was written with its checksum, what was found, how long it took; in JSON for
//! programs and the next run, in CSV for a spreadsheet.

use crate::compte_rendu;
use crate::dossier::{self, ErreurEcriture, Fichier};
use crate::formats::tableur;
use crate::schema::generation;
use csv::QuoteStyle;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

pub(super) const MANIFESTE: &str = "manifeste.json";
const TABLEAU: &str = "manifeste.csv";

/// The manifest of a run.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(
    title = "Manifeste d'un lot",
    description = "Le fichier « manifeste.json » que « cpom lot » écrit dans le dossier de sortie."
)]
pub struct Manifeste {
    #[schemars(description = "Version de cpom.")]
    pub cpom: String,
    #[schemars(description = "Les contrats, dans l'ordre où ils ont été donnés.")]
    pub contrats: Vec<Ligne>,
}

/// A contract of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(description = "Un contrat du lot.")]
pub struct Ligne {
    #[schemars(description = "Fichiers lus.")]
    pub entrees: Vec<String>,
    #[schemars(description = "Référence du contrat ; vide si elle n'a pas pu être lue.")]
    pub reference: String,
    pub issue: IssueDuContrat,
    #[schemars(description = "Fichiers écrits.")]
    pub sorties: Vec<Sortie>,
    #[schemars(
        description = "SHA-256 de tout ce dont dépendent les fichiers écrits : données, pièces, modèle, options, version. Vide si rien n'a été imprimé."
    )]
    pub empreinte: String,
    #[schemars(description = "Nombre de remarques bloquantes.")]
    pub bloquantes: usize,
    pub alertes: usize,
    pub informations: usize,
    #[schemars(description = "Nombre de valeurs à compléter ; null quand le dossier ne peut pas être écrit.")]
    #[serde(default)]
    pub lacunes: Option<usize>,
    #[schemars(description = "Les remarques sur le contrat.", with = "Vec<compte_rendu::Ligne>")]
    pub remarques: Vec<Value>,
    #[schemars(description = "Ce qui a empêché l'impression, en dehors des remarques.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erreur: Option<String>,
    #[schemars(description = "Durée, en millisecondes.")]
    pub duree_ms: u64,
}

/// How it ended for a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Ce qu'il est advenu du contrat.")]
pub enum IssueDuContrat {
    #[schemars(description = "Ses fichiers sont écrits.")]
    Imprime,
    #[schemars(description = "Ses remarques le refusent ; rien n'a été écrit.")]
    Refuse,
    #[schemars(description = "Il n'a pas pu être lu, ou imprimé, ou écrit.")]
    Erreur,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(description = "Un fichier écrit.")]
pub struct Sortie {
    #[schemars(description = "Son nom dans le dossier de sortie.")]
    pub fichier: String,
    pub sha256: String,
    #[schemars(description = "Sa taille, en octets.")]
    pub octets: u64,
}

/// The schema of the manifest, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Manifeste>())
}

impl Manifeste {
    pub(super) fn de(contrats: Vec<Ligne>) -> Self {
        Manifeste { cpom: env!("CARGO_PKG_VERSION").to_owned(), contrats }
    }

    pub fn compter(&self, issue: IssueDuContrat) -> usize {
        self.contrats.iter().filter(|ligne| ligne.issue == issue).count()
    }

    pub(super) fn ecrire(&self, dossier: &Path) -> Result<(), ErreurEcriture> {
        let json = generation::en_texte(&serde_json::to_value(self).unwrap_or_default());
        let fichiers: [Fichier; 2] = [(TABLEAU.to_owned(), self.tableau()), (MANIFESTE.to_owned(), json.into_bytes())];
        dossier::ecrire_ensemble(dossier, &fichiers, dossier::EN_COURS).map(drop)
    }

    /// Semicolons and a byte order mark: what a French spreadsheet opens as columns.
    fn tableau(&self) -> Vec<u8> {
        let vers = |octets: Vec<u8>, guillemets| {
            csv::WriterBuilder::new().delimiter(b';').quote_style(guillemets).from_writer(octets)
        };
        let mut sortie = vers("\u{FEFF}".as_bytes().to_vec(), QuoteStyle::Necessary);
        let titres = [
            "entrees",
            "reference",
            "issue",
            "sorties",
            "sha256",
            "bloquantes",
            "alertes",
            "informations",
            "erreur",
            "duree_ms",
        ];
        // Writing to memory does not fail.
        let _ = sortie.write_record(titres);
        // Quoted whatever they hold: a spreadsheet told of another separator cuts no cell in two.
        let mut sortie = vers(sortie.into_inner().unwrap_or_default(), QuoteStyle::NonNumeric);
        for ligne in &self.contrats {
            let joindre = |textes: Vec<&str>| textes.join(" | ");
            let issue = match ligne.issue {
                IssueDuContrat::Imprime => "imprime",
                IssueDuContrat::Refuse => "refuse",
                IssueDuContrat::Erreur => "erreur",
            };
            let cellules = [
                joindre(ligne.entrees.iter().map(String::as_str).collect()),
                ligne.reference.clone(),
                issue.to_owned(),
                joindre(ligne.sorties.iter().map(|s| s.fichier.as_str()).collect()),
                joindre(ligne.sorties.iter().map(|s| s.sha256.as_str()).collect()),
                ligne.bloquantes.to_string(),
                ligne.alertes.to_string(),
                ligne.informations.to_string(),
                ligne.erreur.clone().unwrap_or_default(),
                ligne.duree_ms.to_string(),
            ];
            let _ = sortie.write_record(cellules.iter().map(|cellule| tableur::cellule(cellule).into_owned()));
        }
        sortie.into_inner().unwrap_or_default()
    }
}
