//! PAR-004: a managing body without any establishment.

use crate::regles::context::{Context, nom_gestionnaire};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "PAR-004",
    famille: Famille::Parties,
    severite: Severite::Information,
    titre: "Chaque gestionnaire partie gère un établissement au moins",
    pourquoi: "Un gestionnaire sans établissement dans le périmètre signe un contrat qui ne l'oblige à rien de précis : c'est parfois voulu (personne morale tête de réseau), souvent un oubli. Les mandataires ne sont pas visés. La règle se tait quand un établissement n'indique pas son gestionnaire.",
    remede: "rattachez-lui ses établissements, ou vérifiez qu'il doit signer.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/gestionnaire",
        "/perimetre/etablissements/*/inclus",
        "/parties/gestionnaires/*/mandataire",
        "/parties/gestionnaires/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut rattaches = BTreeSet::new();
    for etablissement in contexte.inclus() {
        match etablissement.valeur.gestionnaire.valeur() {
            Some(id) => rattaches.insert(id.as_str()),
            None => return,
        };
    }
    if rattaches.is_empty() {
        return;
    }
    for gestionnaire in contexte.gestionnaires().filter(|g| g.valeur.mandataire.valeur().is_none()) {
        if !rattaches.contains(gestionnaire.valeur.id.as_str()) {
            findings.signaler(
                gestionnaire.pointeur(""),
                format!(
                    "Le gestionnaire « {} » n'a aucun établissement dans le périmètre.",
                    nom_gestionnaire(gestionnaire.valeur)
                ),
            );
        }
    }
}
