//! The parties' logos: read from the contract's folder, with their alternative texts.

use crate::contrat::Contrat;
use crate::document::{FormatImage, Image};
use crate::lecture::{Positions, pieces};
use crate::remarque::{Remarque, Severite};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The logos of all parties, by identifier of the party.
#[derive(Debug, Default)]
pub struct Logos {
    images: Vec<(String, Image, String)>,
    /// One blocking remark for each picture that cannot be used.
    pub remarques: Vec<Remarque>,
}

impl Logos {
    /// The logos of the parties of a contract, in their order.
    pub fn de(&self, contrat: &Contrat) -> Vec<(Image, String)> {
        let autorites = contrat.autorites().iter().map(|a| a.id.as_str());
        let gestionnaires = contrat.gestionnaires().iter().map(|g| g.id.as_str());
        autorites
            .chain(gestionnaires)
            .filter_map(|id| self.images.iter().find(|(de, ..)| de == id))
            .map(|(_, image, alternative)| (image.clone(), alternative.clone()))
            .collect()
    }
}

/// Reads the logos; paths are relative to the file that names them.
pub fn logos(donnees: &Value, positions: &Positions) -> Logos {
    let mut logos = Logos::default();
    for liste in ["/parties/autorites", "/parties/gestionnaires"] {
        let parties = donnees.pointer(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (rang, partie) in parties.iter().enumerate() {
            let texte = |pointeur: &str| partie.pointer(pointeur).and_then(Value::as_str);
            let (Some(id), Some(chemin)) = (texte("/id"), texte("/logo/fichier")) else { continue };
            let pointeur = format!("{liste}/{rang}/logo/fichier");
            let position = positions.de(&pointeur);
            let dossier: PathBuf = position
                .as_ref()
                .and_then(|p| Path::new(&p.fichier).parent().map(Path::to_path_buf))
                .unwrap_or_default();
            let refus = |message: String, remede: &str| Remarque {
                code: "ANX-003".into(),
                severite: Severite::Bloquante,
                pointeur: pointeur.clone(),
                position: position.clone(),
                message,
                remede: remede.into(),
                references: Vec::new(),
            };
            match pieces::image(&dossier, chemin) {
                Ok(octets) => match format(&octets) {
                    Some(format) => {
                        let alternative = texte("/logo/alternative")
                            .map_or_else(|| format!("Logo de {}", texte("/nom").unwrap_or(id)), String::from);
                        logos.images.push((id.to_string(), Image { octets, format }, alternative));
                    }
                    None => logos.remarques.push(refus(
                        format!("Le logo « {chemin} » n'est pas une image PNG, JPEG ou SVG."),
                        "donnez un fichier PNG, JPEG ou SVG.",
                    )),
                },
                Err(erreur) => logos.remarques.push(refus(
                    format!("Le logo {erreur}."),
                    "vérifiez le chemin, relatif au dossier du contrat, ou retirez la clé « logo ».",
                )),
            }
        }
    }
    logos
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
