//! Drawn signature boxes → signature fields, each in its own structure element; and the initials of each page.
//!
//! Typst has no form fields: `dossier.typ` draws each signature box as a link whose address names the field, and
//! the link is turned here into a field that a signing tool fills in. Initials stand in the footer, where
//! Typst allows no link: their fields are made from the geometry that both sides share.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document as Fichier, Object, ObjectId, Stream, dictionary};

use super::erreurs::Erreur;
use super::geometrie::paraphe;
use crate::document::{Document, Etat, Signature, mots};

/// Before the name of a field in the address of its box.
pub const ADRESSE: &str = "https://signature.invalid/";

/// What a field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GenreChamp {
    Signature,
    Paraphe,
}

/// A field of a printed PDF.
#[derive(Debug, Clone, PartialEq)]
pub struct Champ {
    /// Letters, digits and hyphens.
    pub nom: String,
    pub genre: GenreChamp,
    /// Rank of its signatory, from 0, in the order of the document.
    pub signataire: usize,
    /// From 1.
    pub page: u32,
    /// Left, bottom, right, top, in points from the lower left corner of the page.
    pub rectangle: [f32; 4],
}

/// Refuses a definitive document when the field of a signatory would have no name, or that of another.
pub fn controler(document: &Document) -> Result<(), Erreur> {
    let mut noms = BTreeSet::new();
    if document.identite.etat == Etat::Projet {
        return Ok(());
    }
    for signature in document.signatures() {
        let partie = mots::inlines(&signature.partie);
        let valide = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if signature.champ.is_empty() || signature.champ.len() > 100 || !signature.champ.chars().all(valide) {
            return Err(Erreur::SansChamp { partie });
        }
        if !noms.insert(signature.champ.as_str()) {
            return Err(Erreur::ChampDouble { champ: signature.champ.clone(), partie });
        }
    }
    Ok(())
}

/// What a reader hears of a field: « Signature – l'agence … – La directrice générale ».
fn infobulle(genre: GenreChamp, signature: &Signature, page: u32) -> String {
    let partie = mots::inlines(&signature.partie);
    let partie = partie.strip_prefix("Pour ").unwrap_or(&partie);
    match genre {
        GenreChamp::Paraphe => format!("Paraphe, page {page} – {partie}"),
        GenreChamp::Signature => {
            let qualite: Vec<String> = signature.qualite.iter().map(|ligne| mots::inlines(ligne)).collect();
            format!("Signature – {partie} – {}", qualite.join(", "))
        }
    }
}

/// Turns the drawn boxes into fields; with `paraphes`, adds one field per page and signatory.
///
/// Gives the fields in the order of signature; refuses a signatory whose box is not in the file. A draft has
/// no field.
pub fn poser(fichier: &mut Fichier, document: &Document, paraphes: bool) -> Result<Vec<Champ>, Erreur> {
    if document.identite.etat == Etat::Projet {
        return Ok(Vec::new());
    }
    let signataires = document.signatures();
    if signataires.is_empty() {
        return Ok(Vec::new());
    }
    let mut pose = Pose { fichier, champs: Vec::new(), objets: Vec::new() };
    pose.signatures(&signataires)?;
    if let Some(manque) = (0..signataires.len()).find(|rang| !pose.champs.iter().any(|c| c.signataire == *rang)) {
        return Err(Erreur::SansChamp { partie: mots::inlines(&signataires[manque].partie) });
    }
    pose.champs.sort_by_key(|champ| champ.signataire);
    if paraphes {
        pose.paraphes(&signataires)?;
    }
    pose.formulaire()?;
    Ok(pose.champs)
}

struct Pose<'a> {
    fichier: &'a mut Fichier,
    champs: Vec<Champ>,
    /// The field objects, in the order of the pages.
    objets: Vec<Object>,
}

