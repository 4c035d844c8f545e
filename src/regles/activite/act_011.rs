//! ACT-011: the same activity given twice, or by an establishment that is not open.

use super::designation::designer;
use crate::formats::nombre;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "ACT-011",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "Une activité n'est donnée qu'une fois, par un établissement ouvert",
    pourquoi: "Deux lignes pour une même modalité et une même unité donnent deux activités de référence ; une activité passée chez un établissement qui n'est pas ouvert ne peut pas être la sienne.",
    remede: "réunissez les deux lignes, ou corrigez l'établissement, la modalité ou l'unité de l'une d'elles.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/activite",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/capacites",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut vues = BTreeMap::new();
    for activite in contexte.activites() {
        let a = activite.valeur;
        let definition = a.definition.valeur().map(|d| d.as_str());
        let cle = (a.etablissement.as_str(), a.modalite.valeur(), a.unite.valeur(), definition);
        if vues.insert(cle, activite.rang).is_some() {
            findings.signaler(
                activite.pointeur(""),
                format!("L'activité de {} est donnée deux fois dans la même unité.", designer(contexte, a)),
            );
        }
        let Some(etablissement) = contexte.etablissement(a.etablissement.as_str()) else { continue };
        let passee = a.annees_realisees().into_iter().find(|(_, v)| v.is_some_and(|v| v > 0.0));
        if let Some((annee, Some(valeur))) = passee.filter(|_| etablissement.valeur.a_ouvrir()) {
            findings.signaler(
                activite.pointeur(&format!("realise/{annee}")),
                format!(
                    "L'activité {annee} de {} est de {} ; l'établissement est encore à ouvrir.",
                    designer(contexte, a),
                    nombre(valeur)
                ),
            );
        }
    }
}
