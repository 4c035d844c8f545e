//! How messages name a line of activity: its establishment and its mode.

use crate::contrat::activite::Activite;
use crate::contrat::perimetre::Modalite;
use crate::regles::context::{Context, nom};

/// « IME Les Oliviers » (internat).
pub fn designer(contexte: &Context<'_>, activite: &Activite) -> String {
    let id = activite.etablissement.as_str();
    let etablissement = contexte.etablissement(id).map_or(id, |e| nom(e.valeur));
    match activite.modalite.valeur() {
        Some(modalite) => format!("« {etablissement} » ({})", libelle(*modalite)),
        None => format!("« {etablissement} »"),
    }
}

fn libelle(modalite: Modalite) -> &'static str {
    match modalite {
        Modalite::Internat => "internat",
        Modalite::SemiInternat => "semi-internat",
        Modalite::Externat => "externat",
        Modalite::AccueilJour => "accueil de jour",
        Modalite::HebergementPermanent => "hébergement permanent",
        Modalite::HebergementTemporaire => "hébergement temporaire",
        Modalite::AccueilUrgence => "accueil d'urgence",
        Modalite::AccueilFamilial => "accueil familial",
        Modalite::MilieuOrdinaire => "milieu ordinaire",
        Modalite::Ambulatoire => "ambulatoire",
        Modalite::Domicile => "domicile",
        Modalite::Travail => "travail protégé",
        Modalite::UniteEnseignement => "unité d'enseignement externalisée",
        Modalite::Autre => "autre modalité",
    }
}
