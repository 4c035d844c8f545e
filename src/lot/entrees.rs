//! Paths given by the user → the contracts to print: a file each, or the files of one folder that bear one reference.

use crate::dossier::nom_de_fichier;
use crate::lecture::{acces, codage, noms, ouverture};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Deepest folder that is entered.
const PROFONDEUR_MAX: usize = 32;
/// Most files named beside a part of a contract.
const VOISINS_MAX: usize = 6;
/// Most bytes read of a file to know its reference: more than any contract that is accepted.
const TAILLE_MAX: u64 = 21 * 1024 * 1024;

/// A contract to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entree {
    pub fichiers: Vec<PathBuf>,
    /// Empty when it could not be read.
    pub reference: String,
    /// The contract of the same run that already has this name, if any: both would be written in the same place.
    pub homonyme: Option<String>,
    /// Why these files are not a whole contract, if they are not.
    pub moitie: Option<Moitie>,
}

/// A part of a contract whose other files are not beside it: printed alone, it would pass for the contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "il n'y a pas de « {manque} » dans {fichiers} : ce n'est sans doute qu'une partie d'un contrat, elle n'est pas imprimée seule.\n    À faire : rangez tous les fichiers de ce contrat dans un même dossier (ils portent la même « reference ») ; {autres}. S'il est bien entier, imprimez-le par « cpom generer »."
)]
pub struct Moitie {
    manque: &'static str,
    fichiers: String,
    autres: String,
}

impl Entree {
    /// Its files as the manifest names them: two files never have one name.
    pub fn noms(&self) -> Vec<String> {
        self.fichiers.iter().map(|f| en_texte(f)).collect()
    }
}

/// A path as a text; the bytes that are no text are written as `\xE9`, since « � » is the same for all of them.
fn en_texte(chemin: &Path) -> String {
    let mut texte = String::new();
    for morceau in chemin.as_os_str().as_encoded_bytes().utf8_chunks() {
        texte.push_str(morceau.valid());
        texte.extend(morceau.invalid().iter().map(|octet| format!("\\x{octet:02X}")));
    }
    texte
}

/// Why no contract was found.
#[derive(Debug, thiserror::Error)]
pub enum ErreurEntrees {
    #[error("« {nom} » ne peut pas être lu : {motif}.\n    À faire : {remede}")]
    Acces { nom: String, motif: String, remede: &'static str },
    #[error(
        "aucun contrat dans : {0}.\n    À faire : donnez des fichiers JSON de contrat, ou un dossier qui en contient."
    )]
    Aucun(String),
}

/// What of a file says which contract it is.
#[derive(Deserialize)]
struct Tete {
    reference: Option<serde_json::Value>,
    version_schema: Option<serde_json::Value>,
    parties: Option<IgnoredAny>,
    perimetre: Option<IgnoredAny>,
}

impl Tete {
    fn en_texte(&self) -> String {
        self.reference.as_ref().and_then(|r| r.as_str()).unwrap_or_default().to_owned()
    }

    /// What of a contract is in this file.
    fn parts(&self) -> Parts {
        Parts { parties: self.parties.is_some(), perimetre: self.perimetre.is_some() }
    }
}

/// The parts without which files are no whole contract. A file that cannot be read is told when it is printed.
#[derive(Debug, Clone, Copy)]
struct Parts {
    parties: bool,
    perimetre: bool,
}

impl Parts {
    const TOUTES: Parts = Parts { parties: true, perimetre: true };

    fn et(self, autre: Parts) -> Parts {
        Parts { parties: self.parties || autre.parties, perimetre: self.perimetre || autre.perimetre }
    }

    fn manque(self) -> Option<&'static str> {
        match self {
            Parts { parties: false, .. } => Some("parties"),
            Parts { perimetre: false, .. } => Some("perimetre"),
            _ => None,
        }
    }
}

/// A file found, and what it says it is.
struct Trouve {
    fichier: PathBuf,
    reference: String,
    parts: Parts,
}

impl Trouve {
    fn de(fichier: PathBuf, tete: Option<&Tete>) -> Self {
        let reference = tete.map(Tete::en_texte).unwrap_or_default();
        Trouve { fichier, reference, parts: tete.map_or(Parts::TOUTES, Tete::parts) }
    }
}

/// Finds the contracts, in the order of the paths given, then of names.
pub fn chercher(chemins: &[PathBuf], sortie: &Path) -> Result<Vec<Entree>, ErreurEntrees> {
    let mut trouves: Vec<Trouve> = Vec::new();
    for chemin in chemins {
        let donnees = std::fs::metadata(chemin).map_err(|e| {
            let (motif, remede) = acces(&e);
            ErreurEntrees::Acces { nom: chemin.display().to_string(), motif, remede }
        })?;
        if donnees.is_dir() {
            let mut fichiers = Vec::new();
            parcourir(chemin, sortie, 0, &mut fichiers)?;
            fichiers.sort();
            trouves.extend(des_contrats(fichiers));
        } else {
            trouves.push(Trouve::de(chemin.clone(), tete(chemin).as_ref()));
        }
    }
    if trouves.is_empty() {
        let noms: Vec<String> = chemins.iter().map(|c| c.display().to_string()).collect();
        return Err(ErreurEntrees::Aucun(noms.join(", ")));
    }
    Ok(grouper(trouves))
}

