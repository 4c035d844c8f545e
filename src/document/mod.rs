//! The block tree: what a dossier says, in order, with no idea of how it is drawn.
//!
//! `redaction` builds it; `rendu::pdf`, `rendu::docx` and `rendu::texte` print it and decide nothing
//! about its words. It must not know the contract's types, the models or any output format.

mod lieux;
pub mod lint;
pub mod mots;
pub mod parcours;
pub mod xml;

pub use lieux::{enfants, lieux};

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A whole dossier: what it is, then its parts in printing order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    pub identite: Identite,
    pub parties: Vec<Partie>,
    /// Pictures named by `Bloc::Image`, in the order of their `source` index.
    #[serde(skip)]
    pub images: Vec<Image>,
    /// Files placed page by page, named by `Bloc::Piece`.
    #[serde(skip)]
    pub pieces: Vec<Piece>,
    /// Files that travel inside the PDF, for machines: the contract's data first.
    #[serde(skip)]
    pub joints: Vec<Joint>,
    /// The values that can be edited in the Word file and come home, by their pointer in the contract.
    #[serde(skip)]
    pub champs: BTreeMap<String, ChampModifiable>,
}

impl Document {
    /// The blocks of all signatories, in reading order.
    pub fn signatures(&self) -> Vec<&Signature> {
        fn collecter<'a>(noeuds: &'a [Noeud], sortie: &mut Vec<&'a Signature>) {
            for noeud in noeuds {
                match &noeud.bloc {
                    Bloc::Signatures { signatures } => sortie.extend(signatures),
                    Bloc::Encadre { blocs, .. } => collecter(blocs, sortie),
                    _ => {}
                }
            }
        }
        let mut sortie = Vec::new();
        self.parties.iter().for_each(|partie| collecter(&partie.blocs, &mut sortie));
        sortie
    }
}

/// What identifies the dossier: header, file properties, cover.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Identite {
    /// Reference of the contract, as written in the data.
    pub reference: String,
    /// Title of the document (file property and running header).
    pub titre: String,
    /// Author property: the names of the authorities, joined.
    pub auteur: String,
    pub etat: Etat,
    /// Date of the document, ISO 8601 (`AAAA-MM-JJ`); an input, never the clock. Empty for a draft without any
    /// date.
    pub date: String,
    /// What printed it, for the file properties: « cpom 0.1.0, modèle paca 2017-2022 (a1b2c3d4) ».
    pub producteur: String,
}

/// Whether the dossier is a draft or the text to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Etat {
    Projet,
    Definitif,
}

/// A part that starts on a new page; the unit of `--decoupe`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Partie {
    pub genre: Genre,
    /// Stable name made of `[a-z0-9-]`, unique in the document: `socle`, `annexe-3`, `fiche-12`.
    pub cle: String,
    /// Short title for running headers and file lists, without typography marks of its own.
    pub titre: String,
    pub blocs: Vec<Noeud>,
}

/// The kind of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// Cover page: centred, no header nor page number.
    Garde,
    /// Table of contents; holds one `Bloc::Sommaire`.
    Sommaire,
    /// A text before the contract (opening statement, preamble page).
    Liminaire,
    /// The body of the contract, signatures included.
    Socle,
    /// An annex.
    Annexe,
    /// A fiche action, following the annex that holds it.
    Fiche,
}

/// A block and the clause it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Noeud {
    pub bloc: Bloc,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origine: Option<Origine>,
}

/// Where a block was written: a clause file of a model and its line (from 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origine {
    pub fichier: String,
    pub ligne: u32,
}

/// What a part is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Bloc {
    Titre(Titre),
    Paragraphe(Paragraphe),
    Liste(Liste),
    Tableau(Tableau),
    /// A two-column form: a label and what it says (fiches actions, fiche signalétique).
    Formulaire {
        lignes: Vec<LigneFormulaire>,
    },
    /// The signature blocks of all signatories, two abreast.
    Signatures {
        signatures: Vec<Signature>,
    },
    /// A boxed note.
    Encadre {
        titre: Vec<Inline>,
        blocs: Vec<Noeud>,
    },
    /// A picture: index in `Document::images`, largest width in millimetres.
    Image {
        source: usize,
        alternative: String,
        largeur_mm: u16,
    },
    /// Pictures side by side (the parties' logos).
    Images {
        images: Vec<(usize, String)>,
        hauteur_mm: u16,
    },
    /// A file printed page by page, each on a page of its own: index in `Document::pieces`. Stands between the
    /// other blocks of a part, never inside one.
    Piece {
        source: usize,
        /// What it is, for those who cannot see it.
        titre: String,
    },
    /// Table of contents: the headings `au_sommaire` of levels 1 to `profondeur`.
    Sommaire {
        profondeur: u8,
    },
    SautDePage,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Titre {
    /// 1 = a title, annex or opening text; 2 = an article or fiche; 3 = a sub-article; 4, 5 = run-in headings.
    /// On the cover, 1 is the document's title.
    pub niveau: u8,
    /// The computed number, absent on unnumbered headings.
    pub numero: Option<Numero>,
    pub contenu: Vec<Inline>,
    /// Whether the table of contents lists it: headings of the plan, not those inside a clause.
    pub au_sommaire: bool,
    /// Target of `Inline::Renvoi`, made of `[a-z0-9-]`, unique in the document.
    pub ancre: Option<String>,
}

/// A computed number: printed as `prefixe` + `texte` + `suffixe` before the heading's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Numero {
    pub serie: Serie,
    /// « Article  », « TITRE  », « Annexe  », « Fiche action n°  » or nothing.
    pub prefixe: String,
    /// « 3 », « 3-1 », « 12 ».
    pub texte: String,
    /// «  – ».
    pub suffixe: String,
    /// The last counter: 3 for « 3 », 1 for « 3-1 ».
    pub rang: u32,
}

