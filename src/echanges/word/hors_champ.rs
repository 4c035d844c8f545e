//! What was rewritten outside the fields of a Word file → where it is, word for word, and the contract's own clauses
//! that could hold it.

use super::alignement;
use super::contenu::{DossierWord, Genre, Occurrence, Paragraphe};
use super::plan::{Article, Lieu, Plan, lieux};
use crate::echanges::reprise::{ClauseProposee, Ecart};
use crate::formats::mots::aplatir;
use std::collections::{BTreeMap, BTreeSet};

/// Why the clause is there, until someone says it.
const MOTIF: &str = "texte réécrit dans le document Word (à préciser)";

/// A paragraph that has words of its own, and the headings above it.
struct Place<'p> {
    paragraphe: &'p Paragraphe,
    /// Its rank among the paragraphs.
    rang: usize,
    lieu: Lieu<'p>,
    /// Its words outside the fields, as they are compared.
    cle: String,
}

/// The paragraphs whose words outside the fields changed, and the clauses that could hold them; none for the articles
/// `occupes`, where the contract has one already: its text, which is a field, is the one to change. The fields `tus` are told
/// otherwise: whether they are there changes no paragraph.
pub(super) fn comparer<'p>(
    plan: &Plan,
    imprime: &'p DossierWord,
    word: &'p DossierWord,
    occupes: &BTreeSet<String>,
    tus: &BTreeSet<&str>,
) -> (Vec<Ecart>, Vec<ClauseProposee>) {
    let a_comparer = |dossier: &'p DossierWord| a_comparer(&dossier.paragraphes, tus, &imprime.champs);
    let (avant, apres) = (a_comparer(imprime), a_comparer(word));
    let cles = |suite: &[Place<'_>]| suite.iter().map(|p| p.cle.clone()).collect::<Vec<_>>();
    let mut ecarts = Vec::new();
    let mut propositions = Propositions { paragraphes: &word.paragraphes, ..Propositions::default() };
    let (cellules_avant, cellules_apres) = (dans_un_tableau(imprime), dans_un_tableau(word));
    for (vieux, neufs) in alignement::differences(&cles(&avant), &cles(&apres)) {
        let (vieux, neufs) = (&avant[vieux], &apres[neufs]);
        for rang in 0..vieux.len().max(neufs.len()) {
            let (ancien, nouveau) = (vieux.get(rang), neufs.get(rang));
            let Some(place) = ancien.or(nouveau) else { continue };
            let texte = |place: Option<&Place<'_>>| place.map(|p| p.paragraphe.texte.clone()).unwrap_or_default();
            ecarts.push(Ecart::HorsChamp {
                clause: plan.designer(place.lieu),
                avant: texte(ancien),
                apres: texte(nouveau),
            });
            if let Some(article) = plan.article(place.lieu.titre).filter(|article| !occupes.contains(&article.id)) {
                // The words of a table are not those of a sentence.
                let de_tableau = ancien.is_some_and(|p| cellules_avant.contains(&p.rang))
                    || nouveau.is_some_and(|p| cellules_apres.contains(&p.rang));
                if article.de_mots || !de_tableau {
                    propositions.ajouter(
                        article,
                        place.lieu,
                        ancien.map(|p| p.paragraphe),
                        nouveau.map(|p| p.paragraphe),
                    );
                }
            }
        }
    }
    (ecarts, propositions.finir())
}

/// What changed in each article, in the order of the text.
#[derive(Default)]
struct Propositions<'p> {
    paragraphes: &'p [Paragraphe],
    rangs: BTreeMap<String, usize>,
    articles: Vec<Proposition>,
}

struct Proposition {
    article: String,
    /// The whole article as it now reads, when words alone make it.
    entier: Option<String>,
    /// What was added or rewritten, and what it was.
    ajouts: Vec<String>,
    anciens: Vec<String>,
}

