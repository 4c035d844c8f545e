//! Revisions laid one over the other → what a file is before and after the last of them.

use super::sections::Section;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Longest chain of references followed.
const RENVOIS_MAX: usize = 32;

/// A file after some of its revisions, and what the last one replaced.
#[derive(Debug)]
pub(super) struct Etat {
    pub(super) pdf: Document,
    /// What stood under each identifier that the last revision wrote or freed.
    anciens: BTreeMap<ObjectId, Option<Object>>,
    ancien_trailer: Dictionary,
    /// How many times each object was referred to before the last revision.
    renvois: BTreeMap<ObjectId, u32>,
}

impl Etat {
    pub(super) fn premier(section: Section) -> Self {
        let mut pdf = Document::new();
        pdf.objects = section.objets;
        pdf.trailer = section.trailer;
        Etat::de(pdf)
    }

    pub(super) fn de(pdf: Document) -> Self {
        let mut renvois = BTreeMap::new();
        pdf.objects.values().for_each(|objet| compter(objet, &mut |id| *renvois.entry(id).or_insert(0) += 1));
        let ancien_trailer = pdf.trailer.clone();
        Etat { pdf, anciens: BTreeMap::new(), ancien_trailer, renvois }
    }

    /// Lays a revision over the file.
    pub(super) fn poser(&mut self, section: &mut Section) {
        self.compter_la_derniere();
        self.ancien_trailer = std::mem::replace(&mut self.pdf.trailer, std::mem::take(&mut section.trailer));
        let objets = std::mem::take(&mut section.objets);
        // One number has one object: an older generation of it is gone.
        let numeros: BTreeSet<u32> = objets.keys().map(|id| id.0).chain(section.liberes.iter().copied()).collect();
        let mut anciens: BTreeMap<ObjectId, Option<Object>> = BTreeMap::new();
        for numero in numeros {
            let ids: Vec<ObjectId> =
                self.pdf.objects.range((numero, 0)..=(numero, u16::MAX)).map(|(id, _)| *id).collect();
            for id in ids {
                anciens.insert(id, self.pdf.objects.remove(&id));
            }
        }
        for (id, objet) in objets {
            anciens.entry(id).or_insert(None);
            self.pdf.objects.insert(id, objet);
        }
        self.anciens = anciens;
    }

    fn compter_la_derniere(&mut self) {
        let renvois = &mut self.renvois;
        for (id, ancien) in std::mem::take(&mut self.anciens) {
            if let Some(ancien) = &ancien {
                compter(ancien, &mut |id| {
                    renvois.entry(id).and_modify(|n| *n = n.saturating_sub(1));
                });
            }
            if let Some(objet) = self.pdf.objects.get(&id) {
                compter(objet, &mut |id| *renvois.entry(id).or_insert(0) += 1);
            }
        }
    }

    pub(super) fn avant(&self) -> Vue<'_> {
        Vue { etat: self, avant: true }
    }

    pub(super) fn apres(&self) -> Vue<'_> {
        Vue { etat: self, avant: false }
    }

    /// How many objects referred to this one before the last revision.
    pub(super) fn renvois(&self, id: ObjectId) -> u32 {
        self.renvois.get(&id).copied().unwrap_or_default()
    }

    /// What the last revision changed: objects that were there, or that were named without being there.
    pub(super) fn changes(&self) -> BTreeSet<ObjectId> {
        let change = |(id, ancien): (&ObjectId, &Option<Object>)| match (ancien, self.pdf.objects.get(id)) {
            (None, Some(_)) => self.renvois(*id) > 0,
            (Some(ancien), Some(objet)) => !identiques(ancien, objet),
            (ancien, None) => ancien.is_some(),
        };
        self.anciens.iter().filter(|entree| change(*entree)).map(|(id, _)| *id).collect()
    }

    /// Whether the last revision brought this object.
    pub(super) fn est_nouveau(&self, id: ObjectId) -> bool {
        matches!(self.anciens.get(&id), Some(None)) && self.renvois(id) == 0 && self.pdf.objects.contains_key(&id)
    }
}

/// A file before or after its last revision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vue<'a> {
    etat: &'a Etat,
    avant: bool,
}

static NUL: Object = Object::Null;

