//! What each signatory's boxes carry beside their frame: a short name, and the text tags of a signing service.
//!
//! A tag is drawn in white, as an artifact: nobody sees nor hears it, and the service that reads the text of the
//! file finds where to sign.

use super::options::{Balises, Options};
use crate::document::{Document, Etat, mots};

/// What is written in the boxes of a signatory.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Balise {
    /// Name of the signature field that it goes with.
    champ: String,
    /// Empty when no service was asked for.
    signature: String,
    /// Size of that text in points, and height of its line above the foot of the box in millimetres.
    taille: f32,
    pied: f32,
    /// The words of a box of initials; empty without initials.
    nom: String,
    paraphe: String,
}

/// One per signatory of a definitive document.
pub fn du_document(document: &Document, options: Options) -> Vec<Balise> {
    if document.identite.etat == Etat::Projet {
        return Vec::new();
    }
    let signatures = document.signatures();
    // One service takes a size and draws down from the text, the other takes the place of the text itself.
    let (taille, pied) = if options.balises == Some(Balises::Docuseal) { (5.5, 28.0) } else { (20.0, 12.0) };
    let balise = |(rang, signature): (usize, &&crate::document::Signature)| {
        let nom = mots::inlines(&signature.partie);
        Balise {
            champ: signature.champ.clone(),
            signature: texte(options.balises, "signature", &signature.signataire, rang),
            taille,
            pied,
            nom: if options.paraphes { nom.strip_prefix("Pour ").unwrap_or(&nom).to_owned() } else { String::new() },
            paraphe: if options.paraphes {
                texte(options.balises, "initials", &signature.signataire, rang)
            } else {
                String::new()
            },
        }
    };
    signatures.iter().enumerate().map(balise).collect()
}

/// `genre` is the word of both services: « signature » or « initials ».
fn texte(service: Option<Balises>, genre: &str, signataire: &str, rang: usize) -> String {
    match service {
        None => String::new(),
        Some(Balises::Docuseal) => {
            let taille = if genre == "signature" { ";width=200;height=70" } else { "" };
            format!("{{{{{genre} {signataire};type={genre};role={signataire}{taille}}}}}")
        }
        Some(Balises::Documenso) => format!("{{{{{genre}, r{}}}}}", rang + 1),
    }
}
