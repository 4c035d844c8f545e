//! ACT-006: services follow their active file, and say what it counts.

use super::designation::designer;
use crate::contrat::activite::UniteActivite;
use crate::nomenclatures::categorie;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ARA, CNSA_ACTIVITE, PACA};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "ACT-006",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "Chaque service suit sa file active et la définit",
    pourquoi: "Un service se mesure d'abord aux personnes qu'il accompagne. Quand le modèle le demande, chaque service (SESSAD, SAVS, SAMSAH…) a une ligne d'activité en file active, et sa définition : sans elle, deux services ne comptent pas la même chose. La règle se tait tant qu'aucune activité n'est donnée, et pour un service d'aide à domicile, qui se mesure en heures.",
    remede: "ajoutez une ligne d'activité en file active pour ce service, avec sa définition.",
    references: &[&PACA, &ARA, &CNSA_ACTIVITE],
    limites: &[],
    sur_demande: true,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/activite",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.activite.elements().is_empty() {
        return;
    }
    let files: Vec<_> =
        contexte.activites().filter(|a| a.valeur.unite.valeur() == Some(&UniteActivite::FileActive)).collect();
    let suivis: BTreeSet<&str> = files.iter().map(|a| a.valeur.etablissement.as_str()).collect();
    for etablissement in contexte.inclus() {
        let service = etablissement
            .valeur
            .categorie
            .valeur()
            .filter(|c| !EN_HEURES.contains(&c.as_str()))
            .and_then(|c| categorie(c.as_str()))
            .is_some_and(|c| c.service);
        if service && !suivis.contains(etablissement.valeur.id.as_str()) {
            let message = format!("La file active de « {} » n'est pas suivie.", nom(etablissement.valeur));
            findings.signaler(etablissement.pointeur(""), message);
        }
    }
    for file in files.iter().filter(|f| f.valeur.definition.est_absent()) {
        let message = format!("La file active de {} n'est pas définie.", designer(contexte, file.valeur));
        findings
            .signaler(file.pointeur("definition"), message)
            .remede("dites qui est compté dans cette file active (« definition » de la ligne d'activité).");
    }
}

/// Home help to persons (460) and to families (640): hours are what is funded and counted.
const EN_HEURES: [&str; 2] = ["460", "640"];
