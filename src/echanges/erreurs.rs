//! Why a file cannot be read as a dossier, and what to do.

use super::word;

/// Why a file cannot be read as a dossier.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error("« {nom} » ne peut pas être lu : {motif}.\n    À faire : donnez un dossier en PDF imprimé par cpom.")]
    Illisible { nom: String, motif: String },
    #[error("« {nom} » ne peut pas être lu : {refus}")]
    IllisibleWord { nom: String, refus: word::WordRefuse },
    #[error(
        "« {nom} » est celui du contrat {sien}, et non de {demande}.\n    À faire : donnez le contrat qui l'a imprimé."
    )]
    AutreContrat { nom: String, sien: String, demande: String },
    #[error(
        "« {0} » n'a aucun des champs de ce contrat.\n    À faire : donnez le document Word que cpom a imprimé pour ce contrat."
    )]
    SansChamps(String),
    #[error(
        "« {0} » ne contient pas de données de cpom.\n    À faire : donnez un dossier en PDF imprimé par cpom ; un PDF réimprimé ou enregistré par un autre outil a pu les perdre."
    )]
    SansDonnees(String),
    #[error(
        "les données jointes à « {nom} » sont abîmées : {motif}.\n    À faire : reprenez le dossier tel que cpom l'a imprimé, ou tel qu'il a été signé."
    )]
    Abime { nom: String, motif: String },
    #[error(
        "{} ; rien n'a été écrit.\n    À faire : donnez un autre dossier, ou « --remplacer ».",
        match fichiers.as_slice() {
            [un] => format!("« {un} » existe déjà et en diffère"),
            tous => format!("{} existent déjà et en diffèrent", tous.iter().map(|f| format!("« {f} »")).collect::<Vec<_>>().join(", ")),
        }
    )]
    DejaLa { fichiers: Vec<String> },
    #[error(
        "« {nom} » est la partie « {morceau} » d'un dossier découpé : les données sont dans le fichier du socle.\n    À faire : donnez le fichier dont le nom finit par « 01-socle.pdf »."
    )]
    Morceau { nom: String, morceau: String },
    #[error(
        "« {nom} » est un document tiré du contrat {reference} (« --pour {extrait} ») : il n'en porte pas les données.\n    À faire : donnez le dossier lui-même."
    )]
    Extrait { nom: String, extrait: String, reference: String },
}

impl From<Erreur> for crate::dossier::Erreur {
    fn from(erreur: Erreur) -> Self {
        crate::dossier::Erreur::Suite(Box::new(erreur))
    }
}
