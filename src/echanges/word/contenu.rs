//! What a Word file holds, read: paragraphs, fields, comments, tables, and all that is more than words.
//!
//! It can be written and read back: a file of someone else's is read in another process than ours.

pub use crate::echanges::reprise::GenreObjet;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How tracked changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Suivi {
    /// As if all were accepted.
    Accepte,
    /// As if all were rejected.
    Original,
}

/// A Word file read back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierWord {
    pub paragraphes: Vec<Paragraphe>,
    /// Each field, by key; more than one when it was copied, none when only its empty bookmark is left.
    pub champs: BTreeMap<String, Vec<Occurrence>>,
    /// The keys of the fields, in the order of the text.
    pub ordre: Vec<String>,
    pub commentaires: Vec<CommentaireLu>,
    pub tableaux: Vec<Tableau>,
    /// What is neither words nor fields, in the order of the text.
    pub objets: Vec<Objet>,
    /// What stands in headers and footers.
    pub bandeaux: Bandeaux,
    /// Reference of the contract, from the properties.
    pub reference: String,
    /// « Projet » or « Définitif ».
    pub etat: String,
    /// « cpom 0.1.0, modèle paca 2017-2022.1 (a1b2c3d4) ».
    pub producteur: String,
}

/// A paragraph: its words, those of fields left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraphe {
    /// Words outside the fields, each field written « ‹key› ».
    pub gabarit: String,
    /// All the words.
    pub texte: String,
    /// All the words, bold and italics as the contract writes them.
    pub prose: String,
    pub genre: Genre,
}

/// What a paragraph is, as its style tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Genre {
    #[default]
    Texte,
    Liste,
    /// A heading of the plan: an article, an annex, a fiche.
    Titre,
    /// A heading inside a clause.
    Intertitre,
}

/// A field at one of its places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Its words.
    pub mots: String,
    /// Its words, bold and italics as the contract writes them.
    pub prose: String,
    /// Its words without the marks of lists, which are the look of the page around a short value.
    pub nu: String,
    /// The table and the row where it stands, by rank.
    pub ligne: Option<(usize, usize)>,
    /// Emptied: what it shows is Word's invitation to fill it.
    pub vide: bool,
    /// What its words do not say, for which none is taken: « du texte barré ».
    pub reserves: BTreeSet<String>,
}

/// A comment of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentaireLu {
    pub auteur: String,
    pub texte: String,
    /// The words commented, shortened.
    pub passage: String,
    /// The paragraph where it begins.
    pub paragraphe: usize,
    pub resolu: bool,
    /// The comment that it answers, by rank.
    pub reponse_a: Option<usize>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tableau {
    /// The paragraph where it begins.
    pub paragraphe: usize,
    /// The cells of each row.
    pub lignes: Vec<Vec<Cellule>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cellule {
    /// The columns that it covers.
    pub etendue: u16,
    /// Whether it is merged with the one above.
    pub suite: bool,
    /// Its words, line by line.
    pub texte: String,
    /// Its words outside the fields, each field written « ‹key› ».
    pub gabarit: String,
    /// The paragraphs of the text that it holds: the first, and the one after the last.
    pub paragraphes: (usize, usize),
}

/// Something that is neither words of the text nor a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objet {
    pub genre: GenreObjet,
    /// Its words, or what is known of it.
    pub texte: String,
    /// What makes it the same in two files: the digest of a picture, the address of a link, its words.
    pub empreinte: String,
    /// The paragraph where it stands.
    pub paragraphe: usize,
}

/// What stands in headers and footers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bandeaux {
    /// Their words, a paragraph each, and their pictures by digest; page numbers left out.
    pub elements: BTreeSet<String>,
    /// Digests of the elements that a house style gave when the file was printed, as its properties say.
    pub de_la_maison: BTreeSet<String>,
}
