//! A PDF of anyone's → the dossier that it carries, and all that is wrong with it; nothing is believed of it.

use super::Erreur;
use super::revisions::{self, Joint, Lu, Scelle, une_ligne};
use super::signature::Integrite;
use crate::dossier::joints::{CONTRAT, PROVENANCE, Provenance, RAPPORT, empreinte};
use crate::formats::majuscule;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::sync::Arc;

/// A dossier read back.
#[derive(Debug)]
pub struct DossierPdf {
    /// As the user wrote it.
    pub nom: String,
    pub octets: Arc<[u8]>,
    pub provenance: Provenance,
    /// The files attached when it was printed, by name.
    pub joints: BTreeMap<String, Arc<[u8]>>,
    /// Its revisions and its signatures.
    pub lu: Lu,
    joints_changes: Vec<JointChange>,
}

impl DossierPdf {
    /// Reads a dossier from its bytes.
    pub fn lire(nom: &str, octets: Vec<u8>) -> Result<Self, Erreur> {
        let illisible = |motif: &str| Erreur::Illisible { nom: nom.to_string(), motif: motif.to_string() };
        let octets: Arc<[u8]> = octets.into();
        let mut lu = revisions::a_part::lire(&octets).map_err(|motif| illisible(&motif))?;
        let (mut joints, mut changes) = (BTreeMap::new(), Vec::new());
        for Joint { nom, octets, ambigu } in std::mem::take(&mut lu.joints) {
            if ambigu {
                changes.push(JointChange { nom: nom.clone(), changement: Changement::Ambigu });
            }
            // The first of a name holds; readers may give another.
            match joints.entry(nom) {
                Entry::Occupied(pris) => {
                    changes.push(JointChange { nom: pris.key().clone(), changement: Changement::Double });
                }
                Entry::Vacant(libre) => {
                    libre.insert(Arc::<[u8]>::from(octets));
                }
            }
        }
        let provenance = joints.get(PROVENANCE).ok_or_else(|| Erreur::SansDonnees(nom.to_string()))?;
        let provenance: Provenance = serde_json::from_slice(provenance)
            .map_err(|e| Erreur::Abime { nom: nom.to_string(), motif: format!("provenance.json : {e}") })?;
        changes.extend(ecarts(&provenance, &joints));
        if let Some(derniers) = lu.joints_a_la_fin.take() {
            changes.extend(ecarts_depuis(&joints, &derniers));
        }
        changes.dedup();
        Ok(DossierPdf { nom: nom.to_string(), octets, provenance, joints, lu, joints_changes: changes })
    }

    /// The data of the contract, byte for byte.
    pub fn contrat(&self) -> Result<&Arc<[u8]>, Erreur> {
        self.joints.get(CONTRAT).ok_or_else(|| match (&self.provenance.morceau, &self.provenance.extrait) {
            (_, Some(extrait)) => Erreur::Extrait {
                nom: self.nom.clone(),
                extrait: extrait.clone(),
                reference: self.provenance.reference.clone(),
            },
            (Some(morceau), None) => Erreur::Morceau { nom: self.nom.clone(), morceau: morceau.clone() },
            (None, None) => Erreur::SansDonnees(self.nom.clone()),
        })
    }

    /// The report on a draft.
    pub fn rapport(&self) -> Option<&Arc<[u8]>> {
        self.joints.get(RAPPORT)
    }

    /// The attached files that are not those announced, when the dossier was printed or since.
    pub fn joints_changes(&self) -> &[JointChange] {
        &self.joints_changes
    }