impl<'a> Vue<'a> {
    pub(super) fn objet(&self, id: ObjectId) -> Option<&'a Object> {
        let ancien = if self.avant { self.etat.anciens.get(&id) } else { None };
        match ancien {
            Some(ancien) => ancien.as_ref(),
            None => self.etat.pdf.objects.get(&id),
        }
    }

    pub(super) fn trailer(&self) -> &'a Dictionary {
        if self.avant { &self.etat.ancien_trailer } else { &self.etat.pdf.trailer }
    }

    /// What an object refers to; null for what is not there.
    pub(super) fn suivre(&self, objet: &'a Object) -> &'a Object {
        let mut objet = objet;
        for _ in 0..RENVOIS_MAX {
            match objet {
                Object::Reference(id) => objet = self.objet(*id).unwrap_or(&NUL),
                _ => return objet,
            }
        }
        &NUL
    }

    pub(super) fn valeur(&self, dict: &'a Dictionary, cle: &[u8]) -> &'a Object {
        dict.get(cle).map_or(&NUL, |objet| self.suivre(objet))
    }

    /// The dictionary of an object, be it that of a stream.
    pub(super) fn dict(&self, objet: &'a Object) -> Option<&'a Dictionary> {
        match self.suivre(objet) {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(flux) => Some(&flux.dict),
            _ => None,
        }
    }

    pub(super) fn sous_dict(&self, dict: &'a Dictionary, cle: &[u8]) -> Option<&'a Dictionary> {
        self.dict(dict.get(cle).ok()?)
    }

    pub(super) fn tableau(&self, dict: &'a Dictionary, cle: &[u8]) -> &'a [Object] {
        self.valeur(dict, cle).as_array().map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn catalogue(&self) -> Option<&'a Dictionary> {
        self.sous_dict(self.trailer(), b"Root")
    }

    /// The pages in their order; a tree that has no end has no pages.
    pub(super) fn pages(&self) -> Vec<ObjectId> {
        let mut pages = Vec::new();
        let mut vus = BTreeSet::new();
        let racine = self.catalogue().and_then(|c| c.get(b"Pages").ok()).and_then(|p| p.as_reference().ok());
        let mut pile: Vec<ObjectId> = racine.into_iter().collect();
        while let Some(id) = pile.pop() {
            let Some(noeud) = self.objet(id).and_then(|o| self.dict(o)) else { continue };
            if !vus.insert(id) {
                continue;
            }
            if noeud.has(b"Kids") {
                pile.extend(self.tableau(noeud, b"Kids").iter().rev().filter_map(|e| e.as_reference().ok()));
            } else {
                pages.push(id);
            }
        }
        pages
    }
}

/// Calls for each reference of an object.
pub(super) fn compter(objet: &Object, vu: &mut impl FnMut(ObjectId)) {
    match objet {
        Object::Reference(id) => vu(*id),
        Object::Array(elements) => elements.iter().for_each(|e| compter(e, vu)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, e)| compter(e, vu)),
        Object::Stream(flux) => flux.dict.iter().for_each(|(_, e)| compter(e, vu)),
        _ => {}
    }
}

/// Whether two objects are the same, however they are written.
pub(super) fn identiques(a: &Object, b: &Object) -> bool {
    match (a, b) {
        (Object::String(x, _), Object::String(y, _)) => x == y || memes_textes(a, b),
        (Object::Array(a), Object::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| identiques(a, b)),
        (Object::Dictionary(a), Object::Dictionary(b)) => differences(a, b).is_empty(),
        (Object::Stream(a), Object::Stream(b)) => {
            a.content == b.content && differences(&a.dict, &b.dict).iter().all(|cle| cle == b"Length")
        }
        (Object::Integer(a), Object::Real(b)) | (Object::Real(b), Object::Integer(a)) => *a as f32 == *b,
        (a, b) => a == b,
    }
}

/// Whether two texts read alike, one of them at least being in Unicode: programs do not all write it in one way.
fn memes_textes(a: &Object, b: &Object) -> bool {
    let marque = |texte: &Object| {
        texte.as_str().is_ok_and(|octets| octets.starts_with(b"\xFE\xFF") || octets.starts_with(b"\xEF\xBB\xBF"))
    };
    let lu = |texte: &Object| lopdf::decode_text_string(texte).ok();
    (marque(a) || marque(b)) && lu(a).is_some_and(|a| lu(b) == Some(a))
}

/// The keys whose values differ.
pub(super) fn differences(a: &Dictionary, b: &Dictionary) -> Vec<Vec<u8>> {
    let mut cles: Vec<Vec<u8>> = Vec::new();
    for (cle, valeur) in a.iter() {
        if !b.get(cle).is_ok_and(|autre| identiques(valeur, autre)) {
            cles.push(cle.clone());
        }
    }
    cles.extend(b.iter().filter(|(cle, _)| !a.has(cle)).map(|(cle, _)| cle.clone()));
    cles
}
