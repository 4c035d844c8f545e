//! A file before and after a revision → what the revision changed that signing does not.
//!
//! Nothing is allowed but what is named here, in `signer` and in `preuves`: a signature in a field and the look of its box, a
//! field of signature, what proves a signature later (DSS), what describes the file. All else is told.

use super::etat::{Etat, Vue, compter, differences};
use super::formulaire::nom;
use super::juge::{Juge, Jugement};
use super::lieux::Lieux;
use super::{Ajout, Genre};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

/// Judges the last revision laid over a file.
pub(super) fn juger(etat: &Etat) -> Jugement {
    let mut juge =
        Juge { etat, avant: etat.avant(), apres: etat.apres(), reste: etat.changes(), dit: Jugement::default() };
    juge.trailer();
    juge.le_catalogue();
    juge.formulaire();
    juge.le_reste();
    juge.dit
}

/// Keys of a trailer that say how the file is written.
const CLES_DE_TABLE: [&[u8]; 9] =
    [b"Size", b"Prev", b"Type", b"W", b"Index", b"Filter", b"DecodeParms", b"Length", b"Info"];

impl<'a> Juge<'a> {
    fn trailer(&mut self) {
        let (avant, apres) = (self.avant.trailer(), self.apres.trailer());
        for cle in differences(avant, apres).iter().filter(|cle| !CLES_DE_TABLE.contains(&cle.as_slice())) {
            match cle.as_slice() {
                // The first half of the identifier is that of the file, the second changes each time.
                b"ID" if moitie(avant) == moitie(apres) || !avant.has(b"ID") || !apres.has(b"ID") => {}
                b"Root" => self.dire(Genre::Structure, None, "tout le document a été remplacé par un autre"),
                cle => self.dire(Genre::Structure, None, format!("l'en-tête du fichier a changé ({})", nom(cle))),
            }
        }
        let info = |trailer: &Dictionary| trailer.get(b"Info").and_then(Object::as_reference).ok();
        match (info(avant), info(apres)) {
            (ancien, Some(id)) if ancien == Some(id) => {
                let seul = self.etat.renvois(id) == 0 && matches!(self.apres.objet(id), Some(Object::Dictionary(_)));
                if seul && self.reste.remove(&id) {
                    self.dit.ajouts.push(Ajout::Informations);
                }
            }
            (_, Some(id)) if self.etat.est_nouveau(id) => self.dit.ajouts.push(Ajout::Informations),
            // Readers keep to those of an older revision.
            (_, None) => {}
            (_, Some(_)) => self.dire(Genre::Metadonnees, None, "les informations du fichier en sont d'autres"),
        }
    }

    fn le_catalogue(&mut self) {
        let (Some(avant), Some(apres)) = (self.avant.catalogue(), self.apres.catalogue()) else {
            return self.dire(Genre::Structure, None, "le document n'a plus de contenu");
        };
        if let Ok(racine) = self.apres.trailer().get(b"Root").and_then(Object::as_reference) {
            self.reste.remove(&racine);
        }
        for cle in differences(avant, apres) {
            match cle.as_slice() {
                b"AcroForm" | b"DSS" | b"Metadata" => {}
                b"Pages" if self.avant.pages() != self.apres.pages() => {}
                b"Extensions" if sans_renvoi(apres, b"Extensions") => {}
                b"Version" if matches!(apres.get(b"Version"), Ok(Object::Name(_))) => {}
                b"Perms" => self.permissions(avant, apres),
                b"Names" => self.noms(avant, apres),
                cle => {
                    let (genre, quoi) = Genre::de_la_cle(cle);
                    self.dire(genre, None, quoi);
                }
            }
        }
        self.metadonnees(avant, apres);
        self.preuves(avant, apres);
        self.les_pages();
    }

    /// A certification is a signature that this revision brings; it says what may follow.
    fn permissions(&mut self, avant: &'a Dictionary, apres: &'a Dictionary) {
        let lu = self.apres.sous_dict(apres, b"Perms");
        let signature = lu.filter(|p| p.len() == 1).and_then(|p| p.get(b"DocMDP").ok()?.as_reference().ok());
        let nouvelle = signature.is_some_and(|id| self.etat.est_nouveau(id));
        let ancienne = apres.get(b"Perms").and_then(Object::as_reference).is_ok_and(|id| !self.etat.est_nouveau(id));
        if avant.has(b"Perms") || !nouvelle || ancienne {
            self.dire(Genre::Signature, None, "les droits posés par une certification ont changé");
        }
    }

    fn metadonnees(&mut self, avant: &'a Dictionary, apres: &'a Dictionary) {
        let id = |dict: &Dictionary| dict.get(b"Metadata").and_then(Object::as_reference).ok();
        let flux = |id| matches!(self.apres.objet(id), Some(Object::Stream(flux)) if flux.dict.has_type(b"Metadata"));
        match (id(avant), id(apres)) {
            (_, Some(id)) if self.etat.est_nouveau(id) && flux(id) => self.dit.ajouts.push(Ajout::Metadonnees),
            (Some(ancien), Some(id)) if ancien == id => {
                if flux(id) && self.etat.renvois(id) == 1 && self.reste.remove(&id) {
                    self.dit.ajouts.push(Ajout::Metadonnees);
                }
            }
            (None, None) => {}
            _ => self.dire(
                Genre::Metadonnees,
                None,
                "la description du document (métadonnées) a été retirée ou remplacée",
            ),
        }
    }

