//! cpom turns a contract file into a signable dossier.
//!
//! ```text
//! files ─lecture+saisie+schema▶ Contrat + positions ─regles▶ Rapport ─redaction▶ Document ─┬─pdf▶ PDF
//!                                │                            (Conforme)    (block tree)    ├─docx▶ DOCX
//!                                └── remarks: all of them, never only the first             └─texte▶ plain text
//! printed PDF ─echanges▶ its data, and whether it is still what was printed: each revision, each signature
//! many files ─lot▶ their dossiers, several at a time, and a manifest
//! requests ─servir▶ the same remarks and files, by HTTP
//! words typed in a page ─atelier▶ the files of a contract, changed value by value, and what is then said of them
//! files of anyone ─isolement▶ read by a process of their own, bounded and killed without harm
//! files of FINESS ─registres▶ what they say of a perimeter: a starting contract, or the changes of one
//! table of anyone + data file that reads it ─correspondances▶ the changes of a contract
//! edited DOCX ─echanges▶ the values it changes, and what the data cannot hold
//! contract ─tableur▶ a workbook; a filled workbook ─tableur▶ the values, rows and elements it changes
//! ```
//!
//! Each arrow is a type and each phase a module; no phase knows the next; `dossier` tells them in order.
//! Imports point one way (the `architecture` test upholds it): `contrat`, `nomenclatures`, `remarque`, `formats`, `isolement` ←
//! `schema` ← `droit` ← `saisie`, `lecture` ← `modele` ← `regles` ← `document` ← `redaction` ← `compte_rendu` ← `rendu` ← `dossier` ← `echanges` ← `tableur`,
//! `registres`, `correspondances` ← `lot`,
//! `http` ← `servir`, `atelier` ← `cli`.
//! Inside a room files point one way too: no file needs, through others, itself.
//! Only `regles` builds `Conforme`, without which `redaction` writes nothing definitive.
//!
//! Invariants: a value of the contract never meets a parser of markup; a refused contract is never
//! printed as definitive; same inputs, same bytes; no clock, no locale, no system font; no network, but for
//! `servir` and `atelier`, which listen and call no one.

#![forbid(unsafe_code)]

pub mod atelier;
pub mod cli;
pub mod compte_rendu;
pub mod contrat;
pub mod correspondances;
pub mod document;
pub mod dossier;
pub mod droit;
pub mod echanges;
pub mod formats;
pub mod http;
pub mod isolement;
pub mod lecture;
pub mod lot;
pub mod modele;
pub mod nomenclatures;
pub mod redaction;
pub mod registres;
pub mod regles;
pub mod remarque;
pub mod rendu;
pub mod saisie;
pub mod schema;
pub mod servir;
pub mod tableur;