impl Propositions<'_> {
    fn ajouter(
        &mut self,
        article: &Article,
        lieu: Lieu<'_>,
        ancien: Option<&Paragraphe>,
        nouveau: Option<&Paragraphe>,
    ) {
        let rang = *self.rangs.entry(article.id.clone()).or_insert_with(|| {
            let entier = article.de_mots.then(|| sous_le_titre(lieu, self.paragraphes));
            let (ajouts, anciens) = (Vec::new(), Vec::new());
            self.articles.push(Proposition { article: article.id.clone(), entier, ajouts, anciens });
            self.articles.len() - 1
        });
        if let Some(proposition) = self.articles.get_mut(rang).filter(|p| p.entier.is_none()) {
            let ajout = nouveau.map(en_prose).filter(|texte| !texte.is_empty());
            if ajout.is_some() {
                proposition.anciens.extend(ancien.map(|ancien| debut_de(&ancien.texte)));
            }
            proposition.ajouts.extend(ajout);
        }
    }

    fn finir(self) -> Vec<ClauseProposee> {
        let clause = |Proposition { article, entier, ajouts, anciens }: Proposition| {
            let (place, texte) = match entier {
                Some(entier) => ("remplace", entier),
                None => ("apres", joindre(ajouts)),
            };
            // An article with a table cannot be replaced without losing it: its own words stay above the clause.
            let motif = match anciens.as_slice() {
                [] => MOTIF.to_owned(),
                anciens => format!("{MOTIF} ; reste imprimé au-dessus : « {} »", anciens.join(" », « ")),
            };
            (!texte.is_empty()).then_some(ClauseProposee { article, place, texte, motif })
        };
        self.articles.into_iter().filter_map(clause).collect()
    }
}

/// The first words of a paragraph.
fn debut_de(texte: &str) -> String {
    const MOTS: usize = 12;
    match texte.match_indices(' ').nth(MOTS - 1) {
        Some((fin, _)) => format!("{}…", &texte[..fin]),
        None => texte.to_owned(),
    }
}

/// The ranks of the paragraphs that stand in tables.
fn dans_un_tableau(dossier: &DossierWord) -> BTreeSet<usize> {
    let cellules = dossier.tableaux.iter().flat_map(|tableau| tableau.lignes.iter().flatten());
    cellules.flat_map(|cellule| cellule.paragraphes.0..cellule.paragraphes.1).collect()
}

/// The text of an article as the edited file has it.
fn sous_le_titre(lieu: Lieu<'_>, paragraphes: &[Paragraphe]) -> String {
    let titres = paragraphes.iter().enumerate().filter(|(_, p)| p.genre == Genre::Titre && p.texte == lieu.titre.mots);
    let debut = titres.map(|(rang, _)| rang).nth(lieu.titre.occurrence);
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

/// The paragraphs that have words outside the fields of the contract. A field of another contract, pasted here, is words.
fn a_comparer<'p>(
    paragraphes: &'p [Paragraphe],
    tus: &BTreeSet<&str>,
    champs: &BTreeMap<String, Vec<Occurrence>>,
) -> Vec<Place<'p>> {
    let lieux = lieux(paragraphes);
    let place = |(rang, (paragraphe, lieu)): (usize, (&'p Paragraphe, Lieu<'p>))| {
        let connu = std::cell::Cell::new(true);
        let dehors = avec_les_champs(&paragraphe.gabarit, &|cle| {
            connu.set(connu.get() && champs.contains_key(cle));
            false
        });
        let (dehors, gabarit) = if connu.get() {
            (dehors.as_str(), &paragraphe.gabarit)
        } else {
            (paragraphe.texte.as_str(), &paragraphe.texte)
        };
        let cle = || aplatir(&avec_les_champs(gabarit, &|cle| !connu.get() || !tus.contains(cle)));
        (!dehors.trim().is_empty()).then(|| Place { paragraphe, rang, lieu, cle: cle() })
    };
    paragraphes.iter().zip(lieux).enumerate().filter_map(place).collect()
}

/// The words of a paragraph outside its fields, with the marks of the fields that are `gardes`.
fn avec_les_champs(gabarit: &str, gardes: &dyn Fn(&str) -> bool) -> String {
    let mut sortie = String::new();
    let mut reste = gabarit;
    while let Some((avant, suite)) = reste.split_once('‹') {
        sortie.push_str(avant);
        let Some((cle, apres)) = suite.split_once('›') else { return sortie + "‹" + suite };
        if gardes(cle) {
            sortie.extend(["‹", cle, "›"]);
        }
        reste = apres;
    }
    sortie + reste
}
