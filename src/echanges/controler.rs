//! `cpom controler`: what a dossier is, whether its data print it again, and whether what was signed is what was
//! printed.

use super::{DossierPdf, Erreur, Integrite, JointChange, SignatureLue};
use crate::document::Etat;
use crate::dossier::joints::{CONTRAT, FichierJoint, Identite, Provenance};
use crate::dossier::{self, Choix, Format};
use crate::lecture::Fichier;
use crate::redaction::Usage;
use crate::rendu::{
    self,
    pdf::{Balises, Options},
};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What is to be said of a dossier.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(
    title = "Contrôle d'un dossier",
    description = "La réponse de « cpom controler --format json » : ce qu'est un dossier, et ce qu'il est devenu."
)]
pub struct Controle {
    #[schemars(description = "Le fichier, tel que donné.")]
    pub fichier: String,
    #[schemars(description = "Référence du contrat.")]
    pub reference: String,
    #[schemars(description = "« projet » ou « definitif ».")]
    pub etat: String,
    #[schemars(description = "Version de cpom qui a imprimé le dossier.")]
    pub cpom: String,
    #[schemars(description = "Modèle régional appliqué.")]
    pub modele: Identite,
    #[schemars(description = "Gestionnaire du dossier, quand chacun a le sien.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gestionnaire: Option<String>,
    #[schemars(description = "Les fichiers joints qui ne sont pas ceux que le dossier annonce.")]
    pub joints_changes: Vec<JointChange>,
    #[schemars(description = "Nombre de fichiers joints.")]
    pub joints: usize,
    #[schemars(description = "Ce que donne l'impression des données jointes.")]
    pub reimpression: Reimpression,
    #[schemars(description = "Les champs de signature, dans l'ordre du fichier.")]
    pub signatures: Vec<SignatureLue>,
    #[schemars(
        description = "Octets qui suivent ce que couvre la dernière signature, ou ce que cpom a imprimé si rien n'est signé."
    )]
    pub apres: usize,
    #[schemars(description = "true si rien de ce qui précède ne va mal.")]
    pub conforme: bool,
}

/// The schema of this answer, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Controle>())
}

/// Whether the data inside a dossier print it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "resultat", rename_all = "snake_case")]
#[schemars(description = "L'impression des données jointes, comparée au fichier.")]
pub enum Reimpression {
    #[schemars(description = "Les mêmes octets ; ceux qui suivent ont été ajoutés depuis, par les signatures.")]
    Identique { octets: usize },
    #[schemars(description = "D'autres octets, à partir de celui-ci.")]
    Differente { premier_octet: usize },
    #[schemars(
        description = "Une autre version du programme ou du modèle a imprimé le dossier, ou plus rien ne s'imprime."
    )]
    Impossible { motif: String },
}

/// Reads a dossier again and prints it again; `modeles` is a folder of models beside those of the program.
pub fn controler(dossier: &DossierPdf, modeles: Option<&Path>) -> Result<Controle, Erreur> {
    let Provenance { cpom, reference, etat, modele, gestionnaire, .. } = dossier.provenance.clone();
    dossier.contrat()?;
    let joints_changes = dossier.joints_changes();
    let reimpression = match reimprimer(dossier, modeles) {
        Err(motif) => Reimpression::Impossible { motif },
        Ok(octets) => comparer(&octets, &dossier.octets),
    };
    let imprime = match reimpression {
        Reimpression::Identique { octets } => octets,
        _ => 0,
    };
    let couvre = dossier.signatures.iter().map(|s| s.couvre).max().unwrap_or_default();
    let apres = match couvre.max(imprime) {
        0 => 0,
        fin => dossier.octets.len() - fin,
    };
    let intactes = dossier.signatures.iter().all(|s| matches!(s.integrite, Integrite::Intacte | Integrite::NonSigne));
    let conforme =
        joints_changes.is_empty() && intactes && apres == 0 && matches!(reimpression, Reimpression::Identique { .. });
    Ok(Controle {
        fichier: dossier.nom.clone(),
        reference,
        etat,
        cpom,
        modele,
        gestionnaire,
        joints: dossier.joints.len(),
        joints_changes,
        reimpression,
        signatures: dossier.signatures.clone(),
        apres,
        conforme,
    })
}

