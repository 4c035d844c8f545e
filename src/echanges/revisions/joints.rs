//! A file → what is attached to it, byte for byte, and what readers could take differently.

use super::etat::Vue;
use super::formulaire::texte;
use lopdf::{Dictionary, Object, ObjectId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Largest attached file unpacked, in bytes; the largest piece is half of it.
const JOINT_MAX: usize = 100 * 1024 * 1024;
/// Most bytes of all of them, in megabytes: what a contract may bring, twice over.
const TOTAL_MAX: usize = 600;
/// Deepest tree of names that is followed.
const PROFONDEUR_MAX: u8 = 20;

/// A file attached to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    pub nom: String,
    pub octets: Vec<u8>,
    /// What stands under `F` is not what stands under `UF`: readers would not give the same.
    pub ambigu: bool,
}

/// What is known of an attached file that is only to be compared with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scelle {
    pub nom: String,
    pub sha256: Vec<u8>,
    pub ambigu: bool,
}

/// The attached files, in the order of the file; two may bear one name.
pub(super) fn lire(vue: Vue<'_>) -> Result<Vec<Joint>, String> {
    let mut joints = Vec::new();
    parcourir(vue, &mut |joint| joints.push(joint))?;
    Ok(joints)
}

/// The checksums of the attached files: each is unpacked alone.
pub(super) fn sceller(vue: Vue<'_>) -> Result<Vec<Scelle>, String> {
    let mut scelles = Vec::new();
    parcourir(vue, &mut |Joint { nom, octets, ambigu }| {
        scelles.push(Scelle { nom, sha256: Sha256::digest(&octets).to_vec(), ambigu });
    })?;
    Ok(scelles)
}

fn parcourir(vue: Vue<'_>, recevoir: &mut dyn FnMut(Joint)) -> Result<(), String> {
    let mut lecture = Lecture { vue, recevoir, reste: TOTAL_MAX * 1024 * 1024, vus: BTreeSet::new() };
    let noms = vue.catalogue().and_then(|catalogue| vue.sous_dict(catalogue, b"Names"));
    if let Some(racine) = noms.and_then(|noms| vue.sous_dict(noms, b"EmbeddedFiles")) {
        lecture.descendre(racine, 0)?;
    }
    Ok(())
}

struct Lecture<'a, 'r> {
    vue: Vue<'a>,
    recevoir: &'r mut dyn FnMut(Joint),
    reste: usize,
    vus: BTreeSet<ObjectId>,
}

impl<'a> Lecture<'a, '_> {
    /// Walks a tree of names down to its files.
    fn descendre(&mut self, noeud: &'a Dictionary, profondeur: u8) -> Result<(), String> {
        if profondeur > PROFONDEUR_MAX {
            return Err("l'arbre de ses fichiers joints n'en finit pas".into());
        }
        for paire in self.vue.tableau(noeud, b"Names").chunks(2) {
            if let [_, fiche] = paire
                && let Some(fiche) = self.vue.dict(fiche)
            {
                self.joindre(fiche)?;
            }
        }
        for enfant in self.vue.tableau(noeud, b"Kids") {
            if enfant.as_reference().is_ok_and(|id| !self.vus.insert(id)) {
                return Err("l'arbre de ses fichiers joints n'en finit pas".into());
            }
            if let Some(enfant) = self.vue.dict(enfant) {
                self.descendre(enfant, profondeur + 1)?;
            }
        }
        Ok(())
    }

    fn joindre(&mut self, fiche: &'a Dictionary) -> Result<(), String> {
        let noms = [b"UF".as_slice(), b"F"].map(|cle| self.vue.valeur(fiche, cle));
        let Some(nom) = noms.iter().map(|nom| texte(nom)).find(|nom| !nom.is_empty()) else { return Ok(()) };
        let Some(ef) = self.vue.sous_dict(fiche, b"EF") else { return Ok(()) };
        let (uf, f) = (self.vue.valeur(ef, b"UF"), self.vue.valeur(ef, b"F"));
        let meme = std::ptr::eq(uf, f);
        let mut lus = Vec::new();
        for objet in if meme { vec![uf] } else { vec![uf, f] } {
            if let Object::Stream(flux) = objet {
                lus.push(self.deplier(flux, &nom)?);
            }
        }
        let ambigu = lus.windows(2).any(|deux| deux[0] != deux[1]);
        if let Some(octets) = lus.into_iter().next() {
            (self.recevoir)(Joint { nom, octets, ambigu });
        }
        Ok(())
    }

    fn deplier(&mut self, flux: &lopdf::Stream, nom: &str) -> Result<Vec<u8>, String> {
        let max = JOINT_MAX.min(self.reste);
        let octets = flux.get_plain_content_with_limit(max).map_err(|erreur| match erreur {
            lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
                format!("ses fichiers joints sont démesurés (« {nom} ») : {TOTAL_MAX} Mo en tout au plus")
            }
            _ => format!("le fichier joint « {nom} » est abîmé"),
        })?;
        self.reste -= octets.len().min(self.reste);
        Ok(octets)
    }
}
