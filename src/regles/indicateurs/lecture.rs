//! How indicators are read: those of all fiches with their place, shares, words compared.

use crate::contrat::diagnostic::Sens;
use crate::contrat::identifiants::Annee;
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

/// All indicators, in the order of the fiches.
pub fn tous<'a>(contexte: &Context<'a>) -> Vec<Place<'a>> {
    let numeros = contexte.numeros();
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

/// Where an indicator leaves from, in figures, and the way that it says.
pub fn depart_et_sens(indicateur: &Indicateur) -> Option<(f64, Sens)> {
    let depart = indicateur.valeur_initiale.valeur().and_then(|v| v.valeur.nombre())?;
    Some((depart, *indicateur.sens.valeur()?))
}

/// The first target that is on the wrong side of the start, or the last when it is the start itself: its rank, year and value.
pub fn contraire(indicateur: &Indicateur) -> Option<(usize, Annee, f64)> {
    let (depart, sens) = depart_et_sens(indicateur)?;
    let mauvaise = |cible: f64| match sens {
        Sens::Hausse => cible < depart,
        Sens::Baisse => cible > depart,
        Sens::Maintien => false,
    };
    let cibles = indicateur.cibles.elements();
    let derniere = cibles.iter().enumerate().max_by_key(|(_, c)| c.annee).map(|(rang, _)| rang);
    cibles.iter().enumerate().find_map(|(rang, cible)| {
        let valeur = cible.fin.nombre()?;
        let egale = valeur == depart && Some(rang) == derniere && sens != Sens::Maintien;
        (mauvaise(valeur) || egale).then_some((rang, cible.annee, valeur))
    })
}

/// Words alone: no accent, case nor punctuation, one space between.
pub fn mots(texte: &str) -> String {
    let plat: String =
        texte.to_lowercase().chars().map(|c| if c.is_alphanumeric() { sans_accent(c) } else { ' ' }).collect();
    plat.split_whitespace().collect::<Vec<_>>().join(" ")
}