fn comparer(imprime: &[u8], fichier: &[u8]) -> Reimpression {
    match imprime.iter().zip(fichier).position(|(a, b)| a != b) {
        Some(premier_octet) => Reimpression::Differente { premier_octet },
        None if fichier.len() < imprime.len() => Reimpression::Differente { premier_octet: fichier.len() },
        None => Reimpression::Identique { octets: imprime.len() },
    }
}

/// The dossier as this program prints it from the data inside; otherwise why it cannot.
fn reimprimer(dossier: &DossierPdf, modeles: Option<&Path>) -> Result<Vec<u8>, String> {
    let provenance = &dossier.provenance;
    let version = env!("CARGO_PKG_VERSION");
    if provenance.cpom != version {
        return Err(format!("le dossier vient de cpom {}, et ce programme est cpom {version}", provenance.cpom));
    }
    let choix = choix(provenance, modeles)?;
    let dire = |erreur: dossier::Erreur| erreur.to_string().lines().next().unwrap_or_default().to_string();
    let modele =
        dossier::catalogue(modeles).and_then(|c| c.modele(&provenance.modele.id)).map_err(|e| dire(e.into()))?;
    if Identite::de(&modele) != provenance.modele {
        return Err(format!(
            "le dossier suit le modèle {} {}, d'empreinte {} ; celui d'ici a l'empreinte {} (« --modeles » en donne un autre)",
            provenance.modele.id,
            provenance.modele.version,
            court(&provenance.modele.empreinte),
            court(&modele.empreinte)
        ));
    }
    let nom = provenance.fichiers.iter().find(|f| f.nom == CONTRAT).and_then(|f| f.chemin.clone());
    let octets = dossier.contrat().map_err(|e| e.to_string())?.to_vec();
    let contrat = Fichier { nom: nom.unwrap_or_else(|| CONTRAT.into()), octets };
    let joint = |f: &FichierJoint| Some((f.pointeur.clone()?, dossier.joints.get(&f.nom)?.clone()));
    let fichiers: BTreeMap<_, _> = provenance.fichiers.iter().filter_map(joint).collect();
    let ouverture =
        dossier::rouvrir(contrat, provenance.clone(), fichiers, dossier.rapport().cloned()).map_err(dire)?;
    let verification = dossier::verifier(&ouverture, &choix).map_err(dire)?;
    let exemplaires = dossier::rediger(&ouverture, &choix, &verification).map_err(dire)?;
    let exemplaire = exemplaires.first().ok_or("les données jointes ne s'impriment plus")?;
    let imprimes = dossier::fichiers(exemplaire, Format::Pdf, provenance.morceau.is_some()).map_err(dire)?;
    // The body of a cut dossier comes first, as the whole of another.
    imprimes
        .into_iter()
        .next()
        .map(|(_, octets)| octets)
        .ok_or_else(|| "les données jointes ne s'impriment plus".into())
}

fn choix(provenance: &Provenance, modeles: Option<&Path>) -> Result<Choix, String> {
    let etat = match provenance.etat.as_str() {
        "projet" => Etat::Projet,
        "definitif" => Etat::Definitif,
        autre => return Err(format!("son état, « {autre} », n'est pas connu")),
    };
    let balises = match provenance.balises.as_deref() {
        None => None,
        Some("docuseal") => Some(Balises::Docuseal),
        Some("documenso") => Some(Balises::Documenso),
        Some(autre) => return Err(format!("le service de signature « {autre} » n'est pas connu")),
    };
    Ok(Choix {
        etat: Some(etat),
        modele: Some(provenance.modele.id.clone()),
        dossier_modeles: modeles.map(Path::to_path_buf),
        charges: None,
        gestionnaire: None,
        date: provenance.date.clone(),
        strict: false,
        pour: Usage::Contrat,
        options: rendu::Options {
            pdf: Options { paraphes: provenance.paraphes, balises },
            ..rendu::Options::default()
        },
    })
}

fn court(empreinte: &str) -> String {
    empreinte.chars().take(12).collect()
}
