//! The files that a contract names (logos, organigramme, pieces): read once, for the rules, for the pages and to
//! be attached.

use super::joints;
use crate::contrat::Contrat;
use crate::document::{FormatImage, Image, PageDePiece, Piece};
use crate::isolement::LECTEURS;
use crate::lecture::images::lire_logo;
use crate::lecture::pages::{self, FormatPage, Page};
use crate::lecture::{Positions, noms, pieces};
use crate::redaction::FichierLu;
use crate::regles::{self, EtatFichier};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most megabytes of all files of a contract.
const TOTAL_MAX: u64 = 200;

/// Where the files that a contract names are found.
#[derive(Debug, Clone, Default)]
pub enum Source {
    /// Beside the file of the contract that names them.
    #[default]
    Dossiers,
    /// In the dossier that is read again, by the pointer of their path.
    Joints(BTreeMap<String, Arc<[u8]>>),
    /// Received along with the contract, by the path that it gives; no disk is read.
    Recus(BTreeMap<String, Arc<[u8]>>),
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Lu {
    /// As the contract gives it.
    pub chemin: String,
    pub octets: Arc<[u8]>,
    pub sha256: String,
    contenu: Contenu,
}

#[derive(Debug, Clone)]
enum Contenu {
    Logo(Page),
    Pages(Vec<Page>),
}

/// The files that a contract names, by the pointer of their path: read, or why they cannot be used.
#[derive(Debug, Clone, Default)]
pub struct Fichiers(BTreeMap<String, Result<Lu, String>>);

impl Fichiers {
    /// Their state, for the rules.
    pub fn etats(&self) -> regles::Fichiers {
        let etat = |lu: &Result<Lu, String>| match lu {
            Ok(lu) => EtatFichier::Lu { sha256: lu.sha256.clone() },
            Err(motif) => EtatFichier::Inutilisable { motif: motif.clone() },
        };
        self.0.iter().map(|(pointeur, lu)| (pointeur.clone(), etat(lu))).collect()
    }

    /// The one that a pointer of the file names, if it was read.
    pub fn lu(&self, pointeur: &str) -> Option<&Lu> {
        self.0.get(pointeur)?.as_ref().ok()
    }

    /// Those that were read, but for the logos.
    pub fn a_imprimer(&self) -> Vec<FichierLu> {
        let imprimable = |(pointeur, lu): (&String, &Result<Lu, String>)| {
            let Ok(Lu { chemin, sha256, contenu: Contenu::Pages(pages), .. }) = lu else { return None };
            let pages = pages.iter().map(|page| PageDePiece { image: image(page), paysage: page.paysage }).collect();
            Some(FichierLu {
                pointeur: pointeur.clone(),
                nom: chemin.rsplit('/').next().unwrap_or(chemin).to_string(),
                empreinte: sha256.clone(),
                piece: Piece { joint: String::new(), pages },
            })
        };
        self.0.iter().filter_map(imprimable).collect()
    }

