//! PER-024: a declared département that has an establishment.

use crate::formats::mots::plat;
use crate::nomenclatures::departement;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "PER-024",
    famille: Famille::Perimetre,
    severite: Severite::Information,
    titre: "Chaque département du territoire a un établissement",
    pourquoi: "Un département annoncé où le contrat n'a aucun établissement révèle un code mal saisi, ou un établissement oublié. La règle se tait pour un établissement dont le département manque, et quand une zone d'intervention nomme un autre département.",
    remede: "corrigez le territoire, ou ajoutez l'établissement.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/territoire",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/zone_intervention",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(territoire) = contexte.contrat.perimetre.valeur().and_then(|p| p.territoire.valeur()) else { return };
    let mut presents: BTreeSet<&str> = BTreeSet::new();
    let mut zones = String::new();
    for etablissement in contexte.etablissements() {
        let Some(code) = etablissement.valeur.departement.valeur() else { return };
        presents.insert(code.as_str());
        zones.extend(etablissement.valeur.zone_intervention.valeur().map(|z| plat(z.as_str())));
    }
    if presents.is_empty() {
        return;
    }
    for (rang, code) in territoire.departements.elements().iter().enumerate() {
        let Some(departement) = departement(code.as_str()).filter(|d| !presents.contains(d.code)) else { continue };
        if !zones.contains(&plat(departement.libelle)) {
            findings.signaler(
                format!("/perimetre/territoire/departements/{rang}"),
                format!(
                    "Le territoire annonce le département {} ; le contrat n'y a aucun établissement.",
                    departement.de
                ),
            );
        }
    }
}
