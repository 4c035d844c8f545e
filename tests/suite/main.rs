//! The one integration binary: what each phase, printer and command promises, in sentences.

// `clippy.toml` exempts test functions only; here the helpers too panic when a test fails.
#![allow(clippy::unwrap_used, clippy::panic)]

mod abimes;
mod accord;
mod apercu;
mod arbre;
mod architecture;
mod atelier;
mod cli;
mod coherence;
mod comparer;
mod conformite;
mod contradictions;
mod determinisme;
#[cfg(unix)]
mod disque;
mod docx;
mod droit;
mod echanges;
mod finess;
mod gabarit;
mod grand;
mod graphe;
mod groupes;
mod hostile;
mod imprime;
mod isolement;
mod lacunes;
mod lecture;
mod lint;
mod lot;
mod modeles;
mod nouveau;
mod outils;
mod partage;
mod pdf;
mod pieces;
mod poste;
mod prose;
mod readme;
mod redaction;
mod refus;
mod regles;
mod reprendre;
mod reprendre_choix;
mod reprendre_ecarts;
mod saisie;
mod schema;
mod schema_contrat;
mod servir;
mod signature;
mod tableaux;
mod textes;
mod verifier;
mod vocabulaire;