impl Pose<'_> {
    fn signatures(&mut self, signataires: &[&Signature]) -> Result<(), Erreur> {
        let rangs: BTreeMap<&str, usize> =
            signataires.iter().enumerate().map(|(rang, s)| (s.champ.as_str(), rang)).collect();
        for (page, id_page) in self.fichier.get_pages() {
            for id in self.annotations(id_page)? {
                let Some(champ) = self.adresse(id)? else { continue };
                let Some(&rang) = rangs.get(champ.as_str()) else { continue };
                let rectangle = self.rectangle(id)?;
                if self.champs.iter().any(|c| c.nom == champ) {
                    return Err(Erreur::ChampDouble { champ, partie: mots::inlines(&signataires[rang].partie) });
                }
                let infobulle = infobulle(GenreChamp::Signature, signataires[rang], page);
                let apparence = self.apparence(rectangle);
                let annotation = self.dictionnaire(id)?;
                for cle in [b"A".as_slice(), b"Border", b"Contents", b"F"] {
                    annotation.remove(cle);
                }
                let rang_de_structure = annotation.get(b"StructParent").and_then(Object::as_i64)?;
                for (cle, valeur) in &champ_de_signature(&champ, &infobulle, id_page, apparence) {
                    annotation.set(cle.clone(), valeur.clone());
                }
                self.structurer(rang_de_structure)?;
                self.dictionnaire(id_page)?.set("Tabs", "S");
                self.objets.push(Object::Reference(id));
                self.champs.push(Champ { nom: champ, genre: GenreChamp::Signature, signataire: rang, page, rectangle });
            }
        }
        Ok(())
    }

    /// The structure element of a link becomes that of a form field, whose only child is the field.
    ///
    /// Signing tools follow the path of this element: the child must not be in an array.
    fn structurer(&mut self, rang: i64) -> Result<(), Erreur> {
        let arbre = self.arbre_des_parents()?;
        let element = self.chercher(&arbre, rang)?.ok_or_else(|| interne("champ sans élément de structure"))?;
        let element = self.dictionnaire(element)?;
        let enfants = match element.get(b"K")? {
            Object::Array(enfants) => enfants.clone(),
            seul => vec![seul.clone()],
        };
        let [champ] = enfants.as_slice() else { return Err(interne("la case d'une signature contient autre chose")) };
        element.set("K", champ.clone());
        element.set("S", Object::Name(b"Form".to_vec()));
        Ok(())
    }

    /// One field per page and signatory, after all that the document says, in an element of their own.
    fn paraphes(&mut self, signataires: &[&Signature]) -> Result<(), Erreur> {
        let racine = self.racine_de_structure()?;
        let parent = self.premier_element(racine)?;
        let ensemble = self.fichier.new_object_id();
        let mut rang = self.dictionnaire(racine)?.get(b"ParentTreeNextKey").and_then(Object::as_i64)?;
        let (mut elements, mut parents) = (Vec::new(), Vec::new());
        for (page, id_page) in self.fichier.get_pages() {
            let largeur = self.largeur(id_page)?;
            for (signataire, signature) in signataires.iter().enumerate() {
                let rectangle = paraphe(largeur, signataire, signataires.len());
                let suffixe = signature.champ.strip_prefix("signature-").unwrap_or(&signature.champ);
                let nom = format!("paraphe-{suffixe}-page-{page}");
                let infobulle = infobulle(GenreChamp::Paraphe, signature, page);
                let apparence = self.apparence(rectangle);
                let mut champ = champ_de_signature(&nom, &infobulle, id_page, apparence);
                champ.set("Type", "Annot");
                champ.set("Rect", rectangle.map(Object::Real).to_vec());
                champ.set("StructParent", rang);
                let champ = self.fichier.add_object(champ);
                let objr = dictionary! { "Type" => "OBJR", "Obj" => champ, "Pg" => id_page };
                let element = self.fichier.add_object(dictionary! {
                    "Type" => "StructElem", "S" => "Form", "P" => ensemble, "Pg" => id_page, "K" => objr,
                });
                self.annoter(id_page, champ)?;
                elements.push(Object::Reference(element));
                parents.extend([Object::Integer(rang), Object::Reference(element)]);
                rang += 1;
                self.objets.push(Object::Reference(champ));
                self.champs.push(Champ { nom, genre: GenreChamp::Paraphe, signataire, page, rectangle });
            }
            self.dictionnaire(id_page)?.set("Tabs", "S");
        }
        let division = dictionary! { "Type" => "StructElem", "S" => "Div", "P" => parent, "K" => elements };
        self.fichier.objects.insert(ensemble, division.into());
        self.ajouter_enfant(parent, ensemble)?;
        self.ajouter_parents(parents)?;
        self.dictionnaire(racine)?.set("ParentTreeNextKey", rang);
        Ok(())
    }

    fn formulaire(&mut self) -> Result<(), Erreur> {
        let formulaire = dictionary! { "Fields" => self.objets.clone(), "SigFlags" => 1 };
        self.fichier.catalog_mut()?.set("AcroForm", formulaire);
        Ok(())
    }

    // --- reading and changing objects -------------------------------------------------------------

    fn dictionnaire(&mut self, id: ObjectId) -> Result<&mut Dictionary, Erreur> {
        Ok(self.fichier.get_object_mut(id)?.as_dict_mut()?)
    }

    fn annotations(&self, page: ObjectId) -> Result<Vec<ObjectId>, Erreur> {
        let page = self.fichier.get_dictionary(page)?;
        let Ok(annotations) = page.get_deref(b"Annots", self.fichier) else { return Ok(Vec::new()) };
        Ok(annotations.as_array()?.iter().filter_map(|a| a.as_reference().ok()).collect())
    }

    fn annoter(&mut self, page: ObjectId, champ: ObjectId) -> Result<(), Erreur> {
        let mut annotations = match self.fichier.get_dictionary(page)?.get_deref(b"Annots", self.fichier) {
            Ok(annotations) => annotations.as_array()?.clone(),
            Err(_) => Vec::new(),
        };
        annotations.push(Object::Reference(champ));
        self.dictionnaire(page)?.set("Annots", annotations);
        Ok(())
    }

    /// The field that a link stands for.
    fn adresse(&self, annotation: ObjectId) -> Result<Option<String>, Erreur> {
        let annotation = self.fichier.get_dictionary(annotation)?;
        let Ok(action) = annotation.get_deref(b"A", self.fichier).and_then(Object::as_dict) else { return Ok(None) };
        let Ok(adresse) = action.get(b"URI").and_then(Object::as_str) else { return Ok(None) };
        Ok(std::str::from_utf8(adresse).ok().and_then(|a| a.strip_prefix(ADRESSE)).map(str::to_owned))
    }

    fn rectangle(&self, annotation: ObjectId) -> Result<[f32; 4], Erreur> {
        nombres(self.fichier.get_dictionary(annotation)?.get_deref(b"Rect", self.fichier)?)
    }

    /// Width of a page, in points.
    fn largeur(&self, page: ObjectId) -> Result<f32, Erreur> {
        let cadre: [f32; 4] = nombres(self.fichier.get_dictionary(page)?.get_deref(b"MediaBox", self.fichier)?)?;
        Ok(cadre[2] - cadre[0])
    }

    /// What an empty field shows: nothing, at its size.
    fn apparence(&mut self, [gauche, bas, droite, haut]: [f32; 4]) -> ObjectId {
        let cadre: Vec<Object> = [0.0, 0.0, droite - gauche, haut - bas].map(Object::Real).to_vec();
        let entete = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => cadre, "Resources" => Dictionary::new(),
        };
        self.fichier.add_object(Stream::new(entete, Vec::new()))
    }

    fn racine_de_structure(&self) -> Result<ObjectId, Erreur> {
        Ok(self.fichier.catalog()?.get(b"StructTreeRoot").and_then(Object::as_reference)?)
    }

    /// The element of the whole document.
    fn premier_element(&self, racine: ObjectId) -> Result<ObjectId, Erreur> {
        match self.fichier.get_dictionary(racine)?.get(b"K")? {
            Object::Array(enfants) => enfants.first().ok_or_else(|| interne("structure vide"))?.as_reference(),
            seul => seul.as_reference(),
        }
        .map_err(Erreur::from)
    }

    fn ajouter_enfant(&mut self, parent: ObjectId, enfant: ObjectId) -> Result<(), Erreur> {
        let parent = self.dictionnaire(parent)?;
        let mut enfants = match parent.get(b"K") {
            Ok(Object::Array(enfants)) => enfants.clone(),
            Ok(seul) => vec![seul.clone()],
            Err(_) => Vec::new(),
        };
        enfants.push(Object::Reference(enfant));
        parent.set("K", enfants);
        Ok(())
    }

    /// The tree that leads from the rank of a field to its structure element.
    fn arbre_des_parents(&self) -> Result<Dictionary, Erreur> {
        let racine = self.fichier.get_dictionary(self.racine_de_structure()?)?;
        Ok(racine.get_deref(b"ParentTree", self.fichier)?.as_dict()?.clone())
    }

    fn chercher(&self, noeud: &Dictionary, rang: i64) -> Result<Option<ObjectId>, Erreur> {
        if let Ok(paires) = noeud.get_deref(b"Nums", self.fichier).and_then(Object::as_array) {
            for paire in paires.chunks(2) {
                if let [cle, valeur] = paire
                    && cle.as_i64()? == rang
                {
                    return Ok(valeur.as_reference().ok());
                }
            }
        }
        if let Ok(enfants) = noeud.get_deref(b"Kids", self.fichier).and_then(Object::as_array) {
            for enfant in enfants {
                let enfant = self.fichier.dereference(enfant)?.1.as_dict()?;
                if let Some(trouve) = self.chercher(enfant, rang)? {
                    return Ok(Some(trouve));
                }
            }
        }
        Ok(None)
    }

    /// Adds pairs whose ranks follow all others.
    fn ajouter_parents(&mut self, paires: Vec<Object>) -> Result<(), Erreur> {
        let mut arbre = self.arbre_des_parents()?;
        if let Ok(Object::Array(nombres)) = arbre.get_mut(b"Nums") {
            nombres.extend(paires);
        } else {
            let limites: Vec<Object> =
                [paires.first(), paires.iter().rev().nth(1)].into_iter().flatten().cloned().collect();
            let enfant = self.fichier.add_object(dictionary! { "Limits" => limites, "Nums" => paires });
            arbre.get_mut(b"Kids")?.as_array_mut()?.push(Object::Reference(enfant));
        }
        let racine = self.racine_de_structure()?;
        self.dictionnaire(racine)?.set("ParentTree", arbre);
        Ok(())
    }
}

/// Field and widget in one object; 132: printed, locked in place.
fn champ_de_signature(nom: &str, infobulle: &str, page: ObjectId, apparence: ObjectId) -> Dictionary {
    dictionary! {
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => Object::string_literal(nom),
        "TU" => lopdf::text_string(infobulle),
        "F" => 132,
        "P" => page,
        "AP" => dictionary! { "N" => apparence },
    }
}

fn nombres(objet: &Object) -> Result<[f32; 4], Erreur> {
    let nombres: Vec<f32> = objet.as_array()?.iter().filter_map(|n| n.as_float().ok()).collect();
    nombres.try_into().map_err(|_| interne("un rectangle n'a pas quatre nombres"))
}

fn interne(details: &str) -> Erreur {
    Erreur::Composition { details: details.to_owned() }
}
