//! Why files are not read as FINESS, each with its place and what to do.

use crate::dossier;
use crate::formats::{entier, enumerer};

/// Why files of FINESS cannot be read, or do not hold what is asked for.
#[derive(Debug, thiserror::Error)]
pub enum FinessRefuse {
    #[error("« {nom} » ne peut pas être lu : {motif}.\n    À faire : {remede}")]
    Acces { nom: String, motif: String, remede: &'static str },
    #[error(
        "« {nom} » n'est pas un fichier FINESS : {quoi}.\n    À faire : donnez « finess-structures-… » et « finess-activites-… » (.json ou .json.gz, data.gouv.fr), ou une des anciennes extractions « etalab-cs1100501, 502, 505 ou 507 » (.csv)."
    )]
    AutreFichier { nom: String, quoi: String },
    #[error(
        "« {nom} » s'arrête avant sa fin (ligne {ligne}, colonne {colonne}) : il est incomplet ; rien n'en est lu.\n    À faire : téléchargez-le de nouveau, puis recommencez."
    )]
    Tronque { nom: String, ligne: usize, colonne: usize },
    #[error(
        "« {nom} », ligne {ligne}, colonne {colonne} : {motif}.\n    À faire : téléchargez le fichier de nouveau ; s'il a été modifié, donnez celui que publie FINESS."
    )]
    Json { nom: String, ligne: usize, colonne: usize, motif: String },
    #[error(
        "« {nom} », ligne {ligne} : {motif}.\n    À faire : donnez l'extraction telle qu'elle est publiée (sans l'enregistrer depuis un tableur), ou corrigez cette ligne."
    )]
    Ligne { nom: String, ligne: u64, motif: String },
    #[error(
        "« {nom} » est démesuré : {quoi}.\n    À faire : donnez le fichier que publie FINESS, ou un extrait de celui-ci."
    )]
    Demesure { nom: String, quoi: &'static str },
    #[error(
        "il manque les structures : « {0} » ne donne que des activités, qui ne disent ni le nom, ni l'adresse, ni la catégorie d'un établissement.\n    À faire : donnez aussi « finess-structures-… », ou l'extraction « etalab-cs1100502-… »."
    )]
    SansStructures(String),
    #[error(
        "aucune entité juridique {numero} ; {}.\n    À faire : vérifiez le numéro (FINESS juridique, neuf caractères), ou donnez un fichier plus récent ou plus large.",
        compte_dit(*compte, noms)
    )]
    SansEntite { numero: String, compte: usize, noms: Vec<String> },
    #[error(
        "l'entité juridique n'a aucun établissement {numero} dans ce fichier ; elle en compte {compte}{}.\n    À faire : vérifiez le numéro donné à « --et » (FINESS géographique).",
        exemples(connus)
    )]
    SansEtablissement { numero: String, compte: usize, connus: Vec<String> },
}

fn compte_dit(n: usize, noms: &[String]) -> String {
    let noms: Vec<String> = noms.iter().map(|nom| format!("« {nom} »")).collect();
    let (sujet, compte) = match noms.as_slice() {
        [] => ("le fichier".to_owned(), "compte"),
        [seul] => (format!("le fichier {seul}"), "compte"),
        _ => (format!("les fichiers {}", enumerer(&noms)), "comptent"),
    };
    match n {
        0 => format!("{sujet} n'en {compte} aucune"),
        n => format!("{sujet} en {compte} {}", entier(i64::try_from(n).unwrap_or(i64::MAX))),
    }
}

fn exemples(connus: &[String]) -> String {
    match connus {
        [] => String::new(),
        connus => format!(" ({}{})", connus.join(", "), if connus.len() >= 8 { "…" } else { "" }),
    }
}

impl From<FinessRefuse> for dossier::Erreur {
    fn from(refus: FinessRefuse) -> Self {
        dossier::Erreur::Suite(Box::new(refus))
    }
}
