//! `cpom controler`: what a dossier is, whether its data print it again, and whether what was signed is what was
//! printed.

mod reimpression;

pub use reimpression::Reimpression;

use super::dossier_pdf::{DossierPdf, JointChange};
use super::revisions::{self, Revision, SignatureLue};
use super::signature::Integrite;
use super::{Erreur, revisions::une_ligne};
use crate::dossier::joints::{Identite, Provenance};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::Serialize;
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
    #[schemars(description = "Ce qu'il faut en retenir.")]
    pub verdict: Verdict,
    #[schemars(description = "true si le verdict est « conforme ».")]
    pub conforme: bool,
    #[schemars(description = "Tout ce qui ne va pas, en mots ; vide si rien ne va mal.")]
    pub fautes: Vec<String>,
    #[schemars(description = "Ce qui n'a pas pu être vérifié ici, et avec quoi le vérifier.")]
    pub reserves: Vec<String>,
    #[schemars(description = "Ce qui est à savoir et n'est pas une faute.")]
    pub notes: Vec<String>,
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
    #[schemars(description = "Les champs de signature du fichier, dans son ordre.")]
    pub signatures: Vec<SignatureLue>,
    #[schemars(description = "Nombre de champs de signature imprimés.")]
    pub champs: usize,
    #[schemars(description = "Champs imprimés qui ont disparu.")]
    pub champs_disparus: Vec<String>,
    #[schemars(description = "Champs de signature ajoutés depuis l'impression.")]
    pub champs_ajoutes: Vec<String>,
    #[schemars(description = "Ce qui a été ajouté au fichier depuis l'impression, dans l'ordre.")]
    pub revisions: Vec<Revision>,
}

/// What is to be kept of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Ce qu'il faut retenir d'un contrôle.")]
pub enum Verdict {
    #[schemars(
        description = "Le dossier est celui que cpom a imprimé ; rien n'y a été ajouté que des signatures justes."
    )]
    Conforme,
    #[schemars(description = "Quelque chose a changé, ou une signature ne va pas.")]
    NonConforme,
    #[schemars(description = "Rien ne va mal, mais tout n'a pas pu être vérifié avec ce programme.")]
    NonVerifiable,
}

/// The schema of this answer, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Controle>())
}

/// Reads a dossier again and prints it again; `modeles` is a folder of models beside those of the program.
pub fn controler(dossier: &DossierPdf, modeles: Option<&Path>) -> Result<Controle, Erreur> {
    let Provenance { cpom, reference, etat, modele, gestionnaire, .. } = dossier.provenance.clone();
    dossier.contrat()?;
    let (reimpression, imprime) = reimpression::reimprimer(dossier, modeles);
    let champs = match (&reimpression, imprime) {
        (Reimpression::Differente { .. }, Some(imprime)) => champs_imprimes(imprime),
        _ => dossier.lu.champs.clone(),
    };
    let signatures = dossier.lu.signatures.clone();
    let lus = |nom: &String| signatures.iter().any(|signature| signature.champ == *nom);
    let champs_disparus: Vec<String> = champs.iter().filter(|nom| !lus(nom)).cloned().collect();
    let noms = signatures.iter().map(|signature| &signature.champ);
    let champs_ajoutes: Vec<String> = noms.filter(|nom| !champs.contains(nom)).cloned().collect();

    let mut fautes = de_la_reimpression(dossier, &reimpression);
    fautes.extend(dossier.fautes());
    if fautes.is_empty() && !champs_disparus.is_empty() {
        fautes.push(format!("Champs de signature disparus : {}", champs_disparus.join(", ")));
    }
    let reserves = reserves(dossier, &reimpression);
    let verdict = match (fautes.is_empty(), reserves.is_empty()) {
        (false, _) => Verdict::NonConforme,
        (true, false) => Verdict::NonVerifiable,
        (true, true) => Verdict::Conforme,
    };
    Ok(Controle {
        fichier: dossier.nom.clone(),
        verdict,
        conforme: verdict == Verdict::Conforme,
        fautes,
        reserves,
        notes: notes(dossier, &reimpression),
        reference,
        etat,
        cpom,
        modele,
        gestionnaire,
        joints: dossier.joints.len(),
        joints_changes: dossier.joints_changes().to_vec(),
        reimpression,
        signatures,
        champs: champs.len(),
        champs_disparus,
        champs_ajoutes,
        revisions: dossier.lu.revisions.clone(),
    })
}

