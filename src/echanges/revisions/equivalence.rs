//! A printed file and one that another program saved again → what differs between their documents, object by object.
//!
//! How objects are numbered, packed and compressed does not count; what they say does.

use super::etat::{Etat, Vue};
use super::lieux::Lieux;
use super::{Genre, Modification, sections};
use lopdf::{Dictionary, Object, ObjectId, Stream};
use std::collections::{BTreeMap, BTreeSet};

/// Most bytes of a stream once unpacked, to compare it with another.
const FLUX_MAX: usize = 100 * 1024 * 1024;
/// Most differences told.
const ECARTS_MAX: usize = 20;
/// Keys of a stream that say how it is packed.
const EMBALLAGE: [&[u8]; 3] = [b"Length", b"Filter", b"DecodeParms"];

/// What the first revision of a file says otherwise than the printed one; otherwise why it cannot be read.
pub fn differences(imprime: &[u8], fichier: &[u8]) -> Result<Vec<Modification>, String> {
    let lire = |octets: &[u8]| sections::premiere(octets, &mut 0).map(Etat::premier).map_err(String::from);
    let (a, b) = (lire(imprime)?, lire(fichier)?);
    let (a, b) = (a.apres(), b.apres());
    let mut comparaison = Comparaison {
        a,
        b,
        aller: BTreeMap::new(),
        retour: BTreeMap::new(),
        pile: Vec::new(),
        ecarts: BTreeSet::new(),
    };
    let racine = |vue: Vue<'_>| vue.trailer().get(b"Root").and_then(Object::as_reference).ok();
    match (racine(a), racine(b)) {
        (Some(a), Some(b)) => comparaison.pile.push((a, b)),
        _ => return Err("il n'a pas de contenu".into()),
    }
    comparaison.parcourir();
    let memes_informations = comparaison.informations();
    comparaison.parcourir();
    let mut sortie = dire(a, comparaison.ecarts);
    if !memes_informations {
        let quoi = "les informations du fichier ont changé".to_string();
        sortie.push(Modification { genre: Genre::Metadonnees, page: None, quoi });
    }
    Ok(sortie)
}

/// Keys of the information that any program that saves a file sets.
const QUI_ET_QUAND: [&[u8]; 2] = [b"Producer", b"ModDate"];

struct Comparaison<'a> {
    a: Vue<'a>,
    b: Vue<'a>,
    aller: BTreeMap<ObjectId, ObjectId>,
    retour: BTreeMap<ObjectId, ObjectId>,
    pile: Vec<(ObjectId, ObjectId)>,
    ecarts: BTreeSet<ObjectId>,
}

impl<'a> Comparaison<'a> {
    fn parcourir(&mut self) {
        while let Some((a, b)) = self.pile.pop() {
            // An object answers to one other, both ways: each is compared once.
            match (self.aller.get(&a), self.retour.get(&b)) {
                (Some(autre), _) if *autre == b => continue,
                (None, None) => {}
                _ => {
                    self.ecarts.insert(a);
                    continue;
                }
            }
            self.aller.insert(a, b);
            self.retour.insert(b, a);
            let memes = match (self.a.objet(a), self.b.objet(b)) {
                (Some(x), Some(y)) => self.memes(x, y),
                (x, y) => x.is_none_or(Object::is_null) && y.is_none_or(Object::is_null),
            };
            if !memes {
                self.ecarts.insert(a);
            }
        }
    }

    /// Whether both files give the same title, author and subject.
    fn informations(&mut self) -> bool {
        let (a, b) = (self.a, self.b);
        match (a.sous_dict(a.trailer(), b"Info"), b.sous_dict(b.trailer(), b"Info")) {
            (Some(x), Some(y)) => self.memes_cles(x, y, &QUI_ET_QUAND),
            // The description of the document, which is compared, says it too.
            (_, None) => true,
            (None, Some(_)) => false,
        }
    }

    fn memes(&mut self, x: &'a Object, y: &'a Object) -> bool {
        match (x, y) {
            (Object::Reference(a), Object::Reference(b)) => {
                self.pile.push((*a, *b));
                true
            }
            // What was apart may have been put in its place, and the other way round: its value counts.
            (Object::Reference(_), y) => self.memes_directs(self.a.suivre(x), y),
            (x, Object::Reference(_)) => self.memes_directs(x, self.b.suivre(y)),
            (x, y) => self.memes_directs(x, y),
        }
    }

    fn memes_directs(&mut self, x: &'a Object, y: &'a Object) -> bool {
        match (x, y) {
            (Object::Array(x), Object::Array(y)) => {
                x.len() == y.len() && x.iter().zip(y).fold(true, |memes, (x, y)| self.memes(x, y) && memes)
            }
            (Object::Dictionary(x), Object::Dictionary(y)) => self.memes_cles(x, y, &[]),
            (Object::Stream(x), Object::Stream(y)) => memes_flux(x, y) && self.memes_cles(&x.dict, &y.dict, &EMBALLAGE),
            (x, y) => super::etat::identiques(x, y),
        }
    }

    fn memes_cles(&mut self, x: &'a Dictionary, y: &'a Dictionary, sauf: &[&[u8]]) -> bool {
        let catalogue = x.has_type(b"Catalog");
        let mut cles: BTreeSet<&Vec<u8>> = x.iter().chain(y.iter()).map(|(cle, _)| cle).collect();
        cles.retain(|cle| !sauf.contains(&cle.as_slice()));
        // The version of the standard that the other program writes.
        cles.retain(|cle| !(catalogue && [b"Version".as_slice(), b"Extensions"].contains(&cle.as_slice())));
        cles.into_iter().fold(true, |memes, cle| {
            let ici = match (x.get(cle), y.get(cle)) {
                (Ok(x), Ok(y)) => self.memes(x, y),
                (Ok(x), Err(_)) => self.a.suivre(x).is_null(),
                (Err(_), Ok(y)) => self.b.suivre(y).is_null(),
                (Err(_), Err(_)) => true,
            };
            ici && memes
        })
    }
}

fn memes_flux(x: &Stream, y: &Stream) -> bool {
    let emballage = |flux: &Stream| [b"Filter".as_slice(), b"DecodeParms"].map(|cle| flux.dict.get(cle).ok().cloned());
    if x.content == y.content && emballage(x) == emballage(y) {
        return true;
    }
    let deplier = |flux: &Stream| flux.get_plain_content_with_limit(FLUX_MAX).ok();
    deplier(x).is_some_and(|x| deplier(y) == Some(x))
}

fn dire(vue: Vue<'_>, ecarts: BTreeSet<ObjectId>) -> Vec<Modification> {
    if ecarts.is_empty() {
        return Vec::new();
    }
    let lieux = Lieux::de(vue);
    let mut sortie: Vec<Modification> = Vec::new();
    for id in ecarts {
        let (genre, page, quoi) = match lieux.de_la_page(id) {
            Some(page) => (Genre::Pages, Some(page), format!("la page {page} n'est pas celle qui a été imprimée")),
            None => {
                lieux.ou(id).unwrap_or((Genre::Structure, None, "la description générale du document a changé".into()))
            }
        };
        let modification = Modification { genre, page, quoi };
        if !sortie.contains(&modification) && sortie.len() < ECARTS_MAX {
            sortie.push(modification);
        }
    }
    sortie
}
