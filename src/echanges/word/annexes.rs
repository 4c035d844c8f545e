//! The notes and the comments of a Word file → their words, at the place of the text where they are called.

use super::contenu::{CommentaireLu, GenreObjet, Objet};
use super::parcours::{Cibles, Lecture};
use super::texte::abreger;
use crate::formats::mots::propre;
use crate::rendu::docx::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// Longest passage that is told of a comment, in characters.
const PASSAGE_MAX: usize = 300;

/// The notes of a part, by identifier; separators are none.
pub(super) struct Notes<'p> {
    genre: GenreObjet,
    notes: BTreeMap<&'p str, &'p Element>,
}

impl<'p> Notes<'p> {
    pub fn de(genre: &str, racine: &'p Element) -> Self {
        let (genre, nom) = match genre {
            "footnotes" => (GenreObjet::NoteDeBasDePage, "w:footnote"),
            _ => (GenreObjet::NoteDeFin, "w:endnote"),
        };
        let du_texte = |e: &&Element| e.nom == nom && matches!(e.lire_attribut("w:type"), None | Some("normal"));
        let notes = racine.elements().filter(du_texte);
        Notes { genre, notes: notes.map(|e| (e.lire_attribut("w:id").unwrap_or_default(), e)).collect() }
    }
}

impl Lecture<'_> {
    /// Reads the notes that the text calls, then those that nothing calls; each once.
    pub(super) fn notes(&mut self, notes: &Notes<'_>, cibles: &Cibles) {
        // A note may hold pictures and links, which are those of its own part.
        let mut partie = Lecture::nouvelle(self.en_ligne, self.suivi, self.styles, cibles);
        let du_genre = self.appels.iter().filter(|(genre, _, _)| *genre == notes.genre);
        let mut places: Vec<(String, usize)> = du_genre.map(|(_, id, place)| (id.clone(), *place)).collect();
        let appelees: BTreeSet<String> = places.iter().map(|(id, _)| id.clone()).collect();
        let fin = self.sortie.paragraphes.len();
        let perdue = |id: &&str| !appelees.contains(*id) && !self.notes_retirees.contains(*id);
        places.extend(notes.notes.keys().copied().filter(perdue).map(|id| (id.to_owned(), fin)));
        for (id, paragraphe) in places {
            let Some(note) = notes.notes.get(id.as_str()) else { continue };
            let appelee = appelees.contains(&id);
            if !self.notes_lues.insert((notes.genre, id)) {
                continue;
            }
            let texte = partie.a_part(note);
            let objets = partie.sortie.objets.drain(..);
            self.sortie.objets.extend(objets.map(|objet| Objet { paragraphe, ..objet }));
            // Word leaves empty notes that nothing calls.
            if appelee || !texte.is_empty() {
                self.sortie.objets.push(Objet { genre: notes.genre, empreinte: texte.clone(), texte, paragraphe });
            }
        }
    }

    /// Calls of notes that no part has.
    pub(super) fn notes_absentes(&mut self) {
        for (genre, id, paragraphe) in std::mem::take(&mut self.appels) {
            if !self.notes_lues.contains(&(genre, id.clone())) {
                let texte = format!("le texte de la note {id} manque dans le fichier");
                self.sortie.objets.push(Objet { genre, empreinte: id, texte, paragraphe });
            }
        }
    }

    /// Reads the comments of a part: their words, what they are about, whether they are resolved.
    pub(super) fn commentaires(&mut self, racine: &Element, etendu: Option<&Element>, cibles: &Cibles) {
        let etats = etats(etendu);
        let debut = self.sortie.commentaires.len();
        let elements: Vec<&Element> = racine.elements().filter(|e| e.nom == "w:comment").collect();
        let marques: Vec<&str> = elements.iter().map(|e| marque(e)).collect();
        let rangs: BTreeMap<&str, usize> = marques.iter().enumerate().map(|(rang, m)| (*m, debut + rang)).collect();
        let mut partie = Lecture::nouvelle(self.en_ligne, self.suivi, self.styles, cibles);
        let fin = self.sortie.paragraphes.len();
        for (element, marque) in elements.into_iter().zip(marques) {
            let id = element.lire_attribut("w:id").unwrap_or_default();
            let (de, a, paragraphe) = self.commentes.get(id).copied().unwrap_or((0, None, fin));
            let (parent, resolu) = etats.get(marque).copied().unwrap_or_default();
            let mut texte = partie.a_part(element);
            if partie.sortie.objets.drain(..).any(|objet| objet.genre != GenreObjet::Lien) {
                texte.push_str(" [avec une image ou un objet]");
            }
            self.sortie.commentaires.push(CommentaireLu {
                auteur: element.lire_attribut("w:author").unwrap_or_default().to_string(),
                texte: texte.trim().to_string(),
                passage: passage(&self.flux, de, a.unwrap_or(de)),
                paragraphe,
                resolu,
                reponse_a: parent.filter(|parent| !parent.is_empty()).and_then(|parent| rangs.get(parent)).copied(),
            });
        }
    }
}

/// The identifier of the last paragraph of a comment.
fn marque(commentaire: &Element) -> &str {
    let paragraphes = commentaire.elements().filter(|p| p.nom == "w:p");
    paragraphes.last().and_then(|p| p.lire_attribut("w14:paraId")).unwrap_or_default()
}

/// Word tells answers and resolved comments apart, by the identifier of their last paragraph.
fn etats(etendu: Option<&Element>) -> BTreeMap<&str, (Option<&str>, bool)> {
    let etat = |e: &'_ Element| matches!(e.lire_attribut("w15:done"), Some("1" | "true" | "on"));
    etendu
        .into_iter()
        .flat_map(Element::elements)
        .filter_map(|e| Some((e.lire_attribut("w15:paraId")?, (e.lire_attribut("w15:paraIdParent"), etat(e)))))
        .collect()
}

/// The words between two places of the text, shortened. Many comments may cover the same words: only their ends are read.
fn passage(flux: &str, de: usize, a: usize) -> String {
    const OCTETS: usize = 4 * PASSAGE_MAX;
    let Some(tout) = flux.get(de..a.max(de)) else { return String::new() };
    if tout.len() <= 2 * OCTETS {
        return abreger(&propre(tout), PASSAGE_MAX);
    }
    let debut = (0..=OCTETS).rev().find(|n| tout.is_char_boundary(*n)).unwrap_or(0);
    let fin = (tout.len() - OCTETS..tout.len()).find(|n| tout.is_char_boundary(*n)).unwrap_or(tout.len());
    abreger(&propre(&format!("{} {}", &tout[..debut], &tout[fin..])), PASSAGE_MAX)
}
