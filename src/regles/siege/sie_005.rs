//! SIE-005: the authorisation of head-office fees is made in the contract that covers all the establishments.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{L314_7, R314_87};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-005",
    famille: Famille::Siege,
    severite: Severite::Information,
    titre: "L'autorisation de siège se fait dans le contrat qui couvre tous les établissements",
    pourquoi: "Quand le périmètre du contrat est celui de tous les établissements du gestionnaire, la loi place l'autorisation de frais de siège dans le contrat. cpom ne connaît pas les établissements qui ne figurent pas au contrat : il le rappelle quand aucun n'est exclu et qu'aucun autre contrat n'est lié.",
    remede: "si le périmètre est complet, dites dans le contrat ce qu'il autorise ; sinon, citez les autres établissements ou contrats.",
    references: &[&L314_7, &R314_87],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("siege_dans_le_contrat"),
    derogeable: true,
    lit: &[
        "/moyens/frais_siege/autorisation",
        "/moyens/par_gestionnaire",
        "/perimetre/etablissements/*/inclus",
        "/contrats_lies",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let complet = contexte.etablissements().next().is_some() && contexte.etablissements().all(|e| e.est_inclus());
    if !complet || !contexte.contrat.contrats_lies.elements().is_empty() {
        return;
    }
    for regle in contexte.moyens().map(|m| m.sieges()).unwrap_or_default() {
        if let Some(acte) = regle.valeur.autorisation.valeur().and_then(|a| a.acte.valeur()) {
            findings.signaler(
                format!("{}/autorisation/acte", regle.pointeur),
                format!("Les frais de siège sont autorisés par un acte distinct ({acte}) ; un contrat qui couvre tous les établissements du gestionnaire les autorise lui-même."),
            );
        }
    }
}
