//! The files that a contract names (logos, organigramme, pieces): read from its folder, their state for the
//! rules, their pictures for the cover.

use crate::contrat::Contrat;
use crate::document::{FormatImage, Image};
use crate::lecture::{Positions, pieces};
use crate::regles::{EtatFichier, Fichiers};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The logos of all parties, by identifier of the party.
#[derive(Debug, Default)]
pub struct Logos(Vec<(String, Image, String)>);

impl Logos {
    /// The logos of the parties of a contract, in their order.
    pub fn de(&self, contrat: &Contrat) -> Vec<(Image, String)> {
        let autorites = contrat.autorites().iter().map(|a| a.id.as_str());
        let gestionnaires = contrat.gestionnaires().iter().map(|g| g.id.as_str());
        autorites
            .chain(gestionnaires)
            .filter_map(|id| self.0.iter().find(|(de, ..)| de == id))
            .map(|(_, image, alternative)| (image.clone(), alternative.clone()))
            .collect()
    }
}

/// The logos that can be printed; what is wrong with the others is `ANX-003`'s business.
pub fn logos(donnees: &Value, positions: &Positions) -> Logos {
    let mut logos = Logos::default();
    for (pointeur, partie) in parties(donnees) {
        let texte = |cle: &str| partie.pointer(cle).and_then(Value::as_str);
        let (Some(id), Some(chemin)) = (texte("/id"), texte("/logo/fichier")) else { continue };
        let Ok(octets) = octets(positions, &format!("{pointeur}/logo/fichier"), chemin, pieces::IMAGE_MAX) else {
            continue;
        };
        if let Some(format) = format(&octets) {
            let alternative = texte("/logo/alternative")
                .map_or_else(|| format!("Logo de {}", texte("/nom").unwrap_or(id)), String::from);
            logos.0.push((id.to_string(), Image { octets, format }, alternative));
        }
    }
    logos
}

/// The state of every file that the contract names, by the pointer of its path.
pub fn etats(donnees: &Value, positions: &Positions) -> Fichiers {
    let logos = parties(donnees).map(|(pointeur, _)| (format!("{pointeur}/logo/fichier"), pieces::IMAGE_MAX, true));
    let organigramme = std::iter::once(("/perimetre/organigramme".to_string(), pieces::PIECE_MAX, false));
    let nombre = donnees.pointer("/pieces").and_then(Value::as_array).map_or(0, Vec::len);
    let des_pieces = (0..nombre).map(|rang| (format!("/pieces/{rang}/fichier"), pieces::PIECE_MAX, false));
    let mut fichiers = Fichiers::new();
    for (pointeur, max, image) in logos.chain(organigramme).chain(des_pieces) {
        let Some(chemin) = donnees.pointer(&pointeur).and_then(Value::as_str) else { continue };
        let etat = match octets(positions, &pointeur, chemin, max) {
            Ok(octets) if image && format(&octets).is_none() => {
                EtatFichier::Inutilisable { motif: format!("« {chemin} » n'est pas une image PNG, JPEG ou SVG") }
            }
            Ok(octets) => EtatFichier::Lu { sha256: empreinte(&octets) },
            Err(erreur) => EtatFichier::Inutilisable { motif: erreur.to_string() },
        };
        fichiers.insert(pointeur, etat);
    }
    fichiers
}

/// The parties of a contract with their pointers.
fn parties(donnees: &Value) -> impl Iterator<Item = (String, &Value)> {
    ["/parties/autorites", "/parties/gestionnaires"].into_iter().flat_map(move |liste| {
        let parties = donnees.pointer(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        parties.iter().enumerate().map(move |(rang, partie)| (format!("{liste}/{rang}"), partie))
    })
}

/// The bytes of a file; its path is relative to the file of the contract that names it.
fn octets(positions: &Positions, pointeur: &str, chemin: &str, max: u64) -> Result<Vec<u8>, pieces::ErreurPiece> {
    let position = positions.de(pointeur);
    let dossier: PathBuf =
        position.and_then(|p| Path::new(&p.fichier).parent().map(Path::to_path_buf)).unwrap_or_default();
    pieces::lire(&dossier, chemin, max)
}

fn empreinte(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().map(|o| format!("{o:02x}")).collect()
}

/// The format of a picture, from its first bytes.
fn format(octets: &[u8]) -> Option<FormatImage> {
    if octets.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(FormatImage::Png);
    }
    if octets.starts_with(b"\xFF\xD8\xFF") {
        return Some(FormatImage::Jpeg);
    }
    let debut = String::from_utf8_lossy(&octets[..octets.len().min(2048)]).into_owned();
    debut.contains("<svg").then_some(FormatImage::Svg)
}