    /// The logos of the parties of a contract that could be read, in their order, with their alternative texts.
    ///
    /// `donnees` is the whole contract: its pointers are those of the file.
    pub fn logos(&self, donnees: &Value, contrat: &Contrat) -> Vec<(Image, String)> {
        let texte = |partie: &Value, cle: &str| partie.pointer(cle).and_then(Value::as_str).map(String::from);
        let mut du_fichier = BTreeMap::new();
        for (pointeur, partie) in parties(donnees) {
            // Of two parties of one name, the first holds.
            du_fichier.entry(texte(partie, "/id").unwrap_or_default()).or_insert((pointeur, partie));
        }
        let logo = |id: &str| {
            let (pointeur, partie) = du_fichier.get(id)?;
            let Contenu::Logo(page) = &self.lu(&format!("{pointeur}/logo/fichier"))?.contenu else { return None };
            let alternative = texte(partie, "/logo/alternative")
                .unwrap_or_else(|| format!("Logo de {}", texte(partie, "/nom").unwrap_or_else(|| id.to_string())));
            Some((image(page), alternative))
        };
        let autorites = contrat.autorites().iter().map(|a| a.id.as_str());
        let gestionnaires = contrat.gestionnaires().iter().map(|g| g.id.as_str());
        autorites.chain(gestionnaires).filter_map(logo).collect()
    }
}

/// The pointers of the paths that a contract gives, and whether each is a logo.
pub fn pointeurs(donnees: &Value) -> Vec<(String, bool)> {
    let nombre = donnees.pointer("/pieces").and_then(Value::as_array).map_or(0, Vec::len);
    let logos = parties(donnees).map(|(pointeur, _)| (format!("{pointeur}/logo/fichier"), true));
    let organigramme = std::iter::once(("/perimetre/organigramme".to_string(), false));
    let des_pieces = (0..nombre).map(|rang| (format!("/pieces/{rang}/fichier"), false));
    let tous = logos.chain(organigramme).chain(des_pieces);
    tous.filter(|(pointeur, _)| donnees.pointer(pointeur).is_some_and(Value::is_string)).collect()
}

/// Has the reader of files started while the contract is checked, when it names any.
pub fn annoncer(donnees: &Value) {
    if !pointeurs(donnees).is_empty() {
        LECTEURS.preparer();
    }
}

/// Reads every file that the contract names.
pub fn lire(donnees: &Value, positions: &Positions, source: &Source) -> Fichiers {
    let mut total = 0;
    let mut fichiers = Fichiers::default();
    // Named in a hundred places, a file is drawn once.
    let mut dessines: BTreeMap<(String, bool), Result<Contenu, String>> = BTreeMap::new();
    for (pointeur, logo) in pointeurs(donnees) {
        let Some(chemin) = donnees.pointer(&pointeur).and_then(Value::as_str) else { continue };
        let lu = octets(source, positions, &pointeur, chemin, logo).and_then(|octets| {
            total += octets.len() as u64;
            if total > TOTAL_MAX * 1024 * 1024 {
                return Err(format!("avec « {chemin} », les fichiers du contrat dépassent ensemble {TOTAL_MAX} Mo"));
            }
            let sha256 = joints::empreinte(&octets);
            let dessine = dessines.entry((sha256.clone(), logo)).or_insert_with(|| contenu(&octets, logo));
            let contenu = dessine.clone().map_err(|motif| format!("« {chemin} » : {motif}"))?;
            Ok(Lu { chemin: chemin.to_string(), sha256, octets, contenu })
        });
        fichiers.0.insert(pointeur, lu);
    }
    fichiers
}

fn contenu(octets: &Arc<[u8]>, logo: bool) -> Result<Contenu, String> {
    if logo { lire_logo(octets).map(Contenu::Logo) } else { pages::pages(octets).map(Contenu::Pages) }
}

/// The bytes of a file; its path is relative to the file of the contract that names it.
fn octets(
    source: &Source,
    positions: &Positions,
    pointeur: &str,
    chemin: &str,
    logo: bool,
) -> Result<Arc<[u8]>, String> {
    match source {
        Source::Joints(joints) => {
            joints.get(pointeur).cloned().ok_or_else(|| format!("« {chemin} » n'est pas joint au dossier"))
        }
        Source::Recus(recus) => {
            let max = taille_max(logo);
            let recu = recu(chemin, recus)?;
            if recu.len() as u64 > max * 1024 * 1024 {
                return Err(pieces::ErreurPiece::TropGros { chemin: chemin.to_string(), max }.to_string());
            }
            Ok(recu.clone())
        }
        Source::Dossiers => {
            let dossier: PathBuf = positions
                .de(pointeur)
                .and_then(|p| Path::new(&p.fichier).parent().map(Path::to_path_buf))
                .unwrap_or_default();
            pieces::lire(&dossier, chemin, taille_max(logo)).map(Arc::from).map_err(|erreur| erreur.to_string())
        }
    }
}

/// The file received under a path, as it is written or in the one other spelling of its accents that came.
fn recu<'a>(chemin: &str, recus: &'a BTreeMap<String, Arc<[u8]>>) -> Result<&'a Arc<[u8]>, String> {
    if let Some(exact) = recus.get(chemin) {
        return Ok(exact);
    }
    let voulu = noms::compose(chemin);
    let mut memes = recus.iter().filter(|(nom, _)| noms::compose(nom) == voulu).map(|(_, recu)| recu);
    let trouve = memes.next().ok_or_else(|| absent(chemin, recus))?;
    match memes.next() {
        None => Ok(trouve),
        Some(_) => Err(pieces::ErreurPiece::Double { chemin: chemin.to_string(), nom: voulu }.to_string()),
    }
}

/// A file that did not come, among those that did.
fn absent(chemin: &str, recus: &BTreeMap<String, Arc<[u8]>>) -> String {
    let noms: Vec<String> = recus.keys().take(5).map(|nom| format!("« {nom} »")).collect();
    let recus = if noms.is_empty() { "aucun fichier".to_owned() } else { noms.join(", ") };
    format!("« {chemin} » n'accompagne pas le contrat ; joignez ce fichier, sous ce nom (reçu : {recus})")
}

/// Most megabytes of a file.
fn taille_max(logo: bool) -> u64 {
    if logo { pieces::IMAGE_MAX } else { pieces::PIECE_MAX }
}

/// The parties of a contract with their pointers.
fn parties(donnees: &Value) -> impl Iterator<Item = (String, &Value)> {
    ["/parties/autorites", "/parties/gestionnaires"].into_iter().flat_map(move |liste| {
        let parties = donnees.pointer(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        parties.iter().enumerate().map(move |(rang, partie)| (format!("{liste}/{rang}"), partie))
    })
}

fn image(page: &Page) -> Image {
    let format = match page.format {
        FormatPage::Png => FormatImage::Png,
        FormatPage::Jpeg => FormatImage::Jpeg,
        FormatPage::Svg => FormatImage::Svg,
    };
    Image { octets: page.octets.clone(), format }
}