/// The signature fields of what this program prints.
fn champs_imprimes(imprime: Vec<u8>) -> Vec<String> {
    revisions::ouvrir(&imprime).ok().map(|lu| lu.champs).unwrap_or_default()
}

fn de_la_reimpression(dossier: &DossierPdf, reimpression: &Reimpression) -> Vec<String> {
    match reimpression {
        Reimpression::Identique { octets } if dossier.lu.premiere == *octets => Vec::new(),
        Reimpression::Identique { octets } => {
            vec![format!("Ce qui a été ajouté au fichier après l'impression n'est pas reconnu (à partir de l'octet {octets})")]
        }
        // Whoever signs answers for the bytes that were saved again; of an unsigned file nobody does.
        Reimpression::Reenregistre if !est_signe(dossier) => vec![
            "Ce fichier n'est pas celui que cpom a imprimé : un autre programme l'a réenregistré ou touché, et personne ne l'a signé depuis ; le contenu est le même. À faire : faites signer le fichier imprimé par cpom"
                .to_string(),
        ],
        Reimpression::Reenregistre | Reimpression::Ailleurs { .. } => Vec::new(),
        Reimpression::Impossible { motif } => {
            vec![format!("Les données jointes ne s'impriment plus : {}", une_ligne(motif))]
        }
        Reimpression::Differente { premier_octet, ecarts } => {
            let mut fautes = vec![format!(
                "Ce fichier n'est pas celui que cpom a imprimé : il en diffère à partir de l'octet {premier_octet}"
            )];
            fautes.extend(ecarts.iter().map(|ecart| format!("Autrement qu'à l'impression, {}", ecart.quoi)));
            if let Some((0, motif)) = &dossier.lu.incompris {
                fautes.push(format!("Le fichier n'est pas construit comme cpom l'imprime : {motif}"));
            }
            fautes
        }
    }
}

/// Whether a signature stands on it, right or of a kind that is not reckoned here.
fn est_signe(dossier: &DossierPdf) -> bool {
    dossier.lu.signatures.iter().any(|s| matches!(s.integrite, Integrite::Intacte | Integrite::NonVerifiee))
}

/// What cannot be checked here.
fn reserves(dossier: &DossierPdf, reimpression: &Reimpression) -> Vec<String> {
    let mut reserves = Vec::new();
    if let Reimpression::Ailleurs { motif, remede } = reimpression {
        reserves.push(format!("L'impression ne se compare pas ici : {motif}. À faire : {remede}"));
        if let Some((0, motif)) = &dossier.lu.incompris {
            reserves.push(format!("Ce qui a été ajouté depuis l'impression ne se lit pas : {motif}"));
        }
    }
    for signature in dossier.lu.signatures.iter().filter(|s| s.integrite == Integrite::NonVerifiee) {
        let motif = signature.motif.clone().unwrap_or_default();
        let nom = &signature.champ;
        reserves.push(format!("Champ « {nom} » : {motif}. À faire : vérifiez-la avec l'outil de signature"));
    }
    reserves
}

fn notes(dossier: &DossierPdf, reimpression: &Reimpression) -> Vec<String> {
    let mut notes = Vec::new();
    if *reimpression == Reimpression::Reenregistre {
        notes.push("Réenregistré par un autre programme ; le contenu est celui qui a été imprimé".to_string());
    }
    match dossier.lu.blancs {
        0 => {}
        1 => notes.push("Un octet blanc suit la fin du fichier : sans effet".to_string()),
        blancs => notes.push(format!("{blancs} octets blancs suivent la fin du fichier : sans effet")),
    }
    notes
}
