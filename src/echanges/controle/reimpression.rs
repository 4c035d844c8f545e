//! The data inside a dossier → the bytes that this program prints from them, and how the file stands to those bytes.

use crate::document::Etat;
use crate::dossier::joints::{CONTRAT, FichierJoint, Identite, Provenance};
use crate::dossier::{self, Choix, Format};
use crate::echanges::DossierPdf;
use crate::echanges::revisions::{self, Modification, une_ligne};
use crate::lecture::Fichier;
use crate::redaction::Usage;
use crate::rendu::{
    self,
    pdf::{Balises, Options},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Whether the data inside a dossier print it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "resultat", rename_all = "snake_case")]
#[schemars(description = "L'impression des données jointes, comparée au fichier.")]
pub enum Reimpression {
    #[schemars(description = "Les mêmes octets ; ceux qui suivent ont été ajoutés depuis.")]
    Identique { octets: usize },
    #[schemars(
        description = "Un autre programme a enregistré le fichier ; chaque objet du document est celui qui a été imprimé."
    )]
    Reenregistre,
    #[schemars(description = "D'autres octets, à partir de celui-ci, et un autre document.")]
    Differente {
        premier_octet: usize,
        #[schemars(description = "Ce que le document dit autrement, quand il se compare.")]
        ecarts: Vec<Modification>,
    },
    #[schemars(description = "Les données jointes ne s'impriment plus.")]
    Impossible { motif: String },
    #[schemars(
        description = "Une autre version du programme ou du modèle a imprimé le dossier : l'impression ne se compare pas ici."
    )]
    Ailleurs {
        motif: String,
        #[schemars(description = "Avec quoi contrôler.")]
        remede: String,
    },
}

/// Prints a dossier again and compares. Beside, the bytes printed when they are not those of the file.
pub(super) fn reimprimer(dossier: &DossierPdf, modeles: Option<&Path>) -> (Reimpression, Option<Vec<u8>>) {
    let imprime = match imprimer(dossier, modeles) {
        Ok(imprime) => imprime,
        Err(reimpression) => return (reimpression, None),
    };
    let fichier = &dossier.octets;
    if fichier.starts_with(&imprime) {
        return (Reimpression::Identique { octets: imprime.len() }, None);
    }
    let premier_octet = imprime.iter().zip(fichier.iter()).take_while(|(a, b)| a == b).count();
    let premiere = fichier.get(..dossier.lu.premiere).unwrap_or_default();
    let reimpression = match revisions::a_part::comparer(&imprime, premiere) {
        Ok(ecarts) if ecarts.is_empty() => Reimpression::Reenregistre,
        Ok(ecarts) => Reimpression::Differente { premier_octet, ecarts },
        _ => Reimpression::Differente { premier_octet, ecarts: Vec::new() },
    };
    (reimpression, Some(imprime))
}

/// The dossier as this program prints it from the data inside.
fn imprimer(dossier: &DossierPdf, modeles: Option<&Path>) -> Result<Vec<u8>, Reimpression> {
    let provenance = &dossier.provenance;
    let impossible = |motif: String| Reimpression::Impossible { motif };
    let dire = |erreur: dossier::Erreur| impossible(erreur.to_string().lines().next().unwrap_or_default().to_string());
    memes_outils(provenance, modeles)?;
    let choix = choix(provenance, modeles).map_err(impossible)?;
    let nom = provenance.fichiers.iter().find(|f| f.nom == CONTRAT).and_then(|f| f.chemin.clone());
    let octets = dossier.contrat().map_err(|e| impossible(e.to_string()))?.to_vec();
    let contrat = Fichier { nom: nom.unwrap_or_else(|| CONTRAT.into()), octets };
    let joint = |f: &FichierJoint| Some((f.pointeur.clone()?, dossier.joints.get(&f.nom)?.clone()));
    let fichiers: BTreeMap<_, _> = provenance.fichiers.iter().filter_map(joint).collect();
    let imprimer = || -> Result<Option<Vec<u8>>, dossier::Erreur> {
        let ouverture = dossier::rouvrir(contrat, provenance.clone(), fichiers, dossier.rapport().cloned())?;
        let verification = dossier::verifier(&ouverture, &choix)?;
        let exemplaires = dossier::rediger(&ouverture, &choix, &verification)?;
        let Some(exemplaire) = exemplaires.first() else { return Ok(None) };
        let imprimes = dossier::fichiers(exemplaire, Format::Pdf, provenance.morceau.is_some())?;
        // The body of a cut dossier comes first, as the whole of another.
        Ok(imprimes.into_iter().next().map(|(_, octets)| octets))
    };
    imprimer().map_err(dire)?.ok_or_else(|| impossible("les données jointes ne s'impriment plus".into()))
}

/// Whether this program and its models are those that printed the dossier.
fn memes_outils(provenance: &Provenance, modeles: Option<&Path>) -> Result<(), Reimpression> {
    let (sienne, ici) = (une_ligne(&provenance.cpom), env!("CARGO_PKG_VERSION"));
    if provenance.cpom != ici {
        return Err(Reimpression::Ailleurs {
            motif: format!("le dossier vient de cpom {sienne}, et ce programme est cpom {ici}"),
            remede: format!("contrôlez-le avec cpom {sienne}"),
        });
    }
    let Identite { id, version, empreinte, .. } = &provenance.modele;
    let (id, version) = (une_ligne(id), une_ligne(version));
    let modele = dossier::catalogue(modeles).and_then(|catalogue| catalogue.modele(&provenance.modele.id));
    let Ok(modele) = modele else {
        return Err(Reimpression::Ailleurs {
            motif: format!("le dossier suit le modèle {id} {version}, qui n'est pas ici"),
            remede: format!("donnez le dossier de modèles qui contient « {id} », avec « --modeles »"),
        });
    };
    if Identite::de(&modele) != provenance.modele {
        return Err(Reimpression::Ailleurs {
            motif: format!(
                "le dossier suit le modèle {id} {version}, d'empreinte {} ; celui d'ici a l'empreinte {}",
                court(empreinte),
                court(&modele.empreinte)
            ),
            remede: format!("donnez le modèle {id} d'empreinte {}, avec « --modeles »", court(empreinte)),
        });
    }
    Ok(())
}

fn choix(provenance: &Provenance, modeles: Option<&Path>) -> Result<Choix, String> {
    let etat = match provenance.etat.as_str() {
        "projet" => Etat::Projet,
        "definitif" => Etat::Definitif,
        autre => return Err(format!("son état, « {} », n'est pas connu", une_ligne(autre))),
    };
    let balises = match provenance.balises.as_deref() {
        None => None,
        Some("docuseal") => Some(Balises::Docuseal),
        Some("documenso") => Some(Balises::Documenso),
        Some(autre) => return Err(format!("le service de signature « {} » n'est pas connu", une_ligne(autre))),
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
    une_ligne(&empreinte.chars().take(12).collect::<String>())
}
