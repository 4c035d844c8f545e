//! Why a dossier cannot be printed: the reasons of each phase, gathered; a reason that several phases share has one place.

use super::bibliotheque::ErreurAjout;
use super::copie::ErreurCopie;
use super::defaut::{DEFAUT, DefautDuProgramme};
use super::ecriture::ErreurEcriture;
use super::examen::ErreurExamen;
use super::exemplaires::ErreurExemplaires;
use super::format::ErreurFormat;
use super::gabarit::ErreurGabarit;
use super::impression::ErreurImpression;
use super::ouverture::ErreurOuverture;
use super::verification::ErreurVerification;
use crate::lecture::ErreurLecture;
use crate::modele::ErreurModele;
use crate::rendu::{docx, pdf};

/// Why a dossier cannot be printed, beyond what remarks say of the contract.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error(transparent)]
    Lecture(#[from] ErreurLecture),
    #[error(transparent)]
    Modele(#[from] ErreurModele),
    #[error(transparent)]
    Examen(ErreurExamen),
    #[error(transparent)]
    Exemplaires(ErreurExemplaires),
    #[error(transparent)]
    Format(#[from] ErreurFormat),
    #[error(transparent)]
    Impression(ErreurImpression),
    #[error(transparent)]
    Ecriture(#[from] ErreurEcriture),
    #[error(transparent)]
    Gabarit(ErreurGabarit),
    #[error(transparent)]
    Ajout(ErreurAjout),
    #[error(transparent)]
    Copie(ErreurCopie),
    /// Of a phase that comes after this one.
    #[error(transparent)]
    Suite(Box<dyn std::error::Error + Send + Sync>),
    #[error("{DEFAUT}{0}")]
    Interne(String),
}

impl Erreur {
    /// A fault of the program, that the user can do nothing about.
    pub fn est_un_defaut(&self) -> bool {
        matches!(
            self,
            Erreur::Interne(_)
                | Erreur::Format(ErreurFormat::Docx(_))
                | Erreur::Format(ErreurFormat::Pdf(
                    pdf::Erreur::ImageAbsente { .. } | pdf::Erreur::Conformite { .. } | pdf::Erreur::Composition { .. }
                ))
        )
    }
}

impl From<DefautDuProgramme> for Erreur {
    fn from(DefautDuProgramme(quoi): DefautDuProgramme) -> Self {
        Erreur::Interne(quoi)
    }
}

impl From<ErreurOuverture> for Erreur {
    fn from(erreur: ErreurOuverture) -> Self {
        match erreur {
            ErreurOuverture::Lecture(cause) => cause.into(),
            ErreurOuverture::Defaut(cause) => cause.into(),
        }
    }
}

impl From<ErreurExamen> for Erreur {
    fn from(erreur: ErreurExamen) -> Self {
        match erreur {
            ErreurExamen::Modele(cause) => cause.into(),
            ErreurExamen::Defaut(cause) => cause.into(),
            propre => Erreur::Examen(propre),
        }
    }
}

impl From<ErreurExemplaires> for Erreur {
    fn from(erreur: ErreurExemplaires) -> Self {
        match erreur {
            ErreurExemplaires::Defaut(cause) => cause.into(),
            propre => Erreur::Exemplaires(propre),
        }
    }
}

impl From<ErreurVerification> for Erreur {
    fn from(erreur: ErreurVerification) -> Self {
        match erreur {
            ErreurVerification::Examen(cause) => cause.into(),
            ErreurVerification::Exemplaires(cause) => cause.into(),
        }
    }
}

impl From<ErreurImpression> for Erreur {
    fn from(erreur: ErreurImpression) -> Self {
        match erreur {
            ErreurImpression::Format(cause) => cause.into(),
            propre => Erreur::Impression(propre),
        }
    }
}

impl From<ErreurGabarit> for Erreur {
    fn from(erreur: ErreurGabarit) -> Self {
        match erreur {
            ErreurGabarit::Lecture(cause) => cause.into(),
            propre => Erreur::Gabarit(propre),
        }
    }
}

impl From<ErreurAjout> for Erreur {
    fn from(erreur: ErreurAjout) -> Self {
        match erreur {
            ErreurAjout::Modele(cause) => cause.into(),
            ErreurAjout::Defaut(cause) => cause.into(),
            propre => Erreur::Ajout(propre),
        }
    }
}

impl From<ErreurCopie> for Erreur {
    fn from(erreur: ErreurCopie) -> Self {
        match erreur {
            ErreurCopie::Ecriture(cause) => cause.into(),
            ErreurCopie::Defaut(cause) => cause.into(),
            propre => Erreur::Copie(propre),
        }
    }
}

impl From<docx::Erreur> for Erreur {
    fn from(erreur: docx::Erreur) -> Self {
        ErreurFormat::from(erreur).into()
    }
}
