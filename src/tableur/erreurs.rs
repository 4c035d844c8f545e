//! Why a workbook cannot be written, or taken for this contract, and what to do.

use crate::lecture::classeur::ClasseurRefuse;

#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error("« {nom} » ne peut pas être lu : {refus}")]
    Illisible { nom: String, refus: ClasseurRefuse },
    #[error(
        "« {nom} » est celui du contrat {sien}, et non de {demande}.\n    À faire : donnez le contrat dont le classeur a été exporté."
    )]
    AutreContrat { nom: String, sien: String, demande: String },
    #[error(
        "« {nom} » vient d'une version de cpom plus récente (format {format}).\n    À faire : installez la version de cpom qui l'a écrit."
    )]
    TropRecent { nom: String, format: String },
    #[error(
        "« {nom} » n'a aucune des feuilles de ce contrat.\n    À faire : donnez le classeur exporté par « cpom tableur exporter », ou une feuille enregistrée en CSV sous le nom de sa feuille (« Budgets.csv »)."
    )]
    SansFeuilles { nom: String },
    #[error("le classeur n'a pas pu être composé : {0}.")]
    Ecriture(String),
    #[error(
        "« --parties {0} » ne désigne aucune feuille.\n    À faire : donnez le nom d'une feuille ou d'une partie : {1}."
    )]
    PartieInconnue(String, String),
}

impl From<Erreur> for crate::dossier::Erreur {
    fn from(erreur: Erreur) -> Self {
        crate::dossier::Erreur::Suite(Box::new(erreur))
    }
}

impl From<rust_xlsxwriter::XlsxError> for Erreur {
    fn from(erreur: rust_xlsxwriter::XlsxError) -> Self {
        Erreur::Ecriture(erreur.to_string())
    }
}
