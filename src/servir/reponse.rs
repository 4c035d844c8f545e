//! An answer that went well, before it is one of HTTP: its bytes, what they are, the name of the file.

use crate::compte_rendu::Bilan;
use crate::dossier::Forme;
use std::borrow::Cow;

/// An answer that went well.
#[derive(Debug)]
pub(super) struct Reponse {
    pub r#type: Cow<'static, str>,
    pub octets: Vec<u8>,
    /// The name of the file to save.
    pub nom: Option<String>,
    /// How many remarks the contract has.
    pub bilan: Option<Bilan>,
}

impl Reponse {
    pub fn json(octets: Vec<u8>) -> Self {
        Reponse { r#type: JSON.into(), octets, nom: None, bilan: None }
    }
}

pub(super) const JSON: &str = "application/json";

pub(super) const SCHEMA_JSON: &str = "application/schema+json";

pub(super) const PDF: &str = "application/pdf";

pub(super) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) const XLSX: &str = crate::tableur::TYPE;

pub(super) const TEXTE: &str = "text/plain; charset=utf-8";

pub(super) const ZIP: &str = "application/zip";

/// The media type of a form of the report.
pub(super) fn type_de_forme(forme: Forme) -> &'static str {
    match forme {
        Forme::Json => JSON,
        Forme::Sarif => "application/sarif+json",
        Forme::Junit => "application/xml",
        Forme::Markdown => "text/markdown; charset=utf-8",
        Forme::Texte => TEXTE,
        Forme::Pdf => PDF,
        Forme::Docx => DOCX,
    }
}
