//! What was rewritten outside the fields of a Word file → where it is, word for word, and the contract's own clauses
//! that could hold it.

use super::Ecart;
use super::lecture::{DossierWord, Genre, Paragraphe};
use crate::document::{self, Bloc, Document, Noeud, Titre, mots};
use schemars::JsonSchema;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, BTreeSet};

/// Why the clause is there, until someone says it.
const MOTIF: &str = "texte réécrit dans le document Word (à préciser)";

/// An entry of « clauses_particulieres », ready to be read again and put there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Une clause particulière proposée.")]
pub struct ClauseProposee {
    #[schemars(description = "L'article du modèle.")]
    pub article: String,
    #[schemars(description = "« remplace » quand l'article entier est repris du document ; « apres » pour un ajout.")]
    pub place: &'static str,
    pub texte: String,
    pub motif: &'static str,
}

/// The paragraphs whose words outside the fields changed, and the clauses that could hold them; none for the articles
/// `occupes`, where the contract has one already: its text, which is a field, is the one to change.
pub(super) fn comparer(
    document: &Document,
    imprime: &DossierWord,
    word: &DossierWord,
    occupes: &BTreeSet<String>,
) -> (Vec<Ecart>, Vec<ClauseProposee>) {
    let plan = Plan::de(document);
    let (avant, apres) = (a_comparer(&imprime.paragraphes), a_comparer(&word.paragraphes));
    let gabarits = |suite: &[Place<'_>]| suite.iter().map(|p| p.paragraphe.gabarit.clone()).collect::<Vec<_>>();
    let (mut ecarts, mut clauses) = (Vec::new(), Vec::new());
    for operation in capture_diff_slices(Algorithm::Patience, &gabarits(&avant), &gabarits(&apres)) {
        if matches!(operation, DiffOp::Equal { .. }) {
            continue;
        }
        let (vieux, neufs) = (&avant[operation.old_range()], &apres[operation.new_range()]);
        for rang in 0..vieux.len().max(neufs.len()) {
            let (ancien, nouveau) = (vieux.get(rang), neufs.get(rang));
            let Some(place) = ancien.or(nouveau) else { continue };
            let texte = |place: Option<&Place<'_>>| place.map(|p| p.paragraphe.texte.clone()).unwrap_or_default();
            ecarts.push(Ecart::HorsChamp { clause: plan.designer(place), avant: texte(ancien), apres: texte(nouveau) });
            if let Some(article) = plan.article(place.titre).filter(|article| !occupes.contains(&article.id)) {
                let ajout = ancien.is_none().then(|| en_prose(place.paragraphe));
                proposer(article, place.titre, ajout, &word.paragraphes, &mut clauses);
            }
        }
    }
    (ecarts, clauses)
}

/// The clause that holds what changed in an article: the article as it now reads, when words alone make it; else what
/// was added to it.
fn proposer(
    article: &Article,
    titre: Repere<'_>,
    ajout: Option<String>,
    paragraphes: &[Paragraphe],
    clauses: &mut Vec<ClauseProposee>,
) {
    let deja = clauses.iter_mut().find(|c| c.article == article.id);
    match (deja, ajout) {
        (Some(clause), Some(ajout)) if clause.place == "apres" => clause.texte = joindre([clause.texte.clone(), ajout]),
        (Some(_), _) => {}
        (None, ajout) => {
            let (place, texte) = if article.de_mots {
                ("remplace", sous_le_titre(titre, paragraphes))
            } else {
                ("apres", ajout.unwrap_or_default())
            };
            if !texte.is_empty() {
                clauses.push(ClauseProposee { article: article.id.clone(), place, texte, motif: MOTIF });
            }
        }
    }
}

/// The text of an article as the edited file has it.
fn sous_le_titre(titre: Repere<'_>, paragraphes: &[Paragraphe]) -> String {
    let titres = paragraphes.iter().enumerate().filter(|(_, p)| p.genre == Genre::Titre && p.texte == titre.mots);
    let debut = titres.map(|(rang, _)| rang).nth(titre.occurrence);
    let suite = debut.map(|rang| &paragraphes[rang + 1..]).unwrap_or_default();
    joindre(suite.iter().take_while(|p| p.genre != Genre::Titre).map(en_prose).filter(|texte| !texte.is_empty()))
}

/// Paragraphs are parted by an empty line, elements of a list follow each other.
fn joindre(morceaux: impl IntoIterator<Item = String>) -> String {
    let mut sortie = String::new();
    let mut liste = false;
    for morceau in morceaux {
        let de_liste = morceau.starts_with("- ");
        if !sortie.is_empty() {
            sortie.push_str(if liste && de_liste { "\n" } else { "\n\n" });
        }
        sortie.push_str(&morceau);
        liste = de_liste;
    }
    sortie
}

fn en_prose(paragraphe: &Paragraphe) -> String {
    match paragraphe.genre {
        _ if paragraphe.texte.is_empty() => String::new(),
        Genre::Liste => format!("- {}", paragraphe.prose),
        Genre::Titre | Genre::Intertitre => format!("**{}**", paragraphe.texte),
        Genre::Texte => paragraphe.prose.clone(),
    }
}

/// A heading of the plan as the file has it, without the number that Word computes: its words, and how many before it
/// have the same.
#[derive(Debug, Clone, Copy, Default)]
struct Repere<'p> {
    mots: &'p str,
    occurrence: usize,
}

