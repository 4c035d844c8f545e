//! From a model's plan and a contract to the plan that is printed: which elements, with which numbers.
//!
//! Numbers are counted over the elements whose condition holds, so references always follow.

use crate::contrat::identifiants::Date;
use crate::document::{Numero, Serie};
use crate::modele::manifeste::{Element, Fiches, GenreElement, ParEtablissement};
use minijinja::Error;
use std::collections::BTreeMap;

/// What a reference needs to know of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repere {
    pub ancre: String,
    /// « article 3-1 », « annexe 4 », « fiche action n° 2 ».
    pub texte: String,
    pub annexe: bool,
}

/// An element that is printed.
#[derive(Debug, Clone)]
pub struct Imprime {
    pub element: Element,
    pub numero: Option<Numero>,
    /// Heading level of the element; its clause's headings come below. 0 without heading.
    pub niveau: u8,
    pub enfants: Vec<Imprime>,
    /// The fiches it holds: number of the fiche, rank in the contract; no rank for the empty compulsory one.
    pub fiches: Vec<(u32, Option<usize>)>,
    /// The establishments that have a page in it: ranks in the contract.
    pub etablissements: Vec<usize>,
}

/// The whole printed plan, with what references need.
#[derive(Debug, Clone, Default)]
pub struct PlanImprime {
    pub elements: Vec<Imprime>,
    reperes: BTreeMap<String, Repere>,
    fiches: BTreeMap<String, Repere>,
}

impl PlanImprime {
    pub fn repere(&self, id: &str) -> Option<&Repere> {
        self.reperes.get(id)
    }

    pub fn fiche(&self, objectif: &str) -> Option<&Repere> {
        self.fiches.get(objectif)
    }

    /// The annexes in order.
    pub fn annexes(&self) -> impl Iterator<Item = &Imprime> {
        self.elements.iter().filter(|e| e.element.genre == GenreElement::Annexe)
    }
}

/// A fiche of the contract, as the plan needs it.
pub struct FicheDuContrat {
    pub numero: u32,
    pub rang: usize,
    pub objectif: String,
}

impl Imprime {
    /// The first element of a kind, itself or below it.
    pub fn du_genre(&self, genre: GenreElement) -> Option<&Imprime> {
        if self.element.genre == genre {
            return Some(self);
        }
        self.enfants.iter().find_map(|enfant| enfant.du_genre(genre))
    }
}

/// What decides which elements and fiches are printed.
pub trait Conditions {
    /// Whether an element's condition holds.
    fn element(&self, condition: &str) -> Result<bool, Error>;
    /// Whether a fiche belongs to an annex with this condition.
    fn fiche(&self, condition: &str, rang: usize) -> Result<bool, Error>;
    /// Whether an establishment has its page in an annex with this condition.
    fn etablissement(&self, condition: &str, rang: usize) -> Result<bool, Error>;
}

/// Numbers the elements that are printed, under the titles of the day of signature; `etablissements` are the ranks of
/// those that may have a page.
pub fn numeroter(
    plan: &[Element],
    mut fiches: Vec<FicheDuContrat>,
    etablissements: Vec<usize>,
    signature: Option<Date>,
    conditions: &dyn Conditions,
) -> Result<PlanImprime, Error> {
    fiches.sort_by_key(|f| (f.numero, f.rang));
    let mut compteurs = Compteurs { fiches, etablissements, signature, ..Compteurs::default() };
    let elements = compteurs.elements(plan, 0, conditions)?;
    Ok(PlanImprime { elements, reperes: compteurs.reperes, fiches: compteurs.reperes_fiches })
}

#[derive(Default)]
struct Compteurs {
    titre: u32,
    article: u32,
    sous_article: u32,
    annexe: u32,
    fiches: Vec<FicheDuContrat>,
    etablissements: Vec<usize>,
    signature: Option<Date>,
    reperes: BTreeMap<String, Repere>,
    reperes_fiches: BTreeMap<String, Repere>,
}

impl Compteurs {
    fn elements(
        &mut self,
        plan: &[Element],
        niveau_parent: u8,
        conditions: &dyn Conditions,
    ) -> Result<Vec<Imprime>, Error> {
        let mut sortie = Vec::new();
        for element in plan {
            if let Some(condition) = &element.condition
                && !conditions.element(condition)?
            {
                continue;
            }
            let mut element = element.clone();
            element.titre = element.titre_au(self.signature).map(ToString::to_string);
            let numero = self.numero(element.genre);
            let niveau = niveau(&element, niveau_parent);
            self.reperer(&element, numero.as_ref());
            let fiches = match &element.fiches {
                Some(fiches) => self.fiches_de(fiches, conditions)?,
                None => Vec::new(),
            };
            let etablissements = match &element.etablissements {
                Some(pages) => self.etablissements_de(pages, conditions)?,
                None => Vec::new(),
            };
            let enfants = self.elements(&element.elements, niveau, conditions)?;
            sortie.push(Imprime { element, numero, niveau, enfants, fiches, etablissements });
        }
        Ok(sortie)
    }

