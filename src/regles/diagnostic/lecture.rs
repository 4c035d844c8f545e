//! What the diagnosis and the objectives say of an establishment or a theme: shared by the rules of the family.

use crate::contrat::diagnostic::{Constat, Theme};
use crate::contrat::objectifs::{Objectif, Portee};
use crate::regles::context::Context;
use std::collections::BTreeSet;

/// Whether an objective concerns an establishment: it names it, or it is for all.
pub fn concerne(objectif: &Objectif, id: &str) -> bool {
    let nommes = objectif.etablissements.elements();
    nommes.is_empty()
        || objectif.portee.valeur() == Some(&Portee::Transversal)
        || nommes.iter().any(|e| e.as_str() == id)
}

/// The themes that the objectives answer, through the findings they come from.
pub fn themes_servis(contexte: &Context<'_>) -> BTreeSet<Theme> {
    contexte
        .objectifs()
        .flat_map(|o| o.valeur.constats.elements().iter())
        .filter_map(|id| contexte.constat(id.as_str()))
        .filter_map(|c| c.valeur.theme.valeur().copied())
        .collect()
}

/// Whether an objective comes from a finding on a theme.
pub fn sert(contexte: &Context<'_>, objectif: &Objectif, theme: Theme) -> bool {
    objectif
        .constats
        .elements()
        .iter()
        .filter_map(|id| contexte.constat(id.as_str()))
        .any(|c| c.valeur.theme.valeur() == Some(&theme))
}

/// Everything that an objective and its fiches say, in lower case: what is searched for words.
pub fn paroles(contexte: &Context<'_>, objectif: &Objectif) -> String {
    let mut textes: Vec<&str> = objectif.titre.valeur().map(|t| t.as_str()).into_iter().collect();
    for fiche in contexte.fiches_de(objectif.id.as_str()) {
        let f = fiche.valeur;
        textes.extend(f.titre.valeur().map(|t| t.as_str()));
        textes.extend(f.objectif_operationnel.valeur().map(|t| t.as_str()));
        textes.extend(f.actions.elements().iter().map(|a| a.texte.as_str()));
        textes.extend(f.indicateurs.elements().iter().filter_map(|i| i.libelle.valeur()).map(|l| l.as_str()));
    }
    textes.join(" ").to_lowercase()
}

/// How messages quote a finding: its first words, whole.
pub fn extrait(constat: &Constat) -> String {
    const MOTS: usize = 14;
    let Some(texte) = constat.texte.valeur() else { return constat.id.to_string() };
    let mots: Vec<&str> = texte.as_str().split_whitespace().collect();
    let suite = if mots.len() > MOTS { "…" } else { "" };
    format!("{}{suite}", mots.iter().take(MOTS).copied().collect::<Vec<_>>().join(" "))
}
