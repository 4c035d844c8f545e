//! Why a Word file cannot give its style to a dossier, and what to do.

use crate::rendu::docx::ouverture::Refus;

/// Why a template cannot be used: what is wrong, and what to do.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum GabaritRefuse {
    #[error(
        "ce n'est pas un document Word (.docx ou .dotx).\n    À faire : ouvrez-le dans Word ou LibreOffice, et enregistrez-le en « .docx »."
    )]
    PasWord,
    #[error(
        "c'est un ancien document Word (.doc), ou un document protégé par un mot de passe.\n    À faire : enregistrez-le en « .docx », sans mot de passe."
    )]
    Ancien,
    #[error("il contient des macros.\n    À faire : enregistrez-le en « .docx », sans macros.")]
    Macros,
    #[error(
        "il est au format « Strict Open XML ».\n    À faire : enregistrez-le en « Document Word (.docx) », le format habituel."
    )]
    Strict,
    #[error(
        "sa partie « {0} » est abîmée, ou démesurée.\n    À faire : ouvrez-le dans Word, et enregistrez-le de nouveau."
    )]
    PartieIllisible(String),
    #[error("{0}.\n    À faire : ouvrez-le dans Word, et enregistrez-le de nouveau.")]
    Arret(String),
    #[error("il n'a pas de styles.\n    À faire : ouvrez-le dans Word, et enregistrez-le de nouveau.")]
    SansStyles,
    #[error(
        "ses marges ne laissent pas la place du texte : il faut au moins 10 cm de large et 8 cm de haut, en portrait comme en paysage.\n    À faire : réduisez les marges du gabarit."
    )]
    Marges,
    #[error(
        "son {lieu} va chercher une image hors du fichier ({adresse}).\n    À faire : insérez l'image dans le gabarit (Insertion, Images), au lieu d'un lien."
    )]
    ImageExterne { lieu: &'static str, adresse: String },
    #[error(
        "son {lieu} contient un champ « {champ} », qui va chercher du contenu hors du fichier.\n    À faire : remplacez le champ par ce qu'il affiche (Ctrl+Maj+F9 dans Word)."
    )]
    Champ { lieu: &'static str, champ: String },
    #[error("il dépasse {0} Mo.\n    À faire : allégez ses images, ou retirez-en le texte.")]
    TropGros(u64),
    #[error("son {lieu} contient un objet incorporé.\n    À faire : remplacez-le par une image.")]
    Objet { lieu: &'static str },
    #[error(
        "son {lieu} contient une image d'un format inconnu ({fichier}).\n    À faire : remplacez-la par un PNG ou un JPEG."
    )]
    Image { lieu: &'static str, fichier: String },
}

impl From<Refus> for GabaritRefuse {
    fn from(refus: Refus) -> Self {
        match refus {
            Refus::Ancien => GabaritRefuse::Ancien,
            Refus::PasWord | Refus::AutreGenre(_) => GabaritRefuse::PasWord,
            Refus::Macros => GabaritRefuse::Macros,
            Refus::Partie(chemin) => GabaritRefuse::PartieIllisible(chemin),
        }
    }
}
