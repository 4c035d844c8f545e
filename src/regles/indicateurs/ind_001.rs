//! IND-001: a fiche has an indicator with a start and a target.

use crate::contrat::champ::Champ;
use crate::contrat::objectifs::Indicateur;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, COHERENCE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-001",
    famille: Famille::Indicateurs,
    severite: Severite::Bloquante,
    titre: "Chaque fiche a un indicateur avec une valeur de départ et une cible",
    pourquoi: "Sans indicateur, ni valeur de départ, ni cible, nul ne peut dire au dialogue de gestion si l'objectif avance : c'est le premier reproche fait aux contrats. Un indicateur en mots (« oui », « réalisé ») compte comme un autre.",
    remede: "ajoutez un indicateur, ou complétez sa valeur initiale et ses cibles.",
    references: &[&ANAP, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let numeros = contexte.numeros();
    for fiche in contexte.fiches() {
        let numero = numeros.get(fiche.rang).copied().unwrap_or_default();
        let indicateurs = match &fiche.valeur.indicateurs {
            Champ::NonApplicable(_) => continue,
            champ => champ.elements(),
        };
        let mesurable = |i: &Indicateur| i.valeur_initiale.valeur().is_some() && !i.cibles.elements().is_empty();
        if indicateurs.is_empty() {
            findings.signaler(fiche.pointeur("indicateurs"), format!("La fiche {numero} n'a aucun indicateur."));
        } else if !indicateurs.iter().any(mesurable) {
            findings.signaler(
                fiche.pointeur("indicateurs"),
                format!("Aucun indicateur de la fiche {numero} n'a à la fois une valeur de départ et une cible."),
            );
        }
    }
}
