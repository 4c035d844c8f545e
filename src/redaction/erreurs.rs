//! From the engine's errors to French ones that name the clause file, its line and what to do.

use super::markdown::ErreurMarkdown;
use crate::modele::Modele;
use minijinja::{Error, ErrorKind};

/// Why a document could not be written: always a fault of the model (or of the program), never of the data.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error("{fichier}:{ligne}: {message}{extrait}")]
    Clause { fichier: String, ligne: usize, message: String, extrait: String },
    #[error("le plan du modèle demande la clause « {clause} » pour « {element} », mais ce fichier n'existe pas")]
    ClauseAbsente { clause: String, element: String },
    #[error(
        "le modèle « {modele} » n'a pas de document « {extrait} » ; ajoutez-le sous « extraits » dans son manifeste"
    )]
    ExtraitAbsent { modele: String, extrait: &'static str },
    #[error("{ou}: {cause}")]
    Markdown { ou: String, cause: ErreurMarkdown },
    #[error("la condition de l'élément « {element} » du plan ne peut être évaluée : {message}\n  {condition}")]
    Condition { element: String, condition: String, message: String },
    #[error(
        "le visa « {visa} » du modèle cite « {texte} », que les textes de droit ne tiennent pas (src/droit/textes.json)"
    )]
    TexteDeDroit { visa: String, texte: String },
}

/// Before the words of our own errors, which are in French; the engine's have none.
const NOTRE: char = '\u{2060}';

/// An error of ours, in French, raised inside the engine.
pub fn faute(genre: ErrorKind, message: impl std::fmt::Display) -> Error {
    Error::new(genre, format!("{NOTRE}{message}"))
}

/// The deepest engine error: the one at the very place of the fault.
fn la_plus_profonde(erreur: &Error) -> &Error {
    let mut profonde = erreur;
    let mut source = std::error::Error::source(erreur);
    while let Some(cause) = source {
        if let Some(e) = cause.downcast_ref::<Error>() {
            profonde = e;
        }
        source = cause.source();
    }
    profonde
}

/// Rewrites an error met while rendering a clause.
pub fn de_clause(erreur: &Error, modele: &Modele) -> Erreur {
    let profonde = la_plus_profonde(erreur);
    let nom = profonde.name().or(erreur.name()).unwrap_or("clause");
    let fichier = modele.clause(nom).map_or_else(|| nom.to_string(), |(chemin, _)| chemin);
    let ligne = profonde.line().or(erreur.line()).unwrap_or(1);
    let extrait = modele
        .clause(nom)
        .and_then(|(_, texte)| texte.lines().nth(ligne.saturating_sub(1)).map(str::trim))
        .map(|l| format!("\n  {ligne} | {}", l.chars().take(160).collect::<String>()))
        .unwrap_or_default();
    Erreur::Clause { fichier, ligne, message: message(profonde), extrait }
}

/// The name that the engine gives between its words: « filter foo is unknown », « foo is unknown ».
fn nomme(detail: &str) -> String {
    let mots: Vec<&str> = detail.split_whitespace().collect();
    let place = mots.iter().position(|mot| *mot == "is");
    let nom = place.and_then(|rang| mots.get(rang.checked_sub(1)?)).copied().unwrap_or_default();
    if nom.is_empty() { String::new() } else { format!(" : « {nom} »") }
}

/// What the engine says, in French.
pub fn message(erreur: &Error) -> String {
    // A value of the contract that a message quotes begins no line of it.
    message_du_moteur(erreur).replace(['\n', '\r'], " ")
}

fn message_du_moteur(erreur: &Error) -> String {
    let erreur = la_plus_profonde(erreur);
    let detail = erreur.detail().unwrap_or_default();
    if let Some(notre) = detail.strip_prefix(NOTRE) {
        return notre.to_string();
    }
    match erreur.kind() {
        ErrorKind::UndefinedError => {
            "un nom inconnu est employé : vérifiez l'orthographe de la variable ou de la clé".into()
        }
        ErrorKind::SyntaxError => {
            "la syntaxe n'est pas comprise : une accolade, une parenthèse ou un mot comme « endif », « endfor » manque ou est de trop".into()
        }
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
            "la clause demandée n'existe pas dans le modèle ni dans celui dont il hérite".into()
        }
        ErrorKind::UnknownFilter => {
            format!("ce filtre n'existe pas{} ; la liste est dans templates/README.md", nomme(detail))
        }
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => format!(
            "cette fonction n'existe pas{} ; la liste est dans templates/README.md (une formule « m.… » demande \
             {{% import \"macros.md\" as m -%}} en tête de clause)",
            nomme(detail)
        ),
        ErrorKind::UnknownTest => format!("ce test n'existe pas{}", nomme(detail)),
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => {
            "une fonction ou un filtre ne reçoit pas le nombre d'arguments qu'il attend".into()
        }
        ErrorKind::OutOfFuel => {
            "cette clause demande trop de calculs : une boucle ne s'arrête pas ou parcourt une liste immense".into()
        }
        ErrorKind::UnknownBlock => "le bloc appelé n'existe pas".into(),
        _ if detail.contains("recursion") => {
            "les clauses s'appellent les unes les autres sans fin (include, macro ou extends)".into()
        }
        _ if detail.contains("not iterable") => "une boucle attend une liste ; cette valeur n'en est pas une".into(),
        _ if detail.contains("operator") => {
            "ces deux valeurs ne se combinent pas : il faut deux nombres, deux textes ou deux listes".into()
        }
        _ if detail.contains("unable to calculate") => "ce calcul est impossible (division par zéro ?)".into(),
        _ if detail.contains("too many elements") => "cette liste serait trop longue".into(),
        _ => "l'expression ne convient pas à ses valeurs : un filtre ou une fonction reçoit un texte, une liste ou une valeur absente où il attend autre chose".into(),
    }
}
