//! A model → what a contract may name of it: its articles, its annexes, its fiches, its axes, each with its identifier.

use super::Modele;
use super::manifeste::{Element, GenreElement, Intitule};
use serde::Serialize;

/// What a contract may name of a model.
#[derive(Debug, Serialize)]
pub struct Sommaire {
    pub id: String,
    pub version: String,
    pub nom: String,
    /// What « article » of a `clauses_particulieres` may name, in the order of the dossier.
    pub articles: Vec<Article>,
    /// What « annexe » of a `pieces` may name; a clause may stand there too.
    pub annexes: Vec<Annexe>,
    /// What « axe » and « general » of an objective may name.
    pub axes: Vec<Intitule>,
    pub objectifs_generaux: Vec<Intitule>,
}

/// An element of the body.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Article {
    pub id: String,
    /// Nothing for a part without heading (the visas).
    pub titre: Option<String>,
    pub genre: GenreElement,
    /// How deep it stands: 0 for what stands by itself.
    pub niveau: usize,
    /// Whether it is printed by some contracts only.
    pub selon_le_contrat: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Annexe {
    pub id: String,
    pub titre: Option<String>,
    /// Whether files are joined to it (`pieces`).
    pub pieces: bool,
    /// Whether it must be joined, or declared without object.
    pub obligatoire: bool,
    pub selon_le_contrat: bool,
    /// The fiches actions that it holds, if it holds any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fiches: Option<Fiches>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Fiches {
    /// The title of the fiche that the model wants, when it wants one.
    pub titre: Option<String>,
    pub obligatoire: bool,
    /// Whether it takes some objectives only; else all those that no other annex takes.
    pub selon_l_objectif: bool,
}

impl Modele {
    /// What a contract may name of it.
    pub fn sommaire(&self) -> Sommaire {
        let manifeste = &self.manifeste;
        let mut articles = Vec::new();
        for element in manifeste.plan.iter().filter(|e| e.genre != GenreElement::Annexe) {
            relever(element, 0, false, &mut articles);
        }
        let annexes = manifeste.plan.iter().filter(|e| e.genre == GenreElement::Annexe).map(annexe);
        Sommaire {
            id: manifeste.id.to_string(),
            version: manifeste.version.clone(),
            nom: manifeste.nom.clone(),
            articles,
            annexes: annexes.collect(),
            axes: manifeste.axes.clone(),
            objectifs_generaux: manifeste.objectifs_generaux.clone(),
        }
    }
}

/// The covers and the body itself take no clause of their own: only what they hold does.
fn relever(element: &Element, niveau: usize, condition: bool, sortie: &mut Vec<Article>) {
    let muet = matches!(element.genre, GenreElement::Garde | GenreElement::Sommaire | GenreElement::Socle);
    let selon_le_contrat = condition || element.condition.is_some();
    if !muet {
        sortie.push(Article {
            id: element.id.to_string(),
            titre: element.titre.clone(),
            genre: element.genre,
            niveau,
            selon_le_contrat,
        });
    }
    let dessous = if muet { niveau } else { niveau + 1 };
    element.elements.iter().for_each(|enfant| relever(enfant, dessous, selon_le_contrat, sortie));
}

fn annexe(element: &Element) -> Annexe {
    Annexe {
        id: element.id.to_string(),
        titre: element.titre.clone(),
        pieces: element.piece,
        obligatoire: element.obligatoire,
        selon_le_contrat: element.condition.is_some(),
        fiches: element.fiches.as_ref().map(|f| Fiches {
            titre: f.titre.clone(),
            obligatoire: f.obligatoire,
            selon_l_objectif: f.condition.is_some(),
        }),
    }
}
