//! A PDF of anyone's → the files attached to it, its fields and signatures; nothing is believed of it.

use super::Erreur;
use super::signatures::{self, SignatureLue};
use crate::dossier::joints::{CONTRAT, PROVENANCE, Provenance, RAPPORT, empreinte};
use crate::lecture::pages::a_part;
use lopdf::{Dictionary, Document, Object};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Largest attached file unpacked, in bytes; the largest piece is half of it.
const JOINT_MAX: usize = 100 * 1024 * 1024;
/// Deepest tree of names that is followed.
const PROFONDEUR_MAX: u8 = 20;

/// A dossier read back.
#[derive(Debug)]
pub struct DossierPdf {
    /// As the user wrote it.
    pub nom: String,
    pub octets: Arc<[u8]>,
    pub provenance: Provenance,
    /// The attached files, by name.
    pub joints: BTreeMap<String, Arc<[u8]>>,
    /// The signature fields, in the order of the file.
    pub signatures: Vec<SignatureLue>,
}

impl DossierPdf {
    /// Reads a dossier from its bytes.
    pub fn lire(nom: &str, octets: Vec<u8>) -> Result<Self, Erreur> {
        let illisible = |motif: &str| Erreur::Illisible { nom: nom.to_string(), motif: motif.to_string() };
        let octets: Arc<[u8]> = octets.into();
        let copie = octets.clone();
        let lu = a_part(move || ouvrir(&copie)).map_err(|motif| illisible(&motif))?;
        let Lu { joints, signatures } = lu.map_err(|motif| illisible(&motif))?;
        let provenance = joints.get(PROVENANCE).ok_or_else(|| Erreur::SansDonnees(nom.to_string()))?;
        let provenance = serde_json::from_slice(provenance)
            .map_err(|e| Erreur::Abime { nom: nom.to_string(), motif: format!("provenance.json : {e}") })?;
        Ok(DossierPdf { nom: nom.to_string(), octets, provenance, joints, signatures })
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

    /// The attached files that are not those announced.
    pub fn joints_changes(&self) -> Vec<JointChange> {
        let change = |nom: &String, changement| JointChange { nom: nom.clone(), changement };
        let mut sortie = Vec::new();
        for fichier in &self.provenance.fichiers {
            match self.joints.get(&fichier.nom) {
                None => sortie.push(change(&fichier.nom, Changement::Absent)),
                Some(octets) if empreinte(octets) != fichier.sha256 => {
                    sortie.push(change(&fichier.nom, Changement::Modifie));
                }
                Some(_) => {}
            }
        }
        let annonces: BTreeSet<&str> = self.provenance.fichiers.iter().map(|f| f.nom.as_str()).collect();
        let ajoutes = self.joints.keys().filter(|nom| nom.as_str() != PROVENANCE && !annonces.contains(nom.as_str()));
        sortie.extend(ajoutes.map(|nom| change(nom, Changement::Ajoute)));
        sortie
    }
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

/// What happened to an attached file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Ce qui est arrivé à un fichier joint.")]
pub enum Changement {
    Absent,
    Modifie,
    Ajoute,
}

struct Lu {
    joints: BTreeMap<String, Arc<[u8]>>,
    signatures: Vec<SignatureLue>,
}

fn ouvrir(octets: &[u8]) -> Result<Lu, String> {
    if !octets.windows(5).take(1024).any(|debut| debut == b"%PDF-") {
        return Err("ce n'est pas un PDF".into());
    }
    let pdf = Document::load_mem(octets).map_err(|_| "ce PDF est abîmé".to_string())?;
    if pdf.is_encrypted() {
        return Err("ce PDF est chiffré".into());
    }
    let catalogue = pdf.catalog().map_err(|_| "ce PDF est abîmé".to_string())?;
    let mut joints = BTreeMap::new();
    if let Some(noms) =
        dictionnaire(&pdf, catalogue, b"Names").and_then(|noms| dictionnaire(&pdf, noms, b"EmbeddedFiles"))
    {
        collecter(&pdf, noms, 0, &mut joints)?;
    }
    Ok(Lu { joints, signatures: signatures::lire(&pdf, octets) })
}

fn dictionnaire<'a>(pdf: &'a Document, parent: &'a Dictionary, cle: &[u8]) -> Option<&'a Dictionary> {
    parent.get_deref(cle, pdf).ok()?.as_dict().ok()
}

/// Walks a tree of names down to its files.
fn collecter(
    pdf: &Document,
    noeud: &Dictionary,
    profondeur: u8,
    joints: &mut BTreeMap<String, Arc<[u8]>>,
) -> Result<(), String> {
    if profondeur > PROFONDEUR_MAX {
        return Err("l'arbre de ses fichiers joints n'en finit pas".into());
    }
    let tableau =
        |cle: &[u8]| noeud.get_deref(cle, pdf).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    for paire in tableau(b"Names").chunks(2) {
        let [_, fiche] = paire else { continue };
        let Ok(fiche) = pdf.dereference(fiche).and_then(|(_, fiche)| fiche.as_dict()) else { continue };
        let nom = [b"UF".as_slice(), b"F"].iter().find_map(|cle| fiche.get_deref(cle, pdf).ok());
        let Some(nom) = nom.and_then(|nom| lopdf::decode_text_string(nom).ok()) else { continue };
        let flux = dictionnaire(pdf, fiche, b"EF")
            .and_then(|ef| ef.get_deref(b"F", pdf).ok())
            .and_then(|f| f.as_stream().ok());
        let Some(flux) = flux else { continue };
        let contenu = flux
            .get_plain_content_with_limit(JOINT_MAX)
            .map_err(|_| format!("le fichier joint « {nom} » est abîmé"))?;
        joints.insert(nom, contenu.into());
    }
    for enfant in tableau(b"Kids") {
        if let Ok(enfant) = pdf.dereference(enfant).and_then(|(_, enfant)| enfant.as_dict()) {
            collecter(pdf, enfant, profondeur + 1, joints)?;
        }
    }
    Ok(())
}