    /// The names that the catalogue holds: attached files, scripts, destinations.
    fn noms(&mut self, avant: &'a Dictionary, apres: &'a Dictionary) {
        let vide = Dictionary::new();
        let ancien = self.avant.sous_dict(avant, b"Names").unwrap_or(&vide);
        let nouveau = self.apres.sous_dict(apres, b"Names").unwrap_or(&vide);
        let cles = differences(ancien, nouveau);
        if cles.is_empty() {
            self.dire(Genre::Structure, None, "la table des noms du document a été remplacée");
        }
        for cle in cles {
            let (genre, quoi) = Genre::du_nom(&cle);
            self.dire(genre, None, quoi);
        }
    }

    /// The pages and their order.
    fn les_pages(&mut self) {
        let (avant, apres) = (self.avant.pages(), self.apres.pages());
        if avant == apres {
            return;
        }
        let numeros = |liste: &[ObjectId], dans: &[ObjectId]| -> Vec<usize> {
            let dans: BTreeSet<&ObjectId> = dans.iter().collect();
            (1..).zip(liste).filter(|(_, id)| !dans.contains(id)).map(|(rang, _)| rang).collect()
        };
        let (retirees, ajoutees) = (numeros(&avant, &apres), numeros(&apres, &avant));
        let pages = |liste: &[usize]| match liste {
            [page] => format!("la page {page}"),
            [premiere, .., derniere] if derniere - premiere + 1 == liste.len() => {
                format!("{} pages ({premiere} à {derniere})", liste.len())
            }
            _ => {
                let dites: Vec<String> = liste.iter().take(8).map(usize::to_string).collect();
                format!("{} pages ({}{})", liste.len(), dites.join(", "), if liste.len() > 8 { "…" } else { "" })
            }
        };
        let combien = format!("le document a {} pages, il en avait {}", apres.len(), avant.len());
        if !retirees.is_empty() {
            let page = retirees.first().copied();
            self.dire(Genre::Pages, page, format!("{} : retiré ou caché ; {combien}", pages(&retirees)));
        }
        if !ajoutees.is_empty() {
            let page = ajoutees.first().copied();
            self.dire(Genre::Pages, page, format!("{} : ajouté ; {combien}", pages(&ajoutees)));
        }
        if retirees.is_empty() && ajoutees.is_empty() {
            let deplacees: Vec<usize> =
                (1..).zip(avant.iter().zip(&apres)).filter(|(_, (a, b))| a != b).map(|(rang, _)| rang).collect();
            let page = deplacees.first().copied();
            self.dire(Genre::Pages, page, format!("l'ordre des pages a changé : {}", pages(&deplacees)));
        }
        // The tree itself has been told.
        let noeud = |vue: Vue<'_>, id: &ObjectId| {
            vue.objet(*id).and_then(|o| vue.dict(o)).is_some_and(|d| d.has_type(b"Pages"))
        };
        let (vue_avant, vue_apres) = (self.avant, self.apres);
        self.reste.retain(|id| !(noeud(vue_avant, id) && noeud(vue_apres, id)));
    }

    /// What nothing has allowed: named after the place that it has in the document.
    fn le_reste(&mut self) {
        if self.reste.is_empty() {
            return;
        }
        let (avant, apres) = (Lieux::de(self.avant), Lieux::de(self.apres));
        for id in std::mem::take(&mut self.reste) {
            match avant.de_la_page(id) {
                Some(page) => self.page(page, id),
                None => {
                    let (genre, page, quoi) = avant.ou(id).or_else(|| apres.ou(id)).unwrap_or((
                        Genre::Autre,
                        None,
                        format!("un objet du document a changé (n° {})", id.0),
                    ));
                    self.dire(genre, page, quoi);
                }
            }
        }
    }

    /// What changed in the dictionary of a page.
    fn page(&mut self, numero: usize, id: ObjectId) {
        let lire = |vue: Vue<'a>| vue.objet(id).and_then(|o| o.as_dict().ok());
        let (Some(avant), Some(apres)) = (lire(self.avant), lire(self.apres)) else {
            return self.dire(Genre::Pages, Some(numero), format!("la page {numero} a été retirée"));
        };
        for cle in differences(avant, apres) {
            let (genre, quoi) = match cle.as_slice() {
                b"Contents" => (Genre::Contenu, format!("le contenu de la page {numero} a été remplacé ou complété")),
                b"Resources" => (Genre::Contenu, format!("les images et polices de la page {numero} ont changé")),
                b"Annots" => (Genre::Annotation, format!("les annotations de la page {numero} ont changé")),
                b"MediaBox" | b"CropBox" | b"Rotate" | b"UserUnit" | b"TrimBox" | b"BleedBox" | b"ArtBox" => {
                    (Genre::Pages, format!("le cadre de la page {numero} a changé"))
                }
                b"AA" => (Genre::Action, format!("une action automatique a été ajoutée à la page {numero}")),
                cle => (Genre::Pages, format!("la page {numero} a changé ({})", nom(cle))),
            };
            self.dire(genre, Some(numero), quoi);
        }
    }
}

fn moitie(trailer: &Dictionary) -> Option<&[u8]> {
    trailer.get(b"ID").ok()?.as_array().ok()?.first()?.as_str().ok()
}

fn sans_renvoi(dict: &Dictionary, cle: &[u8]) -> bool {
    let mut renvois = 0;
    if let Ok(objet) = dict.get(cle) {
        compter(objet, &mut |_| renvois += 1);
    }
    renvois == 0
}