    fn numero(&mut self, genre: GenreElement) -> Option<Numero> {
        let numero = |serie, prefixe: &str, texte: String, rang| {
            Some(Numero { serie, prefixe: prefixe.into(), texte, suffixe: " – ".into(), rang })
        };
        match genre {
            GenreElement::Titre => {
                self.titre += 1;
                numero(Serie::Titre, "TITRE ", self.titre.to_string(), self.titre)
            }
            GenreElement::Article => {
                self.article += 1;
                self.sous_article = 0;
                numero(Serie::Article, "Article ", self.article.to_string(), self.article)
            }
            GenreElement::SousArticle => {
                self.sous_article += 1;
                let texte = format!("{}-{}", self.article, self.sous_article);
                numero(Serie::SousArticle, "", texte, self.sous_article)
            }
            GenreElement::Annexe => {
                self.annexe += 1;
                numero(Serie::Annexe, "Annexe ", self.annexe.to_string(), self.annexe)
            }
            _ => None,
        }
    }

    fn reperer(&mut self, element: &Element, numero: Option<&Numero>) {
        let nom = match element.genre {
            GenreElement::Titre => "titre",
            GenreElement::Article | GenreElement::SousArticle => "article",
            GenreElement::Annexe => "annexe",
            _ => "",
        };
        let texte = match numero {
            Some(numero) => format!("{nom} {}", numero.texte),
            None => element.titre.clone().unwrap_or_default(),
        };
        let annexe = element.genre == GenreElement::Annexe;
        self.reperes.insert(element.id.to_string(), Repere { ancre: element.id.to_string(), texte, annexe });
    }

    fn etablissements_de(&self, pages: &ParEtablissement, conditions: &dyn Conditions) -> Result<Vec<usize>, Error> {
        let mut sortie = Vec::new();
        for &rang in &self.etablissements {
            if match &pages.condition {
                Some(condition) => conditions.etablissement(condition, rang)?,
                None => true,
            } {
                sortie.push(rang);
            }
        }
        Ok(sortie)
    }

    /// The fiches that an annex takes, in the order of their numbers; each fiche is taken once.
    fn fiches_de(&mut self, fiches: &Fiches, conditions: &dyn Conditions) -> Result<Vec<(u32, Option<usize>)>, Error> {
        let mut prises = Vec::new();
        let mut restantes = Vec::new();
        for fiche in std::mem::take(&mut self.fiches) {
            let acceptee = match &fiches.condition {
                Some(condition) => conditions.fiche(condition, fiche.rang)?,
                None => true,
            };
            if acceptee {
                let texte = format!("fiche action n° {}", fiche.numero);
                let repere = Repere { ancre: ancre_de_fiche(fiche.numero, fiche.rang), texte, annexe: false };
                self.reperes_fiches.entry(fiche.objectif.clone()).or_insert(repere);
                prises.push((fiche.numero, Some(fiche.rang)));
            } else {
                restantes.push(fiche);
            }
        }
        self.fiches = restantes;
        if prises.is_empty() && fiches.obligatoire {
            prises.push((1, None));
        }
        Ok(prises)
    }
}

/// The anchor of the page of an establishment.
pub fn ancre_d_etablissement(rang: usize) -> String {
    format!("esms-{}", rang + 1)
}

/// The anchor of a fiche; the rank keeps it unique when two fiches bear one number.
pub fn ancre_de_fiche(numero: u32, rang: usize) -> String {
    format!("fiche-{numero}-{rang}")
}

fn niveau(element: &Element, parent: u8) -> u8 {
    match element.genre {
        GenreElement::Garde | GenreElement::Socle => 0,
        GenreElement::Section | GenreElement::SansObjet | GenreElement::Liminaire if element.titre.is_none() => 0,
        GenreElement::Sommaire | GenreElement::Liminaire | GenreElement::Titre | GenreElement::Annexe => 1,
        GenreElement::Section | GenreElement::SansObjet | GenreElement::Article | GenreElement::SousArticle => {
            (parent + 1).min(5)
        }
    }
}
