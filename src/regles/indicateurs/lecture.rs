//! How indicators are read: those of all fiches with their place, shares, words compared.

use crate::contrat::objectifs::{FicheAction, Indicateur};
use crate::formats::sans_accent;
use crate::regles::context::{Context, Element};

/// An indicator of a fiche.
pub struct Place<'a> {
    pub fiche: Element<'a, FicheAction>,
    /// The printed number of the fiche.
    pub numero: u32,
    pub rang: usize,
    pub indicateur: &'a Indicateur,
}

impl Place<'_> {
    /// The JSON pointer of the indicator, or of a key below it.
    pub fn pointeur(&self, cle: &str) -> String {
        let suite = if cle.is_empty() { String::new() } else { format!("/{cle}") };
        self.fiche.pointeur(&format!("indicateurs/{}{suite}", self.rang))
    }

    /// How messages name it: its label, else its identifier.
    pub fn nom(&self) -> &str {
        self.indicateur.libelle.valeur().map_or(self.indicateur.id.as_str(), |l| l.as_str())
    }
}

/// The printed number of each fiche, by rank.
pub fn numeros(contexte: &Context<'_>) -> Vec<u32> {
    contexte.contrat.fiches_numerotees().into_iter().map(|(numero, _)| numero).collect()
}

/// All indicators, in the order of the fiches.
pub fn tous<'a>(contexte: &Context<'a>) -> Vec<Place<'a>> {
    let numeros = numeros(contexte);
    contexte
        .fiches()
        .flat_map(|fiche| {
            let numero = numeros.get(fiche.rang).copied().unwrap_or_default();
            let indicateurs = fiche.valeur.indicateurs.elements().iter().enumerate();
            indicateurs.map(move |(rang, indicateur)| Place { fiche, numero, rang, indicateur }).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether an indicator is in percent.
pub fn en_pourcent(indicateur: &Indicateur) -> bool {
    indicateur.unite.valeur().is_some_and(|u| {
        let unite = u.as_str().trim().to_lowercase();
        unite.starts_with('%') || unite == "pourcentage" || unite == "pour cent"
    })
}

/// Words alone: no accent, case nor punctuation, one space between.
pub fn mots(texte: &str) -> String {
    let plat: String =
        texte.to_lowercase().chars().map(|c| if c.is_alphanumeric() { sans_accent(c) } else { ' ' }).collect();
    plat.split_whitespace().collect::<Vec<_>>().join(" ")
}