/// Which counter a number belongs to (for Word's multilevel lists).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Serie {
    Titre,
    Article,
    SousArticle,
    Annexe,
    Fiche,
}

/// A paragraph and its role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paragraphe {
    pub style: Style,
    pub contenu: Vec<Inline>,
}

/// The role of a paragraph; a printer gives each its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    Corps,
    /// « Vu … »
    Visa,
    /// Centred (cover, « Entre », « Et »).
    Centre,
    /// Smaller: notes, sources, legends.
    Note,
    /// Large centred text under the cover's title.
    SousTitre,
}

/// A list; `depart` numbers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Liste {
    pub depart: Option<u32>,
    pub elements: Vec<Vec<Noeud>>,
}

/// A data table: every row has as many cells as there are columns, spans counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tableau {
    /// Printed above the table.
    pub legende: Option<Vec<Inline>>,
    pub colonnes: Vec<Colonne>,
    /// Repeated on each page.
    pub entete: Vec<Cellule>,
    pub lignes: Vec<Ligne>,
    /// Needs a landscape page of its own.
    pub paysage: bool,
    /// Font size class: 0 normal, 1 small, 2 smaller (many columns).
    pub densite: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Colonne {
    /// Share of the width; the shares of a table are added.
    pub largeur: u16,
    pub alignement: Alignement,
    /// Amounts and numbers: tabular figures, never broken.
    pub chiffres: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignement {
    Gauche,
    Centre,
    Droite,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ligne {
    pub genre: GenreLigne,
    pub cellules: Vec<Cellule>,
}

/// The role of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GenreLigne {
    Normale,
    /// A total, in bold.
    Total,
    /// One cell over the whole width, announcing the rows below it.
    Groupe,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cellule {
    pub blocs: Vec<Noeud>,
    /// Number of columns it covers, at least 1.
    pub etendue: u16,
    /// Heads its row (first column of a form-like table).
    pub entete: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LigneFormulaire {
    pub terme: Vec<Inline>,
    pub blocs: Vec<Noeud>,
}

/// One signatory's block.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signature {
    /// Identifier of the signatory in the contract.
    pub signataire: String,
    /// Stable field name: letters, digits and hyphens (`signature-ars-paca`).
    pub champ: String,
    /// « Pour l'agence régionale de santé … ».
    pub partie: Vec<Inline>,
    /// « La directrice générale », with the name if the data gives it, the delegation if any.
    pub qualite: Vec<Vec<Inline>>,
    /// What the signatory fills in by hand above the box: « Date : ». Empty when one date holds for all.
    pub mention: Vec<Inline>,
}

impl Signature {
    /// The lines above the box, after the party's.
    pub fn lignes(&self) -> impl Iterator<Item = &Vec<Inline>> {
        self.qualite.iter().chain(Some(&self.mention).filter(|mention| !mention.is_empty()))
    }
}

/// What a paragraph is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Inline {
    Texte {
        texte: String,
    },
    Gras {
        contenu: Vec<Inline>,
    },
    Italique {
        contenu: Vec<Inline>,
    },
    Exposant {
        contenu: Vec<Inline>,
    },
    /// A value of the contract; `champ` marks the one editable occurrence of `pointeur`.
    Valeur {
        texte: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pointeur: Option<String>,
        champ: bool,
    },
    /// A value that is not known yet; `texte` is the whole « [à compléter : …] ».
    Lacune {
        texte: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pointeur: Option<String>,
        /// The same as data, for what lists the gaps; printers do not need it.
        #[serde(skip)]
        demande: Attendu,
    },
    /// Reference to the heading that bears `ancre`; `texte` is what is printed.
    Renvoi {
        ancre: String,
        texte: String,
    },
    /// A web address.
    Lien {
        url: String,
        contenu: Vec<Inline>,
    },
    RetourLigne,
}

/// What a gap asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attendu {
    /// « source de l'indicateur ».
    pub libelle: String,
    /// What to add to the list that the pointer names: « un indicateur de nature « résultat » ».
    pub ajouter: Option<String>,
}

/// A picture given with the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    pub octets: Arc<[u8]>,
    pub format: FormatImage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatImage {
    Png,
    Jpeg,
    Svg,
}

/// A file given with the contract, to be printed page by page.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Name of the attached file that it comes from; empty when it is not attached.
    pub joint: String,
    pub pages: Vec<PageDePiece>,
}

/// A page of a file given with the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct PageDePiece {
    pub image: Image,
    /// Wider than high.
    pub paysage: bool,
}

/// A file attached to the PDF, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// Name in the PDF, unique in it.
    pub nom: String,
    pub octets: Arc<[u8]>,
    /// « application/json ».
    pub mime: &'static str,
    pub relation: Relation,
    /// What it is, in a few words.
    pub description: String,
}

/// What an attached file is to the document (PDF/A-3, `AFRelationship`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// What the document was made from.
    Source,
    /// What it is said of.
    Data,
    /// What completes it.
    Supplement,
}

/// A value of the contract that the Word file lets one edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChampModifiable {
    /// Stable name, letters and digits: tag of the control, name of the bookmark.
    pub cle: String,
    /// « Jours d'ouverture ».
    pub titre: String,
    pub genre: GenreChamp,
    /// Held by the gestionnaire rather than by the authorities.
    pub du_gestionnaire: bool,
}

/// The kind of an editable value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GenreChamp {
    Texte,
    Date,
    /// One of these labels.
    Choix(Vec<String>),
    /// Paragraphs, lists, bold, italics.
    Riche,
}
