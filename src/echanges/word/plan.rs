//! The headings of what was printed, and those of a Word file → the name of each place: « Article 5 – Litiges › Principe ».

use super::contenu::{Genre, Paragraphe};
use crate::document::{self, Bloc, Document, Noeud, Titre, mots};
use std::collections::BTreeMap;

/// A heading of the plan as the file has it, without the number that Word computes: its words, and how many before it
/// have the same.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Repere<'p> {
    pub mots: &'p str,
    pub occurrence: usize,
}

/// The headings above a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lieu<'p> {
    pub titre: Repere<'p>,
    pub intertitre: &'p str,
}

/// The place of each paragraph; one more for what stands after the last.
pub(super) fn lieux(paragraphes: &[Paragraphe]) -> Vec<Lieu<'_>> {
    let mut ici = Lieu::default();
    let mut vus: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sortie = Vec::with_capacity(paragraphes.len() + 1);
    for paragraphe in paragraphes {
        match paragraphe.genre {
            Genre::Titre => {
                let vu = vus.entry(&paragraphe.texte).or_default();
                ici = Lieu { titre: Repere { mots: &paragraphe.texte, occurrence: *vu }, intertitre: "" };
                *vu += 1;
            }
            Genre::Intertitre => ici.intertitre = &paragraphe.texte,
            Genre::Texte | Genre::Liste => {}
        }
        sortie.push(ici);
    }
    sortie.push(ici);
    sortie
}

/// The headings of what was printed, by their words with and without their number; those of the same words in order.
pub(super) struct Plan(BTreeMap<String, Vec<Element>>);

#[derive(Clone)]
pub(super) struct Element {
    /// « Article 5 – Litiges ».
    titre: String,
    /// Where a clause of the contract may stand; nothing for the page of a fiche or of an establishment.
    article: Option<Article>,
}

#[derive(Clone)]
pub(super) struct Article {
    pub id: String,
    /// Whether words alone make it: no table, no article below.
    pub de_mots: bool,
}

impl Plan {
    pub fn de(document: &Document) -> Self {
        let mut plan = Plan(BTreeMap::new());
        for partie in &document.parties {
            let mut courant: Option<(&Titre, bool)> = None;
            for Noeud { bloc, .. } in &partie.blocs {
                match bloc {
                    Bloc::Titre(titre) if titre.au_sommaire => {
                        if let Some((au_dessus, de_mots)) = courant {
                            // Its clause would take the place of the article below it.
                            plan.ajouter(partie.genre, au_dessus, de_mots && titre.niveau <= au_dessus.niveau);
                        }
                        courant = Some((titre, true));
                    }
                    Bloc::Titre(_) | Bloc::Paragraphe(_) | Bloc::Liste(_) => {}
                    _ => courant = courant.map(|(titre, _)| (titre, false)),
                }
            }
            if let Some((titre, de_mots)) = courant {
                plan.ajouter(partie.genre, titre, de_mots);
            }
        }
        plan
    }

    fn ajouter(&mut self, genre: document::Genre, titre: &Titre, de_mots: bool) {
        let propre = |texte: String| texte.split_whitespace().collect::<Vec<_>>().join(" ");
        let nu = propre(mots::inlines(&titre.contenu));
        let numero = titre.numero.as_ref().map(mots::numero).unwrap_or_default();
        let entier = propre(format!("{numero}{nu}"));
        let ancre = titre.ancre.clone().filter(|_| genre != document::Genre::Fiche);
        let element = Element { titre: entier.clone(), article: ancre.map(|id| Article { id, de_mots }) };
        if nu != entier {
            self.0.entry(nu).or_default().push(element.clone());
        }
        self.0.entry(entier).or_default().push(element);
    }

    fn element(&self, titre: Repere<'_>) -> Option<&Element> {
        self.0.get(titre.mots)?.get(titre.occurrence)
    }

    pub fn article(&self, titre: Repere<'_>) -> Option<&Article> {
        self.element(titre)?.article.as_ref()
    }

    /// « Article 5 – Litiges › Principe ».
    pub fn designer(&self, place: Lieu<'_>) -> String {
        let titre = self.element(place.titre).map_or(place.titre.mots, |element| element.titre.as_str());
        match (titre, place.intertitre) {
            (titre, "") => titre.to_owned(),
            ("", intertitre) => intertitre.to_owned(),
            (titre, intertitre) => format!("{titre} › {intertitre}"),
        }
    }
}
