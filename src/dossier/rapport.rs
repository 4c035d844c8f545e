//! From a report to the bytes of the form asked for.

use super::choix::Choix;
use super::format::{ErreurFormat, Format, imprimer};
use crate::compte_rendu::{CompteRendu, Source, imprime, junit, markdown, sarif};
use crate::document::Etat;
use crate::modele::ErreurModele;
use crate::regles::Rapport;
use crate::remarque::Remarque;
use crate::rendu::Options;
use serde_json::Value;

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forme {
    Texte,
    Json,
    Sarif,
    Junit,
    Markdown,
    Pdf,
    Docx,
}

impl Forme {
    pub const TOUTES: [Forme; 7] =
        [Forme::Texte, Forme::Json, Forme::Sarif, Forme::Junit, Forme::Markdown, Forme::Pdf, Forme::Docx];

    /// Its word, for `--format`.
    pub const fn cle(self) -> &'static str {
        match self {
            Forme::Texte => "texte",
            Forme::Json => "json",
            Forme::Sarif => "sarif",
            Forme::Junit => "junit",
            Forme::Markdown => "markdown",
            Forme::Pdf => "pdf",
            Forme::Docx => "docx",
        }
    }

    pub fn de_cle(cle: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|forme| forme.cle() == cle)
    }

    /// Whether it is a file for a word processor or a reader, never for a terminal.
    pub fn est_un_fichier(self) -> bool {
        matches!(self, Forme::Pdf | Forme::Docx)
    }
}

/// Writes a report.
pub fn ecrire_rapport(compte_rendu: &CompteRendu, forme: Forme) -> Result<Vec<u8>, ErreurFormat> {
    let imprime = |format| imprimer(&imprime::document(compte_rendu), format, &Options::default());
    Ok(match forme {
        Forme::Json => compte_rendu.json().into_bytes(),
        Forme::Sarif => sarif::ecrire(compte_rendu).into_bytes(),
        Forme::Junit => junit::ecrire(compte_rendu).into_bytes(),
        Forme::Markdown => markdown::ecrire(compte_rendu).into_bytes(),
        Forme::Texte => imprime(Format::Texte)?,
        Forme::Pdf => imprime(Format::Pdf)?,
        Forme::Docx => imprime(Format::Docx)?,
    })
}

/// The report on files that are not JSON.
pub fn rapport_illisible(
    fichiers: Vec<String>,
    remarques: Vec<Remarque>,
    choix: &Choix,
) -> Result<CompteRendu, ErreurModele> {
    let modele = choix.catalogue()?.modele("national")?;
    Ok(CompteRendu::nouveau(&Source {
        rapport: &Rapport { remarques, ..Rapport::default() },
        modele: &modele,
        etat: Etat::Projet,
        fichiers,
        donnees: &Value::Null,
        contrat: None,
        lacunes: None,
        definitif_refuse: true,
    }))
}
