//! Why a PDF could not be printed, in the user's terms.

use thiserror::Error;

/// Why a document could not be printed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Erreur {
    #[error("date du document illisible : « {date} » ; attendu : AAAA-MM-JJ, par exemple 2024-03-15")]
    Date { date: String },
    /// `quelle` says its rank, from 1, in the order of `Document::images`.
    #[error(
        "{quelle} ne peut pas être imprimée : {cause} ; \
         fournir un fichier PNG, JPEG ou SVG lisible (détail technique : {details})"
    )]
    Image { quelle: String, cause: &'static str, details: String },
    #[error("le document cite l'image n° {rang}, mais n'en contient que {total} (défaut du programme, à signaler)")]
    ImageAbsente { rang: usize, total: usize },
    #[error(
        "deux signataires auraient le même champ de signature, « {champ} » : {partie} et un autre ; \
         donner à chaque partie un identifiant (« id ») différent"
    )]
    ChampDouble { champ: String, partie: String },
    #[error(
        "il n'y a pas de champ de signature à la place de ce signataire : {partie} ; \
         vérifier l'identifiant (« id ») de la partie et l'article des signatures du modèle"
    )]
    SansChamp { partie: String },
    #[error("{total} images dans le document : c'est plus que les {limite} qu'un dossier peut contenir")]
    TropDImages { total: usize, limite: usize },
    #[error("le document est trop volumineux pour un seul PDF : l'imprimer par parties (détail technique : {details})")]
    TropVolumineux { details: String },
    #[error(
        "un texte n'a pas pu être imprimé dans le respect des normes PDF/A-3a et PDF/UA-1 \
         (défaut du programme, à signaler avec le contrat ; détail technique : {details})"
    )]
    Conformite { details: String },
    #[error(
        "la mise en page du PDF a échoué (défaut du programme, à signaler avec le contrat ; détail technique : {details})"
    )]
    Composition { details: String },
}

impl From<lopdf::Error> for Erreur {
    fn from(erreur: lopdf::Error) -> Self {
        Erreur::Composition { details: erreur.to_string() }
    }
}
