//! A file → where each of its objects stands for a reader: the page that it draws, the attached file that it holds…

use super::Genre;
use super::etat::{Vue, compter};
use super::formulaire::{champs, texte};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

/// The places of the objects of a file.
pub(super) struct Lieux {
    pages: BTreeMap<ObjectId, usize>,
    lieux: BTreeMap<ObjectId, Lieu>,
}

#[derive(Debug, Clone)]
struct Lieu {
    genre: Genre,
    page: Option<usize>,
    quoi: String,
}

/// Keys that lead up or aside, not to what an object is made of.
const VERS_LE_HAUT: [&[u8]; 6] = [b"Parent", b"P", b"Pg", b"Dest", b"StructParent", b"Popup"];

impl Lieux {
    pub(super) fn de(vue: Vue<'_>) -> Self {
        let pages: BTreeMap<ObjectId, usize> = vue.pages().into_iter().zip(1..).collect();
        let mut sortie = Lieux { pages, lieux: BTreeMap::new() };
        let lieu = |genre, page, quoi: String| Lieu { genre, page, quoi };
        for champ in champs(vue) {
            let quoi = format!("champ « {} » : ce qu'il montre a été changé", champ.nom);
            sortie.marquer_sous(vue, champ.dict, b"AP", &lieu(Genre::Apparence, None, quoi));
            let quoi = format!("champ « {} » : sa valeur a été changée", champ.nom);
            sortie.marquer_sous(vue, champ.dict, b"V", &lieu(Genre::Signature, None, quoi));
            for id in champ.places().chain(champ.parents.iter().copied()) {
                let Some(dict) = vue.objet(id).and_then(|objet| objet.as_dict().ok()) else { continue };
                let quoi = format!("champ « {} » : ce qu'il montre a été changé", champ.nom);
                sortie.marquer_sous(vue, dict, b"AP", &lieu(Genre::Apparence, None, quoi));
                let quoi = format!("champ « {} » : il a été modifié", champ.nom);
                sortie.lieux.entry(id).or_insert_with(|| lieu(Genre::Champ, None, quoi));
            }
        }
        for (id, page) in sortie.pages.clone() {
            let Some(dict) = vue.objet(id).and_then(|objet| objet.as_dict().ok()) else { continue };
            let page_lieu = |genre, quoi: &str| lieu(genre, Some(page), format!("{quoi} de la page {page} a changé"));
            sortie.marquer_sous(vue, dict, b"Contents", &page_lieu(Genre::Contenu, "le contenu"));
            sortie.marquer_sous(vue, dict, b"Annots", &page_lieu(Genre::Annotation, "une annotation"));
            sortie.marquer_sous(vue, dict, b"Resources", &page_lieu(Genre::Contenu, "une image ou une police"));
            sortie.marquer(vue, dict, &page_lieu(Genre::Pages, "un élément"));
        }
        if let Some(catalogue) = vue.catalogue() {
            sortie.joints(vue, catalogue);
            if let Some(noms) = vue.sous_dict(catalogue, b"Names") {
                for (cle, _) in noms.iter() {
                    let (genre, quoi) = Genre::du_nom(cle);
                    sortie.marquer_sous(vue, noms, cle, &lieu(genre, None, quoi));
                }
            }
            for (cle, _) in catalogue.iter() {
                let (genre, quoi) = Genre::de_la_cle(cle);
                sortie.marquer_sous(vue, catalogue, cle, &lieu(genre, None, quoi));
            }
        }
        sortie
    }

    /// The page whose dictionary this object is.
    pub(super) fn de_la_page(&self, id: ObjectId) -> Option<usize> {
        self.pages.get(&id).copied()
    }

    pub(super) fn ou(&self, id: ObjectId) -> Option<(Genre, Option<usize>, String)> {
        self.lieux.get(&id).map(|lieu| (lieu.genre, lieu.page, lieu.quoi.clone()))
    }

    /// Each attached file by its name.
    fn joints(&mut self, vue: Vue<'_>, catalogue: &Dictionary) {
        for objet in vue.tableau(catalogue, b"AF") {
            let Some(fiche) = vue.dict(objet) else { continue };
            let nom =
                [b"UF".as_slice(), b"F"].iter().map(|cle| texte(vue.valeur(fiche, cle))).find(|nom| !nom.is_empty());
            let quoi = format!("le fichier joint « {} » a changé", nom.unwrap_or_default());
            let lieu = Lieu { genre: Genre::FichierJoint, page: None, quoi };
            if let Ok(id) = objet.as_reference() {
                self.lieux.entry(id).or_insert_with(|| lieu.clone());
            }
            self.marquer(vue, fiche, &lieu);
        }
    }

    fn marquer_sous(&mut self, vue: Vue<'_>, dict: &Dictionary, cle: &[u8], lieu: &Lieu) {
        if let Ok(objet) = dict.get(cle) {
            self.marquer_objet(vue, objet, lieu);
        }
    }

    fn marquer(&mut self, vue: Vue<'_>, dict: &Dictionary, lieu: &Lieu) {
        for (cle, objet) in dict.iter() {
            if !VERS_LE_HAUT.contains(&cle.as_slice()) {
                self.marquer_objet(vue, objet, lieu);
            }
        }
    }

    /// All that an object is made of, but what has a place already.
    fn marquer_objet(&mut self, vue: Vue<'_>, objet: &Object, lieu: &Lieu) {
        let mut pile = Vec::new();
        compter(objet, &mut |id| pile.push(id));
        while let Some(id) = pile.pop() {
            if self.pages.contains_key(&id) || self.lieux.contains_key(&id) {
                continue;
            }
            self.lieux.insert(id, lieu.clone());
            match vue.objet(id) {
                Some(Object::Dictionary(dict)) => self.dessous(dict, &mut pile),
                Some(Object::Stream(flux)) => self.dessous(&flux.dict, &mut pile),
                Some(objet) => compter(objet, &mut |id| pile.push(id)),
                None => {}
            }
        }
    }

    fn dessous(&self, dict: &Dictionary, pile: &mut Vec<ObjectId>) {
        for (cle, objet) in dict.iter().filter(|(cle, _)| !VERS_LE_HAUT.contains(&cle.as_slice())) {
            let _ = cle;
            compter(objet, &mut |id| pile.push(id));
        }
    }
}
