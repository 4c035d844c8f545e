//! What clauses say and show of the files given with the contract: `fichier`, `pages` and `figure`.
//!
//! The files were read before; here is only what to print of them.

use super::erreurs::faute;
use super::fonctions::{Atelier, Connu};
use super::impression::lacune_inline;
use super::jetons::{Element, purger};
use super::objets::{Objet, compose};
use crate::document::{Bloc, Image, Noeud, Paragraphe, Piece, Style};
use minijinja::{Environment, Error, ErrorKind, Value};

/// A file given with the contract, that was read.
#[derive(Debug, Clone)]
pub struct FichierLu {
    /// JSON pointer of its path in the contract.
    pub pointeur: String,
    /// Its name, without folders.
    pub nom: String,
    /// SHA-256, in hexadecimal.
    pub empreinte: String,
    pub piece: Piece,
}

/// The pieces of the document, the pictures of those of one page after `avant` others, and what clauses know.
pub fn preparer(fichiers: &[FichierLu], avant: usize) -> (Vec<Piece>, Vec<Image>, Vec<Connu>) {
    let (mut images, mut connus) = (Vec::new(), Vec::new());
    for fichier in fichiers {
        let image = match fichier.piece.pages.as_slice() {
            [seule] => {
                images.push(seule.image.clone());
                Some(avant + images.len() - 1)
            }
            _ => None,
        };
        connus.push(Connu {
            pointeur: fichier.pointeur.clone(),
            nom: purger(&fichier.nom),
            empreinte: fichier.empreinte.clone(),
            pages: fichier.piece.pages.len(),
            image,
        });
    }
    (fichiers.iter().map(|f| f.piece.clone()).collect(), images, connus)
}

/// Declares the functions in an environment.
pub fn declarer(env: &mut Environment<'_>, atelier: &Atelier) {
    let a = atelier.clone();
    env.add_function("fichier", move |objet: Value, cle: String| -> Result<Value, Error> {
        Ok(match chercher(&a, &objet, &cle)? {
            Some((_, connu)) => compose(
                "fichier",
                vec![
                    ("nom", Value::from(connu.nom.as_str())),
                    ("pages", Value::from(connu.pages)),
                    ("empreinte", Value::from(connu.empreinte.as_str())),
                ],
            ),
            None => Value::from(false),
        })
    });
    let a = atelier.clone();
    env.add_function("pages", move |objet: Value, cle: String, titre: Value| -> Result<Value, Error> {
        montrer(&a, &objet, &cle, &titre, |source, _, titre| Bloc::Piece { source, titre })
    });
    let a = atelier.clone();
    env.add_function("figure", move |objet: Value, cle: String, titre: Value| -> Result<Value, Error> {
        montrer(&a, &objet, &cle, &titre, |source, image, titre| match image {
            Some(source) => Bloc::Image { source, alternative: titre, largeur_mm: LARGEUR_FIGURE },
            None => Bloc::Piece { source, titre },
        })
    });
}

/// The whole width of the text.
const LARGEUR_FIGURE: u16 = 166;

/// The block of a file, or a gap when the contract names one that cannot be read.
fn montrer(
    atelier: &Atelier,
    objet: &Value,
    cle: &str,
    titre: &Value,
    bloc: impl Fn(usize, Option<usize>, String) -> Bloc,
) -> Result<Value, Error> {
    let bloc = match chercher(atelier, objet, cle)? {
        Some((source, connu)) => bloc(
            source,
            connu.image,
            crate::document::mots::inlines(&super::impression::inlines(&atelier.registre, titre)?),
        ),
        None => {
            let pointeur = pointeur(objet, cle)?;
            let contenu = vec![lacune_inline("fichier lisible de la pièce", pointeur, None)];
            Bloc::Paragraphe(Paragraphe { style: Style::Corps, contenu })
        }
    };
    Ok(Value::from_safe_string(atelier.registre.jeton(Element::Blocs(vec![Noeud { bloc, origine: None }]))))
}

fn chercher<'a>(atelier: &'a Atelier, objet: &Value, cle: &str) -> Result<Option<(usize, &'a Connu)>, Error> {
    let pointeur = pointeur(objet, cle)?;
    Ok(atelier.connus.iter().enumerate().find(|(_, connu)| connu.pointeur == pointeur))
}

fn pointeur(objet: &Value, cle: &str) -> Result<String, Error> {
    let objet = objet.downcast_object_ref::<Objet>().and_then(|o| o.pointeur.clone());
    let objet = objet.ok_or_else(|| faute(ErrorKind::InvalidOperation, "un objet du contrat est attendu ici"))?;
    Ok(format!("{objet}/{cle}"))
}