    /// All that is wrong with the file, whatever it was printed from: sentences without their full stop.
    pub fn fautes(&self) -> Vec<String> {
        let mut fautes = Vec::new();
        for revision in &self.lu.revisions {
            let quand = majuscule(&revision.moment.en_mots());
            fautes.extend(revision.modifications.iter().map(|m| format!("{quand}, {}", m.quoi)));
        }
        if let Some((depuis, motif)) = self.lu.incompris.as_ref().filter(|(depuis, _)| *depuis > 0) {
            fautes.push(format!("Après l'impression, une partie a été ajoutée au fichier que l'on ne reconnaît pas : {motif} (à partir de l'octet {depuis})"));
        }
        for signature in self.lu.signatures.iter().filter(|signature| signature.integrite.est_une_faute()) {
            let quoi = match signature.integrite {
                Integrite::Fausse => "signature fausse",
                Integrite::Rompue => "signature rompue",
                _ => "signature illisible",
            };
            let motif = signature.motif.as_ref().map(|motif| format!(" : {motif}")).unwrap_or_default();
            fautes.push(format!("Champ « {} », {quoi}{motif}", signature.champ));
        }
        fautes.extend(self.joints_changes.iter().map(JointChange::en_mots));
        fautes
    }
}

/// The attached files that are not those that the dossier announces.
fn ecarts(provenance: &Provenance, joints: &BTreeMap<String, Arc<[u8]>>) -> Vec<JointChange> {
    let change = |nom: &String, changement| JointChange { nom: nom.clone(), changement };
    let mut sortie = Vec::new();
    for fichier in &provenance.fichiers {
        match joints.get(&fichier.nom) {
            None => sortie.push(change(&fichier.nom, Changement::Absent)),
            Some(octets) if empreinte(octets) != fichier.sha256 => {
                sortie.push(change(&fichier.nom, Changement::Modifie))
            }
            Some(_) => {}
        }
    }
    let annonces: BTreeSet<&str> = provenance.fichiers.iter().map(|f| f.nom.as_str()).collect();
    let ajoutes = joints.keys().filter(|nom| nom.as_str() != PROVENANCE && !annonces.contains(nom.as_str()));
    sortie.extend(ajoutes.map(|nom| change(nom, Changement::Ajoute)));
    sortie
}

/// What became of the attached files since.
fn ecarts_depuis(joints: &BTreeMap<String, Arc<[u8]>>, derniers: &[Scelle]) -> Vec<JointChange> {
    let change = |nom: &String, changement| JointChange { nom: nom.clone(), changement };
    let mut sortie = Vec::new();
    for (nom, octets) in joints {
        let du_nom: Vec<&Scelle> = derniers.iter().filter(|scelle| scelle.nom == *nom).collect();
        let sha256 = Sha256::digest(octets).to_vec();
        if du_nom.is_empty() {
            sortie.push(change(nom, Changement::Absent));
        } else if du_nom.iter().any(|scelle| scelle.sha256 != sha256 || scelle.ambigu) {
            sortie.push(change(nom, Changement::Modifie));
        }
    }
    let noms: BTreeSet<&String> = derniers.iter().map(|scelle| &scelle.nom).collect();
    let ajoutes = noms.into_iter().filter(|nom| !joints.contains_key(*nom));
    sortie.extend(ajoutes.map(|nom| change(nom, Changement::Ajoute)));
    sortie
}

/// An attached file that is not the one announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Un fichier joint qui n'est pas celui que le dossier annonce.")]
pub struct JointChange {
    #[schemars(description = "Nom du fichier dans le PDF.")]
    pub nom: String,
    #[schemars(description = "Ce qui lui est arrivé.")]
    pub changement: Changement,
}

impl JointChange {
    /// As a person says it.
    pub fn en_mots(&self) -> String {
        let nom = une_ligne(&self.nom);
        match self.changement {
            Changement::Absent => format!("Fichier joint absent : {nom}"),
            Changement::Modifie => format!("Fichier joint modifié : {nom}"),
            Changement::Ajoute => format!("Fichier joint ajouté : {nom}"),
            Changement::Double => format!("Deux fichiers joints portent le nom « {nom} »"),
            Changement::Ambigu => format!("Fichier joint à deux contenus, selon le lecteur : {nom}"),
        }
    }
}

/// What happened to an attached file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ChangementDeJoint", description = "Ce qui est arrivé à un fichier joint.")]
pub enum Changement {
    Absent,
    Modifie,
    Ajoute,
    #[schemars(description = "Deux fichiers portent ce nom.")]
    Double,
    #[schemars(description = "Il a deux contenus : les lecteurs de PDF ne donnent pas tous le même.")]
    Ambigu,
}