fn grouper(trouves: Vec<Trouve>) -> Vec<Entree> {
    let mut entrees: Vec<(Entree, Parts)> = Vec::new();
    let mut places: BTreeMap<(PathBuf, String), usize> = BTreeMap::new();
    let mut vus = BTreeSet::new();
    for Trouve { fichier, reference, parts } in trouves {
        if !vus.insert(fichier.clone()) {
            continue;
        }
        let dossier = fichier.parent().unwrap_or(Path::new("")).to_path_buf();
        let cle = (dossier, reference.clone());
        match places.get(&cle).filter(|_| !reference.is_empty()) {
            Some(rang) => {
                let (entree, deja) = &mut entrees[*rang];
                entree.fichiers.push(fichier);
                *deja = deja.et(parts);
            }
            None => {
                places.insert(cle, entrees.len());
                entrees.push((Entree { fichiers: vec![fichier], reference, homonyme: None, moitie: None }, parts));
            }
        }
    }
    marquer_les_moities(&mut entrees);
    let mut entrees: Vec<Entree> = entrees.into_iter().map(|(entree, _)| entree).collect();
    let mut pris: BTreeMap<String, String> = BTreeMap::new();
    for entree in entrees.iter_mut().filter(|e| !e.reference.is_empty() && e.moitie.is_none()) {
        let nom = noms::cle(&nom_de_fichier(&entree.reference));
        match pris.get(&nom) {
            Some(autre) => entree.homonyme = Some(autre.clone()),
            None => {
                pris.insert(nom, entree.noms().join(", "));
            }
        }
    }
    entrees
}

/// Says of the files that are not a whole contract what they lack, and which others bear their reference.
fn marquer_les_moities(entrees: &mut [(Entree, Parts)]) {
    let mut par_reference: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (entree, _) in entrees.iter().filter(|(entree, _)| !entree.reference.is_empty()) {
        par_reference.entry(entree.reference.clone()).or_default().push(entree.noms().join(", "));
    }
    for (entree, parts) in entrees {
        // Without a reference, the file is no contract at all: the schema says so.
        let Some(manque) = parts.manque().filter(|_| !entree.reference.is_empty()) else { continue };
        let fichiers = entree.noms().join(", ");
        let voisins = par_reference.get(&entree.reference).into_iter().flatten().filter(|noms| **noms != fichiers);
        let voisins: Vec<&str> = voisins.map(String::as_str).take(VOISINS_MAX).collect();
        let autres = match voisins.is_empty() {
            true => "aucun autre des fichiers donnés ne porte la sienne".to_owned(),
            false => format!("portent la sienne : {}", voisins.join(" ; ")),
        };
        entree.moitie = Some(Moitie { manque, fichiers, autres });
    }
}

/// Among the files of a folder, those of contracts: those that say so, those that complete one, and those that cannot be
/// read, since they may be contracts that are wrong.
fn des_contrats(fichiers: Vec<PathBuf>) -> Vec<Trouve> {
    let lus: Vec<(PathBuf, Option<Tete>)> = fichiers.into_iter().map(|f| (f.clone(), tete(&f))).collect();
    let dossier = |fichier: &Path| fichier.parent().map(Path::to_path_buf).unwrap_or_default();
    let annonces: BTreeSet<(PathBuf, String)> = lus
        .iter()
        .filter_map(|(f, tete)| {
            tete.as_ref().filter(|t| t.version_schema.is_some()).map(|t| (dossier(f), t.en_texte()))
        })
        .collect();
    let garder = |(fichier, tete): (PathBuf, Option<Tete>)| match tete {
        None => Some(Trouve::de(fichier, None)),
        Some(tete) => {
            annonces.contains(&(dossier(&fichier), tete.en_texte())).then(|| Trouve::de(fichier, Some(&tete)))
        }
    };
    lus.into_iter().filter_map(garder).collect()
}

/// The JSON files of a folder and of those below it; links to folders are not followed, hidden ones not entered, nor are
/// the files that go along with a printed dossier.
fn parcourir(
    dossier: &Path,
    sortie: &Path,
    profondeur: usize,
    fichiers: &mut Vec<PathBuf>,
) -> Result<(), ErreurEntrees> {
    let meme = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if profondeur > PROFONDEUR_MAX || (profondeur > 0 && meme(dossier, sortie)) {
        return Ok(());
    }
    let refus = |e: std::io::Error| {
        let (motif, remede) = acces(&e);
        ErreurEntrees::Acces { nom: dossier.display().to_string(), motif, remede }
    };
    for element in std::fs::read_dir(dossier).map_err(refus)? {
        let element = element.map_err(refus)?;
        let (chemin, nom) = (element.path(), element.file_name().to_string_lossy().to_lowercase());
        if nom.starts_with('.') {
            continue;
        }
        if element.file_type().map_err(refus)?.is_dir() {
            parcourir(&chemin, sortie, profondeur + 1, fichiers)?;
        } else if nom.ends_with(".json") && !nom.ends_with(".signature.json") && chemin.is_file() {
            fichiers.push(chemin);
        }
    }
    Ok(())
}

/// What a file says it is; `None` when it cannot be read.
fn tete(fichier: &Path) -> Option<Tete> {
    let octets = ouverture::lire(fichier, TAILLE_MAX).ok()?;
    serde_json::from_str(&codage::texte(&octets)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn two_names_that_are_no_text_remain_two() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let nom = |octets: &[u8]| en_texte(Path::new(OsStr::from_bytes(octets)));
        assert_eq!(nom(b"contrats/\xE9t\xE9.json"), "contrats/\\xE9t\\xE9.json");
        assert_ne!(nom(b"\xE9.json"), nom(b"\xE8.json"));
        assert_eq!(nom("été.json".as_bytes()), "été.json");
    }
}