/// A paragraph that has words of its own, and the headings above it.
struct Place<'p> {
    paragraphe: &'p Paragraphe,
    titre: Repere<'p>,
    intertitre: &'p str,
}

fn a_comparer(paragraphes: &[Paragraphe]) -> Vec<Place<'_>> {
    let (mut titre, mut intertitre) = (Repere::default(), "");
    let mut vus: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sortie = Vec::new();
    for paragraphe in paragraphes {
        match paragraphe.genre {
            Genre::Titre => {
                let vu = vus.entry(&paragraphe.texte).or_default();
                (titre, intertitre) = (Repere { mots: &paragraphe.texte, occurrence: *vu }, "");
                *vu += 1;
            }
            Genre::Intertitre => intertitre = &paragraphe.texte,
            Genre::Texte | Genre::Liste => {}
        }
        if !sans_les_champs(&paragraphe.gabarit).trim().is_empty() {
            sortie.push(Place { paragraphe, titre, intertitre });
        }
    }
    sortie
}

/// The words of a paragraph outside its fields.
fn sans_les_champs(gabarit: &str) -> String {
    let mut sortie = String::new();
    let mut reste = gabarit;
    while let Some((avant, suite)) = reste.split_once('‹') {
        sortie.push_str(avant);
        reste = suite.split_once('›').map_or("", |(_, apres)| apres);
    }
    sortie + reste
}

/// The headings of what was printed, by their words with and without their number; those of the same words in order.
struct Plan(BTreeMap<String, Vec<Element>>);

#[derive(Clone)]
struct Element {
    /// « Article 5 – Litiges ».
    titre: String,
    /// Where a clause of the contract may stand; nothing for the page of a fiche or of an establishment.
    article: Option<Article>,
}

#[derive(Clone)]
struct Article {
    id: String,
    /// Whether words alone make it: no table, no article below.
    de_mots: bool,
}

impl Plan {
    fn de(document: &Document) -> Self {
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

    fn article(&self, titre: Repere<'_>) -> Option<&Article> {
        self.element(titre)?.article.as_ref()
    }

    /// « Article 5 – Litiges › Principe ».
    fn designer(&self, place: &Place<'_>) -> String {
        let titre = self.element(place.titre).map_or(place.titre.mots, |element| element.titre.as_str());
        match (titre, place.intertitre) {
            (titre, "") => titre.to_owned(),
            ("", intertitre) => intertitre.to_owned(),
            (titre, intertitre) => format!("{titre} › {intertitre}"),
        }
    }
}
