//! IDN-002: a number is that of a legal entity or of an establishment, never both.

use crate::regles::context::{Context, nom, nom_gestionnaire};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::FINESS;
use crate::remarque::Severite;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    code: "IDN-002",
    famille: Famille::Identifiants,
    severite: Severite::Bloquante,
    titre: "Un numéro FINESS désigne une entité juridique ou un établissement, jamais les deux",
    pourquoi: "Les numéros d'entité juridique et d'établissement ont la même forme ; les confondre fait signer le contrat au nom d'un établissement, ou rattache un budget à la personne morale.",
    remede: "reprenez le numéro de l'établissement dans le répertoire FINESS.",
    references: &[&FINESS],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/perimetre/etablissements/*/finess", "/parties/gestionnaires/*/finess_ej"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let juridiques: HashMap<&str, &str> = contexte
        .gestionnaires()
        .filter_map(|g| Some((g.valeur.finess_ej.valeur()?.as_str(), nom_gestionnaire(g.valeur))))
        .collect();
    for etablissement in contexte.etablissements() {
        let Some(numero) = etablissement.finess.valeur() else { continue };
        if let Some(gestionnaire) = juridiques.get(numero.as_str()) {
            findings.signaler(
                etablissement.pointeur("finess"),
                format!(
                    "Le numéro FINESS {} de « {} » est aussi celui de l'entité juridique « {gestionnaire} ».",
                    numero.as_str(),
                    nom(etablissement.valeur)
                ),
            );
        }
    }
}
