//! From a written contract to its files: one per format, or one per part of the dossier.

use super::decoupe::{decouper, table_des_morceaux};
use super::exemplaires::Exemplaire;
use super::fichiers::nom_de_fichier;
use super::format::{ErreurFormat, Format, imprimer};
use super::joints::{self, PROVENANCE, Provenance};
use super::signature;
use crate::document::{Bloc, Document, Etat, Joint};
use crate::lecture::noms;
use crate::redaction::Usage;
use crate::rendu::{self, pdf};

/// Why the files of a run of contracts could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum ErreurImpression {
    #[error(transparent)]
    Format(#[from] ErreurFormat),
    #[error(
        "la référence « {reference} » est aussi celle de {autre} : les deux dossiers porteraient le même nom.\n    À faire : changez l'une des références, ou imprimez-les dans deux dossiers."
    )]
    MemeReference { reference: String, autre: String },
}

/// A file to write: its name and its bytes.
pub type Fichier = (String, Vec<u8>);

/// The files of all contracts in all formats, or none; `annoncer` is told what is about to be printed.
pub fn imprimer_tout(
    exemplaires: &[Exemplaire],
    formats: &[Format],
    decoupe: bool,
    annoncer: impl Fn(&Exemplaire, Format),
) -> Result<Vec<Fichier>, ErreurImpression> {
    let mut sortie = Vec::new();
    for exemplaire in exemplaires {
        for format in formats {
            annoncer(exemplaire, *format);
            for (nom, octets) in fichiers(exemplaire, *format, decoupe)? {
                let cle = noms::cle(&nom);
                if sortie.iter().any(|(autre, _): &Fichier| noms::cle(autre) == cle) {
                    let reference = exemplaire.reference.clone();
                    return Err(ErreurImpression::MemeReference {
                        reference,
                        autre: "un autre contrat de ces fichiers".to_owned(),
                    });
                }
                sortie.push((nom, octets));
            }
        }
    }
    Ok(sortie)
}

/// The names of the files of contracts, without printing them: those that `imprimer_tout` gives.
pub fn noms_attendus(exemplaires: &[Exemplaire], formats: &[Format], decoupe: bool) -> Vec<String> {
    let mut sortie = Vec::new();
    for (exemplaire, format) in exemplaires.iter().flat_map(|e| formats.iter().map(move |format| (e, *format))) {
        let racine = racine(exemplaire);
        let nom = |suffixe: &str| format!("{racine}{suffixe}.{}", format.extension());
        let morceaux = if decoupe { decouper(&exemplaire.document) } else { Vec::new() };
        let signe = morceaux.first().map_or(&exemplaire.document, |socle| &socle.document);
        if format == Format::Pdf && signe.identite.etat == Etat::Definitif && !signe.signatures().is_empty() {
            sortie.push(format!("{racine}.signature.json"));
        }
        if decoupe {
            sortie.extend(morceaux.iter().map(|morceau| nom(&format!("-{}", morceau.suffixe))));
        } else {
            sortie.push(nom(""));
        }
    }
    sortie
}

/// Files in one zip, whose bytes depend on nothing but them.
pub fn emballer(fichiers: &[Fichier]) -> Result<Vec<u8>, ErreurFormat> {
    Ok(rendu::docx::archive::emballer(fichiers)?)
}

thread_local! {
    /// As long as the thread that asks: a new one for each work would leave its memory behind.
    static FIL: Option<rayon::ThreadPool> = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok();
}

/// Runs a work whose layout keeps to one thread: N contracts at a time are N busy threads, no more.
pub fn sur_un_fil<T: Send>(travail: impl FnOnce() -> T + Send) -> T {
    FIL.with(|fil| match fil {
        Some(fil) => fil.install(travail),
        None => travail(),
    })
}

/// The files of one contract in one format; a definitive PDF goes along with the list of its signature fields.
pub fn fichiers(exemplaire: &Exemplaire, format: Format, decoupe: bool) -> Result<Vec<Fichier>, ErreurFormat> {
    let racine = racine(exemplaire);
    let nom = |suffixe: &str| format!("{racine}{suffixe}.{}", format.extension());
    if !decoupe {
        return avec_signatures(exemplaire, &exemplaire.document, format, &racine, nom(""));
    }
    let mut morceaux = decouper(&exemplaire.document).into_iter();
    let Some(mut socle) = morceaux.next() else { return Ok(Vec::new()) };
    let mut autres = Vec::new();
    for mut morceau in morceaux {
        morceau.document.joints = joints_du_morceau(&exemplaire.document, &morceau.document, &morceau.suffixe, false);
        let octets = imprimer(&morceau.document, format, &exemplaire.options)?;
        autres.push((morceau.titre, nom(&format!("-{}", morceau.suffixe)), octets));
    }
    socle.document.parties.push(table_des_morceaux(&autres));
    socle.document.joints = joints_du_morceau(&exemplaire.document, &socle.document, &socle.suffixe, true);
    let nom_du_socle = nom(&format!("-{}", socle.suffixe));
    let mut fichiers = avec_signatures(exemplaire, &socle.document, format, &racine, nom_du_socle)?;
    fichiers.extend(autres.into_iter().map(|(_, nom, octets)| (nom, octets)));
    Ok(fichiers)
}

/// What all the names of the files of a contract begin with.
fn racine(exemplaire: &Exemplaire) -> String {
    nom_de_fichier(&exemplaire.reference) + &suffixe(&exemplaire.usage)
}

/// What follows the reference in the name of a document drawn from the contract.
fn suffixe(usage: &Usage) -> String {
    match usage {
        Usage::Contrat => String::new(),
        Usage::Equipes => "-equipes".into(),
        Usage::Etablissement(id) => format!("-etablissement-{id}"),
    }
}

fn avec_signatures(
    exemplaire: &Exemplaire,
    document: &Document,
    format: Format,
    racine: &str,
    nom: String,
) -> Result<Vec<Fichier>, ErreurFormat> {
    if format != Format::Pdf {
        return Ok(vec![(nom, imprimer(document, format, &exemplaire.options)?)]);
    }
    let pdf = pdf::rendre(document, exemplaire.options.pdf)?;
    let signatures =
        signature::decrire(document, &pdf, &nom).map(|octets| (format!("{racine}.signature.json"), octets));
    Ok(std::iter::once((nom, pdf.octets)).chain(signatures).collect())
}

/// The body carries all that the dossier does; another part, what it is and the files printed in it.
fn joints_du_morceau(dossier: &Document, morceau: &Document, suffixe: &str, socle: bool) -> Vec<Joint> {
    let imprimes: Vec<&str> = morceau
        .parties
        .iter()
        .flat_map(|partie| &partie.blocs)
        .filter_map(|noeud| match noeud.bloc {
            Bloc::Piece { source, .. } => morceau.pieces.get(source).map(|piece| piece.joint.as_str()),
            _ => None,
        })
        .collect();
    let mut sortie = Vec::new();
    for joint in &dossier.joints {
        if joint.nom == PROVENANCE {
            let Ok(mut provenance) = serde_json::from_slice::<Provenance>(&joint.octets) else { continue };
            provenance.morceau = Some(suffixe.to_string());
            if !socle {
                provenance.fichiers.retain(|fichier| imprimes.contains(&fichier.nom.as_str()));
            }
            sortie.push(joints::joint_de_provenance(&provenance));
        } else if socle || imprimes.contains(&joint.nom.as_str()) {
            sortie.push(joint.clone());
        }
    }
    sortie
}
