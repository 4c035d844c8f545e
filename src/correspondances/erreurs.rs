//! Why a table is not read, each with what to do.

use crate::dossier;
use crate::lecture::classeur::ClasseurRefuse;

/// Why a table, or its correspondence, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CorrespondanceRefusee {
    #[error("« {nom} » ne peut pas être lu : {refus}")]
    Classeur { nom: String, refus: ClasseurRefuse },
    #[error(
        "la correspondance « {demande} » n'existe pas, ni comme fichier, ni parmi celles du programme : {connues}.\n    À faire : donnez l'un de ces noms, ou le fichier de votre correspondance ; sans « --correspondance », cpom en propose une."
    )]
    Inconnue { demande: String, connues: String },
    #[error(
        "la correspondance « {nom} » n'est pas comprise : {motif}.\n    À faire : corrigez ce fichier ; « cpom schema --correspondance » en donne la forme, que les éditeurs vérifient."
    )]
    Forme { nom: String, motif: String },
    #[error(
        "aucune feuille de « {nom} » n'a le nom attendu (« {motif} ») ; elle a : {feuilles}.\n    À faire : vérifiez que c'est le bon fichier, ou corrigez « feuilles » dans la correspondance."
    )]
    Feuilles { nom: String, motif: String, feuilles: String },
    #[error(
        "aucune feuille de « {nom} » ne porte « {mots} », par où les établissements se reconnaissent{proches}.\n    À faire : vérifiez que c'est le bon fichier ou la bonne correspondance ; « --voir » montre ce qui est lu."
    )]
    SansFiness { nom: String, mots: String, proches: String },
    #[error(
        "l'année des valeurs n'est pas dite : ce tableau n'en porte pas.\n    À faire : ajoutez « --annee » (« --annee 2024 »)."
    )]
    SansAnnee,
}

impl From<CorrespondanceRefusee> for dossier::Erreur {
    fn from(refus: CorrespondanceRefusee) -> Self {
        dossier::Erreur::Suite(Box::new(refus))
    }
}
