//! Why nothing could be read: a matter of files, not of contract.

use crate::remarque::Remarque;

/// Why nothing could be read: a matter of files, not of contract (exit code 2).
#[derive(Debug, thiserror::Error)]
pub enum ErreurLecture {
    #[error(
        "Aucun fichier n'est donné.\n    À faire : donnez le chemin d'un contrat en JSON, ou « - » pour lire l'entrée standard."
    )]
    AucunFichier,
    #[error("« {nom} » ne peut pas être lu : {motif}.\n    À faire : {remede}")]
    Acces { nom: String, motif: String, remede: &'static str, source: std::io::Error },
    #[error(
        "« {nom} » dépasse 20 Mo : ce n'est sans doute pas un contrat.\n    À faire : vérifiez le fichier ; les pièces annexées se donnent à part, par leur chemin."
    )]
    TropGros { nom: String },
    #[error("« {nom} » dépasse {max} Mo.\n    À faire : donnez un dossier en PDF imprimé par cpom.")]
    DossierTropGros { nom: String, max: u64 },
    #[error("« - » (l'entrée standard) est donné deux fois.\n    À faire : ne le donnez qu'une fois.")]
    EntreeStandardRepetee,
    /// The text is not JSON; one finding per file.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Syntaxe(Vec<Remarque>),
    #[error("Ces fichiers ne disent pas tous le même contrat : {}.\n    À faire : donnez un contrat à la fois (plusieurs fichiers d'un même contrat portent la même « reference ») ; pour vérifier beaucoup de contrats d'un coup, utilisez « cpom lot ».", .0.join(" ; "))]
    ReferencesDifferentes(Vec<String>),
}
